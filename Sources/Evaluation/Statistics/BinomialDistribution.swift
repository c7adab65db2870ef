import Foundation

/// The number of successes in independent trials.
struct BinomialDistribution {
  /// The number of trials.
  let trials: Int
  /// The probability of a success in each.
  let probability: Double

  /// The probability of exactly `successes`.
  func mass(_ successes: Int) -> Double {
    guard (0...trials).contains(successes) else { return 0 }
    if probability <= 0 { return successes == 0 ? 1 : 0 }
    if probability >= 1 { return successes == trials ? 1 : 0 }
    let (n, k) = (Double(trials), Double(successes))
    let orders = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(orders + k * log(probability) + (n - k) * log1p(-probability))
  }

  /// The probability of at most `successes`.
  ///
  /// - Complexity: O(`successes`).
  func cumulative(_ successes: Int) -> Double {
    if successes < 0 { return 0 }
    if successes >= trials { return 1 }
    // The smallest terms first: little is lost in the sum.
    return min(1, (0...successes).reduce(0) { $0 + mass($1) })
  }

  /// The exact interval of Clopper and Pearson (1934) for the probability behind `successes` of `trials`.
  static func exactInterval(successes: Int, trials: Int, confidence: Double) -> ConfidenceInterval {
    let tail = (1 - confidence) / 2
    func bisect(_ isBelow: (Double) -> Bool) -> Double {
      var (low, high) = (0.0, 1.0)
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if isBelow(middle) { low = middle } else { high = middle }
      }
      return (low + high) / 2
    }
    func atMost(_ count: Int, _ probability: Double) -> Double {
      BinomialDistribution(trials: trials, probability: probability).cumulative(count)
    }
    return ConfidenceInterval(
      lower: successes == 0 ? 0 : bisect { 1 - atMost(successes - 1, $0) < tail },
      upper: successes == trials ? 1 : bisect { atMost(successes, $0) > tail })
  }
}
