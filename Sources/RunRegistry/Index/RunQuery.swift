/// Which runs to list, in which order, with which fields.
public struct RunQuery: Equatable, Sendable {
  /// A condition on one field.
  public struct Filter: Equatable, Sendable {
    /// How a field is compared.
    public enum Comparison: String, Sendable, CaseIterable {
      /// The same.
      case equal = "="
      /// Not the same.
      case notEqual = "!="
      /// Less or the same.
      case atMost = "<="
      /// Less.
      case less = "<"
      /// More or the same.
      case atLeast = ">="
      /// More.
      case more = ">"
      /// Holding a text, whatever the case of its letters.
      case contains = "~"
    }

    /// The field.
    public let field: RunField
    /// How it is compared.
    public let comparison: Comparison
    /// With what; a number is compared as a number.
    public let value: String

    /// Reads a condition such as `macro_f1>=0.7`, `task=stance` or `model~large`.
    ///
    /// - Throws: `invalidFilter`, also where a metric is compared with what is no number; `unknownField`.
    public init(_ text: String) throws(RunRegistryError) {
      guard let start = text.firstIndex(where: { "=!<>~".contains($0) }), start > text.startIndex else {
        throw .invalidFilter(text)
      }
      let rest = text[start...]
      // Longer signs first: `<=` begins with `<`.
      let signs = Comparison.allCases.sorted { $0.rawValue.utf8.count > $1.rawValue.utf8.count }
      guard let sign = signs.first(where: { rest.hasPrefix($0.rawValue) }) else { throw .invalidFilter(text) }
      field = try RunField(String(text[..<start]).trimmed)
      comparison = sign
      value = String(rest.dropFirst(sign.rawValue.count)).trimmed
      if case .metric = field, sign != .contains, Double(value) == nil { throw .invalidFilter(text) }
    }
  }

  /// A field to sort by.
  public struct Order: Equatable, Sendable {
    /// The field.
    public let field: RunField
    /// Whether the largest comes first.
    public let isDescending: Bool

    /// An order; runs without the field come last.
    public init(_ field: RunField, isDescending: Bool = false) {
      self.field = field
      self.isDescending = isDescending
    }
  }

  /// The columns where nothing else is asked for.
  public static let defaultColumns: [RunField] = [
    .fixed("id"), .fixed("kind"), .fixed("status"), .fixed("task"), .fixed("model"), .fixed("data"), .fixed("items"),
    .metric("macro_f1"), .metric("accuracy"), .metric(RunField.coverage), .fixed("seconds"),
  ]

  /// The conditions, all of which must hold.
  public var filters: [Filter]
  /// The order; the latest runs come first where nothing is asked for, and where all else is equal.
  public var order: [Order]
  /// The fields to give.
  public var columns: [RunField]
  /// The largest number of runs, or nothing for all.
  public var limit: Int?

  /// The names of the settings that it speaks of, each once.
  public var settings: [String] {
    let fields = filters.map(\.field) + order.map(\.field) + columns
    return fields.reduce(into: []) { names, field in
      if case .setting(let name) = field, !names.contains(name) { names.append(name) }
    }
  }

  /// Creates a query.
  public init(
    filters: [Filter] = [], order: [Order] = [], columns: [RunField] = RunQuery.defaultColumns, limit: Int? = nil
  ) {
    self.filters = filters
    self.order = order
    self.columns = columns
    self.limit = limit
  }
}

/// Listed runs.
public struct RunTable: Equatable, Sendable {
  /// The value of a field.
  public enum Value: Equatable, Sendable {
    /// A number.
    case number(Double)
    /// A text.
    case text(String)
    /// The run does not have the field.
    case missing
  }

  /// The fields.
  public let columns: [RunField]
  /// The runs, one value a field.
  public let rows: [[Value]]
}

extension String {
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
