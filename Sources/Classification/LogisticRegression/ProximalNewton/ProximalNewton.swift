internal import Foundation
internal import LinearAlgebra
internal import Optimization

/// A proximal Newton method with coordinate descent: how a fit with an L1 penalty gets to its optimum.
///
/// Each iteration takes the quadratic model of the losses at the current point and descends it, with the penalty, one
/// column after the other; every step has a closed form, the soft threshold. Only columns take part that have a weight or
/// whose gradient exceeds the threshold, which with an L1 penalty are few. Then a line search on the margins says how
/// far to go. (Yuan, Ho & Lin, *An improved GLMNET for L1-regularized logistic regression*, JMLR 2012; with more than two
/// labels the weights of a column take turns on the column's own block of the Hessian, without looking at the data.)
///
/// The gap is that to a dual point: the residuals, shrunk until no column's gradient exceeds the threshold (Ndiaye,
/// Fercoq, Gramfort & Salmon 2017), and what the intercepts' gradient could still gain.
struct ProximalNewton {
  let columns: MatrixColumns
  let loss: RowLoss
  /// How much Σ |w| and ½ Σ w² count; the last column, the intercept's, is free of both.
  let l1: Float
  let l2: Float
  /// The relative gap at which to stop.
  let tolerance: Double
  /// The largest number of Newton steps.
  let maximumIterations: Int
  let seed: UInt64
  let workers: Workers
  /// Is told how near the model is to its optimum.
  let progress: WorkProgress

  /// Moves parameters, column by column with the labels of each next to each other, to the minimum.
  func minimize(from parameters: inout [Float]) -> Outcome {
    let lanes = loss.lanes
    let cells = loss.labels.count * lanes
    var outcome = Outcome()
    var margins = [Float](repeating: 0, count: cells)
    var shares = margins
    var residuals = margins
    var slopes = margins
    var gradient = [Float](repeating: 0, count: parameters.count)
    var direction = gradient
    var firstGap: Double?
    var stalled = 0
    var state = seed
    while true {
      setMargins(&margins, of: parameters)
      unsafe slopes.withUnsafeMutableBufferPointer { unsafe $0.update(repeating: 0) }
      let losses = evaluate(margins, slopes, at: 0, into: &shares)
      outcome.value = losses + penalty(of: parameters)
      setResiduals(&residuals, shares)
      setGradient(&gradient, residuals)
      outcome.passes += 1
      let gap = max(0, outcome.value - dualValue(gradient, shares, parameters)) + interceptGap(gradient, shares)
      let before = outcome.relativeGap
      outcome.relativeGap = gap / max(abs(outcome.value), .leastNormalMagnitude)
      progress.update(gap: outcome.relativeGap, from: firstGap ?? outcome.relativeGap, to: tolerance)
      firstGap = firstGap ?? outcome.relativeGap
      if outcome.relativeGap <= tolerance {
        outcome.converged = true
        return outcome
      }
      guard outcome.iterations < maximumIterations, outcome.value.isFinite else { return outcome }

      var working = workingSet(parameters, gradient)
      DualAscent.shuffle(&working, &state)
      let sweeps = descend(
        &direction, from: parameters, gradient, shares, working: working,
        goal: 0.003)
      outcome.passes += sweeps
      outcome.iterations += 1
      setSlopes(&slopes, of: direction, working)
      let (step, value) = searchLine(
        from: parameters, along: direction, working, margins, slopes, gradient, losses, &shares)
      for column in working {
        for place in Int(column) * lanes..<(Int(column) + 1) * lanes {
          parameters[place] += Float(step) * direction[place]
          direction[place] = 0
        }
      }
      // The rounding of `Float` margins, not the method, sets the limit here: the fit is as good as it gets, and says that it
      // did not reach the gap that was asked for.
      let stalls = outcome.value - value < 1e-9 * abs(value) && outcome.relativeGap > 0.9 * before
      stalled = stalls ? stalled + 1 : 0
      if step == 0 || stalled == 5 {
        outcome.isAtRounding = true
        return outcome
      }
    }
  }

  /// The columns that may have a weight at the optimum, as far as the gradient tells.
  private func workingSet(_ parameters: [Float], _ gradient: [Float]) -> [UInt32] {
    let lanes = loss.lanes
    return (0..<columns.count).lazy.filter { column in
      column == columns.count - 1
        || (column * lanes..<column * lanes + loss.labelCount).contains {
          parameters[$0] != 0 || abs(gradient[$0]) > l1
        }
    }.map { UInt32($0) }
  }

  /// l1 · Σ |w| + ½ l2 · Σ w².
  private func penalty(of parameters: [Float]) -> Double {
    var absolute = 0.0
    var square = 0.0
    for place in 0..<(columns.count - 1) * loss.lanes where parameters[place] != 0 {
      let weight = Double(parameters[place])
      absolute += abs(weight)
      square += weight * weight
    }
    return Double(l1) * absolute + 0.5 * Double(l2) * square
  }

  /// Margins of parameters, most of which are 0.
  private func setMargins(_ margins: inout [Float], of parameters: [Float]) {
    let lanes = loss.lanes
    unsafe margins.withUnsafeMutableBufferPointer { margins in
      for place in margins.indices { unsafe margins[place] = place % lanes < loss.labelCount ? 0 : RowLoss.padding }
      for column in 0..<columns.count { unsafe add(column, of: parameters, to: margins) }
    }
  }

  private func setSlopes(_ slopes: inout [Float], of direction: [Float], _ working: [UInt32]) {
    unsafe slopes.withUnsafeMutableBufferPointer { slopes in
      for column in working { unsafe add(Int(column), of: direction, to: slopes) }
    }
  }

  /// Adds a column's part of the margins.
  @unsafe private func add(_ column: Int, of parameters: [Float], to margins: UnsafeMutableBufferPointer<Float>) {
    let lanes = loss.lanes
    let own = column * lanes..<column * lanes + loss.labelCount
    guard own.contains(where: { parameters[$0] != 0 }) else { return }
    for entry in columns.starts[column]..<columns.starts[column + 1] {
      let cell = Int(columns.rows[entry]) &* lanes
      let value = columns.values[entry]
      for lane in 0..<loss.labelCount {
        unsafe margins[cell &+ lane] += value * parameters[own.lowerBound &+ lane]
      }
    }
  }

  /// Losses at margins + step · slopes; writes the labels' shares there.
  private func evaluate(_ margins: [Float], _ slopes: [Float], at step: Double, into shares: inout [Float]) -> Double {
    var total = 0.0
    unsafe margins.withUnsafeBufferPointer { margins in
      unsafe slopes.withUnsafeBufferPointer { slopes in
        unsafe shares.withUnsafeMutableBufferPointer { shares in
          unsafe withUnsafeMutablePointer(to: &total) { total in
            unsafe loss.evaluate(
              rows: 0..<loss.labels.count, margins: margins.baseAddress!, slopes: slopes.baseAddress!,
              steps: [Float(step)], probabilities: shares.baseAddress!, totals: total)
          }
        }
      }
    }
    return total
  }

  /// cost · (p − y).
  private func setResiduals(_ residuals: inout [Float], _ shares: [Float]) {
    unsafe residuals.withUnsafeMutableBufferPointer { residuals in
      unsafe shares.withUnsafeBufferPointer { shares in
        unsafe loss.residuals(
          rows: 0..<loss.labels.count, probabilities: shares.baseAddress!, into: residuals.baseAddress!)
      }
    }
  }

  /// The gradient of the losses: one pass over the data. Sums are `Double`, since the gap is a difference of thresholds.
  private func setGradient(_ gradient: inout [Float], _ residuals: [Float]) {
    let lanes = loss.lanes
    // Blocks of columns with about as many entries each.
    let blocks = FixedBlocks(offsets: columns.starts, blocks: 16)
    unsafe gradient.withUnsafeMutableBufferPointer { gradient in
      unsafe residuals.withUnsafeBufferPointer { residuals in
        unsafe columns.rows.withUnsafeBufferPointer { rows in
          unsafe columns.values.withUnsafeBufferPointer { values in
            let (gradient, residuals, rows, values) = unsafe (gradient, residuals, rows, values)
            workers.forEach(blocks.count) { block in
              for column in blocks[block] {
                let entries = columns.starts[column]..<columns.starts[column + 1]
                if lanes == 1 {
                  var sum = 0.0
                  for entry in entries { unsafe sum += Double(values[entry] * residuals[Int(rows[entry])]) }
                  unsafe gradient[column] = Float(sum)
                } else {
                  for chunk in stride(from: 0, to: lanes, by: 4) {
                    var sum = SIMD4<Double>.zero
                    for entry in entries {
                      let cell = unsafe Int(rows[entry]) &* lanes &+ chunk
                      let residual = unsafe UnsafeRawPointer(residuals.baseAddress!).loadUnaligned(
                        fromByteOffset: cell &* 4, as: SIMD4<Float>.self)
                      unsafe sum += SIMD4<Double>(residual * values[entry])
                    }
                    for lane in 0..<4 { unsafe gradient[column &* lanes &+ chunk &+ lane] = Float(sum[lane]) }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The value of the dual at the residuals: as they are with an L2 part, and shrunk until no gradient exceeds the
  /// threshold; the greater of both. Intercepts are taken as they are, which is why residuals need not add up to 0.
  private func dualValue(_ gradient: [Float], _ shares: [Float], _ parameters: [Float]) -> Double {
    var largest = l1
    var excess = 0.0
    for place in 0..<(columns.count - 1) * loss.lanes {
      let size = abs(gradient[place])
      largest = max(largest, size)
      if size > l1 { excess += Double(size - l1) * Double(size - l1) }
    }
    var shift = 0.0
    for place in (columns.count - 1) * loss.lanes..<parameters.count {
      shift += Double(parameters[place]) * Double(gradient[place])
    }
    let factor = l1 / largest
    let shrunk = entropy(shares, shrunkBy: factor) + Double(factor) * shift
    guard l2 > 0 else { return shrunk }
    return max(shrunk, entropy(shares, shrunkBy: 1) + shift - excess / Double(2 * l2))
  }

  /// Σ cost · entropy of (1 − factor)·y + factor·p.
  private func entropy(_ shares: [Float], shrunkBy factor: Float) -> Double {
    func part(_ share: Float) -> Double { share > 0 ? -Double(share) * log(Double(share)) : 0 }
    var total = 0.0
    for row in loss.labels.indices where loss.costs[row] > 0 {
      let label = Int(loss.labels[row])
      var sum = 0.0
      if loss.lanes == 1 {
        let share = factor * shares[row] + (label == 1 ? 1 - factor : 0)
        sum = part(share) + part(1 - share)
      } else {
        for lane in 0..<loss.labelCount {
          sum += part(factor * shares[row &* loss.lanes &+ lane] + (lane == label ? 1 - factor : 0))
        }
      }
      total += Double(loss.costs[row]) * sum
    }
    return total
  }

  /// What a Newton step of each intercept alone would gain.
  private func interceptGap(_ gradient: [Float], _ shares: [Float]) -> Double {
    let lanes = loss.lanes
    return (0..<loss.labelCount).reduce(0) { sum, lane in
      var bend = 0.0
      for row in loss.labels.indices {
        let share = Double(shares[row &* lanes &+ lane])
        bend += Double(loss.costs[row]) * share * (1 - share)
      }
      let slope = Double(gradient[(columns.count - 1) * lanes + lane])
      return sum + 0.5 * slope * slope / max(bend, .leastNormalMagnitude)
    }
  }

  /// How far to go along a direction, halving until the value falls by a share of what its slope promises; and the value
  /// there.
  private func searchLine(
    from parameters: [Float], along direction: [Float], _ working: [UInt32], _ margins: [Float], _ slopes: [Float],
    _ gradient: [Float], _ losses: Double, _ shares: inout [Float]
  ) -> (step: Double, value: Double) {
    let lanes = loss.lanes
    let free = columns.count - 1
    // The part of the penalty that the direction can change, at a step.
    func penalty(at step: Double) -> Double {
      var sum = 0.0
      for column in working where Int(column) != free {
        for place in Int(column) * lanes..<Int(column) * lanes + loss.labelCount {
          let weight = Double(parameters[place]) + step * Double(direction[place])
          sum += Double(l1) * abs(weight) + 0.5 * Double(l2) * weight * weight
        }
      }
      return sum
    }
    var slope = 0.0
    for column in working {
      for place in Int(column) * lanes..<Int(column) * lanes + loss.labelCount {
        slope += Double(gradient[place]) * Double(direction[place])
      }
    }
    let here = penalty(at: 0)
    slope += penalty(at: 1) - here
    let others = self.penalty(of: parameters) - here
    let start = losses + here
    var step = 1.0
    while step > 1e-6 {
      let value = evaluate(margins, slopes, at: step, into: &shares) + penalty(at: step)
      if value <= start + 0.01 * step * slope + 1e-10 * abs(start) { return (step, value + others) }
      step /= 2
    }
    return (0, start + others)
  }
}
