import Corpus
import FeatureExtraction

/// The memory in which some statements at a time are answered side by side, step by step; nothing is allocated for a statement
/// once it has grown. Each thread needs one of its own.
public struct ScoringWorkspace: ~Copyable {
  /// What a model said about the statement at hand.
  public struct Answer: Sendable {
    /// The place of the model among the scorer's.
    public var model: Int
    /// The place of the target among the scorer's; nil where the model takes none or the statement has its own.
    public var target: Int?
    /// The label's place among the model's; nil where it abstains.
    public var label: Int?
    /// Why it abstains.
    public var abstention: AbstentionReason?
    /// Where the probabilities stand in `probabilities`.
    public var probabilities: Range<Int>
  }

  /// The answers to the statement that was scored last by itself, in the order of the models and, for each, of the targets.
  public var answers: [Answer] { members[0].result.answers }
  /// The probabilities of all its answers, one after the other.
  public var probabilities: [Float] { members[0].result.probabilities }

  /// One for each statement that can be answered side by side.
  var members: InlineArray<8, StatementWorkspace>
  /// How many are in use.
  private var count = 0
  private var targets: [String] = []
  /// What is looked for to find the targets. It is the workspace's own: threads that shared it would wait for each other at
  /// its counts of references.
  private var patterns: [TargetPattern] = []
  /// The own target of each statement in use; empty where none has one.
  private var ownTargets: [TargetReference?] = []
  /// The own target that was made last: rows that follow each other often have the same.
  private var lastOwn: (name: String, pattern: TargetPattern)?

  /// An empty workspace.
  ///
  /// - Parameter needsProbabilities: whether answers bear probabilities; the exponentials of many statements take a
  ///   while, and their labels are the same without.
  public init(needsProbabilities: Bool = true) {
    members = InlineArray { _ in StatementWorkspace(needsProbabilities: needsProbabilities) }
  }

  /// How many statements are answered side by side.
  static var groupSize: Int { InlineArray<8, StatementWorkspace>.count }

  /// Forgets the statements before, and finds the tokens of the next.
  ///
  /// - Parameters:
  ///   - targets: what a stance is taken toward by statements without a target of their own.
  ///   - ownTarget: a statement's own target.
  ///   - surroundings: what the sentences of their article tell about each other, and the place of the first.
  mutating func begin(
    _ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, targets: [String],
    ownTarget: (Int) -> StatementTarget?, surroundings: ArticleSurroundings?, first: Int
  ) {
    if targets != self.targets {
      self.targets = targets
      patterns = targets.map(TargetPattern.init)
    }
    self.count = count
    if !ownTargets.isEmpty { ownTargets.removeAll(keepingCapacity: true) }
    for place in 0..<count {
      members[place].begin(bytes.extracting(range(place)), place: first + place, in: surroundings)
      guard let target = ownTarget(place) else { continue }
      while ownTargets.count < place { ownTargets.append(nil) }
      ownTargets.append(reference(to: target))
    }
  }

  /// What is looked for to find a statement's own target.
  private mutating func reference(to target: StatementTarget) -> TargetReference {
    if let lastOwn, lastOwn.name == target.name { return TargetReference(pattern: lastOwn.pattern, span: target.span) }
    let pattern = TargetPattern(target.name)
    lastOwn = (target.name, pattern)
    return TargetReference(pattern: pattern, span: target.span)
  }

  /// The first statement without a target of its own.
  var firstWithoutOwnTarget: Int? { (0..<count).first { ownTarget(of: $0) == nil } }

  private func ownTarget(of place: Int) -> TargetReference? { place < ownTargets.count ? ownTargets[place] : nil }

  /// Adds the answer of the model at `index` to each statement.
  ///
  /// - Parameters:
  ///   - targetIndex: toward which of the targets; a statement's own goes before all of them. Nil where the model takes none.
  ///   - sharesFeatures: whether the features found for the answer before are those that this model needs.
  mutating func answer(
    at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, engine: ScoringEngine, index: Int, targetIndex: Int?,
    sharesFeatures: Bool
  ) {
    let shared = targetIndex.flatMap { $0 < patterns.count ? TargetReference(pattern: patterns[$0]) : nil }
    /// Takes a step for each statement.
    func forEach(_ step: (inout StatementWorkspace, Span<UInt8>, TargetReference?, _ targetIndex: Int?) -> Void) {
      for place in 0..<count {
        let text = bytes.extracting(range(place))
        if let targetIndex, let own = ownTarget(of: place) {
          if targetIndex == 0 { step(&members[place], text, own, nil) }
        } else {
          step(&members[place], text, shared, targetIndex)
        }
      }
    }
    if !sharesFeatures {
      forEach { workspace, text, target, _ in workspace.read(text, engine: engine, target: target) }
      forEach { workspace, text, target, _ in workspace.emit(text, engine: engine, target: target) }
    }
    forEach { workspace, _, _, _ in workspace.findColumns(engine: engine) }
    forEach { workspace, _, target, _ in workspace.emitDense(engine: engine, target: target) }
    forEach { workspace, text, _, targetIndex in
      workspace.sum(text, engine: engine, index: index, targetIndex: targetIndex)
    }
  }
}

/// A statement's own target.
package struct StatementTarget {
  /// Its name.
  package var name: String
  /// Where the text mentions it, in code points.
  package var span: Range<Int>?

  /// A target that may be mentioned at `span`.
  package init(name: String, span: Range<Int>? = nil) {
    self.name = name
    self.span = span
  }
}

extension Statement {
  /// What its stance is toward.
  var ownTarget: StatementTarget? { target.map { StatementTarget(name: $0, span: targetSpan) } }
}
