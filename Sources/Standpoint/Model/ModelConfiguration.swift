public import Classification
public import FeatureExtraction

/// What `config.json` of a model holds: everything about it but the numbers it learnt.
public struct ModelConfiguration: Codable, Equatable, Sendable {
  /// The name of the task.
  public var task: String
  /// The labels, in the order of the classifier's outputs.
  public var labels: [String]
  /// Whether the model takes a target into account, so that it cannot do without one.
  public var needsTarget: Bool
  /// Which features there are.
  public var features: FeatureExtractor.Configuration
  /// How the classifier was trained.
  public var learning: LogisticRegression.Configuration
  /// How probabilities are corrected; nil where they are the classifier's own.
  public var calibration: Calibration?
  /// Below which confidence the model abstains; nil where it always answers.
  public var abstention: Abstention?
  /// How the settings were chosen; nil where they were given.
  public var tuning: TuningRecord?

  /// A configuration of its parts.
  public init(
    task: String, labels: [String], needsTarget: Bool, features: FeatureExtractor.Configuration,
    learning: LogisticRegression.Configuration, calibration: Calibration? = nil, abstention: Abstention? = nil,
    tuning: TuningRecord? = nil
  ) {
    self.task = task
    self.labels = labels
    self.needsTarget = needsTarget
    self.features = features
    self.learning = learning
    self.calibration = calibration
    self.abstention = abstention
    self.tuning = tuning
  }
}
