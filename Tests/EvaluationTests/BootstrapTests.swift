import Evaluation
import Foundation
import TestSupport
import Testing

@Suite("Bootstrap")
struct BootstrapTests {
  @Test("intervals are SciPy's but for the resamples that were drawn")
  func scipy() throws {
    let fixture = try Fixture.load().cases[0]
    let intervals = try #require(fixture.intervals)
    let estimates = Bootstrap(resamples: 20_000).estimates(of: [.accuracy, .macroF1], on: fixture.predictions)
    for estimate in estimates {
      for (method, interval) in [("percentile", estimate.estimate.percentile), ("bca", estimate.estimate.bca)] {
        let expected = try #require(intervals["\(estimate.metric.name).\(method)"])
        let interval = try #require(interval)
        // Accuracy moves in steps of 1/120.
        #expect(abs(interval.lower - expected[0]) < 0.0085, "\(estimate.metric.name) \(method)")
        #expect(abs(interval.upper - expected[1]) < 0.0085, "\(estimate.metric.name) \(method)")
      }
    }
  }

  @Test("from a distribution that is given, of items and of groups, the intervals are SciPy's to the last digits")
  func givenDistribution() throws {
    let cases = try #require(try Fixture.load().cases[0].resampled)
    #expect(cases.count == 2)
    for fixture in cases {
      let estimate = Samples(resampled: [fixture.resampled], jackknife: [fixture.jackknife])
        .estimate(0, value: fixture.value, confidence: 0.95)
      #expect(isClose(estimate.percentile?.lower, fixture.percentile[0]))
      #expect(isClose(estimate.percentile?.upper, fixture.percentile[1]))
      #expect(isClose(estimate.bca?.lower, fixture.bca[0]))
      #expect(isClose(estimate.bca?.upper, fixture.bca[1]))
    }
  }

  @Test("a BCa interval holds its value where nearly all resamples lie on one side of it; a percentile one need not")
  func valueAtTheEdge() throws {
    let resampled = (0..<1000).map { 0.05 + Double($0) * 1e-4 }
    let (value, jackknife) = (0.0515, [0.0514, 0.0516])
    let above = Samples(resampled: [resampled], jackknife: [jackknife]).estimate(0, value: value, confidence: 0.95)
    let bca = try #require(above.bca)
    #expect(bca.lower < value && bca.upper == value)
    #expect(try #require(above.percentile).lower > value)
    let below = Samples(resampled: [resampled.map { -$0 }], jackknife: [jackknife.map { -$0 }])
      .estimate(0, value: -value, confidence: 0.95)
    #expect(below.bca?.lower == -value)
    #expect(isClose(below.bca?.upper, -bca.lower))
  }

  @Test("the same seed gives the same intervals on any number of threads, another seed others")
  func determinism() {
    let predictions = inventedPredictions(count: 301, groupSize: 4)
    let metrics = Metric.overall + Metric.perLabel("favor")
    let one = Bootstrap(resamples: 203, seed: 5, threads: 1).estimates(of: metrics, on: predictions)
    #expect(Bootstrap(resamples: 203, seed: 5, threads: 3).estimates(of: metrics, on: predictions) == one)
    #expect(Bootstrap(resamples: 203, seed: 6, threads: 3).estimates(of: metrics, on: predictions) != one)
  }

  @Test("resamples of weights are resamples of items: a plain bootstrap spreads alike")
  func plainTwin() throws {
    let predictions = inventedPredictions(count: 80)
    let metrics: [Metric] = [
      .macroF1, .matthewsCorrelation, .logLoss, .expectedCalibrationError, .rocAUC("none"), .averagePrecision("favor"),
    ]
    let fast = Bootstrap(resamples: 4000).estimates(of: metrics, on: predictions)
    var generator = SeededGenerator(seed: 3)
    let plain = (0..<4000).map { _ in
      let drawn = predictions.selecting((0..<80).map { _ in Int.random(in: 0..<80, using: &generator) })
      return metrics.map { $0.value(of: drawn) ?? .nan }
    }
    for (index, metric) in metrics.enumerated() {
      let sorted = plain.map { $0[index] }.filter { !$0.isNaN }.sorted()
      let interval = try #require(fast[index].estimate.percentile)
      let width = sorted[3899] - sorted[100]
      #expect(abs(interval.lower - sorted[100]) < 0.08 * width, "\(metric)")
      #expect(abs(interval.upper - sorted[3899]) < 0.08 * width, "\(metric)")
    }
  }

  @Test("groups that agree within themselves make the interval wider")
  func clusters() throws {
    let base = inventedPredictions(count: 60)
    // Each item five times: a bootstrap of items takes copies for knowledge, one of groups does not.
    let copies = (0..<300).map { $0 / 5 }
    let copied = base.selecting(copies)
    func width(_ groups: [String]?) throws -> Double {
      let predictions = Predictions(
        labels: base.labels, ids: copied.ids, groups: groups, gold: copied.gold, predicted: copied.predicted)
      let interval = try #require(
        Bootstrap(resamples: 4000).estimates(of: [.accuracy], on: predictions)[0].estimate.percentile)
      return interval.upper - interval.lower
    }
    let ratio = try width(copies.map(String.init)) / width(nil)
    #expect(abs(ratio - 5.0.squareRoot()) < 0.25)
  }

  @Test("one item or one group has nothing to resample")
  func single() {
    let one = inventedPredictions(count: 1)
    #expect(Bootstrap().estimates(of: [.accuracy], on: one)[0].estimate.interval == nil)
    let group = inventedPredictions(count: 10, groupSize: 10)
    #expect(Bootstrap().estimates(of: [.accuracy], on: group)[0].estimate.interval == nil)
  }

  @Test("a figure that does not vary has an interval of no width")
  func constant() {
    let predictions = Predictions(labels: ["a", "b"], ids: ["1", "2", "3"], gold: [0, 1, 0], predicted: [0, 1, 0])
    let interval = Bootstrap(resamples: 100).estimates(of: [.accuracy], on: predictions)[0].estimate.interval
    #expect(interval == ConfidenceInterval(lower: 1, upper: 1))
  }

  @Test(
    "every unit is left out once: by itself, or where there are many, as one of a part", arguments: [1, 9, 2000, 4711])
  func leavingOut(count: Int) {
    let units = ResamplingUnits(itemCount: count, groups: nil)
    var leftOut = [Int](repeating: 0, count: count)
    for start in stride(from: 0, to: units.leftOutCount, by: 8) {
      let copies = units.leaveOut(from: start)
      for lane in 0..<8 {
        let missing = copies.indices.filter { copies[$0][lane] == 0 }
        #expect(missing.count == (start + lane >= units.leftOutCount ? 0 : (count - start - lane + 1999) / 2000))
        for unit in missing { leftOut[unit] += 1 }
      }
    }
    #expect(leftOut.allSatisfy { $0 == 1 })
  }

  @Test("leaving out parts of many units gives the intervals that leaving out each gives, but for chance")
  func accelerationByParts() throws {
    // The mean of 30,000 numbers of a very skewed distribution; resamples of it are near enough to normal ones.
    var generator = SeededGenerator(seed: 3)
    let numbers = (0..<30_000).map { _ in pow(-log(Double.random(in: 0..<1, using: &generator) + 1e-9), 2) }
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    let error = (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count / count).squareRoot()
    // Each with its mirror image, so that the acceleration alone moves the interval.
    let resampled = (0..<5000).flatMap { _ in
      let distance = error * (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
      return [mean + distance, mean - distance]
    }
    let units = ResamplingUnits(itemCount: numbers.count, groups: nil)
    let parts = stride(from: 0, to: units.leftOutCount, by: 8).flatMap { start in
      let copies = units.leaveOut(from: start)
      return (0..<8).map { lane in
        var (sum, kept) = (0.0, 0.0)
        for (number, copies) in zip(numbers, copies) where copies[lane] > 0 { (sum, kept) = (sum + number, kept + 1) }
        return sum / kept
      }
    }
    let each = numbers.map { (mean * count - $0) / (count - 1) }
    let intervals = try [parts, each].map { jackknife in
      try #require(
        Samples(resampled: [resampled], jackknife: [jackknife]).estimate(0, value: mean, confidence: 0.95).bca)
    }
    #expect(abs(intervals[0].lower - intervals[1].lower) < 0.01 * error)
    #expect(abs(intervals[0].upper - intervals[1].upper) < 0.01 * error)
    // It is skewed enough to be told from none.
    #expect(intervals[1].upper + intervals[1].lower - 2 * mean > 0.02 * error)
  }

  @Test("95 % intervals of accuracy cover the truth about 95 times in 100")
  func coverage() throws {
    // Accuracy of `inventedPredictions` over many items stands for the truth.
    let truth = try #require(Metric.accuracy.value(of: inventedPredictions(count: 100_000, seed: 99)))
    let covered = (0..<300).count { seed in
      let sample = inventedPredictions(count: 150, seed: UInt64(1000 + seed))
      let interval = Bootstrap(resamples: 600, seed: UInt64(seed)).estimates(of: [.accuracy], on: sample)[0].estimate
        .bca
      return interval.map { $0.lower <= truth && truth <= $0.upper } ?? false
    }
    // Three standard deviations of a binomial count around 285.
    #expect((273...297).contains(covered))
  }

  @Test(
    "macro-F1 and accuracy of eight weightings at once are those of confusion matrices, to the last bit",
    arguments: [1, 2, 33, 400], [2, 3, 20])
  func lanes(count: Int, labelCount: Int) {
    var generator = SeededGenerator(seed: UInt64(count * labelCount))
    let predictions = inventedPredictions(
      count: count, labels: (0..<labelCount).map { "label \($0)" }, seed: UInt64(count))
    let metrics: [Metric] = [.accuracy, .macroF1]
    let measurer = WeightedMeasurer(predictions, parts: [])
    for round in 0..<20 {
      let weights = (0..<count).map { _ in
        // In the last lane nothing weighs anything.
        WeightedMeasurer.Copies(
          (0..<8).map { $0 == 7 ? 0 : UInt16.random(in: 0...UInt16(round % 4), using: &generator) })
      }
      let fast = measurer.values(of: metrics, under: weights)
      let plain = measurer.plainValues(of: metrics, under: weights)
      #expect(fast.count == plain.count)
      for (fast, plain) in zip(fast, plain) {
        for lane in 0..<8 {
          #expect(fast[lane].isNaN ? plain[lane].isNaN : fast[lane].bitPattern == plain[lane].bitPattern)
        }
      }
      #expect(fast[0][7].isNaN && fast[1][7].isNaN)
    }
  }
}
