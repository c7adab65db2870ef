internal import LinearAlgebra
internal import Optimization
internal import Synchronization

/// Fits on columns that are multiplied by their contrast.
extension LogisticRegression {
  /// A learner with the same settings that takes columns as they are.
  private func plain(inverseRegularization: Double? = nil) -> LogisticRegression {
    var configuration = configuration
    configuration.contrast = nil
    if let inverseRegularization { configuration.inverseRegularization = inverseRegularization }
    return LogisticRegression(checked: configuration)
  }

  /// `fit` with a contrast of the configuration's power.
  func fit(
    contrast power: Double, _ features: SparseMatrix, dense: DenseMatrix?, labels: [Int], labelCount: Int,
    weights: [Double]?, initial: LinearClassifier?, threads: Int, progress: WorkProgress
  ) throws(FitError) -> (classifier: LinearClassifier, record: ConvergenceRecord) {
    _ = try Task(
      features: features, dense: dense, labels: labels, labelCount: labelCount, weights: weights, initial: initial,
      configuration: configuration)
    let contrast = ColumnContrast(features, labels: labels, labelCount: labelCount, power: power) { row in
      weights.map { $0[row] > 0 } ?? true
    }
    let (classifier, record) = try plain().fit(
      contrast.scaled(features), dense: dense, labels: labels, labelCount: labelCount, weights: weights,
      initial: initial.map(contrast.scaled), threads: threads, progress: progress)
    return (contrast.unscaled(classifier), record)
  }

  /// `fitMany` with a contrast of the configuration's power: each fold's is measured on the other folds alone, so that folds have
  /// matrices of their own. At a single C they are fitted one after the other, each on all threads; on a path of C each follows
  /// it on a thread of its own.
  func fitMany(
    contrast power: Double, _ features: SparseMatrix, dense: DenseMatrix?, labels: [Int], labelCount: Int,
    weights: [Double]?, folds: [Int], inverseRegularizations: [Double], threads: Int, progress: WorkProgress,
    isStopped: () -> Bool
  ) throws(FitError) -> [HeldOutFit] {
    let learner = plain(inverseRegularization: inverseRegularizations.first)
    let tasks = try learner.tasks(
      of: folds, columnCount: features.columnCount, checking: features, dense: dense, labels: labels,
      labelCount: labelCount, weights: weights)
    func scaled(without fold: Int) -> SparseMatrix {
      ColumnContrast(features, labels: labels, labelCount: labelCount, power: power) { row in
        folds[row] != fold && weights.map { $0[row] > 0 } ?? true
      }.scaled(features)
    }
    var results = inverseRegularizations.map { c in
      HeldOutFit(
        inverseRegularization: c, decision: DenseMatrix(rowCount: folds.count, columnCount: labelCount), records: [])
    }
    if inverseRegularizations.count == 1 {
      for fold in tasks.indices {
        let scaled = scaled(without: fold)
        let (classifier, record) = try learner.fit(
          scaled, dense: dense, labels: labels, labelCount: labelCount,
          weights: folds.indices.map { folds[$0] == fold ? 0 : weights?[$0] ?? 1 }, threads: threads,
          progress: progress.part(fold, of: tasks.count))
        results[0].take(classifier.decision(of: scaled, dense: dense), record, ofRowsIn: fold, folds)
      }
      return results
    }
    let workers = Workers(threads: threads)
    let done = Atomic(0)
    var found = [[HeldOutFit]](repeating: [], count: tasks.count)
    unsafe found.withUnsafeMutableBufferPointer { found in
      workers.forEach(tasks.count) { fold in
        let scaled = scaled(without: fold)
        let matrix = configuration.penalty.l1Ratio == 0 ? CompactMatrix(scaled) : CompactMatrix(unchanged: scaled)
        // A path on which the only fold is this one.
        let path = Path(
          folds: folds.map { $0 == fold ? 0 : 1 }, labelCount: labelCount,
          order: Self.ascending(inverseRegularizations), values: inverseRegularizations, workers: Workers(threads: 1),
          progress: .ignored)
        unsafe found[fold] = learner.fitMany(path, [tasks[fold]], matrix, dense, from: nil, isStopped)
        progress.update(Double(done.wrappingAdd(1, ordering: .relaxed).newValue) / Double(tasks.count))
      }
    }
    return results.compactMap { result in
      var result = result
      for (fold, fits) in found.enumerated() {
        guard let fit = fits.first(where: { $0.inverseRegularization == result.inverseRegularization }) else {
          return nil
        }
        result.take(fit.decision, fit.records[0], ofRowsIn: fold, folds)
      }
      return result
    }
  }
}

extension HeldOutFit {
  /// Takes over what a fold's fit says of the fold's rows, and how it ended.
  fileprivate mutating func take(
    _ other: DenseMatrix, _ record: ConvergenceRecord, ofRowsIn fold: Int, _ folds: [Int]
  ) {
    let count = decision.columnCount
    for row in folds.indices where folds[row] == fold {
      for cell in row * count..<(row + 1) * count { decision.values[cell] = other.values[cell] }
    }
    records.append(record)
  }
}
