import LinearAlgebra
import TestSupport
import Testing

@Suite("Products of four rows")
struct FourRowsTests {
  /// Rows of 0 to 40 entries.
  private static func problem(seed: UInt64) -> (SparseMatrix, [Float]) {
    var generator = SeededGenerator(seed: seed)
    var builder = SparseMatrix.Builder(columnCount: 300)
    for length in 0...40 {
      let columns = (0..<UInt32(300)).shuffled(using: &generator).prefix(length)
      builder.append(columns.map { ($0, Float.random(in: -1...1, using: &generator)) })
    }
    return (builder.build(), (0..<300).map { _ in Float.random(in: -1...1, using: &generator) })
  }

  @Test("are the same bits with vectors that gather and without, and near those of plain loops", arguments: 0..<4)
  func agree(seed: UInt64) {
    let (matrix, weights) = Self.problem(seed: seed)
    for row in 0..<matrix.rowCount {
      // Rows come more than once, and what is asked for meanwhile may lie anywhere.
      let rows = (row, matrix.rowCount - 1 - row, row * 7 % matrix.rowCount, row)
      let next = (0, matrix.rowCount - 1, row, row * 5 % matrix.rowCount)
      let (found, plain) = unsafe matrix.offsets.withUnsafeBufferPointer { offsets in
        unsafe matrix.columns.withUnsafeBufferPointer { columns in
          unsafe matrix.values.withUnsafeBufferPointer { values in
            unsafe weights.withUnsafeBufferPointer { weights in
              unsafe (
                SparseMatrix.sums(
                  of: rows, offsets.baseAddress!, columns.baseAddress!, values.baseAddress!, weights.baseAddress!,
                  asking: next),
                SparseMatrix.plainSums(
                  of: rows, offsets.baseAddress!, columns.baseAddress!, values.baseAddress!, weights.baseAddress!,
                  asking: next)
              )
            }
          }
        }
      }
      for (place, row) in [rows.0, rows.1, rows.2, rows.3].enumerated() {
        let sum = (matrix.offsets[row]..<matrix.offsets[row + 1]).reduce(0.0) {
          $0 + Double(matrix.values[$1]) * Double(weights[Int(matrix.columns[$1])])
        }
        #expect(found[place].bitPattern == plain[place].bitPattern)
        #expect(abs(Double(found[place]) - sum) < 1e-5)
      }
    }
  }
}
