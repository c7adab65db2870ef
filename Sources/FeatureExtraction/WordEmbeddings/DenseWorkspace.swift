/// The memory in which the dense features of one statement after the other are made.
package struct DenseWorkspace: ~Copyable {
  /// The dense features of the statement at hand.
  package var row = Scratch<Float>(capacity: 16)
  /// Sums that are compared with one another.
  var sums = Scratch<Float>(capacity: 16)
  /// How far each unit stands from the nearest mention: negative before it, positive after it, 0 for the mention.
  private(set) var distances = Scratch<Int32>()
  /// Whether the statement mentions its target.
  private(set) var isMentioned = false
  /// The row of each unit in the table of vectors; -1 where it has none.
  var rows = Scratch<Int32>()
  /// The columns of `row` that may be other than 0, as ranges that do not touch.
  package private(set) var filled = Scratch<FilledRange>(capacity: 16)

  /// Some neighbouring columns.
  package struct FilledRange: BitwiseCopyable, Sendable {
    /// The first of them.
    package let start: UInt32
    /// The column after the last of them.
    package var end: UInt32
  }

  /// The distance of a unit where nothing is mentioned.
  static let unmentioned = Int(Int32.max)

  /// No features.
  package init() {}

  /// Forgets which columns are filled.
  mutating func removeFilled() { filled.removeAll() }

  /// Says that columns may be other than 0, in ascending order.
  mutating func addFilled(_ start: Int, count: Int) {
    if !filled.isEmpty, filled[filled.count - 1].end == start {
      filled[filled.count - 1].end += UInt32(count)
    } else {
      filled.append(FilledRange(start: UInt32(start), end: UInt32(start + count)))
    }
  }

  /// Measures the distance of each unit; one halfway between two mentions stands after the first.
  ///
  /// - Parameter areNeeded: whether mentions matter at all; if not, nothing counts as mentioned.
  /// - Complexity: O(units).
  mutating func measureDistances(_ units: borrowing StatementUnits, areNeeded: Bool) {
    isMentioned = false
    guard areNeeded else { return }
    distances.assign(repeating: Int32.max, count: units.count)
    var mention: Int?
    for unit in 0..<units.count {
      if units.positions[unit] == .mention { mention = unit }
      if let mention { distances[unit] = Int32(unit - mention) }
    }
    isMentioned = mention != nil
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
