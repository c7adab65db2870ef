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

  // Rows come in random order, so that no processor can guess where the next ones lie. So the loops below ask for the entries
  // of another row on their way: a loop for that alone would have an end of its own, which no processor can guess either.

  /// The same of four rows for weights of one lane, asking for the entries of four that will be read later.
  @inline(__always)
  func gather(
    _ rows: (Int, Int, Int, Int), _ weights: UnsafePointer<Float>, asking next: (Int, Int, Int, Int)
  ) -> SIMD4<Float> {
    unsafe SparseMatrix.sums(of: rows, offsets, columns, values, weights, asking: next)
  }

  /// The same for several lanes.
  ///
  /// - Parameter isFar: whether the weights fit no near cache; then each entry's are asked for ahead of their turn, farther than
  ///   a processor looks.
  @inline(__always)
  func gather<V: SIMD & BitwiseCopyable>(
    _ row: Int, _ weights: UnsafePointer<Float>, stride: Int, asking next: Int, isFar: Bool, _ vector: V.Type
  ) -> V where V.Scalar == Float {
    let weights = unsafe UnsafeRawPointer(weights)
    let (begin, end) = unsafe (offsets[row], offsets[row &+ 1])
    let distance = unsafe offsets[next] &- begin
    let bytes = stride &* 4
    @inline(__always)
    func product(_ entry: Int) -> V {
      if isFar { unsafe platform_prefetch(weights + Int(columns[min(entry &+ 32, end &- 1)]) &* bytes) }
      return unsafe weights.loadUnaligned(fromByteOffset: Int(columns[entry]) &* bytes, as: V.self) * values[entry]
    }
    // In two sums, entry by entry as in `SparseMatrix.sum`: which lanes are summed up here and which there may not matter.
    var (even, odd) = (V.zero, V.zero)
    var entry = begin
    while entry &+ 4 <= end {
      unsafe ask(entry &+ distance)
      even += product(entry)
      odd += product(entry &+ 1)
      even += product(entry &+ 2)
      odd += product(entry &+ 3)
      entry &+= 4
    }
    if entry &+ 2 <= end {
      even += product(entry)
      odd += product(entry &+ 1)
      entry &+= 2
    }
    if entry < end { even += product(entry) }
    return even + odd
  }

  @inline(__always)
  private func ask(_ entry: Int) {
    unsafe platform_prefetch(columns + entry)
    unsafe platform_prefetch(values + entry)
  }

  /// Adds a change, times the row's values, to the weights of its columns.
  @inline(__always)
  func scatter<V: SIMD & BitwiseCopyable>(
    _ row: Int, _ change: V, _ weights: UnsafeMutablePointer<Float>, stride: Int
  ) where V.Scalar == Float {
    unsafe SparseMatrix.add(change, columns, values, offsets[row], offsets[row &+ 1], to: weights, stride: stride)
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
