import Glibc
import Synchronization
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
public final class WordEmbeddings: Sendable {
  let configuration: Configuration
  /// The table that is read.
  let vectors: WordVectors
  /// The number of columns of the dense block.
  let columnCount: Int
  /// The first column of each view.
  let starts: [Int]
  /// Whether a view needs to know where the target is mentioned.
  private let needsMention: Bool
  /// Whether a view compares the statement with its target's wording.
  let needsTarget: Bool
  /// Whether a view reads the opening by itself.
  private let needsOpening: Bool
  /// The targets that have columns of their own, by their keys, in the order of these columns.
  let targets: FlatArray<UInt64>
  /// Tells what these embeddings made of a target from what others did in the same memory.
  private let identity = WordEmbeddings.count.wrappingAdd(1, ordering: .relaxed).newValue

  /// How many embeddings were made.
  private static let count = Atomic(0)

  /// `e^(−d/2)` for the distances at which it still counts.
  private static let fading: [Float] = (0..<16).map { Float(exp(-Double($0) / 2)) }
  private static let nearDistance = 5
  /// How many words a long text opens with.
  static let openingCount = 100

  init(_ configuration: Configuration, vectors: WordVectors, targets: FlatArray<UInt64>) {
    self.configuration = configuration
    self.vectors = vectors
    self.targets = targets
    var starts: [Int] = []
    var total = 0
    for view in configuration.views {
      starts.append(total)
      total += view.columnCount(dimension: vectors.dimension, targetCount: targets.count)
    }
    self.starts = starts
    columnCount = total
    needsMention = configuration.views.contains(where: \.needsMention)
    needsTarget = configuration.views.contains(where: \.needsTarget)
    needsOpening = configuration.views.contains { $0 == .opening || $0 == .cosine }
  }

  /// Finds the words of a statement in the table and asks for their vectors; the longer the time before `emit` reads them,
  /// the more have arrived.
  func find(_ units: borrowing StatementUnits, in workspace: inout DenseWorkspace) {
    vectors.findRows(of: units.folded, into: &workspace.rows)
  }

  /// Replaces the dense row in `workspace` with that of a statement.
  ///
  /// - Precondition: `find` was called for the statement.
  /// - Complexity: O(words · views · dimension); no allocation once the workspace has grown.
  func emit(from units: borrowing StatementUnits, target: TargetPattern?, into workspace: inout DenseWorkspace) {
    addUp(units, target: target, in: &workspace)
    let dimension = vectors.dimension
    // Squares are added up in order, a matter of many cycles: once for the sum and the view of it.
    let squares = workspace.sums.squares(from: 0, count: dimension)
    let isLong = units.count > Self.openingCount
    if needsTarget {
      workspace.sums.scale(from: 0, count: dimension, to: 1, squares: squares)
      if isLong { workspace.sums.normalize(from: Part.opening.rawValue * dimension, count: dimension, to: 1) }
    }
    for index in 0..<configuration.views.count {
      let view = configuration.views[index]
      guard let start = filledStart(ofView: index, target: target, in: workspace) else { continue }
      switch view {
      case .statement, .crossed:
        workspace.row.scale(from: start, count: dimension, to: configuration.scale, squares: squares)
      case .target: workspace.row.copy(from: workspace.scaledTarget, 0, to: starts[index], count: dimension)
      case .product: multiply(to: starts[index], in: &workspace)
      case .difference: subtract(to: starts[index], in: &workspace)
      case .cosine:
        let cosine = cosine(.statement, in: workspace)
        workspace.row[starts[index]] = cosine
        // Most statements are shorter than an opening: theirs is the whole.
        workspace.row[starts[index] + 1] = isLong ? self.cosine(.opening, in: workspace) : cosine
      default: workspace.row.normalize(from: start, count: dimension, to: configuration.scale)
      }
    }
  }

  /// The same where the statement at hand fills the view at all.
  private func filledStart(ofView index: Int, target: TargetPattern?, in workspace: borrowing DenseWorkspace) -> Int? {
    workspace.isMentioned || !configuration.views[index].needsMention ? start(ofView: index, target: target) : nil
  }

  /// The first of a view's columns that a statement with a target fills; nil where the target has none of its own.
  ///
  /// - Complexity: O(targets) for the view `crossed`, of which there are few.
  func start(ofView index: Int, target: TargetPattern?) -> Int? {
    guard configuration.views[index] == .crossed else { return starts[index] }
    guard let key = target?.key else { return nil }
    for place in 0..<targets.count where targets[place] == key { return starts[index] + place * vectors.dimension }
    return nil
  }

  /// Replaces the sums of `workspace` with those of the statement and its opening, and the dense row with the views that
  /// are sums of words, none of them brought to its length yet; sees to what is made of the target.
  func addUp(_ units: borrowing StatementUnits, target: TargetPattern?, in workspace: inout DenseWorkspace) {
    let dimension = vectors.dimension
    workspace.measureDistances(units, areNeeded: needsMention)
    workspace.clearRow(count: columnCount)
    for index in 0..<configuration.views.count {
      guard let start = filledStart(ofView: index, target: target, in: workspace) else { continue }
      workspace.addFilled(start, count: configuration.views[index] == .cosine ? 2 : dimension)
    }
    workspace.sums.assign(repeating: 0, count: Part.all.count * dimension)
    vectors.add(workspace.rows, 0..<units.count, to: &workspace.sums, at: 0)
    let isLong = units.count > Self.openingCount
    if needsOpening, isLong {
      vectors.add(
        workspace.rows, 0..<Self.openingCount, to: &workspace.sums, at: Part.opening.rawValue * dimension)
    }
    for index in 0..<configuration.views.count {
      switch configuration.views[index] {
      case .statement, .crossed:
        if let start = start(ofView: index, target: target) {
          workspace.row.copy(from: workspace.sums, 0, to: start, count: dimension)
        }
      case .opening:
        let part: Part = isLong ? .opening : .statement
        workspace.row.copy(from: workspace.sums, part.rawValue * dimension, to: starts[index], count: dimension)
      case .target, .product, .difference, .cosine: break
      default:
        if workspace.isMentioned { addAround(configuration.views[index], units, to: starts[index], in: &workspace) }
      }
    }
    if needsTarget { see(target, in: &workspace) }
  }

  /// Adds the words of a view around the mention to the dense row.
  private func addAround(
    _ view: View, _ units: borrowing StatementUnits, to start: Int, in workspace: inout DenseWorkspace
  ) {
    for unit in 0..<units.count where workspace.rows[unit] >= 0 {
      let weight = Self.weight(of: view, unit: unit, distance: Int(workspace.distances[unit]))
      if weight > 0 { vectors.add(row: Int(workspace.rows[unit]), times: weight, to: &workspace.row, at: start) }
    }
  }

  /// How much a word counts in a view that is a sum over the statement; 0 where it does not belong to it.
  static func weight(of view: View, unit: Int, distance: Int) -> Float {
    let isMentioned = distance != DenseWorkspace.unmentioned
    switch view {
    case .statement, .crossed: return 1
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

  /// Sees to it that `workspace` holds what is made of the target: it depends on the target alone, and is made anew only
  /// where the statement before had another.
  private func see(_ target: TargetPattern?, in workspace: inout DenseWorkspace) {
    let words = target?.words ?? []
    if workspace.targetOwner == identity, workspace.targetWords == words { return }
    let dimension = vectors.dimension
    workspace.targetOwner = identity
    workspace.targetWords = words
    workspace.target.assign(repeating: 0, count: dimension)
    for word in words {
      if let row = vectors.row(ofFoldedWord: word) { vectors.add(row: row, times: 1, to: &workspace.target, at: 0) }
    }
    workspace.target.normalize(from: 0, count: dimension, to: 1)
    workspace.scaledTarget.assign(repeating: 0, count: dimension)
    workspace.scaledTarget.copy(from: workspace.target, 0, to: 0, count: dimension)
    workspace.scaledTarget.normalize(from: 0, count: dimension, to: configuration.scale)
  }

  /// Writes the elements of the statement times those of the target.
  private func multiply(to start: Int, in workspace: inout DenseWorkspace) {
    let factor = configuration.scale * Float(vectors.dimension).squareRoot()
    workspace.row.combine(workspace.sums, 0, workspace.target, 0, to: start, count: vectors.dimension) {
      factor * $0 * $1
    }
  }

  /// Writes how far the elements of the statement are from those of the target.
  private func subtract(to start: Int, in workspace: inout DenseWorkspace) {
    let scale = configuration.scale
    workspace.row.combine(workspace.sums, 0, workspace.target, 0, to: start, count: vectors.dimension) {
      scale * abs($0 - $1)
    }
  }

  /// The product of a part's sum and the target's, both of length 1, as it counts.
  private func cosine(_ part: Part, in workspace: borrowing DenseWorkspace) -> Float {
    let dimension = vectors.dimension
    return 2 * configuration.scale
      * workspace.sums.product(from: part.rawValue * dimension, count: dimension, with: workspace.target)
  }

  /// The sums that are compared with the target, in the order in which they stand side by side.
  enum Part: Int {
    case statement, opening
    // Made once: scoring allocates nothing.
    static let all: [Part] = [.statement, .opening]
  }
}
