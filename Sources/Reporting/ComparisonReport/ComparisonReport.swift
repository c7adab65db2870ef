import Corpus
public import Evaluation
import RunRegistry

/// A comparison of models for people and for programs: text for a terminal, Markdown, LaTeX, JSON, HTML.
public struct ComparisonReport: Equatable, Sendable {
  /// The version of the shape that `json` has.
  public static let schemaVersion = 1

  /// The title.
  public let title: String
  /// What to know about the comparison, in order.
  public let facts: [Fact]
  /// What was found.
  public let comparison: Comparison

  /// A report of a comparison.
  public init(title: String, facts: [Fact] = [], comparison: Comparison) {
    self.title = title
    self.facts = facts
    self.comparison = comparison
  }

  /// The report for a terminal, with ten items on which the models differ.
  ///
  /// - Parameter colored: Whether headings are set off by terminal codes.
  public func text(colored: Bool = false) -> String {
    document(limit: 10, clipping: 60, naming: 32).text(colored: colored)
  }

  /// The report in GitHub's Markdown, for pull requests, with ten items on which the models differ.
  public var markdown: String { document(limit: 10, clipping: 160, naming: 60).markdown }

  /// The tables in LaTeX, for papers; the preamble needs `\usepackage{booktabs}`.
  public var latex: String { document(limit: 0, clipping: 0, naming: 0).latex }

  /// The report as one self-contained HTML file with charts and up to 1,000 items on which the models differ.
  public var html: String { document(limit: 1000, clipping: .max, naming: .max, withCharts: true).html }

  private func document(limit: Int, clipping: Int, naming: Int, withCharts: Bool = false) -> Document {
    Document(
      title: title, facts: facts,
      sections: sections(limit: limit, clipping: clipping, naming: naming, withCharts: withCharts))
  }

  /// The comparison as JSON, in a fixed shape.
  public var json: String {
    let value: JSONValue = [
      "schema_version": JSONValue(Self.schemaVersion),
      "title": .string(title),
      "facts": .array(facts.map { ["name": .string($0.name), "value": .string($0.value)] }),
      "items": JSONValue(comparison.count),
      "groups": comparison.groupCount.map { JSONValue($0) } ?? .null,
      "bootstrap": [
        "resamples": JSONValue(comparison.bootstrap.resamples),
        "confidence": JSONValue(comparison.bootstrap.confidence),
        "seed": .number(String(comparison.bootstrap.seed)),
      ],
      "models": .array(
        comparison.names.enumerated().map { index, name in
          ["name": .string(name), "metrics": JSONValue(comparison.estimates[index])]
        }),
      "pairs": .array(comparison.pairs.map(pair)),
      "krippendorff_alpha": JSONValue(comparison.alpha),
      "disagreements": .array(
        comparison.disagreements.map {
          [
            "id": .string($0.id), "text": JSONValue($0.text), "gold": .string($0.gold),
            "predicted": .array($0.predicted.map { .string($0) }),
          ]
        }),
    ]
    return value.text(indented: true) + "\n"
  }

  private func pair(_ pair: Comparison.Pair) -> JSONValue {
    let test = pair.mcNemar
    return [
      "first": .string(comparison.names[pair.first]), "second": .string(comparison.names[pair.second]),
      "metrics": .object(
        Dictionary(
          uniqueKeysWithValues: pair.differences.enumerated().map { index, difference in
            (
              difference.metric.name,
              [
                "first": JSONValue(difference.first), "second": JSONValue(difference.second),
                "difference": JSONValue(difference.difference),
                "bootstrap_p": JSONValue(difference.bootstrapPValue),
                "randomization_p": JSONValue(difference.randomizationPValue),
                "randomization_p_holm": JSONValue(pair.adjusted.holm[index]),
                "randomization_p_benjamini_hochberg": JSONValue(pair.adjusted.benjaminiHochberg[index]),
              ]
            )
          })),
      "mcnemar": [
        "both_correct": JSONValue(test.bothCorrect), "only_first_correct": JSONValue(test.onlyFirstCorrect),
        "only_second_correct": JSONValue(test.onlySecondCorrect), "neither_correct": JSONValue(test.neitherCorrect),
        "exact_p": JSONValue(test.exactPValue), "mid_p": JSONValue(test.midPValue),
        "mid_p_holm": JSONValue(pair.adjusted.mcNemarHolm),
        "mid_p_benjamini_hochberg": JSONValue(pair.adjusted.mcNemarBenjaminiHochberg),
        "odds_ratio": JSONValue(test.oddsRatio), "odds_ratio_lower": JSONValue(test.oddsRatioLower),
        "odds_ratio_upper": JSONValue(test.oddsRatioUpper),
      ],
      "cohen_kappa": JSONValue(pair.kappa),
    ]
  }
}
