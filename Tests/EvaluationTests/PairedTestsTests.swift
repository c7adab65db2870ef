import Evaluation
import TestSupport
import Testing

@Suite("Paired tests")
struct PairedTestsTests {
  @Test("McNemar's p-values and exact intervals are those of statsmodels", arguments: 0..<5)
  func mcNemar(number: Int) throws {
    let fixture = try Fixture.load().mcnemar[number]
    let test = McNemarTest(
      bothCorrect: fixture.counts[0], onlyFirstCorrect: fixture.counts[1], onlySecondCorrect: fixture.counts[2],
      neitherCorrect: fixture.counts[3])
    #expect(isClose(test.exactPValue, fixture.exact))
    #expect(isClose(test.midPValue, fixture.mid))
    if fixture.counts[1] + fixture.counts[2] > 0 {
      let (lower, upper) = (fixture.interval[0], fixture.interval[1])
      #expect(isClose(test.oddsRatioLower, lower / (1 - lower), tolerance: 1e-6))
      #expect(isClose(test.oddsRatioUpper, upper == 1 ? nil : upper / (1 - upper), tolerance: 1e-6))
    }
  }

  @Test("differences, their BCa intervals, randomization, kappa and alpha are those of SciPy and others")
  func fixture() throws {
    let fixture = try Fixture.load().cases[0]
    let paired = try #require(fixture.paired)
    let first = fixture.predictions
    let second = Predictions(
      labels: first.labels, ids: first.ids, gold: first.gold, predicted: paired.predicted)
    let comparison = try Comparison(
      [.init(name: "first", predictions: first), .init(name: "second", predictions: second)],
      metrics: [.accuracy, .macroF1], bootstrap: Bootstrap(resamples: 20_000))
    let pair = comparison.pairs[0]
    for (found, expected) in zip(pair.differences, [paired.accuracy, paired.macroF1]) {
      #expect(isClose(found.difference.value, expected.difference))
      // Both sides draw at random; the accuracy moves in steps of 1/120.
      #expect(abs(try #require(found.randomizationPValue) - expected.permutationP) < 0.006)
      let interval = try #require(found.difference.bca)
      #expect(abs(interval.lower - expected.bca[0]) < 0.0085 && abs(interval.upper - expected.bca[1]) < 0.0085)
    }
    #expect(isClose(pair.kappa, paired.kappa))
    #expect(isClose(comparison.alpha, paired.alpha))
  }

  @Test("groups that only one of the runs knows hold for both, whichever comes first")
  func groupsOfOneRun() throws {
    let grouped = inventedPredictions(count: 60, groupSize: 5)
    let bare = Predictions(
      labels: grouped.labels, ids: grouped.ids, gold: grouped.gold, predicted: grouped.gold)
    for contenders in [[grouped, bare], [bare, grouped]] {
      let comparison = try Comparison(
        contenders.enumerated().map { .init(name: "\($0)", predictions: $1) }, metrics: [.accuracy],
        bootstrap: Bootstrap(resamples: 200))
      #expect(comparison.groupCount == 12)
    }
    let pair = try PairedPredictions(bare, grouped)
    #expect(pair.first.groups == grouped.groups && pair.second.groups == grouped.groups)
  }

  @Test("adjusted p-values are those of statsmodels")
  func adjustments() throws {
    let fixture = try Fixture.load().adjustment
    for (value, expected) in zip(MultipleTesting.holm(fixture.p), fixture.holm) { #expect(isClose(value, expected)) }
    for (value, expected) in zip(MultipleTesting.benjaminiHochberg(fixture.p), fixture.benjaminiHochberg) {
      #expect(isClose(value, expected))
    }
    #expect(MultipleTesting.holm([]) == [])
  }

  /// Two models on the same items; the second is right more often when `better`.
  func pairs(count: Int, better: Bool, seed: UInt64, groupSize: Int? = nil) throws -> PairedPredictions {
    var generator = SeededGenerator(seed: seed)
    let base = inventedPredictions(count: count, groupSize: groupSize, seed: seed)
    func model(_ skill: Double) -> Predictions {
      let predicted = base.gold.map { gold in
        Double.random(in: 0..<1, using: &generator) < skill
          ? gold : (gold + Int.random(in: 1...2, using: &generator)) % 3
      }
      return Predictions(
        labels: base.labels, ids: base.ids, groups: base.groups, gold: base.gold, predicted: predicted)
    }
    let first = model(0.6)
    return try PairedPredictions(first, model(better ? 0.75 : 0.6))
  }

  @Test("randomization agrees with the exact test that it approximates")
  func randomization() throws {
    // For accuracy a swap flips the sign of each discordant item: the exact McNemar test.
    for seed in 1...3 as ClosedRange<UInt64> {
      let pairs = try pairs(count: 120, better: seed != 1, seed: seed)
      let exact = McNemarTest(pairs).exactPValue
      let difference = Bootstrap(resamples: 20_000).differences(of: [.accuracy], between: pairs)[0]
      #expect(abs(try #require(difference.randomizationPValue) - exact) < 0.015)
    }
  }

  @Test("equal models are told apart about one time in twenty, different ones nearly always")
  func calibrationOfTests() throws {
    var falseAlarms = [0, 0]
    var found = 0
    for seed in 1...200 as ClosedRange<UInt64> {
      let bootstrap = Bootstrap(resamples: 400, seed: seed)
      let same = bootstrap.differences(of: [.macroF1], between: try pairs(count: 150, better: false, seed: seed))[0]
      falseAlarms[0] += (try #require(same.bootstrapPValue)) < 0.05 ? 1 : 0
      falseAlarms[1] += (try #require(same.randomizationPValue)) < 0.05 ? 1 : 0
      let other = bootstrap.differences(of: [.macroF1], between: try pairs(count: 400, better: true, seed: seed))[0]
      found += (try #require(other.randomizationPValue)) < 0.05 ? 1 : 0
    }
    // Three standard deviations of a binomial count around 10.
    #expect(falseAlarms.allSatisfy { (1...19).contains($0) }, "\(falseAlarms)")
    #expect(found > 190)
  }

  @Test("differences have signs, intervals and the same bytes on any number of threads")
  func differences() throws {
    let pairs = try pairs(count: 300, better: true, seed: 4, groupSize: 3)
    let metrics: [Metric] = [.macroF1, .f1("none"), .logLoss]
    let one = Bootstrap(resamples: 500, threads: 1).differences(of: metrics, between: pairs)
    #expect(one == Bootstrap(resamples: 500, threads: 2).differences(of: metrics, between: pairs))
    let value = try #require(one[0].difference.value)
    let interval = try #require(one[0].difference.bca)
    #expect(value > 0 && one[0].secondIsBetter && interval.lower < value && value < interval.upper)
    #expect(one[2].difference == Estimate(value: nil) && one[2].randomizationPValue == nil && !one[2].secondIsBetter)
  }

  @Test("a model is no better than itself")
  func itself() throws {
    let predictions = inventedPredictions(count: 100)
    let pair = try PairedPredictions(predictions, predictions)
    let difference = Bootstrap(resamples: 200).differences(of: [.macroF1, .rocAUC("favor")], between: pair)
    #expect(
      difference.allSatisfy { $0.difference.value == 0 && $0.bootstrapPValue == 1 && $0.randomizationPValue == 1 })
    #expect(McNemarTest(pair).midPValue == 1)
  }
}

@Suite("PairedPredictions")
struct PairedPredictionsTests {
  let first = Predictions(
    labels: ["a", "b"], ids: ["1", "2", "3"], gold: [0, 1, 0], predicted: [0, 1, 1],
    probabilities: [0.9, 0.1, 0.2, 0.8, 0.4, 0.6])

  @Test("items are paired by name and labels by name, whatever their order")
  func order() throws {
    let second = Predictions(
      labels: ["b", "a"], ids: ["3", "1", "2"], gold: [1, 1, 0], predicted: [1, 0, 0],
      probabilities: [0.3, 0.7, 0.8, 0.2, 0.9, 0.1])
    let pair = try PairedPredictions(first, second)
    #expect(pair.second.ids == ["1", "2", "3"])
    #expect(pair.second.labels == ["a", "b"])
    #expect(pair.second.predicted == [1, 1, 0])
    #expect(pair.second.probabilities == [0.2, 0.8, 0.1, 0.9, 0.7, 0.3])
    #expect(pair.differing == [0, 2])
  }

  @Test("different items are refused unless the common ones are asked for")
  func items() throws {
    let second = Predictions(labels: ["a", "b"], ids: ["3", "4", "1"], gold: [0, 0, 0], predicted: [0, 0, 0])
    #expect(throws: PairingError.differentItems(onlyFirst: 1, onlySecond: 1, common: 2)) {
      try PairedPredictions(first, second)
    }
    let pair = try PairedPredictions(first, second, commonOnly: true)
    #expect(pair.first.ids == ["1", "3"] && pair.second.ids == ["1", "3"])
  }

  @Test("another text or target is refused where both runs know it; spacing, case and what is not kept do not differ")
  func texts() throws {
    func run(_ texts: [String]?, targets: [String]? = nil) -> Predictions {
      Predictions(
        labels: ["a", "b"], ids: ["1", "2"], gold: [0, 1], predicted: [0, 0],
        attributes: targets.map { ["target": $0] } ?? [:], texts: texts)
    }
    let one = run(["It rained.", "The dam holds."], targets: ["rain", "the dam"])
    #expect(throws: PairingError.differentText(id: "2")) {
      try PairedPredictions(one, run(["It rained.", "The dam broke."]))
    }
    #expect(throws: PairingError.differentTarget(id: "1")) {
      try PairedPredictions(one, run(nil, targets: ["snow", "the dam"]))
    }
    for other in [
      run(nil), run([" it  RAINED.", "The dam\nholds. "]), run(nil, targets: ["", "The Dam"]),
      run(["It rained.", "The dam holds."], targets: ["rain", "the dam"]),
    ] {
      #expect(try PairedPredictions(one, other).count == 2)
      #expect(try PairedPredictions(other, one).count == 2)
    }
    #expect("\(PairingError.differentText(id: "2"))".contains("the item '2' has another text"))
  }

  @Test("what cannot be paired is named")
  func mistakes() {
    func other(labels: [String] = ["a", "b"], ids: [String] = ["1", "2", "3"], gold: [Int] = [0, 1, 0]) -> Predictions {
      Predictions(labels: labels, ids: ids, gold: gold, predicted: [0, 0, 0])
    }
    #expect(throws: PairingError.differentLabels(first: ["a", "b"], second: ["a", "c"])) {
      try PairedPredictions(first, other(labels: ["a", "c"]))
    }
    #expect(throws: PairingError.duplicateItem(id: "1")) { try PairedPredictions(first, other(ids: ["1", "1", "3"])) }
    #expect(throws: PairingError.differentGold(id: "2")) { try PairedPredictions(first, other(gold: [0, 0, 0])) }
    #expect(throws: PairingError.differentItems(onlyFirst: 3, onlySecond: 3, common: 0)) {
      try PairedPredictions(first, other(ids: ["x", "y", "z"]), commonOnly: true)
    }
  }
}
