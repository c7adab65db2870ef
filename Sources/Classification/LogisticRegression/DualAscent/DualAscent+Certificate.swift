internal import Foundation
internal import LinearAlgebra
internal import Optimization

extension DualAscent {
  /// What the ascent has reached: one pass over the data, or an eighth of one if the rows in it tell that the gap, relative to the
  /// objective, is above a bound.
  ///
  /// The duality gap is Σ cost·KL(softmax zᵢ ‖ softmax mᵢ) with the margins mᵢ that the weights give now; it bounds how far
  /// the objective is from its minimum.
  func certificate(below bound: Double) -> Certificate {
    let blocks = FixedBlocks(count: matrix.shared.rowCount, size: 64)
    var parts = [Part](repeating: Part(), count: blocks.count)
    let squares = weights.squares(rows, width: loss.lanes, workers)
    let sample = (0..<blocks.count).filter { $0 % 8 == 0 }
    measure(sample, of: blocks, into: &parts)
    if bound < .infinity {
      let gap = sample.reduce(0) { $0 + parts[$1].gap }
      let value = sample.reduce(0) { $0 + parts[$1].value }
      let whole = Double(blocks.count) / Double(sample.count)
      let estimate = whole * value + 0.5 * squares.reduce(0, +)
      if whole * gap > bound * estimate { return .tooFar(value: estimate) }
    }
    measure((0..<blocks.count).filter { $0 % 8 != 0 }, of: blocks, into: &parts)
    var outcome = Outcome()
    outcome.value = parts.reduce(0) { $0 + $1.value } + 0.5 * squares.reduce(0, +)
    outcome.relativeGap = parts.reduce(0) { $0 + $1.gap } / max(outcome.value, .leastNormalMagnitude)
    return .measured(outcome)
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
    unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count * lanes) { margins in
      unsafe weights.sparse.withUnsafeBufferPointer { weights in
        if lanes == 1, matrix.shared.entryCount > 0 {
          unsafe gatherOne(rows, weights.baseAddress!, into: margins.baseAddress!)
        } else if lanes == 8, unsafe weights.count > AscentSteps.nearWeights, matrix.shared.entryCount > 0 {
          unsafe gatherFar(rows, weights.baseAddress!, into: margins.baseAddress!)
        } else {
          unsafe matrix.shared.gather(
            rows: rows, weights: weights.baseAddress!, lanes: lanes, start: centre, into: margins.baseAddress!)
        }
      }
      unsafe weights.addMargins(of: rows, self.rows, width: lanes, to: margins.baseAddress!)
      if !matrix.own.isEmpty {
        for (place, row) in rows.enumerated() {
          let own = matrix.own[row]
          for lane in 0..<lanes {
            let weight = own * coefficients[row * lanes + lane]
            unsafe margins[place * lanes + lane] += own * weight
            part.value += 0.5 * Double(weight * weight)
          }
        }
      }
      unsafe points.withUnsafeBufferPointer { points in
        unsafe coefficients.withUnsafeBufferPointer { coefficients in
          unsafe withUnsafeMutablePointer(to: &part.value) { value in
            unsafe withUnsafeMutablePointer(to: &part.gap) { gap in
              unsafe Self.measure(
                rows, loss, margins: margins.baseAddress! - first, points: points.baseAddress!,
                coefficients: coefficients.baseAddress!, values: value, gaps: gap)
            }
          }
        }
      }
    }
    return part
  }

  /// The margins of rows under the weights of two labels, as `AscentSteps` takes them.
  @unsafe private func gatherOne(
    _ rows: Range<Int>, _ weights: UnsafePointer<Float>, into margins: UnsafeMutablePointer<Float>
  ) {
    let last = rows.upperBound &- 1
    unsafe matrix.shared.withRowEntries { entries in
      for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
        let four = (row, min(row &+ 1, last), min(row &+ 2, last), min(row &+ 3, last))
        let sums = unsafe entries.gather(four, weights, asking: four)
        for place in 0..<min(4, rows.upperBound &- row) {
          unsafe margins[row &+ place &- rows.lowerBound] = centre[0] + sums[place]
        }
      }
    }
  }

  /// The margins of rows where eight lanes of weights fit no near cache: asked for ahead as in `AscentSteps`.
  @unsafe private func gatherFar(
    _ rows: Range<Int>, _ weights: UnsafePointer<Float>, into margins: UnsafeMutablePointer<Float>
  ) {
    unsafe centre.withUnsafeBytes { centre in
      let start = unsafe centre.loadUnaligned(as: SIMD8<Float>.self)
      unsafe matrix.shared.withRowEntries { entries in
        for (place, row) in rows.enumerated() {
          let out = unsafe margins + 8 &* place
          unsafe entries.gather(
            row, weights, lanes: 8, asking: row, before: min(row + 1, rows.upperBound - 1), isFar: true, into: out)
          let sum = unsafe UnsafeRawPointer(out).loadUnaligned(as: SIMD8<Float>.self)
          unsafe UnsafeMutableRawPointer(out).storeBytes(of: start + sum, as: SIMD8<Float>.self)
        }
      }
    }
  }

  // One row's part of the gap is cost·KL(softmax z ‖ softmax m). It is taken to second order where z and m are near, since in
  // `Float` the exact one is then a difference of equals; exact where they are not: at a z whose shares are all 0 or 1 the
  // second order sees no gap at all.

  /// The exact part of a row of two labels.
  static func gap(_ point: Float, _ margin: Float, share: Float, cost: Float) -> Double {
    let growth = logSumExp([Double(point), 0]) - logSumExp([Double(margin), 0])
    return Double(cost) * max(0, Double(share * (point - margin)) - growth)
  }

  /// The exact part of a row of several labels, given the mean distance from margins to points.
  @unsafe static func gap(
    _ point: UnsafePointer<Float>, _ margin: UnsafePointer<Float>, mean: Float, _ count: Int, cost: Float
  ) -> Double {
    func logSum(_ margins: UnsafePointer<Float>) -> Double {
      logSumExp((0..<count).map { unsafe Double(margins[$0]) })
    }
    return unsafe Double(cost) * max(0, Double(mean) - (logSum(point) - logSum(margin)))
  }

  /// Points and margins that are no farther apart than this are near.
  static let nearness: Float = 1
}
