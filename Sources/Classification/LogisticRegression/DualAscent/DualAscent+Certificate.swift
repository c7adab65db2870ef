internal import LinearAlgebra
internal import Optimization

extension DualAscent {
  /// What the ascent has reached: one pass over the data.
  ///
  /// The duality gap is Σ cost·KL(softmax zᵢ ‖ softmax mᵢ) with the margins mᵢ that the weights give now, taken to second
  /// order; it bounds how far the objective is from its minimum. The gradient is Σ (aᵢ − costᵢ·(yᵢ − pᵢ))·xᵢ.
  func certificate() -> Outcome {
    let rows = matrix.shared.rowCount
    let lanes = loss.lanes
    let blocks = FixedBlocks(offsets: matrix.shared.offsets, blocks: shares)
    var margins = [Float](repeating: 0, count: rows * lanes)
    var shareOf = margins
    var gradients = [Float](repeating: 0, count: shares * weights.count)
    var parts = [Part](repeating: Part(lanes: lanes), count: shares)
    unsafe margins.withUnsafeMutableBufferPointer { margins in
      unsafe shareOf.withUnsafeMutableBufferPointer { probabilities in
        unsafe gradients.withUnsafeMutableBufferPointer { gradients in
          unsafe parts.withUnsafeMutableBufferPointer { parts in
            unsafe weights.withUnsafeBufferPointer { weights in
              workers.forEach(shares) { share in
                unsafe measure(
                  blocks[share], weights.baseAddress!, margins.baseAddress!, probabilities.baseAddress!,
                  gradients.baseAddress! + share * weights.count, &parts[share])
              }
            }
          }
        }
      }
    }
    let vectors = LaneVectors(width: lanes, workers: workers)
    var total = parts[0]
    if shares == 2 {
      total.add(parts[1])
      let count = weights.count
      for place in 0..<count { gradients[place] += gradients[count + place] }
      gradients.removeLast(count)
    }
    var outcome = Outcome()
    outcome.value = total.value + 0.5 * vectors.dot(weights, weights).reduce(0, +)
    let bias = total.intercepts.reduce(0) { $0 + $1 * $1 }
    outcome.gradientNorm = (vectors.dot(gradients, gradients).reduce(0, +) + total.own + bias).squareRoot()
    outcome.relativeGap = total.gap / max(outcome.value, .leastNormalMagnitude)
    return outcome
  }

  /// What a block of rows adds up.
  private struct Part {
    var value = 0.0
    var gap = 0.0
    /// Squared gradients of the rows' own weights.
    var own = 0.0
    var intercepts: [Double]

    init(lanes: Int) { intercepts = [Double](repeating: 0, count: lanes) }

    mutating func add(_ other: Part) {
      value += other.value
      gap += other.gap
      own += other.own
      for lane in intercepts.indices { intercepts[lane] += other.intercepts[lane] }
    }
  }

  @unsafe private func measure(
    _ rows: Range<Int>, _ weights: UnsafePointer<Float>, _ margins: UnsafeMutablePointer<Float>,
    _ probabilities: UnsafeMutablePointer<Float>, _ gradient: UnsafeMutablePointer<Float>, _ part: inout Part
  ) {
    let lanes = loss.lanes
    let margins = unsafe margins + rows.lowerBound * lanes
    unsafe matrix.shared.gather(rows: rows, weights: weights, lanes: lanes, start: centre, into: margins)
    for (place, row) in rows.enumerated() where !matrix.own.isEmpty {
      let own = matrix.own[row]
      for lane in 0..<lanes {
        let weight = own * coefficients[row * lanes + lane]
        unsafe margins[place * lanes + lane] += own * weight
        part.value += 0.5 * Double(weight * weight)
      }
    }
    unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: 1) { total in
      unsafe total[0] = 0
      unsafe loss.evaluate(
        rows: rows, margins: margins - rows.lowerBound * lanes, slopes: margins - rows.lowerBound * lanes, steps: [0],
        probabilities: probabilities, totals: total.baseAddress!)
      unsafe part.value += total[0]
    }
    // The margins' room now takes the residuals, after their distances to the points are used.
    for (place, row) in rows.enumerated() {
      var square: Float = 0
      var mean: Float = 0
      let cost = loss.costs[row]
      let label = Int(loss.labels[row])
      for lane in 0..<lanes where cost > 0 {
        let cell = row * lanes + lane
        let target: Float = lanes == 1 ? Float(label) : lane == label ? 1 : 0
        let held = target - coefficients[cell] / cost
        let distance = unsafe points[cell] - margins[place * lanes + lane]
        square += held * distance * distance
        mean += held * distance
      }
      part.gap += 0.5 * Double(cost * (square - mean * mean))
      let own = matrix.own.isEmpty ? 0 : matrix.own[row]
      for lane in 0..<lanes {
        let cell = row * lanes + lane
        let target: Float = lanes == 1 ? Float(label) : lane == label ? 1 : 0
        let residual = unsafe coefficients[cell] - cost * (target - probabilities[cell])
        unsafe margins[place * lanes + lane] = residual
        part.intercepts[lane] += Double(unsafe cost * (probabilities[cell] - target))
        part.own += Double(own * own * residual * residual)
      }
    }
    unsafe matrix.shared.scatter(rows: rows, coefficients: margins, lanes: lanes, into: gradient)
  }
}
