public import LinearAlgebra

/// Everything that is measured on one set of predictions: what a report shows.
public struct Assessment: Equatable, Sendable {
  /// What to measure beyond the scores.
  public struct Configuration: Equatable, Sendable {
    /// How intervals are computed; nothing leaves them out.
    public var bootstrap: Bootstrap?
    /// The attributes to slice by; `length` is the length of the text, `group` the items' groups.
    public var slices: [String]
    /// The number of errors to list.
    public var errorLimit: Int

    /// Creates a configuration.
    public init(bootstrap: Bootstrap? = Bootstrap(), slices: [String] = [], errorLimit: Int = 100) {
      self.bootstrap = bootstrap
      self.slices = slices
      self.errorLimit = errorLimit
    }
  }

  /// How it was measured.
  public let configuration: Configuration
  /// How many items were answered. All figures are of these, but `coverageRisk` and, of `selective`, the area and the risks at fixed
  /// coverages, which are of all items.
  public let coverage: Coverage
  /// The figures.
  public let scores: Scores
  /// Confidence against accuracy, or nothing without probabilities.
  public let reliability: ReliabilityTable?
  /// The share answered, risks at fixed coverages and the accuracy by confidence, with intervals.
  public let selective: SelectiveFigures
  /// Error rate against coverage if the model had answered every item, or nothing without probabilities.
  public let coverageRisk: CoverageRiskCurve?
  /// The ROC and precision–recall curves of the labels that have both positives and negatives.
  public let curves: [RankingCurves]
  /// The scores by attribute.
  public let slices: [Slices]
  /// The wrong items, those first that the model was surest of.
  public var errors: [ErrorExample]
  /// The scores by number of training items, where they were measured.
  public var learningCurve: LearningCurve?

  /// Measures predictions.
  ///
  /// - Parameter progress: is told which share of the resampling is done.
  /// - Throws: `AssessmentError.unknownAttribute` when a slice names an attribute that the predictions do not have.
  public init(
    of predictions: Predictions, configuration: Configuration = Configuration(), progress: WorkProgress = .ignored
  ) throws(AssessmentError) {
    self.configuration = configuration
    coverage = Coverage(predictions)
    let answered = predictions.answered
    var slices: [Slices] = []
    let passes = configuration.slices.count + 2
    for (number, attribute) in configuration.slices.enumerated() {
      guard
        let slice = Slices(
          answered, attribute: attribute, bootstrap: configuration.bootstrap,
          progress: progress.part(number, of: passes))
      else {
        let group = predictions.groups == nil ? [] : ["group"]
        throw .unknownAttribute(attribute, available: predictions.attributes.keys.sorted() + group)
      }
      slices.append(slice)
    }
    self.slices = slices
    scores = Scores(
      answered, bootstrap: configuration.bootstrap, progress: progress.part(passes - 2, of: passes))
    selective = SelectiveFigures(
      predictions, bootstrap: configuration.bootstrap, progress: progress.part(passes - 1, of: passes))
    reliability = ReliabilityTable(answered)
    coverageRisk = CoverageRiskCurve(predictions)
    curves = answered.labels.indices.compactMap { RankingCurves(answered, label: $0) }
    errors = ErrorExample.worst(in: predictions, limit: configuration.errorLimit)
  }
}

/// Why predictions could not be assessed.
public enum AssessmentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A slice by an attribute that the data do not have.
  case unknownAttribute(String, available: [String])

  /// What is wrong and how to mend it.
  public var description: String {
    switch self {
    case .unknownAttribute(let name, let available):
      "cannot slice by '\(name)', of which the predictions have no values; choose from "
        + (available + ["length"]).joined(separator: ", ")
    }
  }
}
