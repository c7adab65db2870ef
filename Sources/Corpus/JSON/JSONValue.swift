/// A JSON value as a tree, for files whose rows are not flat. Numbers keep their spelling.
package enum JSONValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Reads one value, and nothing after it.
  ///
  /// - Throws: where the bytes are not JSON, or an object has a key twice. Bytes that are not UTF-8 are replaced by
  ///   U+FFFD: check them first where that matters.
  package init(_ bytes: Span<UInt8>) throws(JSONError) {
    var scanner = JSONScanner()
    self = try Self.value(&scanner, bytes)
    try scanner.end(in: bytes)
  }

  /// The member of an object.
  package subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The text of a string.
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The text of a string, or the spelling of a number or truth value.
  package var scalarText: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .boolean(let value): value ? "true" : "false"
    default: nil
    }
  }

  /// The value of a number.
  package var number: Double? {
    if case .number(let text) = self { Double(text) } else { nil }
  }

  /// The value of a number that is whole.
  package var integer: Int? { number.flatMap { Int(exactly: $0) } }

  /// The elements of an array.
  package var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  private static func value(_ scanner: inout JSONScanner, _ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
    switch try scanner.peek(in: bytes) {
    case .null:
      try scanner.null(in: bytes)
      return .null
    case .boolean: return .boolean(try scanner.boolean(in: bytes))
    case .number:
      let place = try scanner.number(in: bytes)
      var spelling: [UInt8] = []
      spelling.append(bytes, place)
      return .number(String(decoding: spelling, as: UTF8.self))
    case .string:
      try scanner.string(in: bytes)
      return .string(String(decoding: scanner.text, as: UTF8.self))
    case .array:
      var elements: [JSONValue] = []
      var first = true
      try scanner.beginArray(in: bytes)
      while try scanner.nextElement(in: bytes, first: &first) { elements.append(try value(&scanner, bytes)) }
      return .array(elements)
    case .object:
      var members: [String: JSONValue] = [:]
      var first = true
      try scanner.beginObject(in: bytes)
      while try scanner.nextKey(in: bytes, first: &first) {
        let key = String(decoding: scanner.text, as: UTF8.self)
        let offset = scanner.position
        let member = try value(&scanner, bytes)
        guard members.updateValue(member, forKey: key) == nil else {
          throw JSONError(reason: .duplicateKey(key), offset: offset)
        }
      }
      return .object(members)
    }
  }
}
