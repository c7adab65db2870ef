import Mustache

/// One HTML file that needs nothing else: no network, no other file, no script to be read.
extension Document {
  /// The report as HTML.
  var html: String {
    let page = Page(
      title: HTML.escaped(title), style: PageTemplate.style, script: PageTemplate.script,
      facts: facts.map { Fact(HTML.escaped($0.name), HTML.escaped($0.value)) },
      hasContents: sections.count > 1, sections: sections.enumerated().map { PageSection($1, number: $0 + 1) })
    do {
      return try MustacheTemplate(string: PageTemplate.markup).render(page)
    } catch {
      preconditionFailure("the page's template is broken: \(error)")
    }
  }
}

/// What the template shows, under the names that it uses, all texts escaped.
private struct Page {
  let title: String
  let style: String
  let script: String
  let facts: [Fact]
  let hasContents: Bool
  let sections: [PageSection]
}

private struct PageSection {
  let number: Int
  let heading: String
  let note: String?
  let charts: [String]
  let filter: Bool
  let head: [PageCell]
  let rows: [PageRow]

  init(_ section: Section, number: Int) {
    self.number = number
    heading = HTML.escaped(section.heading)
    note = section.note.map(HTML.escaped)
    charts = section.charts.map(\.svg)
    filter = section.isFilterable
    head = section.table.columns.map { PageCell(text: HTML.escaped($0.title), kind: $0.isNumeric ? "number" : "words") }
    rows = section.table.rows.map { row in
      let cells = row.indices.map { column in
        PageCell(text: HTML.escaped(row[column]), kind: section.table.columns[column].isNumeric ? "number" : "words")
      }
      return PageRow(first: Array(cells.prefix(1)), cells: Array(cells.dropFirst()))
    }
  }
}

private struct PageRow {
  /// What the row is about.
  let first: [PageCell]
  let cells: [PageCell]
}

private struct PageCell {
  let text: String
  let kind: String
}
