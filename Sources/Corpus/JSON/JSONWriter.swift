/// Writes JSON piece by piece into one reusable buffer: the fast way to output lines.
///
/// Commas are placed by the writer. What is not UTF-8 is written as U+FFFD, so that the output always is.
package struct JSONWriter: Sendable {
  /// What has been written.
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Creates an empty writer.
  package init() {}

  /// Forgets what was written, keeping the buffer.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  /// Ends a line; the next value begins afresh.
  package mutating func newline() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  /// Writes `{`.
  package mutating func beginObject() { begin(UInt8(ascii: "{")) }
  /// Writes `}`.
  package mutating func endObject() { end(UInt8(ascii: "}")) }
  /// Writes `[`.
  package mutating func beginArray() { begin(UInt8(ascii: "[")) }
  /// Writes `]`.
  package mutating func endArray() { end(UInt8(ascii: "]")) }

  /// Writes the key of the value that follows.
  package mutating func key(_ name: String) {
    comma()
    Self.appendQuoted(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a string.
  package mutating func string(_ text: String) {
    comma()
    Self.appendQuoted(text, to: &bytes)
    needsComma = true
  }

  /// Writes bytes as a string.
  package mutating func string(utf8 text: Span<UInt8>) {
    comma()
    Self.appendQuoted(text, to: &bytes)
    needsComma = true
  }

  /// Writes a whole number.
  package mutating func integer(_ value: Int) { literal(String(value)) }

  /// Writes a number in the shortest spelling that gives it back.
  ///
  /// - Precondition: the number is finite, as JSON has no others.
  package mutating func number(_ value: Double) {
    precondition(value.isFinite, "JSON has no NaN and no infinity")
    literal(Int(exactly: value).map(String.init) ?? value.description)
  }

  /// Writes a number of single precision in the shortest spelling that gives it back.
  ///
  /// - Precondition: the number is finite, as JSON has no others.
  package mutating func number(_ value: Float) {
    precondition(value.isFinite, "JSON has no NaN and no infinity")
    literal(value.description)
  }

  /// Writes a number rounded to some decimals, without trailing zeros.
  ///
  /// - Precondition: the number is finite and, times 10^`decimals`, below 2^53.
  package mutating func number(_ value: Double, decimals: Int) {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded(.toNearestOrEven)
    precondition(scaled <= 0x1p53, "the number is too large to be rounded")
    comma()
    needsComma = true
    var digits = UInt64(scaled)
    if value < 0 && digits > 0 { bytes.append(UInt8(ascii: "-")) }
    var places = decimals
    while places > 0 && digits % 10 == 0 {
      digits /= 10
      places -= 1
    }
    let start = bytes.count
    var written = 0
    // Digits come from the right; the part is turned round at the end.
    while digits > 0 || written <= places {
      if written == places && places > 0 { bytes.append(UInt8(ascii: ".")) }
      bytes.append(UInt8(ascii: "0") + UInt8(digits % 10))
      digits /= 10
      written += 1
    }
    bytes[start...].reverse()
  }

  /// Writes `true` or `false`.
  package mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }

  /// Writes `null`.
  package mutating func null() { literal("null") }

  private mutating func literal(_ text: String) {
    comma()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func begin(_ bracket: UInt8) {
    comma()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func comma() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  /// Appends text in quotes; only what JSON demands is escaped.
  package static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
    appendQuoted(valid: text.utf8.span, to: &bytes)
  }

  /// Appends bytes in quotes, what is not UTF-8 as U+FFFD.
  package static func appendQuoted(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text)
      appendQuoted(valid: text, to: &bytes)
    } catch {
      appendQuoted(unsafe text.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }, to: &bytes)
    }
  }

  private static func appendQuoted(valid text: Span<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var runStart = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      bytes.append(text, runStart..<index)
      runStart = index + 1
      bytes.append(UInt8(ascii: "\\"))
      switch byte {
      case 0x08: bytes.append(UInt8(ascii: "b"))
      case 0x09: bytes.append(UInt8(ascii: "t"))
      case 0x0A: bytes.append(UInt8(ascii: "n"))
      case 0x0C: bytes.append(UInt8(ascii: "f"))
      case 0x0D: bytes.append(UInt8(ascii: "r"))
      case ..<0x20:
        bytes.append(contentsOf: "u00".utf8)
        bytes.append(UInt8(ascii: "0") + byte >> 4)
        let low = byte & 0xF
        bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
      default: bytes.append(byte)
      }
    }
    bytes.append(text, runStart..<text.count)
    bytes.append(UInt8(ascii: "\""))
  }
}
