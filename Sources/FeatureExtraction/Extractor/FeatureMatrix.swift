public import LinearAlgebra

/// The features of statements: a sparse matrix, and a dense one beside it where the extractor has dense features.
public struct FeatureMatrix: Equatable, Sendable {
  /// The n-grams and other features of which a statement has few.
  public let sparse: SparseMatrix
  /// The features that every statement has, as averaged word vectors.
  public let dense: DenseMatrix?

  /// A matrix of both parts.
  ///
  /// - Precondition: both have the same number of rows.
  public init(sparse: SparseMatrix, dense: DenseMatrix? = nil) {
    precondition(dense == nil || dense?.rowCount == sparse.rowCount, "the sparse and dense parts differ in rows")
    self.sparse = sparse
    self.dense = dense
  }
}
