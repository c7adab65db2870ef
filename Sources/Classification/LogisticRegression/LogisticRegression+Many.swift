internal import Foundation
public import LinearAlgebra
public import Optimization

/// What cross-validation at one C found: every statement scored by the fit that did not see it.
public struct HeldOutFit: Equatable, Sendable {
  /// C.
  public let inverseRegularization: Double
  /// The margins of every row under the classifier of the other folds: rows × labels.
  public let decision: DenseMatrix
  /// How each fold's fit ended.
  public let records: [ConvergenceRecord]
}

extension LogisticRegression {
  /// Fits every C on all folds but one, for each fold, and scores the fold left out.
  ///
  /// The fits go from the smallest C to the largest, each fold starting where it ended at the last C.
  ///
  /// - Parameters:
  ///   - folds: the fold of every row, from 0; rows of one group belong in one fold.
  ///   - inverseRegularizations: the values of C to fit; the configuration's own is not used.
  /// - Returns: one result for each C, in the given order.
  /// - Throws: `FitError` if the data of some fold cannot be learned from.
  public func fitMany(
    _ features: SparseMatrix, dense: DenseMatrix? = nil, labels: [Int], labelCount: Int, weights: [Double]? = nil,
    folds: [Int], inverseRegularizations: [Double], threads: Int = 1
  ) throws(FitError) -> [HeldOutFit] {
    let rows = features.rowCount
    guard folds.count == rows else { throw .shape(what: "folds", found: folds.count, rows: rows) }
    let foldCount = (folds.max() ?? -1) + 1
    precondition(folds.allSatisfy { $0 >= 0 } && foldCount > 1, "folds are numbered from 0 and there are at least two")
    precondition(inverseRegularizations.allSatisfy { $0 > 0 && $0.isFinite }, "every C is a number above 0")
    let order = inverseRegularizations.indices.sorted {
      (inverseRegularizations[$0], $0) < (inverseRegularizations[$1], $1)
    }
    var decisions = inverseRegularizations.map { _ in DenseMatrix(rowCount: rows, columnCount: labelCount) }
    var records = inverseRegularizations.map { _ in [ConvergenceRecord]() }
    for fold in 0..<foldCount {
      let outside = (0..<rows).map { folds[$0] == fold ? 0 : weights?[$0] ?? 1 }
      let inside = (0..<rows).filter { folds[$0] == fold }
      let held = features.selecting(rows: inside)
      let heldDense = dense.map { dense in
        DenseMatrix(
          rowCount: inside.count, columnCount: dense.columnCount,
          values: inside.flatMap { dense.values[$0 * dense.columnCount..<($0 + 1) * dense.columnCount] })
      }
      var last: LinearClassifier?
      for place in order {
        var configuration = configuration
        configuration.inverseRegularization = inverseRegularizations[place]
        let (classifier, record) = try LogisticRegression(checked: configuration).fit(
          features, dense: dense, labels: labels, labelCount: labelCount, weights: outside, initial: last,
          threads: threads)
        last = classifier
        records[place].append(record)
        let margins = classifier.decision(of: held, dense: heldDense)
        for (from, to) in inside.enumerated() {
          for label in 0..<labelCount {
            decisions[place].values[to * labelCount + label] = margins.values[from * labelCount + label]
          }
        }
      }
    }
    return inverseRegularizations.indices.map {
      HeldOutFit(
        inverseRegularization: inverseRegularizations[$0], decision: decisions[$0], records: records[$0])
    }
  }
}
