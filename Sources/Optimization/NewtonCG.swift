package import LinearAlgebra

/// What a minimization found out about one model, apart from its parameters.
package struct Outcome: Equatable, Sendable {
  /// Outer iterations.
  package var iterations = 0
  /// Passes over the data.
  package var passes = 0
  /// The objective.
  package var value = 0.0
  /// An estimate of (value − minimum) / minimum.
  package var relativeGap = Double.infinity
  /// Whether the gap reached the tolerance, or what rounding leaves of it.
  package var converged = false
  /// Whether rounding lets it get no nearer.
  package var isAtRounding = false

  /// Nothing found out yet.
  package init() {}
}

/// Newton's method with conjugate gradients and a line search on cached margins, for several models in step.
///
/// Each step solves H·d = −g by preconditioned conjugate gradients only as exactly as the distance to the optimum
/// deserves (Nocedal & Wright, Numerical Optimization, §7.1), then halves the step until the value falls enough. Models
/// share every pass over the data, but each has its own step lengths; one that is done stays where it is.
package struct NewtonCG: Sendable {
  /// The relative gap to the optimum at which to stop.
  package var tolerance: Double
  /// The largest number of Newton steps.
  package var maximumIterations: Int

  /// Is told how near the models are to their optimum.
  package var progress: WorkProgress

  /// A method that stops at a relative gap.
  package init(tolerance: Double, maximumIterations: Int, progress: WorkProgress = .ignored) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.progress = progress
  }

  /// Moves `parameters` to the minimum of every model of `objective`.
  package func minimize(
    _ objective: inout some Objective, from parameters: inout [Float], workers: Workers
  ) -> [Outcome] {
    let count = objective.rowCount * objective.width
    precondition(parameters.count == count)
    let lanes = LaneVectors(width: objective.width, workers: workers)
    let models = 0..<objective.models
    let metric = objective.metric()
    var outcomes = models.map { _ in Outcome() }
    var open = models.map { _ in true }
    var firstSquares = models.map { _ in 0.0 }
    var lastGaps = models.map { _ in Double.infinity }
    var direction = [Float](repeating: 0, count: count)
    var residual = [Float](repeating: 0, count: count)
    var vector = [Float](repeating: 0, count: count)
    var product = [Float](repeating: 0, count: count)
    for (model, value) in objective.move(to: parameters).enumerated() { outcomes[model].value = value }
    var firstGap: Double?
    let zeroes = [Float](repeating: 0, count: objective.width)
    let minusOnes = [Float](repeating: -1, count: objective.width)

    while true {
      objective.gradient(of: parameters, into: &product)
      // residual = −gradient, direction = 0, vector = metric·residual
      lanes.clear(&residual)
      lanes.add(minusOnes, product, into: &residual)
      lanes.clear(&direction)
      lanes.turn(ratios: zeroes, residual: residual, metric: metric, vector: &vector)
      var squares = objective.perModel(lanes.dot(residual, vector))
      for model in models where open[model] {
        outcomes[model].passes += 1
        let value = max(abs(outcomes[model].value), .leastNormalMagnitude)
        outcomes[model].relativeGap = 0.5 * squares[model] / value
        if outcomes[model].iterations == 0 { firstSquares[model] = squares[model] }
        if outcomes[model].relativeGap <= tolerance {
          outcomes[model].converged = true
          open[model] = false
        } else if outcomes[model].relativeGap > 0.5 * lastGaps[model] && outcomes[model].relativeGap < 1e-6 {
          // The rounding of `Float` margins, not the optimizer, sets the limit here.
          outcomes[model].converged = true
          open[model] = false
        } else if outcomes[model].iterations >= maximumIterations {
          open[model] = false
        }
        lastGaps[model] = outcomes[model].relativeGap
      }
      let gap = outcomes.reduce(0) { max($0, $1.relativeGap) }
      progress.update(gap: gap, from: firstGap ?? gap, to: tolerance)
      firstGap = firstGap ?? gap
      guard open.contains(true) else { return outcomes }

      // Conjugate gradients for H·d = −g; a model leaves when its residual is small enough.
      var solving = open
      let goals = models.map { model in
        let forcing = min(Self.loosest, (squares[model] / firstSquares[model]).squareRoot())
        return max(forcing * squares[model], tolerance * abs(outcomes[model].value))
      }
      objective.beginDirection()
      // gradient · direction: every vector of the method has the product −squares with the first gradient.
      var slopes = models.map { _ in 0.0 }
      for _ in 0..<250 {
        let bends = objective.perModel(objective.hessianProduct(vector, into: &product))
        for model in models where solving[model] {
          outcomes[model].passes += 1
          if !(bends[model] > 0) { solving[model] = false }
        }
        let steps = objective.perLane(models.map { solving[$0] ? squares[$0] / bends[$0] : 0 })
        objective.extendDirection(by: steps)
        let next = objective.perModel(
          lanes.descend(
            steps: steps, vector: vector, product: product, metric: metric, direction: &direction,
            residual: &residual))
        var ratios = models.map { _ in 0.0 }
        for model in models where solving[model] {
          slopes[model] -= squares[model] * squares[model] / bends[model]
          ratios[model] = next[model] / squares[model]
          squares[model] = next[model]
          if next[model] <= goals[model] { solving[model] = false }
        }
        guard solving.contains(true) else { break }
        lanes.turn(ratios: objective.perLane(ratios), residual: residual, metric: metric, vector: &vector)
      }

      objective.beginLine(from: parameters, along: direction)
      var steps = open.map { $0 ? 1.0 : 0.0 }
      var values = objective.values(at: steps)
      while true {
        var again = false
        for model in models where open[model] && steps[model] > 1e-9 {
          // Below the precision of the value there is nothing to compare, and Newton's own step is right.
          if -slopes[model] < 1e-7 * abs(outcomes[model].value) { continue }
          if !(values[model] <= outcomes[model].value + 1e-4 * steps[model] * slopes[model]) {
            steps[model] = steps[model] > 1e-8 ? steps[model] / 2 : 0
            again = true
          }
        }
        guard again else { break }
        values = objective.values(at: steps)
      }
      objective.advance(by: steps)
      lanes.add(objective.perLane(steps), direction, into: &parameters)
      for model in models where open[model] {
        outcomes[model].value = values[model]
        outcomes[model].iterations += 1
        if steps[model] == 0 { open[model] = false }
      }
    }
  }

  /// The largest share of the squared residual that a step's conjugate gradients may leave.
  private static let loosest = 0.0625
}
