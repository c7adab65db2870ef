import TestSupport
import Testing

@Suite("progress of long commands")
struct ProgressTests {
  /// So many resamples of 180 statements take several seconds on any machine.
  private static func evaluation(_ options: [String] = []) throws -> [String] {
    [
      "evaluate", "--model", try Fixtures.sourcingModel(), try Fixtures.data(), "--resamples", "1500000", "--format",
      "json",
    ] + options
  }

  @Test("on a terminal, a line tells stage, share and time left, fits the width, and is wiped away in the end")
  func terminal() throws {
    let outcome = try Binary.run(
      Self.evaluation(), environment: Fixtures.runs(), errorsToTerminal: true, timeLimit: .seconds(240))
    #expect(outcome.exitCode == 0)
    let drawings = outcome.errors.split(separator: "\r\u{1B}[K", omittingEmptySubsequences: false)
    let lines = drawings.dropFirst().dropLast()
    try #require(!lines.isEmpty, "no progress was shown")
    let pattern = /resampling \[#*\.*\] \d+ %(, (\d+ h )?(\d+ min )?(\d+ s )?left)?/
    for line in lines {
      #expect(line.wholeMatch(of: pattern) != nil, "\(line)")
      #expect(line.count < 80)
    }
    #expect(lines.contains { $0.hasSuffix("left") })
    #expect(drawings.last == "", "nothing stays on the terminal")
  }

  @Test("--quiet and a dumb terminal show no progress", arguments: [["--quiet"], ["dumb"]])
  func silence(_ kind: [String]) throws {
    let outcome = try Binary.run(
      Self.evaluation(kind.filter { $0.hasPrefix("-") }),
      environment: Fixtures.runs().merging(kind == ["dumb"] ? ["TERM": "dumb"] : [:]) { $1 },
      errorsToTerminal: true, timeLimit: .seconds(240))
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors == "")
  }
}
