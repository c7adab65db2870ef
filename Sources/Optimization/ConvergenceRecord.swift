internal import Foundation

/// How an optimization ended.
public struct ConvergenceRecord: Codable, Equatable, Sendable {
  /// Outer iterations (epochs of dual ascent, Newton steps).
  public var iterations: Int
  /// Passes over the data: epochs, gradients, Hessian products, sweeps over columns.
  public var passes: Int
  /// The value of the objective at the result.
  public var objective: Double
  /// An estimate of (objective − optimum) / optimum.
  public var relativeGap: Double
  /// Whether `relativeGap` reached the tolerance, or, below a millionth, all that single-precision margins can tell.
  public var converged: Bool
  /// Whether it ended because rounding lets it get no nearer, so that more iterations would be of no use.
  public var isAtRounding: Bool
  /// Wall-clock seconds from the start of the fit.
  public var seconds: Double

  /// A record of one optimization.
  public init(
    iterations: Int, passes: Int, objective: Double, relativeGap: Double, converged: Bool,
    isAtRounding: Bool = false, seconds: Double
  ) {
    self.iterations = iterations
    self.passes = passes
    self.objective = objective
    self.relativeGap = relativeGap
    self.converged = converged
    self.isAtRounding = isAtRounding
    self.seconds = seconds
  }

  /// What to do about a fit that did not converge; nil if it did.
  public var warning: String? {
    guard !converged else { return nil }
    guard relativeGap.isFinite else {
      return
        "training stopped after \(iterations) iterations where numbers overflow; give a smaller C (--C) or smaller "
        + "weights"
    }
    let digits = Int(-log10(max(relativeGap, 1e-30)).rounded(.down)) + 2
    let unit = pow(10, Double(max(1, digits)))
    let rounded = (relativeGap * unit).rounded() / unit
    return "training stopped after \(iterations) iterations at an estimated relative gap of \(rounded) to the "
      + (isAtRounding
        ? "optimum, which single precision gets no nearer; allow a larger tolerance (--tol), or a smaller C (--C)"
        : "optimum; allow more iterations (--max-iter), a larger tolerance (--tol), or a smaller C (--C)")
  }
}
