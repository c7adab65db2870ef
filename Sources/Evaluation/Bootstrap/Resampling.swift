/// The units that are drawn: items, or whole groups of items that belong together.
package struct ResamplingUnits: Sendable {
  /// The unit of each item; units are numbered in the order of their first item.
  let unitOfItem: [Int32]
  /// The number of units.
  let count: Int
  /// Whether every item is a unit of its own.
  let areItems: Bool

  init(_ predictions: Predictions) {
    self.init(itemCount: predictions.count, groups: predictions.groups)
  }

  package init(itemCount: Int, groups: [String]?) {
    guard let groups else {
      unitOfItem = (0..<itemCount).map(Int32.init)
      count = itemCount
      areItems = true
      return
    }
    var numbers: [String: Int32] = [:]
    var units: [Int32] = []
    units.reserveCapacity(groups.count)
    for group in groups {
      let number = numbers[group] ?? Int32(numbers.count)
      numbers[group] = number
      units.append(number)
    }
    unitOfItem = units
    count = numbers.count
    areItems = false
  }

  /// Item weights of eight resamples: each draws as many units as there are, with replacement.
  ///
  /// - Complexity: O(units + items).
  func draw(using generator: inout SplitMix64) -> [WeightedMeasurer.Copies] {
    var copies = [WeightedMeasurer.Copies](repeating: .zero, count: count)
    unsafe copies.withUnsafeMutableBytes { bytes in
      // A lane of the vector of unit `u` is the scalar `8 u + lane`: writing one scalar is all that a draw costs.
      let scalars = unsafe bytes.assumingMemoryBound(to: UInt16.self)
      let width = WeightedMeasurer.Copies.scalarCount
      for lane in 0..<width {
        var drawn = 0
        while drawn + 2 <= count {
          let (first, second) = generator.nextPair(below: UInt64(count))
          unsafe scalars[first * width + lane] &+= 1
          unsafe scalars[second * width + lane] &+= 1
          drawn += 2
        }
        if drawn < count { unsafe scalars[generator.nextPair(below: UInt64(count)).0 * width + lane] &+= 1 }
      }
    }
    precondition(
      copies.reduce(.zero, pointwiseMax).max() <= WeightedMeasurer.mostCopies, "a resample holds one unit alone")
    return expand(copies)
  }

  /// How many jackknife samples there are: one for each unit, or where there are many, for each of so many parts of them.
  ///
  /// The jackknife tells how skewed a figure is (the acceleration of BCa intervals), and parts of units tell as well: with `g`
  /// units in each, the skewness of what a part adds is √g times smaller, and so is the square root of the number of parts, by
  /// which it is divided. What 2,000 parts leave to chance moves an end of an interval by about a thousandth of a standard error;
  /// 10,000 resamples leave twenty times as much.
  package var leftOutCount: Int { min(count, 2000) }

  /// Item weights of eight jackknife samples: lane `l` leaves out the units that leave the remainder `start + l` when divided by
  /// `leftOutCount`; lanes beyond the last sample leave out nothing.
  package func leaveOut(from start: Int) -> [WeightedMeasurer.Copies] {
    var copies = [WeightedMeasurer.Copies](repeating: .one, count: count)
    for lane in 0..<min(WeightedMeasurer.Copies.scalarCount, leftOutCount - start) {
      for unit in stride(from: start + lane, to: count, by: leftOutCount) { copies[unit][lane] = 0 }
    }
    return expand(copies)
  }

  /// Item weights of eight random halves: each lane takes each unit with probability ½.
  func drawHalves(using generator: inout SplitMix64) -> [WeightedMeasurer.Copies] {
    var copies = [WeightedMeasurer.Copies](repeating: .zero, count: count)
    for unit in copies.indices {
      let bits = generator.next() >> 56
      for lane in 0..<WeightedMeasurer.Copies.scalarCount {
        copies[unit][lane] = UInt16(truncatingIfNeeded: (bits >> UInt64(lane)) & 1)
      }
    }
    return expand(copies)
  }

  private func expand(_ unitCopies: [WeightedMeasurer.Copies]) -> [WeightedMeasurer.Copies] {
    areItems ? unitCopies : unitOfItem.map { unitCopies[Int($0)] }
  }
}
