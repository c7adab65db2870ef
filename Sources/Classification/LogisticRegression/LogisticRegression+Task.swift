internal import CPlatform
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
    private let labelCount: Int
    private let columnCount: Int
    private let denseColumnCount: Int

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
      let lanes = present.count == 2 ? 1 : (present.count + 3) / 4 * 4
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
    mutating func join(_ matrix: CompactMatrix, isChecked: Bool, _ workers: Workers) throws(FitError) -> [Float] {
      let survey = matrix.survey(workers: workers)
      if !isChecked, !survey.isFinite, let error = Self.firstNotFinite(matrix.shared) { throw error }
      loss = EqualRows(of: matrix, survey, losses: [loss]).joining([loss])[0]
      return survey.squares
    }

    /// Has equal rows stand together in the losses of tasks on the same rows; the optima stay the same.
    static func join(_ tasks: inout [Task], _ matrix: CompactMatrix, _ survey: RowSurvey) {
      let losses = tasks.map(\.loss)
      let joined = EqualRows(of: matrix, survey, losses: losses).joining(losses)
      for number in tasks.indices { tasks[number].loss = joined[number] }
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

    /// The parameter row that holds a column's weight, and the weight as a multiple of what is held there.
    private func place(of column: Int, in matrix: CompactMatrix, common: Int) -> (row: Int?, scale: Float) {
      guard let origin = matrix.origins?[column] else { return (column, 1) }
      switch origin.column {
      case CompactMatrix.Origin.absent: return (nil, 0)
      case CompactMatrix.Origin.own: return (common + Int(origin.row), origin.scale)
      default: return (Int(origin.column), origin.scale)
      }
    }

    /// The classifier that the objective's parameters stand for.
    func classifier(from parameters: [Float], of matrix: CompactMatrix) -> LinearClassifier {
      var parameters = parameters
      return classifier(taking: &parameters, of: matrix, workers: Workers(threads: 1))
    }

    /// The same; the parameters may be used up.
    func classifier(taking parameters: inout [Float], of matrix: CompactMatrix, workers: Workers) -> LinearClassifier {
      let lanes = loss.lanes
      let shared = matrix.shared.columnCount
      let common = shared + denseColumnCount + 1
      func write(_ row: Int, to values: inout [Float], _ feature: Int) {
        let to = feature * labelCount
        if lanes == 1 {
          // The softmax of ∓w/2 is the logistic function of w.
          values[to + present[0]] = -0.5 * parameters[row]
          values[to + present[1]] = 0.5 * parameters[row]
        } else {
          for (lane, label) in present.enumerated() { values[to + label] = parameters[row * lanes + lane] }
        }
      }
      var denseWeights = [Float](repeating: 0, count: denseColumnCount * labelCount)
      for column in 0..<denseColumnCount { write(shared + column, to: &denseWeights, column) }
      var intercepts = [Float](repeating: 0, count: labelCount)
      write(common - 1, to: &intercepts, 0)
      // Only differences between intercepts matter: let them sum to zero.
      let mean = present.map { intercepts[$0] }.reduce(0, +) / Float(present.count)
      for label in present { intercepts[label] -= mean }
      for label in 0..<labelCount where !present.contains(label) {
        intercepts[label] = LinearClassifier.absentIntercept
      }
      let weights: [Float]
      if matrix.origins == nil, present.count == labelCount, lanes > 1 {
        weights = packed(&parameters)
      } else {
        weights = handedOut(parameters, matrix, common: common, workers)
      }
      return LinearClassifier(
        labelCount: labelCount, columnCount: columnCount, denseColumnCount: denseColumnCount, weights: weights,
        denseWeights: denseWeights, intercepts: intercepts)
    }

    /// The weights of all columns from parameters.
    private func handedOut(
      _ parameters: [Float], _ matrix: CompactMatrix, common: Int, _ workers: Workers
    ) -> [Float] {
      let lanes = loss.lanes
      let size = columnCount * labelCount
      return unsafe [Float](large: size) { weights in
        unsafe parameters.withUnsafeBufferPointer { parameters in
          if matrix.origins == nil, present.count == labelCount {
            unsafe split(parameters.baseAddress!, into: weights.baseAddress!, workers)
            return
          }
          if let origins = matrix.origins, present.count == labelCount, lanes > 1 {
            unsafe spread(parameters.baseAddress!, origins, common: common, into: weights.baseAddress!, workers)
            return
          }
          unsafe weights.initialize(repeating: 0)
          for column in 0..<columnCount {
            let (row, scale) = place(of: column, in: matrix, common: common)
            guard let row else { continue }
            let to = column &* labelCount
            if lanes == 1 {
              unsafe weights[to + present[0]] = -0.5 * scale * parameters[row]
              unsafe weights[to + present[1]] = 0.5 * scale * parameters[row]
            } else {
              for lane in 0..<present.count {
                unsafe weights[to + present[lane]] = scale * parameters[row &* lanes &+ lane]
              }
            }
          }
        }
      }
    }

    /// Writes the weights of all columns where columns were merged and all of several labels take part.
    @unsafe private func spread(
      _ parameters: UnsafePointer<Float>, _ origins: [CompactMatrix.Origin], common: Int,
      into weights: UnsafeMutablePointer<Float>, _ workers: Workers
    ) {
      let (lanes, labels) = (loss.lanes, labelCount)
      let blocks = FixedBlocks(count: columnCount, size: 1 << 15)
      unsafe origins.withUnsafeBufferPointer { origins in
        /// Where a column's weight lies; columns without entries have that of any, times 0.
        @inline(__always)
        func source(_ origin: CompactMatrix.Origin) -> UnsafeRawPointer {
          let row =
            origin.column < CompactMatrix.Origin.absent
            ? Int(origin.column) : origin.column == CompactMatrix.Origin.own ? common &+ Int(origin.row) : 0
          return unsafe UnsafeRawPointer(parameters + row &* lanes)
        }
        workers.forEach(blocks.count) { block in
          let last = blocks[block].upperBound &- 1
          for column in blocks[block] {
            let origin = unsafe origins[column]
            let scale = origin.column == CompactMatrix.Origin.absent ? 0 : origin.scale
            let from = unsafe source(origin)
            unsafe platform_prefetch(source(origins[min(column &+ 16, last)]))
            // Whole vectors but for the last column: what is too much for a column is written over by the next one.
            if column < last {
              let to = unsafe UnsafeMutableRawPointer(weights + column &* labels)
              for lane in stride(from: 0, to: lanes, by: 4) {
                let four = unsafe from.loadUnaligned(fromByteOffset: lane &* 4, as: SIMD4<Float>.self) * scale
                unsafe to.storeBytes(of: four, toByteOffset: lane &* 4, as: SIMD4<Float>.self)
              }
            } else {
              for label in 0..<labels {
                let weight = unsafe from.load(fromByteOffset: label &* 4, as: Float.self) * scale
                unsafe weights[column &* labels &+ label] = weight
              }
            }
          }
        }
      }
    }

    /// The weights of all columns where no columns were merged and all of several labels take part: every label's lie where
    /// they are wanted but for the padding, so that no fresh memory is needed.
    private func packed(_ parameters: inout [Float]) -> [Float] {
      let (lanes, labels) = (loss.lanes, labelCount)
      var weights: [Float] = []
      swap(&weights, &parameters)
      unsafe weights.withUnsafeMutableBytes { weights in
        for column in 0..<columnCount where labels < lanes {
          // Whole vectors: what is too much for a column is written over by the next one.
          for lane in stride(from: 0, to: lanes, by: 4) {
            unsafe weights.storeBytes(
              of: weights.loadUnaligned(fromByteOffset: (column &* lanes &+ lane) &* 4, as: SIMD4<Float>.self),
              toByteOffset: (column &* labels &+ lane) &* 4, as: SIMD4<Float>.self)
          }
        }
      }
      weights.removeLast(weights.count - columnCount * labels)
      return weights
    }

    /// Writes the weights of all columns where no columns were merged: half a weight for one label, half against the other.
    @unsafe private func split(
      _ parameters: UnsafePointer<Float>, into weights: UnsafeMutablePointer<Float>, _ workers: Workers
    ) {
      let source = unsafe UnsafeRawPointer(parameters)
      let target = UnsafeMutableRawPointer(weights)
      let blocks = FixedBlocks(count: columnCount, size: 1 << 15)
      workers.forEach(blocks.count) { block in
        var column = blocks[block].lowerBound
        let end = blocks[block].upperBound
        while column &+ 4 <= end {
          let half = unsafe 0.5 * source.loadUnaligned(fromByteOffset: column &* 4, as: SIMD4<Float>.self)
          var both = SIMD8<Float>()
          both.evenHalf = -half
          both.oddHalf = half
          unsafe target.storeBytes(of: both, toByteOffset: column &* 8, as: SIMD8<Float>.self)
          column &+= 4
        }
        while column < end {
          unsafe weights[2 &* column] = -0.5 * parameters[column]
          unsafe weights[2 &* column &+ 1] = 0.5 * parameters[column]
          column &+= 1
        }
      }
    }

    /// Writes one cell of margins as one margin a label.
    func write(_ cell: ArraySlice<Float>, into values: inout [Float], at place: Int) {
      for label in 0..<labelCount { values[place + label] = LinearClassifier.absentIntercept }
      if loss.lanes == 1 {
        values[place + present[0]] = -0.5 * cell[cell.startIndex]
        values[place + present[1]] = 0.5 * cell[cell.startIndex]
      } else {
        for (lane, label) in present.enumerated() { values[place + label] = cell[cell.startIndex + lane] }
      }
    }

    /// Writes cells of margins, one after the other, to the rows of a fold, as `write(_:into:at:)` does.
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
