public import ArgumentParser
import Classification
public import Corpus
import Evaluation
import FeatureExtraction
import LinearAlgebra
import Foundation
import ModelStore
import Optimization
import RunRegistry
public import Standpoint

/// `standpoint train`.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train one task's model from labelled statements.",
    discussion: """
      Data are JSONL, CSV or TSV with the columns text and the task's name (id, target, target_span, group, weight are \
      read too), or lines of fastText's form. Rows with labels for other tasks and none for this \
      one are left out. A preset names settings for a kind of data:

        words        any text and labels: n-grams of one to three words (default without targets)
        sourcing     who a sentence of news is attributed to (default for the task sourcing)
        mention      stance toward a name that the sentence mentions (default with target_span in each row)
        topic        stance of a short text toward one of a few topics (default with up to 20 targets)
        proposition  stance toward a proposition, or toward any of very many topics (default with more targets)
        pair         stance of a long text toward another text, as of an article toward a headline (default with \
      targets and a mean of 1,200 bytes of text)

      Options change single settings of it. --folds parts are predicted each by a model of the others, by whole \
      groups: these predictions calibrate the probabilities and estimate the quality that the model card states. With \
      few groups, or a rare label, there are fewer parts or none, and train says so. \
      --calibrate-without COLUMN leaves rows that have such a column out of calibration. \
      --min-precision sets thresholds on them, below which the model abstains wherever it is used. \
      --tune tries values of C, class weights, n-grams, case and idf by the same cross-validation and takes the best, whose figures \
      are then those of a choice, and too good: measure on --dev. C rises from 0.03 to 1000, until two values in a row are \
      worse by metric and log loss. Ctrl-C or --time-budget end the search early and keep the best so far.

      A run is written to $STANDPOINT_RUNS (./runs).

      Examples:
        standpoint train train.jsonl --task stance --output my-stance
        standpoint train train.jsonl --task sourcing --preset words --C 10 --output words-only
        standpoint train train.jsonl --task stance --tune --time-budget 600 --output tuned
      """)

  @Argument(help: ArgumentHelp("Labelled statements; - is standard input.", valueName: "data"), completion: .file())
  var data: [String]

  @Option(help: ArgumentHelp("The task: the name of the column of labels.", valueName: "name"))
  var task: String

  @Option(help: ArgumentHelp("Settings for a kind of data.", valueName: "name"))
  var preset: Preset?

  @Option(name: .customLong("data-format"), help: "How the data are written, where their names do not tell.")
  var dataFormat: StatementFormat?

  @Option(
    name: .customLong("dev"), help: ArgumentHelp("Labelled statements to measure on; repeatable.", valueName: "file"),
    completion: .file())
  var dev: [String] = []

  @Option(parsing: .unconditional, help: ArgumentHelp("Parts for cross-validation; 0 for none.", valueName: "n"))
  var folds: Int = 5

  @Option(
    name: .customLong("min-precision"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Abstain where a label would be right less often than p, as the folds tell; label=p for one alone; repeatable.",
      valueName: "p|label=p"), transform: LabelShare.init(argument:))
  var minimumPrecision: [LabelShare] = []

  @Option(
    name: .customLong("calibrate-without"),
    help: ArgumentHelp(
      "Leave statements that have this attribute out of calibration: rows made of others, easier rows.",
      valueName: "column"))
  var calibrateWithout: String?

  @Option(
    name: .customLong("warm-start"), help: ArgumentHelp("Start from this model's weights.", valueName: "dir"),
    completion: .directory)
  var warmStart: String?

  @Flag(help: "Choose settings by cross-validation.")
  var tune = false

  @Option(
    name: .customLong("time-budget"), parsing: .unconditional,
    help: ArgumentHelp("Stop tuning after so many seconds.", valueName: "seconds"))
  var timeBudget: Double?

  @Option(
    name: .customLong("metric"), help: ArgumentHelp("What tuning maximizes (default: macro-f1).", valueName: "name"))
  var metric: String?

  @Option(
    name: .customLong("card"),
    help: ArgumentHelp("Markdown for the model card: intended use, limits, licence of the data.", valueName: "file"),
    completion: .file())
  var card: String?

  @OptionGroup(title: "Features") var features: FeatureOptions
  @OptionGroup(title: "Learning") var learning: LearningOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    guard let path = shared.output else { throw ValidationError("--output: the model's directory is needed") }
    _ = try shared.format(of: [.text], terminal: .text, pipe: .text)
    guard folds == 0 || (2...100).contains(folds) else { throw ValidationError("--folds: expected 0, or 2 to 100") }
    guard minimumPrecision.isEmpty || folds > 0 else {
      throw ValidationError("--min-precision is measured on folds: leave --folds 0 out")
    }
    guard calibrateWithout == nil || folds > 0 else {
      throw ValidationError("--calibrate-without concerns folds: leave --folds 0 out")
    }
    guard !tune || folds > 0 else {
      throw ValidationError("--tune compares settings on folds: leave --folds 0 out")
    }
    guard timeBudget == nil || tune else { throw ValidationError("--time-budget belongs to --tune") }
    guard metric == nil || tune else { throw ValidationError("--metric belongs to --tune") }
    guard !task.isEmpty else { throw ValidationError("--task: expected the name of a column of labels") }
    guard !StatementReader.reservedColumns.contains(task) else {
      throw ValidationError("--task: the column \"\(task)\" has a meaning of its own; expected one of labels")
    }
    guard !AnswerWriter.members.contains(task) else {
      throw ValidationError(
        "--task: answers of `score` have a member \"\(task)\" of another meaning; rename the column")
    }
    if let timeBudget, !(timeBudget > 0) { throw ValidationError("--time-budget: expected seconds above 0") }
    guard let metric = Metric(name: metric ?? Metric.macroF1.name) else {
      throw ValidationError("--metric: expected one of \(Metric.overall.map(\.name).joined(separator: ", "))")
    }
    try ModelDirectory.checkWritable(path)
    let progress = ProgressLine.stages(shared)
    let reading = progress("reading")
    let statements = try shared.labelledStatements(
      from: data, format: dataFormat, task: task,
      needsTarget: preset.map { features.apply(to: $0.features).needsTarget } ?? false, isForTraining: true,
      progress: reading.update)
    let labels = try LabelSet(learntFrom: statements, task: task)
    try minimumPrecision.check("min-precision", labels: labels.names)
    let chosen = preset ?? .standard(for: task, statements: statements)
    var configuration = Trainer.Configuration(
      task: task, features: features.apply(to: chosen.features),
      learning: try learning.apply(to: chosen.learning, labels: labels, seed: shared.seed), folds: folds,
      minimumPrecisions: minimumPrecision.isEmpty ? nil : minimumPrecision.numbers(for: labels.names, over: nil),
      uncalibratedAttribute: calibrateWithout)
    if configuration.features.needsTarget, let bare = statements.first(where: { $0.target == nil }) {
      throw CorpusError.missingTarget(file: data.joined(separator: " "), line: nil, id: bare.id, isForTraining: true)
    }
    for sentence in features.idle(in: configuration.features) { Terminal.say("standpoint: \(sentence)") }
    _ = try configuration.features.validated()
    _ = try configuration.learning.validated()
    let development = try dev.map { file in
      (
        name: file,
        statements: try shared.labelledStatements(
          from: [file], format: dataFormat, task: task, labels: labels,
          needsTarget: configuration.needsTarget, isForTraining: true)
      )
    }
    let wordVectors = try features.openWordVectors(for: configuration.features)
    let start = try warmStart.map { try Model(contentsOf: ModelFinder.path(of: $0)) }
    let notes = try card.map { try String(decoding: ByteSource.contents(of: .file($0)), as: UTF8.self) }
    if let column = calibrateWithout, !statements.contains(where: { $0.attributes[column] != nil }) {
      Terminal.say("standpoint: --calibrate-without: no statement has a column “\(column)”, so all calibrate")
    }

    let digest = DatasetDigest.sha256(of: statements, task: task)
    let journal = try RunJournal.begin(
      .train, task: task, model: path, configuration: RunJournal.json(configuration), options: shared,
      data: development.map { name, statements in
        RunJournal.source(
          "dev", name, statements, task: task, digest: DatasetDigest.sha256(of: statements, task: task))
      } + [RunJournal.source("train", data.joined(separator: " "), statements, task: task, digest: digest)])
    do {
      if tune {
        let tuner = Tuner(
          configuration, metric: metric, budget: timeBudget, wordVectors: wordVectors, threads: shared.threads,
          fixesC: learning.inverseRegularization != nil,
          fixesClassWeight: learning.classWeight != nil, fixesFeatures: features.fixesWords)
        let say = { (line: String) in shared.quiet ? () : Terminal.say(line) }
        Interrupt.poll()
        configuration = try tuner.search(
          statements, log: say, progress: progress("tuning"), isInterrupted: { Interrupt.isRequested })
        Interrupt.endPolling()
        if Interrupt.isRequested { say("interrupted: training with the best so far; once more ends it") }
        say("the same model again: \(try command(with: tuner.options(of: configuration)))")
        try journal.update(configuration)
      }
      let statementCount = statements.count
      let readsArticles = Evaluator.readsArticles(configuration.features, statements)
      let result = try Trainer(configuration, wordVectors: wordVectors, threads: shared.threads).train(
        consume statements, warmStart: start, progress: progress)
      if let warning = result.record.warning { Terminal.say("standpoint: \(warning)") }
      if start != nil, !result.startedWarm {
        Terminal.say(
          "standpoint: --warm-start: that model has other labels or features, so its weights were of no use here")
      }
      if 100 * result.tornTexts >= statementCount {
        Terminal.say(
          "standpoint: \(result.tornTexts) of \(statementCount) statements have a text that stands in another part of the "
            + "cross-validation, too: its figures are better than on new texts, and probabilities surer")
      }
      for (label, threshold) in zip(result.model.labels.names, result.model.configuration.abstention?.thresholds ?? [])
      where threshold == 1 {
        Terminal.say(
          "standpoint: --min-precision: no threshold reaches it for “\(label)” on the folds, so that the model gives this "
            + "label out where it is certain alone")
      }
      let parts = result.foldRecords.count
      if let shortage = result.foldShortage { Terminal.say("standpoint: \(missingFolds(parts, shortage))") }
      let early = result.foldRecords.filter { !$0.converged }
      if let warning = early.first?.warning {
        Terminal.say("standpoint: in \(early.count) of \(result.foldRecords.count) folds \(warning)")
      }
      var sections: [ModelCard.Section] = []
      if let outOfFold = result.outOfFold {
        let unit = outOfFold.groups == nil ? "" : " by whole groups"
        let torn = result.tornTexts == 0 ? "" : ", \(result.tornTexts) statements with a text in several of them"
        // The figures of a maximum are no estimate, and must not be read as one.
        let choice = configuration.tuning.map { ", on which the settings were chosen, the best of \($0.trials) trials" }
        sections.append(
          ModelCard.Section(
            title: "Cross-validation on the training data, \(parts) parts\(unit)" + torn + (choice ?? ""),
            assessment: try Assessment(
              of: outOfFold, configuration: assessment, progress: progress("resampling")),
            readsArticles: readsArticles))
      }
      // What a run is compared by is what its first section states.
      var first = result.outOfFold
      for (name, statements) in development {
        let evaluator = Evaluator(result.model, threads: shared.threads)
        let predictions = try evaluator.predictions(
          for: statements, progress: progress("labelling \(ProgressLine.name(name))"))
        sections.append(
          ModelCard.Section(
            title: "Development data \(URL(fileURLWithPath: name).lastPathComponent)",
            assessment: try Assessment(
              of: predictions, configuration: assessment, progress: progress("resampling")),
            readsArticles: evaluator.readsArticles(statements)))
        first = first ?? predictions
      }
      let modelCard = ModelCard(
        name: URL(fileURLWithPath: path).lastPathComponent, model: result.model, record: result.record,
        statementCount: statementCount, entryCount: result.entryCount, digest: digest, notes: notes,
        sections: sections)
      try result.model.write(to: path, metrics: modelCard.metrics, card: modelCard.text, datasetDigest: digest)
      do {
        try journal.finish(first, assessment: sections.first?.assessment)
      } catch {
        Terminal.say("standpoint: the model stands in \(path); only the run could not be recorded:")
        throw error
      }
      if !shared.quiet { report(result, sections: sections, path: path, runPath: journal.path) }
    } catch {
      journal.fail(error)
      throw error
    }
  }

  /// What it means that the data could be cut into so few parts only.
  private func missingFolds(_ parts: Int, _ shortage: FoldShortage) -> String {
    parts > 0
      ? "\(parts) parts for cross-validation instead of \(folds): \(shortage)"
      : "no cross-validation: \(shortage); probabilities are not calibrated, and how good the model is was not estimated"
  }

  /// The command that was given, with what the environment added to it, and `settings` instead of tuning.
  private func command(with settings: [String]) throws -> String {
    var words = ["standpoint"]
    var isValue = false
    for word in try ConfigurationSources.withEnvironment(
      Array(CommandLine.arguments.dropFirst()), ProcessInfo.processInfo.environment, root: StandpointCommand.self)
    {
      let name = word.prefix { $0 != "=" }
      defer { isValue = word == "--time-budget" || word == "--metric" }
      if isValue || ["--tune", "--time-budget", "--metric"].contains(String(name)) { continue }
      words.append(word)
    }
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+,./:@%")
    return (words + settings).map { word in
      !word.isEmpty && word.allSatisfy(plain.contains)
        ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }.joined(separator: " ")
  }

  private var assessment: Assessment.Configuration {
    Assessment.Configuration(bootstrap: Bootstrap(seed: shared.seed, threads: shared.threads))
  }

  private func report(
    _ result: Trainer.Result, sections: [ModelCard.Section], path: String, runPath: String
  ) {
    for section in sections {
      if let f1 = section.assessment.scores[.macroF1], let value = f1.value {
        let interval = f1.interval.map { String(format: " (%.3f–%.3f)", $0.lower, $0.upper) } ?? ""
        let coverage = section.assessment.coverage
        let answered = coverage.answered < coverage.total ? " on \(coverage.answered) of \(coverage.total)" : ""
        Terminal.say("\(section.title): macro F1 \(String(format: "%.3f", value))\(interval)\(answered)")
      }
    }
    Terminal.say(
      "wrote \(path): \(result.model.labels.count) labels, \(result.model.extractor.columnCount) features, "
        + "\(result.record.iterations) iterations in \(String(format: "%.2f", result.record.seconds)) s; run \(runPath)"
    )
  }
}

extension Preset: ExpressibleByArgument {}
extension StatementFormat: ExpressibleByArgument {}
