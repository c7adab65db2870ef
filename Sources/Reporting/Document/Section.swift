/// A part of a report: a heading, a sentence on how to read it, charts, a table.
struct Section: Equatable, Sendable {
  /// The heading.
  let heading: String
  /// How to read it, or nothing where the heading says it.
  var note: String?
  /// The figures.
  let table: Table
  /// Pictures of the figures, for HTML.
  var charts: [Chart] = []
  /// Whether a reader of HTML may want to filter the rows.
  var isFilterable = false
}

/// Something to know about a report: the model, the data, the seed.
public struct Fact: Equatable, Sendable {
  /// What it is.
  public let name: String
  /// Its value.
  public let value: String

  /// Creates a fact.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
