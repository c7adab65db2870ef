import ArgumentParser
import Corpus
import Evaluation
import Foundation
import Reporting
import RunRegistry
import Standpoint

/// `standpoint evaluate`.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score labelled statements and report how good the labels are.",
    discussion: """
      Every figure has a 95 % bootstrap interval; rows that share a group are resampled together. The JSON has the same \
      members whatever the data; labels without support are included.

      A run with all predictions is written to $STANDPOINT_RUNS (./runs), to be compared by `standpoint compare`.

      Examples:
        standpoint evaluate --model my-stance test.jsonl
        standpoint evaluate --model my-stance test.jsonl --slice target --format markdown
      """)

  @Argument(help: ArgumentHelp("Labelled statements; - is standard input.", valueName: "data"))
  var data: [String]

  @Option(name: [.short, .customLong("model")], help: ArgumentHelp("A model directory, or a shipped model's name.", valueName: "dir"))
  var model: String

  @Option(name: .customLong("target"), help: ArgumentHelp("The target of rows that name none.", valueName: "name"))
  var target: String?

  @Option(name: .customLong("data-format"), help: "How the data are written, where their names do not tell.")
  var dataFormat: StatementFormat?

  @Option(
    name: .customLong("slice"),
    help: ArgumentHelp("Figures for each value of a column (or target, length); repeatable.", valueName: "column"))
  var slices: [String] = []

  @Option(name: .customLong("resamples"), help: ArgumentHelp("Bootstrap resamples; 0 for no intervals.", valueName: "n"))
  var resamples: Int = 10_000

  @Option(name: .customLong("errors"), help: ArgumentHelp("How many errors to list, the surest first.", valueName: "n"))
  var errorLimit: Int = 100

  @OptionGroup var shared: SharedOptions

  func run() throws {
    guard resamples == 0 || resamples >= 100 else { throw ValidationError("--resamples: expected 0, or 100 or more") }
    guard errorLimit >= 0 else { throw ValidationError("--errors: expected 0 or more") }
    let format = try shared.format(
      of: [.text, .json, .markdown, .latex], terminal: .text, pipe: .text)
    let model = try Model(contentsOf: ModelFinder.path(of: model))
    let statements = try StatementReader.labelledStatements(
      from: data.map(InputSource.init(argument:)), format: dataFormat, task: model.task, labels: model.labels,
      maximumLineBytes: max(shared.maximumLineBytes, 1 << 24))
    let output = try shared.openOutput()
    let digest = DatasetDigest.sha256(of: statements, task: model.task)
    let journal = try RunJournal.begin(
      .evaluate, task: model.task, model: self.model, configuration: nil, options: shared,
      data: [RunJournal.source("test", data.joined(separator: " "), statements, task: model.task, digest: digest)])
    do {
      let predictions = try Evaluator(model, targets: target.map { [$0] } ?? [], threads: shared.threads)
        .predictions(for: statements)
      let assessment = try Assessment(
        of: predictions,
        configuration: Assessment.Configuration(
          bootstrap: resamples == 0 ? nil : Bootstrap(resamples: resamples, seed: shared.seed, threads: shared.threads),
          slices: slices, errorLimit: errorLimit))
      let report = EvaluationReport(
        title: "\(model.task): \(URL(fileURLWithPath: self.model).lastPathComponent) on "
          + data.map { URL(fileURLWithPath: $0).lastPathComponent }.joined(separator: ", "),
        facts: [
          EvaluationReport.Fact("model", self.model), EvaluationReport.Fact("data", data.joined(separator: " ")),
          EvaluationReport.Fact("statements", String(statements.count)),
          EvaluationReport.Fact("data digest", String(digest.prefix(16))),
          EvaluationReport.Fact("seed", String(shared.seed)), EvaluationReport.Fact("run", journal.path),
        ], assessment: assessment)
      switch format {
      case .json: try output.write(report.json + "\n")
      case .markdown: try output.write(report.markdown)
      case .latex: try output.write(report.latex)
      default: try output.write(report.text(colored: Terminal.allowsColor(shared)))
      }
      try output.commit()
      try journal.finish(predictions, scores: assessment.scores)
    } catch {
      journal.fail(error)
      throw error
    }
  }
}
