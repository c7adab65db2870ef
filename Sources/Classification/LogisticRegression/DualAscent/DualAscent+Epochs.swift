internal import LinearAlgebra
internal import Optimization

extension DualAscent {
  /// Ascends until the gap is small enough, or until Newton's method promises to be faster.
  mutating func ascend() -> Outcome {
    var order = rowsThatCount()
    var resting = RestingRows(rowCount: matrix.shared.rowCount)
    var state = seed
    var course = AscentCourse(tolerance: tolerance, mostEpochs: mostEpochs, isFresh: true)
    var isFirst = true
    while true {
      Self.shuffle(&order, &state)
      let awake = resting.awake(order)
      let sums = epoch(awake, &resting.parts, first: isFirst, negligible: course.negligible(rows: order.count))
      isFirst = false
      let slept = awake.count < order.count ? resting.sum : nil
      if course.append(sums, slept: slept, drift: recentre(), spring: spring) { loosen() }
      resting.change()
      progress.update(gap: course.now, from: 1, to: tolerance)
      guard course.wantsCertificate else { continue }
      if let outcome = course.end(certificate(below: course.bound)) { return outcome }
    }
  }

  /// The rows that have a cost.
  private func rowsThatCount() -> [UInt32] {
    let costs = loss.costs
    return unsafe [UInt32](unsafeUninitializedCapacity: costs.count) { rows, count in
      for (row, cost) in costs.enumerated() {
        unsafe rows[count] = UInt32(row)
        count &+= cost > 0 ? 1 : 0
      }
    }
  }

  /// Moves the centre to the intercepts, and them as far again; returns the squared distance.
  private mutating func recentre() -> Double {
    var square = 0.0
    for lane in 0..<loss.labelCount {
      let drift = intercepts[lane] - centre[lane]
      centre[lane] = intercepts[lane]
      intercepts[lane] += drift
      square += Double(drift * drift)
    }
    return square
  }

  /// Weakens the spring, so that the intercepts move faster.
  private mutating func loosen() {
    spring *= 2
    for lane in 0..<loss.labelCount { intercepts[lane] += intercepts[lane] - centre[lane] }
  }

  /// One step for each of the rows in `order`; returns what they added up.
  private mutating func epoch(
    _ order: [UInt32], _ parts: inout [Float], first: Bool, negligible: Float
  ) -> AscentSteps.Sums {
    // Putting shares together costs a few operations for each weight; keep that small beside an epoch.
    let rounds = shares == 1 ? 1 : max(1, min(16, entryCount / (8 * columnCount)))
    let setting = AscentSteps.Setting(spring: spring, negligible: negligible)
    var sums = [AscentSteps.Sums](repeating: AscentSteps.Sums(), count: shares)
    for round in 0..<rounds {
      var ends = [[Float]](repeating: intercepts, count: shares)
      run(order, &parts, round, rounds, first: first, setting, &sums, &ends)
      guard shares > 1 else {
        intercepts = ends[0]
        continue
      }
      for lane in 0..<loss.labelCount {
        let start = intercepts[lane]
        for end in ends { intercepts[lane] += (end[lane] - start) / Self.damping }
      }
      merge()
    }
    return sums.dropFirst().reduce(into: sums[0]) { $0.add($1) }
  }

  /// All shares' rows of one round.
  private mutating func run(
    _ order: [UInt32], _ parts: inout [Float], _ round: Int, _ rounds: Int, first: Bool,
    _ setting: AscentSteps.Setting, _ sums: inout [AscentSteps.Sums], _ ends: inout [[Float]]
  ) {
    // What the steps change is taken out, so that the rest can be read on several threads.
    let shares = shares
    var moving: [AscentWeights] = []
    swap(&moving, &copies)
    if shares == 1 {
      moving = [AscentWeights()]
      swap(&moving[0], &weights)
    }
    var coefficients: [Float] = []
    swap(&coefficients, &self.coefficients)
    var points: [Float] = []
    swap(&points, &self.points)
    unsafe coefficients.withUnsafeMutableBufferPointer { coefficients in
      unsafe points.withUnsafeMutableBufferPointer { points in
        unsafe moving.withUnsafeMutableBufferPointer { moving in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            unsafe ends.withUnsafeMutableBufferPointer { ends in
              unsafe parts.withUnsafeMutableBufferPointer { parts in
                workers.forEach(shares) { share in
                  let place = round * shares + share
                  let part = order.count * place / (rounds * shares)..<order.count * (place + 1) / (rounds * shares)
                  unsafe AscentSteps.take(
                    order[part], of: rows, loss, damping: shares == 1 ? 1 : Self.damping, isFirst: first, [setting],
                    coefficients: coefficients.baseAddress!, points: points.baseAddress!, weights: &moving[share],
                    parts: parts.baseAddress!, intercepts: &ends[share], sums: sums.baseAddress! + share)
                }
              }
            }
          }
        }
      }
    }
    if shares == 1 { swap(&moving[0], &weights) } else { swap(&moving, &copies) }
    swap(&coefficients, &self.coefficients)
    swap(&points, &self.points)
  }

  /// Adds the damped changes of both copies to the weights, and starts both from there.
  private mutating func merge() {
    var (one, other) = (AscentWeights(), AscentWeights())
    swap(&one, &copies[0])
    swap(&other, &copies[1])
    Self.merge(&weights.sparse, &one.sparse, &other.sparse, workers)
    Self.merge(&weights.dense, &one.dense, &other.dense, workers)
    Self.merge(&weights.sums, &one.sums, &other.sums, workers)
    Self.merge(&weights.shifts, &one.shifts, &other.shifts, workers)
    swap(&one, &copies[0])
    swap(&other, &copies[1])
  }

  private static func merge(
    _ weights: inout [Float], _ one: inout [Float], _ other: inout [Float], _ workers: Workers
  ) {
    let runs = FixedBlocks(count: weights.count, size: 1 << 14)
    let factor = 1 / damping
    unsafe weights.withUnsafeMutableBufferPointer { weights in
      unsafe one.withUnsafeMutableBufferPointer { one in
        unsafe other.withUnsafeMutableBufferPointer { other in
          let weights = unsafe weights, one = unsafe one, other = unsafe other
          workers.forEach(runs.count) { run in
            for place in runs[run] {
              let start = unsafe weights[place]
              let end = unsafe start + ((one[place] - start) + (other[place] - start)) * factor
              unsafe weights[place] = end
              unsafe one[place] = end
              unsafe other[place] = end
            }
          }
        }
      }
    }
  }

  /// A new order from a generator's state (Fisher & Yates; SplitMix64).
  static func shuffle(_ order: inout [UInt32], _ state: inout UInt64) {
    unsafe order.withUnsafeMutableBufferPointer { order in
      for last in stride(from: order.count - 1, to: 0, by: -1) {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        let random = (z ^ (z >> 31)) >> 32
        let other = Int((random &* UInt64(last + 1)) >> 32)
        unsafe order.swapAt(last, other)
      }
    }
  }
}
