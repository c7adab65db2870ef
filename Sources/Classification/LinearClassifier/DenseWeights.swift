import LinearAlgebra

/// The weights of the dense features of a classifier as scoring reads them, label by label: what one row adds to the
/// margin of a label is one product of two vectors.
///
/// `LinearClassifier.decision(of:dense:)` does the same for many rows at a time, and a test holds both equal. Its matrix
/// product is not for single rows: OpenBLAS asks the system for memory in every call of it.
package struct DenseWeights: Sendable {
  /// The number of dense features.
  package let columnCount: Int
  private let labelCount: Int
  /// `weights[label * columnCount + column]`.
  private let weights: [Float]

  /// The dense weights of a classifier.
  ///
  /// - Parameter weights: feature by feature, `weights[column * labelCount + label]`.
  /// - Precondition: the weights fit the labels.
  package init(_ weights: [Float], labelCount: Int) {
    precondition(labelCount > 0 && weights.count % labelCount == 0, "dense weights do not fit the labels")
    let columnCount = weights.count / labelCount
    self.columnCount = columnCount
    self.labelCount = labelCount
    self.weights = (0..<weights.count).map { weights[$0 % columnCount * labelCount + $0 / columnCount] }
  }

  /// Adds what some columns of a row add to the margins of the labels.
  ///
  /// - Parameters:
  ///   - columns: columns outside of which the row is 0.
  ///   - margins: one number for each label.
  /// - Precondition: `row` has `columnCount` elements, and `columns` lie within.
  /// - Complexity: O(columns · labels), by OpenBLAS; no allocation.
  package func addMargins(of row: Span<Float>, columns: Range<Int>, to margins: inout [Float]) {
    precondition(row.count == columnCount, "a dense row of \(row.count) elements, not \(columnCount)")
    precondition(margins.count == labelCount, "one margin a label")
    let values = row.extracting(columns)
    for label in 0..<labelCount {
      let own = weights.span.extracting(
        label * columnCount + columns.lowerBound..<label * columnCount + columns.upperBound)
      margins[label] += BLAS.dot(values, own)
    }
  }
}
