/// A part of a report: a heading, a sentence on how to read it, a table.
struct Section: Equatable, Sendable {
  /// The heading.
  let heading: String
  /// How to read it, or nothing where the heading says it.
  var note: String?
  /// The figures.
  let table: Table
}

extension [Section] {
  /// The sections for a terminal.
  func text(colored: Bool) -> String {
    map { section in
      (colored ? ANSI.bold(section.heading) : section.heading) + "\n" + (section.note.map { $0 + "\n" } ?? "") + "\n"
        + section.table.text(colored: colored)
    }.joined(separator: "\n")
  }

  /// The sections as Markdown, under headings of the third level.
  var markdown: String {
    map { section in
      "### \(Markdown.escaped(section.heading))\n\n" + (section.note.map { Markdown.escaped($0) + "\n\n" } ?? "")
        + section.table.markdown
    }.joined(separator: "\n")
  }

  /// The sections as LaTeX tables with captions.
  var latex: String {
    map { section in
      let caption = [section.heading + ".", section.note].compactMap { $0 }.joined(separator: " ")
      return "\\begin{table}[htbp]\n\\centering\n\\caption{\(LaTeX.escaped(caption))}\n" + section.table.latex
        + "\\end{table}\n"
    }.joined(separator: "\n")
  }
}
