import ArgumentParser
import Foundation

/// The options that every command takes.
struct SharedOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: ArgumentHelp("Seed of everything random.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(parsing: .unconditional, help: ArgumentHelp("Threads to use; results do not depend on it.", valueName: "n"))
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: ArgumentHelp("Form of the output (see the command's discussion).", valueName: "format"))
  var format: OutputFormat?

  @Option(
    name: [.short, .long], help: ArgumentHelp("Write here instead of to standard output (-).", valueName: "path"),
    completion: .file())
  var output: String?

  @Flag(name: [.short, .long], help: "Say nothing on stderr but errors.")
  var quiet = false

  @Flag(name: .customLong("no-color"), help: "No colour.")
  var noColor = false

  @Option(help: ArgumentHelp("Read options from a YAML file.", valueName: "file"), completion: .file())
  var config: String?

  @Option(
    name: .customLong("max-line-bytes"), parsing: .unconditional,
    help: ArgumentHelp("Longest line that is read, in bytes.", valueName: "n"))
  var maximumLineBytes: Int = 1 << 20

  @Option(
    name: .customLong("on-error"),
    help: ArgumentHelp(
      """
      What a bad line does: `emit` an error in its place (score), or `fail`. Default: emit; of train and evaluate fail, where \
      emit leaves it out. Other commands that read data always fail.
      """, valueName: "emit|fail"))
  var onError: ErrorPolicy?

  @Option(
    name: .customLong("max-errors"), parsing: .unconditional,
    help: ArgumentHelp("Stop after so many bad lines.", valueName: "n"))
  var maximumErrors: Int?

  mutating func validate() throws {
    guard (1...1024).contains(threads) else { throw ValidationError("--threads: expected 1 to 1024, found \(threads)") }
    guard maximumLineBytes >= 16 else { throw ValidationError("--max-line-bytes: expected 16 or more") }
    guard output != "" else { throw ValidationError("--output: the name is empty; name a file or a folder") }
    if output == "-" { output = nil }
    if let maximumErrors, maximumErrors < 0 { throw ValidationError("--max-errors: expected 0 or more") }
  }

  /// The form of the output: what was asked for if the command offers it, else its default for a terminal or a pipe.
  func format(
    of offered: [OutputFormat], terminal: OutputFormat, pipe: OutputFormat
  ) throws -> OutputFormat {
    guard let format else { return output == nil && Terminal.standardOutputIsTerminal ? terminal : pipe }
    guard offered.contains(format) else {
      let names = offered.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--format: this command writes \(names); found \(format.rawValue)")
    }
    return format
  }
}

/// The forms in which commands write.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, jsonl, csv, html, markdown, latex, mlflow
}

/// What a bad line does.
enum ErrorPolicy: String, ExpressibleByArgument, CaseIterable {
  case emit, fail
}
