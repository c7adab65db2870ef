import LinearAlgebra
import TestSupport
import Testing

@Suite("Sparse matrices")
struct SparseMatrixTests {
  static func random(rows: Int, columns: Int, seed: UInt64) -> SparseMatrix {
    var generator = SeededGenerator(seed: seed)
    var builder = SparseMatrix.Builder(columnCount: columns)
    for _ in 0..<rows {
      builder.append(
        (0..<Int.random(in: 0...9, using: &generator)).map { _ in
          (UInt32.random(in: 0..<UInt32(columns), using: &generator), Float.random(in: -1...1, using: &generator))
        })
    }
    return builder.build()
  }

  @Test("a row's entries are sorted and those of one column added up") func builder() {
    var builder = SparseMatrix.Builder(columnCount: 5)
    builder.append([(3, 1), (1, 2), (3, 0.5)])
    builder.append([])
    builder.append([(0, 7)])
    let matrix = builder.build()
    #expect(matrix.offsets == [0, 2, 2, 3])
    #expect(matrix.columns == [1, 3, 0])
    #expect(matrix.values == [2, 1.5, 7])
  }

  @Test("the sum of a column's entries does not depend on their order") func order() {
    let entries: [(column: UInt32, value: Float)] = [(2, 1e8), (2, 1), (2, -1e8), (1, 3), (2, 0.25)]
    var first = SparseMatrix.Builder(columnCount: 3)
    first.append(entries)
    var second = SparseMatrix.Builder(columnCount: 3)
    second.append(entries.reversed())
    #expect(first.build() == second.build())
  }

  @Test("products agree with plain loops over the full matrix", arguments: [1, 2, 3, 4, 5, 8, 12, 16, 23])
  func products(lanes: Int) {
    let matrix = Self.random(rows: 40, columns: 17, seed: 7)
    let full = matrix.dense()
    var generator = SeededGenerator(seed: UInt64(lanes))
    let weights = DenseMatrix(
      rowCount: 17, columnCount: lanes,
      values: (0..<17 * lanes).map { _ in Float.random(in: -1...1, using: &generator) })
    let coefficients = DenseMatrix(
      rowCount: 40, columnCount: lanes,
      values: (0..<40 * lanes).map { _ in Float.random(in: -1...1, using: &generator) })
    let product = matrix.multiplied(by: weights)
    let transposed = matrix.transposedMultiplied(by: coefficients)
    for lane in 0..<lanes {
      for row in 0..<40 {
        var sum = 0.0
        for column in 0..<17 {
          sum += Double(full.values[row * 17 + column]) * Double(weights.values[column * lanes + lane])
        }
        #expect(abs(Double(product.values[row * lanes + lane]) - sum) < 1e-5)
      }
      for column in 0..<17 {
        var sum = 0.0
        for row in 0..<40 {
          sum += Double(full.values[row * 17 + column]) * Double(coefficients.values[row * lanes + lane])
        }
        #expect(abs(Double(transposed.values[column * lanes + lane]) - sum) < 1e-5)
      }
    }
  }

  @Test("transposing twice gives the matrix back") func transposed() {
    let matrix = Self.random(rows: 30, columns: 20, seed: 3)
    #expect(matrix.transposed().transposed() == matrix)
    #expect(matrix.transposed().dense().values[4 * 30 + 11] == matrix.dense().values[11 * 20 + 4])
  }

  @Test("chosen rows come in the chosen order") func selecting() {
    let matrix = Self.random(rows: 10, columns: 8, seed: 5)
    let chosen = matrix.selecting(rows: [7, 2, 7])
    let full = matrix.dense()
    for (place, row) in [7, 2, 7].enumerated() {
      #expect(Array(chosen.dense().values[place * 8..<(place + 1) * 8]) == Array(full.values[row * 8..<(row + 1) * 8]))
    }
  }
}
