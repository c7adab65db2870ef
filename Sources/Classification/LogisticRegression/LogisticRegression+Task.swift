internal import Foundation
internal import LinearAlgebra

extension LogisticRegression {
  /// Checked data in the shape that the objective wants, and the way back from its parameters to a classifier.
  struct Task {
    let loss: RowLoss
    let start: [Float]
    /// The labels that take part, ascending.
    private let present: [Int]
    private let labelCount: Int
    private let columnCount: Int
    private let denseColumnCount: Int

    init(
      features: SparseMatrix, dense: DenseMatrix?, labels: [Int], labelCount: Int, weights: [Double]?,
      initial: LinearClassifier?, configuration: Configuration
    ) throws(FitError) {
      let rows = features.rowCount
      guard rows > 0 else { throw .noRows }
      guard labels.count == rows else { throw .shape(what: "labels", found: labels.count, rows: rows) }
      if let weights, weights.count != rows { throw .shape(what: "weights", found: weights.count, rows: rows) }
      if let dense, dense.rowCount != rows { throw .shape(what: "dense rows", found: dense.rowCount, rows: rows) }
      for (row, label) in labels.enumerated() where label < 0 || label >= labelCount {
        throw .labelOutOfRange(row: row, label: label, labelCount: labelCount)
      }
      for (row, weight) in (weights ?? []).enumerated() where !(weight >= 0 && weight.isFinite) {
        throw .weight(row: row, weight: weight)
      }
      if let row = Self.firstNotFinite(features) { throw row }
      if let dense, let place = dense.values.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(row: place / dense.columnCount, column: features.columnCount + place % dense.columnCount)
      }

      var totals = [Double](repeating: 0, count: labelCount)
      for row in 0..<rows { totals[labels[row]] += weights?[row] ?? 1 }
      let classWeights: [Double]
      switch configuration.classWeight {
      case .none: classWeights = [Double](repeating: 1, count: labelCount)
      case .balanced:
        let used = totals.count { $0 > 0 }
        let total = totals.reduce(0, +)
        classWeights = totals.map { $0 > 0 ? total / (Double(used) * $0) : 0 }
      case .given(let given):
        guard given.count == labelCount else { throw .classWeights(found: given.count, labelCount: labelCount) }
        classWeights = given
      }
      let present = (0..<labelCount).filter { totals[$0] * classWeights[$0] > 0 }
      guard present.count > 1 else { throw .oneLabel(present.first ?? labels[0]) }
      self.present = present
      self.labelCount = labelCount
      columnCount = features.columnCount
      denseColumnCount = dense?.columnCount ?? 0

      var place = [UInt16](repeating: 0, count: labelCount)
      for (index, label) in present.enumerated() { place[label] = UInt16(index) }
      let lanes = present.count == 2 ? 1 : (present.count + 3) / 4 * 4
      loss = RowLoss(
        lanes: lanes, labelCount: present.count == 2 ? 1 : present.count, labels: labels.map { place[$0] },
        costs: labels.indices.map { row in
          Float(configuration.inverseRegularization * (weights?[row] ?? 1) * classWeights[labels[row]])
        })

      var start = [Float](repeating: 0, count: (columnCount + denseColumnCount + 1) * lanes)
      if let initial {
        let found = "\(initial.columnCount) + \(initial.denseColumnCount) features × \(initial.labelCount) labels"
        let expected = "\(columnCount) + \(denseColumnCount) features × \(labelCount) labels"
        guard found == expected else { throw .initialShape(found: found, expected: expected) }
        let all = initial.weights + initial.denseWeights + initial.intercepts
        for feature in 0...columnCount + denseColumnCount {
          let from = feature * labelCount
          if lanes == 1 {
            start[feature] = all[from + present[1]] - all[from + present[0]]
          } else {
            for (lane, label) in present.enumerated() { start[feature * lanes + lane] = all[from + label] }
          }
        }
      } else {
        // Without evidence the labels' shares are the best guess.
        let logs = present.map { log(totals[$0] * classWeights[$0]) }
        let bias = start.count - lanes
        if lanes == 1 {
          start[bias] = Float(logs[1] - logs[0])
        } else {
          let mean = logs.reduce(0, +) / Double(logs.count)
          for (lane, value) in logs.enumerated() { start[bias + lane] = Float(value - mean) }
        }
      }
      self.start = start
    }

    /// The classifier that the objective's parameters stand for.
    func classifier(from parameters: [Float]) -> LinearClassifier {
      let lanes = loss.lanes
      let features = columnCount + denseColumnCount
      var all = [Float](repeating: 0, count: (features + 1) * labelCount)
      for feature in 0...features {
        let to = feature * labelCount
        if lanes == 1 {
          // The softmax of ∓w/2 is the logistic function of w.
          all[to + present[0]] = -0.5 * parameters[feature]
          all[to + present[1]] = 0.5 * parameters[feature]
        } else {
          for (lane, label) in present.enumerated() { all[to + label] = parameters[feature * lanes + lane] }
        }
      }
      // Only differences between intercepts matter: let them sum to zero.
      let bias = features * labelCount
      let mean = present.map { all[bias + $0] }.reduce(0, +) / Float(present.count)
      for label in 0..<labelCount {
        all[bias + label] = present.contains(label) ? all[bias + label] - mean : LinearClassifier.absentIntercept
      }
      return LinearClassifier(
        labelCount: labelCount, columnCount: columnCount, denseColumnCount: denseColumnCount,
        weights: Array(all[..<(columnCount * labelCount)]),
        denseWeights: Array(all[(columnCount * labelCount)..<bias]), intercepts: Array(all[bias...]))
    }

    private static func firstNotFinite(_ features: SparseMatrix) -> FitError? {
      // One sum finds out whether there is any at all: x − x is 0 for every finite x, else NaN.
      var sum: Float = 0
      for value in features.values { sum += value - value }
      guard sum != 0 else { return nil }
      for row in 0..<features.rowCount {
        for entry in features.offsets[row]..<features.offsets[row + 1] where !features.values[entry].isFinite {
          return .notFinite(row: row, column: Int(features.columns[entry]))
        }
      }
      return nil
    }
  }
}
