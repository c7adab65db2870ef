public import LinearAlgebra

/// Every figure of an evaluation, in a fixed shape: the same fields whatever the data, undefined ones without a value.
public struct Scores: Equatable, Sendable {
  /// True against predicted labels.
  public let confusion: ConfusionMatrix
  /// The number of groups that were resampled as wholes, or nothing when items were.
  public let groupCount: Int?
  /// The metrics of the whole, in the order of `Metric.overall`.
  public let overall: [MetricEstimate]
  /// The figures of each label, in the order of the label set, labels without support included.
  public let labels: [LabelScores]

  /// Measures predictions; with a bootstrap every figure gets its intervals.
  ///
  /// - Complexity: O(resamples × items × labels) with probabilities, O(resamples × items) without.
  public init(
    _ predictions: Predictions, bootstrap: Bootstrap? = Bootstrap(), progress: WorkProgress = .ignored
  ) {
    let confusion = ConfusionMatrix(predictions)
    let metrics = Metric.overall + predictions.labels.flatMap(Metric.perLabel)
    let estimates =
      bootstrap?.estimates(of: metrics, on: predictions, progress: progress)
      ?? zip(metrics, Bootstrap.values(of: metrics, on: predictions)).map {
        MetricEstimate(metric: $0, estimate: Estimate(value: $1))
      }
    let width = Metric.perLabel("").count
    self.confusion = confusion
    groupCount = predictions.groups.map { Set($0).count }
    overall = Array(estimates.prefix(Metric.overall.count))
    labels = predictions.labels.indices.map { label in
      let start = Metric.overall.count + label * width
      let figures = estimates[start..<start + width].map(\.estimate)
      return LabelScores(
        label: predictions.labels[label], support: confusion.support(of: label),
        truePositives: confusion.truePositives(of: label), falsePositives: confusion.falsePositives(of: label),
        falseNegatives: confusion.falseNegatives(of: label), precision: figures[0], recall: figures[1], f1: figures[2],
        rocAUC: figures[3], averagePrecision: figures[4])
    }
  }

  /// The number of items.
  public var count: Int { confusion.total }

  /// The estimate of a metric, or nothing for a label that is not in the label set.
  public subscript(metric: Metric) -> Estimate? { all.first { $0.metric == metric }?.estimate }

  /// Every estimate: the overall ones, then those of each label.
  public var all: [MetricEstimate] {
    overall
      + labels.flatMap { label in
        zip(
          Metric.perLabel(label.label),
          [label.precision, label.recall, label.f1, label.rocAUC, label.averagePrecision]
        ).map { MetricEstimate(metric: $0, estimate: $1) }
      }
  }
}

/// The figures of one label against the rest.
public struct LabelScores: Equatable, Sendable {
  /// The label.
  public let label: String
  /// The number of items that carry it.
  public let support: Int
  /// The number of its items that were labelled so.
  public let truePositives: Int
  /// The number of other items that were labelled so.
  public let falsePositives: Int
  /// The number of its items that were labelled otherwise.
  public let falseNegatives: Int
  /// TP / (TP + FP).
  public let precision: Estimate
  /// TP / (TP + FN).
  public let recall: Estimate
  /// The harmonic mean of both.
  public let f1: Estimate
  /// The area under the ROC curve; undefined without probabilities, positives or negatives.
  public let rocAUC: Estimate
  /// The average precision; undefined where the area is.
  public let averagePrecision: Estimate
}
