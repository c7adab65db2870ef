import Foundation

/// Measures predictions whose items carry weights, under eight weightings at a time.
///
/// Resampling is weighting: an item that was drawn twice weighs 2. Whatever depends on the items alone (their cell of
/// the confusion matrix, their loss, their calibration bin, their rank by each label's probability) is computed once;
/// what remains for a resample are sums, done for eight resamples in one pass with `SIMD8`. Weights are small whole numbers and
/// are added as such, exactly: they take a quarter of the memory of `Double`, and one instruction where those take four.
package struct WeightedMeasurer: Sendable {
  /// A value under each of eight weightings.
  package typealias Lanes = SIMD8<Double>
  /// How many copies of an item each of eight weightings holds: at most `mostCopies`.
  package typealias Copies = SIMD8<UInt16>
  /// Sums of copies.
  package typealias Counts = SIMD8<UInt32>

  /// So many copies of 64 items still fit 16 bits. No draw with replacement ever comes near.
  package static var mostCopies: UInt16 { 1023 }

  package let labels: [String]
  package let count: Int
  private let parts: Measures.Parts
  /// The cells of the confusion matrix that hold items, and for each item the place of its cell among them: a small part
  /// of the items, with many labels, leaves nearly all cells empty.
  let occupiedCells: [ConfusionMatrix.Cell]
  private let cells: [Int32]
  private let losses: [Losses]
  private let rankings: [Ranking]

  /// What an item adds to the measures of its probabilities.
  private struct Losses: Sendable {
    let logLoss: Double
    let brierScore: Double
    /// Correctness (0 or 1) less the confidence.
    let gap: Double
    let bin: Int
  }

  /// The items by falling probability of one label, cut where positives stand: between them there is nothing to do but to
  /// count negatives.
  private struct Ranking: Sendable {
    /// The items; of those that tie, the positives come first.
    var order: [Int32] = []
    var steps: [Step] = []

    /// Negatives, and then one tie that holds positives (at the end there may be none).
    struct Step: Sendable {
      var negatives: Int32 = 0
      var tiedPositives: Int32 = 0
      var tiedNegatives: Int32 = 0
    }
  }

  /// Prepares predictions; parts that need probabilities are left out where there are none.
  package init(_ predictions: Predictions, parts: Measures.Parts) {
    let width = predictions.labels.count
    labels = predictions.labels
    count = predictions.count
    self.parts = predictions.hasProbabilities ? parts : []
    let cellOfItem = zip(predictions.gold, predictions.predicted).map { $0 * width + $1 }
    let occupiedCells = Set(cellOfItem).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(occupiedCells, Int32(0)...))
    self.occupiedCells = occupiedCells.map { ConfusionMatrix.Cell(gold: $0 / width, predicted: $0 % width) }
    cells = cellOfItem.map { places[$0] ?? 0 }
    losses =
      self.parts.contains(.calibration) ? (0..<predictions.count).map { Self.losses(of: $0, in: predictions) } : []
    rankings = self.parts.contains(.ranking) ? (0..<width).map { Self.ranking(by: $0, in: predictions) } : []
  }

  private static func losses(of item: Int, in predictions: Predictions) -> Losses {
    let width = predictions.labels.count
    let row = predictions.probabilities[item * width..<(item + 1) * width].map(Double.init)
    // The smallest step of a `Float` below 1, as scikit-learn clips probabilities of this precision.
    let smallest = Double(Float.ulpOfOne)
    let truth = min(max(row[predictions.gold[item]], smallest), 1 - smallest)
    var squares = 0.0
    for label in 0..<width {
      let difference = row[label] - (label == predictions.gold[item] ? 1 : 0)
      squares += difference * difference
    }
    let confidence = row[predictions.predicted[item]]
    return Losses(
      logLoss: -log(truth), brierScore: width == 2 ? squares / 2 : squares,
      gap: (predictions.isCorrect(at: item) ? 1 : 0) - confidence, bin: ReliabilityTable.bin(of: confidence))
  }

  private static func ranking(by label: Int, in predictions: Predictions) -> Ranking {
    let width = predictions.labels.count
    let scores = (0..<predictions.count).map { predictions.probabilities[$0 * width + label] }
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    var ranking = Ranking()
    var step = Ranking.Step()
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count && scores[order[end]] == scores[order[start]] { end += 1 }
      let tied = order[start..<end]
      let positives = tied.filter { predictions.gold[$0] == label }
      if positives.isEmpty {
        step.negatives += Int32(tied.count)
        ranking.order += tied.map(Int32.init)
      } else {
        step.tiedPositives = Int32(positives.count)
        step.tiedNegatives = Int32(tied.count - positives.count)
        ranking.order += positives.map(Int32.init) + tied.filter { predictions.gold[$0] != label }.map(Int32.init)
        ranking.steps.append(step)
        step = Ranking.Step()
      }
      start = end
    }
    ranking.steps.append(step)
    return ranking
  }

  /// The measures with every item counted once.
  package func measureUnweighted() -> Measures {
    measure([Copies](repeating: .one, count: count))[0]
  }

  /// The measures under each of eight weightings.
  ///
  /// - Parameter weights: the copies of each item, of which none is more than `mostCopies`.
  /// - Complexity: O(items) for the counts and the calibration, O(items × labels) for the ranking.
  package func measure(_ weights: [Copies]) -> [Measures] {
    precondition(weights.count == count, "one weight an item")
    var results = confusionMatrices(weights).map { Measures(confusion: $0) }
    if parts.contains(.calibration) { measureCalibration(weights, into: &results) }
    if parts.contains(.ranking) { measureRanking(weights, into: &results) }
    return results
  }

  /// What the items of each occupied cell weigh.
  func cellSums(_ weights: [Copies]) -> [Counts] {
    var sums = [Counts](repeating: .zero, count: occupiedCells.count)
    do {
      let weights = weights.span
      let cells = cells.span
      var sums = sums.mutableSpan
      for item in 0..<count { sums[Int(cells[item])] &+= Counts(weights[item]) }
    }
    return sums
  }

  private func confusionMatrices(_ weights: [Copies]) -> [ConfusionMatrix] {
    let sums = cellSums(weights)
    return (0..<Lanes.scalarCount).map { lane in
      ConfusionMatrix(labels: labels, occupied: occupiedCells, counts: sums.map { Int($0[lane]) })
    }
  }

  private func measureCalibration(_ weights: [Copies], into results: inout [Measures]) {
    var logLoss = Lanes.zero
    var brierScore = Lanes.zero
    var binCounts = [Counts](repeating: .zero, count: ReliabilityTable.binCount)
    var binGaps = [Lanes](repeating: .zero, count: ReliabilityTable.binCount)
    do {
      let weights = weights.span
      let losses = losses.span
      var binCounts = binCounts.mutableSpan
      var binGaps = binGaps.mutableSpan
      for item in 0..<count {
        let copies = Counts(weights[item])
        let weight = Lanes(copies)
        let loss = losses[item]
        logLoss += weight * loss.logLoss
        brierScore += weight * loss.brierScore
        binCounts[loss.bin] &+= copies
        binGaps[loss.bin] += weight * loss.gap
      }
    }
    let binWeights = binCounts.map { Lanes($0) }
    let total = binWeights.reduce(.zero, +)
    for lane in results.indices where total[lane] > 0 {
      var expected = 0.0
      var maximum = 0.0
      for bin in binWeights.indices where binWeights[bin][lane] > 0 {
        let gap = abs(binGaps[bin][lane])
        expected += gap
        maximum = max(maximum, gap / binWeights[bin][lane])
      }
      results[lane].logLoss = logLoss[lane] / total[lane]
      results[lane].brierScore = brierScore[lane] / total[lane]
      results[lane].expectedCalibrationError = expected / total[lane]
      results[lane].maximumCalibrationError = maximum
    }
  }

  private func measureRanking(_ weights: [Copies], into results: inout [Measures]) {
    for ranking in rankings {
      let (area, precision) = Self.rank(weights, by: ranking)
      for lane in results.indices {
        results[lane].rocAUC.append(area[lane])
        results[lane].averagePrecision.append(precision[lane])
      }
    }
  }

  /// The ROC area (trapezoids) and the average precision (steps) of one label; NaN where there is nothing to rank.
  private static func rank(_ weights: [Copies], by ranking: Ranking) -> (area: Lanes, precision: Lanes) {
    let weights = weights.span
    let order = ranking.order.span
    let steps = ranking.steps.span
    var (positives, negatives, lost, precision) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var place = 0
    func sum(_ count: Int32) -> Lanes {
      var total = Counts.zero
      let end = place + Int(count)
      while place < end {
        // So many that 16 bits hold their sum; see `mostCopies`.
        let next = min(end, place + 64)
        var sum = Copies.zero
        for rank in place..<next { sum &+= weights[Int(order[rank])] }
        total &+= Counts(sum)
        place = next
      }
      return Lanes(total)
    }
    for index in steps.indices {
      let step = steps[index]
      negatives += sum(step.negatives)
      let tiedPositives = sum(step.tiedPositives)
      let tiedNegatives = sum(step.tiedNegatives)
      // What lies above the curve: pairs of a positive and a negative that is ranked before it, ties counted half.
      lost += tiedPositives * (negatives + 0.5 * tiedNegatives)
      positives += tiedPositives
      negatives += tiedNegatives
      // Nothing drawn so far: the quotient would be 0 / 0, and its factor is 0.
      let seen = positives + negatives
      precision += tiedPositives * (positives / seen.replacing(with: 1, where: seen .== 0))
    }
    let pairs = positives * negatives
    let undefined = (positives .== 0) .| (negatives .== 0)
    return (
      ((pairs - lost) / pairs).replacing(with: .nan, where: undefined),
      (precision / positives).replacing(with: .nan, where: positives .== 0)
    )
  }
}

extension SIMD8<UInt32> {
  /// The same numbers with more room.
  @inline(__always)
  init(_ copies: WeightedMeasurer.Copies) { self.init(truncatingIfNeeded: copies) }
}

extension SIMD8<Double> {
  /// Counts, which are below 2³¹, as numbers to go on with.
  @inline(__always)
  init(_ counts: WeightedMeasurer.Counts) {
    let signed = SIMD8<Int32>(truncatingIfNeeded: counts)
    // One by one, which becomes four instructions; the initializer that takes all would stay a call.
    self.init(
      Double(signed[0]), Double(signed[1]), Double(signed[2]), Double(signed[3]), Double(signed[4]), Double(signed[5]),
      Double(signed[6]), Double(signed[7]))
  }
}
