import ArgumentParser
import Corpus
import Foundation
import ModelStore
import Reporting

/// `standpoint data fetch`.
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Say where a public corpus is to be had, and verify the files that were got.",
    discussion: """
      Standpoint never uses the network: this prints the addresses, licence, citation and checksums of a corpus; get the \
      files with a tool of your choice and give their folder to have every byte verified (exit code 66 where a file is \
      missing, 65 where one is another than expected). Without a name, all corpora are listed. --format text or json.

      Examples:
        standpoint data fetch newsmtsc
        standpoint data fetch newsmtsc corpora/newsmtsc
      """)

  @Argument(help: ArgumentHelp("The corpus.", valueName: "name"))
  var name: String?

  @Argument(help: ArgumentHelp("The folder of its files, to verify them.", valueName: "folder"), completion: .directory)
  var folder: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard let name else { return }
    _ = try Self.entry(name)
  }

  private static func entry(_ name: String) throws -> CorpusRegister.Entry {
    let corpora = try CorpusRegister.builtIn().corpora
    if let entry = corpora.first(where: { $0.name == name }) { return entry }
    throw ValidationError(
      "no corpus is called “\(name)”: expected one of \(corpora.map(\.name).joined(separator: ", "))")
  }

  func run() throws {
    let format = try shared.format(of: [.text, .json], terminal: .text, pipe: .text)
    let output = try shared.openOutput()
    guard let name else {
      let corpora = try CorpusRegister.builtIn().corpora
      try output.write(format == .json ? json(corpora) : list(corpora))
      return try output.commit()
    }
    let entry = try Self.entry(name)
    guard let folder else {
      try output.write(format == .json ? json(entry) : text(entry))
      return try output.commit()
    }
    let states = try entry.files.map { (file: $0, state: try Self.state(of: $0, in: folder)) }
    try output.write(format == .json ? json(states, folder) : text(states, folder))
    try output.commit()
    if let bad = states.first(where: { $0.state == .differs }) ?? states.first(where: { $0.state == .missing }) {
      throw Failure(
        bad.state == .missing ? .noInput : .badData,
        "\(folder)/\(bad.file.name): \(bad.state.rawValue); get it from \(bad.file.published.address)")
    }
  }

  // MARK: Verifying

  /// What a local file is.
  private enum State: String {
    case intact = "as expected"
    case missing = "missing"
    case differs = "not the expected bytes"
  }

  private static func state(of file: CorpusRegister.File, in folder: String) throws -> State {
    let path = "\(folder)/\(file.name)"
    guard FileManager.default.fileExists(atPath: path) else { return .missing }
    let mapped = try MappedFile(path: path)
    guard mapped.count == file.bytes else { return .differs }
    return unsafe sha256Hexadecimal(mapped.bytes) == file.sha256 ? .intact : .differs
  }

  private func text(_ states: [(file: CorpusRegister.File, state: State)], _ folder: String) -> String {
    states.map { "\(folder)/\($0.file.name): \($0.state.rawValue)\n" }.joined()
  }

  private func json(_ states: [(file: CorpusRegister.File, state: State)], _ folder: String) -> String {
    let files = states.map { file, state -> JSONValue in
      [
        "file": .string("\(folder)/\(file.name)"), "state": .string(state.rawValue),
        "intact": .boolean(state == .intact),
      ]
    }
    return JSONValue.object(["files": .array(files)]).text(indented: true) + "\n"
  }

  // MARK: Saying what there is

  private func list(_ corpora: [CorpusRegister.Entry]) -> String {
    var table = Table([.words("corpus"), .words("task"), .words("data convert"), .words("title"), .words("licence")])
    for corpus in corpora {
      table.append([
        corpus.name, corpus.task ?? "–", corpus.importer == nil ? "no" : "yes", corpus.title, corpus.licence,
      ])
    }
    return table.text(colored: Terminal.allowsColor(shared))
  }

  private func text(_ corpus: CorpusRegister.Entry) -> String {
    var text = "\(corpus.title)\n\nTask: \(corpus.task ?? "–")\nMetric: \(corpus.metric ?? "–")\n"
    text += "Licence: \(corpus.licence)\nCitation: \(corpus.citation)\n"
    for file in corpus.files {
      text += "\n\(file.name)\n  \(file.published.address)\n  \(file.bytes) bytes, SHA-256 \(file.sha256)\n"
      if let note = file.published.note { text += "  Differs from what is published there: \(note)\n" }
    }
    if let importer = corpus.importer, let parts = PublicCorpus(rawValue: importer)?.splits {
      text += "\nRead it with: standpoint data convert --from \(importer) --split \(parts[0]) FOLDER --output PATH\n"
      text += "Parts: \(parts.joined(separator: ", "))\n"
    }
    return text
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
