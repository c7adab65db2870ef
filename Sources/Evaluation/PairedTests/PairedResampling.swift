public import LinearAlgebra

/// The difference of a metric between two models on the same items, and how surely it is one.
public struct MetricDifference: Equatable, Sendable {
  /// The metric.
  public let metric: Metric
  /// Its value for the first model.
  public let first: Double?
  /// Its value for the second model.
  public let second: Double?
  /// The second less the first, the effect size in the metric's own unit, with its intervals.
  public let difference: Estimate
  /// The two-sided paired bootstrap test: how often a difference centred on zero is at least as large.
  public let bootstrapPValue: Double?
  /// The two-sided approximate randomization test (Noreen, 1989; Yeh, 2000): how often a difference is at least as large
  /// when the models swap their answers at random.
  public let randomizationPValue: Double?

  /// Whether the second model is the better one by the values alone.
  public var secondIsBetter: Bool {
    guard let value = difference.value else { return false }
    return metric.higherIsBetter ? value > 0 : value < 0
  }
}

/// Paired bootstrap and approximate randomization of any metrics. Where items come in groups, groups are drawn and
/// swapped as wholes.
extension Bootstrap {
  /// The differences of metrics between two models; `resamples` is also the number of random swaps.
  ///
  /// With fewer than two units there is nothing to resample, and only the values are given.
  ///
  /// - Complexity: O((resamples + units) × items × labels) with ranking metrics, else O((resamples + units) × items).
  public func differences(
    of metrics: [Metric], between pairs: PairedPredictions, progress: WorkProgress = .ignored
  ) -> [MetricDifference] {
    let parts = Self.parts(of: metrics)
    let first = WeightedMeasurer(pairs.first, parts: parts)
    let second = WeightedMeasurer(pairs.second, parts: parts)
    let units = ResamplingUnits(pairs.first)
    let (firstValues, secondValues) = (first.measureUnweighted(), second.measureUnweighted())
    let resampled =
      units.count < 2
      ? nil
      : Samples(of: units, bootstrap: self, threads: threads, progress: progress.part(0, of: 2)) { weights in
        WeightedMeasurer.lanes(of: Self.differences(of: metrics, first.measure(weights), second.measure(weights)))
      }
    let swapped =
      units.count < 2
      ? nil
      : swappedDifferences(
        of: metrics, between: pairs, units: units, parts: parts, progress: progress.part(1, of: 2))
    return metrics.enumerated().map { index, metric in
      let (a, b) = (metric.value(of: firstValues), metric.value(of: secondValues))
      let value = a.flatMap { a in b.map { $0 - a } }
      let estimate = resampled?.estimate(index, value: value, confidence: confidence) ?? Estimate(value: value)
      return MetricDifference(
        metric: metric, first: a, second: b, difference: estimate,
        bootstrapPValue: resampled.flatMap { Self.pValue(value, null: $0.resampled[index], centre: value ?? 0) },
        randomizationPValue: swapped.flatMap { Self.pValue(value, null: $0[index], centre: 0) })
    }
  }

  /// The differences when each unit's answers are swapped between the models with probability ½, metric by metric.
  private func swappedDifferences(
    of metrics: [Metric], between pairs: PairedPredictions, units: ResamplingUnits, parts: Measures.Parts,
    progress: WorkProgress
  ) -> [[Double]] {
    // Both models' answers in one list: a swap gives an answer of the other model weight 1 and the own one weight 0.
    let answers = WeightedMeasurer(pairs.first.appending(pairs.second), parts: parts)
    let width = WeightedMeasurer.Lanes.scalarCount
    let seed = seed
    let blocks = concurrentMap(count: (resamples + width - 1) / width, threads: threads, progress: progress) { block in
      // Not the numbers that drew the resamples.
      var generator = SplitMix64(seed: ~seed, block: block)
      let swaps = units.drawHalves(using: &generator)
      let kept = swaps.map { .one &- $0 }
      return Self.differences(of: metrics, answers.measure(kept + swaps), answers.measure(swaps + kept))
    }
    let rows = Array(blocks.joined().prefix(resamples))
    return metrics.indices.map { metric in rows.map { $0[metric] } }
  }

  /// For each weighting the second's metrics less the first's, NaN where undefined.
  private static func differences(of metrics: [Metric], _ first: [Measures], _ second: [Measures]) -> [[Double]] {
    zip(first, second).map { first, second in
      metrics.map { metric in (metric.value(of: second) ?? .nan) - (metric.value(of: first) ?? .nan) }
    }
  }

  /// The share of the values that lie at least as far from `centre` as the observed one from 0, the observed one counted
  /// among them, so that it is never 0 (Davison and Hinkley, 1997).
  private static func pValue(_ observed: Double?, null: [Double], centre: Double) -> Double? {
    guard let observed else { return nil }
    let defined = null.filter { !$0.isNaN }
    guard !defined.isEmpty else { return nil }
    // Equal differences of counts may differ in their last bits.
    let extreme = defined.count { abs($0 - centre) >= abs(observed) - 1e-12 }
    return Double(extreme + 1) / Double(defined.count + 1)
  }
}

extension Predictions {
  /// The items of these predictions and then those of others over the same labels.
  fileprivate func appending(_ other: Predictions) -> Predictions {
    Predictions(
      labels: labels, ids: ids + other.ids, gold: gold + other.gold, predicted: predicted + other.predicted,
      probabilities: hasProbabilities && other.hasProbabilities ? probabilities + other.probabilities : [])
  }
}
