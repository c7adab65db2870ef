internal import LinearAlgebra
internal import Optimization

extension PathAscent {
  /// What each model has reached: one pass over the data. See `DualAscent.certificate`.
  func certificates() -> [Outcome] {
    let models = loss.models
    let lanes = loss.lanes
    let width = loss.width
    var values = [Double](repeating: 0, count: models)
    var gaps = values
    let blocks = FixedBlocks(count: matrix.shared.rowCount, size: 64)
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
                      for block in 0..<blocks.count {
                        let rows = blocks[block]
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
    let squares = LaneVectors(width: width, workers: Workers(threads: 1)).dot(weights, weights)
    return (0..<models).map { model in
      var outcome = Outcome()
      outcome.value = values[model] + 0.5 * squares[model * lanes..<(model + 1) * lanes].reduce(0, +)
      outcome.relativeGap = gaps[model] / max(outcome.value, .leastNormalMagnitude)
      return outcome
    }
  }
}
