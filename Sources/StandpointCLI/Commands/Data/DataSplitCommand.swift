import ArgumentParser
import Corpus
import Foundation
import Reporting

/// `standpoint data split`.
struct DataSplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split", abstract: "Divide statements into parts that share no group and no text.",
    discussion: """
      Rows with the same `group` (their article) stay together, and so do rows with the same text, white space and case \
      apart, with the whole of their groups. Labels are spread evenly, and the same --seed gives the same parts \
      whatever the order of the rows. Writes a file \
      for each part into the folder --output, and a table of the parts (--format text or json) to standard output.

      Examples:
        standpoint data split all.jsonl --fractions 0.8,0.1,0.1 --names train,dev,test --output parts
        standpoint data split all.jsonl --folds 5 --task stance --output folds
      """)

  @Argument(help: ArgumentHelp("Files of statements; - is standard input.", valueName: "file"), completion: .file())
  var files: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How much each part gets; only their proportions matter.", valueName: "n,n,…"),
    transform: Self.fractions)
  var fractions: [Double]?

  @Option(
    help: ArgumentHelp("The parts' names. (default: train,test or train,dev,test)", valueName: "name,name,…"),
    transform: { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) })
  var names: [String]?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Make so many parts of equal size instead: fold-1, fold-2, ….", valueName: "n"))
  var folds: Int?

  @Option(
    help: ArgumentHelp(
      "Spread this task's labels. (default: the data's task, if they have one; sizes alone, if several)",
      valueName: "name"))
  var task: String?

  @Option(name: .customLong("data-format"), help: "How the data are written, where their names do not tell.")
  var dataFormat: StatementFormat?

  @Option(help: ArgumentHelp("How the parts are written.", valueName: "jsonl|csv|tsv|fasttext"))
  var to: StatementFormat = .jsonl

  @OptionGroup var shared: SharedOptions

  private static func fractions(_ text: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let value = Double(part), value > 0, value.isFinite else {
        throw ValidationError("--fractions: expected numbers above zero, found “\(part)”")
      }
      return value
    }
  }

  func validate() throws {
    guard shared.output != nil else { throw ValidationError("--output: name the folder for the parts") }
    if let folds {
      guard fractions == nil, names == nil else {
        throw ValidationError("--folds makes equal parts: leave out --fractions and --names")
      }
      guard (2...1000).contains(folds) else { throw ValidationError("--folds: expected 2 to 1000, found \(folds)") }
    } else {
      guard let fractions else { throw ValidationError("give --fractions, for instance 0.8,0.1,0.1, or --folds N") }
      guard fractions.count >= 2 else { throw ValidationError("--fractions: expected two numbers at least") }
      _ = try partNames()
    }
    guard to != .lines else { throw ValidationError("--to: bare lines cannot hold labels; use jsonl") }
    if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input can be read only once") }
  }

  private func partNames() throws -> [String] {
    if let folds { return (1...folds).map { "fold-\($0)" } }
    let count = fractions?.count ?? 0
    guard let names else {
      switch count {
      case 2: return ["train", "test"]
      case 3: return ["train", "dev", "test"]
      default: throw ValidationError("--names: name the \(count) parts")
      }
    }
    guard names.count == count else {
      throw ValidationError("--names: \(count) fractions need \(count) names, found \(names.count)")
    }
    guard Set(names).count == count, !names.contains(where: { $0.isEmpty || $0.contains("/") || $0.hasPrefix(".") })
    else { throw ValidationError("--names: expected different names of files, without “/”") }
    return names
  }

  func run() throws {
    let format = try shared.format(of: [.text, .json], terminal: .text, pipe: .text)
    var statements: [Statement] = []
    var reading = RowReading(shared)
    try reading.read(files, format: dataFormat, task: task) { statements.append($0) }
    try reading.finish()
    let task = try stratifyingTask(statements)
    let parts =
      if let folds {
        try Split.folds(of: statements, count: folds, task: task, seed: shared.seed)
      } else {
        try Split.parts(of: statements, shares: fractions ?? [], task: task, seed: shared.seed)
      }
    let written = zip(try partNames(), parts).map { name, rows in
      Part(name: name, statements: rows.map { statements[$0] }, task: task)
    }
    let paths = try write(written)
    let output = OutputFile.standardOutput()
    try output.write(format == .json ? json(written, paths, task: task) : text(written, paths))
    try output.commit()
  }

  /// The task whose labels are spread.
  private func stratifyingTask(_ statements: [Statement]) throws -> String? {
    let carried = Set(statements.flatMap(\.labels.keys)).sorted()
    guard let task else { return carried.count == 1 ? carried[0] : nil }
    guard carried.contains(task) else {
      throw CorpusError(
        .missingLabel, file: files.joined(separator: ", "), column: task, expected: "a label for the task",
        found: carried.isEmpty ? "no task in the data" : "labels for \(carried.joined(separator: ", "))",
        mend: "name a task that the data carry")
    }
    return task
  }

  // MARK: Writing

  /// Writes all parts; none takes its place before all are whole.
  private func write(_ parts: [Part]) throws -> [String] {
    let folder = shared.output ?? ""
    let paths = parts.map { "\(folder)/\($0.name).\(to == .fastText ? "txt" : to.rawValue)" }
    let inputs = Set(files.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path })
    for path in paths where inputs.contains(URL(fileURLWithPath: path).resolvingSymlinksInPath().path) {
      throw Failure(
        .cannotCreate, "\(path): a part would take the place of the input: choose another folder or --names")
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "\(folder): this folder cannot be created: \(error.localizedDescription)")
    }
    Interrupt.poll()
    var outputs: [OutputFile] = []
    for (part, path) in zip(parts, paths) {
      try Interrupt.check()
      let output = try OutputFile(path: path)
      try StatementWriter.write(part.statements, to: output, format: to, task: task ?? part.task)
      outputs.append(output)
    }
    try Interrupt.check()
    for output in outputs { try output.commit() }
    return paths
  }

  // MARK: Saying what was done

  /// One part.
  private struct Part {
    let name: String
    let statements: [Statement]
    let task: String?

    var groupCount: Int { Set(statements.compactMap(\.group)).count }

    func count(of label: String) -> Int { statements.count { $0.labels[task ?? ""] == label } }
  }

  private func labels(_ parts: [Part]) -> [String] {
    guard let task = parts.first?.task,
      let labels = try? LabelSet(learntFrom: parts.lazy.flatMap(\.statements), task: task)
    else { return [] }
    return labels.names
  }

  private func text(_ parts: [Part], _ paths: [String]) -> String {
    let labels = labels(parts)
    var table = Table(
      [.words("part"), .numbers("rows"), .numbers("groups")] + labels.map { .numbers($0) } + [.words("file")])
    for (part, path) in zip(parts, paths) {
      table.append(
        [part.name, String(part.statements.count), String(part.groupCount)]
          + labels.map { String(part.count(of: $0)) } + [path])
    }
    // The table goes to standard output; --output is the parts' folder.
    var shared = shared
    shared.output = nil
    return table.text(colored: Terminal.allowsColor(shared))
  }

  private func json(_ parts: [Part], _ paths: [String], task: String?) -> String {
    let labels = labels(parts)
    let value: JSONValue = .object([
      "task": JSONValue(task), "seed": .number(String(shared.seed)),
      "parts": .array(
        zip(parts, paths).map { part, path in
          .object([
            "name": .string(part.name), "file": .string(path), "rows": JSONValue(part.statements.count),
            "groups": JSONValue(part.groupCount),
            "labels": .object(Dictionary(uniqueKeysWithValues: labels.map { ($0, JSONValue(part.count(of: $0))) })),
          ])
        }),
    ])
    return value.text(indented: true) + "\n"
  }
}
