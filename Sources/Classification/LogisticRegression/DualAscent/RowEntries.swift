internal import CPlatform
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

  /// The same where weights fit no near cache: each entry's are asked for ahead of their turn, farther than a processor looks.
  @inline(__always)
  func gatherFar<V: SIMD & BitwiseCopyable>(
    _ row: Int, _ weights: UnsafePointer<Float>, stride: Int, _ vector: V.Type
  ) -> V where V.Scalar == Float {
    let weights = unsafe UnsafeRawPointer(weights)
    let (begin, end) = unsafe (offsets[row], offsets[row &+ 1])
    let bytes = stride &* 4
    @inline(__always)
    func product(_ entry: Int) -> V {
      unsafe platform_prefetch(weights + Int(columns[min(entry &+ 32, end &- 1)]) &* bytes)
      return unsafe weights.loadUnaligned(fromByteOffset: Int(columns[entry]) &* bytes, as: V.self) * values[entry]
    }
    // In two sums, so that additions need not wait for each other.
    var (even, odd) = (V.zero, V.zero)
    var entry = begin
    while entry &+ 2 <= end {
      even += product(entry)
      odd += product(entry &+ 1)
      entry &+= 2
    }
    if entry < end { even += product(entry) }
    return even + odd
  }

  /// Adds a change, times the row's values, to the weights of its columns.
  @inline(__always)
  func scatter<V: SIMD & BitwiseCopyable>(
    _ row: Int, _ change: V, _ weights: UnsafeMutablePointer<Float>, stride: Int
  ) where V.Scalar == Float {
    unsafe SparseMatrix.add(change, columns, values, offsets[row], offsets[row &+ 1], to: weights, stride: stride)
  }
}
