import LinearAlgebra
import TestSupport
import Testing

@Suite("Compact matrices")
struct CompactMatrixTests {
  /// Columns 0 and 3 always come together, 1 and 4 come in one row only, 5 never; 2 differs from 0 in one value.
  static let matrix = SparseMatrix(
    columnCount: 6, offsets: [0, 5, 8, 11], columns: [0, 1, 2, 3, 4, 0, 2, 3, 0, 2, 3],
    values: [1, 3, 1, 1, 4, 0.5, 0.25, 0.5, 2, 2, 2])

  @Test("columns of one row become the row's own, equal columns become one") func reduction() throws {
    let compact = CompactMatrix(Self.matrix)
    let origins = try #require(compact.origins)
    #expect(compact.own == [5, 0, 0])
    #expect(compact.shared.columnCount == 2)
    #expect(compact.shared.entryCount == 6)
    #expect(origins[1] == .init(column: CompactMatrix.Origin.own, row: 0, scale: 0.6))
    #expect(origins[4] == .init(column: CompactMatrix.Origin.own, row: 0, scale: 0.8))
    #expect(origins[0].column == origins[3].column)
    #expect(origins[0].column != origins[2].column)
    #expect(origins[5].column == CompactMatrix.Origin.absent)
    #expect(abs(origins[0].scale - Float(0.5).squareRoot()) < 1e-7)
  }

  @Test("one look at a matrix gives squared lengths, keys that equal rows share, and whether all values are finite")
  func survey() {
    var generator = SeededGenerator(seed: 4)
    var builder = SparseMatrix.Builder(columnCount: 300)
    var rows: [[(column: UInt32, value: Float)]] = []
    // Rows of 0 to 20 entries, each of them twice.
    for count in 0...20 {
      let row = Set((0..<count).map { _ in UInt32.random(in: 0..<300, using: &generator) }).sorted()
        .map { (column: $0, value: Float.random(in: -1...1, using: &generator)) }
      rows += [row, row]
    }
    for row in rows { builder.append(row) }
    let matrix = builder.build()
    let survey = CompactMatrix(unchanged: matrix).survey(workers: Workers(threads: 1))
    for (row, entries) in rows.enumerated() {
      #expect(abs(survey.squares[row] - entries.reduce(0) { $0 + $1.value * $1.value }) < 1e-5)
    }
    for row in stride(from: 0, to: rows.count, by: 2) { #expect(survey.keys[row] == survey.keys[row + 1]) }
    #expect(Set(survey.keys).count == 21)
    #expect(survey.isFinite)
    let again = CompactMatrix(unchanged: matrix).survey(workers: Workers(threads: 3))
    #expect(again.keys == survey.keys && again.squares == survey.squares)
    for value in [Float.nan, .infinity] {
      var values = matrix.values
      values[7] = value
      let broken = SparseMatrix(columnCount: 300, offsets: matrix.offsets, columns: matrix.columns, values: values)
      #expect(!RowSurvey(broken, workers: Workers(threads: 1)).isFinite)
    }
    let compact = CompactMatrix(Self.matrix)
    let lengths = compact.survey(workers: Workers(threads: 1)).squares
    #expect(zip(lengths, [28, 0.5625, 12]).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("merged weights give the margins and the norm of the weights they stand for", arguments: [UInt64](1...8))
  func equivalence(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // Few values and few rows, so that equal columns are common; copies of columns make sure of it.
    var builder = SparseMatrix.Builder(columnCount: 90)
    for _ in 0..<12 {
      var row: [(column: UInt32, value: Float)] = []
      for column in 0..<UInt32(30) where Int.random(in: 0..<6, using: &generator) == 0 {
        let value = Float(Int.random(in: 1...2, using: &generator)) / 2
        for copy in 0...column % 3 { row.append((column + 30 * copy, value)) }
      }
      builder.append(row)
    }
    let matrix = builder.build()
    let compact = CompactMatrix(matrix)
    for threads in 1...3 {
      var given = matrix
      let inPlace = CompactMatrix(taking: &given, workers: Workers(threads: threads))
      #expect(inPlace.shared == compact.shared && inPlace.own == compact.own && inPlace.origins == compact.origins)
      #expect(given.rowCount == 0)
    }
    let origins = try #require(compact.origins)
    #expect(compact.shared.entryCount < matrix.entryCount)
    let merged = (0..<compact.shared.columnCount).map { _ in Float.random(in: -1...1, using: &generator) }
    let own = (0..<12).map { row in compact.own[row] > 0 ? Float.random(in: -1...1, using: &generator) : 0 }
    let weights: [Float] = origins.map { origin in
      switch origin.column {
      case CompactMatrix.Origin.absent: 0
      case CompactMatrix.Origin.own: origin.scale * own[Int(origin.row)]
      default: origin.scale * merged[Int(origin.column)]
      }
    }
    let expected = matrix.multiplied(by: DenseMatrix(rowCount: 90, columnCount: 1, values: weights))
    let found = compact.shared.multiplied(
      by: DenseMatrix(rowCount: compact.shared.columnCount, columnCount: 1, values: merged))
    for row in 0..<12 {
      #expect(abs(found.values[row] + compact.own[row] * own[row] - expected.values[row]) < 1e-5)
    }
    func squares(_ values: [Float]) -> Float { values.reduce(0) { $0 + $1 * $1 } }
    #expect(abs(squares(weights) - squares(merged) - squares(own)) < 1e-4)
  }

  @Test("more threads make the same matrix", arguments: [2, 3, 5]) func threads(count: Int) {
    let matrix = SparseMatrixTests.random(rows: 60, columns: 200, seed: 9)
    let one = CompactMatrix(matrix)
    let several = CompactMatrix(matrix, workers: Workers(threads: count))
    #expect(one.origins != nil)
    #expect(several.shared == one.shared && several.own == one.own && several.origins == one.origins)
  }

  @Test("the most frequent columns come first") func order() {
    let compact = CompactMatrix(SparseMatrixTests.random(rows: 60, columns: 200, seed: 9))
    var counts = [Int](repeating: 0, count: compact.shared.columnCount)
    for column in compact.shared.columns { counts[Int(column)] += 1 }
    #expect(compact.origins != nil)
    #expect(counts == counts.sorted(by: >))
  }

  @Test("a matrix without such columns is taken as it is") func unchanged() {
    let matrix = SparseMatrix(columnCount: 2, offsets: [0, 2, 4], columns: [0, 1, 0, 1], values: [1, 2, 3, 4])
    let compact = CompactMatrix(matrix)
    #expect(compact.origins == nil)
    #expect(compact.shared == matrix)
  }
}
