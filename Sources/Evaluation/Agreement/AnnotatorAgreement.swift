/// How far annotators agree who labelled the same items.
public struct AnnotatorAgreement: Equatable, Sendable {
  /// An annotator and the labels that they gave, by item.
  public struct Annotator: Equatable, Sendable {
    /// The name.
    public let name: String
    /// The label of each item, by the item's name.
    public let labels: [String: String]

    /// Creates an annotator.
    public init(name: String, labels: [String: String]) {
      self.name = name
      self.labels = labels
    }
  }

  /// Two annotators on the items that both labelled.
  public struct Pair: Equatable, Sendable {
    /// The position of the first annotator.
    public let first: Int
    /// The position of the second annotator.
    public let second: Int
    /// The labels of the first (rows) against those of the second (columns).
    public let confusion: ConfusionMatrix
    /// The share of items with the same label.
    public let observed: Estimate
    /// Cohen's kappa.
    public let kappa: Estimate
  }

  /// An item that annotators labelled differently.
  public struct Disagreement: Equatable, Sendable {
    /// The item's name.
    public let id: String
    /// The label that each annotator gave it, or nothing.
    public let labels: [String?]
  }

  /// The names of the annotators.
  public let names: [String]
  /// All labels, in alphabetical order.
  public let labels: [String]
  /// The number of items that at least two annotators labelled.
  public let count: Int
  /// Krippendorff's alpha over all annotators.
  public let alpha: Estimate
  /// All pairs of annotators.
  public let pairs: [Pair]
  /// The items that were labelled differently, by name.
  public let disagreements: [Disagreement]

  /// Measures the agreement of annotators; intervals come from resampling items.
  ///
  /// - Precondition: at least two annotators.
  public init(_ annotators: [Annotator], bootstrap: Bootstrap? = Bootstrap()) {
    precondition(annotators.count >= 2, "agreement needs two annotators")
    let labels = Set(annotators.flatMap(\.labels.values)).sorted()
    let items = Set(annotators.flatMap(\.labels.keys)).sorted()
      .filter { id in annotators.count { $0.labels[id] != nil } > 1 }
    let ratings = items.map { id in annotators.map { $0.labels[id].flatMap { labels.firstIndex(of: $0) } } }
    let pairs = annotators.indices.flatMap { first in
      annotators.indices.filter { $0 > first }.map { (first: first, second: $0) }
    }
    let measurer = AgreementMeasurer(ratings: ratings, labels: labels, pairs: pairs)
    let figures = measurer.figures(bootstrap: bootstrap)
    names = annotators.map(\.name)
    self.labels = labels
    count = items.count
    alpha = figures[0]
    self.pairs = pairs.enumerated().map { index, pair in
      let both = ratings.filter { $0[pair.first] != nil && $0[pair.second] != nil }
      return Pair(
        first: pair.first, second: pair.second,
        confusion: ConfusionMatrix(
          labels: labels, gold: both.compactMap { $0[pair.first] }, predicted: both.compactMap { $0[pair.second] }),
        observed: figures[1 + 2 * index], kappa: figures[2 + 2 * index])
    }
    disagreements = zip(items, ratings).compactMap { id, ratings in
      Set(ratings.compactMap { $0 }).count > 1
        ? Disagreement(id: id, labels: ratings.map { $0.map { labels[$0] } }) : nil
    }
  }
}

/// Alpha, and accuracy and kappa of each pair, under weights of the items.
private struct AgreementMeasurer: Sendable {
  let labels: [String]
  let itemCount: Int
  let coincidences: [[(cell: Int, weight: Double)]]
  /// For each pair the cell of each item, or nothing where one of the two gave no label.
  let pairCells: [[Int?]]

  init(ratings: [[Int?]], labels: [String], pairs: [(first: Int, second: Int)]) {
    self.labels = labels
    itemCount = ratings.count
    coincidences = ratings.map { KrippendorffAlpha.contributions(of: $0, labelCount: labels.count) }
    pairCells = pairs.map { pair in
      ratings.map { item in
        item[pair.first].flatMap { first in item[pair.second].map { first * labels.count + $0 } }
      }
    }
  }

  func figures(bootstrap: Bootstrap?) -> [Estimate] {
    let whole = measure([WeightedMeasurer.Copies](repeating: .one, count: itemCount))[0]
    let values = whole.map { $0.isNaN ? nil : $0 }
    guard let bootstrap, itemCount > 1 else { return values.map { Estimate(value: $0) } }
    let units = ResamplingUnits(itemCount: itemCount, groups: nil)
    let samples = Samples(of: units, bootstrap: bootstrap, threads: bootstrap.threads) {
      WeightedMeasurer.lanes(of: measure($0))
    }
    return values.enumerated().map { samples.estimate($0, value: $1, confidence: bootstrap.confidence) }
  }

  private func measure(_ weights: [WeightedMeasurer.Copies]) -> [[Double]] {
    let cellCount = labels.count * labels.count
    var alphaCells = [WeightedMeasurer.Lanes](repeating: .zero, count: cellCount)
    for (item, pairs) in coincidences.enumerated() {
      for pair in pairs { alphaCells[pair.cell] += WeightedMeasurer.Lanes(weights[item]) * pair.weight }
    }
    var pairSums = [[WeightedMeasurer.Counts]](
      repeating: [WeightedMeasurer.Counts](repeating: .zero, count: cellCount), count: pairCells.count)
    for (pair, cells) in pairCells.enumerated() {
      for (item, cell) in cells.enumerated() {
        if let cell { pairSums[pair][cell] &+= WeightedMeasurer.Counts(weights[item]) }
      }
    }
    return (0..<WeightedMeasurer.Lanes.scalarCount).map { lane in
      let alpha = KrippendorffAlpha.alpha(alphaCells.map { $0[lane] }, labelCount: labels.count)
      return [alpha ?? .nan]
        + pairSums.flatMap { sums -> [Double] in
          let confusion = ConfusionMatrix(labels: labels, counts: sums.map { Int($0[lane]) })
          return [confusion.accuracy ?? .nan, confusion.cohenKappa ?? .nan]
        }
    }
  }
}
