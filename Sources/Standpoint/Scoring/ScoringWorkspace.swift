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
  public private(set) var answers: [Answer] = []
  /// The probabilities of all answers, one after the other.
  public private(set) var probabilities: [Float] = []

  private let tokenizer = Tokenizer()
  private var tokens: [Token] = []
  /// The tokens, where no model reads more of them than their folded hashes; then `tokens` is empty.
  private var foldedTokens: [FoldedToken] = []
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
  ///
  /// - Parameter onlyFolded: whether no model reads more of tokens than their folded hashes.
  mutating func beginStatement(_ text: Span<UInt8>, onlyFolded: Bool) {
    answers.removeAll(keepingCapacity: true)
    if !probabilities.isEmpty { probabilities.removeAll(keepingCapacity: true) }
    isPrepared = false
    let readable = FeatureExtractor.readable(text)
    if onlyFolded {
      tokenizer.tokenize(text, range: readable, into: &foldedTokens)
      if !tokens.isEmpty { tokens.removeAll(keepingCapacity: true) }
    } else {
      tokenizer.tokenize(text, range: readable, into: &tokens)
      if !foldedTokens.isEmpty { foldedTokens.removeAll(keepingCapacity: true) }
    }
  }

  /// Whether the statement holds nothing to read.
  private var isEmpty: Bool { tokens.isEmpty && foldedTokens.isEmpty }

  /// Finds the features of the statement for a scorer that is alone and takes no target, and asks for their weights.
  mutating func prepare(_ text: Span<UInt8>, for engine: ScoringEngine) {
    guard !isEmpty else { return }
    prepare(text, for: engine, target: nil, sharesFeatures: false)
    isPrepared = true
  }

  private mutating func prepare(
    _ text: Span<UInt8>, for engine: ScoringEngine, target: TargetReference?, sharesFeatures: Bool
  ) {
    // The scorer reads the tokens while the rest of this workspace changes.
    if !foldedTokens.isEmpty {
      let foldedTokens = foldedTokens
      return engine.scorer.prepare(foldedTokens.span, features: &features, memory: &memory)
    }
    let tokens = tokens
    if engine.scorer.readsOnlyFoldedHashes {
      return engine.scorer.prepare(tokens.span, features: &features, memory: &memory)
    }
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
    guard !isEmpty else {
      answers.append(
        Answer(model: index, target: targetIndex, label: nil, abstention: .empty, probabilities: 0..<0))
      return
    }
    if !isPrepared { prepare(text, for: engine, target: target, sharesFeatures: sharesFeatures) }
    // The scorer reads the tokens while the rest of this workspace changes.
    let tokens = tokens
    engine.scorer.sum(text, tokens: tokens.span, features: &features, memory: &memory)
    engine.sumDense(features.dense, into: &denseMargins)
    let best = engine.likeliest(sums: memory.margins, dense: denseMargins)
    let start = probabilities.count
    var isUnsure = false
    if needsProbabilities || !engine.alwaysAnswers {
      engine.appendProbabilities(sums: memory.margins, dense: denseMargins, to: &probabilities)
      isUnsure = !engine.accepts(best, probability: probabilities[start + best])
    }
    answers.append(
      Answer(
        model: index, target: targetIndex, label: isUnsure ? nil : best, abstention: isUnsure ? .lowConfidence : nil,
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
