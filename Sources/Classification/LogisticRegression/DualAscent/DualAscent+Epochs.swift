internal import Foundation
internal import LinearAlgebra
internal import Optimization

extension DualAscent {
  /// Ascends until the gap is small enough, or until Newton's method promises to be faster.
  mutating func ascend() -> Outcome {
    let first = !begun
    begun = true
    var order = (0..<matrix.shared.rowCount).filter { loss.costs[$0] > 0 }.map { UInt32($0) }
    var state = seed
    var gaps: [Double] = []
    var drift = 0.0
    var value = 0.0
    var goal = tolerance
    var checks = 0
    while true {
      Self.shuffle(&order, &state)
      let negligible = Self.negligible * goal * value / Double(order.count)
      let gap: Double
      (gap, value) = epoch(order, first: first && gaps.isEmpty, negligible: Float(negligible))
      let before = drift
      drift = recentre()
      // In the first epoch there is no old point to measure a gap from.
      gaps.append(first && gaps.isEmpty ? 1 : gap / value)
      let count = gaps.count
      let tied = interceptGap(drift: drift, before: before)
      if count > 3 && tied > gap { loosen() }
      // The gap was added up while it shrank; at the end of the epoch it is smaller by about the rate of an epoch.
      let now = gaps[count - 1] * min(1, gaps[count - 1] / gaps[max(0, count - 2)]) + tied / value
      progress.update(gap: now, from: 1, to: tolerance)
      let last = count >= mostEpochs || isTooSlow(gaps, now, goal)
      guard last || count > (first ? 2 : 1) && now <= goal else { continue }
      var outcome = certificate()
      checks += 1
      outcome.relativeGap += tied / max(outcome.value, .leastNormalMagnitude)
      outcome.iterations = count
      outcome.passes = count + checks
      outcome.converged = outcome.relativeGap <= tolerance
      if outcome.converged || last { return outcome }
      goal = 0.5 * now * tolerance / outcome.relativeGap
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

  /// How much the objective can still fall because the spring held the intercepts back, given the squared distances
  /// of their last two moves.
  ///
  /// With the spring, the minimum is below the true one plus ½·distance²/spring for the distance from the centre to the
  /// best intercepts; moves that shrink at a constant rate have that distance for their sum.
  private func interceptGap(drift: Double, before: Double) -> Double {
    let rate = before > 0 ? min(0.95, (drift / before).squareRoot()) : 0.95
    return drift / Double(2 * spring) * (1 / ((1 - rate) * (1 - rate)) - 1)
  }

  /// Weakens the spring, so that the intercepts move faster.
  private mutating func loosen() {
    for row in lengths.indices { lengths[row] += spring }
    spring *= 2
    for lane in 0..<loss.labelCount { intercepts[lane] += intercepts[lane] - centre[lane] }
  }

  /// A row stays as it is while its part of the gap is below this share of its part of the goal.
  static let negligible = 0.3

  /// Whether the last three epochs' rate would take too many epochs to the goal.
  private func isTooSlow(_ gaps: [Double], _ now: Double, _ goal: Double) -> Bool {
    guard gaps.count > 4, now > goal else { return !now.isFinite }
    let shrinkage = log(gaps[gaps.count - 1] / gaps[gaps.count - 4]) / 3
    return !(shrinkage < 0) || log(goal / now) / shrinkage > Double(mostEpochs - gaps.count)
  }

  /// One step for each of the rows in `order`; returns estimates of the duality gap and of the objective.
  private mutating func epoch(_ order: [UInt32], first: Bool, negligible: Float) -> (gap: Double, value: Double) {
    // Putting shares together costs a few operations for each weight; keep that small beside an epoch.
    let rounds = shares == 1 ? 1 : max(1, min(8, matrix.shared.entryCount / (8 * matrix.shared.columnCount)))
    var sums = [Sums](repeating: Sums(), count: shares)
    for round in 0..<rounds {
      var ends = [[Float]](repeating: intercepts, count: shares)
      run(order, round, rounds, first: first, negligible: negligible, &sums, &ends)
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
    return (sums.reduce(0) { $0 + $1.gap }, sums.reduce(0) { $0 + $1.value })
  }

  /// What a share of an epoch adds up.
  struct Sums {
    var gap = 0.0
    var value = 0.0
  }

  /// All shares' rows of one round.
  private mutating func run(
    _ order: [UInt32], _ round: Int, _ rounds: Int, first: Bool, negligible: Float, _ sums: inout [Sums],
    _ ends: inout [[Float]]
  ) {
    let lanes = loss.lanes
    let labels = unsafe [Float](unsafeUninitializedCapacity: lanes * lanes) { buffer, count in
      for place in 0..<lanes * lanes { unsafe buffer[place] = place / lanes == place % lanes ? 1 : 0 }
      count = lanes * lanes
    }
    var copies: [Float] = []
    swap(&copies, &self.copies)
    var weights: [Float] = []
    swap(&weights, &self.weights)
    var coefficients: [Float] = []
    swap(&coefficients, &self.coefficients)
    var points: [Float] = []
    swap(&points, &self.points)
    unsafe coefficients.withUnsafeMutableBufferPointer { coefficients in
      unsafe points.withUnsafeMutableBufferPointer { points in
        unsafe weights.withUnsafeMutableBufferPointer { weights in
          unsafe copies.withUnsafeMutableBufferPointer { copies in
            unsafe sums.withUnsafeMutableBufferPointer { sums in
              unsafe ends.withUnsafeMutableBufferPointer { ends in
                workers.forEach(shares) { share in
                  let place = round * shares + share
                  let part = order.count * place / (rounds * shares)..<order.count * (place + 1) / (rounds * shares)
                  let target = unsafe shares == 1 ? weights.baseAddress! : copies.baseAddress! + share * weights.count
                  unsafe Steps.take(
                    order[part], self, first: first, negligible: negligible, damping: shares == 1 ? 1 : Self.damping,
                    identity: labels, weights: target, coefficients: coefficients.baseAddress!,
                    points: points.baseAddress!, intercepts: &ends[share], sums: &sums[share])
                }
              }
            }
          }
        }
      }
    }
    swap(&copies, &self.copies)
    swap(&weights, &self.weights)
    swap(&coefficients, &self.coefficients)
    swap(&points, &self.points)
  }

  /// Adds the damped changes of both copies to the weights, and starts both from there.
  private mutating func merge() {
    let runs = FixedBlocks(count: weights.count, size: 1 << 14)
    let factor = 1 / Self.damping
    let count = weights.count
    unsafe weights.withUnsafeMutableBufferPointer { weights in
      unsafe copies.withUnsafeMutableBufferPointer { copies in
        let weights = unsafe weights, copies = unsafe copies
        workers.forEach(runs.count) { run in
          for place in runs[run] {
            let start = unsafe weights[place]
            let end = unsafe start + ((copies[place] - start) + (copies[count &+ place] - start)) * factor
            unsafe weights[place] = end
            unsafe copies[place] = end
            unsafe copies[count &+ place] = end
          }
        }
      }
    }
  }

  /// A new order from a generator's state (Fisher & Yates; SplitMix64).
  private static func shuffle(_ order: inout [UInt32], _ state: inout UInt64) {
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
