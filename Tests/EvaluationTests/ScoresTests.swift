import Evaluation
import Testing

@Suite("Scores")
struct ScoresTests {
  @Test("every figure is the one of scikit-learn", arguments: 0..<4)
  func figures(number: Int) throws {
    let fixture = try Fixture.load().cases[number]
    let scores = Scores(fixture.predictions, bootstrap: nil)
    for (name, expected) in fixture.metrics {
      let metric = try #require(Metric(name: name))
      // Log loss sums logarithms of single-precision probabilities.
      let value = scores[metric]?.value
      #expect(isClose(value, expected, tolerance: 1e-7), "\(name): \(value as Any) instead of \(expected as Any)")
      #expect(isClose(metric.value(of: fixture.predictions), value))
    }
    #expect(scores.labels.map(\.support) == fixture.support)
    #expect(scores.confusion.counts == fixture.confusion)
  }

  @Test("the shape does not follow the data")
  func shape() {
    let one = Predictions(labels: ["a", "b", "c"], ids: ["1"], gold: [0], predicted: [0])
    let none = Predictions(labels: ["a", "b", "c"], ids: [], gold: [], predicted: [])
    for predictions in [one, none, inventedPredictions(count: 50, labels: ["a", "b", "c"])] {
      let scores = Scores(predictions, bootstrap: Bootstrap(resamples: 20))
      #expect(scores.overall.map(\.metric) == Metric.overall)
      #expect(scores.labels.map(\.label) == ["a", "b", "c"])
      #expect(scores.all.count == Metric.overall.count + 15)
    }
    let scores = Scores(one, bootstrap: nil)
    #expect(scores[.macroF1]?.value == 1.0 / 3)
    #expect(scores[.f1("b")]?.value == 0)
    #expect(scores[.logLoss] == Estimate(value: nil))
    #expect(scores[.rocAUC("a")] == Estimate(value: nil))
    #expect(scores[.cohenKappa] == Estimate(value: nil))
    #expect(scores[.f1("d")] == nil)
    #expect(Scores(none, bootstrap: nil).all.allSatisfy { $0.estimate.value == nil })
  }

  @Test("a metric of probabilities is undefined without them")
  func withoutProbabilities() {
    let predictions = Predictions(labels: ["a", "b"], ids: ["1", "2"], gold: [0, 1], predicted: [0, 0])
    #expect(Metric.logLoss.value(of: predictions) == nil)
    #expect(Metric.rocAUC("a").value(of: predictions) == nil)
    #expect(Metric.accuracy.value(of: predictions) == 0.5)
    #expect(Metric.logLoss.value(of: ConfusionMatrix(predictions)) == nil)
    #expect(Metric.accuracy.value(of: ConfusionMatrix(predictions)) == 0.5)
  }

  @Test("the largest errors in probability stay finite")
  func certainAndWrong() throws {
    let predictions = Predictions(
      labels: ["a", "b"], ids: ["1"], gold: [0], predicted: [1], probabilities: [0, 1])
    let logLoss = try #require(Metric.logLoss.value(of: predictions))
    #expect(logLoss > 15 && logLoss < 17)
    #expect(Metric.brierScore.value(of: predictions) == 1)
    #expect(Metric.maximumCalibrationError.value(of: predictions) == 1)
  }
}
