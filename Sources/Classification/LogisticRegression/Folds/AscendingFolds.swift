internal import LinearAlgebra
internal import Optimization

/// Folds side by side in dual ascent; what a fold's fits become does not depend on which others lie beside it.
struct AscendingFolds: FoldGroup {
  private let learner: LogisticRegression
  private let tasks: ArraySlice<LogisticRegression.Task>
  private let rows: AscentRows
  /// The rows that each fold holds out.
  private let own: [[Int]]
  private var ascent: PathAscent

  /// - Parameters:
  ///   - tasks: of the folds of this group, their places those of the folds, equal rows joined.
  ///   - order: the rows that count for any fold, of other groups too.
  ///   - start: where folds begin that lie beside a fit to all rows.
  init(
    _ learner: LogisticRegression, _ path: LogisticRegression.Path, _ tasks: ArraySlice<LogisticRegression.Task>,
    _ rows: AscentRows, order: [UInt32], from start: PathAscent.Start?
  ) {
    self.learner = learner
    self.tasks = tasks
    self.rows = rows
    own = tasks.indices.map(path.rows(of:))
    ascent = PathAscent(
      rows: rows, tasks: tasks, folds: path.folds, order: order, from: start, learner.configuration)
  }

  mutating func fits(at c: Float, progress: WorkProgress) -> [FoldFit] {
    let clock = ContinuousClock()
    let begin = clock.now
    let outcomes = ascent.ascend(at: c)
    let seconds = (clock.now - begin) / .seconds(1) / Double(tasks.count)
    return tasks.enumerated().map { model, task in
      guard !outcomes[model].converged else {
        return FoldFit(margins: ascent.margins(of: own[model]), record: outcomes[model].record(seconds: seconds))
      }
      // Newton's method goes on from there, unless the ascent has got worse than its beginning.
      let begin = clock.now
      var loss = task.loss
      loss.costs = loss.costs.map { $0 * c }
      let isLost = !(outcomes[model].value < task.startingValue(loss))
      var parameters = isLost ? task.start(for: rows.matrix) : ascent.parameters(of: model)
      var objective = LogisticObjective(
        matrix: rows.matrix, dense: rows.dense, loss: loss, penalty: 1, workers: Workers(threads: 1))
      let outcome = learner.newton(&objective, from: &parameters, after: outcomes[model], progress: .ignored)
      let margins = LogisticRegression.margins(
        of: rows.matrix.shared.selecting(rows: own[model]), rows.dense?.selecting(rows: own[model]), parameters,
        lanes: loss.lanes)
      return FoldFit(
        margins: margins, record: outcome.record(seconds: seconds + (clock.now - begin) / .seconds(1)))
    }
  }
}
