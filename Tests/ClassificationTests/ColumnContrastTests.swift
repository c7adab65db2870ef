import Classification
import Foundation
import LinearAlgebra
import Optimization
import TestSupport
import Testing

@Suite("Contrast of columns")
struct ColumnContrastTests {
  /// Rows of three labels: column 0 belongs to label 0, column 1 to all alike, the others are noise.
  private static func data(rows: Int = 120, seed: UInt64 = 3) -> (matrix: SparseMatrix, labels: [Int]) {
    var generator = SeededGenerator(seed: seed)
    var offsets = [0]
    var columns: [UInt32] = []
    var labels: [Int] = []
    for row in 0..<rows {
      let label = row % 3
      labels.append(label)
      if label == 0 || Int.random(in: 0..<10, using: &generator) == 0 { columns.append(0) }
      columns.append(1)
      for column in 2..<12 where Int.random(in: 0..<4, using: &generator) == 0 { columns.append(UInt32(column)) }
      offsets.append(columns.count)
    }
    let values = columns.map { _ in Float.random(in: 0.2...1, using: &generator) }
    return (SparseMatrix(columnCount: 12, offsets: offsets, columns: columns, values: values), labels)
  }

  /// The factors by the formula of the paper, straight from counts.
  private static func factors(_ matrix: SparseMatrix, _ labels: [Int], power: Double) -> [Float] {
    var factors: [Double] = []
    for column in 0..<matrix.columnCount {
      var largest = 0.0
      for label in 0..<3 {
        func share(_ belongs: (Int) -> Bool) -> Double {
          var own = 1.0
          var total = Double(matrix.columnCount)
          for row in 0..<matrix.rowCount where belongs(labels[row]) {
            for entry in matrix.offsets[row]..<matrix.offsets[row + 1] {
              total += 1
              if Int(matrix.columns[entry]) == column { own += 1 }
            }
          }
          return own / total
        }
        largest = max(largest, abs(log(share { $0 == label } / share { $0 != label })))
      }
      factors.append(max(pow(largest, power), 0.01))
    }
    let mean = factors.reduce(0, +) / Double(factors.count)
    return factors.map { Float($0 / mean) }
  }

  private static func scaled(_ matrix: SparseMatrix, by factors: [Float]) -> SparseMatrix {
    SparseMatrix(
      columnCount: matrix.columnCount, offsets: matrix.offsets, columns: matrix.columns,
      values: zip(matrix.columns, matrix.values).map { factors[Int($0)] * $1 })
  }

  @Test("a fit with contrast is a fit on scaled columns, and its classifier reads plain ones", arguments: [0.5, 1])
  func plainTwin(power: Double) throws {
    let (matrix, labels) = Self.data()
    let factors = Self.factors(matrix, labels, power: power)
    let twin = Self.scaled(matrix, by: factors)
    let expected = try LogisticRegression(.init(tolerance: 1e-8)).fit(twin, labels: labels, labelCount: 3).classifier
    let found = try LogisticRegression(.init(contrast: power, tolerance: 1e-8)).fit(
      matrix, labels: labels, labelCount: 3
    ).classifier
    let margins = zip(found.decision(of: matrix).values, expected.decision(of: twin).values)
    for (a, b) in margins { #expect(abs(a - b) < 1e-3) }
    let plain = try LogisticRegression(.init(tolerance: 1e-8)).fit(matrix, labels: labels, labelCount: 3).classifier
    #expect(zip(found.weights, plain.weights).contains { abs($0 - $1) > 0.05 })
  }

  @Test("a label that only statements without weight have takes no part")
  func absentLabel() throws {
    let (matrix, labels) = Self.data()
    let two = labels.map { $0 == 2 ? 1 : $0 }
    let learner = try LogisticRegression(.init(contrast: 1, tolerance: 1e-8))
    let rows = Array(0..<matrix.rowCount) + [0]
    let more = matrix.selecting(rows: rows)
    let weights = rows.indices.map { $0 < matrix.rowCount ? 1.0 : 0 }
    let without = try learner.fit(matrix, labels: two, labelCount: 2).classifier.decision(of: matrix)
    let with = try learner.fit(more, labels: two + [2], labelCount: 3, weights: weights).classifier.decision(of: matrix)
    for row in 0..<matrix.rowCount {
      let (a, b) = (
        without.values[row * 2 + 1] - without.values[row * 2], with.values[row * 3 + 1] - with.values[row * 3]
      )
      #expect(abs(a - b) < 1e-3)
    }
  }

  @Test("what a fold is predicted by does not depend on the labels of that fold")
  func heldOut() throws {
    let (matrix, labels) = Self.data()
    let folds = labels.indices.map { $0 / 3 % 4 }
    let changed = labels.indices.map { folds[$0] == 2 ? (labels[$0] + 1) % 3 : labels[$0] }
    let learner = try LogisticRegression(.init(contrast: 0.5))
    let found = try [labels, changed].map { labels in
      try learner.fitMany(
        matrix, labels: labels, labelCount: 3, folds: folds, inverseRegularizations: [3, 0.3])
    }
    for place in 0..<2 {
      for row in labels.indices where folds[row] == 2 {
        for label in 0..<3 {
          #expect(
            found[0][place].decision.values[row * 3 + label] == found[1][place].decision.values[row * 3 + label])
        }
      }
    }
    #expect(found[0][0].inverseRegularization == 3)
    #expect(found[0][0].decision != found[0][1].decision)
  }

  @Test(
    "on a path of C each fold comes to the optimum of its own fit, the same on any number of threads",
    arguments: [2, 3, 18])
  func path(labelCount: Int) throws {
    let (matrix, given) = Self.data()
    // More than 16 labels are left to Newton's method.
    let labels = given.enumerated().map { labelCount > 3 ? $0.offset % labelCount : $0.element % labelCount }
    let folds = labels.indices.map { $0 / 3 % 4 }
    let values = [3, 0.3, 30]
    let paths = try [1, 3].map { threads in
      try LogisticRegression(.init(contrast: 0.5)).fitMany(
        matrix, labels: labels, labelCount: labelCount, folds: folds, inverseRegularizations: values, threads: threads)
    }
    #expect(paths[0].map(\.decision) == paths[1].map(\.decision))
    #expect(paths[0].map(\.inverseRegularization) == values)
    for (fit, c) in zip(paths[0], values) {
      let alone = try LogisticRegression(.init(inverseRegularization: c, contrast: 0.5)).fitMany(
        matrix, labels: labels, labelCount: labelCount, folds: folds, inverseRegularizations: [c])[0]
      #expect(fit.records.count == 4)
      for (found, expected) in zip(fit.records, alone.records) {
        #expect(found.converged && expected.converged)
        #expect(abs(found.objective - expected.objective) <= 4e-6 * expected.objective)
      }
      for (a, b) in zip(fit.decision.values, alone.decision.values) { #expect(abs(a - b) < 0.05) }
    }
  }

  @Test("a fit that starts from its own result stays there")
  func warmStart() throws {
    let (matrix, labels) = Self.data()
    let learner = try LogisticRegression(.init(contrast: 1))
    let (first, _) = try learner.fit(matrix, labels: labels, labelCount: 3)
    let (second, record) = try learner.fit(matrix, labels: labels, labelCount: 3, initial: first)
    #expect(record.iterations <= 1)
    for (a, b) in zip(first.weights, second.weights) { #expect(abs(a - b) < 1e-3) }
  }

  @Test("a power that cannot be used, and a start of another shape, are refused")
  func refusals() throws {
    typealias Wrong = LogisticRegression.ConfigurationError
    for power in [0, -1, 3, Double.nan] {
      #expect(throws: (any Error).self) { try LogisticRegression(.init(contrast: power)) }
    }
    #expect(throws: Wrong.contrast(3)) { try LogisticRegression(.init(contrast: 3)) }
    let (matrix, labels) = Self.data()
    let other = LinearClassifier(
      labelCount: 3, columnCount: 2, weights: [Float](repeating: 0, count: 6), intercepts: [0, 0, 0])
    #expect(throws: FitError.self) {
      try LogisticRegression(.init(contrast: 1)).fit(matrix, labels: labels, labelCount: 3, initial: other)
    }
  }

  @Test("square-root class weights lie halfway between none and balanced")
  func squareRoot() throws {
    let (matrix, labels) = Self.data()
    let uneven = labels.indices.map { $0 < 90 ? 0 : labels[$0] }
    func counts(_ weight: LogisticRegression.ClassWeight) throws -> Int {
      let classifier = try LogisticRegression(.init(classWeight: weight)).fit(
        matrix, labels: uneven, labelCount: 3
      ).classifier
      let margins = classifier.decision(of: matrix).values
      return labels.indices.count { row in margins[row * 3] >= margins[row * 3..<row * 3 + 3].max() ?? 0 }
    }
    let (none, root, balanced) = (try counts(.none), try counts(.squareRoot), try counts(.balanced))
    #expect(none >= root && root >= balanced && none > balanced)
  }
}
