public import LinearAlgebra

/// A trained linear classifier: what `LogisticRegression` gives, and all that scoring needs.
public struct LinearClassifier: Equatable, Sendable {
  /// How many labels there are.
  public let labelCount: Int
  /// How many sparse features there are.
  public let columnCount: Int
  /// How many dense features there are.
  public let denseColumnCount: Int
  /// Sparse weights feature by feature: `weights[column * labelCount + label]`.
  public let weights: [Float]
  /// Dense weights feature by feature: `denseWeights[column * labelCount + label]`.
  public let denseWeights: [Float]
  /// One intercept a label.
  public let intercepts: [Float]

  /// The intercept of a label that training never saw: its probability is 0.
  public static let absentIntercept: Float = -1000

  /// A classifier over its numbers.
  ///
  /// - Precondition: the arrays have the lengths that the counts say.
  public init(
    labelCount: Int, columnCount: Int, denseColumnCount: Int = 0, weights: [Float], denseWeights: [Float] = [],
    intercepts: [Float]
  ) {
    precondition(labelCount >= 2, "a classifier needs at least two labels")
    precondition(weights.count == columnCount * labelCount, "sparse weights do not fit the features and labels")
    precondition(
      denseWeights.count == denseColumnCount * labelCount, "dense weights do not fit the features and labels")
    precondition(intercepts.count == labelCount, "one intercept a label is needed")
    self.labelCount = labelCount
    self.columnCount = columnCount
    self.denseColumnCount = denseColumnCount
    self.weights = weights
    self.denseWeights = denseWeights
    self.intercepts = intercepts
  }

  /// The margins of every row: X·W + D·V + b.
  ///
  /// - Returns: rows × labels.
  /// - Precondition: the matrices have the classifier's numbers of columns, and `dense` is given if it was in training.
  /// - Complexity: O(entries × labels).
  public func decision(of features: SparseMatrix, dense: DenseMatrix? = nil) -> DenseMatrix {
    precondition(
      features.columnCount == columnCount,
      "features of \(features.columnCount) columns do not fit a classifier of \(columnCount)")
    precondition(
      (dense?.columnCount ?? 0) == denseColumnCount,
      "a dense block of \(dense?.columnCount ?? 0) columns does not fit a classifier of \(denseColumnCount)")
    var margins = DenseMatrix(rowCount: features.rowCount, columnCount: labelCount)
    guard features.rowCount > 0 else { return margins }
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe margins.values.withUnsafeMutableBufferPointer { out in
        // Without features there is no memory to point at, and no entry will look there.
        let base = unsafe weights.baseAddress ?? UnsafePointer(out.baseAddress!)
        unsafe features.gather(
          rows: 0..<features.rowCount, weights: base, lanes: labelCount, start: intercepts, into: out.baseAddress!)
      }
    }
    if let dense {
      precondition(dense.rowCount == features.rowCount, "the dense block has another number of rows")
      let part = BLAS.gemm(
        dense, DenseMatrix(rowCount: denseColumnCount, columnCount: labelCount, values: denseWeights))
      BLAS.axpy(1, part.values, into: &margins.values)
    }
    return margins
  }

  /// The probability of every label for every row: the softmax of the margins, computed in `Double`.
  ///
  /// - Returns: rows × labels.
  public func probabilities(of features: SparseMatrix, dense: DenseMatrix? = nil) -> DenseMatrix {
    var result = decision(of: features, dense: dense)
    for row in 0..<result.rowCount {
      let range = row * labelCount..<(row + 1) * labelCount
      let shares = softmax(result.values[range].map(Double.init))
      for (label, share) in shares.enumerated() { result.values[range.lowerBound + label] = Float(share) }
    }
    return result
  }
}
