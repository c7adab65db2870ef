internal import Foundation
internal import LinearAlgebra
internal import Optimization

extension DualAscent {
  /// What the ascent has reached: one pass over the data.
  ///
  /// The duality gap is Σ cost·KL(softmax zᵢ ‖ softmax mᵢ) with the margins mᵢ that the weights give now; it bounds how far
  /// the objective is from its minimum.
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
      unsafe points.withUnsafeBufferPointer { points in
        unsafe coefficients.withUnsafeBufferPointer { coefficients in
          for (place, row) in rows.enumerated() {
            let cost = loss.costs[row]
            guard cost > 0 else { continue }
            part.gap += unsafe Self.gap(
              points.baseAddress! + row * lanes, margins.baseAddress! + place * lanes,
              coefficients.baseAddress! + row * lanes, loss, row: row, cost: cost)
          }
        }
      }
    }
    return part
  }

  /// One row's part of the gap, cost·KL(softmax z ‖ softmax m).
  ///
  /// Taken to second order where z and m are near, since in `Float` the exact one is then a difference of equals; exact
  /// where they are not: at a z whose shares are all 0 or 1 the second order sees no gap at all.
  @unsafe static func gap(
    _ point: UnsafePointer<Float>, _ margin: UnsafePointer<Float>, _ coefficient: UnsafePointer<Float>, _ loss: RowLoss,
    row: Int, cost: Float
  ) -> Double {
    func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
    func logSum(_ margins: UnsafePointer<Float>) -> Double {
      let values = (0..<loss.labelCount).map { unsafe Double(margins[$0]) }
      return logSumExp(values)
    }
    let target = Int(loss.labels[row]) &* loss.lanes
    var square: Float = 0
    var mean: Float = 0
    var largest: Float = 0
    for lane in 0..<loss.labelCount {
      let held = unsafe loss.targets[target &+ lane] - coefficient[lane] / cost
      let distance = unsafe point[lane] - margin[lane]
      square += held * distance * distance
      mean += held * distance
      largest = max(largest, abs(distance))
    }
    if largest <= Self.nearness { return 0.5 * Double(cost * (square - mean * mean)) }
    let grown =
      unsafe loss.lanes == 1
      ? softplus(Double(point[0])) - softplus(Double(margin[0])) : logSum(point) - logSum(margin)
    return Double(cost) * max(0, Double(mean) - grown)
  }

  /// Points and margins that are no farther apart than this are near.
  static let nearness: Float = 1
}
