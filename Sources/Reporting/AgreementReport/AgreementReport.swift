import Corpus
public import Evaluation
import RunRegistry

/// The agreement of annotators for people and for programs.
public struct AgreementReport: Equatable, Sendable {
  /// The version of the shape that `json` has.
  public static let schemaVersion = 1

  /// The title.
  public let title: String
  /// What to know about it, in order.
  public let facts: [Fact]
  /// What was found.
  public let agreement: AnnotatorAgreement

  /// A report of an agreement.
  public init(title: String, facts: [Fact] = [], agreement: AnnotatorAgreement) {
    self.title = title
    self.facts = facts
    self.agreement = agreement
  }

  /// The report for a terminal, with twenty items that were labelled differently.
  ///
  /// - Parameter colored: Whether headings are set off by terminal codes.
  public func text(colored: Bool = false) -> String { document(limit: 20).text(colored: colored) }

  /// The report in GitHub's Markdown, with twenty items that were labelled differently.
  public var markdown: String { document(limit: 20).markdown }

  /// The tables in LaTeX; the preamble needs `\usepackage{booktabs}`.
  public var latex: String { document(limit: 0).latex }

  /// The report as one self-contained HTML file with all items that were labelled differently.
  public var html: String { document(limit: .max, withCharts: true).html }

  private func document(limit: Int, withCharts: Bool = false) -> Document {
    var sections = [pairs] + agreement.pairs.map { confusion($0, withCharts: withCharts) }
    if limit > 0 && !agreement.disagreements.isEmpty { sections.append(disagreements(limit)) }
    return Document(title: title, facts: facts, sections: sections)
  }

  private var pairs: Section {
    Section(
      heading: "Agreement on \(Figures.counted(agreement.count, "item"))",
      note:
        "Krippendorff’s alpha over \(agreement.names.count) annotators: \(Figures.text(agreement.alpha)). In brackets: "
        + "95 % bootstrap intervals.",
      table: Table(
        [.words("Annotators"), .numbers("Items"), .numbers("Same label"), .numbers("Cohen’s kappa")],
        rows: agreement.pairs.map { pair in
          [
            "\(agreement.names[pair.first]), \(agreement.names[pair.second])", String(pair.confusion.total),
            Figures.text(pair.observed), Figures.text(pair.kappa),
          ]
        }))
  }

  private func confusion(_ pair: AnnotatorAgreement.Pair, withCharts: Bool) -> Section {
    let (first, second) = (agreement.names[pair.first], agreement.names[pair.second])
    return Section(
      heading: "Labels of \(first) and \(second)", note: "Rows are labels of \(first), columns those of \(second).",
      table: Table(
        [.words("")] + agreement.labels.map { .numbers($0) },
        rows: agreement.labels.indices.map { row in
          [agreement.labels[row]] + agreement.labels.indices.map { String(pair.confusion[row, $0]) }
        }), charts: withCharts ? [.heatMap(pair.confusion, rows: first, columns: second)] : [])
  }

  private func disagreements(_ limit: Int) -> Section {
    let shown = agreement.disagreements.prefix(limit)
    return Section(
      heading: "Items that were labelled differently",
      note: "\(shown.count) of \(agreement.disagreements.count).",
      table: Table(
        [.words("Item")] + agreement.names.map { .words($0) },
        rows: shown.map { [$0.id] + $0.labels.map { $0 ?? Figures.undefined } }), isFilterable: true)
  }

  /// The agreement as JSON, in a fixed shape.
  public var json: String {
    let value: JSONValue = [
      "schema_version": JSONValue(Self.schemaVersion),
      "title": .string(title),
      "annotators": .array(agreement.names.map { .string($0) }),
      "items": JSONValue(agreement.count),
      "krippendorff_alpha": JSONValue(agreement.alpha),
      "pairs": .array(
        agreement.pairs.map { pair in
          [
            "first": .string(agreement.names[pair.first]), "second": .string(agreement.names[pair.second]),
            "items": JSONValue(pair.confusion.total), "observed_agreement": JSONValue(pair.observed),
            "cohen_kappa": JSONValue(pair.kappa), "confusion_matrix": JSONValue(pair.confusion),
          ]
        }),
      "disagreements": .array(
        agreement.disagreements.map {
          ["id": .string($0.id), "labels": .array($0.labels.map { JSONValue($0) })]
        }),
    ]
    return value.text(indented: true) + "\n"
  }
}
