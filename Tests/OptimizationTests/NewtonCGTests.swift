import LinearAlgebra
import Optimization
import TestSupport
import Testing

/// ½ Σ c·(w − goal)² + ¼ Σ (w − goal)⁴ for each lane: convex, with a known minimum and an exact Hessian.
private struct Bowl: Objective {
  let rowCount: Int
  let width: Int
  let models: Int
  let goals: [Float]
  let curvatures: [Float]
  var point: [Float] = []
  var direction: [Float] = []
  var last: [Float] = []
  var lineStart: [Float] = []

  init(rows: Int, width: Int, models: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    rowCount = rows
    self.width = width
    self.models = models
    goals = (0..<rows * width).map { _ in Float.random(in: -2...2, using: &generator) }
    curvatures = (0..<rows * width).map { _ in Float.random(in: 0.5...50, using: &generator) }
  }

  func values(_ w: [Float]) -> [Double] {
    perModel(
      (0..<width).map { lane in
        stride(from: lane, to: w.count, by: width).reduce(into: 1.0) { sum, i in
          let d = Double(w[i] - goals[i])
          sum += 0.5 * Double(curvatures[i]) * d * d + 0.25 * d * d * d * d
        }
      })
  }

  func metric() -> [Float] { [Float](repeating: 0.1, count: rowCount) }
  mutating func move(to parameters: [Float]) -> [Double] {
    point = parameters
    return values(point)
  }
  mutating func gradient(of parameters: [Float], into gradient: inout [Float]) {
    for i in gradient.indices {
      let d = point[i] - goals[i]
      gradient[i] = curvatures[i] * d + d * d * d
    }
  }
  mutating func beginDirection() { direction = [Float](repeating: 0, count: point.count) }
  mutating func hessianProduct(_ vector: [Float], into product: inout [Float]) -> [Double] {
    last = vector
    var bends = [Double](repeating: 0, count: width)
    for i in vector.indices {
      let d = point[i] - goals[i]
      product[i] = (curvatures[i] + 3 * d * d) * vector[i]
      bends[i % width] += Double(vector[i] * product[i])
    }
    return bends
  }
  mutating func extendDirection(by steps: [Float]) {
    for i in last.indices { direction[i] += steps[i % width] * last[i] }
  }
  mutating func beginLine(from parameters: [Float], along direction: [Float]) { lineStart = parameters }
  func moved(_ steps: [Double]) -> [Float] {
    let lanes = perLane(steps)
    return lineStart.indices.map { lineStart[$0] + lanes[$0 % width] * direction[$0] }
  }
  mutating func values(at steps: [Double]) -> [Double] { values(moved(steps)) }
  mutating func advance(by steps: [Double]) { point = moved(steps) }
}

@Suite("Newton's method with conjugate gradients")
struct NewtonCGTests {
  @Test("each model reaches its own minimum", arguments: [(1, 1), (4, 1), (8, 2), (12, 3), (4, 4)])
  func minimum(width: Int, models: Int) {
    var bowl = Bowl(rows: 30, width: width, models: models, seed: 11)
    var parameters = [Float](repeating: 0, count: 30 * width)
    let outcomes = NewtonCG(tolerance: 1e-10, maximumIterations: 50).minimize(
      &bowl, from: &parameters, workers: Workers(threads: 1))
    #expect(outcomes.count == models)
    for outcome in outcomes {
      #expect(outcome.converged)
      // The constant 1 of each lane is all that is left at the minimum.
      #expect(abs(outcome.value - Double(width / models)) < 1e-6)
    }
    for (found, goal) in zip(parameters, bowl.goals) { #expect(abs(found - goal) < 1e-3) }
  }

  @Test("too few iterations are not called converged") func unfinished() {
    var bowl = Bowl(rows: 30, width: 4, models: 1, seed: 12)
    var parameters = [Float](repeating: 90, count: 120)
    let outcome = NewtonCG(tolerance: 1e-10, maximumIterations: 1).minimize(
      &bowl, from: &parameters, workers: Workers(threads: 1))[0]
    #expect(!outcome.converged)
    #expect(outcome.iterations == 1)
    #expect(outcome.relativeGap > 1e-10)
  }

  @Test("models side by side end where each ends alone") func independent() {
    var both = Bowl(rows: 20, width: 8, models: 2, seed: 13)
    var parameters = [Float](repeating: 0, count: 160)
    // The second model starts at its minimum: it must stay there while the first one moves.
    for row in 0..<20 {
      for lane in 4..<8 { parameters[row * 8 + lane] = both.goals[row * 8 + lane] }
    }
    let outcomes = NewtonCG(tolerance: 1e-10, maximumIterations: 50).minimize(
      &both, from: &parameters, workers: Workers(threads: 1))
    #expect(outcomes[1].iterations == 0 && outcomes[1].converged)
    #expect(outcomes[0].iterations > 0 && outcomes[0].converged)
    for row in 0..<20 {
      for lane in 4..<8 { #expect(parameters[row * 8 + lane] == both.goals[row * 8 + lane]) }
    }
  }
}

@Suite("Convergence records")
struct ConvergenceRecordTests {
  @Test("a warning says what to do, and only without convergence") func warning() {
    var record = ConvergenceRecord(
      iterations: 7, passes: 20, objective: 3, relativeGap: 0.01, converged: false, seconds: 1)
    #expect(record.warning?.contains("--max-iter") == true)
    #expect(record.warning?.contains("0.01") == true)
    record.converged = true
    #expect(record.warning == nil)
  }
}
