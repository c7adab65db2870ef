/// Reads statements one by one from a file or standard input, in bounded memory.
///
///     var reader = try StatementReader(.file("train.jsonl"), tasks: ["stance"])
///     while let statement = try reader.next() { … }
///
/// The columns (or keys) `id`, `text`, `target`, `target_span`, `group` and `weight` have their own meaning. A column named
/// as one of `tasks`, or `sourcing` or `stance`, is a label; any other with a text, number or truth value is an attribute.
/// `target_span` is `[start, end)` in Unicode code points of `text`. An empty cell of a table, or `null`, is no value, and a
/// target of nothing but white space is none.
public struct StatementReader {
  /// The line of the statement (or of the error) that came last, from 1.
  public private(set) var line = 0
  /// How messages name the source.
  public let name: String
  /// How the statements are written.
  public let format: StatementFormat

  /// The names of columns that have a meaning of their own, and so cannot be those of tasks.
  public static let reservedColumns: Set<String> = ["id", "text", "target", "target_span", "group", "weight"]

  private var rows: any RowReader

  /// Opens a source.
  ///
  /// - Parameters:
  ///   - format: how the statements are written; guessed from the file's name where nil.
  ///   - tasks: the columns that are labels, beside `sourcing` and `stance`.
  ///   - purpose: what the statements are read for.
  ///   - maximumLineBytes: the longest line or record that is read.
  /// - Throws: what opening throws; `unknownFormat`; for training `empty` and `binary`; for a table what is wrong with its
  ///   header.
  public init(
    _ source: InputSource, format: StatementFormat? = nil, tasks: [String] = [], purpose: ReadingPurpose = .training,
    maximumLineBytes: Int = 1 << 24
  ) throws(CorpusError) {
    let chosen: StatementFormat
    if let format {
      chosen = format
    } else {
      do throws(CorpusError) {
        chosen = try .guessed(from: source, purpose: purpose)
      } catch {
        // That a file is missing is a clearer complaint than that its format cannot be told. It is opened only here: a
        // pipe that is opened and closed again would lose its writer.
        _ = try ByteSource(source)
        throw error
      }
    }
    self.format = chosen
    name = source.name
    let isTable = chosen == .csv || chosen == .tsv
    let lines = try LineReader(
      source, maximumLineBytes: maximumLineBytes, refusesBinary: purpose == .training || isTable)
    if lines.isEmpty && (purpose == .training || isTable) {
      throw CorpusError(.empty, file: name, expected: "statements", mend: "check how the file was made")
    }
    let columns = ColumnRoles(labels: Set(tasks).union(LabelSet.Task.known), purpose: purpose)
    switch chosen {
    case .jsonl: rows = JSONRows(lines, columns: columns)
    case .csv, .tsv:
      let table = TableReader(
        lines, separator: UInt8(ascii: chosen == .csv ? "," : "\t"), maximumRecordBytes: maximumLineBytes)
      rows = try TableRows(table, columns: columns)
    case .fastText: rows = FastTextRows(lines, task: tasks.first ?? LabelSet.Task.stance, purpose: purpose)
    case .lines: rows = BareRows(lines, purpose: purpose)
    }
  }

  /// The next statement.
  ///
  /// - Returns: nil at the end.
  /// - Throws: what is wrong with the row at `line`. If the error is recoverable, the next call goes on with the next row;
  ///   if not, it returns nil.
  public mutating func next() throws(CorpusError) -> Statement? {
    defer { line = rows.line }
    guard var statement = try rows.next() else { return nil }
    if let target = statement.target, target.allSatisfy(\.isWhitespace) { statement.target = nil }
    return statement
  }

  /// Whether the next call of `next` needs no further byte from the source, and so cannot wait for whoever writes it.
  public var hasBufferedRow: Bool { rows.hasBufferedRow }

  /// Which share of the source has been read, from 0 to 1; nil where its size is not known, as of a pipe.
  public var fractionRead: Double? { rows.fractionRead }
}

/// What each format gives to the reader.
protocol RowReader: Sendable {
  /// The line of the last row.
  var line: Int { get }
  /// Whether the next row needs no further byte from the source.
  var hasBufferedRow: Bool { get }
  /// Which share of the source has been read; nil where that is not known.
  var fractionRead: Double? { get }
  /// The next statement; nil at the end.
  mutating func next() throws(CorpusError) -> Statement?
}

/// What the name of a column means.
struct ColumnRoles: Sendable {
  let labels: Set<String>
  let purpose: ReadingPurpose

  enum Role: Equatable, Sendable {
    case id, text, target, targetSpan, group, weight
    case label(String), attribute(String)
    case ignored
  }

  func role(of name: String) -> Role {
    if let role = reservedRole(of: Array(name.utf8)) { return role }
    return labels.contains(name) ? .label(name) : .attribute(name)
  }

  /// The role of a name that has a fixed meaning; `ignored` for any name that is not needed; nil for labels and attributes.
  func reservedRole(of name: [UInt8]) -> Role? {
    for (reserved, role) in Self.reserved[min(name.count, Self.reserved.count - 1)] where reserved == name {
      return purpose == .scoring && (role == .group || role == .weight) ? .ignored : role
    }
    return purpose == .scoring ? .ignored : nil
  }

  /// The names with a fixed meaning, by their length.
  private static let reserved: [[([UInt8], Role)]] = {
    let roles: KeyValuePairs<String, Role> = [
      "id": .id, "text": .text, "target": .target, "target_span": .targetSpan, "group": .group, "weight": .weight,
    ]
    var byLength = [[([UInt8], Role)]](repeating: [], count: 13)
    for (name, role) in roles { byLength[name.utf8.count].append((Array(name.utf8), role)) }
    return byLength
  }()
}

/// Checks that a span lies as a span can.
func checkedSpan(start: Int, end: Int, file: String, line: Int) throws(CorpusError) -> Range<Int> {
  guard start >= 0, end >= start else {
    throw CorpusError(
      .invalidValue, file: file, line: line, column: "target_span", expected: "[start, end] with 0 ≤ start ≤ end",
      found: "[\(start), \(end)]", mend: "count code points from 0, the end exclusive")
  }
  return start..<end
}

extension Statement {
  /// Checks that the place of the target lies within the text.
  ///
  /// - Throws: `invalidValue`.
  package func checkTargetSpan(file: String, line: Int) throws(CorpusError) {
    guard let span = targetSpan else { return }
    let length = text.unicodeScalars.count
    guard span.upperBound > length else { return }
    throw CorpusError(
      .invalidValue, file: file, line: line, id: id, column: "target_span",
      expected: "a place within the \(length) code points of the text",
      found: "[\(span.lowerBound), \(span.upperBound)]", mend: "count code points from 0, the end exclusive")
  }
}

extension CorpusError {
  /// The error of a row that names no target, where a stance is asked for and no target is given for all rows.
  package static func missingTarget(file: String, line: Int?, id: String, isForTraining: Bool = false) -> CorpusError {
    CorpusError(
      .missingColumn, file: file, line: line, id: id, column: "target",
      mend: isForTraining
        ? "give each row a target, or train with --preset words, which reads none"
        : "give each row a target, or --target NAME for all")
  }
}

/// Checks that a weight can be one.
func checkedWeight(_ text: String, file: String, line: Int) throws(CorpusError) -> Double {
  // A sum of many weights must still be a number that others do not vanish in.
  guard let value = Double(text), (0...1e6).contains(value) else {
    throw CorpusError(
      .invalidValue, file: file, line: line, column: "weight", expected: "a number from 0 to 1000000",
      found: "“\(text)”",
      mend: "leave the weight out to count the row once")
  }
  return value
}
