internal import Foundation
internal import LinearAlgebra
internal import Optimization

extension DualAscent {
  /// What the ascent has reached: one pass over the data; nil if an eighth of the rows tell that the gap, relative to the
  /// objective, is above a bound.
  ///
  /// The duality gap is Σ cost·KL(softmax zᵢ ‖ softmax mᵢ) with the margins mᵢ that the weights give now; it bounds how far
  /// the objective is from its minimum.
  func certificate(below bound: Double) -> Outcome? {
    let blocks = FixedBlocks(count: matrix.shared.rowCount, size: 64)
    var parts = [Part](repeating: Part(), count: blocks.count)
    let squares = LaneVectors(width: loss.lanes, workers: workers).dot(weights, weights)
    let sample = (0..<blocks.count).filter { $0 % 8 == 0 }
    measure(sample, of: blocks, into: &parts)
    if bound < .infinity {
      let gap = sample.reduce(0) { $0 + parts[$1].gap }
      let value = sample.reduce(0) { $0 + parts[$1].value }
      let whole = Double(blocks.count) / Double(sample.count)
      if whole * gap > bound * (whole * value + 0.5 * squares.reduce(0, +)) { return nil }
    }
    measure((0..<blocks.count).filter { $0 % 8 != 0 }, of: blocks, into: &parts)
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

  private func measure(_ numbers: [Int], of blocks: FixedBlocks, into parts: inout [Part]) {
    unsafe parts.withUnsafeMutableBufferPointer { parts in
      workers.forEach(numbers.count) { place in
        unsafe parts[numbers[place]] = measure(blocks[numbers[place]])
      }
    }
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
          unsafe loss.targets.withUnsafeBufferPointer { targets in
            for row in rows {
              let cost = loss.costs[row]
              guard cost > 0 else { continue }
              part.gap += unsafe Self.gap(
                points.baseAddress! + row &* lanes, margins.baseAddress! + (row &* lanes &- first),
                coefficients.baseAddress! + row &* lanes, targets.baseAddress! + Int(loss.labels[row]) &* lanes,
                loss.labelCount, cost: cost)
            }
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
  @inline(__always)
  @unsafe static func gap(
    _ point: UnsafePointer<Float>, _ margin: UnsafePointer<Float>, _ coefficient: UnsafePointer<Float>,
    _ target: UnsafePointer<Float>, _ count: Int, cost: Float
  ) -> Double {
    let inverse = 1 / cost
    var square: Float = 0
    var mean: Float = 0
    var largest: Float = 0
    for lane in 0..<count {
      let distance = unsafe point[lane] - margin[lane]
      let weighted = unsafe (target[lane] - coefficient[lane] * inverse) * distance
      square += weighted * distance
      mean += weighted
      largest = max(largest, abs(distance))
    }
    if largest <= Self.nearness { return 0.5 * Double(cost * (square - mean * mean)) }
    return unsafe Double(cost) * max(0, Double(mean) - growth(point, margin, count))
  }

  /// What the logarithm of the sum of exponentials grows by from one cell of margins to another; one label stands against 0.
  private static func growth(_ to: UnsafePointer<Float>, _ from: UnsafePointer<Float>, _ count: Int) -> Double {
    func logSum(_ margins: UnsafePointer<Float>) -> Double {
      let values = (0..<count).map { unsafe Double(margins[$0]) }
      return logSumExp(count == 1 ? values + [0] : values)
    }
    return unsafe logSum(to) - logSum(from)
  }

  /// Points and margins that are no farther apart than this are near.
  static let nearness: Float = 1
}
