import Foundation

/// How a run of `standpoint` ended and what it said.
struct Outcome: Sendable {
  /// The exit code; 128 + the signal's number where a signal ended the process, as a shell would say.
  var exitCode: Int32
  /// Whether the process was ended by a signal: a crash, unless the test sent it.
  var wasKilled: Bool
  /// What it wrote to standard output.
  var output: [UInt8]
  /// What it wrote to standard error.
  var errors: String

  /// Standard output as text.
  var text: String { String(decoding: output, as: UTF8.self) }

  /// Standard output line by line.
  var lines: [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Each line of standard output as a JSON object.
  func objects() throws -> [[String: Any]] {
    try lines.map { line in
      guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
        throw HarnessError("not a JSON object: \(line)")
      }
      return object
    }
  }
}

/// What the harness itself could not do.
struct HarnessError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
