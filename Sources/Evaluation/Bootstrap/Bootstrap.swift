public import LinearAlgebra

/// Bootstrap intervals (Efron and Tibshirani, 1993) of any metrics, by resampling items or, where items come in groups,
/// whole groups.
///
/// Both the percentile and the bias-corrected and accelerated (BCa) interval are computed from the same resamples. Every
/// block of resamples has a generator of its own, so the result depends on the seed and not on the number of threads.
/// A BCa interval is widened to its estimate where it would not hold it; a percentile interval is left as it is.
/// A resample on which a metric is undefined is left out for that metric.
public struct Bootstrap: Equatable, Sendable {
  /// The number of resamples.
  public var resamples: Int
  /// The probability with which an interval should cover the true value.
  public var confidence: Double
  /// The seed of the resamples.
  public var seed: UInt64
  /// The number of threads.
  public var threads: Int

  /// Creates a bootstrap.
  ///
  /// - Precondition: at least one resample; `confidence` between 0 and 1.
  public init(resamples: Int = 10_000, confidence: Double = 0.95, seed: UInt64 = 0, threads: Int = 1) {
    precondition(resamples > 0, "a bootstrap needs resamples")
    precondition(confidence > 0 && confidence < 1, "confidence is a probability")
    self.resamples = resamples
    self.confidence = confidence
    self.seed = seed
    self.threads = threads
  }

  /// The value of each metric on the predictions themselves, without intervals.
  public static func values(of metrics: [Metric], on predictions: Predictions) -> [Double?] {
    let measures = WeightedMeasurer(predictions, parts: parts(of: metrics)).measureUnweighted()
    return metrics.map { $0.value(of: measures) }
  }

  /// The value of each metric with its intervals.
  ///
  /// With fewer than two units (items, or groups) there is nothing to resample and the intervals are left out.
  ///
  /// - Complexity: O((resamples + units) × items × labels) with ranking metrics, else O((resamples + units) × items).
  public func estimates(
    of metrics: [Metric], on predictions: Predictions, progress: WorkProgress = .ignored
  ) -> [MetricEstimate] {
    let measurer = WeightedMeasurer(predictions, parts: Self.parts(of: metrics))
    let units = ResamplingUnits(predictions)
    let whole = measurer.measureUnweighted()
    let samples =
      units.count < 2
      ? nil
      : Samples(of: units, bootstrap: self, threads: threads, progress: progress) { weights in
        measurer.values(of: metrics, under: weights)
      }
    return metrics.enumerated().map { index, metric in
      let value = metric.value(of: whole)
      let estimate = samples.map { $0.estimate(index, value: value, confidence: confidence) } ?? Estimate(value: value)
      return MetricEstimate(metric: metric, estimate: estimate)
    }
  }

  static func parts(of metrics: [Metric]) -> Measures.Parts {
    metrics.reduce(into: []) { $0.formUnion($1.need) }
  }
}
