import Foundation
import TestSupport
import Testing

/// Every option of every command comes from the environment and from a file as it does from the command line.
@Suite struct OptionSourcesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A command of the parser's own description.
  private struct Command: Decodable {
    var commandName: String
    var subcommands: [Command]?
    var arguments: [Option]?
  }

  private struct Option: Decodable {
    var kind: String
    var names: [Name]?
    var valueName: String?
    struct Name: Decodable { var kind: String; var name: String }
  }

  /// What each command needs besides options, with which it ends before it has done anything.
  private static let commands: [String: [String]] = [
    "score": ["none.txt"], "train": ["none.jsonl", "--task=t", "--output=out"],
    "evaluate": ["none.jsonl", "--model=m"],
    "compare": ["one", "another"], "runs list": [], "runs show": ["one"], "runs export": [], "runs reindex": [],
    "explain": ["text", "--model=none"], "segment": ["none.txt"], "data check": ["none.jsonl"],
    "data split": ["none.jsonl", "--folds=2", "--output=out"], "data convert": ["none.jsonl"],
    "data agreement": ["none.jsonl", "none.csv"], "data fetch": [], "model info": ["none"], "model verify": ["none"],
  ]

  /// The names of each command's options. Those that all commands share stand with the first command alone.
  private func described() throws -> [(path: [String], options: [(name: String, takesPairs: Bool)])] {
    struct Tool: Decodable { var command: Command }
    let outcome = try Binary.run(["--experimental-dump-help"])
    let tool = try JSONDecoder().decode(Tool.self, from: Data(outcome.output))
    func leaves(_ command: Command, _ path: [String]) -> [(path: [String], options: [(name: String, takesPairs: Bool)])]
    {
      // The command that shows help takes no options of ours.
      let subcommands = (command.subcommands ?? []).filter { $0.commandName != "help" }
      guard subcommands.isEmpty else { return subcommands.flatMap { leaves($0, path + [$0.commandName]) } }
      let options = (command.arguments ?? []).filter { $0.kind != "positional" }.flatMap { option in
        (option.names ?? []).filter { $0.kind == "long" && !["help", "version", "config"].contains($0.name) }
          .map { (name: $0.name, takesPairs: option.valueName?.contains("=") ?? false) }
      }
      return [(path, options)]
    }
    let commands = leaves(tool.command, [])
    #expect(Set(commands.map { $0.path.joined(separator: " ") }) == Set(Self.commands.keys))
    let shared = commands.reduce(Set(commands[0].options.map(\.name))) { $0.intersection($1.options.map(\.name)) }
    #expect(shared.isSuperset(of: ["seed", "threads", "format", "quiet", "max-line-bytes"]))
    return commands.enumerated().map { number, command in
      (command.path, command.options.filter { number == 0 || !shared.contains($0.name) })
    }
  }

  private func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Outcome {
    try Binary.run(
      arguments,
      environment: ["STANDPOINT_RUNS": folder.file("runs"), "STANDPOINT_MODELS": folder.path].merging(environment) {
        $1
      })
  }

  @Test("what the command line refuses as a value is refused from the environment by the variable's name, exit code 78")
  func environment() throws {
    var refused = 0
    for (path, options) in try described() {
      let needed = try #require(Self.commands[path.joined(separator: " ")])
      for name in options.map(\.name) where name != "output" {
        let rest = path + needed.filter { !$0.hasPrefix("--\(name)=") }
        let line = try run(rest + ["--\(name)=@@@"])
        let variable = "STANDPOINT_" + name.uppercased().replacing("-", with: "_")
        let outcome = try run(rest, [variable: "@@@"])
        if line.exitCode == 64 {
          refused += 1
          #expect(outcome.exitCode == 78 && outcome.errors.contains("\(variable): "), "\(path): \(outcome.errors)")
        } else {
          #expect(outcome.exitCode == line.exitCode, "\(path) \(name): \(outcome.errors)")
        }
      }
    }
    #expect(refused > 50)
  }

  @Test("a mapping is refused by file and key wherever an option does not take name=value")
  func mappings() throws {
    for (path, options) in try described() {
      let needed = try #require(Self.commands[path.joined(separator: " ")])
      // What stands below `model` is the section of the command of that name.
      for (name, takesPairs) in options where !takesPairs && name != "model" {
        let config = try folder.write("\(name): {one: 0.5}\n", to: "\(name).yaml")
        let outcome = try run(path + needed.filter { !$0.hasPrefix("--\(name)=") } + ["--config", config])
        #expect(
          outcome.exitCode == 78 && outcome.errors.contains("\(config): \(name): "), "\(path): \(outcome.errors)")
      }
    }
  }

  /// The settings of a model trained on the fixtures.
  private func trained(_ more: [String], _ environment: [String: String] = [:]) throws -> String {
    let model = folder.file("model")
    let outcome = try run(
      ["train", try Fixtures.data(), "--task", "stance", "--preset", "words", "--folds", "0", "--output", model] + more,
      environment)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    return try String(contentsOfFile: model + "/config.json", encoding: .utf8)
  }

  private func file(_ text: String) throws -> [String] {
    ["--config", try folder.write(text, to: "\(UUID().uuidString).yaml")]
  }

  @Test("a switch with a contrary is set either way, by either of its names; the command line wins")
  func switches() throws {
    let on = try trained(["--idf"])
    let off = try trained(["--no-idf"])
    #expect(on != off)
    for text in ["idf: false\n", "no-idf: true\n", "train:\n  idf: off\n"] { #expect(try trained(file(text)) == off) }
    for text in ["idf: true\n", "no-idf: false\n"] { #expect(try trained(file(text)) == on) }
    #expect(try trained([], ["STANDPOINT_IDF": "false"]) == off)
    #expect(try trained([], ["STANDPOINT_NO_IDF": "1"]) == off)
    #expect(try trained(["--idf"], ["STANDPOINT_IDF": "false"]) == on)
    #expect(try trained(["--idf"] + file("no-idf: true\n")) == on)
    #expect(try trained(file("no-idf: true\n"), ["STANDPOINT_IDF": "true"]) == on)
    #expect(try trained(file("punctuation: false\n")) == trained(["--no-punctuation"]))
    #expect(try trained([], ["STANDPOINT_C": "100"]) == trained(["--C", "100"]))
  }

  @Test("a mapping gives an option its name=value")
  func pairs() throws {
    let weighted = try trained(["--class-weight", "favor=2,against=1,none=0.5"])
    #expect(try trained(file("class-weight: {favor: 2, against: 1, none: 0.5}\n")) == weighted)
    #expect(try weighted != trained([]))
    let arguments = ["score", try Fixtures.data(), "--model", try Fixtures.stanceModel()]
    let abstaining = try run(arguments + ["--min-confidence", "none=1", "--min-confidence", "favor=1"])
    #expect(abstaining.text.contains("abstain"))
    #expect(try run(arguments + file("min-confidence:\n  none: 1\n  favor: 1\n")).output == abstaining.output)
  }

  @Test(
    "what a file or a variable says wrong is named with its place, exit code 78",
    arguments: [
      ("evaluate", "resamples", "-5"), ("evaluate", "errors", "-1"), ("train", "C", "-1"), ("train", "tol", "5"),
      ("train", "word-ngrams", "1-9"), ("train", "class-weight", "nobody=1"), ("evaluate", "format", "csv"),
      ("runs list", "sort", "nope"), ("runs list", "where", "nope=1"), ("data split", "folds", "@"),
      ("evaluate", "slice", "nope"), ("evaluate", "min-confidence", "nobody=0.5"),
    ])
  func values(command: String, name: String, value: String) throws {
    let arguments: [String: [String]] = [
      "evaluate": [try Fixtures.data(), "--model", try Fixtures.sourcingModel()],
      "train": [try Fixtures.data(), "--task", "stance", "--preset", "words", "--output", folder.file("model")],
      "runs list": [], "data split": [try Fixtures.data(), "--output", folder.file("parts")],
    ]
    let all = command.split(separator: " ").map(String.init) + (arguments[command] ?? [])
    let source = try file("\(name): \"\(value)\"\n")
    let fromFile = try run(all + source)
    #expect(fromFile.exitCode == 78 && fromFile.errors.contains("\(source[1]): \(name): "), "\(fromFile.errors)")
    let variable = "STANDPOINT_" + name.uppercased().replacing("-", with: "_")
    let fromVariable = try run(all, [variable: value])
    #expect(fromVariable.exitCode == 78 && fromVariable.errors.contains("\(variable): "), "\(fromVariable.errors)")
    #expect(try run(all + ["--\(name)=\(value)"]).exitCode == 64)
  }

  @Test(
    "a section that no command has is refused", arguments: ["trian: {C: 1}\n", "train: {folsd: 3}\n", "train: 5\n"])
  func sections(text: String) throws {
    let source = try file(text)
    let outcome = try run(
      ["train", try Fixtures.data(), "--task", "stance", "--output", folder.file("model")] + source)
    #expect(outcome.exitCode == 78 && outcome.errors.contains(source[1]), "\(outcome.errors)")
  }
}
