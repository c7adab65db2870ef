/// The units that are drawn: items, or whole groups of items that belong together.
struct ResamplingUnits: Sendable {
  /// The unit of each item; units are numbered in the order of their first item.
  let unitOfItem: [Int32]
  /// The number of units.
  let count: Int
  /// Whether every item is a unit of its own.
  let areItems: Bool

  init(_ predictions: Predictions) {
    self.init(itemCount: predictions.count, groups: predictions.groups)
  }

  init(itemCount: Int, groups: [String]?) {
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
  func draw(using generator: inout SplitMix64) -> [WeightedMeasurer.Lanes] {
    var weights = [WeightedMeasurer.Lanes](repeating: .zero, count: count)
    unsafe weights.withUnsafeMutableBytes { bytes in
      // A lane of the vector of unit `u` is the scalar `8 u + lane`: writing one scalar is all that a draw costs.
      let scalars = unsafe bytes.assumingMemoryBound(to: Double.self)
      let width = WeightedMeasurer.Lanes.scalarCount
      for lane in 0..<width {
        var drawn = 0
        while drawn + 2 <= count {
          let (first, second) = generator.nextPair(below: UInt64(count))
          unsafe scalars[first * width + lane] += 1
          unsafe scalars[second * width + lane] += 1
          drawn += 2
        }
        if drawn < count { unsafe scalars[generator.nextPair(below: UInt64(count)).0 * width + lane] += 1 }
      }
    }
    return expand(weights)
  }

  /// Item weights of eight jackknife samples: lane `l` leaves out unit `start + l`; lanes beyond the last unit leave out
  /// nothing.
  func leaveOut(from start: Int) -> [WeightedMeasurer.Lanes] {
    var weights = [WeightedMeasurer.Lanes](repeating: WeightedMeasurer.Lanes(repeating: 1), count: count)
    for lane in 0..<min(WeightedMeasurer.Lanes.scalarCount, count - start) { weights[start + lane][lane] = 0 }
    return expand(weights)
  }

  /// Item weights of eight random halves: each lane takes each unit with probability ½.
  func drawHalves(using generator: inout SplitMix64) -> [WeightedMeasurer.Lanes] {
    var weights = [WeightedMeasurer.Lanes](repeating: .zero, count: count)
    for unit in weights.indices {
      let bits = generator.next() >> 56
      for lane in 0..<WeightedMeasurer.Lanes.scalarCount { weights[unit][lane] = Double((bits >> UInt64(lane)) & 1) }
    }
    return expand(weights)
  }

  private func expand(_ unitWeights: [WeightedMeasurer.Lanes]) -> [WeightedMeasurer.Lanes] {
    areItems ? unitWeights : unitOfItem.map { unitWeights[Int($0)] }
  }
}
