import Evaluation

/// The pictures of the scores of labels.
extension Chart {
  /// A confusion matrix as a heat map: how dark a cell is says which share of its row it holds, its numbers say it too.
  /// Beyond eight labels the cells are small and hold the counts alone.
  static func heatMap(_ matrix: ConfusionMatrix, rows: String = "true", columns: String = "predicted") -> Chart {
    let labels = matrix.labels
    let longest = labels.map { Canvas.width(of: DisplayWidth.clipped($0, to: 24)) }.max() ?? 0
    let margin = longest + 34
    // Many labels get small cells, which hold no shares, and upright headings.
    let isDense = labels.count > 8
    let cell = isDense ? (width: 40.0, height: 24.0) : (width: 92.0, height: 46.0)
    let top = isDense ? longest + 30 : 40
    let size = Double(labels.count)
    var canvas = Canvas(width: margin + cell.width * size + 10, height: top + 12 + cell.height * size)
    canvas.text(
      DisplayWidth.clipped(columns, to: 40), at: (margin + cell.width * size / 2, 14), anchor: .middle, style: "title")
    canvas.text(
      DisplayWidth.clipped(rows, to: 20), at: (12, top + cell.height * size / 2), anchor: .middle, style: "title",
      isVertical: true)
    for (gold, name) in labels.enumerated() {
      let y = top + Double(gold) * cell.height
      canvas.text(DisplayWidth.clipped(name, to: 24), at: (margin - 8, y + cell.height / 2 + 4), anchor: .end)
      let middle = margin + (Double(gold) + 0.5) * cell.width
      if isDense {
        canvas.text(DisplayWidth.clipped(name, to: 24), at: (middle + 4, top - 8), isVertical: true)
      } else {
        canvas.text(DisplayWidth.clipped(name, to: 13), at: (middle, top - 7), anchor: .middle)
      }
      let support = matrix.support(of: gold)
      for predicted in labels.indices {
        let count = matrix[gold, predicted]
        let share = support == 0 ? 0 : Double(count) / Double(support)
        let x = margin + Double(predicted) * cell.width
        canvas.rectangle(
          x: x + 1, y: y + 1, width: cell.width - 2, height: cell.height - 2, style: "area",
          opacity: 0.06 + 0.94 * share)
        // Dark cells carry light figures.
        let style = share > 0.6 ? "paper" : ""
        let center = x + cell.width / 2
        canvas.text(
          String(count), at: (center, y + (isDense ? 16 : 21)), anchor: .middle,
          style: style + (gold == predicted ? " title" : ""))
        if isDense { continue }
        canvas.text(
          support == 0 ? Figures.undefined : Figures.percent(share), at: (center, y + 37), anchor: .middle, style: style
        )
      }
    }
    let confusions = labels.indices.flatMap { gold in
      labels.indices.filter { $0 != gold && matrix[gold, $0] > 0 }.map { (gold: gold, predicted: $0) }
    }
    let worst = confusions.max { matrix[$0.gold, $0.predicted] < matrix[$1.gold, $1.predicted] }
    let description =
      "Rows: \(rows), columns: \(columns). On \(matrix.correct) of \(matrix.total) items both are the same."
      + (worst.map {
        " The most frequent confusion: \(matrix[$0.gold, $0.predicted]) times \(rows) \(labels[$0.gold]), \(columns) "
          + "\(labels[$0.predicted])."
      } ?? "")
    return canvas.chart(title: "Confusion matrix", description: description)
  }

  /// What is drawn of one label.
  struct LabelFigures {
    let label: String
    let precision: Estimate
    let recall: Estimate
    let f1: Estimate

    init(_ label: String, precision: Estimate, recall: Estimate, f1: Estimate) {
      self.label = label
      self.precision = precision
      self.recall = recall
      self.f1 = f1
    }
  }

  /// Precision, recall and F1 of each label as bars with their intervals.
  static func labelBars(_ labels: [LabelFigures]) -> Chart {
    let margin = (labels.map { Canvas.width(of: DisplayWidth.clipped($0.label, to: 26)) }.max() ?? 0) + 16
    let group = 72.0
    let height = Double(labels.count) * group
    var canvas = Canvas(width: margin + 470, height: height + 56)
    let plot = Plot(
      left: margin + 66, top: 26, width: 330, height: height, x: .shares("score"), y: Plot.Axis("", covering: [0, 1]))
    canvas.text("Scores by label", at: (0, 16), style: "title")
    for tick in plot.x.ticks {
      let place = plot.horizontal(tick)
      canvas.line(from: (place, 26), to: (place, 26 + height), style: "grid")
      canvas.text(Figures.text(tick, decimals: 1), at: (place, height + 42), anchor: .middle, style: "muted")
    }
    for (number, label) in labels.enumerated() {
      let top = 26 + Double(number) * group
      canvas.text(DisplayWidth.clipped(label.label, to: 26), at: (margin - 8, top + 38), anchor: .end, style: "title")
      let figures = [("precision", label.precision), ("recall", label.recall), ("F1", label.f1)]
      for (row, (name, estimate)) in figures.enumerated() {
        let y = top + 8 + Double(row) * 20
        canvas.text(name, at: (margin, y + 12), style: "muted")
        if let value = estimate.value {
          canvas.rectangle(
            x: plot.left, y: y, width: plot.horizontal(value) - plot.left, height: 16, style: row == 2 ? "bar" : "pale")
        }
        if let interval = estimate.interval {
          canvas.whisker(from: plot.horizontal(interval.lower), to: plot.horizontal(interval.upper), y: y + 8)
        }
        canvas.text(Figures.text(estimate.value), at: (plot.left + 340, y + 12))
      }
    }
    let words = labels.map { "\($0.label): F1 \(Figures.text($0.f1))" }.joined(separator: "; ")
    return canvas.chart(title: "Precision, recall and F1 by label", description: words + ".")
  }
}

/// The pictures of probabilities, of slices and of training.
extension Chart {
  /// Accuracy against confidence, bin by bin with its interval, and the number of items of each bin below.
  static func reliability(_ table: ReliabilityTable, accuracies: [Estimate]) -> Chart {
    var canvas = Canvas(width: 420, height: 410)
    let plot = Plot(
      left: 60, top: 30, width: 340, height: 260, x: .shares("confidence"), y: .shares("accuracy"))
    canvas.text("Reliability", at: (60, 18), style: "title")
    plot.drawAxes(on: &canvas)
    canvas.line(from: plot.place((0, 0)), to: plot.place((1, 1)), style: "axis", dashes: "3 3")
    let largest = Double(table.bins.map(\.count).max() ?? 1)
    for (bin, estimate) in zip(table.bins, accuracies) {
      let (left, right) = (plot.horizontal(bin.lower), plot.horizontal(bin.upper))
      let height = 50 * Double(bin.count) / max(1, largest)
      canvas.rectangle(x: left + 1, y: 392 - height, width: right - left - 2, height: height, style: "area")
      guard let accuracy = bin.accuracy, let confidence = bin.confidence else { continue }
      let top = plot.vertical(accuracy)
      canvas.rectangle(
        x: left + 1, y: top, width: right - left - 2, height: plot.vertical(0) - top, style: "pale")
      if let interval = estimate.interval {
        canvas.whisker(
          x: plot.horizontal(confidence), from: plot.vertical(interval.lower), to: plot.vertical(interval.upper))
      }
      canvas.circle(at: plot.place((confidence, accuracy)), radius: 4, style: "dot")
    }
    canvas.text(
      "items by confidence (at most \(Figures.grouped(Int(largest))) in a bin)", at: (230, 406), anchor: .middle,
      style: "muted")
    let words = zip(table.bins, accuracies).filter { $0.0.count > 0 }.map { bin, accuracy in
      "confidence \(Figures.text(bin.confidence, decimals: 2)), accuracy \(Figures.text(accuracy, decimals: 2)), "
        + Figures.counted(bin.count, "item")
    }
    return canvas.chart(
      title: "Reliability", description: "Dots on the diagonal are calibrated. " + words.joined(separator: "; ") + ".")
  }

  /// The error rate against the share of items answered, with intervals at some shares.
  static func coverageRisk(_ curve: CoverageRiskCurve, risks: [SelectiveFigures.Risk]) -> Chart {
    let points = curve.thinned(to: 200).map { ($0.coverage, $0.risk) }
    let half = curve.point(coverageAtLeast: 0.5)
    return lines(
      title: "Coverage and risk",
      description:
        "Answering everything gives an error rate of \(Figures.text(curve.points.last?.risk)), answering the "
        + "most confident half one of \(Figures.text(half?.risk)).",
      x: .shares("coverage"),
      y: Plot.Axis("error rate", covering: [0] + points.map(\.1) + risks.compactMap { $0.risk.interval?.upper }),
      series: [Series(name: "error rate", points: points)],
      intervals: risks.compactMap { risk in risk.risk.interval.map { (risk.point.coverage, $0.lower, $0.upper) } })
  }

  /// The ROC curves of all labels.
  static func roc(_ curves: [RankingCurves], areas: [String: Double]) -> Chart {
    linesOrPanels(
      title: "ROC curves", description: areaWords("area", curves, areas), x: .shares("false positive rate"),
      y: .shares("true positive rate"),
      series: curves.map { curve in
        Series(
          name: curve.label, figure: Figures.text(areas[curve.label]),
          points: [(0, 0)] + thinned(curve.points).map { ($0.falsePositiveRate, $0.truePositiveRate) })
      }, reference: [(0, 0), (1, 1)])
  }

  /// The precision–recall curves of all labels.
  static func precisionRecall(_ curves: [RankingCurves], areas: [String: Double]) -> Chart {
    linesOrPanels(
      title: "Precision and recall", description: areaWords("average precision", curves, areas), x: .shares("recall"),
      y: .shares("precision"),
      series: curves.map { curve in
        Series(
          name: curve.label, figure: Figures.text(areas[curve.label]),
          points: thinned(curve.points).map { ($0.truePositiveRate, $0.precision) })
      })
  }

  private static func areaWords(_ name: String, _ curves: [RankingCurves], _ areas: [String: Double]) -> String {
    curves.map { "\($0.label): \(name) \(Figures.text(areas[$0.label]))" }.joined(separator: "; ") + "."
  }

  /// So many points that a line looks the same.
  private static func thinned(_ points: [RankingCurves.Point]) -> [RankingCurves.Point] {
    let step = max(1, points.count / 300)
    return points.indices.filter { $0 % step == 0 || $0 == points.count - 1 }.map { points[$0] }
  }

  /// A metric by number of training items, with its intervals.
  static func learningCurve(_ curve: LearningCurve) -> Chart {
    var canvas = Canvas(width: 420, height: 350)
    let values = curve.points.flatMap { [$0.estimate.value, $0.estimate.interval?.lower, $0.estimate.interval?.upper] }
    let plot = Plot(
      left: 60, top: 30, width: 340, height: 260,
      x: Plot.Axis("training items", covering: [0] + curve.points.map { Double($0.trainingCount) }),
      y: Plot.Axis(curve.metric.title, covering: values.compactMap { $0 }))
    canvas.text("Learning curve", at: (60, 18), style: "title")
    plot.drawAxes(on: &canvas)
    let drawn = curve.points.compactMap { point in
      point.estimate.value.map { plot.place((Double(point.trainingCount), $0)) }
    }
    canvas.polyline(drawn, style: "line")
    for point in curve.points {
      let x = plot.horizontal(Double(point.trainingCount))
      if let interval = point.estimate.interval {
        canvas.whisker(x: x, from: plot.vertical(interval.lower), to: plot.vertical(interval.upper))
      }
    }
    for place in drawn { canvas.circle(at: place, radius: 5, style: "dot") }
    let words = curve.points.map { "\($0.trainingCount) items: \(Figures.text($0.estimate))" }
    return canvas.chart(
      title: "\(curve.metric.title) by number of training items", description: words.joined(separator: "; ") + ".")
  }

  /// The first metric of slices as dots with intervals.
  static func slices(_ slices: Slices) -> Chart? {
    guard let metric = slices.parts.first?.estimates.first?.metric else { return nil }
    // More rows than one can take in are left to the table.
    let parts = slices.parts.prefix(40)
    return intervals(
      title: "\(metric.title) by \(slices.attribute)",
      description: parts.map { "\($0.value): \(Figures.text($0.estimates[0].estimate))" }.joined(separator: "; ") + ".",
      axis: metric.title,
      rows: parts.map { part in
        let estimate = part.estimates[0].estimate
        return IntervalRow(
          name: "\(part.value) (\(part.count))", value: estimate.value, lower: estimate.interval?.lower,
          upper: estimate.interval?.upper, figure: Figures.text(estimate.value))
      })
  }
}
