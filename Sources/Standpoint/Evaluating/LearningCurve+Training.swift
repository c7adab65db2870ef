public import Corpus
public import Evaluation
public import FeatureExtraction
public import LinearAlgebra

extension LearningCurve {
  /// How many tenths of the training data each point is trained on.
  private static let tenths = [1, 2, 4, 7, 10]

  /// Trains on growing parts of data and measures each model on the same statements.
  ///
  /// Each part holds the parts before it and consists of whole groups, with labels spread evenly (`Split`). A part that
  /// lacks one of the labels of the evaluation has no value.
  ///
  /// - Throws: what dividing the data (into ten, so there must be ten groups or texts) and training throw.
  public init(
    of configuration: Trainer.Configuration, training: [Statement], evaluation: [Statement], target: String? = nil,
    metric: Metric = .macroF1, bootstrap: Bootstrap? = Bootstrap(), wordVectors: WordVectors? = nil, seed: UInt64 = 0,
    threads: Int = 1, progress: WorkProgress = .ignored
  ) throws {
    let folds = try Split.folds(of: training, count: 10, task: configuration.task, seed: seed, keeping: .groups)
    let trainer = try Trainer(configuration, wordVectors: wordVectors, threads: threads)
    let needed = Set(evaluation.compactMap { $0.labels[configuration.task] })
    var points: [Point] = []
    let all = Self.tenths.reduce(0, +)
    var trained = 0
    for count in Self.tenths {
      // A fit takes time in proportion to its data.
      progress.update(Double(trained) / Double(all))
      trained += count
      let part = folds.prefix(count).joined().sorted().map { training[$0] }
      guard needed.isSubset(of: part.compactMap { $0.labels[configuration.task] }) else {
        points.append(Point(trainingCount: part.count, estimate: Estimate(value: nil)))
        continue
      }
      let start = ContinuousClock.now
      let model = try trainer.train(part).model
      let elapsed = (ContinuousClock.now - start).components
      let predictions = try Evaluator(model, target: target, threads: threads).predictions(for: evaluation)
      let estimate =
        bootstrap?.estimates(of: [metric], on: predictions)[0].estimate
        ?? Estimate(value: metric.value(of: predictions))
      points.append(
        Point(
          trainingCount: part.count, estimate: estimate,
          seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18))
    }
    self.init(metric: metric, points: points)
  }
}
