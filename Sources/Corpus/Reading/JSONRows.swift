/// Statements as JSON objects, one a line.
struct JSONRows: RowReader {
  private var lines: LineReader
  private var scanner = JSONScanner()
  private let columns: ColumnRoles

  init(_ lines: LineReader, columns: ColumnRoles) {
    self.lines = lines
    self.columns = columns
  }

  var line: Int { lines.number }
  var hasBufferedRow: Bool { lines.hasBufferedLine }
  var fractionRead: Double? { lines.fractionRead }

  mutating func next() throws(CorpusError) -> Statement? {
    while try lines.advance() {
      if isBlank(lines.buffer.span.extracting(lines.line)) {
        if columns.purpose == .training { continue }
        throw CorpusError(.emptyLine, file: lines.name, line: line, expected: "a JSON object")
      }
      return try statement()
    }
    return nil
  }

  private mutating func statement() throws(CorpusError) -> Statement {
    if columns.purpose == .training { try checkUTF8() }
    do throws(RowFailure) {
      var row = JSONRow(file: lines.name, line: line, columns: columns, scanner: scanner)
      // The scanner's buffer goes into the row and back, so that it is allocated once for all rows.
      scanner = JSONScanner()
      defer { scanner = row.scanner }
      return try row.read(lines.buffer.span.extracting(lines.line))
    } catch {
      var failure =
        switch error {
        case .json(let failure): failure.corpusError(file: lines.name, line: line)
        case .corpus(let failure): failure
        }
      failure.id = id()
      throw failure
    }
  }

  /// The id of the current line, a row that is wrong somewhere, as far as it can be read.
  private func id() -> String? {
    let bytes = lines.buffer.span.extracting(lines.line)
    var row = JSONRow(file: lines.name, line: line, columns: columns, scanner: JSONScanner())
    return try? row.readID(bytes)
  }

  private func checkUTF8() throws(CorpusError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: lines.buffer.span.extracting(lines.line))
    } catch {
      let offset = error.byteOffsets.lowerBound
      throw CorpusError(
        .invalidUTF8, file: lines.name, line: line, byte: offset + 1,
        found: "byte 0x\(String(lines.buffer[lines.line.lowerBound + offset], radix: 16))",
        mend: "save the file as UTF-8")
    }
  }
}

/// Whether a line holds nothing but spaces and tabs.
func isBlank(_ line: Span<UInt8>) -> Bool {
  for index in line.indices where line[index] != UInt8(ascii: " ") && line[index] != UInt8(ascii: "\t") {
    return false
  }
  return true
}

private enum RowFailure: Error {
  case json(JSONError)
  case corpus(CorpusError)
}

/// One row while it is being read.
private struct JSONRow {
  let file: String
  let line: Int
  let columns: ColumnRoles
  var scanner: JSONScanner

  mutating func read(_ bytes: Span<UInt8>) throws(RowFailure) -> Statement {
    var statement = Statement(id: "", text: "")
    // Keys with a meaning of their own are few and short; only others need a set, and scoring reads none of those.
    var known: [String] = []
    var others = Set<String>()
    var hasID = false
    var hasText = false
    var textIsNull = false
    scanner.reset()
    try attempt { scanner throws(JSONError) in try scanner.beginObject(in: bytes) }
    var first = true
    while try attempt({ scanner throws(JSONError) in try scanner.nextKey(in: bytes, first: &first) }) {
      let reserved = columns.reservedRole(of: scanner.text)
      if reserved == .ignored {
        try attempt { scanner throws(JSONError) in try scanner.skipValue(in: bytes) }
        continue
      }
      let key = String(decoding: scanner.text, as: UTF8.self)
      let role = reserved ?? columns.role(of: key)
      let isNew: Bool
      switch role {
      case .label, .attribute: isNew = others.insert(key).inserted
      default:
        isNew = !known.contains(key)
        if isNew { known.append(key) }
      }
      guard isNew else {
        throw .corpus(
          CorpusError(.duplicateColumn, file: file, line: line, column: key, mend: "write each key once"))
      }
      let kind = try attempt { scanner throws(JSONError) in try scanner.peek(in: bytes) }
      if kind == .null {
        try attempt { scanner throws(JSONError) in try scanner.null(in: bytes) }
        if role == .text { textIsNull = true }
        continue
      }
      switch role {
      case .text:
        statement.text = try string(key, kind, bytes)
        hasText = true
      case .id:
        statement.id = try scalar(key, kind, bytes)
        hasID = true
      case .target: statement.target = try string(key, kind, bytes)
      case .targetSpan: statement.targetSpan = try span(kind, bytes)
      case .group: statement.group = try scalar(key, kind, bytes)
      case .weight:
        let text = try scalar(key, kind, bytes)
        do throws(CorpusError) {
          statement.weight = try checkedWeight(text, file: file, line: line)
        } catch {
          throw .corpus(error)
        }
      case .label(let task): statement.labels[task] = try scalar(key, kind, bytes)
      case .attribute(let name):
        if kind == .object || kind == .array {
          try attempt { scanner throws(JSONError) in try scanner.skipValue(in: bytes) }
        } else {
          statement.attributes[name] = try scalar(key, kind, bytes)
        }
      case .ignored: break
      }
    }
    try attempt { scanner throws(JSONError) in try scanner.end(in: bytes) }
    guard hasText else {
      throw .corpus(
        CorpusError(
          .missingColumn, file: file, line: line, column: "text", expected: "a string",
          found: textIsNull ? "null" : "the keys \((known + others.sorted()).joined(separator: ", "))",
          mend: "give each row its text"))
    }
    if !hasID { statement.id = String(line) }
    return statement
  }

  /// The row's id alone; nil where it has none.
  mutating func readID(_ bytes: Span<UInt8>) throws(RowFailure) -> String? {
    var first = true
    try attempt { scanner throws(JSONError) in try scanner.beginObject(in: bytes) }
    while try attempt({ scanner throws(JSONError) in try scanner.nextKey(in: bytes, first: &first) }) {
      guard columns.reservedRole(of: scanner.text) == .id else {
        try attempt { scanner throws(JSONError) in try scanner.skipValue(in: bytes) }
        continue
      }
      let kind = try attempt { scanner throws(JSONError) in try scanner.peek(in: bytes) }
      return try scalar("id", kind, bytes)
    }
    return nil
  }

  private mutating func attempt<Result>(
    _ body: (inout JSONScanner) throws(JSONError) -> Result
  ) throws(RowFailure) -> Result {
    do throws(JSONError) { return try body(&scanner) } catch { throw .json(error) }
  }

  private mutating func string(
    _ key: String, _ kind: JSONScanner.ValueKind, _ bytes: Span<UInt8>
  ) throws(RowFailure) -> String {
    guard kind == .string else { throw .corpus(wrongType(key, expected: "a string", found: kind)) }
    try attempt { scanner throws(JSONError) in try scanner.string(in: bytes) }
    return String(decoding: scanner.text, as: UTF8.self)
  }

  /// A string, or the spelling of a number or truth value.
  private mutating func scalar(
    _ key: String, _ kind: JSONScanner.ValueKind, _ bytes: Span<UInt8>
  ) throws(RowFailure) -> String {
    switch kind {
    case .string: return try string(key, kind, bytes)
    case .boolean:
      return try attempt { scanner throws(JSONError) in try scanner.boolean(in: bytes) } ? "true" : "false"
    case .number:
      let place = try attempt { scanner throws(JSONError) in try scanner.number(in: bytes) }
      var spelling: [UInt8] = []
      spelling.append(bytes, place)
      return String(decoding: spelling, as: UTF8.self)
    default: throw .corpus(wrongType(key, expected: "a string", found: kind))
    }
  }

  private mutating func span(_ kind: JSONScanner.ValueKind, _ bytes: Span<UInt8>) throws(RowFailure) -> Range<Int> {
    let expected = "[start, end], two whole numbers"
    guard kind == .array else { throw .corpus(wrongType("target_span", expected: expected, found: kind)) }
    var numbers: [Int] = []
    var first = true
    try attempt { scanner throws(JSONError) in try scanner.beginArray(in: bytes) }
    while try attempt({ scanner throws(JSONError) in try scanner.nextElement(in: bytes, first: &first) }) {
      let kind = try attempt { scanner throws(JSONError) in try scanner.peek(in: bytes) }
      guard kind == .number, let number = Int(try scalar("target_span", kind, bytes)) else {
        throw .corpus(wrongType("target_span", expected: expected, found: kind))
      }
      numbers.append(number)
    }
    guard numbers.count == 2 else {
      throw .corpus(
        CorpusError(
          .invalidValue, file: file, line: line, column: "target_span", expected: expected,
          found: "\(numbers.count) numbers"))
    }
    do throws(CorpusError) {
      return try checkedSpan(start: numbers[0], end: numbers[1], file: file, line: line)
    } catch {
      throw .corpus(error)
    }
  }

  private func wrongType(_ key: String, expected: String, found: JSONScanner.ValueKind) -> CorpusError {
    CorpusError(.invalidValue, file: file, line: line, column: key, expected: expected, found: "\(found)")
  }
}
