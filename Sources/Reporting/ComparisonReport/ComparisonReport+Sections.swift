import Evaluation

/// The tables of a comparison, the same ones in every format.
extension ComparisonReport {
  func sections(limit: Int, clipping: Int, naming: Int, withCharts: Bool) -> [Section] {
    var sections = [models]
    let compared = comparison.metrics.indices.filter { metric in
      comparison.pairs.contains { $0.differences[metric].difference.value != nil }
    }
    // What is true of the differences in every metric is said once.
    sections += compared.map { differences($0, isFirst: $0 == compared.first, withCharts: withCharts) }
    sections += [mcNemar, agreement]
    if limit > 0 && !comparison.disagreements.isEmpty {
      sections.append(disagreements(limit: limit, clipping: clipping, naming: naming))
    }
    return sections
  }

  /// A pair by its models' names, the one that differences are positive for first.
  private func name(_ pair: Comparison.Pair) -> String {
    "\(comparison.names[pair.second]) − \(comparison.names[pair.first])"
  }

  private var models: Section {
    // A metric that none of the models has, such as one of probabilities, has no column.
    let shown = comparison.metrics.indices.filter { metric in
      comparison.estimates.contains { $0[metric].estimate.value != nil }
    }
    return Section(
      heading: "Scores on \(Figures.counted(comparison.count, "common item"))",
      note: Figures.intervalNote(comparison.bootstrap, items: comparison.count, groups: comparison.groupCount)
        + " Whether models differ is said by the tests below, not by whether these intervals overlap.",
      table: Table(
        [.words("Model")] + shown.map { .numbers(comparison.metrics[$0].title) },
        rows: comparison.names.enumerated().map { index, name in
          [name] + shown.map { Figures.text(comparison.estimates[index][$0].estimate) }
        }))
  }

  private func differences(_ metric: Int, isFirst: Bool, withCharts: Bool) -> Section {
    let title = comparison.metrics[metric].title
    let direction = comparison.metrics[metric].higherIsBetter ? "More is better." : "Less is better."
    let explanation =
      " Differences are the left model less the right one. p: two-sided, by approximate randomization and by paired "
      + "bootstrap; Holm and Benjamini–Hochberg adjust the first for \(Figures.counted(comparison.pairs.count, "pair"))."
    let defined = comparison.pairs.filter { $0.differences[metric].difference.value != nil }
    let rows = defined.map { pair in
      let one = pair.differences[metric]
      return [
        name(pair), Figures.signed(one.difference.value), Figures.text(one.difference.interval),
        Figures.pValue(one.randomizationPValue), Figures.pValue(one.bootstrapPValue),
        Figures.pValue(pair.adjusted.holm[metric]), Figures.pValue(pair.adjusted.benjaminiHochberg[metric]),
      ]
    }
    return Section(
      heading: "Differences in \(title)",
      note: isFirst ? direction + explanation : direction,
      table: Table(
        [
          .words("Models"), .numbers("Difference"), .numbers("Interval"), .numbers("p (random.)"),
          .numbers("p (bootstrap)"), .numbers("Holm"), .numbers("B.–H."),
        ], rows: rows),
      charts: withCharts ? charts(metric, defined) : [])
  }

  private func charts(_ metric: Int, _ pairs: [Comparison.Pair]) -> [Chart] {
    let title = comparison.metrics[metric].title
    let forest = Chart.intervals(
      title: "Differences in \(title)",
      description: pairs.map { "\(name($0)): \(Figures.text($0.differences[metric].difference))" }.joined(
        separator: "; ")
        + ".", axis: "difference",
      rows: pairs.map { pair in
        let estimate = pair.differences[metric].difference
        return Chart.IntervalRow(
          name: name(pair), value: estimate.value, lower: estimate.interval?.lower, upper: estimate.interval?.upper,
          figure: Figures.signed(estimate.value))
      }, reference: 0)
    return comparison.names.count > 2 ? [forest, .victories(comparison, metric: metric)] : [forest]
  }

  private var mcNemar: Section {
    Section(
      heading: "Answers that only one model has right",
      note:
        "McNemar’s test; the odds ratio says how many times as often the left model alone is right as the right one "
        + "alone.",
      table: Table(
        [
          .words("Models"), .numbers("Only left"), .numbers("Only right"), .numbers("p (exact)"), .numbers("mid-p"),
          .numbers("Holm"), .numbers("B.–H."), .numbers("Odds ratio"),
        ],
        rows: comparison.pairs.map { pair in
          let test = pair.mcNemar
          let interval = test.oddsRatioLower.map {
            " [\(Figures.text($0, decimals: 2)), \(test.oddsRatioUpper.map { Figures.text($0, decimals: 2) } ?? "∞")]"
          }
          let ratio = test.oddsRatio.map { Figures.text($0, decimals: 2) } ?? (test.onlySecondCorrect > 0 ? "∞" : nil)
          return [
            name(pair), String(test.onlySecondCorrect), String(test.onlyFirstCorrect), Figures.pValue(test.exactPValue),
            Figures.pValue(test.midPValue), Figures.pValue(pair.adjusted.mcNemarHolm),
            Figures.pValue(pair.adjusted.mcNemarBenjaminiHochberg), (ratio ?? Figures.undefined) + (interval ?? ""),
          ]
        }))
  }

  private var agreement: Section {
    Section(
      heading: "Agreement of the models’ answers",
      note: "Krippendorff’s alpha over all models: \(Figures.text(comparison.alpha)).",
      table: Table(
        [.words("Models"), .numbers("Cohen’s kappa")],
        rows: comparison.pairs.map { pair in
          ["\(comparison.names[pair.first]), \(comparison.names[pair.second])", Figures.text(pair.kappa)]
        }))
  }

  private func disagreements(limit: Int, clipping: Int, naming: Int) -> Section {
    let shown = comparison.disagreements.prefix(limit)
    return Section(
      heading: "Items on which the models differ",
      note: shown.count < comparison.disagreements.count
        ? "\(shown.count) of \(Figures.grouped(comparison.disagreements.count)), those first that divide the models most."
        : "Those first that divide the models most.",
      table: Table(
        [.words("Item"), .words("True")] + comparison.names.map { .words($0) } + [.words("Text")],
        rows: shown.map { item in
          [DisplayWidth.clipped(item.id, to: naming), item.gold] + item.predicted
            + [DisplayWidth.clipped(item.text ?? Figures.undefined, to: clipping)]
        }), isFilterable: true)
  }
}

extension Chart {
  /// Who beats whom: in each cell the difference of the row's model to the column's, with an arrow for who is better and
  /// stars for how surely.
  static func victories(_ comparison: Comparison, metric: Int) -> Chart {
    let names = comparison.names.map { DisplayWidth.clipped($0, to: 24) }
    let margin = (names.map { Canvas.width(of: $0) }.max() ?? 0) + 16
    let cell = (width: max(84, margin), height: 40.0)
    let legend = "row less column; Holm-adjusted: * p < 0.05, ** p < 0.01, *** p < 0.001"
    var canvas = Canvas(
      width: max(margin + cell.width * Double(names.count), Canvas.width(of: legend)),
      height: 84 + cell.height * Double(names.count))
    let title = "Who beats whom in \(comparison.metrics[metric].title)"
    canvas.text(title, at: (0, 16), style: "title")
    var words: [String] = []
    for (row, name) in names.enumerated() {
      let y = 48 + Double(row) * cell.height
      canvas.text(name, at: (margin - 8, y + 24), anchor: .end)
      canvas.text(name, at: (margin + (Double(row) + 0.5) * cell.width, 40), anchor: .middle)
      for column in names.indices {
        let x = margin + Double(column) * cell.width
        let pair = comparison.pairs.first {
          ($0.first, $0.second) == (min(row, column), max(row, column))
        }
        guard let pair, let value = pair.differences[metric].difference.value else {
          canvas.rectangle(
            x: x + 1, y: y + 1, width: cell.width - 2, height: cell.height - 2, style: "area", opacity: 0.04)
          continue
        }
        let difference = pair.second == row ? value : -value
        let wins = difference != 0 && (difference > 0) == comparison.metrics[metric].higherIsBetter
        let p = pair.adjusted.holm[metric] ?? 1
        let stars = p < 0.001 ? "***" : p < 0.01 ? "**" : p < 0.05 ? "*" : ""
        canvas.rectangle(
          x: x + 1, y: y + 1, width: cell.width - 2, height: cell.height - 2, style: "area",
          opacity: wins ? (stars.isEmpty ? 0.15 : 0.45) : 0.04)
        let arrow = difference == 0 ? "=" : wins ? "▲" : "▽"
        canvas.text(
          "\(arrow) \(Figures.signed(difference))\(stars)", at: (x + cell.width / 2, y + 24), anchor: .middle)
        if wins { words.append("\(name) beats \(names[column]) by \(Figures.text(abs(difference)))\(stars)") }
      }
    }
    canvas.text(legend, at: (0, 72 + cell.height * Double(names.count)), style: "muted")
    return canvas.chart(title: title, description: words.joined(separator: "; ") + ".")
  }
}
