import FeatureExtraction
import TextProcessing

/// The memory in which one statement after the other is answered, step by step; nothing is allocated for a statement once it
/// has grown.
struct StatementWorkspace: ~Copyable {
  /// What the models said about the statement at hand.
  private(set) var result = StatementAnswers()

  private let tokenizer = Tokenizer()
  private var tokens: [Token] = []
  private var features = FeatureWorkspace()
  private var memory = ScoringMemory()
  private var denseMargins: [Float] = []

  /// Whether anybody reads the probabilities.
  private let needsProbabilities: Bool

  /// An empty workspace.
  init(needsProbabilities: Bool) { self.needsProbabilities = needsProbabilities }

  /// Forgets the statement before and finds the tokens of the next, which all models share.
  ///
  /// - Parameters:
  ///   - place: which sentence of an article it is.
  ///   - surroundings: what the sentences of the article tell about each other; nil where the statement stands alone.
  mutating func begin(_ text: Span<UInt8>, place: Int, in surroundings: ArticleSurroundings?) {
    result.removeAll()
    tokenizer.tokenize(text, range: FeatureExtractor.readable(text), into: &tokens)
    if let surroundings {
      surroundings.load(place, into: &features)
    } else {
      features.sourcing.surroundings.removeAll()
    }
  }

  // The steps of an answer; see `LinearScorer`.

  /// Whether there is nothing to do before the sum.
  private func goesStraight(to engine: ScoringEngine) -> Bool { tokens.isEmpty || engine.scorer.readsOnlyFoldedHashes }

  mutating func read(_ text: Span<UInt8>, engine: ScoringEngine, target: TargetReference?) {
    guard !goesStraight(to: engine) else { return }
    // The scorer reads the tokens while the rest of this workspace changes.
    let tokens = tokens
    engine.scorer.read(text, tokens: tokens.span, target: target, into: &features)
  }

  mutating func emit(_ text: Span<UInt8>, engine: ScoringEngine, target: TargetReference?) {
    guard !goesStraight(to: engine) else { return }
    // As above.
    let tokens = tokens
    engine.scorer.emit(text, tokens: tokens.span, target: target, into: &features)
  }

  mutating func findColumns(engine: ScoringEngine) {
    guard !goesStraight(to: engine) else { return }
    engine.scorer.findColumns(of: features, memory: &memory)
  }

  mutating func emitDense(engine: ScoringEngine, target: TargetReference?) {
    guard !goesStraight(to: engine) else { return }
    engine.scorer.emitDense(target: target, into: &features)
  }

  /// Adds up the weights, and adds the answer.
  mutating func sum(_ text: Span<UInt8>, engine: ScoringEngine, index: Int, targetIndex: Int?) {
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

extension StatementWorkspace {
  /// Answers one statement with the only model, which reads no more than folded hashes of tokens.
  mutating func answer(alone text: Span<UInt8>, engine: ScoringEngine) {
    begin(text, place: 0, in: nil)
    sum(text, engine: engine, index: 0, targetIndex: nil)
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
