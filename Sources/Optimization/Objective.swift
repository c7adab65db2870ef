/// A smooth convex function that a Newton method minimizes: value, gradient, Hessian product, and a line search that
/// needs no pass over the data.
///
/// The objective keeps its data and whatever it caches about the current point (margins, probabilities); the optimizer
/// keeps parameters and directions and knows nothing about data. Calls come in the order `move`, then repeatedly
/// `gradient`, `beginDirection`, (`hessianProduct`, `extendDirection`)…, `value(at:)`…, `advance`.
package protocol Objective {
  /// The number of parameters.
  var parameterCount: Int { get }

  /// Makes `parameters` the current point and returns the value there.
  mutating func move(to parameters: [Float]) -> Double

  /// Writes the gradient at the current point.
  mutating func gradient(of parameters: [Float], into gradient: inout [Float])

  /// Writes a positive approximation of the Hessian's diagonal at the current point.
  mutating func curvature(into diagonal: inout [Float])

  /// Writes a diagonal that is nowhere below the Hessian: bound − H is positive semidefinite at every point.
  func curvatureBound(into diagonal: inout [Float])

  /// Forgets the direction of the last search.
  mutating func beginDirection()

  /// Writes H·vector at the current point.
  mutating func hessianProduct(_ vector: [Float], into product: inout [Float])

  /// Adds `step` times the vector of the last Hessian product to the direction.
  mutating func extendDirection(by step: Float)

  /// Fixes the line parameters + t·direction; `direction` is the sum that `extendDirection` was told.
  mutating func beginLine(from parameters: [Float], along direction: [Float])

  /// The value at a step t of the line.
  mutating func value(at step: Double) -> Double

  /// Makes the point at the step that `value(at:)` was last asked for the current one.
  mutating func advance(by step: Double)
}
