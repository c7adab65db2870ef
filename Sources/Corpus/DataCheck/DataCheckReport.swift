extension DataCheck {
  /// What a check found. The form is the same whatever the data: every kind of finding has its count, also of zero.
  public struct Report: Codable, Equatable, Sendable {
    /// The version of this form.
    public var schemaVersion = 1
    /// What each file holds, in the order of the files.
    public var files: [FileSummary]
    /// How often each kind of finding occurred, in the order of `Kind`.
    public var counts: [KindCount]
    /// The findings, in the order of the files and lines; not more of one kind than was asked for.
    public var findings: [Finding]

    /// How many errors there are, listed or not.
    public var errorCount: Int { counts.reduce(0) { $0 + ($1.severity == .error ? $1.count : 0) } }
    /// How many warnings there are, listed or not.
    public var warningCount: Int { counts.reduce(0) { $0 + ($1.severity == .warning ? $1.count : 0) } }
  }

  /// What a file holds.
  public struct FileSummary: Codable, Equatable, Sendable {
    /// The file, as the user named it.
    public var file: String
    /// The rows that could be read.
    public var rows: Int
    /// The rows that could not.
    public var brokenRows: Int
    /// The different groups.
    public var groups: Int
    /// How many rows have each label of each task: the known tasks first, the labels in their order.
    public var labels: [LabelCount]
  }

  /// How many rows have a label.
  public struct LabelCount: Codable, Equatable, Sendable {
    /// The task.
    public var task: String
    /// The label.
    public var label: String
    /// The rows.
    public var count: Int
  }

  /// How often a kind of finding occurred.
  public struct KindCount: Codable, Equatable, Sendable {
    /// The kind.
    public var kind: Kind
    /// How grave it is.
    public var severity: Severity
    /// How often.
    public var count: Int
  }

  /// One thing that was found.
  public struct Finding: Codable, Equatable, Sendable {
    /// How grave it is.
    public var severity: Severity
    /// What it is.
    public var kind: Kind
    /// The file.
    public var file: String
    /// The line from 1, where one can be named.
    public var line: Int?
    /// What was found, in words.
    public var message: String

    private enum CodingKeys: String, CodingKey { case severity, kind, file, line, message }

    /// Writes a line that cannot be named as null, so that every finding has the same keys.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(severity, forKey: .severity)
      try container.encode(kind, forKey: .kind)
      try container.encode(file, forKey: .file)
      try container.encode(line, forKey: .line)
      try container.encode(message, forKey: .message)
    }
  }

  /// How grave a finding is.
  public enum Severity: String, Codable, Sendable {
    /// It spoils training or flatters an evaluation.
    case error
    /// It deserves a look.
    case warning
  }

  /// What can be found.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// A file of which no row can be read.
    case brokenFile = "broken-file"
    /// A row that cannot be read.
    case brokenRow = "broken-row"
    /// A label that the task does not have.
    case unknownLabel = "unknown-label"
    /// A row without a label for a task that was asked for.
    case missingLabel = "missing-label"
    /// A text of nothing but white space.
    case emptyText = "empty-text"
    /// The same text and target with two labels for one task.
    case conflictingLabels = "conflicting-labels"
    /// An id that stands twice in one file.
    case duplicateID = "duplicate-id"
    /// The same text in two files.
    case textInTwoFiles = "text-in-two-files"
    /// The same group in two files.
    case groupInTwoFiles = "group-in-two-files"
    /// A target span that reaches beyond its text.
    case spanOutOfRange = "span-out-of-range"
    /// The same text and target twice in one file, with the same labels.
    case duplicateText = "duplicate-text"
    /// A target span over words of which the target has none.
    case spanMismatch = "span-mismatch"
    /// A very long text.
    case longText = "long-text"
    /// A task with one label only in a file.
    case singleLabel = "single-label"

    /// How grave it is.
    public var severity: Severity {
      switch self {
      case .duplicateText, .spanMismatch, .longText, .singleLabel: .warning
      default: .error
      }
    }
  }
}
