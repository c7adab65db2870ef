import LinearAlgebra
import TestSupport
import Testing

@Suite("Long vectors in lanes")
struct LaneVectorsTests {
  static func vector(_ count: Int, _ seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
  }

  @Test("fused loops agree with plain ones", arguments: [1, 4, 8, 20])
  func agreement(width: Int) {
    let rows = 1501
    let count = rows * width
    let lanes = LaneVectors(width: width, workers: Workers(threads: 1))
    let x = Self.vector(count, 1)
    let y = Self.vector(count, 2)
    let metric = Self.vector(rows, 3).map { abs($0) + 0.1 }
    let a = Self.vector(width, 4)
    func plain(_ term: (Int) -> Double) -> [Double] {
      (0..<width).map { lane in stride(from: lane, to: count, by: width).reduce(0) { $0 + term($1) } }
    }
    func close(_ one: [Double], _ other: [Double]) -> Bool { zip(one, other).allSatisfy { abs($0 - $1) < 1e-2 } }

    #expect(close(lanes.dot(x, y), plain { Double(x[$0]) * Double(y[$0]) }))
    #expect(close(lanes.dot(x, y, from: 1000), plain { $0 < 1000 * width ? 0 : Double(x[$0]) * Double(y[$0]) }))

    var sum = y
    lanes.add(a, x, into: &sum)
    for i in 0..<count { #expect(abs(sum[i] - (y[i] + a[i % width] * x[i])) < 1e-6) }

    var turned = y
    lanes.turn(ratios: a, residual: x, metric: metric, vector: &turned)
    for i in 0..<count { #expect(abs(turned[i] - (metric[i / width] * x[i] + a[i % width] * y[i])) < 1e-5) }

    var direction = x
    var residual = y
    let product = Self.vector(count, 5)
    let squares = lanes.descend(
      steps: a, vector: x, product: product, metric: metric, direction: &direction, residual: &residual)
    for i in 0..<count {
      #expect(abs(direction[i] - (x[i] + a[i % width] * x[i])) < 1e-5)
      #expect(abs(residual[i] - (y[i] - a[i % width] * product[i])) < 1e-5)
    }
    #expect(close(squares, plain { Double(residual[$0] * residual[$0] * metric[$0 / width]) }))

    let blocks = Self.vector(3 * count, 6)
    var combined = [Float](repeating: 0, count: count)
    let bends = lanes.combine(blocks, blocks: 3, count: count, penalty: 0.5, vector: x, into: &combined)
    for i in 0..<count {
      #expect(abs(combined[i] - (0.5 * x[i] + blocks[i] + blocks[count + i] + blocks[2 * count + i])) < 1e-5)
    }
    #expect(close(bends, plain { Double(x[$0] * combined[$0]) }))
  }

  @Test("sums have the same bits on any number of threads", arguments: [1, 4, 12])
  func threads(width: Int) {
    let count = 120_000 / width * width
    let x = Self.vector(count, 7)
    let y = Self.vector(count, 8)
    let one = LaneVectors(width: width, workers: Workers(threads: 1)).dot(x, y)
    #expect(LaneVectors(width: width, workers: Workers(threads: 2)).dot(x, y) == one)
    #expect(LaneVectors(width: width, workers: Workers(threads: 3)).dot(x, y) == one)
  }
}
