public import Corpus
public import Evaluation
public import FeatureExtraction
public import LinearAlgebra
import Synchronization

/// Has a model label statements whose labels are known.
public struct Evaluator: Sendable {
  /// The model.
  public let model: Model
  /// The target of statements that name none.
  public let target: String?
  /// Whether statements of one group that follow each other are read as sentences of one article, in order, where the
  /// model has features for that; if not, each stands alone.
  public let usesSurroundings: Bool
  /// Threads to use; the result does not depend on it.
  public let threads: Int

  /// An evaluator of one model.
  public init(_ model: Model, target: String? = nil, usesSurroundings: Bool = true, threads: Int = 1) {
    self.usesSurroundings = usesSurroundings
    self.model = model
    self.target = target
    self.threads = threads
  }

  /// Whether statements are read as sentences of articles, so that labels may differ from those that `Scorer` gives to each
  /// alone.
  public func readsArticles(_ statements: [Statement]) -> Bool {
    usesSurroundings && Self.readsArticles(model.configuration.features, statements)
  }

  /// Whether features ask for sentences around, and statements have such.
  public static func readsArticles(_ features: FeatureExtractor.Configuration, _ statements: [Statement]) -> Bool {
    features.sourcing?.surroundings != nil && statements.contains { $0.group != nil }
  }

  /// What the model says about each statement, beside what is true.
  ///
  /// The model abstains as it does in scoring: below its thresholds, and on a statement with nothing to read, whose
  /// probabilities are those before reading.
  ///
  /// - Parameter progress: is told which share of the statements has been labelled.
  /// - Throws: `StandpointError` for a label that the model does not know, or a target that is missing.
  public func predictions(
    for statements: [Statement], progress: WorkProgress = .ignored
  ) throws(StandpointError) -> Predictions {
    let task = model.task
    var gold: [Int] = []
    for statement in statements {
      guard let label = statement.labels[task], let index = model.labels.index(of: label) else {
        throw .unknownLabel(
          label: statement.labels[task] ?? "", place: "statement \(statement.id)", known: model.labels.names)
      }
      gold.append(index)
    }
    if model.configuration.needsTarget, target == nil, let bare = statements.first(where: { $0.target == nil }) {
      throw .missingTarget(place: "statement \(bare.id)")
    }
    let scorer = try Scorer(models: [model], targets: target.map { [$0] } ?? [])
    let surroundings = usesSurroundings ? model.extractor.surroundings(of: statements) : nil
    let count = model.labels.count
    let prior = model.priorProbabilities
    let blocks = FixedBlocks(count: statements.count, size: 512)
    let parts = Mutex([(probabilities: [Float], abstained: [Bool])](repeating: ([], []), count: blocks.count))
    Workers(threads: threads).forEach(blocks.count, progress: progress) { block in
      var workspace = ScoringWorkspace()
      var part: [Float] = []
      var abstained: [Bool] = []
      part.reserveCapacity(blocks[block].count * count)
      do throws(StandpointError) {
        try scorer.score(
          statements[blocks[block]], workspace: &workspace, place: { "statement \(statements[$0].id)" },
          surroundings: surroundings
        ) { _, result in
          part += result.probabilities.isEmpty ? prior : result.probabilities
          abstained.append(result.answers[0].abstention != nil)
        }
      } catch { preconditionFailure("targets were checked before: \(error)") }
      parts.withLock { $0[block] = (part, abstained) }
    }
    let answers = parts.withLock { $0 }
    return Predictions(
      statements, task: task, gold: gold, labels: model.labels, probabilities: answers.flatMap(\.probabilities),
      abstained: answers.flatMap(\.abstained))
  }
}
