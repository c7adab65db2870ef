internal import LinearAlgebra
internal import Optimization

/// Folds side by side in one objective of Newton's method.
struct NewtonFolds: FoldGroup {
  private let learner: LogisticRegression
  private let workers: Workers
  /// The rows that each fold holds out.
  private let own: [[Int]]
  /// The costs at C = 1, row by row, each row's models next to each other.
  private let unitCosts: [Float]
  private var objective: LogisticObjective
  private var parameters: [Float]

  /// - Parameters:
  ///   - tasks: of the folds of this group, all of one shape, their places those of the folds.
  ///   - start: the parameters at which folds begin that lie beside a fit to all rows.
  init(
    _ learner: LogisticRegression, _ path: LogisticRegression.Path, _ tasks: ArraySlice<LogisticRegression.Task>,
    _ matrix: CompactMatrix, _ dense: DenseMatrix?, workers: Workers, from start: [Float]?
  ) {
    self.learner = learner
    self.workers = workers
    own = tasks.indices.map(path.rows(of:))
    let one = tasks[tasks.startIndex].loss
    let models = tasks.count
    unitCosts = LogisticRegression.Task.costs(of: tasks, models: models)
    let loss = RowLoss(
      lanes: one.lanes, models: models, labelCount: one.labelCount, labels: one.labels, costs: unitCosts)
    objective = LogisticObjective(matrix: matrix, dense: dense, loss: loss, penalty: 1, workers: workers)
    parameters = [Float](repeating: 0, count: objective.rowCount * objective.width)
    for (model, task) in tasks.enumerated() {
      let start = start ?? task.start(for: matrix)
      for row in 0..<objective.rowCount {
        for lane in 0..<one.lanes {
          parameters[(row * models + model) * one.lanes + lane] = start[row * one.lanes + lane]
        }
      }
    }
  }

  mutating func fits(at c: Float, progress: WorkProgress) -> [FoldFit] {
    let clock = ContinuousClock()
    let begin = clock.now
    var loss = objective.loss
    loss.costs = unitCosts.map { $0 * c }
    objective.loss = loss
    let configuration = learner.configuration
    let method = NewtonCG(
      tolerance: configuration.tolerance, maximumIterations: configuration.maximumIterations, progress: progress)
    let outcomes = method.minimize(&objective, from: &parameters, workers: workers)
    let seconds = (clock.now - begin) / .seconds(1) / Double(own.count)
    return own.enumerated().map { model, rows in
      let margins = rows.flatMap { row in
        let cell = (row * loss.models + model) * loss.lanes
        return objective.margins[cell..<cell + loss.lanes]
      }
      return FoldFit(margins: margins, record: outcomes[model].record(seconds: seconds))
    }
  }
}
