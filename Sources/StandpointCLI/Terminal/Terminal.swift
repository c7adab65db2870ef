import Corpus
import Foundation
import Glibc

/// What is known of the terminal, and how commands speak on stderr.
enum Terminal {
  static let standardOutputIsTerminal = isatty(STDOUT_FILENO) == 1
  static let standardErrorIsTerminal = isatty(STDERR_FILENO) == 1

  /// Whether colour is welcome on standard output.
  static func allowsColor(_ options: SharedOptions) -> Bool {
    let environment = ProcessInfo.processInfo.environment
    return standardOutputIsTerminal && !options.noColor && options.output == nil
      && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// The width in columns of the terminal that a stream writes to; 100 where there is none.
  static func width(of stream: CInt) -> Int {
    var size = winsize()
    guard unsafe ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 100 }
    return Int(size.ws_col)
  }

  /// Text that only shows: control characters become spaces.
  static func printable(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(scalars)
  }

  /// Writes a line to stderr.
  static func say(_ text: String) {
    ProgressLine.shared.clear()
    writeToStandardError(text + "\n")
  }

  /// Says that an article is not UTF-8, and what is made of it.
  static func tellOfRepair(_ damage: CorpusError) {
    say("standpoint: \(damage); until then such bytes are read as U+FFFD")
  }

  /// Writes to stderr. What cannot be written there is dropped: a message that nobody can read must not end the work.
  static func writeToStandardError(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
