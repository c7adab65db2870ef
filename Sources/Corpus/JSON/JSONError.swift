/// Why bytes are not JSON, and where.
package struct JSONError: Error, Equatable, Sendable {
  /// What is wrong.
  package var reason: Reason
  /// The byte at which it is wrong, from 0.
  package var offset: Int

  /// Creates an error.
  package init(reason: Reason, offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// What can be wrong.
  package enum Reason: Equatable, Sendable {
    case unexpectedEnd
    case unexpectedByte(UInt8)
    case expected(UInt8, found: UInt8)
    case controlCharacter(UInt8)
    case unknownEscape(UInt8)
    case loneSurrogate
    case tooDeep
    case textAfterEnd
    case duplicateKey(String)
  }

  /// What is wrong, in words.
  package var message: String {
    switch reason {
    case .unexpectedEnd: "the text ends in the middle of a value"
    case .unexpectedByte(let byte): "unexpected \(Self.name(byte))"
    case .expected(let byte, let found): "expected \(Self.name(byte)), found \(Self.name(found))"
    case .controlCharacter(let byte): "\(Self.name(byte)) must be escaped in a string"
    case .unknownEscape(let byte): "no escape is written with \(Self.name(byte))"
    case .loneSurrogate: "half a surrogate pair, which is no character"
    case .tooDeep: "more than \(JSONScanner.maximumDepth) levels of nesting"
    case .textAfterEnd: "more text after the end of the value"
    case .duplicateKey(let key): "the key “\(key)” stands twice"
    }
  }

  /// The error of a row.
  package func corpusError(file: String, line: Int) -> CorpusError {
    CorpusError(
      .invalidJSON, file: file, line: line, byte: offset + 1, found: message,
      mend: "write one JSON object on each line")
  }

  private static func name(_ byte: UInt8) -> String {
    (0x21..<0x7F).contains(byte)
      ? "“\(Unicode.Scalar(byte))”" : "byte 0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
