import Glibc
import TextProcessing

/// Word vectors summed over parts of a statement: a dense block of features beside the sparse one.
///
/// Words that training never saw stand near words that it did see, so that what was learnt of these holds for them. The
/// sum forgets the order of words; the views around the mention give back the part of it that matters for stance.
///
/// Each view is the sum of its words' vectors, divided by its length and multiplied by the configured scale. Averages of
/// static vectors as features of a linear classifier are an old and strong baseline: Wieting et al., *Towards universal
/// paraphrastic sentence embeddings*, ICLR 2016; Arora et al., *A simple but tough-to-beat baseline for sentence
/// embeddings*, ICLR 2017.
public struct WordEmbeddings: Sendable {
  let configuration: Configuration
  /// The table that is read.
  let vectors: WordVectors
  /// The number of columns of the dense block.
  let columnCount: Int
  /// The first column of each view.
  let starts: [Int]
  /// Whether a view needs to know where the target is mentioned.
  let needsMention: Bool
  /// Whether a view compares the statement with its target's wording.
  let needsTarget: Bool
  /// Whether a view compares the part of the statement where it comes nearest to its target.
  private let needsMatch: Bool

  /// `e^(−d/2)` for the distances at which it still counts.
  private static let fading: [Float] = (0..<16).map { Float(exp(-Double($0) / 2)) }
  private static let nearDistance = 5
  /// How many words a long text opens with.
  static let openingCount = 100

  init(_ configuration: Configuration, vectors: WordVectors) {
    self.configuration = configuration
    self.vectors = vectors
    var starts: [Int] = []
    var total = 0
    for view in configuration.views {
      starts.append(total)
      total += view.columnCount(dimension: vectors.dimension)
    }
    self.starts = starts
    columnCount = total
    needsMention = configuration.views.contains(where: \.needsMention)
    needsTarget = configuration.views.contains(where: \.needsTarget)
    needsMatch = configuration.views.contains { $0 == .matchedProduct || $0 == .matchedCosine }
  }

  /// Replaces the dense row in `workspace` with that of a statement.
  ///
  /// - Complexity: O(words · views · dimension); no allocation once the workspace has grown.
  func emit(from units: borrowing StatementUnits, target: TargetPattern?, into workspace: inout DenseWorkspace) {
    addUp(units, in: &workspace)
    if needsTarget { compare(units, target: target, in: &workspace) }
    workspace.removeFilled()
    for (index, view) in configuration.views.enumerated() where workspace.isMentioned || !view.needsMention {
      workspace.addFilled(starts[index], count: view.columnCount(dimension: vectors.dimension))
      if view.isComparison { continue }
      workspace.row.normalize(from: starts[index], count: vectors.dimension, to: configuration.scale)
    }
  }

  /// Replaces the dense row with the sums of the views that are sums over the statement.
  func addUp(_ units: borrowing StatementUnits, in workspace: inout DenseWorkspace) {
    workspace.row.assign(repeating: 0, count: columnCount)
    workspace.measureDistances(units, areNeeded: needsMention)
    vectors.findRows(of: units.folded, into: &workspace.rows)
    for unit in 0..<units.count where workspace.rows[unit] >= 0 {
      let row = Int(workspace.rows[unit])
      let distance = workspace.isMentioned ? Int(workspace.distances[unit]) : DenseWorkspace.unmentioned
      for (index, view) in configuration.views.enumerated() where workspace.isMentioned || !view.needsMention {
        let weight = Self.weight(of: view, unit: unit, distance: distance, matched: units.matched)
        if weight > 0 { vectors.add(row: row, times: weight, to: &workspace.row, at: starts[index]) }
      }
    }
  }

  /// How much a word counts in a view that is a sum over the statement; 0 where it does not belong to it.
  @inline(__always)
  static func weight(of view: View, unit: Int, distance: Int, matched: Range<Int>) -> Float {
    let isMentioned = distance != DenseWorkspace.unmentioned
    switch view {
    case .statement: return 1
    case .opening: return unit < openingCount ? 1 : 0
    case .before: return isMentioned && distance < 0 ? 1 : 0
    case .after: return isMentioned && distance > 0 ? 1 : 0
    case .nearBefore: return distance < 0 && distance >= -nearDistance ? 1 : 0
    case .nearAfter: return distance > 0 && distance <= nearDistance ? 1 : 0
    case .fadingBefore: return isMentioned && distance < 0 && -distance <= fading.count ? fading[-distance - 1] : 0
    case .fadingAfter: return isMentioned && distance > 0 && distance <= fading.count ? fading[distance - 1] : 0
    case .wordBefore: return distance == -1 ? 1 : 0
    case .wordAfter: return distance == 1 ? 1 : 0
    case .matched: return matched.contains(unit) ? 1 : 0
    case .target, .product, .difference, .cosine, .matchedProduct, .matchedCosine: return 0
    }
  }

  /// Fills the views that compare the statement with its target's wording.
  private func compare(_ units: borrowing StatementUnits, target: TargetPattern?, in workspace: inout DenseWorkspace) {
    let dimension = vectors.dimension
    addUpCompared(units, target: target, in: &workspace)
    for part in Part.all {
      workspace.sums.normalize(from: part.rawValue * dimension, count: dimension, to: 1)
    }
    let target = Part.target.rawValue * dimension
    for (index, view) in configuration.views.enumerated() {
      let start = starts[index]
      switch view {
      case .target:
        for k in 0..<dimension { workspace.row[start + k] = workspace.sums[target + k] }
      case .product: multiply(.statement, to: start, in: &workspace)
      case .matchedProduct: multiply(.match, to: start, in: &workspace)
      case .difference:
        for k in 0..<dimension {
          workspace.row[start + k] = configuration.scale * abs(workspace.sums[k] - workspace.sums[target + k])
        }
      case .cosine:
        workspace.row[start] = 2 * configuration.scale * cosine(.statement, in: workspace)
        workspace.row[start + 1] = 2 * configuration.scale * cosine(.opening, in: workspace)
      case .matchedCosine: workspace.row[start] = 2 * configuration.scale * cosine(.match, in: workspace)
      default: break
      }
    }
  }

  /// Writes the elements of a part times those of the target.
  private func multiply(_ part: Part, to start: Int, in workspace: inout DenseWorkspace) {
    let factor = configuration.scale * Float(vectors.dimension).squareRoot()
    let own = part.rawValue * vectors.dimension
    let target = Part.target.rawValue * vectors.dimension
    for k in 0..<vectors.dimension {
      workspace.row[start + k] = factor * workspace.sums[own + k] * workspace.sums[target + k]
    }
  }

  /// The product of a part's sum and the target's, both of length 1.
  private func cosine(_ part: Part, in workspace: borrowing DenseWorkspace) -> Float {
    let own = part.rawValue * vectors.dimension
    let target = Part.target.rawValue * vectors.dimension
    var cosine: Float = 0
    for k in 0..<vectors.dimension { cosine += workspace.sums[own + k] * workspace.sums[target + k] }
    return cosine
  }

  /// The sums that are compared, in the order in which they stand side by side.
  enum Part: Int {
    case statement, opening, target, match
    // Made once: scoring allocates nothing.
    static let all: [Part] = [.statement, .opening, .target, .match]
  }

  /// Replaces the sums of `workspace` with those that are compared.
  ///
  /// Most statements are shorter than an opening: theirs is the whole, and is copied.
  ///
  /// - Precondition: `addUp` was called for the statement, which found the rows of its units.
  func addUpCompared(
    _ units: borrowing StatementUnits, target: TargetPattern?, in workspace: inout DenseWorkspace
  ) {
    let dimension = vectors.dimension
    let opening = Part.opening.rawValue * dimension
    let isLong = units.count > Self.openingCount
    workspace.sums.assign(repeating: 0, count: Part.all.count * dimension)
    for unit in 0..<units.count where workspace.rows[unit] >= 0 {
      let row = Int(workspace.rows[unit])
      vectors.add(row: row, times: 1, to: &workspace.sums, at: 0)
      if isLong, unit < Self.openingCount { vectors.add(row: row, times: 1, to: &workspace.sums, at: opening) }
      if needsMatch, units.matched.contains(unit) {
        vectors.add(row: row, times: 1, to: &workspace.sums, at: Part.match.rawValue * dimension)
      }
    }
    if !isLong { for k in 0..<dimension { workspace.sums[opening + k] = workspace.sums[k] } }
    for word in target?.words ?? [] {
      if let row = vectors.row(ofFoldedWord: word) {
        vectors.add(row: row, times: 1, to: &workspace.sums, at: Part.target.rawValue * dimension)
      }
    }
  }
}
