import Classification
import FeatureExtraction
import TextProcessing

/// The memory in which one statement after the other is scored; nothing is allocated for a statement once it has grown.
package struct ScoringWorkspace: ~Copyable {
  /// What a model said about the statement at hand.
  package struct Answer: Sendable {
    /// The place of the model among the scorer's.
    package var model: Int
    /// The place of the target among the scorer's; nil where the model takes none or the statement has its own.
    package var target: Int?
    /// The label's place among the model's; nil where it abstains.
    package var label: Int?
    /// Why it abstains.
    package var abstention: AbstentionReason?
    /// Where the probabilities stand in `probabilities`.
    package var probabilities: Range<Int>
  }

  /// The answers, in the order of the models and, for each, of the targets.
  package private(set) var answers: [Answer] = []
  /// The probabilities of all answers, one after the other.
  package private(set) var probabilities: [Float] = []

  private let tokenizer = Tokenizer()
  private var tokens: [Token] = []
  private var features = FeatureWorkspace()
  private var memory = ScoringMemory()
  private var denseMargins: [Float] = []
  private var targetText: String?
  private var pattern: TargetPattern?

  /// An empty workspace.
  package init() {}

  /// Forgets the statement before and finds the tokens of the next, which all models share.
  mutating func beginStatement(_ text: Span<UInt8>) {
    answers.removeAll(keepingCapacity: true)
    probabilities.removeAll(keepingCapacity: true)
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
    guard !tokens.isEmpty else {
      answers.append(
        Answer(model: index, target: targetIndex, label: nil, abstention: .empty, probabilities: 0..<0))
      return
    }
    // The scorer reads the tokens while the rest of this workspace changes.
    let tokens = tokens
    if !sharesFeatures { engine.scorer.emit(text, tokens: tokens.span, target: target, into: &features) }
    engine.scorer.sum(text, tokens: tokens.span, features: &features, memory: &memory)
    let start = probabilities.count
    engine.sumDense(features.dense, into: &denseMargins)
    engine.appendProbabilities(sums: memory.margins, dense: denseMargins, to: &probabilities)
    let range = start..<probabilities.count
    var best = start
    for place in range where probabilities[place] > probabilities[best] { best = place }
    let isUnsure = !engine.accepts(best - start, probability: probabilities[best])
    answers.append(
      Answer(
        model: index, target: targetIndex, label: isUnsure ? nil : best - start,
        abstention: isUnsure ? .lowConfidence : nil, probabilities: range))
  }
}
