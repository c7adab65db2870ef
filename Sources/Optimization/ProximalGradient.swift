internal import LinearAlgebra

/// Accelerated proximal gradients with a diagonal metric, for objectives with an L1 penalty on top.
///
/// Every step minimizes the linearized objective plus ½·scale·Σ metric·move² plus the penalty, which has a closed form
/// for each parameter; momentum is dropped whenever it points uphill (Beck & Teboulle 2009; O'Donoghue & Candès 2015).
package struct ProximalGradient: Sendable {
  /// The relative gap to the optimum at which to stop.
  package var tolerance: Double
  /// The largest number of steps.
  package var maximumIterations: Int

  /// A method that stops at a relative gap.
  package init(tolerance: Double, maximumIterations: Int) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// Moves `parameters` to the minimum of `objective` + threshold · Σ |parameter| over the first `penalized` ones.
  package func minimize(
    _ objective: inout some Objective, threshold: Float, penalized: Int, from parameters: inout [Float]
  ) -> NewtonCG.Outcome {
    let count = objective.parameterCount
    precondition(parameters.count == count && penalized <= count)
    var outcome = NewtonCG.Outcome()
    var metric = [Float](repeating: 0, count: count)
    objective.curvatureBound(into: &metric)
    var gradient = [Float](repeating: 0, count: count)
    var point = parameters
    var next = parameters
    var momentum = 1.0
    // The bound is far too careful for most data: begin below it, and go back up where the model proves too low.
    var scale: Float = 1 / 16
    var smooth = objective.move(to: point)
    outcome.value = smooth + Double(threshold) * Self.absoluteSum(parameters, penalized)
    var windowStart = outcome.value
    var best = outcome.value
    var bestParameters = parameters

    while outcome.iterations < maximumIterations {
      objective.gradient(of: point, into: &gradient)
      outcome.passes += 1
      var value = 0.0
      while true {
        var model = smooth
        for i in 0..<count {
          let weight = scale * metric[i]
          var moved = point[i] - gradient[i] / weight
          if i < penalized {
            let shrink = threshold / weight
            moved = moved > shrink ? moved - shrink : moved < -shrink ? moved + shrink : 0
          }
          next[i] = moved
          let change = Double(moved) - Double(point[i])
          model += change * (Double(gradient[i]) + 0.5 * Double(weight) * change)
        }
        value = objective.move(to: next)
        outcome.passes += 1
        if value <= model + 1e-9 * abs(model) || scale >= 1 { break }
        scale = min(1, 2 * scale)
      }
      var uphill = 0.0
      var squared = 0.0
      for i in 0..<count {
        let back = Double(scale * metric[i]) * Double(point[i] - next[i])
        uphill += back * Double(next[i] - parameters[i])
        squared += back * back
      }
      outcome.gradientNorm = squared.squareRoot()
      outcome.iterations += 1
      let total = value + Double(threshold) * Self.absoluteSum(next, penalized)
      if total < best {
        best = total
        bestParameters = next
      }
      // A linear rate: what twenty steps still gain tells how far the optimum is.
      if outcome.iterations % 20 == 0 {
        outcome.relativeGap = (windowStart - best) / max(abs(best), .leastNormalMagnitude)
        windowStart = best
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
      smooth = carry == 0 ? value : objective.move(to: point)
    }
    parameters = bestParameters
    outcome.value = best
    return outcome
  }

  private static func absoluteSum(_ parameters: [Float], _ count: Int) -> Double {
    var sum = 0.0
    for i in 0..<count { sum += Double(abs(parameters[i])) }
    return sum
  }
}
