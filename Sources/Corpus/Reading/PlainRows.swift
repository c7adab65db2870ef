/// Statements as bare lines.
struct BareRows: RowReader {
  private var lines: LineReader
  private let purpose: ReadingPurpose

  init(_ lines: LineReader, purpose: ReadingPurpose) {
    self.lines = lines
    self.purpose = purpose
  }

  var line: Int { lines.number }
  var hasBufferedRow: Bool { lines.hasBufferedLine }
  var fractionRead: Double? { lines.fractionRead }

  mutating func next() throws(CorpusError) -> Statement? {
    guard try lines.advance() else { return nil }
    return Statement(id: String(line), text: try lines.text(repairing: purpose == .scoring))
  }
}

/// Statements as fastText writes them: `__label__name text`.
struct FastTextRows: RowReader {
  /// What stands before a label.
  static let prefix = "__label__"

  private var lines: LineReader
  private let task: String
  private let purpose: ReadingPurpose

  init(_ lines: LineReader, task: String, purpose: ReadingPurpose) {
    self.lines = lines
    self.task = task
    self.purpose = purpose
  }

  var line: Int { lines.number }
  var hasBufferedRow: Bool { lines.hasBufferedLine }
  var fractionRead: Double? { lines.fractionRead }

  mutating func next() throws(CorpusError) -> Statement? {
    while try lines.advance() {
      if purpose == .training && isBlank(lines.buffer.span.extracting(lines.line)) { continue }
      var rest = try lines.text(repairing: purpose == .scoring)[...]
      var labels: [String] = []
      while rest.hasPrefix(Self.prefix) {
        let word = rest.prefix { $0 != " " && $0 != "\t" }
        labels.append(String(word.dropFirst(Self.prefix.count)))
        rest = rest[word.endIndex...].drop { $0 == " " || $0 == "\t" }
      }
      if purpose == .training { try check(labels) }
      return Statement(
        id: String(line), text: String(rest), labels: purpose == .training ? [task: labels[0]] : [:])
    }
    return nil
  }

  private func check(_ labels: [String]) throws(CorpusError) {
    guard let label = labels.first, !label.isEmpty else {
      throw CorpusError(
        .missingLabel, file: lines.name, line: line, expected: "a line that begins with “\(Self.prefix)name ”",
        mend: "write the label before the text, or name another format")
    }
    guard labels.count == 1 else {
      throw CorpusError(
        .invalidValue, file: lines.name, line: line, column: task, expected: "one label", found: "\(labels.count)",
        mend: "keep one label a statement")
    }
  }
}
