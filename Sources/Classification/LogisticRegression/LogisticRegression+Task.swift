internal import Foundation
internal import LinearAlgebra

extension LogisticRegression {
  /// Checked data in the shape that the objective wants, and the way back from its parameters to a classifier.
  struct Task {
    private(set) var loss: RowLoss
    /// The logarithms of the labels' shares.
    let startingIntercepts: [Float]
    /// The labels that take part, ascending.
    let present: [Int]
    let labelCount: Int
    let columnCount: Int
    let denseColumnCount: Int

    /// Checks the data; who looks at all values later anyway may leave these out.
    init(
      features: SparseMatrix, dense: DenseMatrix?, labels: [Int], labelCount: Int, weights: [Double]?,
      initial: LinearClassifier?, configuration: Configuration, checksValues: Bool = true
    ) throws(FitError) {
      try self.init(
        rowCount: features.rowCount, columnCount: features.columnCount, checking: checksValues ? features : nil,
        dense: dense, labels: labels, labelCount: labelCount, weights: weights, initial: initial,
        configuration: configuration)
    }

    /// The same for a matrix that may be gone.
    init(
      rowCount rows: Int, columnCount: Int, checking features: SparseMatrix? = nil, dense: DenseMatrix?,
      labels: [Int], labelCount: Int, weights: [Double]?, initial: LinearClassifier?, configuration: Configuration
    ) throws(FitError) {
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
      if let features, let error = Self.firstNotFinite(features) { throw error }
      if let dense, let place = dense.values.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(row: place / dense.columnCount, column: columnCount + place % dense.columnCount)
      }

      var totals = [Double](repeating: 0, count: labelCount)
      for row in 0..<rows { totals[labels[row]] += weights?[row] ?? 1 }
      let classWeights: [Double]
      switch configuration.classWeight {
      case .none: classWeights = [Double](repeating: 1, count: labelCount)
      case .balanced, .squareRoot:
        let used = totals.count { $0 > 0 }
        let total = totals.reduce(0, +)
        let balanced = totals.map { $0 > 0 ? total / (Double(used) * $0) : 0 }
        classWeights = configuration.classWeight == .balanced ? balanced : balanced.map { $0.squareRoot() }
      case .given(let given):
        guard given.count == labelCount else { throw .classWeights(found: given.count, labelCount: labelCount) }
        classWeights = given
      }
      let present = (0..<labelCount).filter { totals[$0] * classWeights[$0] > 0 }
      guard present.count > 1 else { throw .oneLabel(present.first ?? labels[0]) }
      self.present = present
      self.labelCount = labelCount
      self.columnCount = columnCount
      denseColumnCount = dense?.columnCount ?? 0

      var place = [UInt16](repeating: 0, count: labelCount)
      for (index, label) in present.enumerated() { place[label] = UInt16(index) }
      // Steps of the ascent are there for 4, 8 and 16 lanes: four more of padding cost less than Newton's method.
      let padded = (present.count + 3) / 4 * 4
      let lanes = present.count == 2 ? 1 : padded == 12 ? 16 : padded
      loss = RowLoss(
        lanes: lanes, models: 1, labelCount: present.count == 2 ? 1 : present.count, labels: labels.map { place[$0] },
        costs: labels.indices.map { row in
          Float(configuration.inverseRegularization * (weights?[row] ?? 1) * classWeights[labels[row]])
        })

      if let initial {
        let found = "\(initial.columnCount) + \(initial.denseColumnCount) features × \(initial.labelCount) labels"
        let expected = "\(columnCount) + \(denseColumnCount) features × \(labelCount) labels"
        guard found == expected else { throw .initialShape(found: found, expected: expected) }
      }
      // Without evidence the labels' shares are the best guess.
      let logs = present.map { log(totals[$0] * classWeights[$0]) }
      let mean = logs.reduce(0, +) / Double(logs.count)
      startingIntercepts = lanes == 1 ? [Float(logs[1] - logs[0])] : logs.map { Float($0 - mean) }
    }

    /// Has equal rows stand together in the loss, so that the optimum stays the same; returns the squared length of each row.
    mutating func join(
      _ matrix: CompactMatrix, _ dense: DenseMatrix?, isChecked: Bool, _ workers: Workers
    ) throws(FitError) -> [Float] {
      let survey = matrix.survey(beside: dense, workers: workers)
      if !isChecked, !survey.isFinite, let error = Self.firstNotFinite(matrix.shared) { throw error }
      loss = EqualRows(of: matrix, dense, survey, losses: [loss]).joining([loss])[0]
      return survey.squares
    }

    /// Has equal rows stand together in the losses of tasks on the same rows; the optima stay the same.
    static func join(
      _ tasks: inout ArraySlice<Task>, _ matrix: CompactMatrix, _ dense: DenseMatrix?, _ survey: RowSurvey
    ) {
      let losses = tasks.map(\.loss)
      let joined = EqualRows(of: matrix, dense, survey, losses: losses).joining(losses)
      for (place, loss) in zip(tasks.indices, joined) { tasks[place].loss = loss }
    }

    /// The costs of tasks on the same rows as those of models side by side: row by row, and 0 for models beyond the tasks.
    static func costs(of tasks: ArraySlice<Task>, models: Int) -> [Float] {
      let rowCount = tasks.first?.loss.costs.count ?? 0
      var costs = [Float](repeating: 0, count: rowCount * models)
      for (model, task) in tasks.enumerated() {
        for row in 0..<rowCount { costs[row * models + model] = task.loss.costs[row] }
      }
      return costs
    }

    /// The objective where every statement gets the labels' shares: more than this no start may cost.
    func startingValue(_ loss: RowLoss) -> Double {
      let margins = startingIntercepts.map(Double.init)
      let total = logSumExp(loss.lanes == 1 ? [0] + margins : margins)
      return loss.labels.indices.reduce(0) { sum, row in
        let target = Int(loss.labels[row]) * loss.lanes
        let own = margins.indices.reduce(0) { $0 + Double(loss.targets[target + $1]) * margins[$1] }
        return sum + Double(loss.costs[row]) * (total - own)
      }
    }

    /// Where the optimizer starts: at a classifier, or at the labels' shares.
    func start(for matrix: CompactMatrix, from initial: LinearClassifier? = nil) -> [Float] {
      let lanes = loss.lanes
      let shared = matrix.shared.columnCount
      let common = shared + denseColumnCount + 1
      var start = [Float](repeating: 0, count: (common + matrix.own.count) * lanes)
      guard let initial else {
        for (lane, value) in startingIntercepts.enumerated() { start[(common - 1) * lanes + lane] = value }
        return start
      }
      func add(_ values: [Float], _ feature: Int, to row: Int, scale: Float) {
        let from = feature * labelCount
        if lanes == 1 {
          start[row] += scale * (values[from + present[1]] - values[from + present[0]])
        } else {
          for (lane, label) in present.enumerated() { start[row * lanes + lane] += scale * values[from + label] }
        }
      }
      for column in 0..<columnCount {
        let (row, scale) = place(of: column, in: matrix, common: common)
        if let row { add(initial.weights, column, to: row, scale: scale) }
      }
      for column in 0..<denseColumnCount { add(initial.denseWeights, column, to: shared + column, scale: 1) }
      add(initial.intercepts, 0, to: common - 1, scale: 1)
      return start
    }

    /// Writes cells of margins, one after the other, to the rows of a fold, one margin a label.
    func write(_ margins: [Float], into values: inout [Float], ofRowsIn fold: Int, _ folds: [Int]) {
      let lanes = loss.lanes
      let (present, labelCount) = (present, labelCount)
      unsafe margins.withUnsafeBufferPointer { margins in
        unsafe values.withUnsafeMutableBufferPointer { values in
          var begin = 0
          for row in folds.indices where folds[row] == fold {
            let place = row &* labelCount
            if present.count < labelCount {
              for label in 0..<labelCount { unsafe values[place &+ label] = LinearClassifier.absentIntercept }
            }
            if lanes == 1 {
              unsafe values[place &+ present[0]] = -0.5 * margins[begin]
              unsafe values[place &+ present[1]] = 0.5 * margins[begin]
            } else {
              for lane in present.indices { unsafe values[place &+ present[lane]] = margins[begin &+ lane] }
            }
            begin &+= lanes
          }
        }
      }
    }

    /// The first value that is not finite.
    static func firstNotFinite(_ features: SparseMatrix) -> FitError? {
      // One sum finds out whether there is any at all: x − x is 0 for every finite x, else NaN.
      var sum = SIMD16<Float>.zero
      let count = features.values.count
      unsafe features.values.withUnsafeBytes { values in
        for place in stride(from: 0, to: count & ~15, by: 16) {
          let next = unsafe values.loadUnaligned(fromByteOffset: place * 4, as: SIMD16<Float>.self)
          sum += next - next
        }
      }
      for value in features.values[(count & ~15)...] { sum[0] += value - value }
      guard sum != .zero else { return nil }
      for row in 0..<features.rowCount {
        for entry in features.offsets[row]..<features.offsets[row + 1] where !features.values[entry].isFinite {
          return .notFinite(row: row, column: Int(features.columns[entry]))
        }
      }
      return nil
    }
  }
}
