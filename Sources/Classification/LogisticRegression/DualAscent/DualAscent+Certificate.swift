internal import LinearAlgebra
internal import Optimization

extension DualAscent {
  /// What the ascent has reached: one pass over the data.
  ///
  /// The duality gap is Σ cost·KL(softmax zᵢ ‖ softmax mᵢ) with the margins mᵢ that the weights give now, taken to second
  /// order; it bounds how far the objective is from its minimum.
  func certificate() -> Outcome {
    let blocks = FixedBlocks(count: matrix.shared.rowCount, size: 256)
    var parts = [Part](repeating: Part(), count: blocks.count)
    unsafe parts.withUnsafeMutableBufferPointer { parts in
      workers.forEach(blocks.count) { block in
        unsafe parts[block] = measure(blocks[block])
      }
    }
    let squares = LaneVectors(width: loss.lanes, workers: workers).dot(weights, weights)
    var outcome = Outcome()
    outcome.value = parts.reduce(0) { $0 + $1.value } + 0.5 * squares.reduce(0, +)
    outcome.relativeGap = parts.reduce(0) { $0 + $1.gap } / max(outcome.value, .leastNormalMagnitude)
    return outcome
  }

  /// What a block of rows adds up: its losses with the penalty of its own columns, and its part of the gap.
  private struct Part {
    var value = 0.0
    var gap = 0.0
  }

  private func measure(_ rows: Range<Int>) -> Part {
    let lanes = loss.lanes
    let first = rows.lowerBound * lanes
    var part = Part()
    var margins = [Float](repeating: 0, count: rows.count * lanes)
    var shares = margins
    unsafe margins.withUnsafeMutableBufferPointer { margins in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe matrix.shared.gather(
          rows: rows, weights: weights.baseAddress!, lanes: lanes, start: centre, into: margins.baseAddress!)
      }
      for (place, row) in rows.enumerated() where !matrix.own.isEmpty {
        let own = matrix.own[row]
        for lane in 0..<lanes {
          let weight = own * coefficients[row * lanes + lane]
          unsafe margins[place * lanes + lane] += own * weight
          part.value += 0.5 * Double(weight * weight)
        }
      }
      unsafe shares.withUnsafeMutableBufferPointer { shares in
        unsafe withUnsafeMutablePointer(to: &part.value) { total in
          let start = unsafe margins.baseAddress! - first
          unsafe loss.evaluate(
            rows: rows, margins: start, slopes: start, steps: [0], probabilities: shares.baseAddress! - first,
            totals: total)
        }
      }
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
      }
    }
    return part
  }
}
