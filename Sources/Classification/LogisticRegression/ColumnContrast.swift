internal import Foundation
internal import LinearAlgebra

/// How unlike the labels are in each column: the log-count ratios of naive Bayes, as factors for the columns.
///
/// A logistic regression on columns that are multiplied by them takes less of a penalty on words that the labels use
/// differently, which on short texts beats both of its parents: Wang and Manning, *Baselines and bigrams*, ACL 2012. For
/// more than two labels a column has the largest of the ratios of one label against the rest.
///
/// The factors are the learner's own affair: they are multiplied into the weights at the end, and the classifier reads
/// plain features.
struct ColumnContrast {
  /// One factor a column; their mean is 1.
  let factors: [Float]

  /// A factor is never smaller, so that every column stays within reach.
  private static let smallest = 0.01

  /// The factors of rows that count.
  ///
  /// - Parameters:
  ///   - power: what the ratios are raised to: 1 for naive Bayes, less for a milder contrast.
  ///   - counts: whether a row is looked at. A label none of whose rows is has no part in the ratios.
  /// - Complexity: O(entries + columns · labels).
  init(_ features: SparseMatrix, labels: [Int], labelCount: Int, power: Double, counts: (Int) -> Bool) {
    let columnCount = features.columnCount
    var present = [Double](repeating: 0, count: columnCount * labelCount)
    var isPresent = [Bool](repeating: false, count: labelCount)
    for row in 0..<features.rowCount where counts(row) {
      isPresent[labels[row]] = true
      for entry in features.offsets[row]..<features.offsets[row + 1] where features.values[entry] > 0 {
        present[Int(features.columns[entry]) * labelCount + labels[row]] += 1
      }
    }
    var own = [Double](repeating: Double(columnCount), count: labelCount)
    for place in present.indices { own[place % labelCount] += present[place] }
    let all = own.reduce(0) { $0 + $1 - Double(columnCount) }
    let others = own.map { all - ($0 - Double(columnCount)) + Double(columnCount) }
    var factors = [Double](repeating: 0, count: columnCount)
    for column in 0..<columnCount {
      let start = column * labelCount
      let total = present[start..<start + labelCount].reduce(0, +)
      var largest = 0.0
      for label in 0..<labelCount where isPresent[label] {
        let inside = (1 + present[start + label]) / own[label]
        let outside = (1 + total - present[start + label]) / others[label]
        largest = max(largest, abs(log(inside / outside)))
      }
      factors[column] = max(pow(largest, power), Self.smallest)
    }
    let mean = factors.reduce(0, +) / Double(max(columnCount, 1))
    self.factors = factors.map { Float($0 / mean) }
  }

  /// A matrix whose columns are multiplied by their factors.
  func scaled(_ features: SparseMatrix) -> SparseMatrix {
    SparseMatrix(
      columnCount: features.columnCount, offsets: features.offsets, columns: features.columns,
      values: zip(features.columns, features.values).map { factors[Int($0)] * $1 })
  }

  /// The classifier of plain features that does what `classifier` does with scaled ones.
  func unscaled(_ classifier: LinearClassifier) -> LinearClassifier {
    replacingWeights(of: classifier) { $0 * $1 }
  }

  /// The classifier of scaled features that does what `classifier` does with plain ones.
  func scaled(_ classifier: LinearClassifier) -> LinearClassifier {
    replacingWeights(of: classifier) { $0 / $1 }
  }

  private func replacingWeights(
    of classifier: LinearClassifier, _ change: (Float, Float) -> Float
  ) -> LinearClassifier {
    var weights = classifier.weights
    for place in weights.indices { weights[place] = change(weights[place], factors[place / classifier.labelCount]) }
    return LinearClassifier(
      labelCount: classifier.labelCount, columnCount: classifier.columnCount,
      denseColumnCount: classifier.denseColumnCount, weights: weights, denseWeights: classifier.denseWeights,
      intercepts: classifier.intercepts)
  }
}
