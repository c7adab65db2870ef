internal import LinearAlgebra

/// Where the entries of a sparse matrix lie, for loops over single rows in an order of their own: the kernels of
/// `SparseMatrix+LaneKernels` without their checks, which would be made anew for each row.
@unsafe struct RowEntries {
  /// Where each row begins, with one more at the end.
  let offsets: UnsafePointer<Int>
  /// Each entry's column.
  let columns: UnsafePointer<UInt32>
  /// Each entry's value.
  let values: UnsafePointer<Float>

  /// The entries of a matrix whose arrays stay where they are.
  init(offsets: UnsafePointer<Int>, columns: UnsafePointer<UInt32>, values: UnsafePointer<Float>) {
    unsafe self.offsets = offsets
    unsafe self.columns = columns
    unsafe self.values = values
  }

  /// Σ value·weights[column] of one row, for the lanes of one vector of weights that have `stride` lanes a column.
  @inline(__always)
  func gather<V: SIMD & BitwiseCopyable>(
    _ row: Int, _ weights: UnsafePointer<Float>, stride: Int, _ vector: V.Type
  ) -> V where V.Scalar == Float {
    unsafe SparseMatrix.sum(
      columns, values, offsets[row], offsets[row &+ 1], weights, stride: stride, start: V.zero)
  }

  /// Adds a change, times the row's values, to the weights of its columns.
  @inline(__always)
  func scatter<V: SIMD & BitwiseCopyable>(
    _ row: Int, _ change: V, _ weights: UnsafeMutablePointer<Float>, stride: Int
  ) where V.Scalar == Float {
    unsafe SparseMatrix.add(change, columns, values, offsets[row], offsets[row &+ 1], to: weights, stride: stride)
  }
}
