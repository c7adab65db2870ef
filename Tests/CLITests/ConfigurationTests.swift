import Foundation
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

  @Test("a configuration file that is not there, exit code 66")
  func missingFile() throws {
    let outcome = try Binary.run(["segment", article, "--config", folder.file("none.yaml")])
    #expect(outcome.exitCode == 66)
    #expect(outcome.errors.contains(folder.file("none.yaml")))
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

  @Test("--version tells the version alone")
  func version() throws {
    let outcome = try Binary.run(["--version"])
    #expect(outcome.exitCode == 0)
    #expect(outcome.lines.count == 1)
    #expect(outcome.text.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}
