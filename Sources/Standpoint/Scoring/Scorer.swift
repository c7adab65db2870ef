import Classification
public import Corpus
package import FeatureExtraction
import TextProcessing

/// Labels statements with one or more trained models.
///
/// A scorer never changes and may be used by several threads at once, each with a workspace of its own. What it answers
/// for a statement depends on the statement alone: not on what came before, on batches or on threads.
public struct Scorer: Sendable {
  /// The models, one for each task, in the order in which they answer.
  public let models: [Model]
  /// The targets toward which a stance is given for statements that name none of their own.
  public let targets: [String]

  /// What scores for each model.
  private let engines: [ScoringEngine]
  /// Whether a model finds the features that the model before it finds.
  private let sharesFeatures: [Bool]
  /// The only model, if it takes no target and reads no more of tokens than their folded hashes.
  private let hashedEngine: ScoringEngine?

  /// A scorer.
  ///
  /// - Throws: `StandpointError` where two models answer for one task.
  public init(models: [Model], targets: [String] = []) throws(StandpointError) {
    for (index, model) in models.enumerated() where models[..<index].contains(where: { $0.task == model.task }) {
      throw .duplicateTask(task: model.task)
    }
    self.models = models
    self.targets = targets
    let engines = models.map(ScoringEngine.init)
    self.engines = engines
    let isHashed = engines.count == 1 && !engines[0].needsTarget && engines[0].scorer.readsOnlyFoldedHashes
    hashedEngine = isHashed ? engines[0] : nil
    // Toward several targets the features found last are those of the last target.
    sharesFeatures = engines.indices.map { index in
      index > 0 && engines[index].needsTarget == engines[index - 1].needsTarget
        && (!engines[index].needsTarget || targets.count < 2)
        && engines[index].scorer.sharesFeatures(with: engines[index - 1].scorer)
    }
  }

  /// What the sentences of an article tell about each other, for the models that ask; nil where none does.
  /// - Complexity: O(bytes).
  package func surroundings(of article: Article) -> ArticleSurroundings? {
    guard let model = models.first(where: { $0.configuration.features.sourcing?.surroundings != nil }) else {
      return nil
    }
    return model.extractor.surroundings(ofSentences: article.sentences.map(\.bytes), in: article.bytes.span)
  }

  /// Whether a model needs a target and none is given for all statements.
  public var needsRowTarget: Bool { targets.isEmpty && models.contains(where: \.configuration.needsTarget) }
}

/// Why a model gives no answer.
public enum AbstentionReason: String, Sendable {
  /// The statement holds nothing to read.
  case empty
  /// The likeliest label is less probable than it has to be.
  case lowConfidence = "low-confidence"
}

/// What one model says about one statement, toward one target.
public struct Answer: Equatable, Sendable {
  /// The name of the model's task.
  public var task: String
  /// The label; nil where the model abstains.
  public var label: String?
  /// Why it abstains; nil where it answers.
  public var abstention: AbstentionReason?
  /// The target; nil where the model takes none.
  public var target: String?
  /// The probability of each label, in the order of the model's labels; empty where there was nothing to read.
  public var probabilities: [Float]

  /// An answer of its parts.
  public init(
    task: String, label: String?, abstention: AbstentionReason?, target: String?, probabilities: [Float]
  ) {
    self.task = task
    self.label = label
    self.abstention = abstention
    self.target = target
    self.probabilities = probabilities
  }
}

extension Scorer {
  /// What the models say about a statement: an answer from each model, and from those that need a target an answer
  /// toward the statement's own target or else toward each of `targets`.
  ///
  /// - Throws: `StandpointError.missingTarget` where a target is needed and there is none.
  public func score(_ statement: Statement) throws(StandpointError) -> [Answer] {
    var workspace = ScoringWorkspace()
    var text = statement.text
    text.makeContiguousUTF8()
    try score(
      text.utf8.span, target: statement.target, targetSpan: statement.targetSpan, place: "statement \(statement.id)",
      workspace: &workspace)
    return (0..<workspace.answers.count).map { index in
      let answer = workspace.answers[index]
      let model = models[answer.model]
      return Answer(
        task: model.task, label: answer.label.map { model.labels.names[$0] }, abstention: answer.abstention,
        target: answer.target.map { targets[$0] } ?? (model.configuration.needsTarget ? statement.target : nil),
        probabilities: answer.probabilities.map { workspace.probabilities[$0] })
    }
  }

  /// Scores one statement into a workspace: the way to score many, without an allocation for each.
  ///
  /// - Parameters:
  ///   - text: UTF-8; damaged bytes are read as U+FFFD.
  ///   - target: the statement's own target, which goes before those of the scorer.
  ///   - targetSpan: where the text mentions it, in code points.
  ///   - place: how an error names the statement.
  /// - Throws: `StandpointError.missingTarget`.
  public func score(
    _ text: Span<UInt8>, target: String? = nil, targetSpan: Range<Int>? = nil, place: @autoclosure () -> String,
    workspace: inout ScoringWorkspace
  ) throws(StandpointError) {
    if let hashedEngine, text.count <= FeatureExtractor.maximumTokenCount {
      // What the way of many would do, without the calls between: they cost a twentieth of such a statement's instructions.
      workspace.members[0].answer(1, at: { _ in 0..<text.count }, in: text, engine: hashedEngine) { _, _ in }
      return
    }
    let ownTarget = target.map { StatementTarget(name: $0, span: targetSpan) }
    try score(
      1, workspace: &workspace, place: { _ in place() }, text: { _ in 0..<text.count }, in: text,
      ownTarget: { _ in ownTarget }
    ) { _, _ in }
  }

  /// Scores many statements, some at a time.
  ///
  /// Each step is taken for all statements of a group before the next step: what a model does with a statement is more code
  /// than the nearest cache holds, which so is fetched once a group, and what a step asks for from memory arrives while it is
  /// taken for the others. What comes out for a statement does not depend on the others, and a test holds that.
  ///
  /// - Parameters:
  ///   - count: the number of statements.
  ///   - place: how an error names a statement.
  ///   - text: where a statement's text stands in `bytes`.
  ///   - ownTarget: a statement's own target, which goes before those of the scorer.
  ///   - surroundings: what `surroundings(of:)` found, where the statements are the sentences of an article from `first` on.
  ///   - answered: called with each statement's number and the answers to it, in order.
  /// - Throws: `StandpointError.missingTarget` where a model needs a target and there is none.
  package func score(
    _ count: Int, workspace: inout ScoringWorkspace, place: (Int) -> String, text: (Int) -> Range<Int>,
    in bytes: Span<UInt8>, ownTarget: (Int) -> StatementTarget? = { _ in nil },
    surroundings: ArticleSurroundings? = nil, first: Int = 0, answered: (Int, borrowing StatementAnswers) -> Void
  ) throws(StandpointError) {
    if let hashedEngine {
      return scoreHashed(
        count, engine: hashedEngine, workspace: &workspace.members[0], text: text, in: bytes, answered: answered)
    }
    for start in stride(from: 0, to: count, by: ScoringWorkspace.groupSize) {
      let size = min(ScoringWorkspace.groupSize, count - start)
      workspace.begin(
        size, at: { text(start + $0) }, in: bytes, targets: targets, ownTarget: { ownTarget(start + $0) },
        surroundings: surroundings, first: first + start)
      for index in engines.indices {
        let engine = engines[index]
        if engine.needsTarget, targets.isEmpty, let bare = workspace.firstWithoutOwnTarget {
          throw .missingTarget(place: place(start + bare))
        }
        // A statement's own target takes the place of the first, so there is one to answer for, whatever the scorer has.
        for targetIndex in 0..<(engine.needsTarget ? max(targets.count, 1) : 1) {
          workspace.answer(
            at: { text(start + $0) }, in: bytes, engine: engine, index: index,
            targetIndex: engine.needsTarget ? targetIndex : nil, sharesFeatures: sharesFeatures[index])
        }
      }
      for place in 0..<size { answered(start + place, workspace.members[place].result) }
    }
  }

  /// Scores statements, each toward its own target if it has one; see `score(_:workspace:place:text:in:)`.
  ///
  /// - Parameters:
  ///   - place: how an error names a statement.
  ///   - surroundings: what the extractor found for the list that `statements` are a part of.
  package func score(
    _ statements: ArraySlice<Statement>, workspace: inout ScoringWorkspace, place: (Int) -> String,
    surroundings: ArticleSurroundings? = nil, answered: (Int, borrowing StatementAnswers) -> Void
  ) throws(StandpointError) {
    var bytes: [UInt8] = []
    var ends = [0]
    for statement in statements {
      bytes.append(contentsOf: statement.text.utf8)
      ends.append(bytes.count)
    }
    let first = statements.startIndex
    try score(
      statements.count, workspace: &workspace, place: { place(first + $0) }, text: { ends[$0]..<ends[$0 + 1] },
      in: bytes.span, ownTarget: { statements[first + $0].ownTarget }, surroundings: surroundings, first: first
    ) { answered(first + $0, $1) }
  }

  /// Whether `label` can be asked: there is one model, it reads only folded hashes, and it always gives a label.
  package var labelsAtOnce: Bool { hashedEngine?.alwaysAnswers == true }

  /// Labels many statements, for those who ask for nothing but the label: the labels are those of `score`.
  ///
  /// - Parameter labelled: called with each statement's number and the label's place among the model's, in order; nil
  ///   stands for a statement that holds nothing to read.
  /// - Precondition: `labelsAtOnce`.
  package func label(
    _ count: Int, workspace: inout ScoringWorkspace, text: (Int) -> Range<Int>, in bytes: Span<UInt8>,
    labelled: (Int, Int?) -> Void
  ) {
    guard let hashedEngine else { preconditionFailure("these models cannot be asked for labels alone") }
    Self.forEachGroup(of: count, text: text) { group, areTogether in
      if areTogether {
        workspace.members[0].label(
          group.count, at: { text(group.lowerBound + $0) }, in: bytes, engine: hashedEngine
        ) { labelled(group.lowerBound + $0, $1) }
      } else {
        workspace.members[0].answer(alone: bytes.extracting(text(group.lowerBound)), engine: hashedEngine)
        labelled(group.lowerBound, workspace.members[0].result.answers[0].label)
      }
    }
  }

  /// Scores many statements with a model that reads only folded hashes, some at a time.
  private func scoreHashed(
    _ count: Int, engine: ScoringEngine, workspace: inout StatementWorkspace, text: (Int) -> Range<Int>,
    in bytes: Span<UInt8>, answered: (Int, borrowing StatementAnswers) -> Void
  ) {
    Self.forEachGroup(of: count, text: text) { group, areTogether in
      if areTogether {
        workspace.answer(group.count, at: { text(group.lowerBound + $0) }, in: bytes, engine: engine) {
          answered(group.lowerBound + $0, $1)
        }
      } else {
        workspace.answer(alone: bytes.extracting(text(group.lowerBound)), engine: engine)
        answered(group.lowerBound, workspace.result)
      }
    }
  }

  /// Calls `body` with statements that are summed up together, or with one that may have more tokens than are read.
  @inline(__always)
  private static func forEachGroup(
    of count: Int, text: (Int) -> Range<Int>, _ body: (_ group: Range<Int>, _ areTogether: Bool) -> Void
  ) {
    let bestCount = LinearScorer.bestCount
    var first = 0
    while first < count {
      let start = first
      while first < count, first - start < bestCount,
        text(first).count <= FeatureExtractor.maximumTokenCount
      {
        first += 1
      }
      let areTogether = first > start
      if !areTogether { first += 1 }
      body(start..<first, areTogether)
    }
  }
}
