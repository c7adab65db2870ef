/// Krippendorff's alpha (2004) for nominal labels: agreement beyond chance of any number of annotators, of whom some may
/// have left items out.
public enum KrippendorffAlpha {
  /// The alpha of ratings; `ratings[item][annotator]` is a label index or nothing.
  ///
  /// Items with fewer than two ratings say nothing about agreement and are left out. The result is undefined where no two
  /// ratings can be paired, or all are the same label.
  public static func nominal(_ ratings: [[Int?]], labelCount: Int) -> Double? {
    var coincidences = [Double](repeating: 0, count: labelCount * labelCount)
    for item in ratings {
      for pair in contributions(of: item, labelCount: labelCount) { coincidences[pair.cell] += pair.weight }
    }
    return alpha(coincidences, labelCount: labelCount)
  }

  /// What an item adds to the matrix of coincidences: every ordered pair of its ratings counts 1 / (ratings − 1).
  static func contributions(of ratings: [Int?], labelCount: Int) -> [(cell: Int, weight: Double)] {
    let given = ratings.compactMap { $0 }
    guard given.count > 1 else { return [] }
    let weight = 1 / Double(given.count - 1)
    var pairs: [(cell: Int, weight: Double)] = []
    for (first, a) in given.enumerated() {
      for (second, b) in given.enumerated() where first != second { pairs.append((a * labelCount + b, weight)) }
    }
    return pairs
  }

  /// 1 − observed / expected disagreement of a matrix of coincidences.
  static func alpha(_ coincidences: [Double], labelCount: Int) -> Double? {
    let marginals = (0..<labelCount).map { label in
      (0..<labelCount).reduce(0) { $0 + coincidences[label * labelCount + $1] }
    }
    let total = marginals.reduce(0, +)
    let agreeing = (0..<labelCount).reduce(0) { $0 + coincidences[$1 * labelCount + $1] }
    let expected = total * total - marginals.reduce(0) { $0 + $1 * $1 }
    guard expected > 0 else { return nil }
    return 1 - (total - 1) * (total - agreeing) / expected
  }
}
