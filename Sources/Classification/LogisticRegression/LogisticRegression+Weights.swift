internal import CPlatform
internal import LinearAlgebra

// The way back from an optimizer's parameters to the weights of a classifier. Where columns were merged, each gets its part of
// what they became (`handedOut`, `spread`); where they were not, every weight lies about where it is wanted (`packed`,
// `halved`).
extension LogisticRegression.Task {
  /// The parameter row that holds a column's weight, and the weight as a multiple of what is held there.
  func place(of column: Int, in matrix: CompactMatrix, common: Int) -> (row: Int?, scale: Float) {
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
    if matrix.origins == nil, present.count == labelCount {
      weights = lanes == 1 ? halved(&parameters) : packed(&parameters)
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

  /// The same for two labels: half a weight for one, half against the other, written where the weights lie, from the last to
  /// the first, so that less fresh memory is needed.
  private func halved(_ parameters: inout [Float]) -> [Float] {
    let columns = columnCount
    var weights: [Float] = []
    swap(&weights, &parameters)
    weights.removeLast(weights.count - columns)
    weights.append(contentsOf: repeatElement(0, count: columns))
    unsafe weights.withUnsafeMutableBytes { weights in
      var column = columns
      while column & 3 > 0 {
        column &-= 1
        let half = unsafe 0.5 * weights.load(fromByteOffset: column &* 4, as: Float.self)
        unsafe weights.storeBytes(of: -half, toByteOffset: column &* 8, as: Float.self)
        unsafe weights.storeBytes(of: half, toByteOffset: column &* 8 &+ 4, as: Float.self)
      }
      while column > 0 {
        column &-= 4
        let half = unsafe 0.5 * weights.loadUnaligned(fromByteOffset: column &* 4, as: SIMD4<Float>.self)
        var both = SIMD8<Float>()
        both.evenHalf = -half
        both.oddHalf = half
        unsafe weights.storeBytes(of: both, toByteOffset: column &* 8, as: SIMD8<Float>.self)
      }
    }
    return weights
  }
}

extension LogisticRegression {
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
