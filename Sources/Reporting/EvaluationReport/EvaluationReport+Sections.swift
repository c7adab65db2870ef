import Evaluation

/// The tables of an evaluation, the same ones in every format.
extension EvaluationReport {
  /// The sections; of the errors at most `errorLimit`, their texts cut to `clipping` columns.
  func sections(errorLimit: Int, clipping: Int, withCharts: Bool) -> [Section] {
    var sections = [summary, labelFigures, labelCounts, confusion]
    sections += [reliability, coverageRisk, learningCurve].compactMap { $0 }
    sections += assessment.slices.map(slice)
    if let errors = errors(limit: errorLimit, clipping: clipping) { sections.append(errors) }
    if withCharts { return sections }
    for index in sections.indices { sections[index].charts = [] }
    return sections
  }

  /// What the brackets of the figures mean.
  var intervalNote: String? {
    guard let bootstrap = assessment.configuration.bootstrap else { return nil }
    let units =
      assessment.scores.groupCount.map { "\($0) groups" } ?? "\(assessment.scores.count) items"
    return "In brackets: \(Figures.percent(bootstrap.confidence)) bootstrap intervals (BCa), \(bootstrap.resamples) "
      + "resamples of \(units)."
  }

  /// How many items the scores are of, where the model abstained on some.
  private var coverageNote: String? {
    let coverage = assessment.coverage
    guard coverage.answered < coverage.total else { return nil }
    return "The model answered \(coverage.answered) of \(coverage.total) items (coverage "
      + "\(Figures.text(coverage.share))) and abstained on the others, which the scores leave out."
  }

  private var summary: Section {
    let table = Table(
      [.words("Metric"), .numbers("Value"), .numbers("Interval")],
      rows: assessment.scores.overall.filter { $0.estimate.value != nil }.map {
        [$0.metric.title, Figures.text($0.estimate.value), Figures.text($0.estimate.interval)]
      })
    let unsupported = assessment.scores.labels.filter { $0.support == 0 }.map(\.label)
    let macroNote =
      unsupported.isEmpty
      ? nil : "Without support, counted in the macro averages with 0: \(unsupported.joined(separator: ", "))."
    let note = [coverageNote, intervalNote, macroNote].compactMap { $0 }.joined(separator: " ")
    return Section(
      heading: "Scores on \(assessment.scores.count) items", note: note.isEmpty ? nil : note, table: table)
  }

  private var labelFigures: Section {
    Section(
      heading: "Scores by label",
      table: Table(
        [.words("Label"), .numbers("Precision"), .numbers("Recall"), .numbers("F1")],
        rows: assessment.scores.labels.map {
          [$0.label, Figures.text($0.precision), Figures.text($0.recall), Figures.text($0.f1)]
        }), charts: [.labelBars(assessment.scores.labels)])
  }

  private var labelCounts: Section {
    var columns: [Table.Column] = [
      .words("Label"), .numbers("Support"), .numbers("TP"), .numbers("FP"), .numbers("FN"),
    ]
    let hasRanking = !assessment.curves.isEmpty
    if hasRanking { columns += [.numbers("ROC AUC"), .numbers("Average precision")] }
    return Section(
      heading: "Counts by label",
      note: "TP, FP, FN: true positives, false positives, false negatives.",
      table: Table(
        columns,
        rows: assessment.scores.labels.map { label in
          [label.label]
            + [label.support, label.truePositives, label.falsePositives, label.falseNegatives].map(String.init)
            + (hasRanking ? [Figures.text(label.rocAUC), Figures.text(label.averagePrecision)] : [])
        }), charts: hasRanking ? rankingCharts : [])
  }

  private var confusion: Section {
    let matrix = assessment.scores.confusion
    return Section(
      heading: "Confusion matrix", note: "Rows are true labels, columns are predicted labels.",
      table: Table(
        [.words("true \\ predicted")] + matrix.labels.map { .numbers($0) },
        rows: matrix.labels.indices.map { gold in
          [matrix.labels[gold]] + matrix.labels.indices.map { String(matrix[gold, $0]) }
        }), charts: [.heatMap(matrix)])
  }

  private var rankingCharts: [Chart] {
    func areas(_ figure: (LabelScores) -> Estimate) -> [String: Double] {
      Dictionary(uniqueKeysWithValues: assessment.scores.labels.map { ($0.label, figure($0).value ?? .nan) })
    }
    return [
      .roc(assessment.curves, areas: areas(\.rocAUC)),
      .precisionRecall(assessment.curves, areas: areas(\.averagePrecision)),
    ]
  }

  private var reliability: Section? {
    guard let reliability = assessment.reliability else { return nil }
    let rows = reliability.bins.filter { $0.count > 0 }.map { bin in
      [
        "\(Figures.text(bin.lower))–\(Figures.text(bin.upper))", String(bin.count), Figures.text(bin.confidence),
        Figures.text(bin.accuracy),
      ]
    }
    return Section(
      heading: "Calibration", note: "A calibrated model is right as often as it is confident.",
      table: Table([.words("Confidence"), .numbers("Items"), .numbers("Mean"), .numbers("Accuracy")], rows: rows),
      charts: [.reliability(reliability)])
  }

  private var coverageRisk: Section? {
    guard let curve = assessment.coverageRisk else { return nil }
    let shares = [1, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5]
    // Few items reach several of the shares at one point.
    let points = shares.compactMap { curve.point(coverageAtLeast: $0) }.reduce(into: [CoverageRiskCurve.Point]()) {
      points, point in
      if points.last != point { points.append(point) }
    }
    return Section(
      heading: "Coverage and risk",
      note: "The share of wrong answers if only the most confident items were answered; area under the curve "
        + "\(Figures.text(curve.area)).",
      table: Table(
        [.numbers("Coverage"), .numbers("Risk"), .numbers("Lowest confidence")],
        rows: points.map { [Figures.text($0.coverage), Figures.text($0.risk), Figures.text($0.threshold)] }),
      charts: [.coverageRisk(curve)])
  }

  private var learningCurve: Section? {
    guard let curve = assessment.learningCurve else { return nil }
    return Section(
      heading: "Learning curve",
      table: Table(
        [.numbers("Training items"), .numbers(curve.metric.title), .numbers("Training time")],
        rows: curve.points.map {
          [String($0.trainingCount), Figures.text($0.estimate), Figures.duration(seconds: $0.seconds)]
        }), charts: [.learningCurve(curve)])
  }

  private func slice(_ slices: Slices) -> Section {
    let metrics = slices.parts.first?.estimates.map(\.metric) ?? []
    return Section(
      heading: "Scores by \(slices.attribute)",
      note: "A label that a part has no items of counts in its macro F1 with 0.",
      table: Table(
        [.words(slices.attribute), .numbers("Items")] + metrics.map { .numbers($0.title) },
        rows: slices.parts.map { part in
          [part.value, String(part.count)] + part.estimates.map { Figures.text($0.estimate) }
        }), charts: [.slices(slices)].compactMap { $0 })
  }

  private func errors(limit: Int, clipping: Int) -> Section? {
    let errors = assessment.errors.prefix(limit)
    if errors.isEmpty { return nil }
    let explained = errors.contains { $0.explanation != nil }
    return Section(
      heading: "Worst errors", note: "The wrong answers that the model was surest of.",
      table: Table(
        [.words("Item"), .words("True"), .words("Predicted"), .numbers("Confidence"), .words("Text")]
          + (explained ? [.words("Because of")] : []),
        rows: errors.map { error in
          [
            error.id, error.gold, error.predicted, Figures.text(error.confidence),
            DisplayWidth.clipped(error.text ?? Figures.undefined, to: clipping),
          ] + (explained ? [DisplayWidth.clipped(error.explanation ?? "", to: clipping)] : [])
        }), isFilterable: true)
  }
}
