public import LinearAlgebra
public import Optimization

/// Multinomial logistic regression on sparse rows with an optional dense block beside them.
///
/// `fit` minimizes, over weights W and intercepts b,
///
///     ½ ‖W‖² + C Σ wᵢ · loss(W·xᵢ + b, yᵢ)
///
/// as scikit-learn's `LogisticRegression` does: C is `inverseRegularization`, wᵢ the statement weight times the class
/// weight, intercepts are not penalized. With two labels there is one weight vector and the binomial loss, so that C
/// means the same as there; with three or more the loss is multinomial. The result depends on the data and the
/// configuration only: not on the number of threads.
public struct LogisticRegression: Sendable {
  /// The checked settings.
  public let configuration: Configuration

  /// A trainer with these settings.
  ///
  /// - Throws: `ConfigurationError` if a setting cannot be used.
  public init(_ configuration: Configuration = Configuration()) throws(ConfigurationError) {
    self.configuration = try configuration.validated()
  }

  /// A trainer with settings that were checked before.
  init(checked configuration: Configuration) { self.configuration = configuration }

  /// Fits a classifier.
  ///
  /// A label that has no statement, or only statements of weight 0, takes no part in the fit and gets probability 0.
  ///
  /// - Parameters:
  ///   - features: one row a statement.
  ///   - dense: further features of the same statements, such as sentence vectors.
  ///   - labels: the label of every row, from 0 to `labelCount` − 1.
  ///   - labelCount: how many labels there are.
  ///   - weights: how much each statement counts; 1 if nil.
  ///   - initial: where to start, such as the fit at a neighbouring C.
  ///   - threads: how many threads may work.
  ///   - progress: is told how near the fit is to its optimum.
  /// - Throws: `FitError` if the data cannot be learned from.
  /// - Complexity: O(entries × labels) for each of the record's passes.
  public func fit(
    _ features: SparseMatrix, dense: DenseMatrix? = nil, labels: [Int], labelCount: Int, weights: [Double]? = nil,
    initial: LinearClassifier? = nil, threads: Int = 1, progress: WorkProgress = .ignored
  ) throws(FitError) -> (classifier: LinearClassifier, record: ConvergenceRecord) {
    var features = features
    return try fit(
      taking: false, &features, dense: dense, labels: labels, labelCount: labelCount, weights: weights,
      initial: initial, threads: threads, progress: progress)
  }

  /// The same; with `takes` the matrix may be used up, so that it and what it is reduced to are never both held.
  package func fit(
    taking takes: Bool, _ features: inout SparseMatrix, dense: DenseMatrix?, labels: [Int], labelCount: Int,
    weights: [Double]?, initial: LinearClassifier?, threads: Int, progress: WorkProgress
  ) throws(FitError) -> (classifier: LinearClassifier, record: ConvergenceRecord) {
    if let power = configuration.contrast {
      return try fit(
        contrast: power, features, dense: dense, labels: labels, labelCount: labelCount, weights: weights,
        initial: initial, threads: threads, progress: progress)
    }
    let clock = ContinuousClock()
    let begin = clock.now
    BLAS.setThreads(1)
    let task = try Task(
      features: features, dense: dense, labels: labels, labelCount: labelCount, weights: weights, initial: initial,
      configuration: configuration, checksValues: false)
    let workers = Workers(threads: threads)
    guard configuration.penalty.l1Ratio == 0 else {
      if let error = Task.firstNotFinite(features) { throw error }
      // Merging columns keeps an L2 optimum, not an L1 one.
      let matrix = CompactMatrix(unchanged: features)
      var parameters = task.start(for: matrix, from: initial)
      let outcome = proximalNewton(MatrixColumns(features, dense: dense), task.loss, workers, progress)
        .minimize(from: &parameters)
      return (
        task.classifier(from: parameters, of: matrix), outcome.record(seconds: (clock.now - begin) / .seconds(1))
      )
    }
    let merges = merges(task, columnCount: features.columnCount)
    if merges, let error = Task.firstNotFinite(features) { throw error }
    let matrix =
      !merges
      ? CompactMatrix(unchanged: features)
      : takes ? CompactMatrix(taking: &features, workers: workers) : CompactMatrix(features, workers: workers)
    return try fit(
      task, matrix, isMerged: merges, dense: dense, initial: initial, workers: workers, since: begin,
      progress: progress)
  }

  /// Whether the L2 fit of a task begins with merging columns.
  func merges(_ task: Task, columnCount: Int) -> Bool {
    !DualAscent.suits(task.loss) || DualAscent.wantsMerging(task.loss, columnCount: columnCount)
  }

  /// The L2 fit of a task.
  ///
  /// - Parameters:
  ///   - merges: whether the columns of the matrix have been merged, and its values checked before.
  ///   - found: is told the parameters that the fit has come to, and the rows where they were ascended on.
  func fit(
    _ task: Task, _ matrix: CompactMatrix, isMerged merges: Bool, dense: DenseMatrix?, initial: LinearClassifier?,
    workers: Workers, since begin: ContinuousClock.Instant, progress: WorkProgress,
    found: ([Float], AscentRows?) -> Void = { _, _ in }
  ) throws(FitError) -> (classifier: LinearClassifier, record: ConvergenceRecord) {
    var (task, matrix) = (task, matrix)
    let ascends = DualAscent.suits(task.loss)
    var parameters: [Float]
    var outcome = Outcome()
    var rows: AscentRows?
    if ascends {
      let squares = try task.join(matrix, dense, isChecked: merges, workers)
      let these = AscentRows(matrix, dense, squares: squares, workers: workers)
      rows = these
      if let initial {
        (outcome, parameters) = ascend(task, these, from: initial, workers, progress)
      } else {
        var ascent = DualAscent(
          rows: these, loss: task.loss, intercepts: task.startingIntercepts, workers: workers, configuration,
          progress: progress)
        outcome = ascent.ascend()
        parameters = ascent.takeParameters()
      }
    } else {
      parameters = task.start(for: matrix, from: initial)
    }
    if !outcome.converged {
      let isLost = ascends && !(outcome.value < task.startingValue(task.loss))
      if isLost {
        matrix = merges ? matrix : CompactMatrix(matrix.shared, workers: workers)
        parameters = task.start(for: matrix)
      } else if !merges {
        let reached = task.classifier(from: parameters, of: matrix)
        matrix = CompactMatrix(matrix.shared, workers: workers)
        parameters = task.start(for: matrix, from: reached)
      }
      var objective = LogisticObjective(matrix: matrix, dense: dense, loss: task.loss, penalty: 1, workers: workers)
      outcome = newton(&objective, from: &parameters, after: outcome, progress: progress)
    }
    found(parameters, rows)
    let classifier = task.classifier(taking: &parameters, of: matrix, workers: workers)
    return (classifier, outcome.record(seconds: (ContinuousClock.now - begin) / .seconds(1)))
  }

  /// Ascends from where another classifier is, as folds do from where a fit to all rows is, with no row held out. Where that is all
  /// but the optimum, Newton's method knows, and needs a step at most.
  private func ascend(
    _ task: Task, _ rows: AscentRows, from initial: LinearClassifier, _ workers: Workers, _ progress: WorkProgress
  ) -> (Outcome, parameters: [Float]) {
    var parameters = task.start(for: rows.matrix, from: initial)
    var objective = LogisticObjective(
      matrix: rows.matrix, dense: rows.dense, loss: task.loss, penalty: 1, workers: workers)
    let here = NewtonCG(tolerance: 10 * configuration.tolerance, maximumIterations: 0)
      .minimize(&objective, from: &parameters, workers: workers)[0]
    if here.converged {
      let outcome = newton(&objective, from: &parameters, progress: progress)
      return (outcome, parameters)
    }
    let start = PathAscent.Start(parameters: parameters, rows, lanes: task.loss.lanes)
    let costs = task.loss.costs
    let order = costs.indices.filter { costs[$0] > 0 }.map { UInt32($0) }
    var ascent = PathAscent(
      rows: rows, tasks: [task], folds: costs.map { _ in -1 }, order: order, from: start, configuration)
    // The costs are those at the configuration's C already.
    let outcome = ascent.ascend(at: 1, progress: progress)[0]
    return (outcome, ascent.parameters(of: 0))
  }

  /// Moves the parameters of a single model to the L2 optimum by Newton's method.
  func newton(
    _ objective: inout LogisticObjective, from parameters: inout [Float], after before: Outcome = Outcome(),
    progress: WorkProgress
  ) -> Outcome {
    let method = NewtonCG(
      tolerance: configuration.tolerance, maximumIterations: configuration.maximumIterations - before.iterations,
      progress: progress)
    var outcome = method.minimize(&objective, from: &parameters, workers: objective.workers)[0]
    outcome.iterations += before.iterations
    outcome.passes += before.passes
    return outcome
  }

  /// The method for a penalty with an L1 part.
  func proximalNewton(
    _ columns: MatrixColumns, _ loss: RowLoss, _ workers: Workers, _ progress: WorkProgress
  ) -> ProximalNewton {
    let ratio = Float(configuration.penalty.l1Ratio)
    return ProximalNewton(
      columns: columns, loss: loss, l1: ratio, l2: 1 - ratio, tolerance: configuration.tolerance,
      maximumIterations: configuration.maximumIterations, seed: configuration.seed, workers: workers,
      progress: progress)
  }
}

extension Outcome {
  /// The public record of this outcome.
  func record(seconds: Double) -> ConvergenceRecord {
    ConvergenceRecord(
      iterations: iterations, passes: passes, objective: value, relativeGap: relativeGap,
      converged: converged, isAtRounding: isAtRounding, seconds: seconds)
  }
}
