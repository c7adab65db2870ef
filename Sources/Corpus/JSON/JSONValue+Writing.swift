/// Writing JSON: the same value gives the same bytes, keys in the order of their Unicode scalars.
extension JSONValue {
  /// A number; one that JSON cannot hold (nothing, NaN, infinity) becomes `null`.
  package init(_ number: Double?) {
    guard let number, number.isFinite else {
      self = .null
      return
    }
    // A whole number is written without a fraction, as other tools do.
    self = .number(Int(exactly: number).map { String($0) } ?? "\(number)")
  }

  /// A whole number.
  package init(_ number: Int) { self = .number(String(number)) }

  /// A string, or `null`.
  package init(_ text: String?) { self = text.map { .string($0) } ?? .null }

  /// The value as JSON text.
  ///
  /// - Parameter indented: Whether members and elements stand on lines of their own; otherwise everything is one line.
  package func text(indented: Bool = false) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, indentation: indented ? 0 : nil)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the value as JSON on one line.
  package func write(to bytes: inout [UInt8]) { write(to: &bytes, indentation: nil) }

  private func write(to bytes: inout [UInt8], indentation: Int?) {
    switch self {
    case .null: bytes += "null".utf8
    case .boolean(let value): bytes += (value ? "true" : "false").utf8
    case .number(let spelling): bytes += spelling.utf8
    case .string(let text): JSONWriter.appendQuoted(text, to: &bytes)
    case .array(let elements):
      Self.write(
        elements, opening: UInt8(ascii: "["), closing: UInt8(ascii: "]"), to: &bytes, indentation: indentation
      ) { element, bytes, inner in
        element.write(to: &bytes, indentation: inner)
      }
    case .object(let members):
      Self.write(
        members.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) },
        opening: UInt8(ascii: "{"), closing: UInt8(ascii: "}"), to: &bytes, indentation: indentation
      ) { member, bytes, inner in
        JSONWriter.appendQuoted(member.key, to: &bytes)
        bytes += (inner == nil ? ":" : ": ").utf8
        member.value.write(to: &bytes, indentation: inner)
      }
    }
  }

  private static func write<Part>(
    _ parts: [Part], opening: UInt8, closing: UInt8, to bytes: inout [UInt8], indentation: Int?,
    part: (Part, inout [UInt8], Int?) -> Void
  ) {
    func newLine(_ level: Int) {
      bytes.append(UInt8(ascii: "\n"))
      for _ in 0..<level { bytes += "  ".utf8 }
    }
    bytes.append(opening)
    for (index, element) in parts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if let indentation { newLine(indentation + 1) }
      part(element, &bytes, indentation.map { $0 + 1 })
    }
    if let indentation, !parts.isEmpty { newLine(indentation) }
    bytes.append(closing)
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self.init(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(uniqueKeysWithValues: elements))
  }
}
