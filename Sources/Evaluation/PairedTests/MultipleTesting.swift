/// Adjustments of p-values where several hypotheses are tested at once.
public enum MultipleTesting {
  /// Holm's adjustment (1979): all hypotheses with an adjusted value of at most α may be rejected, and the probability
  /// that any of them is true stays below α.
  ///
  /// - Returns: the adjusted values in the order of the given ones.
  public static func holm(_ pValues: [Double]) -> [Double] {
    let order = ascending(pValues)
    var adjusted = pValues
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, pValues[index] * Double(pValues.count - rank)))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// The adjustment of Benjamini and Hochberg (1995): among the hypotheses with an adjusted value of at most q, a share of
  /// about q is rejected wrongly.
  ///
  /// - Returns: the adjusted values in the order of the given ones.
  public static func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
    let order = ascending(pValues)
    var adjusted = pValues
    var smallest = 1.0
    for (rank, index) in order.enumerated().reversed() {
      smallest = min(smallest, pValues[index] * Double(pValues.count) / Double(rank + 1))
      adjusted[index] = smallest
    }
    return adjusted
  }

  private static func ascending(_ pValues: [Double]) -> [Int] {
    pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  }
}
