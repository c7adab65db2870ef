/// How an optimization ended.
public struct ConvergenceRecord: Codable, Equatable, Sendable {
  /// Outer iterations (Newton steps, or proximal gradient steps).
  public var iterations: Int
  /// Passes over the data: gradients and Hessian products.
  public var passes: Int
  /// The value of the objective at the result.
  public var objective: Double
  /// The Euclidean norm of the gradient at the result (of the smallest subgradient under an L1 penalty).
  public var gradientNorm: Double
  /// An estimate of (objective − optimum) / optimum.
  public var relativeGap: Double
  /// Whether `relativeGap` reached the tolerance.
  public var converged: Bool
  /// Wall-clock seconds from the start of the fit.
  public var seconds: Double

  /// A record of one optimization.
  public init(
    iterations: Int, passes: Int, objective: Double, gradientNorm: Double, relativeGap: Double, converged: Bool,
    seconds: Double
  ) {
    self.iterations = iterations
    self.passes = passes
    self.objective = objective
    self.gradientNorm = gradientNorm
    self.relativeGap = relativeGap
    self.converged = converged
    self.seconds = seconds
  }

  /// What to do about a fit that did not converge; nil if it did.
  public var warning: String? {
    guard !converged else { return nil }
    return "training stopped after \(iterations) iterations at an estimated relative gap of \(relativeGap) to the "
      + "optimum; allow more iterations (--max-iter), a larger tolerance (--tol), or a smaller C (--C)"
  }
}
