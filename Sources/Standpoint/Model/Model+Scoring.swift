import Classification
import Corpus
import Glibc
import FeatureExtraction
import LinearAlgebra

extension Model {
  /// Appends the margin of each label for a row of features, sparse and dense.
  ///
  /// Sums are taken in `Double`, feature by feature in ascending order.
  /// - Complexity: O(entries · labels).
  func decide(
    _ row: borrowing RowAssembler, dense: borrowing DenseWorkspace, memory: inout [Float],
    into decisions: inout [Double]
  ) {
    let labelCount = classifier.labelCount
    let start = decisions.count
    for label in 0..<labelCount { decisions.append(Double(classifier.intercepts[label])) }
    for entry in 0..<row.columns.count {
      let value = Double(row.values[entry])
      let weights = Int(row.columns[entry]) * labelCount
      for label in 0..<labelCount { decisions[start + label] += value * Double(classifier.weights[weights + label]) }
    }
    guard classifier.denseColumnCount > 0 else { return }
    dense.row.withSpan { classifier.denseMargins(of: $0, into: &memory) }
    for label in 0..<labelCount { decisions[start + label] += Double(memory[label]) }
  }

  /// Appends the probabilities that margins stand for.
  func appendProbabilities(of decisions: [Double], to probabilities: inout [Float]) {
    let start = probabilities.count
    var largest = -Double.infinity
    for (label, decision) in decisions.enumerated() {
      largest = max(largest, corrected(decision, label: label))
    }
    var sum = 0.0
    for (label, decision) in decisions.enumerated() {
      let share = exp(corrected(decision, label: label) - largest)
      probabilities.append(Float(share))
      sum += share
    }
    for place in start..<probabilities.count { probabilities[place] = Float(Double(probabilities[place]) / sum) }
  }

  /// The probabilities of the labels before anything is read.
  var priorProbabilities: [Float] {
    var probabilities: [Float] = []
    appendProbabilities(of: classifier.intercepts.map(Double.init), to: &probabilities)
    return probabilities
  }

  private func corrected(_ decision: Double, label: Int) -> Double {
    guard let calibration = configuration.calibration else { return decision }
    return calibration.scales[label] * decision + calibration.shifts[label]
  }

  /// Where the training of a new model may start: this model's weights, if the features and labels are the same.
  func initial(labels: LabelSet, extractor: FeatureExtractor) -> LinearClassifier? {
    guard labels == self.labels, extractor.columnCount == self.extractor.columnCount,
      extractor.configuration == self.extractor.configuration
    else { return nil }
    return classifier
  }
}

extension Calibration {
  /// Fits the temperature to held-out margins, a row a statement.
  init(_ margins: DenseMatrix, labels: [Int]) throws(FitError) {
    let count = margins.columnCount
    try self.init(
      margins: (0..<margins.rowCount).map { row in
        margins.values[row * count..<(row + 1) * count].map(Double.init)
      },
      labels: labels)
  }

  /// The corrected probabilities of rows of margins, row by row.
  func probabilities(ofRows margins: DenseMatrix) -> [Float] {
    let count = margins.columnCount
    return (0..<margins.rowCount).flatMap { row in
      probabilities(of: margins.values[row * count..<(row + 1) * count].map(Double.init)).map(Float.init)
    }
  }
}
