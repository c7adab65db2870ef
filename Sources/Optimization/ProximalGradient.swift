package import LinearAlgebra

/// Accelerated proximal gradients with a diagonal metric, for an objective with an L1 penalty on top.
///
/// Every step minimizes the linearized objective plus ½·scale·Σ bound·move² plus the penalty, which has a closed form
/// for each parameter; momentum is dropped whenever it points uphill (Beck & Teboulle 2009; O'Donoghue & Candès 2015).
package struct ProximalGradient: Sendable {
  /// The relative gap to the optimum at which to stop.
  package var tolerance: Double
  /// The largest number of steps.
  package var maximumIterations: Int

  /// Is told how near the model is to its optimum.
  package var progress: WorkProgress

  /// A method that stops at a relative gap.
  package init(tolerance: Double, maximumIterations: Int, progress: WorkProgress = .ignored) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.progress = progress
  }

  /// Moves `parameters` to the minimum of `objective` + threshold · Σ |parameter| over all rows but `unpenalized`.
  package func minimize(
    _ objective: inout some Objective, threshold: Float, unpenalized: Int, from parameters: inout [Float]
  ) -> Outcome {
    precondition(objective.models == 1, "one model at a time")
    let width = objective.width
    let count = objective.rowCount * width
    precondition(parameters.count == count)
    let free = unpenalized * width..<(unpenalized + 1) * width
    let bound = objective.curvatureBound()
    var outcome = Outcome()
    var gradient = [Float](repeating: 0, count: count)
    var point = parameters
    var next = parameters
    var momentum = 1.0
    // The bound is far too careful for most data: begin below it, and go back up where the model proves too low.
    var scale: Float = 1 / 16
    func absoluteSum(_ vector: [Float]) -> Double {
      var sum = 0.0
      for i in 0..<count { sum += Double(abs(vector[i])) }
      for i in free { sum -= Double(abs(vector[i])) }
      return Double(threshold) * sum
    }
    var smooth = objective.move(to: point)[0]
    var best = smooth + absoluteSum(parameters)
    var windowStart = best
    var bestParameters = parameters
    var firstGap: Double?

    while outcome.iterations < maximumIterations {
      objective.gradient(of: point, into: &gradient)
      outcome.passes += 1
      var value = 0.0
      while true {
        var model = smooth
        for i in 0..<count {
          let weight = scale * bound[i / width]
          var moved = point[i] - gradient[i] / weight
          if !free.contains(i) {
            let shrink = threshold / weight
            moved = moved > shrink ? moved - shrink : moved < -shrink ? moved + shrink : 0
          }
          next[i] = moved
          let change = Double(moved) - Double(point[i])
          model += change * (Double(gradient[i]) + 0.5 * Double(weight) * change)
        }
        value = objective.move(to: next)[0]
        outcome.passes += 1
        if value <= model + 1e-9 * abs(model) || scale >= 1 { break }
        scale = min(1, 2 * scale)
      }
      var uphill = 0.0
      for i in 0..<count {
        let back = Double(scale * bound[i / width]) * Double(point[i] - next[i])
        uphill += back * Double(next[i] - parameters[i])
      }
      outcome.iterations += 1
      let total = value + absoluteSum(next)
      if total < best {
        best = total
        bestParameters = next
      }
      // A linear rate: what twenty steps still gain tells how far the optimum is.
      if outcome.iterations % 20 == 0 {
        outcome.relativeGap = (windowStart - best) / max(abs(best), .leastNormalMagnitude)
        windowStart = best
        progress.update(gap: outcome.relativeGap, from: firstGap ?? outcome.relativeGap, to: 0.1 * tolerance)
        firstGap = firstGap ?? outcome.relativeGap
        if outcome.relativeGap <= 0.1 * tolerance {
          outcome.converged = true
          break
        }
      }
      if uphill > 0 { momentum = 1 }
      let following = (1 + (1 + 4 * momentum * momentum).squareRoot()) / 2
      let carry = uphill > 0 ? 0 : Float((momentum - 1) / following)
      for i in 0..<count {
        point[i] = next[i] + carry * (next[i] - parameters[i])
        parameters[i] = next[i]
      }
      momentum = following
      smooth = carry == 0 ? value : objective.move(to: point)[0]
    }
    parameters = bestParameters
    outcome.value = best
    return outcome
  }
}
