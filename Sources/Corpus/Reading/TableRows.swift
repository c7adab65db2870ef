/// Statements as records of a table with a header.
struct TableRows: RowReader {
  private var table: TableReader
  private let columns: ColumnRoles
  private let names: [String]
  private let roles: [ColumnRoles.Role]

  init(_ table: TableReader, columns: ColumnRoles) throws(CorpusError) {
    self.table = table
    self.columns = columns
    guard try self.table.advance() else {
      throw CorpusError(.empty, file: table.name, expected: "a header", mend: "name the columns in the first line")
    }
    names = try self.table.texts().map { String($0.trimming(while: \.isWhitespace)) }
    var seen = Set<String>()
    for name in names where !name.isEmpty && !seen.insert(name).inserted {
      throw CorpusError(
        .duplicateColumn, file: table.name, line: 1, column: name, mend: "give each column its own name")
    }
    guard seen.contains("text") else {
      throw CorpusError(
        .missingColumn, file: table.name, line: 1, column: "text",
        found: "the columns \(names.joined(separator: ", "))", mend: "name the column of the statements “text”")
    }
    roles = names.map { $0.isEmpty ? .ignored : columns.role(of: $0) }
  }

  var line: Int { table.line }
  var hasBufferedRow: Bool { table.hasBufferedLine }
  var fractionRead: Double? { table.fractionRead }

  mutating func next() throws(CorpusError) -> Statement? {
    while try table.advance() {
      if table.fieldCount == 1 && names.count > 1, try field(0).allSatisfy(\.isWhitespace) { continue }
      guard table.fieldCount == names.count else {
        // Which field is which cannot be told, but for the first.
        throw CorpusError(
          .raggedRow, file: table.name, line: line, id: roles.first == .id ? id() : nil,
          expected: "\(names.count) fields as in the header", found: "\(table.fieldCount)",
          mend: "quote fields that hold a separator, a quote or a newline")
      }
      do throws(CorpusError) {
        return try statement()
      } catch {
        var failure = error
        failure.id = id()
        throw failure
      }
    }
    return nil
  }

  private func field(_ index: Int) throws(CorpusError) -> String {
    try table.text(index, repairing: columns.purpose == .scoring)
  }

  /// The id that the record gives itself, if it can be read.
  private func id() -> String? {
    guard let index = roles.firstIndex(of: .id), let id = try? field(index), !id.isEmpty else { return nil }
    return id
  }

  private func statement() throws(CorpusError) -> Statement {
    var statement = Statement(id: String(line), text: "")
    for (index, role) in roles.enumerated() where role != .ignored {
      let text = try field(index)
      if text.isEmpty { continue }
      switch role {
      case .id: statement.id = text
      case .text: statement.text = text
      case .target: statement.target = text
      case .targetSpan: statement.targetSpan = try span(text)
      case .group: statement.group = text
      case .weight: statement.weight = try checkedWeight(text, file: table.name, line: line)
      case .label(let task): statement.labels[task] = text
      case .attribute(let name): statement.attributes[name] = text
      case .ignored: break
      }
    }
    return statement
  }

  /// Reads `[start, end]`, written as in JSON.
  private func span(_ text: String) throws(CorpusError) -> Range<Int> {
    let inner = text.trimming { $0 == "[" || $0 == "]" || $0.isWhitespace }
    let numbers = inner.split(separator: ",").map { Int($0.trimming(while: \.isWhitespace)) }
    guard numbers.count == 2, let start = numbers[0], let end = numbers[1] else {
      throw CorpusError(
        .invalidValue, file: table.name, line: line, column: "target_span", expected: "[start, end]",
        found: "“\(text)”")
    }
    return try checkedSpan(start: start, end: end, file: table.name, line: line)
  }
}

extension StringProtocol {
  /// The text without the characters at its two ends that satisfy a condition.
  func trimming(while condition: (Character) -> Bool) -> SubSequence {
    guard let first = firstIndex(where: { !condition($0) }), let last = lastIndex(where: { !condition($0) }) else {
      return self[startIndex..<startIndex]
    }
    return self[first...last]
  }
}
