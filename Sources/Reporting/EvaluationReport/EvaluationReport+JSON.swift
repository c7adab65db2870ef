import Corpus
import RunRegistry
import Evaluation

/// An evaluation for programs.
extension EvaluationReport {
  /// The version of the shape that `json` has; it grows when a field changes its meaning or goes away.
  public static let schemaVersion = 1

  /// The report as JSON, in a fixed shape: every field is always there, undefined figures are `null`, and labels without
  /// support stand among the others.
  public var json: String {
    let scores = assessment.scores
    let value: JSONValue = [
      "schema_version": JSONValue(Self.schemaVersion),
      "title": .string(title),
      "facts": .array(facts.map { ["name": .string($0.name), "value": .string($0.value)] }),
      "items": JSONValue(scores.count), "reads_articles": .boolean(readsArticles),
      "coverage": [
        "answered": JSONValue(assessment.coverage.answered), "items": JSONValue(assessment.coverage.total),
        "share": JSONValue(assessment.coverage.share), "estimate": JSONValue(assessment.selective.coverage),
      ],
      "groups": scores.groupCount.map { JSONValue($0) } ?? .null,
      "bootstrap": assessment.configuration.bootstrap.map { bootstrap in
        [
          "resamples": JSONValue(bootstrap.resamples), "confidence": JSONValue(bootstrap.confidence),
          "seed": .number(String(bootstrap.seed)),
        ]
      } ?? .null,
      "metrics": JSONValue(scores.overall),
      "labels": .array(scores.labels.map(Self.label)),
      "confusion_matrix": JSONValue(scores.confusion),
      "reliability": assessment.reliability.map { table in
        .array(zip(table.bins, assessment.selective.binAccuracies).map(Self.bin))
      } ?? .null,
      "coverage_risk": assessment.coverageRisk.map { Self.coverageRisk($0, assessment.selective) } ?? .null,
      "slices": .array(assessment.slices.map(Self.slices)),
      "learning_curve": assessment.learningCurve.map(Self.learningCurve) ?? .null,
      "errors": .array(assessment.errors.map(Self.error)),
    ]
    return value.text(indented: true) + "\n"
  }

  private static func label(_ label: LabelScores) -> JSONValue {
    [
      "label": .string(label.label), "support": JSONValue(label.support),
      "true_positives": JSONValue(label.truePositives), "false_positives": JSONValue(label.falsePositives),
      "false_negatives": JSONValue(label.falseNegatives), "precision": JSONValue(label.precision),
      "recall": JSONValue(label.recall), "f1": JSONValue(label.f1), "roc_auc": JSONValue(label.rocAUC),
      "average_precision": JSONValue(label.averagePrecision),
    ]
  }

  private static func bin(_ bin: ReliabilityTable.Bin, accuracy: Estimate) -> JSONValue {
    [
      "lower": JSONValue(bin.lower), "upper": JSONValue(bin.upper), "items": JSONValue(bin.count),
      "confidence": JSONValue(bin.confidence), "accuracy": JSONValue(bin.accuracy),
      "accuracy_estimate": JSONValue(accuracy),
    ]
  }

  private static func coverageRisk(_ curve: CoverageRiskCurve, _ selective: SelectiveFigures) -> JSONValue {
    [
      "area": JSONValue(curve.area), "area_estimate": JSONValue(selective.area),
      "risks": .array(
        selective.risks.map {
          [
            "coverage": JSONValue($0.point.coverage), "risk": JSONValue($0.risk),
            "threshold": JSONValue($0.point.threshold),
          ]
        }),
      "points": .array(
        curve.thinned(to: 100).map {
          [
            "coverage": JSONValue($0.coverage), "risk": JSONValue($0.risk), "threshold": JSONValue($0.threshold),
          ]
        }),
    ]
  }

  private static func slices(_ slices: Slices) -> JSONValue {
    [
      "attribute": .string(slices.attribute),
      "parts": .array(
        slices.parts.map {
          ["value": .string($0.value), "items": JSONValue($0.count), "metrics": JSONValue($0.estimates)]
        }),
    ]
  }

  private static func learningCurve(_ curve: LearningCurve) -> JSONValue {
    [
      "metric": .string(curve.metric.name),
      "points": .array(
        curve.points.map {
          [
            "training_items": JSONValue($0.trainingCount), "estimate": JSONValue($0.estimate),
            "seconds": JSONValue($0.seconds),
          ]
        }),
    ]
  }

  private static func error(_ error: ErrorExample) -> JSONValue {
    [
      "id": .string(error.id), "group": JSONValue(error.group), "text": JSONValue(error.text),
      "gold": .string(error.gold), "predicted": .string(error.predicted), "confidence": JSONValue(error.confidence),
      "gold_probability": JSONValue(error.goldProbability), "explanation": JSONValue(error.explanation),
    ]
  }
}
