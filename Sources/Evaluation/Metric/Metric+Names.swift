/// The names by which metrics are written in files, options and reports.
extension Metric {
  /// The name in files and options: `macro_f1`, `f1.favor`.
  public var name: String {
    switch self {
    case .macroF1: "macro_f1"
    case .microF1: "micro_f1"
    case .weightedF1: "weighted_f1"
    case .accuracy: "accuracy"
    case .balancedAccuracy: "balanced_accuracy"
    case .macroPrecision: "macro_precision"
    case .macroRecall: "macro_recall"
    case .semevalAverage: "semeval_average"
    case .fncScore: "fnc_score"
    case .matthewsCorrelation: "matthews_correlation"
    case .cohenKappa: "cohen_kappa"
    case .logLoss: "log_loss"
    case .brierScore: "brier_score"
    case .expectedCalibrationError: "ece"
    case .maximumCalibrationError: "mce"
    case .precision(let label): "precision.\(label)"
    case .recall(let label): "recall.\(label)"
    case .f1(let label): "f1.\(label)"
    case .rocAUC(let label): "roc_auc.\(label)"
    case .averagePrecision(let label): "average_precision.\(label)"
    }
  }

  /// The name in tables that people read.
  public var title: String {
    switch self {
    case .macroF1: "Macro F1"
    case .microF1: "Micro F1"
    case .weightedF1: "Weighted F1"
    case .accuracy: "Accuracy"
    case .balancedAccuracy: "Balanced accuracy"
    case .macroPrecision: "Macro precision"
    case .macroRecall: "Macro recall"
    case .semevalAverage: "SemEval average F1"
    case .fncScore: "FNC-1 relative score"
    case .matthewsCorrelation: "Matthews correlation"
    case .cohenKappa: "Cohen’s kappa"
    case .logLoss: "Log loss"
    case .brierScore: "Brier score"
    case .expectedCalibrationError: "Expected calibration error"
    case .maximumCalibrationError: "Maximum calibration error"
    case .precision(let label): "Precision of \(label)"
    case .recall(let label): "Recall of \(label)"
    case .f1(let label): "F1 of \(label)"
    case .rocAUC(let label): "ROC AUC of \(label)"
    case .averagePrecision(let label): "Average precision of \(label)"
    }
  }

  /// The metric of a name as `name` writes it, or nothing if there is none; hyphens may stand for underscores.
  public init?(name: String) {
    let (kind, rest) = (name.prefix { $0 != "." }, name.drop { $0 != "." })
    let name = kind.replacing("-", with: "_") + rest
    if let metric = Self.overall.first(where: { $0.name == name }) {
      self = metric
      return
    }
    guard let dot = name.firstIndex(of: ".") else { return nil }
    let label = String(name[name.index(after: dot)...])
    guard !label.isEmpty, let metric = Self.perLabel(label).first(where: { $0.name == name }) else { return nil }
    self = metric
  }
}
