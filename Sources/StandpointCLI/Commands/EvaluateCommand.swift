import ArgumentParser
import Corpus
import Evaluation
import FeatureExtraction
import Foundation
import LinearAlgebra
import ModelStore
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
      members whatever the data; labels without support are included. Rows with labels for other tasks and none for the \
      model's are left out. A row of weight 0 is a sentence between others and no example: it counts in no figure; all \
      others count once.

      A model of sourcing reads rows of one group that follow each other as sentences of one article, in order, as score \
      reads articles. Rows and lines score reads each alone, so that its labels of the same rows can be others; the \
      report says where that is so.

      --format text (default), json, markdown, latex, or html: one file with charts that needs nothing else.

      A run with all predictions is written to $STANDPOINT_RUNS (./runs), to be compared by `standpoint compare`.

      Examples:
        standpoint evaluate --model my-stance test.jsonl
        standpoint evaluate --model my-stance test.jsonl --slice target --format markdown
      """)

  @Argument(help: ArgumentHelp("Labelled statements; - is standard input.", valueName: "data"), completion: .file())
  var data: [String]

  @Option(
    name: [.short, .customLong("model")],
    help: ArgumentHelp("A model directory, or a shipped model's name.", valueName: "dir"), completion: .directory)
  var models: [String]

  @Option(
    name: .customLong("target"), help: ArgumentHelp("The target of rows that name none.", valueName: "name"),
    transform: TargetName.checked)
  var targets: [String] = []

  @Option(
    name: .customLong("min-confidence"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Abstain where the likeliest label is less probable than p; label=p for one label alone; repeatable.",
      valueName: "p|label=p"), transform: LabelShare.init(argument:))
  var minimumConfidence: [LabelShare] = []

  @Option(name: .customLong("data-format"), help: "How the data are written, where their names do not tell.")
  var dataFormat: StatementFormat?

  @Option(
    name: .customLong("slice"),
    help: ArgumentHelp(
      "Figures for each value of a column (also target, group, the labels of other tasks), or by length; repeatable.",
      valueName: "column"))
  var slices: [String] = []

  @Option(
    name: .customLong("resamples"), parsing: .unconditional,
    help: ArgumentHelp("Bootstrap resamples; 0 for no intervals.", valueName: "n"))
  var resamples: Int = 10_000

  @Option(
    name: .customLong("errors"), parsing: .unconditional,
    help: ArgumentHelp(
      "How many errors to list, the surest first. (default: 10 in text and Markdown, 100 in JSON and HTML)",
      valueName: "n"))
  var errorLimit: Int?

  @Option(
    name: .customLong("learning-curve"),
    help: ArgumentHelp(
      "Train anew, with the model's settings, on growing parts of these statements, and show how macro F1 grows.",
      valueName: "file"), completion: .file())
  var learningCurve: String?

  @OptionGroup var shared: SharedOptions

  private var model: String { models[0] }
  private var target: String? { targets.first }

  func validate() throws {
    try OneValue.check("model", models)
    try OneValue.check("target", targets)
    try Resamples.check(resamples, allowsNone: true)
    guard errorLimit ?? 0 >= 0 else { throw ValidationError("--errors: expected 0 or more") }
  }

  func run() throws {
    let format = try shared.format(
      of: [.text, .json, .markdown, .latex, .html], terminal: .text, pipe: .text)
    let directory = try ModelDirectory(verifying: ModelFinder.path(of: model))
    let model = try minimumConfidence.applied(to: [Model(directory)])[0]
    let progress = ProgressLine.stages(shared)
    let reading = progress("reading")
    let statements = try shared.labelledStatements(
      from: data, format: dataFormat, task: model.task, labels: model.labels,
      needsTarget: model.configuration.needsTarget && target == nil, progress: reading.update)
    let output = try shared.openOutput()
    let digest = DatasetDigest.sha256(of: statements, task: model.task)
    let journal = try RunJournal.begin(
      .evaluate, task: model.task, model: self.model, configuration: configuration(of: model, in: directory),
      options: shared,
      data: [RunJournal.source("test", data.joined(separator: " "), statements, task: model.task, digest: digest)])
    do {
      let evaluator = Evaluator(model, target: target, threads: shared.threads)
      let predictions = try evaluator.predictions(for: statements, progress: progress("labelling"))
      let counted = statements.filter { $0.weight > 0 }
      var assessment = try Assessment(
        of: predictions,
        configuration: Assessment.Configuration(
          bootstrap: resamples == 0 ? nil : Bootstrap(resamples: resamples, seed: shared.seed, threads: shared.threads),
          slices: slices, errorLimit: errorLimit ?? 100), progress: progress("resampling"))
      try explain(&assessment.errors, of: counted, by: model)
      if let learningCurve {
        assessment.learningCurve = try curve(
          learningCurve, model: model, evaluation: statements, progress: progress("learning curve"))
      }
      let report = EvaluationReport(
        title: "\(model.task): \(URL(fileURLWithPath: self.model).lastPathComponent) on "
          + data.map { URL(fileURLWithPath: $0).lastPathComponent }.joined(separator: ", "),
        facts: [
          Fact("model", self.model), Fact("data", data.joined(separator: " ")),
          Fact("statements", String(counted.count)),
          Fact("data digest", String(digest.prefix(16))),
          Fact("seed", String(shared.seed)), Fact("run", journal.path),
        ], assessment: assessment, readsArticles: evaluator.readsArticles(statements))
      ProgressLine.shared.clear()
      switch format {
      case .json: try output.write(report.json)
      case .markdown: try output.write(report.markdown(errors: errorLimit ?? EvaluationReport.usualErrors))
      case .latex: try output.write(report.latex)
      case .html: try output.write(report.html)
      default:
        try output.write(
          report.text(
            colored: Terminal.allowsColor(shared), errors: errorLimit ?? EvaluationReport.usualErrors))
      }
      try output.commit()
      try journal.finish(predictions, assessment: assessment)
    } catch {
      journal.fail(error)
      throw error
    }
  }

  /// What the run's record says of the settings: the model, by its digest too, and how it was evaluated.
  private func configuration(of model: Model, in directory: ModelDirectory) throws -> JSONValue {
    [
      "model": try RunJournal.json(model.configuration), "model_digest": .string(directory.manifest.digest),
      "target": target.map { .string($0) } ?? .null, "slices": .array(slices.map { .string($0) }),
      "resamples": .number(String(resamples)),
      "learning_curve": learningCurve.map { .string($0) } ?? .null,
    ]
  }

  /// Says for each error which words pushed most toward the label that it was given.
  private func explain(_ errors: inout [ErrorExample], of statements: [Statement], by model: Model) throws {
    guard !errors.isEmpty else { return }
    let explainer = try Explainer(model)
    for index in errors.indices {
      var statement = statements[errors[index].index]
      statement.target = statement.target ?? target
      // What can be scored can be explained; should it not be so, the error stands without an explanation.
      guard let explanation = try? explainer.explain(statement, label: errors[index].predicted) else { continue }
      let strongest = explanation.tokens.filter { $0.share > 0 }.sorted { $0.share > $1.share }.prefix(4)
      errors[index].explanation = strongest.map { "\($0.text) \(Figures.signed($0.share, decimals: 1))" }
        .joined(separator: ", ")
    }
  }

  /// The macro F1 on the evaluation data of models trained on growing parts of a file.
  private func curve(
    _ path: String, model: Model, evaluation: [Statement], progress: WorkProgress
  ) throws -> LearningCurve {
    let training = try shared.labelledStatements(
      from: [path], format: dataFormat, task: model.task, labels: model.labels)
    let wordVectors =
      model.configuration.features.embeddings == nil ? nil : try WordVectors(contentsOf: ModelFinder.wordVectors())
    return try LearningCurve(
      of: Trainer.Configuration(
        task: model.task, features: model.configuration.features, learning: model.configuration.learning, folds: 0),
      training: training, evaluation: evaluation, target: target, metric: .macroF1,
      bootstrap: resamples == 0
        ? nil : Bootstrap(resamples: resamples, seed: shared.seed, threads: shared.threads),
      wordVectors: wordVectors, seed: shared.seed, threads: shared.threads, progress: progress)
  }
}
