/// What one pass over a matrix tells of its rows.
package struct RowSurvey: Sendable {
  /// The squared length of each row.
  package internal(set) var squares: [Float]
  /// A number for each row that rows with the same columns share and others hardly ever do: made of all columns, since many rows
  /// of text begin and end alike.
  package let keys: [UInt32]

  /// Whether all values are finite; if it says no, they may still be, and be too large for their squares.
  package var isFinite: Bool {
    // x − x is 0 for every finite x, else NaN.
    squares.reduce(0) { $0 + ($1 - $1) } == 0
  }

  /// Looks at every entry once.
  package init(_ matrix: SparseMatrix, workers: Workers) {
    let blocks = FixedBlocks(count: matrix.rowCount, size: 1 << 10)
    var keys: [UInt32] = []
    squares = unsafe [Float](unsafeUninitializedCapacity: matrix.rowCount) { squares, count in
      count = matrix.rowCount
      unsafe keys = [UInt32](unsafeUninitializedCapacity: matrix.rowCount) { keys, count in
        count = matrix.rowCount
        let squares = unsafe squares, keys = unsafe keys
        workers.forEach(blocks.count) { block in
          for row in blocks[block] {
            let (square, key) = Self.survey(matrix, row)
            unsafe squares[row] = square
            unsafe keys[row] = key
          }
        }
      }
    }
    self.keys = keys
  }

  /// A row's squared length and key.
  @inline(__always)
  private static func survey(_ matrix: SparseMatrix, _ row: Int) -> (Float, UInt32) {
    let (begin, end) = (matrix.offsets[row], matrix.offsets[row + 1])
    // In four sums each, so that additions need not wait for each other.
    var sums = SIMD4<Float>.zero
    var keys = SIMD4<UInt32>.zero
    unsafe matrix.values.withUnsafeBytes { values in
      unsafe matrix.columns.withUnsafeBytes { columns in
        @inline(__always)
        func add(_ value: SIMD4<Float>, _ column: SIMD4<UInt32>) {
          sums += value * value
          // 33 times what is there: which column comes where matters.
          keys = (keys &<< 5) &+ keys &+ column
        }
        var entry = begin
        while entry &+ 4 <= end {
          unsafe add(
            values.loadUnaligned(fromByteOffset: entry &* 4, as: SIMD4<Float>.self),
            columns.loadUnaligned(fromByteOffset: entry &* 4, as: SIMD4<UInt32>.self))
          entry &+= 4
        }
        if end &- begin >= 4 {
          // The last four entries, without those that were seen: how many are left no processor can guess.
          let isNew = SIMD4<Int32>(0, 1, 2, 3) .>= Int32(truncatingIfNeeded: 4 &- (end &- entry))
          unsafe add(
            values.loadUnaligned(fromByteOffset: (end &- 4) &* 4, as: SIMD4<Float>.self)
              .replacing(with: 0, where: .!isNew),
            columns.loadUnaligned(fromByteOffset: (end &- 4) &* 4, as: SIMD4<UInt32>.self)
              .replacing(with: 0, where: .!isNew))
        } else {
          for entry in begin..<end {
            unsafe add(
              SIMD4(values.loadUnaligned(fromByteOffset: entry &* 4, as: Float.self), 0, 0, 0),
              SIMD4(columns.loadUnaligned(fromByteOffset: entry &* 4, as: UInt32.self), 0, 0, 0))
          }
        }
      }
    }
    let low = UInt64(keys[0]) << 32 | UInt64(keys[1])
    let high = UInt64(keys[2]) << 32 | UInt64(keys[3])
    var key = (low &* 0x9E37_79B9_7F4A_7C15) ^ (low >> 29) &+ high
    key = (key ^ key >> 32) &* 0xBF58_476D_1CE4_E5B9 &+ UInt64(truncatingIfNeeded: end &- begin)
    key = (key ^ key >> 29) &* 0x94D0_49BB_1331_11EB
    return ((sums[0] + sums[1]) + (sums[2] + sums[3]), UInt32(truncatingIfNeeded: key >> 32))
  }
}
