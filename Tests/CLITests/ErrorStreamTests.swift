import Foundation
import TestSupport
import Testing

/// A message that cannot be written to stderr is dropped: the work goes on, and the exit code says how it ended.
@Suite struct ErrorStreamTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs the binary with a stderr that takes nothing, in each of the ways in which there can be none.
  private func outcomes(_ arguments: [String], input: String = "") throws -> [Outcome] {
    let (input, environment) = (Array(input.utf8), try Fixtures.runs())
    let unread = try RunningBinary(arguments, environment: environment)
    unread.closeErrors()
    try unread.write(input)
    return try [unread.finish()]
      + [RunningBinary.OutputPlace.closed, .file("/dev/full")].map {
        try Binary.run(arguments, input: input, environment: environment, errors: $0)
      }
  }

  @Test("errors of a command, of the command line and of a gate keep their exit codes")
  func errors() throws {
    for outcome in try outcomes(["segment", folder.file("none.txt")]) { #expect(outcome.exitCode == 66) }
    for outcome in try outcomes(["segment", "--nonsense"]) { #expect(outcome.exitCode == 64) }
    for outcome in try outcomes(["evaluate", "x.jsonl", "-m", "m", "--errors", "-1"]) {
      #expect(outcome.exitCode == 64)
    }
    let rows = "{\"text\":\"It rained.\"}\n{\"text\":\n"
    for outcome in try outcomes(["data", "check", "-", "--data-format", "jsonl", "--strict"], input: rows) {
      #expect(outcome.exitCode == 1)
      #expect(outcome.text.contains("1 error"))
    }
  }

  @Test("training says what it has to say and goes on")
  func warnings() throws {
    let model = folder.file("model")
    let options = ["--task", "sourcing", "--preset", "words", "--target-parts", "--folds", "0", "--output", model]
    for outcome in try outcomes(["train", try Fixtures.data()] + options) { #expect(outcome.exitCode == 0) }
    #expect(FileManager.default.fileExists(atPath: model + "/manifest.json"))
  }
}
