import Foundation
import Glibc

/// The built binary.
enum Binary {
  /// Where it is: next to the tests' own executable.
  static func path() throws -> String {
    var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    var looked: [String] = []
    for candidate in testFolders(folder) {
      folder = candidate
      let path = folder.appendingPathComponent("standpoint").path
      looked.append(path)
      if FileManager.default.isExecutableFile(atPath: path) { return path }
    }
    throw HarnessError("the binary is not built: looked for \(looked.joined(separator: ", ")). Run `make build` first.")
  }

  /// The folders where the tests' executable can stand: the process itself, or the bundle that it was told to load.
  private static func testFolders(_ folder: URL) -> [URL] {
    let arguments = CommandLine.arguments.filter { $0.contains(".xctest") }
    let bundles = arguments.map { argument in
      var url = URL(fileURLWithPath: argument)
      while url.path.contains(".xctest") { url = url.deletingLastPathComponent() }
      return url
    }
    return [folder] + bundles
  }

  /// The environment of every run: nothing of the tester's own settings.
  static let environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color"]

  /// Runs the binary to its end.
  static func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], after preparation: String? = nil,
    output: RunningBinary.OutputPlace = .captured, errors: RunningBinary.OutputPlace = .captured,
    errorsToTerminal: Bool = false, timeLimit: Duration = .seconds(60)
  ) throws -> Outcome {
    let process = try RunningBinary(
      arguments, environment: environment, after: preparation, output: output, errors: errors,
      errorsToTerminal: errorsToTerminal, timeLimit: timeLimit)
    try process.write(input)
    return try process.finish()
  }

  /// Runs the binary with text as its standard input.
  static func run(_ arguments: [String], text: String, environment: [String: String] = [:]) throws -> Outcome {
    try run(arguments, input: Array(text.utf8), environment: environment)
  }
}
