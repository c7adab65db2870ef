/// A figure of merit by name: the one list that scoring, intervals, paired tests, gates and reports share.
public enum Metric: Hashable, Sendable {
  /// The mean F1 over all labels.
  case macroF1
  /// F1 over pooled counts; equals accuracy with one label an item.
  case microF1
  /// The mean F1 weighted by support.
  case weightedF1
  /// The share of items labelled right.
  case accuracy
  /// The mean recall over labels with support.
  case balancedAccuracy
  /// The mean precision over all labels.
  case macroPrecision
  /// The mean recall over all labels.
  case macroRecall
  /// The mean F1 of `favor` and `against`.
  case semevalAverage
  /// The relative weighted score of the Fake News Challenge.
  case fncScore
  /// The multi-class Matthews correlation.
  case matthewsCorrelation
  /// Cohen's kappa between true and predicted labels.
  case cohenKappa
  /// The mean negative logarithm of the true label's probability.
  case logLoss
  /// The mean squared distance of the probabilities from the truth.
  case brierScore
  /// The expected calibration error over 15 bins.
  case expectedCalibrationError
  /// The largest calibration gap of the 15 bins.
  case maximumCalibrationError
  /// The precision of one label.
  case precision(String)
  /// The recall of one label.
  case recall(String)
  /// The F1 of one label.
  case f1(String)
  /// The area under the ROC curve of one label against the rest.
  case rocAUC(String)
  /// The average precision of one label against the rest.
  case averagePrecision(String)

  /// The metrics of a whole evaluation, in the order of reports.
  public static let overall: [Metric] = [
    .macroF1, .microF1, .weightedF1, .accuracy, .balancedAccuracy, .macroPrecision, .macroRecall, .semevalAverage,
    .fncScore, .matthewsCorrelation, .cohenKappa, .logLoss, .brierScore, .expectedCalibrationError,
    .maximumCalibrationError,
  ]

  /// The metrics of one label, in the order of reports.
  public static func perLabel(_ label: String) -> [Metric] {
    [.precision(label), .recall(label), .f1(label), .rocAUC(label), .averagePrecision(label)]
  }

  /// Whether more is better.
  public var higherIsBetter: Bool {
    switch self {
    case .logLoss, .brierScore, .expectedCalibrationError, .maximumCalibrationError: false
    default: true
    }
  }

  /// What the metric is computed from beyond the confusion matrix.
  package var need: Measures.Parts {
    switch self {
    case .logLoss, .brierScore, .expectedCalibrationError, .maximumCalibrationError: .calibration
    case .rocAUC, .averagePrecision: .ranking
    default: []
    }
  }

  /// The value of the metric, or nothing where it is undefined: a label that the matrix does not have, a metric of
  /// probabilities.
  public func value(of confusion: ConfusionMatrix) -> Double? {
    need.isEmpty ? value(of: Measures(confusion: confusion)) : nil
  }

  /// The value of the metric, or nothing where it is undefined: no items, no probabilities, a label that does not exist
  /// or has no positives or no negatives to rank.
  ///
  /// - Complexity: O(items × labels), and a sort for the ranking metrics.
  public func value(of predictions: Predictions) -> Double? {
    guard predictions.hasProbabilities || need.isEmpty else { return nil }
    return value(of: WeightedMeasurer(predictions, parts: need).measureUnweighted())
  }

  package func value(of measures: Measures) -> Double? {
    let confusion = measures.confusion
    func ofLabel(_ label: String, _ figure: (Int) -> Double) -> Double? {
      confusion.total == 0 ? nil : confusion.labels.firstIndex(of: label).map(figure)
    }
    let value: Double? =
      switch self {
      case .macroF1: confusion.macroF1
      case .microF1: confusion.microF1
      case .weightedF1: confusion.weightedF1
      case .accuracy: confusion.accuracy
      case .balancedAccuracy: confusion.balancedAccuracy
      case .macroPrecision: confusion.macroPrecision
      case .macroRecall: confusion.macroRecall
      case .semevalAverage: confusion.semevalAverage
      case .fncScore: confusion.fncScore
      case .matthewsCorrelation: confusion.matthewsCorrelation
      case .cohenKappa: confusion.cohenKappa
      case .logLoss: measures.logLoss
      case .brierScore: measures.brierScore
      case .expectedCalibrationError: measures.expectedCalibrationError
      case .maximumCalibrationError: measures.maximumCalibrationError
      case .precision(let label): ofLabel(label) { confusion.precision(of: $0) }
      case .recall(let label): ofLabel(label) { confusion.recall(of: $0) }
      case .f1(let label): ofLabel(label) { confusion.f1(of: $0) }
      case .rocAUC(let label): measures.rocAUC.isEmpty ? nil : ofLabel(label) { measures.rocAUC[$0] }
      case .averagePrecision(let label):
        measures.averagePrecision.isEmpty ? nil : ofLabel(label) { measures.averagePrecision[$0] }
      }
    return value.flatMap { $0.isNaN ? nil : $0 }
  }
}
