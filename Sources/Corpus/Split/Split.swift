/// Divides statements into parts that share no article and, where that is asked for, no text.
///
/// The algorithm (after scikit-learn's `StratifiedGroupKFold`, which is greedy in the same way):
///
/// 1. Statements with the same `group` form a unit; statements without one form a unit with all that have the same text
///    (white space and case apart). With `Cohesion.groupsAndTexts` groups that share a text are one unit, too. A unit is
///    never torn.
/// 2. The units are ordered by size, larger powers of two first, and within a power of two by a hash of the seed and the
///    unit's name. Large units come first because nothing can make up for a large one at the end.
/// 3. Each unit goes to the part that it leaves the least filled. How full part *f* is counts once for each label *l* of
///    the unit: Σ_l u_l / T_l · (c_fl + u_l) / (share_f · T_l), with *u* the unit's counts, *c* the part's so far and *T*
///    the totals; the number of rows counts as one more label.
///
/// The result depends on the seed and on the statements, not on the order of the statements.
public enum Split {
  /// What stays together.
  public enum Cohesion: Sendable {
    /// Groups; where articles share a sentence, two parts may hold it. For cross-validation, which a sentence that stands in
    /// most articles would otherwise leave without parts.
    case groups
    /// Groups, and all that share a text: for parts that are kept, and measured on.
    case groupsAndTexts
  }

  /// Divides statements by shares, for instance `[0.8, 0.1, 0.1]`.
  ///
  /// - Parameters:
  ///   - shares: how much of the statements each part shall have, in any unit; every share is above zero.
  ///   - task: the task whose labels shall be spread evenly; sizes only where nil.
  ///   - seed: another seed gives another division.
  ///   - cohesion: what stays together.
  /// - Returns: for each part the indices of its statements, ascending. Every index stands in exactly one part.
  /// - Throws: `unsuitableData` where there are fewer units than parts.
  /// - Complexity: O(*n* + *u* (log *u* + parts · labels)) for *n* statements in *u* units.
  public static func parts(
    of statements: [Statement], shares: [Double], task: String?, seed: UInt64,
    keeping cohesion: Cohesion = .groupsAndTexts
  ) throws(CorpusError) -> [[Int]] {
    try SplitUnits(of: statements, task: task, seed: seed, keeping: cohesion).parts(shares: shares)
  }

  /// Divides statements into folds of equal size, for cross-validation.
  ///
  /// - Returns: for each fold the indices of its statements, ascending.
  /// - Throws: as `parts`.
  public static func folds(
    of statements: [Statement], count: Int, task: String?, seed: UInt64, keeping cohesion: Cohesion = .groupsAndTexts
  ) throws(CorpusError) -> [[Int]] {
    precondition(count >= 2, "cross-validation needs two folds at least")
    return try parts(
      of: statements, shares: [Double](repeating: 1, count: count), task: task, seed: seed, keeping: cohesion)
  }
}
