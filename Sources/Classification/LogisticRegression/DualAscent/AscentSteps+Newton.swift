internal import LinearAlgebra

/// Newton steps for one row at most, and the longest of them: farther out the quadratic model means little.
private let mostSteps = 4
/// The share of a row's first miss at which its Newton steps end.
private let exactness: Float = 0.3
private let longestStep: Float = 2

/// The small Newton problems of four rows, for one model: what is left of a step once the margins are known.
extension AscentSteps {
  typealias Four = SIMD4<Float>
  typealias Mask = SIMDMask<SIMD4<Int32>>
  /// Four places.
  typealias Places = (Int, Int, Int, Int)

  /// The numbers at four places.
  @inline(__always)
  private func four(_ numbers: UnsafePointer<Float>, _ places: Places) -> Four {
    unsafe Four(numbers[places.0], numbers[places.1], numbers[places.2], numbers[places.3])
  }

  /// Writes those of four numbers that `isWritten` says.
  @inline(__always)
  private func write(
    _ vector: Four, _ numbers: UnsafeMutablePointer<Float>, _ places: Places, where isWritten: Mask
  ) {
    if isWritten[0] { unsafe numbers[places.0] = vector[0] }
    if isWritten[1] { unsafe numbers[places.1] = vector[1] }
    if isWritten[2] { unsafe numbers[places.2] = vector[2] }
    if isWritten[3] { unsafe numbers[places.3] = vector[3] }
  }

  /// The steps of one model of two labels; returns which rows moved.
  @inline(__always)
  func binomial(
    _ rows: Places, _ model: Int, _ isThere: Mask, _ setting: Setting, _ place: Int, _ margins: UnsafePointer<Float>,
    _ changes: UnsafeMutablePointer<Float>, _ intercepts: UnsafeMutablePointer<Float>,
    _ sums: UnsafeMutablePointer<Sums>, _ part: inout Four
  ) -> Mask {
    let models = unsafe models
    let cells = (
      rows.0 &* models &+ model, rows.1 &* models &+ model, rows.2 &* models &+ model, rows.3 &* models &+ model
    )
    let given = unsafe four(costs, cells)
    let counts = isThere .& (given .> 0)
    guard any(counts) else { return counts }
    let cost = given.replacing(with: 1, where: .!counts)
    let here = (model, models &+ model, 2 &* models &+ model, 3 &* models &+ model)
    let sum = unsafe four(margins, here)
    let margin = unsafe sum + intercepts[model]
    let old = unsafe four(coefficients, cells)
    let target = unsafe four(
      targets, (Int(labels[rows.0]), Int(labels[rows.1]), Int(labels[rows.2]), Int(labels[rows.3])))
    let length = unsafe (four(squares, rows) + setting.spring) * overlap
    let reach = length * cost
    var point: Four
    var share: Four
    var miss: Four
    var active = counts
    if unsafe isFirst {
      point = margin
      share = logistic(point)
      miss = (share - target) * reach
      part.replace(with: .infinity, where: counts)
    } else {
      point = unsafe four(points, cells)
      share = target - old / cost
      miss = point - margin
      let gap = (0.5 * cost * share * (1 - share) * miss * miss).replacing(with: 0, where: .!counts)
      unsafe sums.pointee.gap += Double(gap.laneSum)
      let isFar = absolute(miss) .> DualAscent.nearness
      active = counts .& ((gap .>= setting.negligible) .| isFar)
      part = larger(part, gap.replacing(with: .infinity, where: counts .& isFar))
    }
    if any(active) {
      let enough = exactness * absolute(miss)
      var going = active
      for step in 1...mostSteps {
        var move = miss / (1 + reach * share * (1 - share))
        move.replace(with: longestStep, where: move .> longestStep)
        move.replace(with: -longestStep, where: move .< -longestStep)
        point.replace(with: point - move, where: going)
        share.replace(with: logistic(point), where: going)
        if step == mostSteps { break }
        miss = point - margin - ((target - share) * cost - old) * length
        going = going .& (absolute(miss) .> enough)
        if !any(going) { break }
      }
    }
    let new = old.replacing(with: (target - share) * cost, where: active)
    unsafe write(point, points, cells, where: active)
    unsafe write(new, coefficients, cells, where: active)
    let change = unsafe (new - old) * damping
    unsafe write(change, changes, here, where: active)
    unsafe intercepts[model] += setting.spring * change.laneSum
    unsafe sums.pointee.squares += Double((new * sum).replacing(with: 0, where: .!counts).laneSum)
    if place & 12 == 0 {
      let right = target * share + (1 - target) * (1 - share)
      unsafe sums.pointee.losses += losses(right, cost, where: counts)
    }
    return active
  }

  /// The steps of one model of three labels or more; returns which rows moved.
  @inline(__always)
  func multinomial(
    _ rows: Places, _ model: Int, _ isThere: Mask, _ setting: Setting, _ place: Int, _ margins: UnsafePointer<Float>,
    _ changes: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Four>,
    _ intercepts: UnsafeMutablePointer<Float>, _ sums: UnsafeMutablePointer<Sums>, _ part: inout Four
  ) -> Mask {
    let (models, lanes, count) = unsafe (models, lanes, labelCount)
    let cells = (
      rows.0 &* models &+ model, rows.1 &* models &+ model, rows.2 &* models &+ model, rows.3 &* models &+ model
    )
    let given = unsafe four(costs, cells)
    let counts = isThere .& (given .> 0)
    guard any(counts) else { return counts }
    let cost = given.replacing(with: 1, where: .!counts)
    let inverse = 1 / cost
    let first = model &* lanes
    let width = models &* lanes
    let kinds = unsafe (
      targets + Int(labels[rows.0]) &* lanes, targets + Int(labels[rows.1]) &* lanes,
      targets + Int(labels[rows.2]) &* lanes, targets + Int(labels[rows.3]) &* lanes
    )
    let length = unsafe (four(squares, rows) + setting.spring) * overlap
    let reach = length * cost
    // One vector for each label, six times.
    let (margin, old) = unsafe (scratch, scratch + count)
    let (point, share) = unsafe (scratch + 2 &* count, scratch + 3 &* count)
    let (miss, target) = unsafe (scratch + 4 &* count, scratch + 5 &* count)
    @inline(__always)
    func places(_ label: Int) -> Places {
      (cells.0 &* lanes &+ label, cells.1 &* lanes &+ label, cells.2 &* lanes &+ label, cells.3 &* lanes &+ label)
    }
    @inline(__always)
    func here(_ label: Int) -> Places {
      let lane = first &+ label
      return (lane, width &+ lane, 2 &* width &+ lane, 3 &* width &+ lane)
    }
    for label in 0..<count {
      unsafe margin[label] = four(margins, here(label)) + intercepts[first &+ label]
      unsafe old[label] = four(coefficients, places(label))
      unsafe target[label] = Four(kinds.0[label], kinds.1[label], kinds.2[label], kinds.3[label])
    }
    var active = counts
    if unsafe isFirst {
      for label in 0..<count { unsafe point[label] = margin[label] }
      unsafe softmax(point, share, count)
      for label in 0..<count { unsafe miss[label] = (share[label] - target[label]) * reach }
      part.replace(with: .infinity, where: counts)
    } else {
      var mean = Four.zero
      var square = Four.zero
      var farthest = Four.zero
      for label in 0..<count {
        let now = unsafe four(points, places(label))
        let held = unsafe target[label] - old[label] * inverse
        let distance = unsafe now - margin[label]
        unsafe point[label] = now
        unsafe share[label] = held
        unsafe miss[label] = distance
        let weighted = held * distance
        mean += weighted
        square += weighted * distance
        farthest = larger(farthest, absolute(distance))
      }
      let gap = (0.5 * cost * (square - mean * mean)).replacing(with: 0, where: .!counts)
      unsafe sums.pointee.gap += Double(gap.laneSum)
      let isFar = farthest .> DualAscent.nearness
      active = counts .& ((gap .>= setting.negligible) .| isFar)
      part = larger(part, gap.replacing(with: .infinity, where: counts .& isFar))
    }
    if any(active) {
      var largest = Four.zero
      for label in 0..<count { unsafe largest = larger(largest, absolute(miss[label])) }
      let enough = exactness * largest
      var going = active
      for step in 1...mostSteps {
        // (I + reach·(diag p − p·pᵀ))⁻¹·miss by Sherman & Morrison.
        var up = Four.zero
        var vp = Four.zero
        for label in 0..<count {
          let p = unsafe share[label]
          let scale = 1 / (1 + p * reach)
          let u = unsafe miss[label] * scale
          let v = p * scale
          up += p * u
          vp += p * v
          unsafe miss[label] = u
          unsafe share[label] = v
        }
        let factor = reach * up / (1 - reach * vp)
        var size = Four.zero
        for label in 0..<count {
          let move = unsafe miss[label] + share[label] * factor
          unsafe miss[label] = move
          size = larger(size, absolute(move))
        }
        let limit = (longestStep / size).replacing(with: 1, where: size .<= longestStep)
        for label in 0..<count {
          let next = unsafe point[label] - miss[label] * limit
          unsafe point[label].replace(with: next, where: going)
        }
        unsafe softmax(point, share, count)
        if step == mostSteps { break }
        largest = Four.zero
        for label in 0..<count {
          let new = unsafe (target[label] - share[label]) * cost
          let rest = unsafe point[label] - margin[label] - (new - old[label]) * length
          unsafe miss[label] = rest
          largest = larger(largest, absolute(rest))
        }
        going = going .& (largest .> enough)
        if !any(going) { break }
      }
    }
    var product = Four.zero
    var right = Four.zero
    for label in 0..<count {
      let before = unsafe old[label]
      let kept = unsafe target[label] - before * inverse
      let end = unsafe kept.replacing(with: share[label], where: active)
      let new = unsafe before.replacing(with: (target[label] - end) * cost, where: active)
      let change = unsafe (new - before) * damping
      unsafe write(point[label], points, places(label), where: active)
      unsafe write(new, coefficients, places(label), where: active)
      unsafe write(change, changes, here(label), where: active)
      unsafe product += new * (margin[label] - intercepts[first &+ label])
      unsafe right += target[label] * end
      unsafe intercepts[first &+ label] += setting.spring * change.laneSum
    }
    unsafe sums.pointee.squares += Double(product.replacing(with: 0, where: .!counts).laneSum)
    if place & 12 == 0 { unsafe sums.pointee.losses += losses(right, cost, where: counts) }
    return active
  }

  /// The labels' shares at four rows' margins.
  @inline(__always)
  private func softmax(_ margins: UnsafePointer<Four>, _ shares: UnsafeMutablePointer<Four>, _ count: Int) {
    var top = unsafe margins[0]
    for label in 1..<count { unsafe top = larger(top, margins[label]) }
    var sum = Four.zero
    for label in 0..<count {
      let power = unsafe exponentialOfNonpositive(margins[label] - top)
      unsafe shares[label] = power
      sum += power
    }
    let scale = 1 / sum
    for label in 0..<count { unsafe shares[label] *= scale }
  }
}

@inline(__always)
private func logistic(_ margin: SIMD4<Float>) -> SIMD4<Float> {
  let small = exponentialOfNonpositive(-absolute(margin))
  let share = 1 / (1 + small)
  return share.replacing(with: small * share, where: margin .< 0)
}

@inline(__always)
private func losses(_ shares: SIMD4<Float>, _ costs: SIMD4<Float>, where counts: AscentSteps.Mask) -> Double {
  let losses = costs * logarithmFromOne(1 / larger(shares, SIMD4(repeating: 1e-30)))
  return Double(losses.replacing(with: 0, where: .!counts).laneSum)
}

@inline(__always)
private func absolute(_ vector: SIMD4<Float>) -> SIMD4<Float> { vector.replacing(with: -vector, where: vector .< 0) }

@inline(__always)
private func larger(_ one: SIMD4<Float>, _ other: SIMD4<Float>) -> SIMD4<Float> {
  one.replacing(with: other, where: other .> one)
}
