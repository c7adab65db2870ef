import Corpus
public import RunRegistry

/// A list of runs for people.
public struct RunListReport: Equatable, Sendable {
  /// The runs.
  public let table: RunTable

  /// A report of listed runs.
  public init(_ table: RunTable) { self.table = table }

  /// The list for a terminal: nothing but the table.
  ///
  /// - Parameter colored: Whether headings are set off by terminal codes.
  public func text(colored: Bool = false) -> String { rendered.text(colored: colored) }

  /// The list in GitHub's Markdown.
  public var markdown: String { rendered.markdown }

  /// The list in LaTeX; the preamble needs `\usepackage{booktabs}`.
  public var latex: String { rendered.latex }

  /// The list as one self-contained HTML file whose rows can be filtered.
  public var html: String {
    Document(
      title: "Runs", facts: [],
      sections: [
        Section(
          heading: Figures.counted(table.rows.count, "run"), table: rendered, isFilterable: true)
      ]
    ).html
  }

  /// The list as JSON, a line a run, fields that it does not have as `null`.
  public var jsonl: String {
    table.rows.map { row in
      let members = zip(table.columns, row).map { field, value -> (String, JSONValue) in
        switch value {
        case .missing: (field.name, .null)
        case .text(let text): (field.name, .string(text))
        case .number(let number): (field.name, JSONValue(number))
        }
      }
      return JSONValue.object(Dictionary(members, uniquingKeysWith: { first, _ in first })).text() + "\n"
    }.joined()
  }

  private var rendered: Table {
    // A column is numeric if it holds numbers only.
    let numeric = table.columns.indices.map { column in
      table.rows.contains { $0[column] != .missing }
        && table.rows.allSatisfy { row in if case .text = row[column] { false } else { true } }
    }
    return Table(
      table.columns.indices.map { numeric[$0] ? .numbers(table.columns[$0].name) : .words(table.columns[$0].name) },
      rows: table.rows.map { row in zip(table.columns, row).map { Self.text($1, of: $0) } })
  }

  private static func text(_ value: RunTable.Value, of field: RunField) -> String {
    switch value {
    case .missing: Figures.undefined
    case .text(let text): text
    case .number(let number):
      switch field {
      case .fixed("seconds"): Figures.duration(seconds: number)
      case .fixed("memory"): Figures.bytes(Int(number))
      case .metric: Figures.text(number)
      case .fixed, .setting: Int(exactly: number).map(String.init) ?? "\(number)"
      }
    }
  }
}
