/// How a metric grows with the number of training items.
public struct LearningCurve: Equatable, Sendable {
  /// One training on a part of the items.
  public struct Point: Equatable, Sendable {
    /// The number of training items.
    public let trainingCount: Int
    /// The metric on the evaluation items.
    public let estimate: Estimate
    /// The time of the training in seconds.
    public let seconds: Double?

    /// Creates a point.
    public init(trainingCount: Int, estimate: Estimate, seconds: Double? = nil) {
      self.trainingCount = trainingCount
      self.estimate = estimate
      self.seconds = seconds
    }
  }

  /// Which metric.
  public let metric: Metric
  /// The points by rising number of training items.
  public let points: [Point]

  /// A curve over points; they are put in order.
  public init(metric: Metric, points: [Point]) {
    self.metric = metric
    self.points = points.sorted { $0.trainingCount < $1.trainingCount }
  }
}
