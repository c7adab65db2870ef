/// The memory in which the dense features of one statement after the other are made.
package struct DenseWorkspace: ~Copyable {
  /// The dense features of the statement at hand.
  package var row = Scratch<Float>(capacity: 16)
  /// Sums that are compared with the target.
  var sums = Scratch<Float>(capacity: 16)
  /// The sum of the words of the target, of length 1.
  var target = Scratch<Float>(capacity: 16)
  /// The same as a view of its own.
  var scaledTarget = Scratch<Float>(capacity: 16)
  /// Of which words the target's sum was made, and by which embeddings.
  var targetWords: [UInt64] = []
  var targetOwner = 0
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

  /// Makes a row of zeros. Most statements fill few of its columns, so that few have to be cleared.
  mutating func clearRow(count: Int) {
    if row.count == count {
      for index in 0..<filled.count {
        let range = Int(filled[index].start)..<Int(filled[index].end)
        row.withMutableSpan { row in for column in range { row[column] = 0 } }
      }
    } else {
      row.assign(repeating: 0, count: count)
    }
    filled.removeAll()
  }

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
    // Most statements do not mention their target.
    guard areNeeded, (0..<units.count).contains(where: { units.positions[$0] == .mention }) else { return }
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
    scale(from: start, count: count, to: length, squares: squares(from: start, count: count))
  }

  /// The sum of the squares of `count` elements from `start` on.
  borrowing func squares(from start: Int, count: Int) -> Double {
    precondition(start >= 0 && count >= 0 && start + count <= self.count, "elements outside the buffer")
    return withSpan { elements in
      // Four sums that do not wait for each other.
      var sums = SIMD4<Double>()
      let whole = count & ~3
      for k in stride(from: start, to: start + whole, by: 4) {
        // Unchecked within the bounds checked above.
        let four = unsafe SIMD4<Double>(
          Double(elements[unchecked: k]), Double(elements[unchecked: k &+ 1]), Double(elements[unchecked: k &+ 2]),
          Double(elements[unchecked: k &+ 3]))
        sums += four * four
      }
      for k in start + whole..<start + count { sums[0] += Double(elements[k]) * Double(elements[k]) }
      return sums.sum()
    }
  }

  /// The product of some elements and those of another buffer, which has as many as `count`.
  borrowing func product(from start: Int, count: Int, with other: borrowing Scratch<Float>) -> Float {
    precondition(min(start, count) >= 0 && start + count <= self.count && other.count == count, "unequal lengths")
    return withSpan { elements in
      other.withSpan { other in
        // Eight sums that do not wait for each other.
        var sums = SIMD8<Float>()
        let whole = count & ~7
        for k in stride(from: 0, to: whole, by: 8) {
          // Unchecked within the bounds checked above.
          for lane in 0..<8 {
            sums[lane] += unsafe elements[unchecked: start &+ k &+ lane] * other[unchecked: k &+ lane]
          }
        }
        for k in whole..<count { sums[0] += elements[start + k] * other[k] }
        return sums.sum()
      }
    }
  }

  /// Scales as `normalize` does, given the sum of the squares of the elements.
  mutating func scale(from start: Int, count: Int, to length: Float, squares: Double) {
    precondition(start >= 0 && count >= 0 && start + count <= self.count, "elements outside the buffer")
    guard squares > 0 else { return }
    let factor = Float(Double(length) / squares.squareRoot())
    withMutableSpan { elements in
      // Unchecked within the bounds checked above, so that the loop becomes vector instructions.
      for k in start..<start + count { unsafe elements[unchecked: k] *= factor }
    }
  }

  /// Replaces `count` elements from `start` on by those of another buffer from `origin` on.
  mutating func copy(from other: borrowing Scratch<Float>, _ origin: Int, to start: Int, count: Int) {
    combine(other, origin, other, origin, to: start, count: count) { element, _ in element }
  }

  /// Replaces `count` elements from `start` on by what `combination` makes of those of two other buffers, from an element
  /// of each on.
  @inline(__always)
  mutating func combine(
    _ left: borrowing Scratch<Float>, _ leftStart: Int, _ right: borrowing Scratch<Float>, _ rightStart: Int,
    to start: Int, count: Int, _ combination: (Float, Float) -> Float
  ) {
    precondition(
      min(start, leftStart, rightStart, count) >= 0 && start + count <= self.count
        && leftStart + count <= left.count && rightStart + count <= right.count, "elements outside their buffers")
    left.withSpan { left in
      right.withSpan { right in
        withMutableSpan { elements in
          // Unchecked within the bounds checked above, so that the loop becomes vector instructions.
          for k in 0..<count {
            unsafe elements[unchecked: start &+ k] = combination(
              left[unchecked: leftStart &+ k], right[unchecked: rightStart &+ k])
          }
        }
      }
    }
  }
}
