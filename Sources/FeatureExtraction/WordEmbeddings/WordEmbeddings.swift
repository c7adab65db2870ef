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
      // Cosines are lengths already; what is compared was made of normalized sums.
      if view == .product || view == .difference || view == .cosine { continue }
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
        let weight = Self.weight(of: view, unit: unit, distance: distance)
        if weight > 0 { vectors.add(row: row, times: weight, to: &workspace.row, at: starts[index]) }
      }
    }
  }

  /// How much a word counts in a view that is a sum over the statement; 0 where it does not belong to it.
  @inline(__always)
  static func weight(of view: View, unit: Int, distance: Int) -> Float {
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
    case .target, .product, .difference, .cosine: return 0
    }
  }

  /// Fills the views that compare the statement with its target's wording.
  private func compare(_ units: borrowing StatementUnits, target: TargetPattern?, in workspace: inout DenseWorkspace) {
    let dimension = vectors.dimension
    addUpCompared(units, target: target, in: &workspace)
    for part in 0..<3 { workspace.sums.normalize(from: part * dimension, count: dimension, to: 1) }
    let product = configuration.scale * Float(dimension).squareRoot()
    for (index, view) in configuration.views.enumerated() {
      let start = starts[index]
      switch view {
      case .target:
        for k in 0..<dimension { workspace.row[start + k] = workspace.sums[2 * dimension + k] }
      case .product:
        for k in 0..<dimension {
          workspace.row[start + k] = product * workspace.sums[k] * workspace.sums[2 * dimension + k]
        }
      case .difference:
        for k in 0..<dimension {
          workspace.row[start + k] =
            configuration.scale * abs(workspace.sums[k] - workspace.sums[2 * dimension + k])
        }
      case .cosine:
        for part in 0..<2 {
          var cosine: Float = 0
          for k in 0..<dimension {
            cosine += workspace.sums[part * dimension + k] * workspace.sums[2 * dimension + k]
          }
          workspace.row[start + part] = 2 * configuration.scale * cosine
        }
      default: break
      }
    }
  }

  /// Replaces the sums of `workspace` with those that are compared, side by side: statement, opening, target.
  func addUpCompared(
    _ units: borrowing StatementUnits, target: TargetPattern?, in workspace: inout DenseWorkspace
  ) {
    let dimension = vectors.dimension
    workspace.sums.assign(repeating: 0, count: 3 * dimension)
    for unit in 0..<units.count {
      guard let row = vectors.row(ofFoldedWord: units.folded[unit]) else { continue }
      vectors.add(row: row, times: 1, to: &workspace.sums, at: 0)
      if unit < Self.openingCount { vectors.add(row: row, times: 1, to: &workspace.sums, at: dimension) }
    }
    for word in target?.words ?? [] {
      if let row = vectors.row(ofFoldedWord: word) {
        vectors.add(row: row, times: 1, to: &workspace.sums, at: 2 * dimension)
      }
    }
  }
}
