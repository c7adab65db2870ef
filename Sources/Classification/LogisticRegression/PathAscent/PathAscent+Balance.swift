internal import Foundation
internal import LinearAlgebra

extension PathAscent {
  /// Makes every coefficient that of its cell's point, after shifting points and intercepts until the shares that a label
  /// has add up to its costs, but for the second order.
  mutating func balance() {
    let lanes = loss.lanes
    let models = loss.models
    let width = loss.width
    let used = loss.labelCount
    setShares()
    // What each label's statements cost in all, and what the points give it.
    let (whole, given, found) = sums()
    var shifts = [Float](repeating: 0, count: width)
    for model in 0..<models where counts[model] > 0 {
      for lane in model * lanes..<model * lanes + used {
        shifts[lane] = Float(log(given[lane] / found[lane]))
        if lanes == 1 { shifts[lane] -= Float(log((whole[model] - given[lane]) / (whole[model] - found[lane]))) }
        intercepts[lane] += shifts[lane]
      }
    }
    let reached = shift(by: shifts)
    // Intercepts are the centre plus spring times the sum of all coefficients.
    centre = intercepts
    for model in 0..<models {
      for lane in model * lanes..<model * lanes + used {
        centre[lane] -= springs[model] * Float(given[lane] - reached[lane])
      }
    }
  }

  /// Writes the labels' shares at all points where the coefficients are.
  private mutating func setShares() {
    var totals = [Double](repeating: 0, count: loss.models)
    let steps = [Float](repeating: 0, count: loss.models)
    unsafe points.withUnsafeMutableBufferPointer { points in
      unsafe coefficients.withUnsafeMutableBufferPointer { shares in
        unsafe totals.withUnsafeMutableBufferPointer { totals in
          unsafe loss.evaluate(
            rows: 0..<loss.labels.count, margins: points.baseAddress!, slopes: points.baseAddress!, steps: steps,
            probabilities: shares.baseAddress!, totals: totals.baseAddress!)
        }
      }
    }
  }

  /// Each model's costs, and for each lane what its label's statements cost and what the shares, which lie where the
  /// coefficients are, give it.
  private func sums() -> (whole: [Double], given: [Double], found: [Double]) {
    let (lanes, models, width, used) = (loss.lanes, loss.models, loss.width, loss.labelCount)
    var whole = [Double](repeating: 0, count: models)
    var given = [Double](repeating: 0, count: width)
    var found = given
    unsafe whole.withUnsafeMutableBufferPointer { whole in
      unsafe given.withUnsafeMutableBufferPointer { given in
        unsafe found.withUnsafeMutableBufferPointer { found in
          unsafe coefficients.withUnsafeBufferPointer { shares in
            unsafe loss.costs.withUnsafeBufferPointer { costs in
              unsafe loss.targets.withUnsafeBufferPointer { targets in
                for row in 0..<loss.labels.count {
                  let target = Int(loss.labels[row]) &* lanes
                  for model in 0..<models {
                    let cost = unsafe costs[row &* models &+ model]
                    guard cost > 0 else { continue }
                    unsafe whole[model] += Double(cost)
                    for lane in 0..<used {
                      let place = model &* lanes &+ lane
                      unsafe given[place] += Double(cost * targets[target &+ lane])
                      unsafe found[place] += Double(cost * shares[row &* width &+ place])
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return (whole, given, found)
  }

  /// Shifts the points of all cells that count and turns their shares into coefficients; returns what the shares give each
  /// lane's label after that.
  private mutating func shift(by shifts: [Float]) -> [Double] {
    let (lanes, models, width, used) = (loss.lanes, loss.models, loss.width, loss.labelCount)
    // Margins that are shifted by s have their shares multiplied by exp s, and made to add up to 1 again.
    let factors = shifts.map { exp($0) }
    var found = [Double](repeating: 0, count: width)
    let loss = loss
    unsafe found.withUnsafeMutableBufferPointer { found in
      unsafe coefficients.withUnsafeMutableBufferPointer { coefficients in
        unsafe points.withUnsafeMutableBufferPointer { points in
          unsafe loss.costs.withUnsafeBufferPointer { costs in
            unsafe loss.targets.withUnsafeBufferPointer { targets in
              unsafe shifts.withUnsafeBufferPointer { shifts in
                unsafe factors.withUnsafeBufferPointer { factors in
                  for row in 0..<loss.labels.count {
                    let target = Int(loss.labels[row]) &* lanes
                    for model in 0..<models {
                      let cost = unsafe costs[row &* models &+ model]
                      let first = model &* lanes
                      let cell = row &* width &+ first
                      guard cost > 0 else {
                        for lane in 0..<lanes { unsafe coefficients[cell &+ lane] = 0 }
                        continue
                      }
                      var sum = unsafe lanes == 1 ? 1 - coefficients[cell] : 0
                      for lane in 0..<used { unsafe sum += coefficients[cell &+ lane] * factors[first &+ lane] }
                      let scale = 1 / sum
                      for lane in 0..<used {
                        let share = unsafe coefficients[cell &+ lane] * factors[first &+ lane] * scale
                        unsafe found[first &+ lane] += Double(cost * share)
                        unsafe coefficients[cell &+ lane] = cost * (targets[target &+ lane] - share)
                        unsafe points[cell &+ lane] += shifts[first &+ lane]
                      }
                      for lane in used..<lanes { unsafe coefficients[cell &+ lane] = 0 }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return found
  }
}
