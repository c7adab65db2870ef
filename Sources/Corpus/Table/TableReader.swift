/// Reads a table of separated values (RFC 4180) record by record, in bounded memory.
///
/// A field in double quotes may hold separators, newlines and doubled quotes. A quote within an unquoted field stands for
/// itself. What RFC 4180 leaves open is an error here, never a guess: text after a closing quote, a quote that is never
/// closed. Line ends are LF or CR LF.
package struct TableReader {
  /// The line on which the current record begins, from 1.
  package private(set) var line = 0
  /// How many fields the current record has.
  package var fieldCount: Int { record.ends.count }
  /// How messages name the source.
  package var name: String { lines.name }
  /// Whether nothing at all is in the source.
  package var isEmpty: Bool { lines.isEmpty }

  /// Whether the next line needs no further byte from the source.
  package var hasBufferedLine: Bool { lines.hasBufferedLine }
  /// Which share of the source has been read; nil where its size is not known.
  package var fractionRead: Double? { lines.fractionRead }

  private var lines: LineReader
  private var record: Record
  private let maximumRecordBytes: Int
  private var ended = false

  /// Takes the lines of a table.
  ///
  /// - Parameters:
  ///   - separator: the byte between fields.
  ///   - quoting: whether double quotes have a meaning; where not, no field can hold a separator or a newline.
  package init(
    _ lines: LineReader, separator: UInt8, quoting: Bool = true,
    maximumRecordBytes: Int = LineReader.defaultMaximumLineBytes
  ) {
    self.lines = lines
    self.maximumRecordBytes = maximumRecordBytes
    record = Record(separator: separator, quoting: quoting)
  }

  /// Goes to the next record.
  ///
  /// - Returns: false at the end.
  /// - Throws: `strayQuote` and `lineTooLong`, after which reading can go on; `unclosedQuote` and `readFailed`, after which
  ///   it is at its end.
  package mutating func advance() throws(CorpusError) -> Bool {
    guard !ended else { return false }
    record.clear()
    line = lines.number + 1
    while try lines.advance() {
      guard Self.feed(lines, into: &record) else {
        throw CorpusError(
          .strayQuote, file: name, line: lines.number, found: "field \(fieldCount + 1)",
          mend: "double the quotes inside a quoted field")
      }
      if !record.isInsideQuotes { return true }
      if record.bytes.count > maximumRecordBytes {
        ended = true
        throw unclosed(
          found: "no closing quote in \(maximumRecordBytes) bytes",
          orElse: ", or raise the limit (--max-line-bytes) if the field is so long")
      }
      record.appendNewline(carriageReturn: lines.terminatorBytes == 2)
    }
    ended = true
    if record.isInsideQuotes { throw unclosed(found: "no closing quote up to the end of the file") }
    return false
  }

  /// The text of a field of the current record.
  ///
  /// - Parameter repairing: whether invalid UTF-8 is replaced by U+FFFD instead of being an error.
  /// - Throws: `invalidUTF8`.
  package func text(_ field: Int, repairing: Bool = false) throws(CorpusError) -> String {
    let start = field == 0 ? 0 : record.ends[field - 1]
    return try String(
      record.bytes.span.extracting(start..<record.ends[field]), repairing: repairing, file: name, line: line)
  }

  /// The bytes of a field of the current record.
  package func bytes(_ field: Int) -> [UInt8] {
    Array(record.bytes[(field == 0 ? 0 : record.ends[field - 1])..<record.ends[field]])
  }

  /// The texts of all fields of the current record.
  package func texts(repairing: Bool = false) throws(CorpusError) -> [String] {
    var texts: [String] = []
    for field in 0..<fieldCount { texts.append(try text(field, repairing: repairing)) }
    return texts
  }

  /// Gives the current line to a record; a function of its own, so that the two are borrowed apart.
  private static func feed(_ lines: LineReader, into record: inout Record) -> Bool {
    record.feed(lines.buffer.span.extracting(lines.line), line: lines.number)
  }

  private func unclosed(found: String, orElse otherMend: String = "") -> CorpusError {
    CorpusError(
      .unclosedQuote, file: name, line: record.quoteLine, found: found,
      mend: "close the quote, or double it if it belongs to the text" + otherMend)
  }
}

extension TableReader {
  /// The fields of a record, end to end, while they are being read.
  private struct Record {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    /// The line of the last opening quote.
    var quoteLine = 0
    var isInsideQuotes = false
    let separator: UInt8
    let quoting: Bool

    init(separator: UInt8, quoting: Bool) {
      self.separator = separator
      self.quoting = quoting
    }

    mutating func clear() {
      bytes.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      isInsideQuotes = false
    }

    mutating func appendNewline(carriageReturn: Bool) {
      if carriageReturn { bytes.append(UInt8(ascii: "\r")) }
      bytes.append(UInt8(ascii: "\n"))
    }

    /// Reads a line; the record is whole unless it then stands inside quotes.
    ///
    /// - Returns: false if text follows a closing quote.
    mutating func feed(_ line: Span<UInt8>, line number: Int) -> Bool {
      let quote = UInt8(ascii: "\"")
      var index = 0
      var atStart = !isInsideQuotes
      while true {
        if isInsideQuotes {
          let start = index
          while index < line.count && line[index] != quote { index += 1 }
          bytes.append(line, start..<index)
          if index == line.count { return true }
          index += 1
          if index < line.count && line[index] == quote {
            bytes.append(quote)
            index += 1
            continue
          }
          isInsideQuotes = false
          if index < line.count && line[index] != separator { return false }
        } else if atStart && quoting && index < line.count && line[index] == quote {
          isInsideQuotes = true
          quoteLine = number
          atStart = false
          index += 1
          continue
        } else {
          let start = index
          while index < line.count && line[index] != separator { index += 1 }
          bytes.append(line, start..<index)
        }
        ends.append(bytes.count)
        if index == line.count { return true }
        index += 1
        atStart = true
      }
    }
  }
}
