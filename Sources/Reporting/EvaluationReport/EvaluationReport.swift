public import Evaluation

/// An evaluation for people and for programs: text for a terminal, Markdown, LaTeX, JSON, HTML.
public struct EvaluationReport: Equatable, Sendable {
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

  /// The report for a terminal, with the ten worst errors and the twenty largest parts of a slice.
  ///
  /// - Parameter colored: Whether headings are set off by terminal codes.
  public func text(colored: Bool = false) -> String {
    document(Extent(errors: 10, parts: 20, text: 60, name: 32, hasCharts: false)).text(colored: colored)
  }

  /// The report in GitHub's Markdown, for pull requests, with the ten worst errors.
  public var markdown: String {
    document(Extent(errors: 10, parts: 20, text: 160, name: 60, hasCharts: false)).markdown
  }

  /// The tables in LaTeX, for papers; the preamble needs `\usepackage{booktabs}`.
  public var latex: String {
    document(Extent(errors: 0, parts: 20, text: 60, name: 0, hasCharts: false)).latex
  }

  /// The report as one self-contained HTML file with charts and all errors.
  public var html: String { document(.whole).html }

  private func document(_ extent: Extent) -> Document {
    Document(title: title, facts: facts, sections: sections(extent))
  }
}
