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

  // Rows come in random order, so that no processor can guess where the next ones lie. So the loops below ask for the entries
  // of another row on their way: a loop for that alone would have an end of its own, which no processor can guess either.

  /// The products of four rows with weights of one lane, asking for the entries of four that will be read later.
  @inline(__always)
  func gather(
    _ rows: (Int, Int, Int, Int), _ weights: UnsafePointer<Float>, asking next: (Int, Int, Int, Int)
  ) -> SIMD4<Float> {
    unsafe SparseMatrix.sums(of: rows, offsets, columns, values, weights, asking: next)
  }

  /// The products of a row with weights of several lanes, a multiple of 4.
  ///
  /// - Parameters:
  ///   - following: the row that comes next.
  ///   - isFar: whether the weights fit no near cache; then each entry's are asked for ahead of their turn, farther than a
  ///     processor looks.
  ///   - out: replaced by the sum of each lane.
  @inline(__always)
  func gather(
    _ row: Int, _ weights: UnsafePointer<Float>, lanes: Int, asking next: Int, before following: Int, isFar: Bool,
    into out: UnsafeMutablePointer<Float>
  ) {
    let (begin, end) = unsafe (offsets[row], offsets[row &+ 1])
    let distance = unsafe offsets[next] &- begin
    let first = unsafe offsets[following]
    var ahead = unsafe platform_ahead(
      distance: distance, is_far: isFar ? 1 : 0, following: columns + first,
      following_count: offsets[following &+ 1] &- first)
    // Checked: both rows lie within the matrix, and every column has its lanes.
    unsafe SparseMatrix.gatherLanes(
      columns + begin, values + begin, end &- begin, weights, lanes: lanes, stride: lanes, start: nil, asking: &ahead,
      into: out)
  }

  /// Adds the changes of some lanes, a multiple of 4, times the row's values, to the weights of its columns.
  @inline(__always)
  func scatter(
    _ row: Int, _ changes: UnsafePointer<Float>, _ weights: UnsafeMutablePointer<Float>, lanes: Int
  ) {
    let begin = unsafe offsets[row]
    // Checked: as above.
    unsafe SparseMatrix.scatterLanes(
      columns + begin, values + begin, offsets[row &+ 1] &- begin, changes, lanes: lanes, stride: lanes, into: weights)
  }
}

extension SparseMatrix {
  /// Calls `body` with where the entries lie.
  @inline(__always)
  func withRowEntries(_ body: (borrowing RowEntries) -> Void) {
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe values.withUnsafeBufferPointer { values in
          guard let columns = columns.baseAddress, let values = values.baseAddress else { return }
          unsafe body(RowEntries(offsets: offsets.baseAddress!, columns: columns, values: values))
        }
      }
    }
  }
}
