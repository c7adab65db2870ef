import Evaluation
import Testing

@Suite("Predictions with abstentions")
struct AbstentionTests {
  /// Right on the answers 0 and 1, wrong on 3; 2 and 4 were withheld.
  static let predictions = Predictions(
    labels: ["favor", "against"], ids: ["a", "b", "c", "d", "e"], groups: ["g", "g", "g", "h", "h"],
    gold: [0, 1, 0, 1, 1], predicted: [0, 1, 1, 0, 1], abstained: [false, false, true, false, true],
    probabilities: [0.9, 0.1, 0.2, 0.8, 0.4, 0.6, 0.7, 0.3, 0.45, 0.55])

  @Test("scores are of what was answered, coverage is counted, the coverage–risk curve is of all items")
  func assessment() throws {
    let assessment = try Assessment(of: Self.predictions, configuration: Assessment.Configuration(bootstrap: nil))
    #expect(assessment.coverage.answered == 3 && assessment.coverage.total == 5)
    #expect(assessment.coverage.share == 0.6)
    #expect(assessment.scores.count == 3)
    #expect(assessment.scores[.accuracy]?.value == 2.0 / 3)
    #expect(assessment.errors.map(\.id) == ["d"] && assessment.errors.map(\.index) == [3])
    #expect(assessment.reliability?.bins.reduce(0) { $0 + $1.count } == 3)
    #expect(assessment.coverageRisk?.points.last?.coverage == 1)
    #expect(assessment.coverageRisk?.points.last?.risk == 2.0 / 5)
  }

  @Test("a model that answers nothing has a coverage of 0 and no scores, with and without a bootstrap")
  func nothing() throws {
    let silent = Predictions(
      labels: ["favor", "against"], ids: ["a", "b"], gold: [0, 1], predicted: [0, 1], abstained: [true, true],
      probabilities: [0.9, 0.1, 0.2, 0.8])
    for bootstrap in [nil, Bootstrap(resamples: 100)] {
      let assessment = try Assessment(of: silent, configuration: Assessment.Configuration(bootstrap: bootstrap))
      #expect(assessment.coverage.share == 0)
      #expect(assessment.scores.overall.allSatisfy { $0.estimate.value == nil })
    }
    #expect(Coverage(silent.selecting([])).share == nil)
  }

  @Test("abstentions are kept when items are selected, and are gone where nothing was withheld")
  func selection() {
    let selected = Self.predictions.selecting([4, 0])
    #expect(selected.abstained == [true, false])
    #expect(Self.predictions.answered.ids == ["a", "b", "d"])
    #expect(Self.predictions.answered.abstained.isEmpty)
    #expect(Self.predictions.selecting([0, 1]).abstained.isEmpty)
  }

  @Test("a comparison is of items that both answered, and says so where they differ")
  func pairing() throws {
    let all = Predictions(
      labels: ["favor", "against"], ids: Self.predictions.ids, groups: Self.predictions.groups,
      gold: Self.predictions.gold, predicted: Self.predictions.predicted)
    #expect(throws: PairingError.differentItems(onlyFirst: 2, onlySecond: 0, common: 3)) {
      try PairedPredictions(all, Self.predictions)
    }
    #expect(try PairedPredictions(all, Self.predictions, commonOnly: true).count == 3)
    #expect(try PairedPredictions(Self.predictions, Self.predictions).count == 3)
  }
}
