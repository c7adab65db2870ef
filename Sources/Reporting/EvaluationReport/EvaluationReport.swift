public import Evaluation

/// An evaluation for people and for programs: text for a terminal, Markdown, LaTeX, JSON, HTML.
public struct EvaluationReport: Equatable, Sendable {
  /// The title.
  public let title: String
  /// What to know about the evaluation, in order.
  public let facts: [Fact]
  /// What was measured.
  public let assessment: Assessment
  /// Whether items of one group were read as sentences of one article, which scoring row by row does not do.
  public let readsArticles: Bool

  /// A report of an assessment.
  public init(title: String, facts: [Fact] = [], assessment: Assessment, readsArticles: Bool = false) {
    self.title = title
    self.facts = facts
    self.assessment = assessment
    self.readsArticles = readsArticles
  }

  /// How many errors text and Markdown list where nothing else is asked for.
  public static let usualErrors = 10

  /// The report for a terminal, with the twenty largest parts of a slice.
  ///
  /// - Parameters:
  ///   - colored: Whether headings are set off by terminal codes.
  ///   - errors: how many of the worst errors are listed at most.
  public func text(colored: Bool = false, errors: Int = EvaluationReport.usualErrors) -> String {
    document(Extent(errors: errors, parts: 20, text: 60, name: 32, hasCharts: false)).text(colored: colored)
  }

  /// The report in GitHub's Markdown, for pull requests, with the ten worst errors.
  public var markdown: String { markdown(errors: Self.usualErrors) }

  /// The report in GitHub's Markdown.
  ///
  /// - Parameter errors: how many of the worst errors are listed at most.
  public func markdown(errors: Int = EvaluationReport.usualErrors) -> String {
    document(Extent(errors: errors, parts: 20, text: 160, name: 60, hasCharts: false)).markdown
  }

  /// The tables in LaTeX, for papers; the preamble needs `\usepackage{booktabs}`.
  public var latex: String {
    document(Extent(errors: 0, parts: 20, text: 60, name: 0, hasCharts: false)).latex
  }

  /// The report as one self-contained HTML file with charts and all errors.
  public var html: String { document(.whole).html }

  private func document(_ extent: Extent) -> Document {
    let context = Fact(
      "context",
      "rows of one group that follow each other were read as sentences of one article; `score` reads each row alone")
    return Document(title: title, facts: facts + (readsArticles ? [context] : []), sections: sections(extent))
  }
}
