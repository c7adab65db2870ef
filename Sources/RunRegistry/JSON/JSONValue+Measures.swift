package import Corpus
package import Evaluation

/// How figures are written in JSON, in every file and report alike.
extension JSONValue {
  /// A figure with its intervals: `{"value", "percentile": [lower, upper], "bca": [lower, upper]}`.
  package init(_ estimate: Estimate) {
    self = [
      "value": JSONValue(estimate.value), "percentile": JSONValue(estimate.percentile), "bca": JSONValue(estimate.bca),
    ]
  }

  /// An interval as a pair.
  package init(_ interval: ConfidenceInterval?) {
    self = interval.map { [JSONValue($0.lower), JSONValue($0.upper)] } ?? .null
  }

  /// Figures by the names of their metrics.
  package init(_ estimates: [MetricEstimate]) {
    self = .object(
      Dictionary(estimates.map { ($0.metric.name, JSONValue($0.estimate)) }, uniquingKeysWith: { first, _ in first }))
  }

  /// A confusion matrix, a row a true label.
  package init(_ confusion: ConfusionMatrix) {
    let labels = confusion.labels.indices
    self = [
      "labels": .array(confusion.labels.map { .string($0) }),
      "counts": .array(labels.map { gold in .array(labels.map { JSONValue(confusion[gold, $0]) }) }),
    ]
  }

  /// The figure that `init(_: Estimate)` wrote.
  package var estimate: Estimate {
    Estimate(value: self["value"]?.number, percentile: self["percentile"]?.interval, bca: self["bca"]?.interval)
  }

  private var interval: ConfidenceInterval? {
    guard let ends = array?.compactMap(\.number), ends.count == 2 else { return nil }
    return ConfidenceInterval(lower: ends[0], upper: ends[1])
  }
}
