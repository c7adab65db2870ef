/// The memory in which the dense features of one statement after the other are made.
package struct DenseWorkspace: ~Copyable {
  /// The dense features of the statement at hand.
  package var row = Scratch<Float>(capacity: 16)
  /// Sums that are compared with one another.
  var sums = Scratch<Float>(capacity: 16)
  /// How far each unit stands from the nearest mention: negative before it, positive after it, 0 for the mention.
  private(set) var distances = Scratch<Int32>()

  /// The distance of a unit where nothing is mentioned.
  static let unmentioned = Int(Int32.max)

  /// No features.
  package init() {}

  /// Measures the distance of each unit; one halfway between two mentions stands after the first.
  ///
  /// - Complexity: O(units).
  mutating func measureDistances(_ units: borrowing StatementUnits) {
    distances.assign(repeating: Int32.max, count: units.count)
    var mention: Int?
    for unit in 0..<units.count {
      if units.positions[unit] == .mention { mention = unit }
      if let mention { distances[unit] = Int32(unit - mention) }
    }
    mention = nil
    for unit in stride(from: units.count - 1, through: 0, by: -1) {
      if units.positions[unit] == .mention { mention = unit }
      if let mention, Int32(mention - unit) < distances[unit] { distances[unit] = Int32(unit - mention) }
    }
  }
}

extension Scratch<Float> {
  /// Scales `count` elements from `start` on to the Euclidean length `length`; zeros stay zeros.
  mutating func normalize(from start: Int, count: Int, to length: Float) {
    var squares = 0.0
    for k in start..<start + count { squares += Double(self[k]) * Double(self[k]) }
    guard squares > 0 else { return }
    let factor = Float(Double(length) / squares.squareRoot())
    for k in start..<start + count { self[k] *= factor }
  }
}
