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

  /// Σ value·weights[column] of one row, for the lanes of one vector of weights that have `stride` lanes a column; in two
  /// sums, so that additions need not wait for each other.
  @inline(__always)
  func gather<V: SIMD & BitwiseCopyable>(
    _ row: Int, _ weights: UnsafePointer<Float>, stride: Int, _ vector: V.Type
  ) -> V where V.Scalar == Float {
    let weights = unsafe UnsafeRawPointer(weights)
    let stride = stride &* 4
    var even = V.zero
    var odd = V.zero
    var entry = unsafe offsets[row]
    let end = unsafe offsets[row &+ 1]
    while entry &+ 2 <= end {
      let first = unsafe Int(columns[entry]) &* stride
      let second = unsafe Int(columns[entry &+ 1]) &* stride
      even += unsafe weights.loadUnaligned(fromByteOffset: first, as: V.self) * values[entry]
      odd += unsafe weights.loadUnaligned(fromByteOffset: second, as: V.self) * values[entry &+ 1]
      entry &+= 2
    }
    if entry < end {
      let last = unsafe Int(columns[entry]) &* stride
      even += unsafe weights.loadUnaligned(fromByteOffset: last, as: V.self) * values[entry]
    }
    return even + odd
  }

  /// Adds a change, times the row's values, to the weights of its columns.
  @inline(__always)
  func scatter<V: SIMD & BitwiseCopyable>(
    _ row: Int, _ change: V, _ weights: UnsafeMutablePointer<Float>, stride: Int
  ) where V.Scalar == Float {
    let weights = UnsafeMutableRawPointer(weights)
    let stride = stride &* 4
    var entry = unsafe offsets[row]
    let end = unsafe offsets[row &+ 1]
    while entry < end {
      let place = unsafe weights + Int(columns[entry]) &* stride
      let sum = unsafe place.loadUnaligned(as: V.self) + change * values[entry]
      unsafe place.storeBytes(of: sum, as: V.self)
      entry &+= 1
    }
  }
}
