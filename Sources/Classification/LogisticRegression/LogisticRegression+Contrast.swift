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
    weights: [Double]?, folds: [Int], inverseRegularizations: [Double], threads: Int, progress: WorkProgress
  ) throws(FitError) -> [HeldOutFit] {
    _ = try Task(
      features: features, dense: dense, labels: labels, labelCount: labelCount, weights: weights, initial: nil,
      configuration: configuration)
    let foldCount = (folds.max() ?? -1) + 1
    let rowCount = features.rowCount
    var decisions = inverseRegularizations.map { _ in DenseMatrix(rowCount: rowCount, columnCount: labelCount) }
    var records = inverseRegularizations.map { _ in [ConvergenceRecord]() }
    let order = inverseRegularizations.indices.sorted {
      (inverseRegularizations[$0], $0) < (inverseRegularizations[$1], $1)
    }
    for fold in 0..<foldCount {
      let part = progress.part(fold, of: foldCount)
      let contrast = ColumnContrast(features, labels: labels, labelCount: labelCount, power: power) { row in
        folds[row] != fold && weights.map { $0[row] > 0 } ?? true
      }
      let scaled = contrast.scaled(features)
      let kept = (0..<rowCount).map { folds[$0] == fold ? 0 : weights?[$0] ?? 1 }
      var start: LinearClassifier?
      for (number, place) in order.enumerated() {
        let (classifier, record) = try plain(inverseRegularization: inverseRegularizations[place]).fit(
          scaled, dense: dense, labels: labels, labelCount: labelCount, weights: kept, initial: start,
          threads: threads, progress: part.part(number, of: order.count))
        start = classifier
        records[place].append(record)
        let decision = classifier.decision(of: scaled, dense: dense)
        for row in 0..<rowCount where folds[row] == fold {
          for label in 0..<labelCount {
            decisions[place].values[row * labelCount + label] = decision.values[row * labelCount + label]
          }
        }
      }
    }
    return inverseRegularizations.indices.map { place in
      HeldOutFit(
        inverseRegularization: inverseRegularizations[place], decision: decisions[place], records: records[place])
    }
  }
}
