/// When a classifier should rather say nothing: the least probability that each label needs.
public struct Abstention: Codable, Equatable, Sendable {
  /// The least probability with which each label is given out; 0 always gives it out.
  public let thresholds: [Double]

  /// One threshold a label.
  ///
  /// - Precondition: thresholds lie between 0 and 1.
  public init(thresholds: [Double]) {
    precondition(thresholds.allSatisfy { (0...1).contains($0) }, "a threshold is a probability")
    self.thresholds = thresholds
  }

  /// How many decisions a threshold that is chosen lets in at least.
  private static let fewestDecisions = 10

  /// Whether a label of that probability is given out.
  ///
  /// - Precondition: the label has a threshold.
  public func accepts(_ label: Int, probability: Double) -> Bool { probability >= thresholds[label] }

  /// The most probable label, or nil if its probability is below its threshold; the first of equals wins.
  ///
  /// - Precondition: one probability a label.
  public func decide(_ probabilities: [Double]) -> Int? {
    precondition(
      probabilities.count == thresholds.count && !probabilities.isEmpty,
      "\(probabilities.count) probabilities do not fit \(thresholds.count) thresholds")
    var best = 0
    for label in probabilities.indices where probabilities[label] > probabilities[best] { best = label }
    return accepts(best, probability: probabilities[best]) ? best : nil
  }

  /// For each label the smallest threshold at which the share of right decisions among those for that label is at
  /// least its precision on held-out statements; 1 if no threshold reaches it, so that only certainty passes, 0 if no statement was
  /// given the label.
  ///
  /// A threshold lets in ten decisions at least, or all that there are: of fewer chance alone makes a share.
  ///
  /// Choosing a threshold on the statements it is then measured on flatters it a little, the more the fewer of them were
  /// given the label.
  ///
  /// - Parameters:
  ///   - precisions: the share of right decisions wanted for each label, from 0 to 1.
  ///   - probabilities: rows × labels.
  ///   - labels: the right label of every row.
  /// - Precondition: one label a row; rows of equal length.
  /// - Complexity: O(rows · log rows).
  public init(precisions: [Double], probabilities: [[Double]], labels: [Int]) {
    precondition(probabilities.count == labels.count, "one label for each row of probabilities is needed")
    let all = Abstention(thresholds: precisions.map { _ in 0 })
    var decisions = [[(probability: Double, right: Bool)]](repeating: [], count: precisions.count)
    for (row, label) in zip(probabilities, labels) {
      if let given = all.decide(row) { decisions[given].append((row[given], given == label)) }
    }
    thresholds = zip(decisions, precisions).map { decisions, precision in
      guard !decisions.isEmpty else { return 0 }
      let sorted = decisions.sorted { $0.probability > $1.probability }
      var threshold: Double?
      var right = 0
      for (place, decision) in sorted.enumerated() {
        if decision.right { right += 1 }
        // A threshold lets in all decisions of equal probability, so only the last of them may set it.
        let last = place + 1 == sorted.count || sorted[place + 1].probability < decision.probability
        guard last, place + 1 >= min(Self.fewestDecisions, sorted.count) else { continue }
        if Double(right) >= precision * Double(place + 1) { threshold = decision.probability }
      }
      // Every decision passes: nothing is known against less probable ones either.
      return threshold == sorted[sorted.count - 1].probability ? 0 : threshold ?? 1
    }
  }
}
