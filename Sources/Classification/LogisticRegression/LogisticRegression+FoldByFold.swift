internal import LinearAlgebra
internal import Optimization
internal import Synchronization

extension LogisticRegression {
  /// One path after the other, folds on different threads.
  func foldByFold(
    _ path: Path, _ tasks: [Task], _ matrix: CompactMatrix, _ dense: DenseMatrix?, _ isStopped: () -> Bool
  ) -> [HeldOutFit] {
    let done = Atomic(0)
    let progress = WorkProgress { _ in
      let count = done.wrappingAdd(1, ordering: .relaxed).newValue
      path.progress.update(Double(count) / Double(tasks.count * path.order.count))
    }
    var found = [[PathFit?]](repeating: [], count: tasks.count)
    unsafe found.withUnsafeMutableBufferPointer { found in
      path.workers.forEach(tasks.count) { fold in
        unsafe found[fold] = fits(path, tasks[fold], fold: fold, matrix, dense, progress, isStopped)
      }
    }
    let rows = path.folds.count
    return path.values.indices.compactMap { place in
      let fits = found.compactMap { $0[place] }
      guard fits.count == tasks.count else { return nil }
      var decision = DenseMatrix(rowCount: rows, columnCount: path.labelCount)
      var next = tasks.map { _ in 0 }
      for row in 0..<rows {
        let fold = path.folds[row]
        let lanes = tasks[fold].loss.lanes
        tasks[fold].write(
          fits[fold].margins[next[fold]..<next[fold] + lanes], into: &decision.values, at: row * path.labelCount
        )
        next[fold] += lanes
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
    _ path: Path, _ task: Task, fold: Int, _ matrix: CompactMatrix, _ dense: DenseMatrix?, _ progress: WorkProgress,
    _ isStopped: () -> Bool
  ) -> [PathFit?] {
    let clock = ContinuousClock()
    let ratio = configuration.penalty.l1Ratio
    let workers = Workers(threads: 1)
    let own = path.folds.indices.filter { path.folds[$0] == fold }
    let heldOut = matrix.shared.selecting(rows: own)
    let heldOutDense = dense.map { $0.selecting(rows: own) }
    var loss = task.loss
    var parameters = task.start(for: matrix)
    var ascent: DualAscent?
    var results = [PathFit?](repeating: nil, count: path.values.count)
    for (number, place) in path.order.enumerated() {
      if number > 0, isStopped() { break }
      let begin = clock.now
      let c = Float(path.values[place])
      loss.costs = task.loss.costs.map { $0 * c }
      var outcome = Outcome()
      if ratio == 0, DualAscent.suits(loss, dense: dense) {
        if ascent == nil {
          ascent = DualAscent(
            matrix: matrix, loss: loss, intercepts: task.startingIntercepts, workers: workers, configuration)
        } else {
          ascent!.continue(with: loss)
        }
        outcome = ascent!.ascend()
        parameters = ascent!.parameters()
      }
      if !outcome.converged {
        var objective = LogisticObjective(
          matrix: matrix, dense: dense, loss: loss, penalty: Float(1 - ratio), workers: workers)
        outcome = minimize(&objective, from: &parameters, after: outcome, progress: .ignored)
      }
      let margins = margins(of: heldOut, heldOutDense, parameters, lanes: loss.lanes)
      results[place] = PathFit(margins: margins, record: outcome.record(seconds: (clock.now - begin) / .seconds(1)))
      progress.update(1)
    }
    return results
  }

  /// The margins of rows that took no part in a fit, so that their own columns have no weight.
  private func margins(of rows: SparseMatrix, _ dense: DenseMatrix?, _ parameters: [Float], lanes: Int) -> [Float] {
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
