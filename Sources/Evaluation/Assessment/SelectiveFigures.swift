public import LinearAlgebra

/// The figures of an assessment that are no metrics of the answers: the share answered, the risks at fixed coverages, the
/// area under the coverage–risk curve and the accuracy in each bin of confidence, with their intervals.
public struct SelectiveFigures: Equatable, Sendable {
  /// The error rate if only so many of the most confident items were answered.
  public struct Risk: Equatable, Sendable {
    /// The point of the curve: the first that answers at least the share that was asked for.
    public let point: CoverageRiskCurve.Point
    /// Its risk. A resample has a point of its own at that share.
    public let risk: Estimate
  }

  /// The shares of items at which the risk is measured.
  public static let coverages = [1, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5]

  /// The share of the items that the model answered; nothing without items.
  public let coverage: Estimate
  /// The area under the coverage–risk curve of all items; nothing without probabilities.
  public let area: Estimate
  /// The risks at `coverages`, those left out that few items let fall on the point before; none without probabilities.
  public let risks: [Risk]
  /// The accuracy of the answers in each bin of `ReliabilityTable`, nothing in an empty one; none without probabilities.
  public let binAccuracies: [Estimate]

  /// Measures predictions; items are resampled, or whole groups where they have groups.
  ///
  /// - Complexity: O((resamples + units) × items).
  public init(_ predictions: Predictions, bootstrap: Bootstrap?, progress: WorkProgress = .ignored) {
    let measurer = SelectiveMeasurer(predictions)
    let units = ResamplingUnits(predictions)
    let whole = measurer.measure([WeightedMeasurer.Copies](repeating: .one, count: predictions.count)).map { $0[0] }
    let samples = bootstrap.flatMap { bootstrap in
      units.count < 2
        ? nil
        : Samples(
          of: units, bootstrap: bootstrap, threads: bootstrap.threads, progress: progress, figures: measurer.measure)
    }
    let estimates = whole.enumerated().map { index, value in
      let value = value.isNaN ? nil : value
      return samples.flatMap { samples in
        bootstrap.map { samples.estimate(index, value: value, confidence: $0.confidence) }
      } ?? Estimate(value: value)
    }
    coverage = estimates[0]
    guard let curve = CoverageRiskCurve(predictions) else {
      area = Estimate(value: nil)
      risks = []
      binAccuracies = []
      return
    }
    area = estimates[1]
    binAccuracies = Array(estimates[2..<2 + ReliabilityTable.binCount])
    var risks: [Risk] = []
    for (index, share) in Self.coverages.enumerated() {
      guard let point = curve.point(coverageAtLeast: share), risks.last?.point != point else { continue }
      risks.append(Risk(point: point, risk: estimates[2 + ReliabilityTable.binCount + index]))
    }
    self.risks = risks
  }
}

/// The figures under weights of the items, for eight weightings at a time: the coverage, the area, the accuracy of each
/// bin, the risk at each coverage from the largest to the smallest.
struct SelectiveMeasurer: Sendable {
  typealias Lanes = WeightedMeasurer.Lanes
  typealias Copies = WeightedMeasurer.Copies
  typealias Counts = WeightedMeasurer.Counts

  /// An answer's bin of confidence.
  private struct Answer: Sendable {
    let item: Int32
    let bin: Int32
    let isCorrect: Bool
  }

  /// An item in the order of falling confidence.
  private struct Ranked: Sendable {
    let item: Int32
    let isWrong: Bool
    /// Whether the next item has a lower confidence: ties are answered together.
    let endsTie: Bool
  }

  private let isAnswered: [Bool]
  private let answers: [Answer]
  private let ranked: [Ranked]

  init(_ predictions: Predictions) {
    isAnswered = (0..<predictions.count).map { !predictions.isAbstention(at: $0) }
    let confidences = (0..<predictions.count).compactMap { predictions.confidence(at: $0) }
    let answered = isAnswered
    answers = confidences.enumerated().filter { answered[$0.offset] }.map { item, confidence in
      Answer(
        item: Int32(item), bin: Int32(ReliabilityTable.bin(of: confidence)), isCorrect: predictions.isCorrect(at: item))
    }
    let order = confidences.indices.sorted { (confidences[$0], $1) > (confidences[$1], $0) }
    ranked = order.indices.map { rank in
      Ranked(
        item: Int32(order[rank]), isWrong: !predictions.isCorrect(at: order[rank]),
        endsTie: rank + 1 == order.count || confidences[order[rank]] != confidences[order[rank + 1]])
    }
  }

  /// All figures for each of eight weightings, NaN where undefined.
  func measure(_ weights: [Copies]) -> [Lanes] {
    var (total, answered) = (Counts.zero, Counts.zero)
    do {
      let (weights, isAnswered) = (weights.span, isAnswered.span)
      for item in isAnswered.indices {
        let copies = Counts(weights[item])
        total &+= copies
        if isAnswered[item] { answered &+= copies }
      }
    }
    let (area, risks) = selection(weights, total: Lanes(total))
    return [Lanes(answered) / Lanes(total), area] + accuracies(weights) + risks
  }

  private func accuracies(_ weights: [Copies]) -> [Lanes] {
    var sums = [Counts](repeating: .zero, count: ReliabilityTable.binCount)
    var correct = sums
    do {
      let (weights, answers) = (weights.span, answers.span)
      var sums = sums.mutableSpan
      var correct = correct.mutableSpan
      for index in answers.indices {
        let answer = answers[index]
        let copies = Counts(weights[Int(answer.item)])
        sums[Int(answer.bin)] &+= copies
        if answer.isCorrect { correct[Int(answer.bin)] &+= copies }
      }
    }
    // Nothing in a bin is 0 / 0, and so undefined.
    return zip(correct, sums).map { Lanes($0) / Lanes($1) }
  }

  private func selection(_ weights: [Copies], total: Lanes) -> (area: Lanes, risks: [Lanes]) {
    let undefined = Lanes(repeating: .nan)
    // From the smallest coverage up, as the ranking reaches them. The slack is that of `CoverageRiskCurve`.
    let wanted = SelectiveFigures.coverages.reversed().map { Counts((total * ($0 - 1e-9)).rounded(.up)) }
    var risks = [Lanes](repeating: undefined, count: wanted.count)
    var (seen, wrong, tied, area) = (Counts.zero, Counts.zero, Counts.zero, Lanes.zero)
    // Coverages before `first` are reached by all weightings.
    var first = 0
    let (weights, ranked) = (weights.span, ranked.span)
    for rank in ranked.indices {
      let entry = ranked[rank]
      let copies = Counts(weights[Int(entry.item)])
      tied &+= copies
      if entry.isWrong { wrong &+= copies }
      guard entry.endsTie else { continue }
      seen &+= tied
      // Nothing drawn so far: the quotient would be 0 / 0, and its factor is 0.
      let risk = Lanes(wrong) / Lanes(pointwiseMax(seen, .one))
      area += risk * Lanes(tied)
      tied = .zero
      var coverage = first
      while coverage < wanted.count {
        let reached = seen .>= wanted[coverage]
        guard any(reached) else { break }
        // Only the first point counts: what has a value keeps it.
        let isNew = risks[coverage] .!= risks[coverage]
        for lane in 0..<Lanes.scalarCount where reached[lane] && isNew[lane] { risks[coverage][lane] = risk[lane] }
        if coverage == first && all(reached) { first += 1 }
        coverage += 1
      }
    }
    return (area / total, risks.reversed())
  }
}
