public import Classification
public import Corpus
public import Evaluation
public import FeatureExtraction
public import LinearAlgebra
public import Optimization

/// Trains the model of one task from labelled statements.
public struct Trainer: Sendable {
  /// What is trained and how.
  public struct Configuration: Codable, Equatable, Sendable {
    /// The name of the task.
    public var task: String
    /// Which features there are.
    public var features: FeatureExtractor.Configuration
    /// How the classifier is trained.
    public var learning: LogisticRegression.Configuration
    /// Into how many parts the data are cut to predict each part from the others; these predictions calibrate the
    /// probabilities and estimate the model's quality. Below 2, neither is done.
    public var folds: Int
    /// The share of right answers wanted of each label, in the order of the labels: the model then abstains where its
    /// likeliest label is less probable than this takes on the out-of-fold predictions. Nil for a model that always
    /// answers.
    public var minimumPrecisions: [Double]?
    /// The attribute of statements that teach but do not calibrate: such as were made of others, or are easier than what will
    /// be scored, say how often the model is right on their like alone. Nil where all statements calibrate.
    public var uncalibratedAttribute: String?
    /// How the settings were chosen; nil where they were given.
    public var tuning: TuningRecord?

    /// A configuration of a task.
    public init(
      task: String, features: FeatureExtractor.Configuration, learning: LogisticRegression.Configuration,
      folds: Int = 5, minimumPrecisions: [Double]? = nil, uncalibratedAttribute: String? = nil
    ) {
      self.task = task
      self.features = features
      self.learning = learning
      self.folds = folds
      self.minimumPrecisions = minimumPrecisions
      self.uncalibratedAttribute = uncalibratedAttribute
    }

    /// Whether the model will ask for a target: where its features do, and for a stance, which is always one toward something.
    public var needsTarget: Bool { features.needsTarget || task == LabelSet.Task.stance }

    /// How much each statement counts where probabilities are calibrated; nil where all count once. Those of a label that is
    /// not learnt count nothing: no calibration could make them likely.
    ///
    /// - Throws: `StandpointError` where none counts.
    func calibrationWeights(of statements: [Statement], gold: [Int]) throws -> [Double]? {
      var weights = statements.map(\.weight)
      for (place, statement) in statements.enumerated() {
        let isLeftOut = uncalibratedAttribute.map { statement.attributes[$0] != nil } ?? false
        if isLeftOut || !learning.classWeight.learns(gold[place]) { weights[place] = 0 }
      }
      if let uncalibratedAttribute, !weights.contains(where: { $0 > 0 }) {
        throw StandpointError.invalidSetting(
          name: "--calibrate-without",
          problem: "every statement has “\(uncalibratedAttribute)”, so that none is left to calibrate on")
      }
      return weights.allSatisfy { $0 == 1 } ? nil : weights
    }
  }

  /// What comes out of training.
  public struct Result: Sendable {
    /// The model.
    public var model: Model
    /// How the optimizer ended.
    public var record: ConvergenceRecord
    /// How it ended in each fold; empty without folds.
    public var foldRecords: [ConvergenceRecord]
    /// Why there are fewer folds than were asked for, or none; nil where there are as many.
    public var foldShortage: FoldShortage?
    /// How many statements have a text that stands in another fold, too: what is predicted for those says little of new texts.
    public var tornTexts: Int
    /// What models trained on the other parts predict for each part, calibrated, but for statements of weight 0; nil without folds.
    public var outOfFold: Predictions?
    /// Whether the fit started from the weights of the model that was given to start from.
    public var startedWarm: Bool
    /// How many entries the training matrix has.
    public var entryCount: Int
  }

  /// What is trained and how.
  public let configuration: Configuration
  /// The word vectors that features are made of, where the configuration has embeddings.
  public let wordVectors: WordVectors?
  /// Threads to use; the result does not depend on it.
  public let threads: Int

  /// A trainer.
  ///
  /// - Throws: the room's own error for a setting that makes no sense.
  public init(_ configuration: Configuration, wordVectors: WordVectors? = nil, threads: Int = 1) throws {
    _ = try configuration.features.validated()
    _ = try configuration.learning.validated()
    self.configuration = configuration
    self.wordVectors = wordVectors
    self.threads = threads
  }

  /// Trains a model.
  ///
  /// Statements that the caller gives away (`consume`) are let go of as their features are found, so that long texts and
  /// their matrix are never both held; with folds the texts stay, for the record of what was predicted.
  ///
  /// - Parameters:
  ///   - warmStart: A model whose weights the fit starts from, if it has the same labels and features.
  ///   - progress: Is told of the stages: features, fit, cross-validation.
  /// - Throws: `CorpusError` where the labels do not make a task, `StandpointError` for a target that is missing or for
  ///   wished precisions without folds to measure them on, and what the extractor and the classifier throw.
  public func train(
    _ statements: consuming [Statement], warmStart: Model? = nil, progress: StageProgress = { _ in .ignored }
  ) throws -> Result {
    var statements = statements
    let task = configuration.task
    let labels = try LabelSet(learntFrom: statements, task: task)
    let gold = statements.map { labels.index(of: $0.labels[task] ?? "") ?? 0 }
    if configuration.features.needsTarget, let bare = statements.first(where: { $0.target == nil }) {
      throw StandpointError.missingTarget(place: "statement \(bare.id)")
    }
    let cut = Self.folds(configuration, statements, gold: gold, labels: labels)
    let (folds, shortage) = (cut.folds, cut.shortage)
    let weights = statements.contains { $0.weight != 1 } ? statements.map(\.weight) : nil
    let calibrationWeights = folds == nil ? nil : try configuration.calibrationWeights(of: statements, gold: gold)
    let (extractor, found) = try FeatureExtractor.fit(
      configuration.features, statements: &statements, lettingGo: folds == nil, wordVectors: wordVectors,
      threads: threads, progress: progress("finding features"))
    if folds == nil { statements = [] }
    let learner = try LogisticRegression(configuration.learning)
    if let only = Self.onlyWeighted(gold, weights: weights, configuration.learning.classWeight) {
      throw CorpusError(
        .unsuitableData, column: task, expected: "rows of two labels or more that weigh more than 0",
        found: only.map { "only “\(labels.names[$0])”" } ?? "none", mend: "mend the weights")
    }
    let entryCount = found.sparse.entryCount
    let dense = found.dense
    var sparse = found.sparse
    // What fits reduce in place nobody else may hold.
    _ = consume found
    let initial = warmStart?.initial(labels: labels, extractor: extractor)
    let classifier: LinearClassifier
    let record: ConvergenceRecord
    var heldOutFit: HeldOutFit?
    if let folds {
      (classifier, record, heldOutFit) = try learner.fitWithFolds(
        taking: &sparse, dense: dense, labels: gold, labelCount: labels.count, weights: weights, initial: initial,
        folds: folds, threads: threads, fitting: progress("fitting")
      ) { progress("cross-validating") }
    } else {
      (classifier, record) = try learner.fit(
        taking: true, &sparse, dense: dense, labels: gold, labelCount: labels.count, weights: weights,
        initial: initial, threads: threads, progress: progress("fitting"))
    }

    var calibration: Calibration?
    var abstention: Abstention?
    var outOfFold: Predictions?
    var foldRecords: [ConvergenceRecord] = []
    if let found = heldOutFit {
      let heldOut = found.decision
      foldRecords = found.records
      let fitted = try Calibration(heldOut, labels: gold, weights: calibrationWeights)
      calibration = fitted
      let probabilities = fitted.probabilities(ofRows: heldOut)
      let rows = stride(from: 0, to: probabilities.count, by: labels.count).map { start in
        probabilities[start..<start + labels.count].map(Double.init)
      }
      // Thresholds are a promise of how often an answer is right, as probabilities are.
      let promised =
        calibrationWeights.map { weights in rows.indices.filter { weights[$0] > 0 } } ?? Array(rows.indices)
      abstention = configuration.minimumPrecisions.map {
        Abstention(precisions: $0, probabilities: promised.map { rows[$0] }, labels: promised.map { gold[$0] })
      }
      outOfFold = Predictions(
        statements, task: task, gold: gold, labels: labels, probabilities: probabilities,
        abstained: abstention.map { abstention in rows.map { abstention.decide($0) == nil } } ?? [])
    } else if configuration.minimumPrecisions != nil {
      throw StandpointError.invalidSetting(
        name: "--min-precision",
        problem: "thresholds are set on out-of-fold predictions, and there are none: "
          + (shortage.map { "\($0)" } ?? "give two folds or more"))
    }
    let model = Model(
      configuration: ModelConfiguration(
        task: task, labels: labels.names,
        needsTarget: configuration.needsTarget,
        features: configuration.features, learning: configuration.learning, calibration: calibration,
        abstention: abstention, tuning: configuration.tuning),
      extractor: extractor, classifier: classifier)
    return Result(
      model: model, record: record, foldRecords: foldRecords, foldShortage: shortage, tornTexts: cut.torn,
      outOfFold: outOfFold, startedWarm: initial != nil, entryCount: entryCount)
  }

  /// The one label whose statements weigh anything, or nil inside where none do; nil where two labels or more do.
  private static func onlyWeighted(
    _ gold: [Int], weights: [Double]?, _ classWeight: LogisticRegression.ClassWeight
  ) -> Int?? {
    let labels = Set(
      gold.indices.lazy.filter { weights?[$0] ?? 1 > 0 && classWeight.learns(gold[$0]) }.map { gold[$0] })
    return labels.count > 1 ? nil : .some(labels.first)
  }

  /// How statements are cut for cross-validation.
  struct Folds {
    /// The fold of each statement; nil where the data cannot be cut.
    var folds: [Int]?
    /// Why there are fewer than were asked for.
    var shortage: FoldShortage?
    /// How many statements have a text that stands in another fold, too.
    var torn = 0
  }

  /// Cuts statements into folds by whole groups, and by whole texts where that leaves as many folds, none of them much larger than
  /// the others. (A sentence that stands in most articles would make one fold of them.)
  ///
  /// Every label that is learnt stands in two folds at least: a model of the other folds has to know it, or its predictions
  /// would tell nothing of the model of all data.
  static func folds(
    _ configuration: Configuration, _ statements: [Statement], gold: [Int], labels: LabelSet
  ) -> Folds {
    guard configuration.folds >= 2 else { return Folds() }
    var byGroups = folds(configuration, statements, gold: gold, labels: labels, keeping: .groups)
    // Statements without a group stay with their text in any case.
    guard let folds = byGroups.folds, statements.contains(where: { $0.group != nil }) else { return byGroups }
    byGroups.torn = torn(statements, folds)
    guard byGroups.torn > 0 else { return byGroups }
    let byTexts = Self.folds(configuration, statements, gold: gold, labels: labels, keeping: .groupsAndTexts)
    guard let whole = byTexts.folds, let count = folds.max(), whole.max() == count else { return byGroups }
    var sizes = [Int](repeating: 0, count: count + 1)
    for fold in whole { sizes[fold] += 1 }
    return sizes.allSatisfy { 4 * $0 * sizes.count <= 5 * statements.count } ? byTexts : byGroups
  }

  /// How many statements have a text that stands in another fold, too, white space and case apart.
  private static func torn(_ statements: [Statement], _ folds: [Int]) -> Int {
    // The fold of each text; −1 for one that stands in several.
    var foldOf: [TextFingerprint: Int] = [:]
    let texts = statements.map { TextFingerprint(nil, $0.text) }
    for (text, fold) in zip(texts, folds) {
      if foldOf.updateValue(fold, forKey: text) ?? fold != fold { foldOf[text] = -1 }
    }
    return texts.count { foldOf[$0] == -1 }
  }

  private static func folds(
    _ configuration: Configuration, _ statements: [Statement], gold: [Int], labels: LabelSet,
    keeping cohesion: Split.Cohesion
  ) -> Folds {
    var counts = [Int](repeating: 0, count: labels.count)
    let isLearnt = statements.indices.map {
      statements[$0].weight > 0 && configuration.learning.classWeight.learns(gold[$0])
    }
    for (index, label) in gold.enumerated() where isLearnt[index] { counts[label] += 1 }
    var count = configuration.folds
    var shortage: FoldShortage?
    func limit(to limit: Int, _ reason: FoldShortage) { if limit < count { (count, shortage) = (limit, reason) } }
    if let rarest = counts.indices.filter({ counts[$0] > 0 }).min(by: { counts[$0] < counts[$1] }) {
      limit(to: counts[rarest], .rareLabel(labels.names[rarest], statements: counts[rarest]))
    }
    let units = SplitUnits(
      of: statements, task: configuration.task, seed: configuration.learning.seed, keeping: cohesion)
    limit(to: units.count, .fewGroups(units.count))
    while count >= 2, let parts = try? units.parts(shares: [Double](repeating: 1, count: count)) {
      var partsOf = [Int](repeating: 0, count: labels.count)
      for part in parts {
        for label in Set(part.lazy.filter { isLearnt[$0] }.map { gold[$0] }) { partsOf[label] += 1 }
      }
      guard let alone = partsOf.firstIndex(of: 1) else {
        var folds = [Int](repeating: 0, count: statements.count)
        for (fold, part) in parts.enumerated() { for index in part { folds[index] = fold } }
        return Folds(folds: folds, shortage: shortage)
      }
      limit(to: count - 1, .labelInOnePart(labels.names[alone]))
    }
    return Folds(folds: nil, shortage: shortage)
  }
}

/// Why the data are cut into fewer folds than were asked for.
public enum FoldShortage: Equatable, Sendable, CustomStringConvertible {
  /// A label has no more statements.
  case rareLabel(String, statements: Int)
  /// There are no more groups (or texts of statements without one).
  case fewGroups(Int)
  /// With more folds all statements of a label are in one, so that the models of the others would not know it.
  case labelInOnePart(String)

  /// What is missing, as the reason of a sentence.
  public var description: String {
    switch self {
    case .rareLabel(let label, let count):
      "the label “\(label)” has \(count) \(count == 1 ? "statement" : "statements")"
    case .fewGroups(let count): "there \(count == 1 ? "is 1 group or text" : "are \(count) groups or texts")"
    case .labelInOnePart(let label):
      "cut by whole groups, one part would hold all statements with the label “\(label)”, which the models of the other "
        + "parts would not know"
    }
  }
}
