import Classification
import LinearAlgebra
import Optimization
import TestSupport
import Testing

@Suite("Dual coordinate ascent")
struct DualAscentTests {
  /// Rows of a few entries whose labels follow hidden weights, in the order of their labels: the worst order to learn in.
  static func problem(rows: Int, columns: Int, entries: Int, labels count: Int, seed: UInt64) -> (SparseMatrix, [Int]) {
    var generator = SeededGenerator(seed: seed)
    let hidden = (0..<columns * count).map { _ in Float.random(in: -2...2, using: &generator) }
    var found: [(label: Int, row: [(column: UInt32, value: Float)])] = []
    for _ in 0..<rows {
      let row = Set((0..<entries).map { _ in UInt32.random(in: 0..<UInt32(columns), using: &generator) }).sorted()
        .map { (column: $0, value: 1 / Float(entries).squareRoot()) }
      let margins = (0..<count).map { label in
        row.reduce(Float.random(in: -1...1, using: &generator)) {
          $0 + $1.value * hidden[Int($1.column) * count + label]
        }
      }
      found.append((margins.indices.max { margins[$0] < margins[$1] }!, row))
    }
    found.sort { $0.label < $1.label }
    var builder = SparseMatrix.Builder(columnCount: columns)
    for each in found { builder.append(each.row) }
    return (builder.build(), found.map(\.label))
  }

  /// Newton's method alone: what a fit does that is told where to start.
  static func newton(
    _ features: SparseMatrix, _ labels: [Int], _ count: Int, weights: [Double]? = nil,
    _ configuration: LogisticRegression.Configuration
  ) throws -> (classifier: LinearClassifier, record: ConvergenceRecord) {
    let zero = LinearClassifier(
      labelCount: count, columnCount: features.columnCount, denseColumnCount: 0,
      weights: [Float](repeating: 0, count: features.columnCount * count), denseWeights: [],
      intercepts: [Float](repeating: 0, count: count))
    return try LogisticRegression(configuration).fit(
      features, labels: labels, labelCount: count, weights: weights, initial: zero)
  }

  @Test("the optimum is that of Newton's method", arguments: [2, 3, 6, 12, 15], [0.1, 30])
  func optimum(count: Int, c: Double) throws {
    let (features, labels) = Self.problem(rows: 400, columns: 150, entries: 8, labels: count, seed: UInt64(count))
    let weights = labels.indices.map { Double($0 % 4) }
    let configuration = LogisticRegression.Configuration(inverseRegularization: c, tolerance: 1e-7)
    let (expected, best) = try Self.newton(features, labels, count, weights: weights, configuration)
    let (found, record) = try LogisticRegression(configuration).fit(
      features, labels: labels, labelCount: count, weights: weights)
    #expect(record.converged)
    #expect(abs(record.objective - best.objective) <= 2e-6 * best.objective)
    let one = found.probabilities(of: features).values
    let other = expected.probabilities(of: features).values
    for (p, q) in zip(one, other) { #expect(abs(p - q) < 2e-3) }
  }

  @Test("the gap that a fit reports bounds the distance to the optimum", arguments: [1e-2, 1e-3, 1e-4])
  func certificate(tolerance: Double) throws {
    let (features, labels) = Self.problem(rows: 600, columns: 200, entries: 10, labels: 3, seed: 5)
    let (_, best) = try Self.newton(features, labels, 3, .init(inverseRegularization: 10, tolerance: 1e-7))
    let (_, record) = try LogisticRegression(.init(inverseRegularization: 10, tolerance: tolerance)).fit(
      features, labels: labels, labelCount: 3)
    #expect(record.converged && record.relativeGap <= tolerance)
    #expect(record.objective <= best.objective * (1 + record.relativeGap) * (1 + 1e-6))
  }

  @Test("a large problem is the same for any number of threads, and another seed finds the same optimum")
  func threads() throws {
    let (features, labels) = Self.problem(rows: 4000, columns: 1500, entries: 40, labels: 3, seed: 8)
    #expect(features.entryCount > 100_000)
    func fit(threads: Int, seed: UInt64) throws -> (classifier: LinearClassifier, record: ConvergenceRecord) {
      try LogisticRegression(.init(inverseRegularization: 3, tolerance: 1e-5, seed: seed)).fit(
        features, labels: labels, labelCount: 3, threads: threads)
    }
    let one = try fit(threads: 1, seed: 0)
    #expect(one.record.converged)
    for threads in [2, 3] { #expect(try fit(threads: threads, seed: 0).classifier == one.classifier) }
    let other = try fit(threads: 2, seed: 1)
    #expect(other.classifier != one.classifier)
    #expect(abs(other.record.objective - one.record.objective) <= 2e-5 * one.record.objective)
  }
}
