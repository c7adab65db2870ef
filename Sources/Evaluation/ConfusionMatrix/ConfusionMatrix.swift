/// How often each true label was given each predicted label.
public struct ConfusionMatrix: Equatable, Sendable {
  /// The label names.
  public let labels: [String]
  /// The counts, row by row: `counts[gold * labels.count + predicted]`.
  public let counts: [Int]
  /// The number of items.
  public let total: Int
  /// The number of items labelled right.
  public let correct: Int
  /// The sums of rows and of columns: every figure of a label needs them, and resampling asks for all figures often.
  private let supports: [Int]
  private let predictedCounts: [Int]

  /// A matrix over counts stored row by row (a row a true label).
  ///
  /// - Precondition: `counts.count == labels.count * labels.count`, and no count is negative.
  public init(labels: [String], counts: [Int]) {
    precondition(counts.count == labels.count * labels.count, "a confusion matrix is square")
    precondition(counts.allSatisfy { $0 >= 0 }, "a count is negative")
    let width = labels.count
    self.init(
      labels: labels, occupied: counts.indices.map { Cell(gold: $0 / width, predicted: $0 % width) }, counts: counts)
  }

  /// A pair of a true and a predicted label.
  struct Cell: Hashable, Sendable {
    let gold: Int
    let predicted: Int
  }

  /// A matrix that is empty but for some cells, whose counts stand at the same places of `counts`.
  ///
  /// - Complexity: O(labels²) to clear, O(cells) to fill.
  init(labels: [String], occupied cells: [Cell], counts cellCounts: [Int]) {
    let width = labels.count
    var counts = [Int](repeating: 0, count: width * width)
    var supports = [Int](repeating: 0, count: width)
    var predictedCounts = supports
    var total = 0
    var correct = 0
    for place in cells.indices {
      let (cell, count) = (cells[place], cellCounts[place])
      counts[cell.gold * width + cell.predicted] = count
      supports[cell.gold] += count
      predictedCounts[cell.predicted] += count
      total += count
      if cell.gold == cell.predicted { correct += count }
    }
    self.labels = labels
    self.counts = counts
    self.supports = supports
    self.predictedCounts = predictedCounts
    self.total = total
    self.correct = correct
  }

  /// The matrix of two sequences of label indices.
  ///
  /// - Precondition: the sequences are equally long and every index is in range.
  public init(labels: [String], gold: [Int], predicted: [Int]) {
    precondition(gold.count == predicted.count, "one predicted label for each gold label")
    var counts = [Int](repeating: 0, count: labels.count * labels.count)
    for (gold, predicted) in zip(gold, predicted) { counts[gold * labels.count + predicted] += 1 }
    self.init(labels: labels, counts: counts)
  }

  /// The matrix of predictions.
  public init(_ predictions: Predictions) {
    self.init(labels: predictions.labels, gold: predictions.gold, predicted: predictions.predicted)
  }

  /// How many items of true label `gold` were labelled `predicted`.
  public subscript(gold: Int, predicted: Int) -> Int { counts[gold * labels.count + predicted] }

  /// The number of items whose true label is `label`.
  public func support(of label: Int) -> Int { supports[label] }

  /// The number of items that were labelled `label`.
  public func predictedCount(of label: Int) -> Int { predictedCounts[label] }

  /// The number of items of `label` that were labelled so.
  public func truePositives(of label: Int) -> Int { self[label, label] }

  /// The number of items labelled `label` that are something else.
  public func falsePositives(of label: Int) -> Int { predictedCount(of: label) - self[label, label] }

  /// The number of items of `label` that were labelled otherwise.
  public func falseNegatives(of label: Int) -> Int { support(of: label) - self[label, label] }
}
