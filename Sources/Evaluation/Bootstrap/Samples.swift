import LinearAlgebra

/// The values of several figures on every resample, and with every unit left out (`ResamplingUnits.leftOutCount`).
package struct Samples: Sendable {
  /// The values on the resamples, figure by figure, NaN where undefined.
  let resampled: [[Double]]
  /// The values with one unit left out, or one part of them, figure by figure.
  let jackknife: [[Double]]

  /// Values that were made elsewhere.
  package init(resampled: [[Double]], jackknife: [[Double]]) {
    self.resampled = resampled
    self.jackknife = jackknife
  }

  /// Resamples the units; `figures` gives the values of all figures, each for eight weightings of the items, NaN where
  /// undefined.
  init(
    of units: ResamplingUnits, bootstrap: Bootstrap, threads: Int, progress: WorkProgress = .ignored,
    figures: @Sendable ([WeightedMeasurer.Copies]) -> [WeightedMeasurer.Lanes]
  ) {
    let width = WeightedMeasurer.Lanes.scalarCount
    let seed = bootstrap.seed
    let drawn = Double(bootstrap.resamples) / Double(bootstrap.resamples + units.leftOutCount)
    let resampled = concurrentMap(
      count: (bootstrap.resamples + width - 1) / width, threads: threads, progress: progress.part(0, drawn)
    ) { block in
      var generator = SplitMix64(seed: seed, block: block)
      return figures(units.draw(using: &generator))
    }
    let jackknife = concurrentMap(
      count: (units.leftOutCount + width - 1) / width, threads: threads, progress: progress.part(drawn, 1)
    ) { block in
      figures(units.leaveOut(from: block * width))
    }
    self.resampled = Self.transposed(resampled, count: bootstrap.resamples)
    self.jackknife = Self.transposed(jackknife, count: units.leftOutCount)
  }

  private static func transposed(_ blocks: [[WeightedMeasurer.Lanes]], count: Int) -> [[Double]] {
    let width = WeightedMeasurer.Lanes.scalarCount
    return (0..<(blocks.first?.count ?? 0)).map { figure in
      (0..<count).map { blocks[$0 / width][figure][$0 % width] }
    }
  }

  /// The estimate of a figure whose value on the items themselves is `value`.
  package func estimate(_ figure: Int, value: Double?, confidence: Double) -> Estimate {
    let sorted = resampled[figure].filter { !$0.isNaN }.sorted()
    guard let value, !sorted.isEmpty else { return Estimate(value: value) }
    let tail = (1 - confidence) / 2
    let percentile = ConfidenceInterval(
      lower: Self.quantile(tail, of: sorted), upper: Self.quantile(1 - tail, of: sorted))
    return Estimate(
      value: value, percentile: percentile,
      bca: Self.bca(sorted: sorted, jackknife: jackknife[figure], value: value, tail: tail))
  }

  /// The BCa interval (Efron, 1987), widened to the value where it would not hold it; nothing where the value lies outside all
  /// resamples.
  ///
  /// Of a calibration error resamples are larger than the value nearly always, since what chance adds to it adds up. The
  /// correction of bias then reaches so far down that both ends can come to lie below the value. An interval that is
  /// widened covers no less.
  private static func bca(sorted: [Double], jackknife: [Double], value: Double, tail: Double) -> ConfidenceInterval? {
    // Half of the ties count as below, as in SciPy: metrics of counts take few values and ties are common.
    let below = Double(sorted.partitionIndex { $0 >= value })
    let atMost = Double(sorted.partitionIndex { $0 > value })
    let share = (below + atMost) / 2 / Double(sorted.count)
    guard share > 0 && share < 1 else { return nil }
    let bias = NormalDistribution.quantile(share)
    let left = jackknife.filter { !$0.isNaN }
    guard !left.isEmpty else { return nil }
    let mean = left.reduce(0, +) / Double(left.count)
    var squares = 0.0
    var cubes = 0.0
    for value in left {
      let difference = mean - value
      squares += difference * difference
      cubes += difference * difference * difference
    }
    let acceleration = squares == 0 ? 0 : cubes / (6 * squares * squares.squareRoot())
    func level(_ probability: Double) -> Double {
      let shifted = bias + NormalDistribution.quantile(probability)
      return NormalDistribution.cumulative(bias + shifted / (1 - acceleration * shifted))
    }
    return ConfidenceInterval(
      lower: min(quantile(level(tail), of: sorted), value), upper: max(quantile(level(1 - tail), of: sorted), value))
  }

  /// The quantile of sorted values by linear interpolation (NumPy's default).
  static func quantile(_ probability: Double, of sorted: [Double]) -> Double {
    let position = min(max(probability, 0), 1) * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}

extension [Double] {
  /// The first index of a sorted array at which `predicate` holds, or the count.
  fileprivate func partitionIndex(where predicate: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
