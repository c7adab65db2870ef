internal import LinearAlgebra

/// Newton's method with conjugate gradients and a line search on cached margins.
///
/// Each step solves H·d = −g by preconditioned conjugate gradients only as exactly as the distance to the optimum
/// deserves (Nocedal & Wright, Numerical Optimization, §7.1), then halves the step until the value falls enough.
package struct NewtonCG: Sendable {
  /// The relative gap to the optimum at which to stop.
  package var tolerance: Double
  /// The largest number of Newton steps.
  package var maximumIterations: Int

  /// A method that stops at a relative gap.
  package init(tolerance: Double, maximumIterations: Int) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// What a minimization found out, apart from the parameters.
  package struct Outcome: Equatable, Sendable {
    package var iterations = 0
    package var passes = 0
    package var value = 0.0
    package var gradientNorm = 0.0
    package var relativeGap = Double.infinity
    package var converged = false
  }

  /// Moves `parameters` to the minimum of `objective`.
  package func minimize(_ objective: inout some Objective, from parameters: inout [Float]) -> Outcome {
    let count = objective.parameterCount
    precondition(parameters.count == count)
    var outcome = Outcome()
    var gradient = [Float](repeating: 0, count: count)
    var curvature = gradient
    var direction = gradient
    var residual = gradient
    var vector = gradient
    var product = gradient
    outcome.value = objective.move(to: parameters)
    var firstNorm = 0.0

    while true {
      objective.gradient(of: parameters, into: &gradient)
      outcome.passes += 1
      objective.curvature(into: &curvature)
      // Conjugate gradients for H·d = −g, with the curvature as preconditioner M.
      var squared = 0.0
      for i in 0..<count {
        residual[i] = -gradient[i]
        direction[i] = 0
        vector[i] = residual[i] / curvature[i]
        squared += Double(residual[i] * vector[i])
      }
      outcome.gradientNorm = Double(BLAS.dot(gradient, gradient)).squareRoot()
      outcome.relativeGap = 0.5 * squared / max(abs(outcome.value), .leastNormalMagnitude)
      if outcome.iterations == 0 { firstNorm = squared.squareRoot() }
      if outcome.relativeGap <= tolerance || outcome.value == 0 {
        outcome.converged = true
        return outcome
      }
      if outcome.iterations == maximumIterations { return outcome }

      let forcing = min(0.25, (squared.squareRoot() / firstNorm).squareRoot())
      // No use in solving far beyond the gap that ends the search.
      let goal = max(forcing * forcing * squared, 0.1 * tolerance * abs(outcome.value))
      objective.beginDirection()
      for _ in 0..<200 {
        objective.hessianProduct(vector, into: &product)
        outcome.passes += 1
        let bend = Double(BLAS.dot(vector, product))
        guard bend > 0 else { break }
        let step = Float(squared / bend)
        BLAS.axpy(step, vector, into: &direction)
        objective.extendDirection(by: step)
        var next = 0.0
        for i in 0..<count {
          residual[i] -= step * product[i]
          next += Double(residual[i] * residual[i] / curvature[i])
        }
        let ratio = Float(next / squared)
        squared = next
        if squared <= goal { break }
        for i in 0..<count { vector[i] = residual[i] / curvature[i] + ratio * vector[i] }
      }

      let slope = Double(BLAS.dot(gradient, direction))
      objective.beginLine(from: parameters, along: direction)
      var step = 1.0
      var value = objective.value(at: step)
      while !(value <= outcome.value + 1e-4 * step * slope) && step > 1e-6 {
        step *= 0.5
        value = objective.value(at: step)
      }
      guard value < outcome.value else { return finished(outcome) }
      objective.advance(by: step)
      BLAS.axpy(Float(step), direction, into: &parameters)
      outcome.value = value
      outcome.iterations += 1
    }
  }

  /// No step lowers the value any more: the limit of `Float` is reached, which is convergence if the gap is small.
  private func finished(_ outcome: Outcome) -> Outcome {
    var outcome = outcome
    outcome.converged = outcome.relativeGap <= max(tolerance, 1e-6)
    return outcome
  }
}
