import Classification
import Foundation
import LinearAlgebra
import Optimization
import Testing

/// Problems and scikit-learn's optima, written by `Benchmarks/Fixtures/logistic_regression.py`.
struct FixtureCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let columnCount: Int
  let labelCount: Int
  let offsets: [Int]
  let columns: [UInt32]
  let values: [Float]
  let denseColumnCount: Int
  let dense: [Float]
  let labels: [Int]
  let weights: [Double]?
  let classWeight: String?
  let classWeights: [Double]?
  let inverseRegularization: Double
  let l1Ratio: Double
  let objective: Double
  let nonZeroWeights: Int
  let probabilities: [Float]

  var testDescription: String { name }

  var features: SparseMatrix {
    SparseMatrix(columnCount: columnCount, offsets: offsets, columns: columns, values: values)
  }

  var denseBlock: DenseMatrix? {
    denseColumnCount == 0
      ? nil : DenseMatrix(rowCount: labels.count, columnCount: denseColumnCount, values: dense)
  }

  var configuration: LogisticRegression.Configuration {
    var configuration = LogisticRegression.Configuration(inverseRegularization: inverseRegularization)
    configuration.tolerance = l1Ratio == 0 ? 1e-10 : 1e-5
    if l1Ratio > 0 { configuration.penalty = l1Ratio == 1 ? .l1 : .elasticNet(l1Ratio: l1Ratio) }
    if classWeight == "balanced" { configuration.classWeight = .balanced }
    if let classWeights { configuration.classWeight = .given(classWeights) }
    return configuration
  }

  static let all: [FixtureCase] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/logistic_regression.json")
    do {
      return try JSONDecoder().decode([FixtureCase].self, from: Data(contentsOf: file))
    } catch {
      Issue.record("the fixture cannot be read: \(error)")
      return []
    }
  }()
}

@Suite("Logistic regression against scikit-learn's optimum")
struct LogisticRegressionFixtureTests {
  @Test("an L2 fit reaches the optimum and its probabilities", arguments: FixtureCase.all.filter { $0.l1Ratio == 0 })
  func l2(problem: FixtureCase) throws {
    let (classifier, record) = try LogisticRegression(problem.configuration).fit(
      problem.features, dense: problem.denseBlock, labels: problem.labels, labelCount: problem.labelCount,
      weights: problem.weights)
    #expect(record.converged)
    #expect(abs(record.objective / problem.objective - 1) < 1e-6)
    let probabilities = classifier.probabilities(of: problem.features, dense: problem.denseBlock)
    for (ours, theirs) in zip(probabilities.values, problem.probabilities) {
      #expect(abs(ours - theirs) < 1e-4)
    }
  }

  @Test("an L1 or elastic net fit reaches the optimum", arguments: FixtureCase.all.filter { $0.l1Ratio > 0 })
  func l1(problem: FixtureCase) throws {
    let (classifier, record) = try LogisticRegression(problem.configuration).fit(
      problem.features, dense: problem.denseBlock, labels: problem.labels, labelCount: problem.labelCount)
    #expect(record.converged)
    #expect(abs(record.objective / problem.objective - 1) < 1e-4)
    let probabilities = classifier.probabilities(of: problem.features, dense: problem.denseBlock)
    for (ours, theirs) in zip(probabilities.values, problem.probabilities) { #expect(abs(ours - theirs) < 1e-2) }
    // Two labels share one weight vector, stored twice.
    let copies = problem.labelCount == 2 ? 2 : 1
    let kept = (classifier.weights + classifier.denseWeights).count { $0 != 0 } / copies
    #expect(abs(kept - problem.nonZeroWeights) <= 2 + problem.nonZeroWeights / 20)
  }

  @Test("all problems of the script are here") func complete() {
    #expect(FixtureCase.all.count == 12)
    #expect(FixtureCase.all.count { $0.l1Ratio > 0 } == 4)
  }

  @Test("1, 2 and 3 threads give the same bytes", arguments: FixtureCase.all)
  func threads(problem: FixtureCase) throws {
    func fit(_ threads: Int) throws -> LinearClassifier {
      try LogisticRegression(problem.configuration).fit(
        problem.features, dense: problem.denseBlock, labels: problem.labels, labelCount: problem.labelCount,
        weights: problem.weights, threads: threads
      ).classifier
    }
    let one = try fit(1)
    #expect(try fit(2) == one)
    #expect(try fit(3) == one)
  }
}
