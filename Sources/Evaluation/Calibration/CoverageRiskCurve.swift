/// What abstaining gains: the error rate among the most confident items, for every share of items answered
/// (El-Yaniv and Wiener, 2010).
public struct CoverageRiskCurve: Equatable, Sendable {
  /// The error rate when only items of at least some confidence are answered.
  public struct Point: Equatable, Sendable {
    /// The lowest confidence that is answered.
    public let threshold: Double
    /// The share of items answered.
    public let coverage: Double
    /// The share of the answered items that are wrong.
    public let risk: Double
  }

  /// One point for each distinct confidence, by rising coverage; the last one answers everything.
  public let points: [Point]
  /// The area under the curve: the mean risk over all coverages, items of one confidence taken together.
  public let area: Double

  /// The curve of predictions, or nothing without items or probabilities.
  public init?(_ predictions: Predictions) {
    let ranked = (0..<predictions.count).compactMap { item in
      predictions.confidence(at: item).map { (confidence: $0, isWrong: !predictions.isCorrect(at: item)) }
    }.sorted { $0.confidence > $1.confidence }
    guard !ranked.isEmpty else { return nil }
    let total = Double(ranked.count)
    var points: [Point] = []
    var wrong = 0
    var area = 0.0
    for (index, item) in ranked.enumerated() {
      wrong += item.isWrong ? 1 : 0
      if index + 1 < ranked.count, ranked[index + 1].confidence == item.confidence { continue }
      let coverage = Double(index + 1) / total
      let risk = Double(wrong) / Double(index + 1)
      area += risk * (coverage - (points.last?.coverage ?? 0))
      points.append(Point(threshold: item.confidence, coverage: coverage, risk: risk))
    }
    self.points = points
    self.area = area
  }

  /// The largest coverage whose risk stays at or below `risk`, with its threshold, or nothing if there is none.
  public func point(riskAtMost risk: Double) -> Point? { points.last { $0.risk <= risk } }

  /// The first point that answers at least a share of the items.
  public func point(coverageAtLeast coverage: Double) -> Point? {
    // Coverages are quotients of counts; the slack keeps 9 of 10 items from missing 0.9.
    points.first { $0.coverage >= coverage - 1e-9 }
  }

  /// About `count` points, evenly spread over the coverages, for drawing; the last one answers everything.
  public func thinned(to count: Int) -> [Point] {
    var thinned: [Point] = []
    var next = 0
    for point in points {
      let step = Int(point.coverage * Double(count) + 1e-9)
      guard step >= next || point == points.last else { continue }
      thinned.append(point)
      next = step + 1
    }
    return thinned
  }
}
