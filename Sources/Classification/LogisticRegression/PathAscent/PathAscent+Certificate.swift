internal import LinearAlgebra
internal import Optimization

extension PathAscent {
  /// What each of the `asking` models has reached: one pass over the data; nil where an eighth of the rows tell that the gap
  /// is above the model's bound. See `DualAscent.certificate`.
  func certificates(of asking: [Int], below bounds: [Double]) -> [Outcome?] {
    let models = loss.models
    let lanes = loss.lanes
    let width = loss.width
    var values = [Double](repeating: 0, count: models)
    var gaps = values
    let squares = LaneVectors(width: width, workers: Workers(threads: 1)).dot(weights, weights)
    let penalties = (0..<models).map { 0.5 * squares[$0 * lanes..<($0 + 1) * lanes].reduce(0, +) }
    let blocks = FixedBlocks(count: matrix.shared.rowCount, size: 64)
    let sampled = (blocks.count + 7) / 8
    // An eighth of the blocks, evenly spread, and then the others.
    let order = (0..<blocks.count).filter { $0 % 8 == 0 } + (0..<blocks.count).filter { $0 % 8 != 0 }
    let whole = Double(blocks.count) / Double(sampled)
    var mayEnd = (0..<models).map { asking.contains($0) }
    var margins = [Float](repeating: 0, count: 64 * width)
    var shares = margins
    let steps = [Float](repeating: 0, count: models)
    unsafe margins.withUnsafeMutableBufferPointer { margins in
      unsafe shares.withUnsafeMutableBufferPointer { shares in
        unsafe values.withUnsafeMutableBufferPointer { values in
          unsafe weights.withUnsafeBufferPointer { weights in
            unsafe coefficients.withUnsafeBufferPointer { coefficients in
              unsafe points.withUnsafeBufferPointer { points in
                unsafe loss.costs.withUnsafeBufferPointer { costs in
                  unsafe loss.targets.withUnsafeBufferPointer { targets in
                    unsafe gaps.withUnsafeMutableBufferPointer { gaps in
                      for place in 0..<blocks.count {
                        if place == sampled {
                          for model in asking {
                            mayEnd[model] =
                              unsafe !(whole * gaps[model] > bounds[model] * (whole * values[model] + penalties[model]))
                          }
                          if !mayEnd.contains(true) { break }
                        }
                        let rows = blocks[order[place]]
                        let first = rows.lowerBound * width
                        unsafe matrix.shared.gather(
                          rows: rows, weights: weights.baseAddress!, lanes: width, start: centre,
                          into: margins.baseAddress!)
                        for (place, row) in rows.enumerated() where !matrix.own.isEmpty {
                          let own = matrix.own[row]
                          for lane in 0..<width {
                            let weight = unsafe own * coefficients[row &* width &+ lane]
                            unsafe margins[place &* width &+ lane] += own * weight
                            unsafe values[lane / lanes] += 0.5 * Double(weight * weight)
                          }
                        }
                        let start = unsafe margins.baseAddress! - first
                        unsafe loss.evaluate(
                          rows: rows, margins: start, slopes: start, steps: steps,
                          probabilities: shares.baseAddress! - first, totals: values.baseAddress!)
                        for row in rows {
                          for model in 0..<models {
                            let cost = unsafe costs[row &* models &+ model]
                            guard cost > 0 else { continue }
                            let cell = row &* width &+ model &* lanes
                            unsafe gaps[model] += DualAscent.gap(
                              points.baseAddress! + cell, margins.baseAddress! + (cell - first),
                              coefficients.baseAddress! + cell, targets.baseAddress! + Int(loss.labels[row]) &* lanes,
                              loss.labelCount, cost: cost)
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return (0..<models).map { model in
      guard mayEnd[model] else { return nil }
      var outcome = Outcome()
      outcome.value = values[model] + penalties[model]
      outcome.relativeGap = gaps[model] / max(outcome.value, .leastNormalMagnitude)
      return outcome
    }
  }
}
