import Evaluation

/// The tables of an evaluation, the same ones in every format.
extension EvaluationReport {
  /// How much of the long tables a format has room for.
  struct Extent {
    /// The number of errors.
    let errors: Int
    /// The number of parts of each slice.
    let parts: Int
    /// The columns to which texts are cut, and names of items.
    let text: Int
    let name: Int
    /// Whether there are charts.
    let hasCharts: Bool

    /// Everything, for HTML.
    static let whole = Extent(errors: .max, parts: .max, text: .max, name: .max, hasCharts: true)
  }

  /// The sections.
  func sections(_ extent: Extent) -> [Section] {
    var sections = [summary, labelFigures, labelCounts, confusion]
    sections += [reliability, coverageRisk, learningCurve].compactMap { $0 }
    sections += assessment.slices.map { slice($0, limit: extent.parts, clipping: extent.text) }
    if let errors = errors(extent) { sections.append(errors) }
    if extent.hasCharts { return sections }
    for index in sections.indices { sections[index].charts = [] }
    return sections
  }

  /// How the intervals were made.
  private var intervalNote: String? {
    assessment.configuration.bootstrap.map { bootstrap in
      let scores = assessment.scores
      return Figures.intervalNote(bootstrap, items: scores.count, groups: scores.groupCount)
    }
  }

  /// How many items the scores are of, where the model abstained on some.
  private var coverageNote: String? {
    let coverage = assessment.coverage
    guard coverage.answered < coverage.total else { return nil }
    return "The model answered \(Figures.grouped(coverage.answered)) of \(Figures.counted(coverage.total, "item")) "
      + "(coverage \(Figures.text(assessment.selective.coverage))) and abstained on the others, which the scores leave "
      + "out."
  }

  private var summary: Section {
    let hasIntervals = assessment.configuration.bootstrap != nil
    let table = Table(
      [.words("Metric"), .numbers("Value")] + (hasIntervals ? [.numbers("BCa"), .numbers("Percentile")] : []),
      rows: assessment.scores.overall.filter { $0.estimate.value != nil }.map { metric in
        [metric.metric.title, Figures.text(metric.estimate.value)]
          + (hasIntervals ? [Figures.text(metric.estimate.bca), Figures.text(metric.estimate.percentile)] : [])
      })
    let unsupported = assessment.scores.labels.filter { $0.support == 0 }.map(\.label)
    let macroNote =
      unsupported.isEmpty
      ? nil : "Without support, counted in the macro averages with 0: \(unsupported.joined(separator: ", "))."
    let note = [coverageNote, intervalNote, macroNote].compactMap { $0 }.joined(separator: " ")
    return Section(
      heading: "Scores on \(Figures.counted(assessment.scores.count, "item"))", note: note.isEmpty ? nil : note,
      table: table)
  }

  private var labelFigures: Section {
    Section(
      heading: "Scores by label",
      table: Table(
        [.words("Label"), .numbers("Precision"), .numbers("Recall"), .numbers("F1")],
        rows: assessment.scores.labels.map {
          [$0.label, Figures.text($0.precision), Figures.text($0.recall), Figures.text($0.f1)]
        }),
      charts: [
        .labelBars(
          assessment.scores.labels.map {
            Chart.LabelFigures($0.label, precision: $0.precision, recall: $0.recall, f1: $0.f1)
          })
      ])
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
    let accuracies = assessment.selective.binAccuracies
    let rows = zip(reliability.bins, accuracies).filter { $0.0.count > 0 }.map { bin, accuracy in
      [
        "\(Figures.text(bin.lower))–\(Figures.text(bin.upper))", String(bin.count), Figures.text(bin.confidence),
        Figures.text(accuracy),
      ]
    }
    return Section(
      heading: "Calibration", note: "A calibrated model is right as often as it is confident.",
      table: Table([.words("Confidence"), .numbers("Items"), .numbers("Mean"), .numbers("Accuracy")], rows: rows),
      charts: [.reliability(reliability, accuracies: accuracies)])
  }

  private var coverageRisk: Section? {
    guard let curve = assessment.coverageRisk else { return nil }
    let selective = assessment.selective
    return Section(
      heading: "Coverage and risk",
      note: "The share of wrong answers if only the most confident items were answered; area under the curve "
        + "\(Figures.text(selective.area)).",
      table: Table(
        [.numbers("Coverage"), .numbers("Risk"), .numbers("Lowest confidence")],
        rows: selective.risks.map {
          [Figures.text($0.point.coverage), Figures.text($0.risk), Figures.text($0.point.threshold)]
        }),
      charts: [.coverageRisk(curve, risks: selective.risks)])
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

  private func slice(_ slices: Slices, limit: Int, clipping: Int) -> Section {
    let shown = slices.parts.prefix(limit)
    let metrics = slices.parts.first?.estimates.map(\.metric) ?? []
    return Section(
      heading: "Scores by \(slices.attribute)",
      note: "A label that a part has no items of counts in its macro F1 with 0."
        + (shown.count < slices.parts.count
          ? " The \(shown.count) largest of \(Figures.counted(slices.parts.count, "part")); HTML and JSON have all."
          : ""),
      table: Table(
        [.words(slices.attribute), .numbers("Items")] + metrics.map { .numbers($0.title) },
        rows: shown.map { part in
          [DisplayWidth.clipped(part.value, to: clipping), String(part.count)]
            + part.estimates.map { Figures.text($0.estimate) }
        }), charts: [.slices(slices)].compactMap { $0 }, isFilterable: slices.parts.count > 20)
  }

  private func errors(_ extent: Extent) -> Section? {
    let errors = assessment.errors.prefix(extent.errors)
    if errors.isEmpty { return nil }
    let explained = errors.contains { $0.explanation != nil }
    return Section(
      heading: "Worst errors",
      note: "The wrong answers that the model was surest of: \(errors.count) of "
        + "\(Figures.grouped(assessment.scores.count - assessment.scores.confusion.correct)).",
      table: Table(
        [.words("Item"), .words("True"), .words("Predicted"), .numbers("Confidence"), .words("Text")]
          + (explained ? [.words("Because of")] : []),
        rows: errors.map { error in
          [
            DisplayWidth.clipped(error.id, to: extent.name), error.gold, error.predicted,
            Figures.text(error.confidence), DisplayWidth.clipped(error.text ?? Figures.undefined, to: extent.text),
          ] + (explained ? [DisplayWidth.clipped(error.explanation ?? "", to: extent.text)] : [])
        }), isFilterable: true)
  }
}
