internal import Foundation
internal import LinearAlgebra

extension DualAscent {
  /// Changes to the same problem at another C, close to its optimum if this one's was reached.
  ///
  /// Points go on as they went from the C before to this one; the first time they stay. (The values of C are thought to
  /// be equally far apart in their logarithms.) Then the intercepts are shifted until the coefficients add up to nearly
  /// nothing, as they do at the optimum; otherwise the first epoch would swing them.
  mutating func `continue`(with loss: RowLoss) {
    self.loss = loss
    for row in lengths.indices { lengths[row] -= spring }
    spring = Self.spring(of: lengths, loss.costs)
    for row in lengths.indices { lengths[row] += spring }
    let now = points
    let nowIntercepts = centre
    intercepts = centre
    if !previous.isEmpty {
      for cell in points.indices { points[cell] += now[cell] - previous[cell] }
      for lane in 0..<loss.labelCount { intercepts[lane] += centre[lane] - previousIntercepts[lane] }
    }
    previous = now
    previousIntercepts = nowIntercepts
    let (costs, before) = setCoefficients()
    var shifts = (0..<loss.lanes).map { $0 < loss.labelCount ? Float(log(costs[$0] / before[$0])) : 0 }
    if loss.lanes == 1 { shifts[0] -= Float(log(costs[1] / before[1])) }
    for lane in 0..<loss.labelCount { intercepts[lane] += shifts[lane] }
    for cell in points.indices { points[cell] += shifts[cell % loss.lanes] }
    let (given, found) = setCoefficients()
    // Intercepts are the centre plus spring times the sum of all coefficients.
    centre = intercepts
    for lane in 0..<loss.labelCount { centre[lane] -= spring * Float(given[lane] - found[lane]) }
    unsafe weights.withUnsafeMutableBufferPointer { weights in
      unsafe weights.update(repeating: 0)
      unsafe coefficients.withUnsafeBufferPointer { coefficients in
        unsafe matrix.shared.scatter(
          rows: 0..<matrix.shared.rowCount, coefficients: coefficients.baseAddress!, lanes: loss.lanes,
          into: weights.baseAddress!)
      }
    }
    if shares > 1 { copies = weights + weights }
  }

  /// Makes every coefficient that of its row's point; returns the labels' costs and the costs that the points give them,
  /// for two labels in one lane those of label 1 and label 0.
  private mutating func setCoefficients() -> (given: [Double], found: [Double]) {
    let lanes = loss.lanes
    let rows = loss.labels.count
    var given = [Double](repeating: 0, count: max(lanes, 2))
    var found = given
    unsafe points.withUnsafeBufferPointer { points in
      unsafe coefficients.withUnsafeMutableBufferPointer { coefficients in
        unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: 1) { total in
          unsafe total[0] = 0
          unsafe loss.evaluate(
            rows: 0..<rows, margins: points.baseAddress!, slopes: points.baseAddress!, steps: [0],
            probabilities: coefficients.baseAddress!, totals: total.baseAddress!)
        }
        for row in 0..<rows {
          let cost = loss.costs[row]
          let label = Int(loss.labels[row])
          given[lanes == 1 ? 1 - label : label] += Double(cost)
          if lanes == 1 { unsafe found[1] += Double(cost * (1 - coefficients[row])) }
          for lane in 0..<lanes {
            let cell = row &* lanes &+ lane
            let share = unsafe coefficients[cell]
            found[lane] += Double(cost * share)
            let target: Float = lanes == 1 ? Float(label) : lane == label ? 1 : 0
            unsafe coefficients[cell] = cost * (target - share)
          }
        }
      }
    }
    return (given, found)
  }
}
