/// What all metrics are computed from: the counts, and what was measured beside them.
package struct Measures: Equatable, Sendable {
  /// What is measured beside the confusion matrix.
  package struct Parts: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    /// Log loss, Brier score and calibration errors.
    package static let calibration = Parts(rawValue: 1)
    /// ROC areas and average precisions.
    package static let ranking = Parts(rawValue: 2)
  }

  package var confusion: ConfusionMatrix
  package var logLoss: Double?
  package var brierScore: Double?
  package var expectedCalibrationError: Double?
  package var maximumCalibrationError: Double?
  /// One area a label, NaN where it is undefined; empty when not measured.
  package var rocAUC: [Double] = []
  /// One average precision a label, NaN where it is undefined; empty when not measured.
  package var averagePrecision: [Double] = []

  package init(confusion: ConfusionMatrix) { self.confusion = confusion }
}
