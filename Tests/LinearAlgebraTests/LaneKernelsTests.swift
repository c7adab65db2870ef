internal import CPlatform
import LinearAlgebra
import TestSupport
import Testing

@Suite("Products with several lanes of weights")
struct LaneKernelsTests {
  private static let columnCount = 200

  /// Rows of 0 to 70 entries, some alike in length.
  private static func matrix(_ generator: inout SeededGenerator) -> SparseMatrix {
    var builder = SparseMatrix.Builder(columnCount: columnCount)
    for length in [0, 1, 2, 3, 4, 5, 7, 8, 31, 64, 65, 70] {
      let columns = (0..<UInt32(columnCount)).shuffled(using: &generator).prefix(length)
      builder.append(columns.map { ($0, Float.random(in: -1...1, using: &generator)) })
    }
    return builder.build()
  }

  private static func numbers(_ count: Int, _ generator: inout SeededGenerator) -> [Float] {
    (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
  }

  @Test(
    "are the same bits with vectors of every width, and near those of plain loops",
    arguments: [1, 2, 3, 4, 6, 8, 12, 15, 16, 20, 24, 28, 40, 44, 83])
  func agree(lanes: Int) {
    var generator = SeededGenerator(seed: UInt64(lanes))
    let matrix = Self.matrix(&generator)
    let weights = Self.numbers(Self.columnCount * lanes, &generator)
    let start = Self.numbers(lanes, &generator)
    let changes = Self.numbers(matrix.rowCount * lanes, &generator)
    var (gathered, scattered): ([[Float]], [[Float]]) = ([], [])
    defer { platform_limit_vectors(512) }
    for width in [0, 256, 512] {
      platform_limit_vectors(CInt(width))
      var out = [Float](repeating: .nan, count: matrix.rowCount * lanes)
      var sums = weights
      unsafe out.withUnsafeMutableBufferPointer { out in
        unsafe weights.withUnsafeBufferPointer { weights in
          unsafe matrix.gather(
            rows: 0..<matrix.rowCount, weights: weights.baseAddress!, lanes: lanes, start: start, into: out.baseAddress!
          )
        }
      }
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe changes.withUnsafeBufferPointer { changes in
          unsafe matrix.scatter(
            rows: 0..<matrix.rowCount, coefficients: changes.baseAddress!, lanes: lanes, into: sums.baseAddress!)
        }
      }
      gathered.append(out)
      scattered.append(sums)
    }
    var plain = weights.map(Double.init)
    for row in 0..<matrix.rowCount {
      let entries = matrix.offsets[row]..<matrix.offsets[row + 1]
      for lane in 0..<lanes {
        let sum = entries.reduce(Double(start[lane])) {
          $0 + Double(matrix.values[$1]) * Double(weights[Int(matrix.columns[$1]) * lanes + lane])
        }
        #expect(abs(Double(gathered[0][row * lanes + lane]) - sum) < 1e-5)
        for entry in entries {
          plain[Int(matrix.columns[entry]) * lanes + lane] +=
            Double(matrix.values[entry]) * Double(changes[row * lanes + lane])
        }
      }
    }
    #expect(zip(scattered[0], plain).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    for width in 1...2 {
      #expect(gathered[width].map(\.bitPattern) == gathered[0].map(\.bitPattern))
      #expect(scattered[width].map(\.bitPattern) == scattered[0].map(\.bitPattern))
    }
  }

  @Test("some lanes of many are those of all", arguments: [(8, 4), (20, 8), (40, 16), (40, 1)])
  func some(stride: Int, lanes: Int) {
    var generator = SeededGenerator(seed: 5)
    let matrix = Self.matrix(&generator)
    let weights = Self.numbers(Self.columnCount * stride, &generator)
    let start = Self.numbers(stride, &generator)
    var all = [Float](repeating: 0, count: matrix.rowCount * stride)
    unsafe all.withUnsafeMutableBufferPointer { all in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe matrix.gather(
          rows: 0..<matrix.rowCount, weights: weights.baseAddress!, lanes: stride, start: start, into: all.baseAddress!)
      }
    }
    for row in 0..<matrix.rowCount {
      for first in Swift.stride(from: 0, through: stride - lanes, by: lanes) {
        var out = [Float](repeating: 0, count: lanes)
        unsafe out.withUnsafeMutableBufferPointer { out in
          unsafe weights.withUnsafeBufferPointer { weights in
            unsafe matrix.gather(
              row: row, weights: weights.baseAddress! + first, stride: stride, lanes: lanes,
              start: Array(start[first..<first + lanes]), into: out.baseAddress!)
          }
        }
        // A lane alone is summed up entry by entry, so its last bits may differ.
        #expect(zip(out, all[(row * stride + first)...]).allSatisfy { lanes > 1 ? $0 == $1 : abs($0 - $1) < 1e-5 })
      }
    }
  }

  @Test(
    "of dense rows are the same bits with vectors of every width, and near those of plain loops",
    arguments: [1, 3, 4, 8, 12, 20], [0, 1, 7, 16, 37, 64])
  func denseRows(lanes: Int, count: Int) {
    var generator = SeededGenerator(seed: UInt64(lanes * 100 + count))
    let row = Self.numbers(count, &generator)
    let weights = Self.numbers(count * lanes, &generator)
    let start = Self.numbers(lanes, &generator)
    let changes = Self.numbers(lanes, &generator)
    var (gathered, scattered): ([[Float]], [[Float]]) = ([], [])
    defer { platform_limit_vectors(512) }
    for width in [0, 256, 512] {
      platform_limit_vectors(CInt(width))
      var (out, sums) = (start, weights)
      unsafe out.withUnsafeMutableBufferPointer { out in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          unsafe row.withUnsafeBufferPointer { row in
            unsafe changes.withUnsafeBufferPointer { changes in
              unsafe DenseMatrix.addProducts(
                of: row.baseAddress!, count, UnsafePointer(sums.baseAddress!), lanes: lanes, to: out.baseAddress!)
              unsafe DenseMatrix.add(
                changes.baseAddress!, times: row.baseAddress!, count, lanes: lanes, to: sums.baseAddress!)
            }
          }
        }
      }
      gathered.append(out)
      scattered.append(sums)
    }
    for lane in 0..<lanes {
      let sum = (0..<count).reduce(Double(start[lane])) {
        $0 + Double(row[$1]) * Double(weights[lane * count + $1])
      }
      #expect(abs(Double(gathered[0][lane]) - sum) < 1e-4)
      for column in 0..<count {
        #expect(scattered[0][lane * count + column] == weights[lane * count + column] + changes[lane] * row[column])
      }
    }
    #expect(gathered.allSatisfy { $0.map(\.bitPattern) == gathered[0].map(\.bitPattern) })
    #expect(scattered.allSatisfy { $0.map(\.bitPattern) == scattered[0].map(\.bitPattern) })
  }
}
