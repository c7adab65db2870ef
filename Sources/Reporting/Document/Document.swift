/// A report before it has a format: a title, facts, sections.
struct Document: Equatable, Sendable {
  let title: String
  let facts: [Fact]
  let sections: [Section]

  /// The report for a terminal.
  func text(colored: Bool) -> String {
    func heading(_ text: String) -> String { colored ? ANSI.bold(text) : text }
    let width = facts.map { DisplayWidth.of($0.name) }.max() ?? 0
    let lines = facts.map { fact in
      fact.name + String(repeating: " ", count: width - DisplayWidth.of(fact.name)) + "  " + fact.value + "\n"
    }
    let parts = sections.map { section in
      heading(section.heading) + "\n" + (section.note.map { $0 + "\n" } ?? "") + "\n"
        + section.table.text(colored: colored)
    }
    return ([heading(title) + "\n" + lines.joined()] + parts).joined(separator: "\n")
  }

  /// The report in GitHub's Markdown.
  var markdown: String {
    let lines = facts.map { "- \(Markdown.escaped($0.name)): \(Markdown.escaped($0.value))\n" }
    let parts = sections.map { section in
      "### \(Markdown.escaped(section.heading))\n\n" + (section.note.map { Markdown.escaped($0) + "\n\n" } ?? "")
        + section.table.markdown
    }
    let opening = "## \(Markdown.escaped(title))\n" + (lines.isEmpty ? "" : "\n" + lines.joined())
    return ([opening] + parts).joined(separator: "\n")
  }

  /// The tables in LaTeX with captions; the preamble needs `\usepackage{booktabs}`.
  var latex: String {
    let lines = ([title] + facts.map { "\($0.name): \($0.value)" }).map { "% \($0.filter { !$0.isNewline })\n" }
    let parts = sections.map { section in
      let caption = [section.heading + ".", section.note].compactMap { $0 }.joined(separator: " ")
      return "\\begin{table}[htbp]\n\\centering\n\\caption{\(LaTeX.escaped(caption))}\n" + section.table.latex
        + "\\end{table}\n"
    }
    return ([lines.joined() + "% \\usepackage{booktabs}\n"] + parts).joined(separator: "\n")
  }
}
