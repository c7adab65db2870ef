import ArgumentParser
import Corpus
import Evaluation
import Foundation
import Reporting

/// `standpoint data agreement`.
struct DataAgreementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement", abstract: "Say how far annotators agree who labelled the same statements.",
    discussion: """
      A file an annotator; statements are matched by id, and must have the same text; rows without a \
      label are passed over. Gives Cohen's kappa \
      of each pair and Krippendorff's alpha of all, with 95 % bootstrap intervals, the confusions between annotators \
      and the statements that they label differently. --format text (default), json, markdown, latex or html.

      Example:
        standpoint data agreement anna.jsonl ben.jsonl --task stance
      """)

  @Argument(
    help: ArgumentHelp("A file of labelled statements for each annotator.", valueName: "file"), completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The task whose labels are compared. (default: the data's task, if they have one)", valueName: "name"))
  var task: String?

  @Option(name: .customLong("data-format"), help: "How the data are written, where their names do not tell.")
  var dataFormat: StatementFormat?

  @Option(
    name: .customLong("resamples"), parsing: .unconditional,
    help: ArgumentHelp("Bootstrap resamples; 0 for no intervals.", valueName: "n"))
  var resamples: Int = 10_000

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard files.count >= 2 else { throw ValidationError("name two files at least, one an annotator") }
    try Resamples.check(resamples, allowsNone: true)
    if files.contains("-") { throw ValidationError("annotators are named by their files; standard input has no name") }
  }

  func run() throws {
    let format = try shared.format(of: [.text, .json, .markdown, .latex, .html], terminal: .text, pipe: .text)
    var annotations: [[Statement]] = []
    var badRows = BadRows(shared)
    for file in files { annotations.append(try statements(file, &badRows)) }
    badRows.tell()
    let task = try task ?? onlyTask(annotations)
    try checkTexts(annotations)
    let annotators = try zip(names, zip(files, annotations)).map { name, data in
      AnnotatorAgreement.Annotator(name: name, labels: try Self.labels(data.1, task: task, file: data.0))
    }
    let agreement = AnnotatorAgreement(
      annotators,
      bootstrap: resamples == 0 ? nil : Bootstrap(resamples: resamples, seed: shared.seed, threads: shared.threads))
    guard agreement.count > 0 else {
      throw Failure(
        .badData, "no statement has a label for \(task) in two of the files: statements are matched by their ids")
    }
    let report = AgreementReport(
      title: "Agreement on \(task)", facts: zip(names, files).map { Fact($0, $1) }, agreement: agreement)
    let output = try shared.openOutput()
    switch format {
    case .json: try output.write(report.json)
    case .markdown: try output.write(report.markdown)
    case .latex: try output.write(report.latex)
    case .html: try output.write(report.html)
    default: try output.write(report.text(colored: Terminal.allowsColor(shared)))
    }
    try output.commit()
  }

  /// The files' names without folder and ending where these tell them apart, else the paths.
  private var names: [String] {
    let short = files.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    return Set(short).count == short.count ? short : files
  }

  private func statements(_ file: String, _ badRows: inout BadRows) throws -> [Statement] {
    var reader = try StatementReader(
      .file(file), format: dataFormat, tasks: task.map { [$0] } ?? [], purpose: .training,
      maximumLineBytes: max(shared.maximumLineBytes, 1 << 24))
    var statements: [Statement] = []
    while true {
      do throws(CorpusError) {
        guard let statement = try reader.next() else { return statements }
        statements.append(statement)
      } catch {
        guard error.isRecoverable else { throw error }
        try badRows.leaveOut(error)
      }
    }
  }

  /// Statements of one id must be one statement: two files without ids, whose lines are counted, may be in any order.
  private func checkTexts(_ annotations: [[Statement]]) throws {
    var known: [String: (text: TextFingerprint, file: String)] = [:]
    for (file, statements) in zip(files, annotations) {
      for statement in statements {
        let text = TextFingerprint(statement.text, statement.target)
        guard let first = known[statement.id] else {
          known[statement.id] = (text, file)
          continue
        }
        guard first.text == text else {
          throw Failure(
            .badData,
            "\(file): the statement '\(statement.id)' has another text or target than in \(first.file); statements are "
              + "matched by their ids, or by their lines where they have none")
        }
      }
    }
  }

  private func onlyTask(_ annotations: [[Statement]]) throws -> String {
    let tasks = Set(annotations.joined().flatMap(\.labels.keys)).sorted()
    guard tasks.count == 1 else {
      throw ValidationError(
        tasks.isEmpty
          ? "--task: name the column of the labels" : "--task: choose one of \(tasks.joined(separator: ", "))")
    }
    return tasks[0]
  }

  private static func labels(_ statements: [Statement], task: String, file: String) throws -> [String: String] {
    var labels: [String: String] = [:]
    for statement in statements {
      guard let label = statement.labels[task] else { continue }
      if let other = labels.updateValue(label, forKey: statement.id), other != label {
        throw Failure(
          .badData, "\(file): the statement '\(statement.id)' has two labels, \(other) and \(label); keep one of them")
      }
    }
    return labels
  }
}
