import ArgumentParser
import Corpus
import Foundation
import Standpoint

/// `standpoint score`.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Label articles sentence by sentence, or statements line by line.",
    discussion: """
      Without --model the shipped models sourcing-en and stance-en are used, from the folder $STANDPOINT_MODELS where \
      that is set. A stance is taken toward a target: --target NAME, or the target of each row, which goes before it; \
      one of nothing but white space is none.

      Input is guessed from a file's name: .txt is an article (one document a file, cut into sentences), .jsonl and \
      .csv/.tsv hold a statement a row (text, id?, target?, target_span?); --input lines reads a statement a line. \
      Standard input (-) is an article unless --input says otherwise.

      A model of sourcing reads the sentences of an article together; rows and lines it reads each alone.

      Where the likeliest label is not probable enough, the model abstains: below --min-confidence, or below the \
      thresholds that `train --min-precision` gave it. An empty text is always answered so.

      Output is text on a terminal, jsonl in a pipe: one line for each sentence, or exactly one for each line or row \
      of the input, in order. A bad line, or one bad article of several, gives its error in its place (--on-error). \
      Offsets are Unicode code points into the file, a byte order mark counted. --format csv is meant for spreadsheets; \
      every row has all columns, the last of which is an error's message.

      Examples:
        standpoint score article.txt --target NATO
        standpoint score - --input lines --model sourcing-en --labels-only < sentences.txt
      """)

  @Argument(help: ArgumentHelp("Files to read; - is standard input.", valueName: "file"), completion: .file())
  var files: [String] = ["-"]

  @Option(
    name: [.short, .customLong("model")],
    help: ArgumentHelp("A model directory, or the name of a shipped model; repeatable.", valueName: "dir"),
    completion: .directory)
  var models: [String] = []

  @Option(
    name: .customLong("target"), help: ArgumentHelp("Toward whom or what; repeatable.", valueName: "name"),
    transform: TargetName.checked)
  var targets: [String] = []

  @Option(help: ArgumentHelp("What the input holds.", valueName: "article|lines|jsonl|csv|tsv"))
  var input: ScoringInput?

  @Flag(name: .customLong("labels-only"), help: "Write the labels alone, a tab between tasks.")
  var labelsOnly = false

  @Option(
    name: .customLong("min-confidence"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Abstain where the likeliest label is less probable than p; label=p for one label alone; repeatable.",
      valueName: "p|label=p"), transform: LabelShare.init(argument:))
  var minimumConfidence: [LabelShare] = []

  @Flag(name: .customLong("line-buffered"), help: "Answer each line at once.")
  var lineBuffered = false

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let format = try shared.format(of: [.text, .jsonl, .csv, .html], terminal: .text, pipe: .jsonl)
    if labelsOnly, shared.format != nil { throw ValidationError("--labels-only has its own form: leave --format out") }
    let sources = files.map(InputSource.init(argument:))
    // A wrong path is said before anything else that may be missing.
    for case .file(let path) in sources where !FileManager.default.fileExists(atPath: path) {
      throw CorpusError(.notFound, file: path, mend: "check the path")
    }
    let inputs = try sources.map { try input ?? ScoringInput.guessed(from: $0) }
    guard Set(inputs.map { $0 == .article }).count == 1 else {
      throw ValidationError("articles and statements cannot be scored in one call: their output has other members")
    }
    let opened = try ModelFinder.open(models)
    let scorer = try Scorer(models: minimumConfidence.applied(to: opened.map(\.model)), targets: targets)
    if scorer.needsRowTarget, let bare = zip(sources, inputs).first(where: { !$0.1.carriesTargets }) {
      throw Failure(.usage, "\(StandpointError.missingTarget(place: bare.0.name))")
    }
    let form: AnswerWriter.Form =
      labelsOnly ? .labels : Self.forms[format] ?? .jsonl
    let writer = AnswerWriter(
      scorer: scorer, modelNames: opened.map(\.name), form: form, isArticle: inputs.first == .article,
      colored: Terminal.allowsColor(shared), width: Terminal.width(of: STDOUT_FILENO), namesFiles: files.count > 1)
    let output = try shared.openOutput()
    try output.write(writer.header(scorer))
    var session = ScoringSession(
      scorer: scorer, writer: writer, output: output, options: shared, lineBuffered: lineBuffered)
    for (source, input) in zip(sources, inputs) { try session.score(source, as: input) }
    if form == .html { try output.write(AnswerWriter.pageFoot) }
    try output.commit()
    session.finish()
  }

  private static let forms: [OutputFormat: AnswerWriter.Form] = [
    .text: .text, .jsonl: .jsonl, .csv: .csv, .html: .html,
  ]
}

/// What an input of `score` holds.
enum ScoringInput: String, ExpressibleByArgument, CaseIterable {
  case article, lines, jsonl, csv, tsv

  /// Whether a row can name its own target.
  var carriesTargets: Bool { self != .article && self != .lines }

  /// What a file's name says of its content.
  static func guessed(from source: InputSource) throws -> ScoringInput {
    guard case .file(let path) = source else { return .article }
    switch (path as NSString).pathExtension.lowercased() {
    case "txt", "text", "": return .article
    case "jsonl", "ndjson": return .jsonl
    case "csv": return .csv
    case "tsv", "tab": return .tsv
    default:
      throw Failure(
        .usage, "\(path): cannot tell what it holds from its name: give --input article, lines, jsonl, csv or tsv")
    }
  }
}
