internal import Foundation
internal import LinearAlgebra

extension PathAscent {
  private typealias Four = SIMD4<Float>
  private typealias Sums = SIMD4<Double>

  /// Carries all points on, and makes every coefficient that of its cell's point, after shifting points and intercepts until
  /// the shares that a label has add up to its costs, but for the second order.
  mutating func balance(at c: Float) {
    let lanes = loss.lanes
    let models = loss.models
    let width = loss.width
    let used = loss.labelCount
    let found = lanes == 1 ? carryBinomials() : carryMultinomials()
    // What each label's statements cost in all, against what the points give it.
    let given = unitShares.map { $0 * Double(c) }
    var shifts = [Float](repeating: 0, count: width)
    for model in 0..<models where counts[model] > 0 {
      let whole = unitTotals[model] * Double(c)
      for lane in model * lanes..<model * lanes + used {
        shifts[lane] = Float(log(given[lane] / found[lane]))
        if lanes == 1 { shifts[lane] -= Float(log((whole - given[lane]) / (whole - found[lane]))) }
        intercepts[lane] += shifts[lane]
      }
    }
    let reached = lanes == 1 ? shiftBinomials(by: shifts) : shiftMultinomials(by: shifts)
    // Intercepts are the centre plus spring times the sum of all coefficients.
    centre = intercepts
    for model in 0..<models {
      for lane in model * lanes..<model * lanes + used {
        centre[lane] -= springs[model] * Float(given[lane] - reached[lane])
      }
    }
  }

  /// Each model's costs, and for each lane what its label's statements cost.
  static func sums(of loss: RowLoss) -> (totals: [Double], shares: [Double]) {
    let (lanes, models) = (loss.lanes, loss.models)
    var totals = [Double](repeating: 0, count: models)
    var shares = [Double](repeating: 0, count: loss.width)
    for row in 0..<loss.labels.count {
      let target = Int(loss.labels[row]) * lanes
      for model in 0..<models {
        let cost = loss.costs[row * models + model]
        guard cost > 0 else { continue }
        totals[model] += Double(cost)
        for lane in 0..<loss.labelCount {
          shares[model * lanes + lane] += Double(cost * loss.targets[target + lane])
        }
      }
    }
    return (totals, shares)
  }

  /// Makes room for where points were and how they moved; returns how much of the bend of their way they follow: half, since
  /// points are only as exact as the tolerance and the bend's error is the sum of four of theirs; none before there is one.
  private mutating func beginMove() -> Float {
    if previous.isEmpty {
      previous = points
      moves = [Float](repeating: 0, count: points.count)
    }
    moveCount += 1
    return moveCount > 2 ? 0.5 : 0
  }

  /// Moves all points on as they went from the C before to this one (the first time they stay), writes the labels' shares
  /// there to where the coefficients are, and returns what the shares give each lane's label. For two labels.
  private mutating func carryBinomials() -> [Double] {
    let models = loss.models
    let bend = beginMove()
    var found = [Sums](repeating: .zero, count: models / 4)
    unsafe points.withUnsafeMutableBytes { points in
      unsafe previous.withUnsafeMutableBytes { previous in
        unsafe moves.withUnsafeMutableBytes { moves in
          unsafe coefficients.withUnsafeMutableBytes { shares in
            unsafe loss.costs.withUnsafeBytes { costs in
              unsafe found.withUnsafeMutableBufferPointer { found in
                for row in 0..<loss.labels.count {
                  for chunk in 0..<models / 4 {
                    let place = (row &* models &+ chunk &* 4) &* 4
                    let cost = unsafe costs.loadUnaligned(fromByteOffset: place, as: Four.self)
                    var point = unsafe points.loadUnaligned(fromByteOffset: place, as: Four.self)
                    let move = unsafe point - previous.loadUnaligned(fromByteOffset: place, as: Four.self)
                    let before = unsafe moves.loadUnaligned(fromByteOffset: place, as: Four.self)
                    unsafe previous.storeBytes(of: point, toByteOffset: place, as: Four.self)
                    unsafe moves.storeBytes(of: move, toByteOffset: place, as: Four.self)
                    point += move + bend * (move - before)
                    unsafe points.storeBytes(of: point, toByteOffset: place, as: Four.self)
                    let small = exponentialOfNonpositive(-point.replacing(with: -point, where: point .< 0))
                    let larger = 1 / (1 + small)
                    let share = larger.replacing(with: small * larger, where: point .< 0)
                    unsafe shares.storeBytes(of: share, toByteOffset: place, as: Four.self)
                    unsafe found[chunk] += Sums(cost * share)
                  }
                }
              }
            }
          }
        }
      }
    }
    return found.flatMap { sums in (0..<4).map { sums[$0] } }
  }

  /// The same for several labels.
  private mutating func carryMultinomials() -> [Double] {
    let (lanes, models, width) = (loss.lanes, loss.models, loss.width)
    let bend = beginMove()
    var found = [Sums](repeating: .zero, count: width / 4)
    unsafe points.withUnsafeMutableBytes { points in
      unsafe previous.withUnsafeMutableBytes { previous in
        unsafe moves.withUnsafeMutableBytes { moves in
          unsafe coefficients.withUnsafeMutableBytes { shares in
            unsafe loss.costs.withUnsafeBufferPointer { costs in
              unsafe found.withUnsafeMutableBufferPointer { found in
                for row in 0..<loss.labels.count {
                  for model in 0..<models {
                    let cell = row &* models &+ model
                    let cost = unsafe costs[cell]
                    guard cost > 0 else { continue }
                    let begin = cell &* lanes &* 4
                    var top = Four(repeating: RowLoss.padding)
                    for place in stride(from: begin, to: begin &+ lanes &* 4, by: 16) {
                      var point = unsafe points.loadUnaligned(fromByteOffset: place, as: Four.self)
                      let move = unsafe point - previous.loadUnaligned(fromByteOffset: place, as: Four.self)
                      let before = unsafe moves.loadUnaligned(fromByteOffset: place, as: Four.self)
                      unsafe previous.storeBytes(of: point, toByteOffset: place, as: Four.self)
                      unsafe moves.storeBytes(of: move, toByteOffset: place, as: Four.self)
                      point += move + bend * (move - before)
                      unsafe points.storeBytes(of: point, toByteOffset: place, as: Four.self)
                      top.replace(with: point, where: point .> top)
                    }
                    let largest = top.largestLane
                    var sum = Four.zero
                    for place in stride(from: begin, to: begin &+ lanes &* 4, by: 16) {
                      let power = unsafe exponentialOfNonpositive(
                        points.loadUnaligned(fromByteOffset: place, as: Four.self) - largest)
                      unsafe shares.storeBytes(of: power, toByteOffset: place, as: Four.self)
                      sum += power
                    }
                    let scale = 1 / sum.laneSum
                    for chunk in 0..<lanes / 4 {
                      let place = begin &+ chunk &* 16
                      let share = unsafe shares.loadUnaligned(fromByteOffset: place, as: Four.self) * scale
                      unsafe shares.storeBytes(of: share, toByteOffset: place, as: Four.self)
                      unsafe found[model &* (lanes / 4) &+ chunk] += Sums(cost * share)
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return found.flatMap { sums in (0..<4).map { sums[$0] } }
  }

  /// Shifts the points of all cells that count and turns their shares into coefficients; returns what the shares give each
  /// lane's label after that. For two labels.
  private mutating func shiftBinomials(by shifts: [Float]) -> [Double] {
    let models = loss.models
    // Margins that are shifted by s have their odds multiplied by exp s.
    let factors = shifts.map { exp($0) }
    var found = [Sums](repeating: .zero, count: models / 4)
    unsafe found.withUnsafeMutableBufferPointer { found in
      unsafe coefficients.withUnsafeMutableBytes { coefficients in
        unsafe points.withUnsafeMutableBytes { points in
          unsafe loss.costs.withUnsafeBytes { costs in
            unsafe loss.targets.withUnsafeBufferPointer { targets in
              unsafe shifts.withUnsafeBytes { shifts in
                unsafe factors.withUnsafeBytes { factors in
                  for row in 0..<loss.labels.count {
                    let target = unsafe targets[Int(loss.labels[row])]
                    for chunk in 0..<models / 4 {
                      let place = (row &* models &+ chunk &* 4) &* 4
                      let cost = unsafe costs.loadUnaligned(fromByteOffset: place, as: Four.self)
                      let share = unsafe coefficients.loadUnaligned(fromByteOffset: place, as: Four.self)
                      let scaled = unsafe share * factors.loadUnaligned(fromByteOffset: chunk &* 16, as: Four.self)
                      let next = scaled / ((1 - share) + scaled)
                      unsafe coefficients.storeBytes(
                        of: cost * (target - next), toByteOffset: place, as: Four.self)
                      let point = unsafe points.loadUnaligned(fromByteOffset: place, as: Four.self)
                      let moved = unsafe point + shifts.loadUnaligned(fromByteOffset: chunk &* 16, as: Four.self)
                      unsafe points.storeBytes(
                        of: point.replacing(with: moved, where: cost .> 0), toByteOffset: place, as: Four.self)
                      unsafe found[chunk] += Sums(cost * next)
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return found.flatMap { sums in (0..<4).map { sums[$0] } }
  }

  /// The same for several labels.
  private mutating func shiftMultinomials(by shifts: [Float]) -> [Double] {
    let (lanes, models, width) = (loss.lanes, loss.models, loss.width)
    // Margins that are shifted by s have their shares multiplied by exp s, and made to add up to 1 again.
    let factors = shifts.map { exp($0) }
    var found = [Sums](repeating: .zero, count: width / 4)
    unsafe found.withUnsafeMutableBufferPointer { found in
      unsafe coefficients.withUnsafeMutableBytes { coefficients in
        unsafe points.withUnsafeMutableBytes { points in
          unsafe loss.costs.withUnsafeBufferPointer { costs in
            unsafe loss.targets.withUnsafeBytes { targets in
              unsafe shifts.withUnsafeBytes { shifts in
                unsafe factors.withUnsafeBytes { factors in
                  for row in 0..<loss.labels.count {
                    let target = Int(loss.labels[row]) &* lanes &* 4
                    for model in 0..<models {
                      let cell = row &* models &+ model
                      let cost = unsafe costs[cell]
                      guard cost > 0 else { continue }
                      let begin = cell &* lanes &* 4
                      let first = model &* lanes &* 4
                      var sum = Four.zero
                      for place in stride(from: 0, to: lanes &* 4, by: 16) {
                        unsafe sum +=
                          coefficients.loadUnaligned(fromByteOffset: begin &+ place, as: Four.self)
                          * factors.loadUnaligned(fromByteOffset: first &+ place, as: Four.self)
                      }
                      let scale = 1 / sum.laneSum
                      for place in stride(from: 0, to: lanes &* 4, by: 16) {
                        let share =
                          unsafe coefficients.loadUnaligned(fromByteOffset: begin &+ place, as: Four.self)
                          * factors.loadUnaligned(fromByteOffset: first &+ place, as: Four.self) * scale
                        let aim = unsafe targets.loadUnaligned(fromByteOffset: target &+ place, as: Four.self)
                        unsafe coefficients.storeBytes(
                          of: (aim - share) * cost, toByteOffset: begin &+ place, as: Four.self)
                        let point =
                          unsafe points.loadUnaligned(fromByteOffset: begin &+ place, as: Four.self)
                          + shifts.loadUnaligned(fromByteOffset: first &+ place, as: Four.self)
                        unsafe points.storeBytes(of: point, toByteOffset: begin &+ place, as: Four.self)
                        unsafe found[(first &+ place) / 16] += Sums(share * cost)
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return found.flatMap { sums in (0..<4).map { sums[$0] } }
  }
}
