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

  /// `fitMany` with a contrast of the configuration's power: each fold's is measured on the other folds alone.
  func fitMany(
    contrast power: Double, _ features: SparseMatrix, dense: DenseMatrix?, labels: [Int], labelCount: Int,
    weights: [Double]?, folds: [Int], inverseRegularizations: [Double], threads: Int,
    progress: WorkProgress, isStopped: () -> Bool
  ) throws(FitError) -> [HeldOutFit] {
    _ = try Task(
      features: features, dense: dense, labels: labels, labelCount: labelCount, weights: weights, initial: nil,
      configuration: configuration)
    let foldCount = (folds.max() ?? -1) + 1
    let order = inverseRegularizations.indices.sorted {
      (inverseRegularizations[$0], $0) < (inverseRegularizations[$1], $1)
    }
    var results = [HeldOutFit?](repeating: nil, count: order.count)
    for (number, place) in order.enumerated() {
      if number > 0, isStopped() { break }
      let learner = plain(inverseRegularization: inverseRegularizations[place])
      var held = DenseMatrix(rowCount: features.rowCount, columnCount: labelCount)
      var records: [ConvergenceRecord] = []
      for fold in 0..<foldCount {
        let part = progress.part(number * foldCount + fold, of: order.count * foldCount)
        let contrast = ColumnContrast(features, labels: labels, labelCount: labelCount, power: power) { row in
          folds[row] != fold && weights.map { $0[row] > 0 } ?? true
        }
        let scaled = contrast.scaled(features)
        let (classifier, record) = try learner.fit(
          scaled, dense: dense, labels: labels, labelCount: labelCount,
          weights: folds.indices.map { folds[$0] == fold ? 0 : weights?[$0] ?? 1 },
          threads: threads, progress: part)
        records.append(record)
        let decision = classifier.decision(of: scaled, dense: dense)
        for row in folds.indices where folds[row] == fold {
          for cell in row * labelCount..<(row + 1) * labelCount { held.values[cell] = decision.values[cell] }
        }
      }
      results[place] = HeldOutFit(
        inverseRegularization: inverseRegularizations[place], decision: held, records: records)
    }
    return results.compactMap(\.self)
  }
}
