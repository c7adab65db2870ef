/// The ROC and precision–recall curves of one label against the rest.
public struct RankingCurves: Equatable, Sendable {
  /// What happens when items of at least some probability are called positive.
  public struct Point: Equatable, Sendable {
    /// The lowest probability that is called positive.
    public let threshold: Double
    /// The share of the positives that are found: recall, the true positive rate.
    public let truePositiveRate: Double
    /// The share of the negatives that are called positive.
    public let falsePositiveRate: Double
    /// The share of the items called positive that are so.
    public let precision: Double
  }

  /// The label.
  public let label: String
  /// One point for each distinct probability, by rising rates.
  public let points: [Point]

  /// The curves of label number `label`, or nothing without probabilities, positives or negatives.
  public init?(_ predictions: Predictions, label: Int) {
    let width = predictions.labels.count
    let positiveCount = predictions.gold.count { $0 == label }
    let negativeCount = predictions.count - positiveCount
    guard predictions.hasProbabilities, positiveCount > 0, negativeCount > 0 else { return nil }
    let ranked = (0..<predictions.count)
      .map { (score: predictions.probabilities[$0 * width + label], isPositive: predictions.gold[$0] == label) }
      .sorted { $0.score > $1.score }
    var points: [Point] = []
    var positives = 0
    for (index, item) in ranked.enumerated() {
      positives += item.isPositive ? 1 : 0
      if index + 1 < ranked.count, ranked[index + 1].score == item.score { continue }
      points.append(
        Point(
          threshold: Double(item.score), truePositiveRate: Double(positives) / Double(positiveCount),
          falsePositiveRate: Double(index + 1 - positives) / Double(negativeCount),
          precision: Double(positives) / Double(index + 1)))
    }
    self.label = predictions.labels[label]
    self.points = points
  }
}
