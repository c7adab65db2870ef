internal import LinearAlgebra
internal import Optimization

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
    let task = try Task(
      features: features, dense: dense, labels: labels, labelCount: labelCount, weights: weights, initial: initial,
      configuration: configuration)
    let contrast = ColumnContrast(features, labels: labels, labelCount: labelCount, power: power) {
      task.loss.costs[$0] > 0
    }
    let (classifier, record) = try plain().fit(
      contrast.scaled(features), dense: dense, labels: labels, labelCount: labelCount, weights: weights,
      initial: initial.map(contrast.scaled), threads: threads, progress: progress)
    return (contrast.unscaled(classifier), record)
  }

  /// `fitMany` with a contrast of the configuration's power: each fold's is measured on the other folds alone, so that folds have
  /// matrices of their own. At a single C they are fitted one after the other, each on all threads, so that only one such matrix is
  /// held; on a path of C each follows it on one thread.
  func fitMany(
    _ path: Path, contrast power: Double, _ features: SparseMatrix, dense: DenseMatrix?, labels: [Int],
    weights: [Double]?, _ goesOn: (HeldOutFit) throws(FitError) -> Bool
  ) throws(FitError) -> [HeldOutFit] {
    let learner = plain(inverseRegularization: path.values.first)
    let labelCount = path.labelCount
    let folds = path.folds
    let tasks = try learner.tasks(
      of: folds, columnCount: features.columnCount, checking: features, dense: dense, labels: labels,
      labelCount: labelCount, weights: weights)
    func scaled(without fold: Int) -> SparseMatrix {
      ColumnContrast(features, labels: labels, labelCount: labelCount, power: power) {
        tasks[fold].loss.costs[$0] > 0
      }.scaled(features)
    }
    guard path.values.count == 1 else {
      return try learner.follow(
        path, tasks, groups: tasks.count,
        { fold in
          let matrix = learner.compact(scaled(without: fold), Workers(threads: 1))
          return learner.group(path, tasks, fold: fold, matrix, dense, learner.columns(of: matrix, dense))
        }, goesOn)
    }
    var result = HeldOutFit(
      inverseRegularization: path.values[0], decision: DenseMatrix(rowCount: folds.count, columnCount: labelCount),
      records: [])
    for fold in tasks.indices {
      let scaled = scaled(without: fold)
      let (classifier, record) = try learner.fit(
        scaled, dense: dense, labels: labels, labelCount: labelCount,
        weights: folds.indices.map { folds[$0] == fold ? 0 : weights?[$0] ?? 1 }, threads: path.workers.threads,
        progress: path.progress.part(fold, of: tasks.count))
      result.take(classifier.decision(of: scaled, dense: dense), record, ofRowsIn: fold, folds)
    }
    _ = try goesOn(result)
    return [result]
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
