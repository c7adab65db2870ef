/// The figures that follow from the counts alone.
///
/// Definitions are those of scikit-learn with `labels` given and `zero_division=0`: a precision, recall or F1 without
/// anything to divide by is 0, and a label without support counts in a macro average with its 0.
extension ConfusionMatrix {
  /// The share of the items labelled `label` that are so: TP / (TP + FP); 0 where nothing was labelled so.
  public func precision(of label: Int) -> Double { Self.ratio(self[label, label], predictedCount(of: label)) }

  /// The share of the items of `label` that were labelled so: TP / (TP + FN); 0 without support.
  public func recall(of label: Int) -> Double { Self.ratio(self[label, label], support(of: label)) }

  /// The harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN); 0 where the label does not occur at all.
  public func f1(of label: Int) -> Double {
    Self.ratio(2 * self[label, label], predictedCount(of: label) + support(of: label))
  }

  /// The share of items labelled right; undefined without items.
  public var accuracy: Double? { total == 0 ? nil : Self.ratio(correct, total) }

  /// The mean recall over the labels that have support; undefined without items.
  public var balancedAccuracy: Double? {
    let supported = labels.indices.filter { support(of: $0) > 0 }
    return Self.mean(supported.map { recall(of: $0) })
  }

  /// The mean precision over all labels, those without support included.
  public var macroPrecision: Double? { total == 0 ? nil : Self.mean(labels.indices.map { precision(of: $0) }) }

  /// The mean recall over all labels, those without support included.
  public var macroRecall: Double? { total == 0 ? nil : Self.mean(labels.indices.map { recall(of: $0) }) }

  /// The mean F1 over all labels, those without support included.
  public var macroF1: Double? { total == 0 ? nil : Self.mean(labels.indices.map { f1(of: $0) }) }

  /// F1 over the pooled counts of all labels; with one label an item it equals the accuracy.
  public var microF1: Double? { accuracy }

  /// The mean F1 over labels, each weighted by its support.
  public var weightedF1: Double? {
    total == 0 ? nil : labels.indices.reduce(0) { $0 + f1(of: $1) * Double(support(of: $1)) } / Double(total)
  }

  /// The mean F1 of `favor` and `against` (Mohammad et al., SemEval-2016 Task 6); undefined without these labels.
  public var semevalAverage: Double? {
    guard total > 0, let favor = labels.firstIndex(of: "favor"), let against = labels.firstIndex(of: "against") else {
      return nil
    }
    return (f1(of: favor) + f1(of: against)) / 2
  }

  /// The correlation of true and predicted labels for any number of labels (Gorodkin, 2004); 0 where either side is
  /// constant, undefined without items.
  public var matthewsCorrelation: Double? {
    guard total > 0 else { return nil }
    let items = Double(total)
    var covariance = Double(correct) * items
    var goldVariance = items * items
    var predictedVariance = items * items
    for label in labels.indices {
      let (gold, predicted) = (Double(support(of: label)), Double(predictedCount(of: label)))
      covariance -= gold * predicted
      goldVariance -= gold * gold
      predictedVariance -= predicted * predicted
    }
    let denominator = (goldVariance * predictedVariance).squareRoot()
    return denominator == 0 ? 0 : covariance / denominator
  }

  /// Agreement beyond chance (Cohen, 1960): (pₒ − pₑ) / (1 − pₑ); undefined where both sides use one same label only.
  public var cohenKappa: Double? {
    guard total > 0 else { return nil }
    let items = Double(total)
    let observed = Double(correct) / items
    let expected = labels.indices.reduce(0.0) {
      $0 + Double(support(of: $1)) * Double(predictedCount(of: $1)) / (items * items)
    }
    return expected == 1 ? nil : (observed - expected) / (1 - expected)
  }

  /// The weighted score of the Fake News Challenge (FNC-1) relative to a perfect answer, in 0…1.
  ///
  /// A quarter of a point for telling related from unrelated, three quarters more for the right stance of a related
  /// pair. Undefined unless the labels are exactly `agree`, `disagree`, `discuss` and `unrelated`, or without items.
  public var fncScore: Double? {
    guard labels.count == 4, Set(labels) == ["agree", "disagree", "discuss", "unrelated"],
      let unrelated = labels.firstIndex(of: "unrelated"), total > 0
    else { return nil }
    var quarters = 0
    var best = 0
    for gold in labels.indices {
      best += support(of: gold) * (gold == unrelated ? 1 : 4)
      for predicted in labels.indices {
        let points =
          gold == predicted ? (gold == unrelated ? 1 : 4) : (gold != unrelated && predicted != unrelated ? 1 : 0)
        quarters += self[gold, predicted] * points
      }
    }
    return Self.ratio(quarters, best)
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
