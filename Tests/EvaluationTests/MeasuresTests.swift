import Evaluation
import Testing

@Suite("Calibration, curves, slices and agreement")
struct MeasuresTests {
  @Test("curves have scikit-learn's points", arguments: 0..<4)
  func curves(number: Int) throws {
    let fixture = try Fixture.load().cases[number]
    let curves = try #require(RankingCurves(fixture.predictions, label: fixture.curves.label))
    func same(_ a: [Double], _ b: [Double]) -> Bool { a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1) } }
    #expect(same(curves.points.map(\.falsePositiveRate), fixture.curves.falseRate))
    #expect(same(curves.points.map(\.truePositiveRate), fixture.curves.trueRate))
    // scikit-learn ends its precision–recall curve where recall has become 1.
    let needed = fixture.curves.recall.count
    #expect(same(Array(curves.points.map(\.precision).prefix(needed)), fixture.curves.precision))
    #expect(RankingCurves(Predictions(labels: ["a"], ids: ["1"], gold: [0], predicted: [0]), label: 0) == nil)
  }

  @Test(
    "the reliability table and the coverage–risk curve are those computed with SciPy and scikit-learn", arguments: 0..<4
  )
  func selection(number: Int) throws {
    let fixture = try Fixture.load().cases[number]
    let table = try #require(ReliabilityTable(fixture.predictions))
    #expect(table.bins.map(\.count) == fixture.selection.counts)
    for (bin, (accuracy, confidence)) in zip(
      table.bins, zip(fixture.selection.accuracy, fixture.selection.confidence))
    {
      #expect(isClose(bin.accuracy, accuracy) && isClose(bin.confidence, confidence))
    }
    let curve = try #require(CoverageRiskCurve(fixture.predictions))
    #expect(curve.points.map(\.threshold) == fixture.selection.thresholds)
    for (point, (coverage, risk)) in zip(curve.points, zip(fixture.selection.coverage, fixture.selection.risk)) {
      #expect(isClose(point.coverage, coverage) && isClose(point.risk, risk))
    }
    #expect(isClose(curve.area, fixture.selection.area))
  }

  @Test("coverage, risks and bins have intervals around the values of the table and the curve")
  func selectiveFigures() throws {
    let base = inventedPredictions(count: 400, groupSize: 4)
    let predictions = Predictions(
      labels: base.labels, ids: base.ids, groups: base.groups, gold: base.gold, predicted: base.predicted,
      abstained: (0..<400).map { $0 % 5 == 0 }, probabilities: base.probabilities)
    let figures = SelectiveFigures(predictions, bootstrap: Bootstrap(resamples: 1000))
    #expect(figures == SelectiveFigures(predictions, bootstrap: Bootstrap(resamples: 1000, threads: 2)))
    #expect(figures.coverage.value == 0.8)
    let curve = try #require(CoverageRiskCurve(predictions))
    #expect(isClose(figures.area.value, curve.area))
    #expect(figures.risks.map(\.point) == SelectiveFigures.coverages.compactMap { curve.point(coverageAtLeast: $0) })
    for risk in figures.risks { #expect(isClose(risk.risk.value, risk.point.risk)) }
    let table = try #require(ReliabilityTable(predictions.answered))
    for (bin, accuracy) in zip(table.bins, figures.binAccuracies) { #expect(isClose(accuracy.value, bin.accuracy)) }
    for estimate in [figures.coverage, figures.area] + figures.risks.map(\.risk) + figures.binAccuracies {
      guard let value = estimate.value else { continue }
      let interval = try #require(estimate.percentile)
      #expect(interval.lower <= value && value <= interval.upper)
    }
    // The risk of answering everything is one less the accuracy, whose interval comes another way.
    let accuracy = Bootstrap(resamples: 1000).estimates(of: [.accuracy], on: base)[0].estimate
    let (risk, expected) = (try #require(figures.risks[0].risk.bca), try #require(accuracy.bca))
    #expect(isClose(risk.lower, 1 - expected.upper) && isClose(risk.upper, 1 - expected.lower))
    let single = SelectiveFigures(predictions.selecting([0]), bootstrap: Bootstrap(resamples: 100))
    #expect(single.coverage == Estimate(value: 0) && single.risks.count == 1)
    let bare = Predictions(labels: ["a"], ids: ["1"], gold: [0], predicted: [0])
    #expect(SelectiveFigures(bare, bootstrap: nil).area == Estimate(value: nil))
    #expect(SelectiveFigures(bare.selecting([]), bootstrap: nil).coverage == Estimate(value: nil))
  }

  @Test("the reliability table holds every item once, its bins closed above")
  func reliability() throws {
    let table = try #require(
      ReliabilityTable(
        Predictions(
          labels: ["a", "b"], ids: ["1", "2", "3", "4"], gold: [0, 0, 1, 0], predicted: [0, 0, 0, 0],
          probabilities: [0.6, 0.4, 0.601, 0.399, 0.6, 0.4, 1, 0])))
    #expect(table.bins.count == 15)
    // 0.6 as a `Float` is a little more than 9/15, and so in the bin above.
    #expect(table.bins.map(\.count) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1])
    #expect(isClose(table.bins[9].accuracy, 2.0 / 3))
    #expect(table.bins[0].accuracy == nil)
  }

  @Test("risk falls with coverage where confidence means something, and ties are one step")
  func coverageRisk() throws {
    let curve = try #require(
      CoverageRiskCurve(
        Predictions(
          labels: ["a", "b"], ids: ["1", "2", "3", "4"], gold: [0, 0, 1, 1], predicted: [0, 0, 0, 0],
          probabilities: [1, 0, 0.75, 0.25, 0.75, 0.25, 0.5, 0.5])))
    #expect(curve.points.map(\.coverage) == [0.25, 0.75, 1])
    #expect(curve.points.map(\.risk) == [0, 1.0 / 3, 0.5])
    #expect(isClose(curve.area, 0.5 / 3 + 0.125))
    #expect(curve.point(riskAtMost: 0.4)?.threshold == 0.75)
    #expect(curve.point(coverageAtLeast: 0.3)?.coverage == 0.75)
    #expect(curve.thinned(to: 2).map(\.coverage) == [0.25, 0.75, 1])
    let long = try #require(CoverageRiskCurve(inventedPredictions(count: 2000)))
    let thinned = long.thinned(to: 50)
    #expect(thinned.count <= 51 && thinned.last == long.points.last)
  }

  @Test("slices part the items, the largest first and lengths in order")
  func slices() throws {
    let predictions = Predictions(
      labels: ["a", "b"], ids: ["1", "2", "3", "4"], gold: [0, 0, 1, 1], predicted: [0, 1, 1, 1],
      attributes: ["publisher": ["y", "x", "x", "x"]],
      texts: [String(repeating: "é", count: 30), "short", String(repeating: "x", count: 120), "short"])
    let slices = try #require(Slices(predictions, attribute: "publisher", bootstrap: nil))
    #expect(slices.parts.map(\.value) == ["x", "y"])
    #expect(slices.parts.map(\.count) == [3, 1])
    #expect(isClose(slices.parts[0].estimates.first { $0.metric == .accuracy }?.estimate.value, 2.0 / 3))
    let lengths = try #require(Slices(predictions, attribute: "length", bootstrap: nil))
    #expect(lengths.parts.map(\.value) == ["0–24 characters", "25–49 characters", "100–199 characters"])
    #expect(Slices(predictions, attribute: "nothing", bootstrap: nil) == nil)
    #expect(throws: AssessmentError.unknownAttribute("nothing", available: ["publisher"])) {
      try Assessment(of: predictions, configuration: .init(bootstrap: nil, slices: ["nothing"]))
    }
  }

  @Test("alpha is that of the krippendorff package, and undefined where nothing can disagree")
  func alpha() throws {
    let fixture = try Fixture.load().krippendorff
    #expect(isClose(KrippendorffAlpha.nominal(fixture.ratings, labelCount: 3), fixture.alpha))
    #expect(KrippendorffAlpha.nominal([[0, 0], [0, nil]], labelCount: 2) == nil)
    #expect(KrippendorffAlpha.nominal([], labelCount: 2) == nil)
    #expect(KrippendorffAlpha.nominal([[0, 0], [1, 1]], labelCount: 2) == 1)
  }

  @Test("annotators are compared pair by pair on the items that both labelled")
  func annotators() throws {
    let agreement = AnnotatorAgreement([
      .init(name: "x", labels: ["1": "a", "2": "b", "3": "a", "4": "b"]),
      .init(name: "y", labels: ["1": "a", "2": "a", "3": "a", "5": "b"]),
      .init(name: "z", labels: ["1": "a", "2": "b", "4": "b"]),
    ])
    #expect(agreement.count == 4)
    #expect(agreement.labels == ["a", "b"])
    #expect(agreement.pairs.map(\.confusion.counts) == [[2, 0, 1, 0], [1, 0, 0, 2], [1, 1, 0, 0]])
    #expect(isClose(agreement.pairs[0].observed.value, 2.0 / 3))
    #expect(agreement.pairs[1].kappa.value == 1)
    #expect(agreement.pairs[1].kappa.percentile != nil)
    #expect(agreement.disagreements.map(\.id) == ["2"])
    #expect(agreement.disagreements[0].labels == ["b", "a", "b"])
    let expected = KrippendorffAlpha.nominal([[0, 0, 0], [1, 0, 1], [0, 0, nil], [1, nil, 1]], labelCount: 2)
    #expect(isClose(agreement.alpha.value, expected))
  }

  @Test("a comparison pairs all models, adjusts over the pairs and shows what divides them most")
  func comparison() throws {
    let base = inventedPredictions(count: 120)
    func model(_ name: String, wrongEvery step: Int) -> Comparison.Contender {
      let predicted = base.gold.enumerated().map { $0 % step == 0 ? ($1 + 1) % 3 : $1 }
      return .init(
        name: name,
        predictions: Predictions(
          labels: base.labels, ids: base.ids, gold: base.gold, predicted: predicted,
          texts: base.ids.map { "text \($0)" }))
    }
    let comparison = try Comparison(
      [model("good", wrongEvery: 10), model("fair", wrongEvery: 4), model("bad", wrongEvery: 2)],
      metrics: [.macroF1, .accuracy, .logLoss], bootstrap: Bootstrap(resamples: 400))
    #expect(comparison.pairs.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [1, 2]])
    #expect(comparison.pairs.allSatisfy { !$0.differences[0].secondIsBetter })
    for pair in comparison.pairs {
      #expect(try #require(pair.adjusted.holm[0]) >= #require(pair.differences[0].randomizationPValue))
      #expect(pair.adjusted.holm[2] == nil)
      #expect(pair.adjusted.mcNemarHolm >= pair.mcNemar.midPValue)
    }
    // One against two, the first of them in the order of the data; on every 20th item all three are wrong alike.
    #expect(comparison.disagreements[0].id == "2")
    #expect(comparison.disagreements[0].text == "text 2")
    #expect(comparison.disagreements.count == 54)
    #expect(comparison.alpha.map { $0 > 0.3 && $0 < 0.9 } == true)
  }
}
