internal import LinearAlgebra
internal import Optimization

/// A fold by itself, under a penalty with an L1 part.
struct ProximalFold: FoldGroup {
  private let learner: LogisticRegression
  private let task: LogisticRegression.Task
  private let columns: MatrixColumns
  /// The rows that the fold holds out.
  private let own: SparseMatrix
  private let ownDense: DenseMatrix?
  private var parameters: [Float]

  init(
    _ learner: LogisticRegression, _ path: LogisticRegression.Path, _ task: LogisticRegression.Task, fold: Int,
    _ matrix: CompactMatrix, _ dense: DenseMatrix?, _ columns: MatrixColumns
  ) {
    self.learner = learner
    self.task = task
    self.columns = columns
    let rows = path.rows(of: fold)
    own = matrix.shared.selecting(rows: rows)
    ownDense = dense?.selecting(rows: rows)
    parameters = task.start(for: matrix)
  }

  mutating func fits(at c: Float, progress: WorkProgress) -> [FoldFit] {
    let clock = ContinuousClock()
    let begin = clock.now
    var loss = task.loss
    loss.costs = loss.costs.map { $0 * c }
    let outcome = learner.proximalNewton(columns, loss, Workers(threads: 1), progress).minimize(from: &parameters)
    let margins = LogisticRegression.margins(of: own, ownDense, parameters, lanes: loss.lanes)
    return [FoldFit(margins: margins, record: outcome.record(seconds: (clock.now - begin) / .seconds(1)))]
  }
}
