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
  /// Whether the features of the statement were found and their weights asked for.
  private var isPrepared = false
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
    isPrepared = false
    tokenizer.tokenize(text, range: FeatureExtractor.readable(text), into: &tokens)
  }

  /// Finds the features of the statement for a scorer that is alone and takes no target, and asks for their weights.
  mutating func prepare(_ text: Span<UInt8>, for engine: ScoringEngine) {
    guard !tokens.isEmpty else { return }
    prepare(text, for: engine, target: nil, sharesFeatures: false)
    isPrepared = true
  }

  private mutating func prepare(
    _ text: Span<UInt8>, for engine: ScoringEngine, target: TargetReference?, sharesFeatures: Bool
  ) {
    // The scorer reads the tokens while the rest of this workspace changes.
    let tokens = tokens
    if !sharesFeatures { engine.scorer.emit(text, tokens: tokens.span, target: target, into: &features) }
    engine.scorer.prepare(&features, target: target, memory: &memory)
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
    guard !tokens.isEmpty else { return result.appendEmpty(model: index, target: targetIndex) }
    // The scorer reads the tokens while the rest of this workspace changes.
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
    if !isPrepared { prepare(text, for: engine, target: target, sharesFeatures: sharesFeatures) }
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

/// Two workspaces that take turns, so that one statement can be begun before the one before it is answered.
package struct ScoringWorkspacePair: ~Copyable {
  /// For the first statement and every second one after it; also for statements that are scored one by one.
  package var even: ScoringWorkspace
  /// For the others.
  var odd: ScoringWorkspace

  /// Empty workspaces.
  package init(needsProbabilities: Bool = true) {
    even = ScoringWorkspace(needsProbabilities: needsProbabilities)
    odd = ScoringWorkspace(needsProbabilities: needsProbabilities)
  }
}
