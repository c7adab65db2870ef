import Classification
import LinearAlgebra
import Optimization
import TestSupport
import Testing

@Suite("The logistic objective")
struct LogisticObjectiveTests {
  /// Several models side by side over a random matrix with a dense block.
  static func objective(lanes: Int, labels: Int, models: Int, dense: Bool, compact: Bool) -> LogisticObjective {
    var generator = SeededGenerator(seed: UInt64(lanes * 100 + models))
    var builder = SparseMatrix.Builder(columnCount: 30)
    for _ in 0..<50 {
      builder.append(
        (0..<6).map { _ in (UInt32.random(in: 0..<30, using: &generator), Float.random(in: 0.1...1, using: &generator))
        })
    }
    let features = builder.build()
    let block = DenseMatrix(
      rowCount: 50, columnCount: 3, values: (0..<150).map { _ in Float.random(in: -1...1, using: &generator) })
    let loss = RowLoss(
      lanes: lanes, models: models, labelCount: labels,
      labels: (0..<50).map { _ in UInt16.random(in: 0..<UInt16(max(2, labels)), using: &generator) },
      costs: (0..<50 * models).map { _ in Float.random(in: 0.5...2, using: &generator) })
    return LogisticObjective(
      matrix: compact ? CompactMatrix(features) : CompactMatrix(unchanged: features), dense: dense ? block : nil,
      loss: loss, penalty: 0.7, workers: Workers(threads: 2))
  }

  static let shapes: [(lanes: Int, labels: Int, models: Int)] = [
    (1, 1, 1), (1, 1, 4), (4, 3, 1), (4, 4, 2), (8, 6, 1), (8, 5, 3),
  ]

  @Test("the gradient agrees with finite differences", arguments: shapes, [false, true])
  func gradient(shape: (lanes: Int, labels: Int, models: Int), dense: Bool) {
    var objective = Self.objective(
      lanes: shape.lanes, labels: shape.labels, models: shape.models, dense: dense, compact: dense)
    let width = objective.width
    var generator = SeededGenerator(seed: 5)
    var point = [Float](repeating: 0, count: objective.rowCount * width)
    var direction = point
    for i in point.indices where i % shape.lanes < shape.labels {
      point[i] = Float.random(in: -1...1, using: &generator)
      direction[i] = Float.random(in: -1...1, using: &generator)
    }
    _ = objective.move(to: point)
    var gradient = point
    objective.gradient(of: point, into: &gradient)
    let slopes = objective.perModel(
      LaneVectors(width: width, workers: Workers(threads: 1)).dot(gradient, direction))
    let h: Float = 1e-2
    let up = objective.move(to: zip(point, direction).map { $0 + h * $1 })
    let down = objective.move(to: zip(point, direction).map { $0 - h * $1 })
    for model in 0..<shape.models {
      let difference = (up[model] - down[model]) / Double(2 * h)
      #expect(abs(difference - slopes[model]) < 2e-3 * (1 + abs(slopes[model])))
    }
  }

  @Test("the Hessian product agrees with differences of gradients", arguments: shapes, [false, true])
  func hessian(shape: (lanes: Int, labels: Int, models: Int), dense: Bool) {
    var objective = Self.objective(
      lanes: shape.lanes, labels: shape.labels, models: shape.models, dense: dense, compact: !dense)
    let width = objective.width
    var generator = SeededGenerator(seed: 6)
    var point = [Float](repeating: 0, count: objective.rowCount * width)
    var vector = point
    for i in point.indices where i % shape.lanes < shape.labels {
      point[i] = Float.random(in: -1...1, using: &generator)
      vector[i] = Float.random(in: -1...1, using: &generator)
    }
    _ = objective.move(to: point)
    var product = point
    let bends = objective.hessianProduct(vector, into: &product)
    let dots = LaneVectors(width: width, workers: Workers(threads: 1)).dot(vector, product)
    for lane in 0..<width { #expect(abs(bends[lane] - dots[lane]) < 1e-3 * (1 + abs(dots[lane]))) }
    let h: Float = 1e-2
    func gradient(_ sign: Float) -> [Float] {
      let moved = zip(point, vector).map { $0 + sign * h * $1 }
      _ = objective.move(to: moved)
      var gradient = moved
      objective.gradient(of: moved, into: &gradient)
      return gradient
    }
    let up = gradient(1)
    let down = gradient(-1)
    for i in point.indices {
      let difference = (up[i] - down[i]) / (2 * h)
      #expect(abs(difference - product[i]) < 2e-2 * (1 + abs(product[i])))
    }
  }

  @Test("values along a line agree with values at its points", arguments: shapes)
  func line(shape: (lanes: Int, labels: Int, models: Int)) {
    var objective = Self.objective(
      lanes: shape.lanes, labels: shape.labels, models: shape.models, dense: true, compact: true)
    var generator = SeededGenerator(seed: 7)
    let count = objective.rowCount * objective.width
    let point = (0..<count).map { $0 % shape.lanes < shape.labels ? Float.random(in: -1...1, using: &generator) : 0 }
    let vector = (0..<count).map { $0 % shape.lanes < shape.labels ? Float.random(in: -1...1, using: &generator) : 0 }
    _ = objective.move(to: point)
    var product = point
    objective.beginDirection()
    _ = objective.hessianProduct(vector, into: &product)
    objective.extendDirection(by: [Float](repeating: 0.5, count: objective.width))
    objective.beginLine(from: point, along: vector.map { 0.5 * $0 })
    let steps = (0..<shape.models).map { 0.25 + Double($0) }
    let found = objective.values(at: steps)
    let lanes = objective.perLane(steps)
    let expected = objective.move(
      to: point.indices.map { point[$0] + 0.5 * lanes[$0 % objective.width] * vector[$0] })
    for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-4 * other) }
  }
}
