import ArgumentParser
import LinearAlgebra
import Corpus
import Evaluation
import Foundation
import Reporting
import RunRegistry

/// `standpoint compare`.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say which of several evaluated models is better, by how much, how surely.",
    discussion: """
      A run is named by its id, the beginning of it, `latest`, or its folder. All must have been evaluated on the same \
      items, which are matched by id and must have the same text, target and label. For each pair and metric: the \
      difference with its interval, p-values by approximate randomization and paired bootstrap (whole groups where \
      items have groups), adjusted over the pairs by Holm and by Benjamini and Hochberg; McNemar's test; the agreement \
      of the answers; the items on which they differ.

      --fail-if-worse METRIC[:MARGIN] is a gate for CI: exit code 1 if a later run's value is worse than the first's by \
      more than the margin (0 where none is given). Metrics: macro_f1, accuracy, semeval_average, matthews_correlation, \
      log_loss, brier_score, ece, f1.LABEL, recall.LABEL, roc_auc.LABEL ….

      --format text (default), json, markdown, latex or html.

      Examples:
        standpoint compare 20261124-0915 latest
        standpoint compare main/run pr/run --fail-if-worse macro_f1:0.01 --format markdown
      """)

  @Argument(
    help: ArgumentHelp("Runs to compare, the one to measure the others by first.", valueName: "run"),
    completion: .directory)
  var runs: [String]

  @Option(
    name: .customLong("metric"),
    help: ArgumentHelp("A metric to compare; repeatable. (default: the usual ones)", valueName: "name"),
    transform: Self.metric)
  var metrics: [Metric] = []

  @Option(
    name: .customLong("fail-if-worse"),
    help: ArgumentHelp(
      "Exit with code 1 if a later run is worse than the first; repeatable.", valueName: "metric[:margin]"),
    transform: Gate.init)
  var gates: [Gate] = []

  @Flag(name: .customLong("common"), help: "Compare the items that all runs have, where some lack items.")
  var commonOnly = false

  @Option(
    name: .customLong("resamples"), parsing: .unconditional,
    help: ArgumentHelp("Bootstrap resamples and random swaps.", valueName: "n"))
  var resamples: Int = 10_000

  @OptionGroup var shared: SharedOptions

  /// What must not get worse, and by how much it may.
  struct Gate {
    let metric: Metric
    let margin: Double

    init(_ text: String) throws {
      // A label may hold a colon; a margin is what follows the last one, if that is a number.
      let colon = text.lastIndex(of: ":") ?? text.endIndex
      let name = String(text[..<colon])
      let rest = String(text[colon...].dropFirst())
      let number = Double(rest)
      // What follows a metric of no label can be meant as a margin only.
      guard number != nil || (colon != text.endIndex && Metric(name: text) == nil && Metric(name: name) != nil) else {
        metric = try CompareCommand.metric(text)
        margin = 0
        return
      }
      guard let value = number, value >= 0, value.isFinite else {
        throw ValidationError("--fail-if-worse: expected a margin of 0 or more after the colon, found '\(rest)'")
      }
      metric = try CompareCommand.metric(name)
      margin = value
    }
  }

  private static func metric(_ name: String) throws -> Metric {
    guard let metric = Metric(name: name) else {
      throw ValidationError(
        "there is no metric '\(name)'; choose from \(Metric.overall.map(\.name).joined(separator: ", ")), "
          + "precision.LABEL, recall.LABEL, f1.LABEL, roc_auc.LABEL, average_precision.LABEL")
    }
    return metric
  }

  /// What is compared where nothing else is asked for; reports leave out what the runs do not define.
  private static let usualMetrics: [Metric] = [
    .macroF1, .accuracy, .semevalAverage, .matthewsCorrelation, .logLoss,
  ]

  func validate() throws {
    guard runs.count >= 2 else { throw ValidationError("name two runs at least") }
    try Resamples.check(resamples, allowsNone: false)
  }

  func run() throws {
    let format = try shared.format(of: [.text, .json, .markdown, .latex, .html], terminal: .text, pipe: .text)
    let store = RunStore.standard
    let records = try runs.map { try store.run($0) }
    let predictions = try runs.map { try store.predictions(of: $0) }
    let names = Self.names(records)
    var metrics = metrics.isEmpty ? Self.usualMetrics : metrics
    for gate in gates where !metrics.contains(gate.metric) { metrics.append(gate.metric) }
    let comparison = try Comparison(
      zip(names, predictions).map { Comparison.Contender(name: $0, predictions: $1) }, metrics: metrics,
      commonOnly: commonOnly, bootstrap: Bootstrap(resamples: resamples, seed: shared.seed, threads: shared.threads),
      progress: ProgressLine.stages(shared)("resampling"))
    ProgressLine.shared.clear()
    let report = ComparisonReport(
      title: "Comparison of \(records.count) runs",
      facts: zip(names, records).map { name, run in
        Fact(
          name,
          [run.id == name ? nil : run.id, run.model, run.data.last?.path].compactMap { $0 }.joined(separator: ", "))
      } + [Fact("seed", String(shared.seed))],
      comparison: comparison)
    let output = try shared.openOutput()
    switch format {
    case .json: try output.write(report.json)
    case .markdown: try output.write(report.markdown)
    case .latex: try output.write(report.latex)
    case .html: try output.write(report.html)
    default: try output.write(report.text(colored: Terminal.allowsColor(shared)))
    }
    try output.commit()
    try check(comparison)
  }

  /// The models' names; of runs of one model each with the end of its id, and of one run with a number too.
  private static func names(_ runs: [Run]) -> [String] {
    let models = runs.map { run in run.model.map { URL(fileURLWithPath: $0).lastPathComponent } ?? run.id }
    let names = zip(models, runs).map { model, run in
      models.count { $0 == model } == 1 ? model : "\(model) \(run.id.split(separator: "-").last ?? "")"
    }
    return names.indices.map { index in
      let before = names[..<index].count { $0 == names[index] }
      return before == 0 ? names[index] : "\(names[index]) (\(before + 1))"
    }
  }

  /// Stops with exit code 1 where a later run is worse than the first.
  private func check(_ comparison: Comparison) throws {
    var messages: [String] = []
    for gate in gates {
      guard let index = comparison.metrics.firstIndex(of: gate.metric) else { continue }
      for pair in comparison.pairs where pair.first == 0 {
        let difference = pair.differences[index]
        guard let value = difference.difference.value else {
          throw Failure(
            .badData, "--fail-if-worse: the runs do not define \(gate.metric.name), so it cannot be a gate")
        }
        let loss = gate.metric.higherIsBetter ? -value : value
        guard loss > gate.margin else { continue }
        messages.append(
          "\(comparison.names[pair.second]) is worse than \(comparison.names[0]) in \(gate.metric.name) by "
            + "\(Figures.text(loss)) (allowed: \(Figures.text(gate.margin))); the difference is "
            + "\(Figures.text(difference.difference)), p = \(Figures.pValue(difference.randomizationPValue))")
      }
    }
    if !messages.isEmpty { throw Failure(.gateFailed, messages.joined(separator: "\nstandpoint: ")) }
  }
}
