import Foundation
import Glibc
import TestSupport
import Testing

/// Options from the command line, from the environment and from a file.
@Suite struct ConfigurationTests {
  private let folder: TemporaryFolder
  private let article: String

  init() throws {
    folder = try TemporaryFolder()
    article = try folder.write("It rained. The dam held.\n", to: "article.txt")
  }

  /// Whether `segment` wrote text rather than JSON: what the option `format` decides.
  private func writesText(_ more: [String], _ environment: [String: String] = [:]) throws -> Bool {
    let outcome = try Binary.run(["segment", article] + more, environment: environment)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    return outcome.text.hasPrefix("0\t10\tIt rained.\n")
  }

  @Test("the command line wins over the environment, the environment over the file")
  func precedence() throws {
    let text = try folder.write("format: text\n", to: "text.yaml")
    #expect(try !writesText([]))
    #expect(try writesText(["--config", text]))
    #expect(try writesText(["--config=\(text)"]))
    #expect(try writesText([], ["STANDPOINT_CONFIG": text]))
    #expect(try writesText([], ["STANDPOINT_FORMAT": "text"]))
    #expect(try !writesText(["--config", text], ["STANDPOINT_FORMAT": "jsonl"]))
    #expect(try !writesText(["--format", "jsonl"], ["STANDPOINT_FORMAT": "text"]))
    #expect(try !writesText(["--config", text, "--format", "jsonl"]))
  }

  @Test("a file may set options for one command only")
  func commandSection() throws {
    let config = try folder.write("segment:\n  format: text\nscore:\n  format: csv\n", to: "sections.yaml")
    #expect(try writesText(["--config", config]))
  }

  @Test("a value that an option cannot have is the fault of the file or the variable that holds it, exit code 78")
  func badValue() throws {
    let config = try folder.write("threads: many\n", to: "value.yaml")
    let file = try Binary.run(["segment", article, "--config", config])
    #expect(file.exitCode == 78 && file.errors.contains(config) && file.errors.contains("--threads"), "\(file.errors)")
    let variable = try Binary.run(["segment", article], environment: ["STANDPOINT_MAX_LINE_BYTES": "3"])
    #expect(variable.exitCode == 78 && variable.errors.contains("STANDPOINT_MAX_LINE_BYTES"), "\(variable.errors)")
    let line = try Binary.run(["segment", article, "--threads", "many"], environment: ["STANDPOINT_FORMAT": "text"])
    #expect(line.exitCode == 64, "\(line.errors)")
  }

  @Test("an option that no command has is named, exit code 78")
  func unknownOption() throws {
    let config = try folder.write("fromat: text\n", to: "typo.yaml")
    let outcome = try Binary.run(["segment", article, "--config", config])
    #expect(outcome.exitCode == 78)
    #expect(outcome.errors.contains(config))
    #expect(outcome.errors.contains("fromat"))
    #expect(outcome.output.isEmpty)
  }

  @Test(
    "a file that is no YAML, or no table of options, exit code 78",
    arguments: ["{unclosed", "- a\n- b\n", "\u{FFFD}: [1"])
  func badFile(content: String) throws {
    let config = try folder.write(content, to: "bad.yaml")
    let outcome = try Binary.run(["segment", article, "--config", config])
    #expect(outcome.exitCode == 78)
    #expect(outcome.errors.contains(config))
  }

  @Test("a configuration file that is not there, or cannot be read: exit code 66, with the reason and the mend")
  func missingFile() throws {
    func check(_ path: String, _ reason: String, _ mend: String) throws {
      let outcome = try Binary.run(["segment", article, "--config", path])
      #expect(outcome.exitCode == 66 && outcome.output.isEmpty)
      #expect(outcome.errors.contains("\(path): cannot read this configuration file: \(reason)"), "\(outcome.errors)")
      #expect(outcome.errors.contains(mend), "\(outcome.errors)")
    }
    try check(folder.file("none.yaml"), "no such file", "check the path")
    try check(folder.path, "this is a folder", "name a file inside it")
    // Who may read everything is refused nothing.
    guard geteuid() != 0 else { return }
    let secret = try folder.write("format: text\n", to: "secret.yaml")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: secret)
    try check(secret, "the file may not be read", "check its permissions")
  }

  @Test("a configuration file may be a pipe")
  func pipe() throws {
    let outcome = try Binary.run(["segment", article, "--config", "/dev/stdin"], text: "\u{FEFF}format: text\n")
    #expect(outcome.exitCode == 0 && outcome.text.hasPrefix("0\t10\tIt rained.\n"), "\(outcome.errors)")
  }

  @Test("a setting without a value is not set", arguments: ["null", "~", "", "Null"])
  func noValue(none: String) throws {
    let plain = try folder.write("format: \(none)\nthreads: \(none)\n", to: "none.yaml")
    #expect(try !writesText(["--config", plain]))
    let section = try folder.write("format: text\nsegment:\n  format: \(none)\n", to: "section.yaml")
    #expect(try writesText(["--config", section]))
    let typo = try folder.write("fromat: \(none)\n", to: "typo.yaml")
    #expect(try Binary.run(["segment", article, "--config", typo]).exitCode == 78)
  }

  @Test("what has no value is left out of a list; in quotes it is a text")
  func noValueInList() throws {
    let arguments = ["score", article, "--input", "lines", "--model", try Fixtures.stanceModel(), "--format", "jsonl"]
    func output(_ text: String) throws -> [UInt8] {
      let outcome = try Binary.run(arguments + ["--config", try folder.write(text, to: "list.yaml")])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      return outcome.output
    }
    let dam = try Binary.run(arguments + ["--target", "the dam"]).output
    let null = try Binary.run(arguments + ["--target", "null"]).output
    #expect(!dam.isEmpty && dam != null)
    #expect(try output("target: [~, the dam, null]\n") == dam)
    #expect(try output("target: \"null\"\n") == null)
  }

  @Test("a switch takes true or false, exit code 78 for anything else")
  func badSwitch() throws {
    let outcome = try Binary.run(["segment", article], environment: ["STANDPOINT_QUIET": "perhaps"])
    #expect(outcome.exitCode == 78)
    #expect(outcome.errors.contains("STANDPOINT_QUIET"))
  }

  @Test(
    "wrong use of the command line says what was expected, exit code 64",
    arguments: [
      ["segment", "--format", "csv", "-"], ["segment", "--threads", "0", "-"], ["segment", "--nonsense"], ["nonsense"],
      ["data", "split", "x.jsonl", "--folds", "1", "--output", "x"], ["data", "split", "x.jsonl", "--folds", "3"],
      ["data", "split", "x.jsonl", "--fractions", "0.5,zero", "--output", "x"],
      ["data", "split", "x.jsonl", "--fractions", "-1,2", "--output", "x"], ["score", "--min-confidence", "-0.1"],
      ["data", "convert", "x.jsonl", "--from", "nobodys-corpus"],
      ["data", "convert", "x", "--from", "vast", "--split", "holdout"],
      ["data", "convert", "x.jsonl", "--split", "dev"],
      ["data", "fetch", "nobodys-corpus"], ["train", "x.jsonl"], ["evaluate", "x.jsonl"], ["model", "verify"],
      ["score", "x.jsonl", "--on-error", "ignore"],
    ])
  func usage(arguments: [String]) throws {
    let outcome = try Binary.run(arguments)
    #expect(outcome.exitCode == 64, "\(arguments): \(outcome.errors)")
    #expect(!outcome.errors.isEmpty)
    #expect(outcome.output.isEmpty)
  }

  @Test(
    "every command explains itself, with an example",
    arguments: [
      ["score"], ["train"], ["evaluate"], ["segment"], ["data", "check"], ["data", "split"], ["data", "convert"],
      ["data", "fetch"], ["model", "info"], ["model", "verify"],
    ])
  func help(command: [String]) throws {
    let outcome = try Binary.run(command + ["--help"])
    #expect(outcome.exitCode == 0)
    #expect(outcome.text.contains("USAGE: standpoint \(command.joined(separator: " "))"))
    #expect(outcome.text.contains("Example"))
    #expect(outcome.errors.isEmpty)
  }

  @Test("whatever names a file or a folder is completed as such in a shell")
  func completion() throws {
    struct Tool: Decodable { var command: Command }
    struct Command: Decodable {
      var commandName: String
      var subcommands: [Command]?
      var arguments: [Argument]?
    }
    struct Argument: Decodable {
      var valueName: String?
      var completionKind: [String: Extensions]?
      struct Extensions: Decodable {}
    }
    let tool = try JSONDecoder().decode(Tool.self, from: Data(Binary.run(["--experimental-dump-help"]).output))
    var named = 0
    func check(_ command: Command) {
      for argument in command.arguments ?? [] {
        let isFolder = ["dir", "folder", "run"].contains(argument.valueName)
        guard isFolder || ["file", "path", "data"].contains(argument.valueName) else { continue }
        named += 1
        #expect(
          argument.completionKind?.keys.first == (isFolder ? "directory" : "file"),
          "\(command.commandName): \(argument.valueName ?? "")")
      }
      for subcommand in command.subcommands ?? [] { check(subcommand) }
    }
    check(tool.command)
    #expect(named > 40)
    for shell in ["bash", "zsh", "fish"] {
      let outcome = try Binary.run(["--generate-completion-script", shell])
      #expect(outcome.exitCode == 0 && !outcome.output.isEmpty, "\(outcome.errors)")
    }
  }

  @Test("--version tells the version alone")
  func version() throws {
    let outcome = try Binary.run(["--version"])
    #expect(outcome.exitCode == 0)
    #expect(outcome.lines.count == 1)
    #expect(outcome.text.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}
