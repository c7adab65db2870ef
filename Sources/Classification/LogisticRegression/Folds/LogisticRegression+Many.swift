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
  /// The values of C follow one another from the smallest to the largest, each starting where the last one ended. Columns are merged
  /// once for all fits. Folds lie side by side, so that each pass over the data serves all of them, or as many as each thread gets;
  /// with a contrast, an L1 part, or where one of them lacks a label, each is fitted by itself, on one thread (with a contrast and a
  /// single C one after the other, each on all threads).
  ///
  /// - Parameters:
  ///   - folds: the fold of every row, from 0; rows of one group belong in one fold.
  ///   - inverseRegularizations: the values of C to fit; the configuration's own is not used.
  ///   - progress: is told how many of the fits are done.
  ///   - goesOn: is given each result once it is there; if it says no, no larger C is begun.
  /// - Returns: one result for each C, in the given order; without those that were not reached.
  /// - Throws: `FitError` if the data of some fold cannot be learned from.
  /// - Precondition: folds are numbered from 0, there are at least two, and every C is a number above 0.
  /// - Complexity: O(entries × labels × folds) for each pass.
  public func fitMany(
    _ features: SparseMatrix, dense: DenseMatrix? = nil, labels: [Int], labelCount: Int, weights: [Double]? = nil,
    folds: [Int], inverseRegularizations: [Double], threads: Int = 1, progress: WorkProgress = .ignored,
    goesOn: (HeldOutFit) throws(FitError) -> Bool = { _ in true }
  ) throws(FitError) -> [HeldOutFit] {
    let rows = features.rowCount
    guard rows > 0 else { throw .noRows }
    guard folds.count == rows else { throw .shape(what: "folds", found: folds.count, rows: rows) }
    Self.check(folds)
    precondition(inverseRegularizations.allSatisfy { $0 > 0 && $0.isFinite }, "every C is a number above 0")
    let path = Path(
      folds: folds, labelCount: labelCount, values: inverseRegularizations, workers: Workers(threads: threads),
      progress: progress)
    if let power = configuration.contrast {
      return try fitMany(path, contrast: power, features, dense: dense, labels: labels, weights: weights, goesOn)
    }
    BLAS.setThreads(1)
    let tasks = try tasks(
      of: folds, columnCount: features.columnCount, checking: features, dense: dense, labels: labels,
      labelCount: labelCount, weights: weights)
    return try fitMany(path, tasks, compact(features, path.workers), dense, from: nil, goesOn)
  }

  /// Features for fits of several folds: columns are merged but under a penalty with an L1 part.
  func compact(_ features: SparseMatrix, _ workers: Workers) -> CompactMatrix {
    configuration.penalty.l1Ratio == 0
      ? CompactMatrix(features, workers: workers) : CompactMatrix(unchanged: features)
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
      folds: folds, labelCount: labelCount, values: [inverseRegularization], workers: workers, progress: validating())
    // A fold that lacks a label is of another shape.
    if tasks.contains(where: { $0.present != task.present }) { start = nil }
    return (classifier, record, try fitMany(path, tasks, matrix, dense, from: start) { _ in true }[0])
  }

  private static func check(_ folds: [Int]) {
    precondition(
      folds.allSatisfy { $0 >= 0 } && folds.contains { $0 > 0 },
      "folds are numbered from 0 and there are at least two")
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

  /// Where folds begin that lie beside a fit to all rows, at what it has found.
  struct FoldStart {
    /// For folds that ascend.
    var points: PathAscent.Start?
    /// For folds of Newton's method: the parameters of its objective.
    var parameters: [Float]?
  }

  /// The fits of a path on a matrix that all folds share.
  ///
  /// - Parameter start: where folds begin that lie beside a fit to all rows.
  private func fitMany(
    _ path: Path, _ tasks: [Task], _ matrix: CompactMatrix, _ dense: DenseMatrix?, from start: FoldStart?,
    _ goesOn: (HeldOutFit) throws(FitError) -> Bool
  ) throws(FitError) -> [HeldOutFit] {
    // Side by side the models must be of one shape.
    guard configuration.penalty.l1Ratio == 0, tasks.allSatisfy({ $0.present == tasks[0].present }) else {
      let columns = columns(of: matrix, dense)
      return try follow(
        path, tasks, groups: tasks.count, { group(path, tasks, fold: $0, matrix, dense, columns) }, goesOn)
    }
    guard DualAscent.suits(tasks[0].loss) else {
      return try follow(
        path, tasks, groups: 1,
        { _ in
          NewtonFolds(self, path, tasks[...], matrix, dense, workers: path.workers, from: start?.parameters)
        }, goesOn)
    }
    var joined = tasks[...]
    let (rows, order) = ascentRows(&joined, matrix, dense, path.workers)
    // Five numbers for each row and lane of a model: together no more than the matrix or 8 MB, but for the first model.
    let model = 20 * path.folds.count * tasks[0].loss.lanes
    let most = max(1, max(1 << 23, 8 * matrix.shared.entryCount) / max(1, model))
    let size = min(most, (tasks.count + path.workers.threads - 1) / path.workers.threads)
    let groups = FixedBlocks(count: tasks.count, size: size)
    return try follow(
      path, tasks, groups: groups.count,
      { AscendingFolds(self, path, joined[groups[$0]], rows, order: order, from: start?.points) }, goesOn)
  }

  /// The columns that a fit under a penalty with an L1 part descends on; nil for other penalties.
  func columns(of matrix: CompactMatrix, _ dense: DenseMatrix?) -> MatrixColumns? {
    configuration.penalty.l1Ratio > 0 ? MatrixColumns(matrix.shared, dense: dense) : nil
  }

  /// A fold by itself, on one thread.
  func group(
    _ path: Path, _ tasks: [Task], fold: Int, _ matrix: CompactMatrix, _ dense: DenseMatrix?, _ columns: MatrixColumns?
  ) -> any FoldGroup {
    if let columns { return ProximalFold(self, path, tasks[fold], fold: fold, matrix, dense, columns) }
    let workers = Workers(threads: 1)
    guard DualAscent.suits(tasks[fold].loss) else {
      return NewtonFolds(self, path, tasks[fold...fold], matrix, dense, workers: workers, from: nil)
    }
    var own = tasks[fold...fold]
    let (rows, order) = ascentRows(&own, matrix, dense, workers)
    return AscendingFolds(self, path, own, rows, order: order, from: nil)
  }

  /// What tasks are to ascend on, with equal rows joined, and the rows that count for any of them.
  private func ascentRows(
    _ tasks: inout ArraySlice<Task>, _ matrix: CompactMatrix, _ dense: DenseMatrix?, _ workers: Workers
  ) -> (AscentRows, order: [UInt32]) {
    let survey = matrix.survey(beside: dense, workers: workers)
    Task.join(&tasks, matrix, dense, survey)
    let losses = tasks.map(\.loss)
    let order = losses[0].labels.indices.filter { row in losses.contains { $0.costs[row] > 0 } }
    return (AscentRows(matrix, dense, squares: survey.squares, workers: workers), order.map { UInt32($0) })
  }
}
