/// What is wrong with data, or with a file, and what to do about it.
///
/// One type serves the whole module, so that every message has the same parts in the same order: where, what is wrong,
/// what was expected, what was found, and the mend.
public struct CorpusError: Error, Equatable, Sendable {
  /// What is wrong.
  public var kind: Kind
  /// The file, as the user named it.
  public var file: String?
  /// The line, from 1.
  public var line: Int?
  /// The byte within the line, from 1.
  public var byte: Int?
  /// The id that the row gives itself, where it could be read.
  public var id: String?
  /// The column or key.
  public var column: String?
  /// What was expected.
  public var expected: String?
  /// What was found.
  public var found: String?
  /// What to do.
  public var mend: String?

  /// Creates an error; leave out the parts that say nothing.
  public init(
    _ kind: Kind, file: String? = nil, line: Int? = nil, byte: Int? = nil, id: String? = nil, column: String? = nil,
    expected: String? = nil, found: String? = nil, mend: String? = nil
  ) {
    self.kind = kind
    self.file = file
    self.line = line
    self.byte = byte
    self.id = id
    self.column = column
    self.expected = expected
    self.found = found
    self.mend = mend
  }

  /// What can be wrong. The raw value is the stable code of machine-readable output.
  public enum Kind: String, Sendable, CaseIterable {
    /// No file has that name.
    case notFound = "not-found"
    /// A folder stands where a file is needed.
    case isFolder = "is-folder"
    /// The file may not be read.
    case notReadable = "not-readable"
    /// Nothing is in the file.
    case empty = "empty-file"
    /// The file is not text.
    case binary = "binary-file"
    /// Bytes are not UTF-8.
    case invalidUTF8 = "invalid-utf8"
    /// A line or record is longer than the limit.
    case lineTooLong = "line-too-long"
    /// An empty line stands where a row is needed.
    case emptyLine = "empty-line"
    /// Text is not JSON.
    case invalidJSON = "invalid-json"
    /// A record of a table has more or fewer fields than the header.
    case raggedRow = "ragged-row"
    /// A quoted field of a table is never closed.
    case unclosedQuote = "unclosed-quote"
    /// Text follows the closing quote of a field.
    case strayQuote = "stray-quote"
    /// A key or column stands twice.
    case duplicateColumn = "duplicate-column"
    /// A needed key or column is not there.
    case missingColumn = "missing-column"
    /// A value has another type or form than its column needs.
    case invalidValue = "invalid-value"
    /// A row has no label for the task.
    case missingLabel = "missing-label"
    /// A label is not one of the task's labels.
    case unknownLabel = "unknown-label"
    /// The format of a file cannot be told.
    case unknownFormat = "unknown-format"
    /// The data do not fit the operation.
    case unsuitableData = "unsuitable-data"
    /// Reading failed below us.
    case readFailed = "read-failed"
    /// The output cannot be created.
    case cannotCreate = "cannot-create"
    /// Writing failed below us.
    case writeFailed = "write-failed"
    /// Whoever read our output has gone.
    case brokenPipe = "broken-pipe"
  }

  /// The groups that exit codes distinguish.
  public enum Category: Sendable {
    /// There is nothing to read (exit code 66).
    case noInput
    /// How the input is written was not said (64).
    case usage
    /// What was read is wrong (65).
    case badData
    /// The output cannot be created (73).
    case cannotCreate
    /// The system failed while reading or writing (74).
    case inputOutput
    /// The reader of our output has gone: stop without a word.
    case brokenPipe
  }

  /// The group of the error.
  public var category: Category {
    switch kind {
    case .notFound, .isFolder, .notReadable: .noInput
    case .unknownFormat: .usage
    case .readFailed, .writeFailed: .inputOutput
    case .cannotCreate: .cannotCreate
    case .brokenPipe: .brokenPipe
    default: .badData
    }
  }

  /// Whether the reader that threw stands at the next row and can go on.
  public var isRecoverable: Bool {
    switch kind {
    case .invalidUTF8, .lineTooLong, .emptyLine, .invalidJSON, .raggedRow, .strayQuote, .invalidValue, .missingLabel,
      .unknownLabel:
      true
    case .duplicateColumn, .missingColumn:
      // In a row of JSON; in the header of a table there is no next row to stand at, and the reader says so itself.
      true
    default: false
    }
  }
}

extension CorpusError: CustomStringConvertible {
  /// One line: `file:line: what is wrong: expected …, found …; mend`.
  public var description: String {
    let place = [file, line.map(String.init), byte.map(String.init)].compactMap { $0 }.joined(separator: ":")
    return place.isEmpty ? message : "\(place): \(message)"
  }

  /// The description without the place.
  public var message: String {
    var text = summary
    if let column { text += " (column “\(column)”)" }
    switch (expected, found) {
    case (let expected?, let found?): text += ": expected \(expected), found \(found)"
    case (let expected?, nil): text += ": expected \(expected)"
    case (nil, let found?): text += ": \(found)"
    case (nil, nil): break
    }
    if let mend { text += "; \(mend)" }
    return text
  }

  private var summary: String {
    switch kind {
    case .notFound: "no such file"
    case .isFolder: "this is a folder, not a file"
    case .notReadable: "the file may not be read"
    case .empty: "the file is empty"
    case .binary: "the file is binary, not text"
    case .invalidUTF8: "invalid UTF-8"
    case .lineTooLong: "the line is too long"
    case .emptyLine: "the line is empty"
    case .invalidJSON: "invalid JSON"
    case .raggedRow: "the row has the wrong number of fields"
    case .unclosedQuote: "the quote that opens here is never closed"
    case .strayQuote: "text after a closing quote"
    case .duplicateColumn: "the name stands twice"
    case .missingColumn: "a needed field is missing"
    case .invalidValue: "invalid value"
    case .missingLabel: "the row has no label"
    case .unknownLabel: "unknown label"
    case .unknownFormat: "the format cannot be told"
    case .unsuitableData: "the data do not fit"
    case .readFailed: "reading failed"
    case .cannotCreate: "the output cannot be created"
    case .writeFailed: "writing failed"
    case .brokenPipe: "the reader of the output has gone"
    }
  }
}
