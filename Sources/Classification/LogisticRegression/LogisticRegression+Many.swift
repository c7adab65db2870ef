public import LinearAlgebra
public import Optimization

/// What cross-validation at one C found: every statement scored by the fit that did not see it.
public struct HeldOutFit: Equatable, Sendable {
  /// C.
  public let inverseRegularization: Double
  /// The margins of every row under the classifier of the other folds: rows × labels.
  public internal(set) var decision: DenseMatrix
  /// How each fold's fit ended.
  public internal(set) var records: [ConvergenceRecord]
}

extension LogisticRegression {
  /// Fits every C on all folds but one, for each fold, and scores the fold left out.
  ///
  /// Columns are merged once for all fits. Folds lie side by side, so that each pass over the data serves all of them, or as many
  /// as each thread gets; with a contrast or an L1 part each is fitted by itself. The values of C follow one another from the smallest to the largest, each
  /// starting where the last one ended.
  ///
  /// - Parameters:
  ///   - folds: the fold of every row, from 0; rows of one group belong in one fold.
  ///   - inverseRegularizations: the values of C to fit; the configuration's own is not used.
  ///   - progress: is told how many of the fits are done.
  ///   - isStopped: asked between fits, possibly on several threads, once the smallest C is done; if it says so, no further
  ///     fit begins.
  /// - Returns: one result for each C, in the given order; without those that were not reached.
  /// - Throws: `FitError` if the data of some fold cannot be learned from.
  /// - Precondition: folds are numbered from 0, there are at least two, and every C is a number above 0.
  /// - Complexity: O(entries × labels × folds) for each pass.
  public func fitMany(
    _ features: SparseMatrix, dense: DenseMatrix? = nil, labels: [Int], labelCount: Int, weights: [Double]? = nil,
    folds: [Int], inverseRegularizations: [Double], threads: Int = 1, progress: WorkProgress = .ignored,
    isStopped: () -> Bool = { false }
  ) throws(FitError) -> [HeldOutFit] {
    let rows = features.rowCount
    guard rows > 0 else { throw .noRows }
    guard folds.count == rows else { throw .shape(what: "folds", found: folds.count, rows: rows) }
    Self.check(folds)
    precondition(inverseRegularizations.allSatisfy { $0 > 0 && $0.isFinite }, "every C is a number above 0")
    if let power = configuration.contrast {
      return try fitMany(
        contrast: power, features, dense: dense, labels: labels, labelCount: labelCount, weights: weights,
        folds: folds, inverseRegularizations: inverseRegularizations, threads: threads, progress: progress,
        isStopped: isStopped)
    }
    BLAS.setThreads(1)
    let tasks = try tasks(
      of: folds, columnCount: features.columnCount, checking: features, dense: dense, labels: labels,
      labelCount: labelCount, weights: weights)
    let path = Path(
      folds: folds, labelCount: labelCount,
      order: Self.ascending(inverseRegularizations), values: inverseRegularizations, workers: Workers(threads: threads),
      progress: progress)
    let merges = configuration.penalty.l1Ratio == 0
    let matrix = merges ? CompactMatrix(features, workers: path.workers) : CompactMatrix(unchanged: features)
    return fitMany(path, tasks, matrix, dense, from: nil, isStopped)
  }

  /// `fit`, and `fitMany` at the configuration's own C.
  ///
  /// The matrix may be used up: where both fits merge columns, that is done once and in place, so that what is held are
  /// never two matrices. Then folds that ascend begin at what the fit to all rows has found, and so end at other points within the
  /// tolerance than those of `fitMany`, after fewer epochs. All else is what the two calls give.
  ///
  /// - Parameter validating: is asked for the progress of the folds once they begin.
  package func fitWithFolds(
    taking features: inout SparseMatrix, dense: DenseMatrix?, labels: [Int], labelCount: Int, weights: [Double]?,
    initial: LinearClassifier?, folds: [Int], threads: Int, fitting: WorkProgress,
    validating: () -> WorkProgress
  ) throws(FitError) -> (classifier: LinearClassifier, record: ConvergenceRecord, heldOut: HeldOutFit) {
    let begin = ContinuousClock.now
    let task = try Task(
      features: features, dense: dense, labels: labels, labelCount: labelCount, weights: weights, initial: initial,
      configuration: configuration, checksValues: false)
    let columnCount = features.columnCount
    let inverseRegularization = configuration.inverseRegularization
    guard
      configuration.contrast == nil, configuration.penalty.l1Ratio == 0,
      merges(task, columnCount: columnCount)
    else {
      let (classifier, record) = try fit(
        features, dense: dense, labels: labels, labelCount: labelCount, weights: weights, initial: initial,
        threads: threads, progress: fitting)
      let heldOut = try fitMany(
        features, dense: dense, labels: labels, labelCount: labelCount, weights: weights, folds: folds,
        inverseRegularizations: [inverseRegularization], threads: threads, progress: validating())
      return (classifier, record, heldOut[0])
    }
    guard folds.count == features.rowCount else {
      throw .shape(what: "folds", found: folds.count, rows: features.rowCount)
    }
    Self.check(folds)
    if let error = Task.firstNotFinite(features) { throw error }
    BLAS.setThreads(1)
    let workers = Workers(threads: threads)
    let matrix = CompactMatrix(taking: &features, workers: workers)
    var start: FoldStart?
    let (classifier, record) = try fit(
      task, matrix, isMerged: true, dense: dense, initial: initial, workers: workers, since: begin, progress: fitting
    ) { parameters, rows in
      // Either, so that no second list of all weights is held where margins will do.
      start =
        rows.map { FoldStart(points: PathAscent.Start(parameters: parameters, $0, lanes: task.loss.lanes)) }
        ?? FoldStart(parameters: parameters)
    }
    let tasks = try tasks(
      of: folds, columnCount: columnCount, checking: nil, dense: dense, labels: labels, labelCount: labelCount,
      weights: weights)
    let path = Path(
      folds: folds, labelCount: labelCount, order: [0], values: [inverseRegularization], workers: workers,
      progress: validating())
    // A fold that lacks a label is of another shape.
    if tasks.contains(where: { $0.present != task.present }) { start = nil }
    return (classifier, record, fitMany(path, tasks, matrix, dense, from: start) { false }[0])
  }

  private static func check(_ folds: [Int]) {
    precondition(
      folds.allSatisfy { $0 >= 0 } && folds.contains { $0 > 0 },
      "folds are numbered from 0 and there are at least two")
  }

  /// The places of values of C from the smallest to the largest.
  static func ascending(_ values: [Double]) -> [Int] {
    values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  }

  /// The task of each fold: all rows but its own, at C = 1.
  func tasks(
    of folds: [Int], columnCount: Int, checking features: SparseMatrix?, dense: DenseMatrix?, labels: [Int],
    labelCount: Int, weights: [Double]?
  ) throws(FitError) -> [Task] {
    var unit = configuration
    unit.inverseRegularization = 1
    var tasks: [Task] = []
    for fold in 0...(folds.max() ?? 0) {
      tasks.append(
        try Task(
          rowCount: folds.count, columnCount: columnCount, checking: fold == 0 ? features : nil, dense: dense,
          labels: labels, labelCount: labelCount,
          weights: folds.indices.map { folds[$0] == fold ? 0 : weights?[$0] ?? 1 }, initial: nil, configuration: unit))
    }
    return tasks
  }

  /// The fits of a path on a matrix whose columns have been merged but under an L1 penalty.
  ///
  /// - Parameter start: where folds begin that lie beside a fit to all rows.
  func fitMany(
    _ path: Path, _ tasks: [Task], _ matrix: CompactMatrix, _ dense: DenseMatrix?, from start: FoldStart?,
    _ isStopped: () -> Bool
  ) -> [HeldOutFit] {
    // Side by side the models must be of one shape.
    let isUniform = tasks.allSatisfy { $0.present == tasks[0].present }
    if configuration.penalty.l1Ratio == 0, isUniform {
      return DualAscent.suits(tasks[0].loss)
        ? ascending(path, tasks, matrix, dense, from: start, isStopped)
        : sideBySide(path, tasks, matrix, dense, from: start, isStopped)
    }
    return foldByFold(path, tasks, matrix, dense, isStopped)
  }

  /// Where folds begin that lie beside a fit to all rows, at what it has found.
  struct FoldStart {
    /// For folds that ascend.
    var points: PathAscent.Start?
    /// For folds of Newton's method: the parameters of its objective.
    var parameters: [Float]?
  }

  /// What the fits of a path have in common.
  struct Path {
    let folds: [Int]
    let labelCount: Int
    /// The places of `values` from the smallest to the largest.
    let order: [Int]
    let values: [Double]
    let workers: Workers
    let progress: WorkProgress
  }

  /// All folds in one objective.
  private func sideBySide(
    _ path: Path, _ tasks: [Task], _ matrix: CompactMatrix, _ dense: DenseMatrix?, from start: FoldStart?,
    _ isStopped: () -> Bool
  ) -> [HeldOutFit] {
    let clock = ContinuousClock()
    let lanes = tasks[0].loss.lanes
    // With one lane a model, models fill whole vectors; those added for that have no costs and are done at once.
    let models = lanes == 1 ? (tasks.count + 3) / 4 * 4 : tasks.count
    let rows = path.folds.count
    var costs = [Float](repeating: 0, count: rows * models)
    for (model, task) in tasks.enumerated() {
      for row in 0..<rows { costs[row * models + model] = task.loss.costs[row] }
    }
    var loss = RowLoss(
      lanes: lanes, models: models, labelCount: tasks[0].loss.labelCount, labels: tasks[0].loss.labels, costs: costs)
    var objective = LogisticObjective(matrix: matrix, dense: dense, loss: loss, penalty: 1, workers: path.workers)
    var parameters = [Float](repeating: 0, count: objective.rowCount * objective.width)
    let given = start?.parameters
    for (model, task) in tasks.enumerated() {
      let start = given ?? task.start(for: matrix)
      for row in 0..<objective.rowCount {
        for lane in 0..<lanes {
          parameters[(row * models + model) * lanes + lane] = start[row * lanes + lane]
        }
      }
    }
    var method = NewtonCG(tolerance: configuration.tolerance, maximumIterations: configuration.maximumIterations)
    var results = [HeldOutFit?](repeating: nil, count: path.values.count)
    for (number, place) in path.order.enumerated() {
      if number > 0, isStopped() { break }
      let begin = clock.now
      method.progress = path.progress.part(number, of: path.order.count)
      loss.costs = costs.map { $0 * Float(path.values[place]) }
      objective.loss = loss
      let outcomes = method.minimize(&objective, from: &parameters, workers: path.workers)
      var decision = DenseMatrix(rowCount: rows, columnCount: path.labelCount)
      for row in 0..<rows where tasks.indices.contains(path.folds[row]) {
        let cell = (row * models + path.folds[row]) * lanes
        tasks[0].write(
          objective.margins[cell..<cell + lanes], into: &decision.values, at: row * path.labelCount)
      }
      let seconds = (clock.now - begin) / .seconds(1)
      results[place] = HeldOutFit(
        inverseRegularization: path.values[place], decision: decision,
        records: tasks.indices.map { outcomes[$0].record(seconds: seconds / Double(tasks.count)) })
    }
    return results.compactMap { $0 }
  }
}
