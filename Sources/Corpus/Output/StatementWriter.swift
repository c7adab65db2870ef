/// Writes statements in any of the formats that `StatementReader` reads.
///
/// JSONL, CSV and TSV give back what was written. fastText's format and bare lines have no escaping: line breaks in a text
/// become spaces there, and everything but the text (and one label) is lost.
public struct StatementWriter {
  private let output: OutputFile
  private let format: StatementFormat
  private let task: String?
  private let columns: [Column]
  private var row: [UInt8] = []

  /// Begins the output; tables get their header.
  ///
  /// - Parameters:
  ///   - columns: the columns that a table needs: those that hold anything in these statements. JSONL has no columns.
  ///   - task: the label that fastText lines carry; needed for that format only.
  /// - Throws: `missingLabel` for fastText without a task; what writing throws.
  public init(
    _ output: OutputFile, format: StatementFormat, columns statements: [Statement], task: String? = nil
  ) throws(CorpusError) {
    self.output = output
    self.format = format
    self.task = task
    columns = format == .csv || format == .tsv ? Column.needed(by: statements) : []
    if format == .fastText && task == nil {
      throw CorpusError(.missingLabel, file: output.name, expected: "a task whose labels to write")
    }
    if !columns.isEmpty {
      for (index, column) in columns.enumerated() { appendCell(column.name, first: index == 0) }
      try endRow()
    }
  }

  /// Writes all of some statements into an output; the caller commits it.
  ///
  /// - Throws: what `init` and `write` throw.
  public static func write(
    _ statements: [Statement], to output: OutputFile, format: StatementFormat, task: String? = nil
  ) throws(CorpusError) {
    var writer = try StatementWriter(output, format: format, columns: statements, task: task)
    for statement in statements { try writer.write(statement) }
  }

  /// Writes one statement.
  ///
  /// - Throws: `missingLabel` and `invalidValue` where fastText's format cannot carry the statement, without a place, which
  ///   whoever has read the statement knows; what writing throws.
  public mutating func write(_ statement: Statement) throws(CorpusError) {
    switch format {
    case .jsonl: row.append(contentsOf: Self.jsonLine(statement))
    case .csv, .tsv:
      for (index, column) in columns.enumerated() {
        appendCell(column.value(of: statement), first: index == 0)
      }
    case .fastText: try appendFastText(statement)
    case .lines: appendUnbroken(statement.text)
    }
    try endRow()
  }

  /// A statement as one line of JSON, without newline: keys in a fixed order.
  package static func jsonLine(_ statement: Statement) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("id")
    json.string(statement.id)
    json.key("text")
    json.string(statement.text)
    if let target = statement.target {
      json.key("target")
      json.string(target)
    }
    if let span = statement.targetSpan {
      json.key("target_span")
      json.beginArray()
      json.integer(span.lowerBound)
      json.integer(span.upperBound)
      json.endArray()
    }
    if let group = statement.group {
      json.key("group")
      json.string(group)
    }
    if statement.weight != 1 {
      json.key("weight")
      json.number(statement.weight)
    }
    for task in Column.ordered(tasks: statement.labels.keys) {
      json.key(task)
      json.string(statement.labels[task]!)
    }
    for name in Column.sorted(statement.attributes.keys) {
      json.key(name)
      json.string(statement.attributes[name]!)
    }
    json.endObject()
    return json.bytes
  }

  private mutating func endRow() throws(CorpusError) {
    row.append(UInt8(ascii: "\n"))
    try output.write(row)
    row.removeAll(keepingCapacity: true)
  }

  private mutating func appendCell(_ text: String, first: Bool) {
    let separator = UInt8(ascii: format == .csv ? "," : "\t")
    if !first { row.append(separator) }
    // A table of one column would otherwise have a blank line, which readers pass over.
    if text.isEmpty && columns.count == 1 { return row.append(contentsOf: "\"\"".utf8) }
    TableCell.append(text, separator: separator, isForSpreadsheet: false, to: &row)
  }

  private mutating func appendFastText(_ statement: Statement) throws(CorpusError) {
    let task = task!
    guard let label = statement.labels[task] else {
      throw CorpusError(
        .missingLabel, column: task, found: "the statement \(statement.id)",
        mend: "label every statement, or write JSONL")
    }
    guard !label.isEmpty && !label.contains(where: \.isWhitespace) else {
      throw CorpusError(
        .invalidValue, column: task, expected: "a label without spaces",
        found: "“\(label)” of the statement \(statement.id)", mend: "rename the label, or write JSONL")
    }
    row.append(contentsOf: "\(FastTextRows.prefix)\(label) ".utf8)
    appendUnbroken(statement.text)
  }

  private mutating func appendUnbroken(_ text: String) {
    for byte in text.utf8 {
      row.append(byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") ? UInt8(ascii: " ") : byte)
    }
  }
}

extension StatementWriter {
  /// A column of a table of statements.
  private enum Column {
    case id, text, target, targetSpan, group, weight
    case label(String), attribute(String)

    var name: String {
      switch self {
      case .id: "id"
      case .text: "text"
      case .target: "target"
      case .targetSpan: "target_span"
      case .group: "group"
      case .weight: "weight"
      case .label(let name), .attribute(let name): name
      }
    }

    func value(of statement: Statement) -> String {
      switch self {
      case .id: statement.id
      case .text: statement.text
      case .target: statement.target ?? ""
      case .targetSpan: statement.targetSpan.map { "[\($0.lowerBound), \($0.upperBound)]" } ?? ""
      case .group: statement.group ?? ""
      case .weight: "\(statement.weight)"
      case .label(let task): statement.labels[task] ?? ""
      case .attribute(let name): statement.attributes[name] ?? ""
      }
    }

    /// The columns that hold anything, in a fixed order.
    static func needed(by statements: [Statement]) -> [Column] {
      var columns: [Column] = [.id, .text]
      if statements.contains(where: { $0.target != nil }) { columns.append(.target) }
      if statements.contains(where: { $0.targetSpan != nil }) { columns.append(.targetSpan) }
      if statements.contains(where: { $0.group != nil }) { columns.append(.group) }
      if statements.contains(where: { $0.weight != 1 }) { columns.append(.weight) }
      var tasks = Set<String>()
      var attributes = Set<String>()
      for statement in statements {
        tasks.formUnion(statement.labels.keys)
        attributes.formUnion(statement.attributes.keys)
      }
      columns += ordered(tasks: tasks).map { .label($0) }
      columns += sorted(attributes.subtracting(tasks)).map { .attribute($0) }
      return columns
    }

    /// The known tasks first, in their order, then the others by name.
    static func ordered(tasks: some Sequence<String>) -> [String] {
      let names = sorted(tasks)
      let known = LabelSet.Task.known
      return known.filter(names.contains) + names.filter { !known.contains($0) }
    }

    static func sorted(_ names: some Sequence<String>) -> [String] {
      names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }
}
