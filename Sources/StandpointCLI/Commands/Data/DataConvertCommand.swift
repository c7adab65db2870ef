import ArgumentParser
import Corpus
import Foundation

/// `standpoint data convert`.
struct DataConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Change the format of statements, or read the original files of a public corpus.",
    discussion: """
      JSONL, CSV and TSV keep every column that holds text, a number or a truth value; numbers and truth values of other \
      columns than weight and target_span are written as text, and null, lists and objects are left out. fastText's \
      format keeps the text and one label, and has no escaping. With \
      --from the files are those that the corpus was published as, or the folder that holds them; labels are brought to \
      Standpoint's names. `standpoint data fetch` says where each corpus is to be had.

      Corpora: \(PublicCorpus.allCases.map(\.rawValue).joined(separator: ", ")).

      Examples:
        standpoint data convert train.csv --output train.jsonl
        standpoint data convert --from newsmtsc --split dev_rw corpora/newsmtsc --output dev.jsonl
      """)

  @Argument(
    help: ArgumentHelp("Files of statements (- is standard input), or a corpus's files or folder.", valueName: "file"),
    completion: .file())
  var files: [String]

  @Option(help: ArgumentHelp("The public corpus whose files these are.", valueName: "corpus"), transform: Self.corpus)
  var from: PublicCorpus?

  @Option(help: ArgumentHelp("The part of the corpus, named as its files name it.", valueName: "name"))
  var split: String?

  @Option(name: .customLong("data-format"), help: "How the data are written, where their names do not tell.")
  var dataFormat: StatementFormat?

  @Option(
    help: ArgumentHelp(
      "How to write. (default: what the name of --output says, else jsonl)", valueName: "jsonl|csv|tsv|fasttext"))
  var to: StatementFormat?

  @Option(
    help: ArgumentHelp("The task of fastText labels, and a label column beside sourcing and stance.", valueName: "name")
  )
  var task: String?

  @OptionGroup var shared: SharedOptions

  private static func corpus(_ name: String) throws -> PublicCorpus {
    if let corpus = PublicCorpus(rawValue: name) { return corpus }
    let names = PublicCorpus.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("--from: expected one of \(names); found “\(name)”")
  }

  func validate() throws {
    if split != nil && from == nil { throw ValidationError("--split goes with --from: which corpus is it a part of?") }
    if dataFormat != nil && from != nil {
      throw ValidationError("--data-format: the files of a corpus have their own form")
    }
    if let from, let split, !from.splits.contains(split) {
      throw ValidationError(
        "--split: \(from.rawValue) has \(from.splits.joined(separator: ", ")); found “\(split)”")
    }
    if shared.format != nil { throw ValidationError("--format: the form of statements is named by --to") }
    if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input can be read only once") }
  }

  func run() throws {
    let format = try outputFormat()
    let task = self.task ?? from?.task
    if format == .fastText && task == nil {
      throw ValidationError("--task: fastText lines carry the labels of one task: name it")
    }
    let output = try shared.openOutput()
    if let from {
      try StatementWriter.write(corpusStatements(from), to: output, format: format, task: task)
    } else {
      try convert(to: output, format: format, task: task)
    }
    try output.commit()
  }

  /// The form of the output: what was asked for, or what its name says.
  private func outputFormat() throws -> StatementFormat {
    if let to { return to }
    guard let path = shared.output, let format = try? StatementFormat.guessed(from: .file(path), purpose: .training)
    else { return .jsonl }
    return format
  }

  private func corpusStatements(_ corpus: PublicCorpus) throws -> [Statement] {
    var isFolder: ObjCBool = false
    guard files.count == 1, unsafe FileManager.default.fileExists(atPath: files[0], isDirectory: &isFolder),
      isFolder.boolValue
    else { return try corpus.statements(fromFiles: files, split: split) }
    guard let split else {
      throw ValidationError(
        "--split: name the part of \(corpus.rawValue): \(corpus.splits.joined(separator: ", "))")
    }
    return try corpus.statements(inFolder: files[0], split: split)
  }

  private func convert(to output: OutputFile, format: StatementFormat, task: String?) throws {
    var reading = RowReading(shared)
    if format == .csv || format == .tsv {
      // A table's columns are known only when all rows are.
      var statements: [Statement] = []
      try reading.read(files, format: dataFormat, task: task) { statements.append($0) }
      try reading.finish()
      try StatementWriter.write(statements, to: output, format: format, task: task)
    } else {
      var writer = try StatementWriter(output, format: format, columns: [], task: task)
      try reading.read(files, format: dataFormat, task: task) { try writer.write($0) }
      try output.flush()
      try reading.finish()
    }
  }
}
