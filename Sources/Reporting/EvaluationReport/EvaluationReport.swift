public import Evaluation

/// An evaluation for people and for programs: text for a terminal, Markdown, LaTeX, JSON, HTML.
public struct EvaluationReport: Equatable, Sendable {
  /// Something to know about an evaluation: the model, the data, the seed.
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

  /// The title.
  public let title: String
  /// What to know about the evaluation, in order.
  public let facts: [Fact]
  /// What was measured.
  public let assessment: Assessment

  /// A report of an assessment.
  public init(title: String, facts: [Fact] = [], assessment: Assessment) {
    self.title = title
    self.facts = facts
    self.assessment = assessment
  }

  /// The report for a terminal.
  ///
  /// - Parameter colored: Whether headings are set off by terminal codes.
  public func text(colored: Bool = false) -> String {
    let heading = colored ? ANSI.bold(title) : title
    let width = facts.map { DisplayWidth.of($0.name) }.max() ?? 0
    let lines = facts.map { fact in
      fact.name + String(repeating: " ", count: width - DisplayWidth.of(fact.name)) + "  " + fact.value + "\n"
    }
    return heading + "\n" + lines.joined() + "\n" + sections(errorLimit: 10, clipping: 60).text(colored: colored)
  }

  /// The report in GitHub's Markdown, for pull requests.
  public var markdown: String {
    let lines = facts.map { "- \(Markdown.escaped($0.name)): \(Markdown.escaped($0.value))\n" }
    return "## \(Markdown.escaped(title))\n\n" + (lines.isEmpty ? "" : lines.joined() + "\n")
      + sections(errorLimit: 10, clipping: 160).markdown
  }

  /// The tables in LaTeX, for papers; the preamble needs `\usepackage{booktabs}`.
  public var latex: String {
    let lines = ([title] + facts.map { "\($0.name): \($0.value)" }).map { "% \($0.filter { !$0.isNewline })\n" }
    return lines.joined() + "% \\usepackage{booktabs}\n\n" + sections(errorLimit: 0, clipping: 0).latex
  }
}
