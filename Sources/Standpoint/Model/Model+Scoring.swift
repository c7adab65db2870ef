import Classification
import Corpus
import FeatureExtraction
import LinearAlgebra

extension Model {
  /// The probabilities of the labels before anything is read.
  var priorProbabilities: [Float] {
    var probabilities: [Float] = []
    let sums = [Float](repeating: 0, count: labels.count)
    ScoringEngine(self).appendProbabilities(sums: sums.span, dense: [], to: &probabilities)
    return probabilities
  }

  /// Where the training of a new model may start: this model's weights, if the features and labels are the same.
  func initial(labels: LabelSet, extractor: FeatureExtractor) -> LinearClassifier? {
    guard labels == self.labels, extractor.columnCount == self.extractor.columnCount,
      extractor.configuration == self.extractor.configuration, extractor.vocabulary == self.extractor.vocabulary
    else { return nil }
    return classifier
  }
}

extension Calibration {
  /// Fits the temperature to held-out margins, a row a statement.
  init(_ margins: DenseMatrix, labels: [Int], weights: [Double]?) throws(FitError) {
    let count = margins.columnCount
    try self.init(
      margins: (0..<margins.rowCount).map { row in
        margins.values[row * count..<(row + 1) * count].map(Double.init)
      },
      labels: labels, weights: weights)
  }

  /// The corrected probabilities of rows of margins, row by row.
  func probabilities(ofRows margins: DenseMatrix) -> [Float] {
    let count = margins.columnCount
    return (0..<margins.rowCount).flatMap { row in
      probabilities(of: margins.values[row * count..<(row + 1) * count].map(Double.init)).map(Float.init)
    }
  }
}
