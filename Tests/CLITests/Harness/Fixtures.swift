import Foundation
import TestSupport

/// What the tests share: invented statements and models trained on them, made once.
///
/// The models are tiny, so no test expects a particular label of them.
enum Fixtures {
  /// A folder that lasts as long as the tests.
  static let folder = Result { try TemporaryFolder() }

  /// Names that no reader can mistake for a real party of a dispute.
  private static let people = ["Ada Brenn", "Tomas Iquar", "Lena Voss", "Pavel Durin", "Mira Solent"]
  private static let bodies = ["the harbour board", "the ferry company", "the city council", "the miners' union"]
  private static let projects = ["the bridge", "the tram line", "the new quarry", "the night ferry", "the dam"]

  /// Invented statements as JSONL, with sourcing, stance, target and group; the same seed gives the same rows.
  static func statements(count: Int, seed: UInt64 = 1) -> String {
    var generator = SeededGenerator(seed: seed)
    func pick(_ list: [String]) -> String { list.randomElement(using: &generator) ?? "" }
    var rows = ""
    for index in 0..<count {
      let project = pick(projects)
      let (words, stance) = [
        ("will serve everyone", "favor"), ("must be stopped", "against"), ("opens in May", "none"),
      ][
        index % 3]
      let (text, sourcing) =
        switch (index / 3) % 3 {
        case 0: ("\\\"\(project) \(words),\\\" said \(pick(people)) at meeting \(index).", "person")
        case 1: ("According to \(pick(bodies)), \(project) \(words), as item \(index) shows.", "organization")
        default: ("On day \(index), \(project) \(words).", "unattributed")
        }
      rows += """
        {"id":"s\(index)","text":"\(text)","target":"\(project)","group":"article-\(index / 6)",\
        "sourcing":"\(sourcing)","stance":"\(stance)"}

        """
    }
    return rows
  }

  /// The path of a file of invented statements.
  static func data() throws -> String { try dataFile.get() }

  /// The directory of a model of the task `sourcing`, which needs no target.
  static func sourcingModel() throws -> String { try sourcing.get() }

  /// The directory of a model of the task `stance`, which needs a target.
  static func stanceModel() throws -> String { try stance.get() }

  private static let dataFile = Result { try folder.get().write(statements(count: 180), to: "data.jsonl") }
  private static let sourcing = Result { try train("sourcing") }
  private static let stance = Result { try train("stance") }

  private static func train(_ task: String) throws -> String {
    let path = try folder.get().file("model-\(task)")
    let outcome = try Binary.run(
      ["train", try data(), "--task", task, "--output", path, "--word-vectors", "none", "--quiet"],
      environment: runs(), timeLimit: .seconds(120))
    guard outcome.exitCode == 0 else { throw HarnessError("no model for the tests: \(outcome.errors)") }
    return path
  }

  /// An environment that keeps runs out of the way.
  static func runs() throws -> [String: String] { ["STANDPOINT_RUNS": try folder.get().file("runs")] }

  /// A copy of a model directory that a test may damage.
  static func copy(of model: String, in folder: TemporaryFolder, named name: String = "model") throws -> String {
    let path = folder.file(name)
    try FileManager.default.copyItem(atPath: model, toPath: path)
    return path
  }

  /// A command that reads a file of statements or text, by its name: its arguments with `FILE` for the file.
  ///
  /// What is true of bad input is true of all of them.
  static func readingCommands() throws -> [String: [String]] {
    let folder = try folder.get()
    return [
      "score": ["score", "FILE", "--input", "jsonl", "--model", try sourcingModel()],
      "score article": ["score", "FILE", "--input", "article", "--model", try sourcingModel()],
      "score lines": ["score", "FILE", "--input", "lines", "--model", try sourcingModel()],
      "train": ["train", "FILE", "--task", "sourcing", "--output", folder.file("never")],
      "evaluate": ["evaluate", "--model", try sourcingModel(), "FILE", "--resamples", "0"],
      "segment": ["segment", "FILE"],
      "data check": ["data", "check", "FILE"],
      "data split": ["data", "split", "FILE", "--folds", "2", "--output", folder.file("never")],
      "data convert": ["data", "convert", "FILE"],
    ]
  }

  /// The names of the commands that read a file, for arguments of tests.
  static let readers = [
    "score", "score article", "score lines", "train", "evaluate", "segment", "data check", "data split", "data convert",
  ]
  /// Those of them that read labelled rows.
  static let rowReaders = ["train", "evaluate", "data check", "data split", "data convert"]

  /// Runs a command that reads a file.
  static func run(_ command: String, file: String, input: [UInt8] = [], _ more: [String] = []) throws -> Outcome {
    guard let arguments = try readingCommands()[command] else { throw HarnessError("no command \(command)") }
    return try Binary.run(
      arguments.map { $0 == "FILE" ? file : $0 } + more, input: input, environment: runs(), timeLimit: .seconds(120))
  }
}
