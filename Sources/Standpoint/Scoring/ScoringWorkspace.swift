import Classification
import FeatureExtraction
import TextProcessing

/// The memory in which one statement after the other is scored; nothing is allocated for a statement once it has grown.
/// Each thread needs one of its own.
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

  /// The answers, in the order of the models and, for each, of the targets.
  public var answers: [Answer] { result.answers }
  /// The probabilities of all answers, one after the other.
  public var probabilities: [Float] { result.probabilities }
  /// Both, for those who pass them on.
  package private(set) var result = StatementAnswers()

  private let tokenizer = Tokenizer()
  private var tokens: [Token] = []
  private var features = FeatureWorkspace()
  private var memory = ScoringMemory()
  private var denseMargins: [Float] = []
  private var targetText: String?
  private var pattern: TargetPattern?

  /// Whether anybody reads the probabilities.
  private let needsProbabilities: Bool

  /// An empty workspace.
  ///
  /// - Parameter needsProbabilities: whether answers bear probabilities; the exponentials of many statements take a
  ///   while, and their labels are the same without.
  public init(needsProbabilities: Bool = true) { self.needsProbabilities = needsProbabilities }

  /// Forgets the statement before and finds the tokens of the next, which all models share.
  mutating func beginStatement(_ text: Span<UInt8>) {
    result.removeAll()
    tokenizer.tokenize(text, range: FeatureExtractor.readable(text), into: &tokens)
  }

  /// Says where in an article the next statement stands; nil says that it stands alone.
  mutating func place(_ index: Int, in surroundings: ArticleSurroundings?) {
    if let surroundings {
      surroundings.load(index, into: &features)
    } else {
      features.sourcing.surroundings.removeAll()
    }
  }

  /// What is looked for to find a target; made anew only where it is another than that of the statement before.
  mutating func reference(to target: String, span: Range<Int>?) -> TargetReference {
    if let pattern, targetText == target { return TargetReference(pattern: pattern, span: span) }
    let made = TargetPattern(target)
    pattern = made
    targetText = target
    return TargetReference(pattern: made, span: span)
  }

  /// Adds the answer of the model at `index`.
  ///
  /// - Parameter sharesFeatures: whether the features found for the answer before are those that this model needs.
  mutating func answer(
    _ text: Span<UInt8>, engine: ScoringEngine, index: Int, target: TargetReference?, targetIndex: Int?,
    sharesFeatures: Bool
  ) {
    if !sharesFeatures {
      read(text, engine: engine, target: target)
      emit(text, engine: engine, target: target)
    }
    findColumns(engine: engine)
    emitDense(engine: engine, target: target)
    sum(text, engine: engine, index: index, targetIndex: targetIndex)
  }

  // The steps of an answer; see `LinearScorer`.

  /// Whether there is nothing to do before the sum.
  private func goesStraight(to engine: ScoringEngine) -> Bool { tokens.isEmpty || engine.scorer.readsOnlyFoldedHashes }

  fileprivate mutating func read(_ text: Span<UInt8>, engine: ScoringEngine, target: TargetReference?) {
    guard !goesStraight(to: engine) else { return }
    // The scorer reads the tokens while the rest of this workspace changes.
    let tokens = tokens
    engine.scorer.read(text, tokens: tokens.span, target: target, into: &features)
  }

  fileprivate mutating func emit(_ text: Span<UInt8>, engine: ScoringEngine, target: TargetReference?) {
    guard !goesStraight(to: engine) else { return }
    // As above.
    let tokens = tokens
    engine.scorer.emit(text, tokens: tokens.span, target: target, into: &features)
  }

  fileprivate mutating func findColumns(engine: ScoringEngine) {
    guard !goesStraight(to: engine) else { return }
    engine.scorer.findColumns(of: features, memory: &memory)
  }

  fileprivate mutating func emitDense(engine: ScoringEngine, target: TargetReference?) {
    guard !goesStraight(to: engine) else { return }
    engine.scorer.emitDense(target: target, into: &features)
  }

  /// Adds up the weights, and adds the answer.
  fileprivate mutating func sum(_ text: Span<UInt8>, engine: ScoringEngine, index: Int, targetIndex: Int?) {
    guard !tokens.isEmpty else { return result.appendEmpty(model: index, target: targetIndex) }
    // As above.
    let tokens = tokens
    if engine.scorer.readsOnlyFoldedHashes {
      engine.scorer.sum(tokens.span, memory: &memory)
      memory.forEachSums(of: engine.scorer) { _, sums in
        guard let sums else { return }
        result.append(
          engine, model: index, target: targetIndex, sums: sums, dense: [], needsProbabilities: needsProbabilities)
      }
      return
    }
    engine.scorer.sum(text, tokens: tokens.span, features: &features, memory: &memory)
    engine.sumDense(features.dense, into: &denseMargins)
    memory.margins.withSpan {
      result.append(
        engine, model: index, target: targetIndex, sums: $0, dense: denseMargins,
        needsProbabilities: needsProbabilities)
    }
  }

  /// Answers some statements together with the only model, which reads no more than folded hashes of tokens.
  ///
  /// - Parameter answered: called with each statement's place among them and the answer to it, in order.
  mutating func answer(
    _ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, engine: ScoringEngine,
    answered: (Int, borrowing StatementAnswers) -> Void
  ) {
    engine.scorer.sum(count, at: range, in: bytes, memory: &memory)
    let needsProbabilities = needsProbabilities
    // Changed while the rest of this workspace is read.
    var result = StatementAnswers()
    swap(&result, &self.result)
    memory.forEachSums(of: engine.scorer) { index, sums in
      result.removeAll()
      if let sums {
        result.append(
          engine, model: 0, target: nil, sums: sums, dense: [], needsProbabilities: needsProbabilities)
      } else {
        result.appendEmpty(model: 0, target: nil)
      }
      answered(index, result)
    }
    swap(&result, &self.result)
  }
}

extension ScoringWorkspace {
  /// Answers one statement with the only model, which takes no target.
  mutating func answer(alone text: Span<UInt8>, engine: ScoringEngine) {
    beginStatement(text)
    answer(text, engine: engine, index: 0, target: nil, targetIndex: nil, sharesFeatures: false)
  }

  /// Labels some statements as `answer(_:at:in:engine:answered:)` does, for those who ask for nothing else: no answers are
  /// made.
  ///
  /// - Parameter labelled: called with each statement's place among them and the label's place among the model's, in order;
  ///   nil stands for a statement that holds nothing to read.
  mutating func label(
    _ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, engine: ScoringEngine,
    labelled: (Int, Int?) -> Void
  ) {
    engine.scorer.sum(count, at: range, in: bytes, memory: &memory)
    memory.forEachSums(of: engine.scorer) { index, sums in
      guard let sums else { return labelled(index, nil) }
      labelled(index, engine.likeliest(sums: sums, dense: []))
    }
  }
}

/// What models said about one statement. Not copied, or each statement would count references to its arrays.
package struct StatementAnswers: ~Copyable, Sendable {
  /// The answers, in the order of the models and, for each, of the targets.
  package private(set) var answers: [ScoringWorkspace.Answer] = []
  /// The probabilities of all answers, one after the other.
  package private(set) var probabilities: [Float] = []

  mutating func removeAll() {
    // Most often there is one, which goes without a call.
    if answers.count == 1 { answers.removeLast() } else { answers.removeAll(keepingCapacity: true) }
    if !probabilities.isEmpty { probabilities.removeAll(keepingCapacity: true) }
  }

  /// Adds that there was nothing to read.
  mutating func appendEmpty(model: Int, target: Int?) {
    answers.append(.init(model: model, target: target, label: nil, abstention: .empty, probabilities: 0..<0))
  }

  /// Adds the answer that follows from sums of weights, and what dense features add to them.
  @inline(__always)
  mutating func append(
    _ engine: ScoringEngine, model: Int, target: Int?, sums: Span<Float>, dense: [Float], needsProbabilities: Bool
  ) {
    let best = engine.likeliest(sums: sums, dense: dense)
    let start = probabilities.count
    var isUnsure = false
    if needsProbabilities || !engine.alwaysAnswers {
      engine.appendProbabilities(sums: sums, dense: dense, to: &probabilities)
      isUnsure = !engine.accepts(best, probability: probabilities[start + best])
    }
    answers.append(
      .init(
        model: model, target: target, label: isUnsure ? nil : best, abstention: isUnsure ? .lowConfidence : nil,
        probabilities: start..<probabilities.count))
  }
}

/// Workspaces in which some statements are answered side by side, step by step.
package struct ScoringWorkspaceGroup: ~Copyable {
  /// The workspaces, one for each statement that can be answered side by side; statements that are scored one by one use the first.
  package var members: InlineArray<8, ScoringWorkspace>
  /// How many are in use.
  private var count = 0
  private var targets: [String] = []
  /// What is looked for to find the targets. It is the group's own: threads that shared it would wait for each other at its
  /// counts of references.
  private var patterns: [TargetPattern] = []

  /// Empty workspaces.
  package init(needsProbabilities: Bool = true) {
    members = InlineArray { _ in ScoringWorkspace(needsProbabilities: needsProbabilities) }
  }

  /// Forgets the statements before, and finds the tokens of the next.
  ///
  /// - Parameter targets: what a stance is taken toward.
  mutating func begin(_ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, targets: [String]) {
    if targets != self.targets {
      self.targets = targets
      patterns = targets.map(TargetPattern.init)
    }
    self.count = count
    forEach(at: range, in: bytes) { $0.beginStatement($1) }
  }

  /// Adds the answer of the model at `index` to each statement; see `ScoringWorkspace.answer`.
  mutating func answer(
    at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, engine: ScoringEngine, index: Int, targetIndex: Int?,
    sharesFeatures: Bool
  ) {
    let target = targetIndex.map { TargetReference(pattern: patterns[$0]) }
    if !sharesFeatures {
      forEach(at: range, in: bytes) { $0.read($1, engine: engine, target: target) }
      forEach(at: range, in: bytes) { $0.emit($1, engine: engine, target: target) }
    }
    forEach(at: range, in: bytes) { workspace, _ in workspace.findColumns(engine: engine) }
    forEach(at: range, in: bytes) { workspace, _ in workspace.emitDense(engine: engine, target: target) }
    forEach(at: range, in: bytes) { $0.sum($1, engine: engine, index: index, targetIndex: targetIndex) }
  }

  /// Takes a step for each statement.
  @inline(__always)
  private mutating func forEach(
    at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, _ step: (inout ScoringWorkspace, Span<UInt8>) -> Void
  ) {
    for place in 0..<count { step(&members[place], bytes.extracting(range(place))) }
  }
}
