public import LinearAlgebra

/// Several models on the same items: who beats whom, by how much, how surely.
public struct Comparison: Equatable, Sendable {
  /// A model and what it said.
  public struct Contender: Equatable, Sendable {
    /// Its name.
    public let name: String
    /// Its predictions.
    public let predictions: Predictions

    /// Creates a contender.
    public init(name: String, predictions: Predictions) {
      self.name = name
      self.predictions = predictions
    }
  }

  /// One model against another.
  public struct Pair: Equatable, Sendable {
    /// The position of the first model.
    public let first: Int
    /// The position of the second model.
    public let second: Int
    /// The differences of the metrics, the second less the first.
    public let differences: [MetricDifference]
    /// The p-values of each metric's randomization test and of McNemar's mid-p, adjusted over all pairs.
    public fileprivate(set) var adjusted: Adjusted
    /// McNemar's test.
    public let mcNemar: McNemarTest
    /// The agreement of the two models' answers beyond chance; nothing where both give one same label only.
    public let kappa: Double?
  }

  /// P-values of a pair that take the number of pairs into account.
  public struct Adjusted: Equatable, Sendable {
    /// Holm's adjustment of the randomization test of each metric.
    public var holm: [Double?] = []
    /// The adjustment of Benjamini and Hochberg of the same.
    public var benjaminiHochberg: [Double?] = []
    /// Holm's adjustment of McNemar's mid-p.
    public var mcNemarHolm = 1.0
    /// The adjustment of Benjamini and Hochberg of the same.
    public var mcNemarBenjaminiHochberg = 1.0
  }

  /// An item on which models differ.
  public struct Disagreement: Equatable, Sendable {
    /// Its name.
    public let id: String
    /// Its text, where predictions carry texts.
    public let text: String?
    /// The true label.
    public let gold: String
    /// The label that each model gave it.
    public let predicted: [String]
  }

  /// The names of the models.
  public let names: [String]
  /// The number of items that were compared.
  public let count: Int
  /// The number of groups that were resampled as wholes, or nothing when items were.
  public let groupCount: Int?
  /// How intervals and tests were computed.
  public let bootstrap: Bootstrap
  /// The metrics, the most important one first.
  public let metrics: [Metric]
  /// The metrics of each model with intervals.
  public let estimates: [[MetricEstimate]]
  /// All pairs of models: 0–1, 0–2, …, 1–2, ….
  public let pairs: [Pair]
  /// Krippendorff's alpha of the models' answers; nothing where they give one label only.
  public let alpha: Double?
  /// The items on which models differ, those first that divide them most.
  public let disagreements: [Disagreement]

  /// Compares models.
  ///
  /// - Parameters:
  ///   - commonOnly: Whether items that some of the models lack are left out.
  ///   - progress: Is told which share of the resampling is done.
  /// - Throws: `PairingError` when labels, items, their texts, targets or true labels differ.
  /// - Precondition: at least two contenders and at least one metric.
  public init(
    _ contenders: [Contender], metrics: [Metric], commonOnly: Bool = false, bootstrap: Bootstrap = Bootstrap(),
    progress: WorkProgress = .ignored
  ) throws(PairingError) {
    precondition(contenders.count >= 2 && !metrics.isEmpty, "a comparison needs two models and a metric")
    let aligned = try Self.aligned(contenders.map(\.predictions), commonOnly: commonOnly)
    names = contenders.map(\.name)
    count = aligned[0].count
    groupCount = aligned[0].groups.map { Set($0).count }
    self.bootstrap = bootstrap
    self.metrics = metrics
    // A pair is resampled twice, a model once.
    let models = aligned.count
    let passes = models + models * (models - 1)
    estimates = aligned.enumerated().map { number, predictions in
      bootstrap.estimates(of: metrics, on: predictions, progress: progress.part(number, of: passes))
    }
    var pairs: [Pair] = []
    var resampled = models
    for first in aligned.indices {
      for second in aligned.indices where second > first {
        let pair = try PairedPredictions(aligned[first], aligned[second])
        let answers = ConfusionMatrix(
          labels: pair.first.labels, gold: pair.first.predicted, predicted: pair.second.predicted)
        pairs.append(
          Pair(
            first: first, second: second,
            differences: bootstrap.differences(
              of: metrics, between: pair,
              progress: progress.part(Double(resampled) / Double(passes), Double(resampled + 2) / Double(passes))),
            adjusted: Adjusted(), mcNemar: McNemarTest(pair, confidence: bootstrap.confidence),
            kappa: answers.cohenKappa))
        resampled += 2
      }
    }
    self.pairs = Self.adjusting(pairs, metricCount: metrics.count)
    alpha = KrippendorffAlpha.nominal(
      (0..<aligned[0].count).map { item in aligned.map { $0.predicted[item] } }, labelCount: aligned[0].labels.count)
    disagreements = Self.disagreements(aligned)
  }

  /// All predictions on the same items in the same order.
  private static func aligned(_ predictions: [Predictions], commonOnly: Bool) throws(PairingError) -> [Predictions] {
    var reference = predictions[0]
    for other in predictions.dropFirst() {
      reference = try PairedPredictions(reference, other, commonOnly: commonOnly).first
    }
    var aligned: [Predictions] = []
    for one in predictions { aligned.append(try PairedPredictions(reference, one, commonOnly: commonOnly).second) }
    return aligned
  }

  private static func adjusting(_ pairs: [Pair], metricCount: Int) -> [Pair] {
    var pairs = pairs
    for metric in 0..<metricCount {
      let tested = pairs.indices.filter { pairs[$0].differences[metric].randomizationPValue != nil }
      let values = tested.compactMap { pairs[$0].differences[metric].randomizationPValue }
      let (holm, hochberg) = (MultipleTesting.holm(values), MultipleTesting.benjaminiHochberg(values))
      for pair in pairs.indices {
        let place = tested.firstIndex(of: pair)
        pairs[pair].adjusted.holm.append(place.map { holm[$0] })
        pairs[pair].adjusted.benjaminiHochberg.append(place.map { hochberg[$0] })
      }
    }
    let values = pairs.map(\.mcNemar.midPValue)
    for (pair, (holm, hochberg)) in zip(MultipleTesting.holm(values), MultipleTesting.benjaminiHochberg(values))
      .enumerated()
    {
      pairs[pair].adjusted.mcNemarHolm = holm
      pairs[pair].adjusted.mcNemarBenjaminiHochberg = hochberg
    }
    return pairs
  }

  private static func disagreements(_ aligned: [Predictions]) -> [Disagreement] {
    let reference = aligned[0]
    let texts = aligned.lazy.compactMap(\.texts).first
    return (0..<reference.count)
      .map { item in (item: item, answers: aligned.map { $0.predicted[item] }) }
      .filter { Set($0.answers).count > 1 }
      // Half of the models right is the deepest division; many different answers come before few.
      .sorted { left, right in
        func depth(_ entry: (item: Int, answers: [Int])) -> (Int, Int) {
          let correct = entry.answers.count { $0 == reference.gold[entry.item] }
          return (min(correct, entry.answers.count - correct), Set(entry.answers).count)
        }
        let (a, b) = (depth(left), depth(right))
        return a == b ? left.item < right.item : a > b
      }
      .map { entry in
        Disagreement(
          id: reference.ids[entry.item], text: texts?[entry.item],
          gold: reference.labels[reference.gold[entry.item]], predicted: entry.answers.map { reference.labels[$0] })
      }
  }
}
