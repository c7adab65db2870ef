import ArgumentParser
import LinearAlgebra
import Corpus
import Foundation
import Reporting

/// `standpoint data check`.
struct DataCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find what would spoil training or flatter an evaluation.",
    discussion: """
      Finds rows that cannot be read, unknown and missing labels, empty texts, the same text with different labels, the \
      same text or group in two files (training data and test data, say), ids that stand twice, target spans that miss \
      their target; counts labels. Texts are compared without regard to white space and case.

      Findings do not fail the command unless --strict is given (exit code 1 where there are errors); a file of which \
      no row can be read does, with exit code 65. --on-error fail and --max-errors make broken rows a failure too. \
      --format text or json; at most \(Self.listedFindings) findings of each kind are listed, all are counted.

      Example:
        standpoint data check train.jsonl dev.jsonl test.jsonl --strict
      """)

  @Argument(
    help: ArgumentHelp("Files of statements, training data first; - is standard input.", valueName: "file"),
    completion: .file())
  var files: [String]

  @Option(
    name: .customLong("task"),
    help: ArgumentHelp("A task for which every row must have a label; repeatable.", valueName: "name"))
  var tasks: [String] = []

  @Option(name: .customLong("data-format"), help: "How the data are written, where their names do not tell.")
  var dataFormat: StatementFormat?

  @Flag(help: "Exit with code 1 where there are errors.")
  var strict = false

  @OptionGroup var shared: SharedOptions

  private static let listedFindings = 100

  func validate() throws {
    if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input can be read only once") }
  }

  func run() throws {
    let format = try shared.format(of: [.text, .json], terminal: .text, pipe: .text)
    let check = DataCheck(
      format: dataFormat, tasks: tasks, maximumFindings: Self.listedFindings, maximumLineBytes: shared.maximumLineBytes)
    let report = try check.report(
      on: files.map(InputSource.init(argument:)), progress: ProgressLine.stages(shared)("checking").update)
    ProgressLine.shared.clear()
    try failOnBrokenRows(report)
    let output = try shared.openOutput()
    try output.write(format == .json ? json(report) : text(report))
    try output.commit()
    if let broken = report.findings.first(where: { $0.kind == .brokenFile }) {
      throw Failure(.badData, Self.complaint(broken))
    }
    if strict && report.errorCount > 0 {
      throw Failure(.gateFailed, shared.quiet ? nil : "data check: \(Self.count(report.errorCount, "error"))")
    }
  }

  /// Stops at broken rows where the user wants that.
  private func failOnBrokenRows(_ report: DataCheck.Report) throws {
    let broken = report.files.reduce(0) { $0 + $1.brokenRows }
    guard let first = report.findings.first(where: { $0.kind == .brokenRow }) else { return }
    if shared.onError == .fail { throw Failure(.badData, Self.complaint(first)) }
    if let maximum = shared.maximumErrors, broken > maximum {
      throw Failure(
        .badData,
        "\(Self.complaint(first))\nstandpoint: with \(broken) broken rows that is more than --max-errors \(maximum)")
    }
  }

  // MARK: The report

  private func json(_ report: DataCheck.Report) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
  }

  private func text(_ report: DataCheck.Report) -> String {
    let colored = Terminal.allowsColor(shared)
    var files = Table([.words("file"), .numbers("rows"), .numbers("broken"), .numbers("groups")])
    for file in report.files {
      files.append([file.file, "\(file.rows)", "\(file.brokenRows)", "\(file.groups)"])
    }
    var text = files.text(colored: colored)
    let labels = labels(report)
    if !labels.rows.isEmpty { text += "\n" + labels.text(colored: colored) }
    if !report.findings.isEmpty { text += "\n" }
    for finding in report.findings { text += Self.line(finding) + "\n" }
    let listed = report.findings.count
    let total = report.errorCount + report.warningCount
    if total > listed { text += "… and \(total - listed) more\n" }
    return text + "\n\(Self.count(report.errorCount, "error")), \(Self.count(report.warningCount, "warning"))\n"
  }

  /// How many rows of each file have each label.
  private func labels(_ report: DataCheck.Report) -> Table {
    // The table above has the paths; here the files' names do where they differ.
    let names = report.files.map { URL(fileURLWithPath: $0.file).lastPathComponent }
    let headings = Set(names).count == names.count ? names : report.files.map(\.file)
    var table = Table([.words("task"), .words("label")] + headings.map { .numbers($0) })
    var seen: [(task: String, label: String)] = []
    for count in report.files.flatMap(\.labels) where !seen.contains(where: { $0 == (count.task, count.label) }) {
      seen.append((count.task, count.label))
    }
    // Files may know different labels of a task: those of one task stand together.
    let tasks = seen.map(\.task).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    for task in tasks {
      for label in seen.filter({ $0.task == task }).map(\.label) {
        table.append(
          [task, label]
            + report.files.map { file in
              "\(file.labels.first { $0.task == task && $0.label == label }?.count ?? 0)"
            })
      }
    }
    return table
  }

  private static func line(_ finding: DataCheck.Finding) -> String {
    "\(place(finding)): \(finding.severity.rawValue): \(finding.message) [\(finding.kind.rawValue)]"
  }

  private static func place(_ finding: DataCheck.Finding) -> String {
    finding.file + (finding.line.map { ":\($0)" } ?? "")
  }

  /// What is said of a finding for which the command fails.
  private static func complaint(_ finding: DataCheck.Finding) -> String { "\(place(finding)): \(finding.message)" }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
