internal import TextProcessing

/// Divides statements into parts that share no article.
///
/// The algorithm (after scikit-learn's `StratifiedGroupKFold`, which is greedy in the same way):
///
/// 1. Statements with the same `group` form a unit; statements without one form a unit with all that have the same text
///    (white space and case apart). A unit is never torn, so neither an article nor a repeated text stands in two parts.
/// 2. The units are ordered by size, larger powers of two first, and within a power of two by a hash of the seed and the
///    unit's name. Large units come first because nothing can make up for a large one at the end.
/// 3. Each unit goes to the part that it leaves the least filled. How full part *f* is counts once for each label *l* of
///    the unit: Σ_l u_l / T_l · (c_fl + u_l) / (share_f · T_l), with *u* the unit's counts, *c* the part's so far and *T*
///    the totals; the number of rows counts as one more label.
///
/// The result depends on the seed and on the statements, not on the order of the statements.
public enum Split {
  /// Divides statements by shares, for instance `[0.8, 0.1, 0.1]`.
  ///
  /// - Parameters:
  ///   - shares: how much of the statements each part shall have, in any unit; every share is above zero.
  ///   - task: the task whose labels shall be spread evenly; sizes only where nil.
  ///   - seed: another seed gives another division.
  /// - Returns: for each part the indices of its statements, ascending. Every index stands in exactly one part.
  /// - Throws: `unsuitableData` where there are fewer units than parts.
  /// - Complexity: O(*n* + *u* (log *u* + parts · labels)) for *n* statements in *u* units.
  public static func parts(
    of statements: [Statement], shares: [Double], task: String?, seed: UInt64
  ) throws(CorpusError) -> [[Int]] {
    precondition(!shares.isEmpty && shares.allSatisfy { $0 > 0 && $0.isFinite }, "each share must be above zero")
    let sum = shares.reduce(0, +)
    let units = units(of: statements, task: task, seed: seed)
    guard units.count >= shares.count else {
      throw CorpusError(
        .unsuitableData, expected: "at least \(shares.count) groups or texts to divide", found: "\(units.count)",
        mend: "give more statements, or ask for fewer parts")
    }
    return assign(units, shares: shares.map { $0 / sum })
  }

  /// Divides statements into folds of equal size, for cross-validation.
  ///
  /// - Returns: for each fold the indices of its statements, ascending.
  /// - Throws: as `parts`.
  public static func folds(
    of statements: [Statement], count: Int, task: String?, seed: UInt64
  ) throws(CorpusError) -> [[Int]] {
    precondition(count >= 2, "cross-validation needs two folds at least")
    return try parts(
      of: statements, shares: [Double](repeating: 1, count: count), task: task, seed: seed)
  }

  /// Statements that stay together.
  private struct Unit {
    var members: [Int] = []
    /// How many members have each label; the last entry is how many there are.
    var counts: [Int] = []
    var order: UInt64 = 0
    var name = TextFingerprint()
    /// The position of the size among the powers of two.
    var sizeClass: Int { Int.bitWidth - members.count.leadingZeroBitCount }
  }

  private static func units(of statements: [Statement], task: String?, seed: UInt64) -> [Unit] {
    let labels = Set(statements.compactMap { statement in task.flatMap { statement.labels[$0] } })
    let labelIndex = Dictionary(
      uniqueKeysWithValues: labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.enumerated().map {
        ($0.element, $0.offset)
      })
    var unitOf: [TextFingerprint: Int] = [:]
    var units: [Unit] = []
    for (index, statement) in statements.enumerated() {
      let name = unitName(statement)
      let place = unitOf[name, default: units.count]
      if place == units.count {
        unitOf[name] = place
        units.append(
          Unit(
            counts: [Int](repeating: 0, count: labels.count + 1),
            order: TextHash.combine(TextHash.combine(seed, name.high), name.low), name: name))
      }
      units[place].members.append(index)
      units[place].counts[labels.count] += 1
      if let label = task.flatMap({ statement.labels[$0] }) { units[place].counts[labelIndex[label]!] += 1 }
    }
    return units.sorted { a, b in
      if a.sizeClass != b.sizeClass { return a.sizeClass > b.sizeClass }
      return (a.order, a.name.high, a.name.low) < (b.order, b.name.high, b.name.low)
    }
  }

  private static func unitName(_ statement: Statement) -> TextFingerprint {
    guard let group = statement.group else { return TextFingerprint(nil, statement.text) }
    // Names are compared as they are, and never equal the name of a text.
    return TextFingerprint(exactly: group)
  }

  private static func assign(_ units: [Unit], shares: [Double]) -> [[Int]] {
    let width = units.first?.counts.count ?? 0
    var totals = [Double](repeating: 0, count: width)
    for unit in units {
      for label in 0..<width { totals[label] += Double(unit.counts[label]) }
    }
    var filled = [[Double]](repeating: [Double](repeating: 0, count: width), count: shares.count)
    var parts = [[Int]](repeating: [], count: shares.count)
    for (index, unit) in units.enumerated() {
      // With as many units left as there are empty parts, each of those gets one.
      let empty = parts.indices.filter { parts[$0].isEmpty }
      let candidates = units.count - index <= empty.count ? empty : Array(parts.indices)
      var best = candidates[0]
      var bestCost = Double.infinity
      for part in candidates {
        var cost = 0.0
        for label in 0..<width where unit.counts[label] > 0 {
          let count = Double(unit.counts[label])
          cost += count / totals[label] * (filled[part][label] + count) / (shares[part] * totals[label])
        }
        if cost < bestCost {
          best = part
          bestCost = cost
        }
      }
      for label in 0..<width { filled[best][label] += Double(unit.counts[label]) }
      parts[best].append(contentsOf: unit.members)
    }
    return parts.map { $0.sorted() }
  }
}
