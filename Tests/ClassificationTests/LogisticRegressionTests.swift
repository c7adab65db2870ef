import Classification
import Foundation
import LinearAlgebra
import Optimization
import TestSupport
import Testing

@Suite("Logistic regression")
struct LogisticRegressionTests {
  static let features = SparseMatrix(
    columnCount: 3, offsets: [0, 1, 2, 3, 5], columns: [0, 1, 2, 0, 2], values: [1, 1, 1, 0.5, 0.5])

  static func fit(
    _ features: SparseMatrix = features, dense: DenseMatrix? = nil, labels: [Int] = [0, 1, 2, 0], labelCount: Int = 3,
    weights: [Double]? = nil, initial: LinearClassifier? = nil,
    _ configuration: LogisticRegression.Configuration = .init()
  ) throws -> (classifier: LinearClassifier, record: ConvergenceRecord) {
    try LogisticRegression(configuration).fit(
      features, dense: dense, labels: labels, labelCount: labelCount, weights: weights, initial: initial)
  }

  @Test("data that cannot be learned from is refused with the mend") func refusals() {
    let none = SparseMatrix(columnCount: 3, offsets: [0], columns: [], values: [])
    #expect(throws: FitError.noRows) { try Self.fit(none, labels: []) }
    #expect(throws: FitError.shape(what: "labels", found: 2, rows: 4)) { try Self.fit(labels: [0, 1]) }
    #expect(throws: FitError.shape(what: "weights", found: 1, rows: 4)) { try Self.fit(weights: [1]) }
    #expect(throws: FitError.labelOutOfRange(row: 1, label: 3, labelCount: 3)) { try Self.fit(labels: [0, 3, 1, 2]) }
    #expect(throws: FitError.labelOutOfRange(row: 0, label: -1, labelCount: 3)) { try Self.fit(labels: [-1, 3, 1, 2]) }
    #expect(throws: FitError.oneLabel(1)) { try Self.fit(labels: [1, 1, 1, 1]) }
    #expect(throws: FitError.oneLabel(0)) { try Self.fit(labels: [0, 1, 0, 0], weights: [1, 0, 1, 1]) }
    #expect(throws: FitError.weight(row: 2, weight: -1)) { try Self.fit(weights: [1, 1, -1, 1]) }
    #expect(throws: FitError.classWeights(found: 2, labelCount: 3)) {
      try Self.fit(Self.features, .init(classWeight: .given([1, 1])))
    }
    for bad in [Float.nan, .infinity, -.infinity] {
      let broken = SparseMatrix(
        columnCount: 3, offsets: [0, 1, 2, 3, 4], columns: [0, 1, 2, 2], values: [1, 1, 1, bad])
      #expect(throws: FitError.notFinite(row: 3, column: 2)) { try Self.fit(broken) }
    }
    let dense = DenseMatrix(rowCount: 4, columnCount: 2, values: [0, 0, 0, 0, 0, .nan, 0, 0])
    #expect(throws: FitError.notFinite(row: 2, column: 4)) { try Self.fit(dense: dense) }
    #expect("\(FitError.oneLabel(1))".contains("add statements"))
    #expect("\(FitError.notFinite(row: 3, column: 2))".contains("row 3"))
  }

  @Test("settings that cannot be used are refused") func settings() {
    typealias Configuration = LogisticRegression.Configuration
    typealias Wrong = LogisticRegression.ConfigurationError
    #expect(throws: Wrong.inverseRegularization(0)) { try LogisticRegression(.init(inverseRegularization: 0)) }
    #expect(throws: Wrong.tolerance(1)) { try LogisticRegression(.init(tolerance: 1)) }
    #expect(throws: Wrong.maximumIterations(0)) { try LogisticRegression(.init(maximumIterations: 0)) }
    #expect(throws: Wrong.l1Ratio(1.5)) { try LogisticRegression(.init(penalty: .elasticNet(l1Ratio: 1.5))) }
    #expect(throws: Wrong.classWeight(label: 1, weight: -1)) {
      try LogisticRegression(.init(classWeight: .given([1, -1])))
    }
    #expect(throws: (any Error).self) { try LogisticRegression(.init(inverseRegularization: .nan)) }
  }

  @Test("a configuration survives JSON") func codable() throws {
    let configuration = LogisticRegression.Configuration(
      inverseRegularization: 3, penalty: .elasticNet(l1Ratio: 0.25), classWeight: .given([1, 2]), seed: 7)
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(LogisticRegression.Configuration.self, from: data) == configuration)
  }

  @Test("a label without statements gets probability 0 and does not disturb the others") func absent() throws {
    let all = try Self.fit(labels: [0, 2, 0, 2], labelCount: 4).classifier
    let two = try Self.fit(labels: [0, 1, 0, 1], labelCount: 2).classifier
    let some = all.probabilities(of: Self.features)
    let both = two.probabilities(of: Self.features)
    for row in 0..<4 {
      #expect(some.values[row * 4 + 1] == 0 && some.values[row * 4 + 3] == 0)
      #expect(abs(some.values[row * 4 + 2] - both.values[row * 2 + 1]) < 1e-6)
    }
  }

  @Test("starting at the optimum ends there at once") func warm() throws {
    let problem = try #require(FixtureCase.all.first)
    let configuration = LogisticRegression.Configuration(inverseRegularization: 10, tolerance: 1e-6)
    let cold = try Self.fit(problem.features, labels: problem.labels, configuration)
    let warm = try Self.fit(problem.features, labels: problem.labels, initial: cold.classifier, configuration)
    #expect(warm.record.iterations <= 1)
    #expect(warm.record.passes < cold.record.passes / 2)
    #expect(abs(warm.record.objective / cold.record.objective - 1) < 1e-6)
    #expect(throws: FitError.self) { try Self.fit(initial: cold.classifier) }
  }

  @Test("one iteration is reported as unfinished") func unfinished() throws {
    let problem = try #require(FixtureCase.all.first)
    let record = try Self.fit(
      problem.features, labels: problem.labels,
      .init(inverseRegularization: 100, tolerance: 1e-9, maximumIterations: 1)
    ).record
    #expect(!record.converged)
    #expect(record.warning != nil)
  }

  @Test("a weight of two counts like two copies") func copies() throws {
    let problem = try #require(FixtureCase.all.first)
    let count = problem.labels.count
    let twice = problem.features.selecting(rows: Array(0..<count) + Array(0..<count / 2))
    let copied = try Self.fit(
      twice, labels: problem.labels + problem.labels[..<(count / 2)], .init(tolerance: 1e-9)
    ).classifier.probabilities(of: problem.features)
    let weighted = try Self.fit(
      problem.features, labels: problem.labels, weights: (0..<count).map { $0 < count / 2 ? 2 : 1 },
      .init(tolerance: 1e-9)
    ).classifier.probabilities(of: problem.features)
    for (one, other) in zip(copied.values, weighted.values) { #expect(abs(one - other) < 1e-4) }
  }

  @Test("rows without features and matrices without columns are no error") func empty() throws {
    let none = SparseMatrix(columnCount: 0, offsets: [0, 0, 0, 0, 0], columns: [], values: [])
    let (classifier, record) = try Self.fit(none)
    #expect(record.converged)
    let probabilities = classifier.probabilities(of: none)
    #expect(abs(probabilities.values[0] - 0.5) < 1e-3)
    #expect(abs(probabilities.values[1] - 0.25) < 1e-3)
  }

  @Test("held-out margins are those of fits without the fold", arguments: [2, 3])
  func many(labelCount: Int) throws {
    let problem = try #require(FixtureCase.all.first { $0.labelCount == labelCount && $0.l1Ratio == 0 })
    let count = problem.labels.count
    let folds = (0..<count).map { $0 % 5 }
    let values = [3.0, 0.1, 1.0]
    for threads in [1, 2] {
      let method = try LogisticRegression(.init(classWeight: .balanced, tolerance: 1e-9))
      let found = try method.fitMany(
        problem.features, labels: problem.labels, labelCount: labelCount, folds: folds, inverseRegularizations: values,
        threads: threads)
      #expect(found.map(\.inverseRegularization) == values)
      for (place, c) in values.enumerated() {
        #expect(found[place].records.count == 5 && found[place].records.allSatisfy(\.converged))
        for fold in 0..<5 {
          let inside = (0..<count).filter { $0 % 5 != fold }
          let outside = (0..<count).filter { $0 % 5 == fold }
          let alone = try LogisticRegression(
            .init(inverseRegularization: c, classWeight: .balanced, tolerance: 1e-9)
          ).fit(
            problem.features.selecting(rows: inside), labels: inside.map { problem.labels[$0] }, labelCount: labelCount
          ).classifier.decision(of: problem.features.selecting(rows: outside))
          for (row, original) in outside.enumerated() {
            for label in 1..<labelCount {
              // Margins may differ by a constant a row.
              let expected = alone.values[row * labelCount + label] - alone.values[row * labelCount]
              let decision = found[place].decision.values
              let margin = decision[original * labelCount + label] - decision[original * labelCount]
              #expect(abs(margin - expected) < 2e-3 * (1 + abs(expected)))
            }
          }
        }
      }
    }
  }
}
