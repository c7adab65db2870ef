/// A smooth convex function that a Newton method minimizes: value, gradient, Hessian product, and a line search that
/// needs no pass over the data. Several independent functions ("models") of the same shape may lie side by side, so that
/// one pass over the data serves all of them.
///
/// Parameters lie row by row, `width` lanes a row; model m owns lanes `m·width/models ..< (m + 1)·width/models` of every
/// row. The objective keeps its data and whatever it caches about the current point (margins, probabilities); the
/// optimizer keeps parameters and directions and knows nothing about data. Calls come in the order `move`, then
/// repeatedly `gradient`, `beginDirection`, (`hessianProduct`, `extendDirection`)…, `beginLine`, `values(at:)`…,
/// `advance`.
package protocol Objective {
  /// The number of parameter rows.
  var rowCount: Int { get }
  /// Lanes of a row.
  var width: Int { get }
  /// How many models lie side by side.
  var models: Int { get }

  /// An inverse preconditioner: one positive number for each parameter row.
  func metric() -> [Float]

  /// Makes `parameters` the current point and returns each model's value there.
  mutating func move(to parameters: [Float]) -> [Double]

  /// Writes the gradient at the current point.
  mutating func gradient(of parameters: [Float], into gradient: inout [Float])

  /// Forgets the direction of the last search.
  mutating func beginDirection()

  /// Writes H·vector at the current point and returns vector·H·vector for each lane.
  mutating func hessianProduct(_ vector: [Float], into product: inout [Float]) -> [Double]

  /// Adds, lane by lane, `steps` times the vector of the last Hessian product to the direction.
  mutating func extendDirection(by steps: [Float])

  /// Fixes the line parameters + t·direction; `direction` is the sum that `extendDirection` was told.
  mutating func beginLine(from parameters: [Float], along direction: [Float])

  /// Each model's value at its step t of the line.
  mutating func values(at steps: [Double]) -> [Double]

  /// Makes the point at the steps that `values(at:)` was last asked for the current one.
  mutating func advance(by steps: [Double])
}

extension Objective {
  /// Sums over each model's lanes.
  package func perModel(_ lanes: [Double]) -> [Double] {
    let size = width / models
    return (0..<models).map { model in lanes[model * size..<(model + 1) * size].reduce(0, +) }
  }

  /// Each model's number for all of its lanes.
  package func perLane(_ models: [Double]) -> [Float] {
    let size = width / models.count
    return models.flatMap { [Float](repeating: Float($0), count: size) }
  }
}
