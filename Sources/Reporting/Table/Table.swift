/// A table of text, rendered alike in every format.
package struct Table: Equatable, Sendable {
  /// A column's heading and how its cells stand.
  package struct Column: Equatable, Sendable {
    package var title: String
    package var isNumeric: Bool

    /// A column of words, which stand at the left.
    package static func words(_ title: String) -> Column { Column(title: title, isNumeric: false) }

    /// A column of numbers, which stand at the right.
    package static func numbers(_ title: String) -> Column { Column(title: title, isNumeric: true) }
  }

  package let columns: [Column]
  package private(set) var rows: [[String]]

  /// A table over rows.
  ///
  /// - Precondition: each row has one cell a column.
  package init(_ columns: [Column], rows: [[String]] = []) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a row has one cell a column")
    self.columns = columns
    self.rows = rows
  }

  /// Adds a row.
  package mutating func append(_ row: [String]) {
    precondition(row.count == columns.count, "a row has one cell a column")
    rows.append(row)
  }

  /// Aligned columns for a terminal, two spaces apart; line breaks and control characters in cells become spaces.
  ///
  /// - Parameter colored: Whether headings are set bold by terminal codes.
  package func text(colored: Bool = false) -> String {
    let cells = ([columns.map(\.title)] + rows).map { $0.map(Self.singleLine) }
    let widths = columns.indices.map { column in cells.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    var lines = cells.map { row in
      let padded = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - DisplayWidth.of(row[column]))
        return columns[column].isNumeric ? space + row[column] : row[column] + space
      }
      return Self.withoutTrailingSpace(padded.joined(separator: "  "))
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    if colored { lines[0] = ANSI.bold(lines[0]) }
    lines.insert(rule, at: 1)
    return lines.map { $0 + "\n" }.joined()
  }

  /// A table of GitHub's Markdown.
  package var markdown: String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return line(columns.map { Markdown.escaped($0.title) }) + line(columns.map { $0.isNumeric ? "---:" : ":---" })
      + rows.map { line($0.map(Markdown.escaped)) }.joined()
  }

  /// A `tabular` with the rules of LaTeX's `booktabs`.
  package var latex: String {
    func line(_ cells: [String]) -> String {
      let escaped = cells.indices.map { column in
        // A hyphen before a number is a minus sign.
        LaTeX.escaped(
          columns[column].isNumeric ? cells[column].replacing(/(^|[\[ ])-(?=[0-9])/) { $0.1 + "−" } : cells[column])
      }
      let row = escaped.joined(separator: " & ")
      // After the `\\` of the row above, a bracket would be read as an amount of space.
      return (row.hasPrefix("[") ? "  {}" : "  ") + row + " \\\\\n"
    }
    return "\\begin{tabular}{\(columns.map { $0.isNumeric ? "r" : "l" }.joined())}\n  \\toprule\n"
      + line(columns.map(\.title)) + "  \\midrule\n" + rows.map(line).joined() + "  \\bottomrule\n\\end{tabular}\n"
  }

  private static func singleLine(_ text: String) -> String {
    String(
      text.map { character in
        character.isNewline || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
          ? " " : character
      })
  }

  private static func withoutTrailingSpace(_ text: String) -> String {
    guard let last = text.lastIndex(where: { $0 != " " }) else { return "" }
    return String(text[...last])
  }
}
