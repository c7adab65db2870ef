/// An interval that covers the true value of a figure with a stated probability.
public struct ConfidenceInterval: Equatable, Sendable, Codable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// Creates an interval.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// A figure with its bootstrap intervals.
public struct Estimate: Equatable, Sendable, Codable {
  /// The value on the items themselves; nothing where the figure is undefined on them.
  public let value: Double?
  /// The percentile interval, or nothing without a bootstrap. It need not hold the value: resamples of a calibration error
  /// nearly all lie above it.
  public let percentile: ConfidenceInterval?
  /// The bias-corrected and accelerated interval, or nothing where it is undefined. Where it would not hold the value it is
  /// widened to it, so that it covers the truth no less often.
  public let bca: ConfidenceInterval?

  /// Creates an estimate.
  public init(value: Double?, percentile: ConfidenceInterval? = nil, bca: ConfidenceInterval? = nil) {
    self.value = value
    self.percentile = percentile
    self.bca = bca
  }

  /// The interval to show: BCa, and percentile where BCa is undefined.
  public var interval: ConfidenceInterval? { bca ?? percentile }
}

/// A metric and what it came to.
public struct MetricEstimate: Equatable, Sendable {
  /// Which figure.
  public let metric: Metric
  /// Its value and intervals.
  public let estimate: Estimate

  /// Pairs a metric with its estimate.
  public init(metric: Metric, estimate: Estimate) {
    self.metric = metric
    self.estimate = estimate
  }
}
