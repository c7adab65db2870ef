internal import LinearAlgebra
internal import Optimization
internal import Synchronization

extension LogisticRegression {
  /// Paths of dual ascent, as many folds side by side as threads and memory allow; what a fold's fits become does not
  /// depend on that.
  func ascending(
    _ path: Path, _ tasks: [Task], _ matrix: CompactMatrix, _ dense: DenseMatrix?, from given: FoldStart?,
    _ isStopped: () -> Bool
  ) -> [HeldOutFit] {
    var tasks = tasks
    let survey = matrix.survey(beside: dense, workers: path.workers)
    Task.join(&tasks, matrix, dense, survey)
    let order = path.folds.indices.filter { row in tasks.contains { $0.loss.costs[row] > 0 } }.map { UInt32($0) }
    // Five numbers for each row and lane of a model: together no more than the matrix or 8 MB, but for the first model.
    let model = 20 * path.folds.count * tasks[0].loss.lanes
    let most = max(1, max(1 << 23, 8 * matrix.shared.entryCount) / max(1, model))
    let size = min(most, (tasks.count + path.workers.threads - 1) / path.workers.threads)
    let groups = FixedBlocks(count: tasks.count, size: size)
    let rows = AscentRows(matrix, dense, squares: survey.squares, workers: path.workers)
    let done = Progress(path, tasks.count)
    let start = given?.points
    var found = [[[PathFit?]]](repeating: [], count: groups.count)
    unsafe found.withUnsafeMutableBufferPointer { found in
      path.workers.forEach(groups.count) { group in
        unsafe found[group] = ascent(path, tasks, groups[group], rows, order, start, done, isStopped)
      }
    }
    return assemble(path, tasks, found.flatMap { $0 })
  }

  /// The fits of some folds side by side: for each fold, in the order of the given values of C, nil where none was begun.
  private func ascent(
    _ path: Path, _ tasks: [Task], _ group: Range<Int>, _ rows: AscentRows, _ order: [UInt32],
    _ start: PathAscent.Start?, _ progress: Progress, _ isStopped: () -> Bool
  ) -> [[PathFit?]] {
    let clock = ContinuousClock()
    var ascent = PathAscent(
      rows: rows, tasks: tasks[group], folds: path.folds, order: order, from: start, configuration)
    let own = group.map { fold in path.folds.indices.filter { path.folds[$0] == fold } }
    var results = group.map { _ in [PathFit?](repeating: nil, count: path.values.count) }
    for (number, place) in path.order.enumerated() {
      if number > 0, isStopped() { break }
      let begin = clock.now
      let c = Float(path.values[place])
      let outcomes = ascent.ascend(at: c)
      let seconds = (clock.now - begin) / .seconds(1) / Double(group.count)
      for (model, fold) in group.enumerated() {
        if outcomes[model].converged {
          results[model][place] = PathFit(
            margins: ascent.margins(of: own[model]), record: outcomes[model].record(seconds: seconds))
        } else {
          let begin = clock.now
          var loss = tasks[fold].loss
          loss.costs = loss.costs.map { $0 * c }
          let isLost = !(outcomes[model].value < tasks[fold].startingValue(loss))
          var parameters = isLost ? tasks[fold].start(for: rows.matrix) : ascent.parameters(of: model)
          var objective = LogisticObjective(
            matrix: rows.matrix, dense: rows.dense, loss: loss, penalty: 1, workers: Workers(threads: 1))
          let outcome = newton(&objective, from: &parameters, after: outcomes[model], progress: .ignored)
          let margins = Self.margins(
            of: rows.matrix.shared.selecting(rows: own[model]), rows.dense?.selecting(rows: own[model]), parameters,
            lanes: loss.lanes)
          results[model][place] = PathFit(
            margins: margins, record: outcome.record(seconds: seconds + (clock.now - begin) / .seconds(1)))
        }
        progress.add()
      }
    }
    return results
  }

  /// Paths of the methods that follow the objective, one after the other, folds on different threads.
  func foldByFold(
    _ path: Path, _ tasks: [Task], _ matrix: CompactMatrix, _ dense: DenseMatrix?, _ isStopped: () -> Bool
  ) -> [HeldOutFit] {
    let progress = Progress(path, tasks.count)
    let columns = configuration.penalty.l1Ratio > 0 ? MatrixColumns(matrix.shared, dense: dense) : nil
    var found = [[PathFit?]](repeating: [], count: tasks.count)
    unsafe found.withUnsafeMutableBufferPointer { found in
      path.workers.forEach(tasks.count) { fold in
        unsafe found[fold] = fits(path, tasks[fold], fold: fold, matrix, dense, columns, progress, isStopped)
      }
    }
    return assemble(path, tasks, found)
  }

  /// How many fits of a path are done.
  private final class Progress: Sendable {
    private let done = Atomic(0)
    private let total: Int
    private let progress: WorkProgress

    init(_ path: Path, _ folds: Int) {
      total = folds * path.order.count
      progress = path.progress
    }

    func add() {
      progress.update(Double(done.wrappingAdd(1, ordering: .relaxed).newValue) / Double(total))
    }
  }

  /// The decisions of all folds together, for each C that all of them have reached.
  private func assemble(_ path: Path, _ tasks: [Task], _ found: [[PathFit?]]) -> [HeldOutFit] {
    let rows = path.folds.count
    return path.values.indices.compactMap { place in
      let fits = found.compactMap { $0[place] }
      guard fits.count == tasks.count else { return nil }
      var decision = DenseMatrix(rowCount: rows, columnCount: path.labelCount)
      for (fold, fit) in fits.enumerated() {
        tasks[fold].write(fit.margins, into: &decision.values, ofRowsIn: fold, path.folds)
      }
      return HeldOutFit(
        inverseRegularization: path.values[place], decision: decision, records: fits.map(\.record))
    }
  }

  /// One fold at one C: the margins of its own rows, one after the other, and how the fit ended.
  private struct PathFit {
    let margins: [Float]
    let record: ConvergenceRecord
  }

  /// A fold's fits, in the order of the given values of C; nil where none was begun.
  private func fits(
    _ path: Path, _ task: Task, fold: Int, _ matrix: CompactMatrix, _ dense: DenseMatrix?, _ columns: MatrixColumns?,
    _ progress: Progress, _ isStopped: () -> Bool
  ) -> [PathFit?] {
    let clock = ContinuousClock()
    let workers = Workers(threads: 1)
    let own = path.folds.indices.filter { path.folds[$0] == fold }
    let heldOut = matrix.shared.selecting(rows: own)
    let heldOutDense = dense.map { $0.selecting(rows: own) }
    var loss = task.loss
    var parameters = task.start(for: matrix)
    var results = [PathFit?](repeating: nil, count: path.values.count)
    for (number, place) in path.order.enumerated() {
      if number > 0, isStopped() { break }
      let begin = clock.now
      let c = Float(path.values[place])
      loss.costs = task.loss.costs.map { $0 * c }
      let outcome: Outcome
      if let columns {
        outcome = proximalNewton(columns, loss, workers, .ignored).minimize(from: &parameters)
      } else {
        var objective = LogisticObjective(matrix: matrix, dense: dense, loss: loss, penalty: 1, workers: workers)
        outcome = newton(&objective, from: &parameters, progress: .ignored)
      }
      let margins = Self.margins(of: heldOut, heldOutDense, parameters, lanes: loss.lanes)
      results[place] = PathFit(margins: margins, record: outcome.record(seconds: (clock.now - begin) / .seconds(1)))
      progress.add()
    }
    return results
  }

  /// The margins of rows but for their own columns, which have no weight where rows took no part in a fit.
  static func margins(of rows: SparseMatrix, _ dense: DenseMatrix?, _ parameters: [Float], lanes: Int) -> [Float] {
    let common = rows.columnCount + (dense?.columnCount ?? 0)
    var margins = [Float](repeating: 0, count: rows.rowCount * lanes)
    unsafe margins.withUnsafeMutableBufferPointer { margins in
      unsafe parameters.withUnsafeBufferPointer { parameters in
        let start = unsafe Array(parameters[common * lanes..<(common + 1) * lanes])
        unsafe rows.gather(
          rows: 0..<rows.rowCount, weights: parameters.baseAddress!, lanes: lanes, start: start,
          into: margins.baseAddress!)
        if let dense {
          unsafe dense.values.withUnsafeBufferPointer { values in
            unsafe BLAS.addProduct(
              values.baseAddress!, parameters.baseAddress! + rows.columnCount * lanes, into: margins.baseAddress!,
              m: rows.rowCount, n: lanes, k: dense.columnCount)
          }
        }
      }
    }
    return margins
  }
}
