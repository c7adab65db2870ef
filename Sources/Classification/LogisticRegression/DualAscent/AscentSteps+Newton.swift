internal import LinearAlgebra

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
      share = AscentMath.logistic(point)
      miss = (share - target) * reach
      part.replace(with: .infinity, where: counts)
    } else {
      point = unsafe four(points, cells)
      share = target - old / cost
      miss = point - margin
      let gap = (0.5 * cost * share * (1 - share) * miss * miss).replacing(with: 0, where: .!counts)
      unsafe sums.pointee.gap += Double(gap.laneSum)
      let isFar = AscentMath.absolute(miss) .> DualAscent.nearness
      active = counts .& ((gap .>= setting.negligible) .| isFar)
      part = AscentMath.larger(part, gap.replacing(with: .infinity, where: counts .& isFar))
    }
    if any(active) { AscentMath.solve(&point, &share, miss, margin, old, target, cost, length, reach, active) }
    let new = old.replacing(with: (target - share) * cost, where: active)
    unsafe write(point, points, cells, where: active)
    unsafe write(new, coefficients, cells, where: active)
    let change = unsafe (new - old) * damping
    unsafe write(change, changes, here, where: active)
    unsafe intercepts[model] += setting.spring * change.laneSum
    unsafe sums.pointee.squares += Double((new * sum).replacing(with: 0, where: .!counts).laneSum)
    if place & 12 == 0 {
      let right = target * share + (1 - target) * (1 - share)
      unsafe sums.pointee.losses += AscentMath.losses(right, cost, where: counts)
    }
    return active
  }

  /// Writes a row's change, coefficients and point, four lanes of them.
  @inline(__always)
  private func write(
    _ change: Four, _ here: UnsafeMutablePointer<Float>, _ coefficient: Four, _ point: Four, _ place: Int
  ) {
    unsafe store(change, here)
    unsafe store(coefficient, coefficients + place)
    unsafe store(point, points + place)
  }

  /// One vector for each of four lanes from one for each of four rows.
  @inline(__always)
  private func turn(_ rows: (Four, Four, Four, Four), into lanes: UnsafeMutablePointer<Four>) {
    for lane in 0..<4 { unsafe lanes[lane] = Four(rows.0[lane], rows.1[lane], rows.2[lane], rows.3[lane]) }
  }

  @inline(__always)
  private func turn(_ numbers: UnsafePointer<Float>, _ places: Places, into lanes: UnsafeMutablePointer<Four>) {
    unsafe turn(
      (load(numbers + places.0), load(numbers + places.1), load(numbers + places.2), load(numbers + places.3)),
      into: lanes)
  }

  /// One vector for each of four rows from one for each of four lanes.
  @inline(__always)
  private func turned(_ lanes: UnsafePointer<Four>) -> (Four, Four, Four, Four) {
    let (a, b, c, d) = unsafe (lanes[0], lanes[1], lanes[2], lanes[3])
    return (
      Four(a[0], b[0], c[0], d[0]), Four(a[1], b[1], c[1], d[1]), Four(a[2], b[2], c[2], d[2]),
      Four(a[3], b[3], c[3], d[3])
    )
  }

  /// Four numbers that lie next to each other.
  @inline(__always)
  func load(_ numbers: UnsafePointer<Float>) -> Four {
    unsafe UnsafeRawPointer(numbers).loadUnaligned(as: Four.self)
  }

  /// Writes four numbers next to each other.
  @inline(__always)
  func store(_ vector: Four, _ numbers: UnsafeMutablePointer<Float>) {
    unsafe UnsafeMutableRawPointer(numbers).storeBytes(of: vector, as: Four.self)
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
    // One vector for each lane, six times.
    let (margin, old) = unsafe (scratch, scratch + lanes)
    let (point, share) = unsafe (scratch + 2 &* lanes, scratch + 3 &* lanes)
    let (miss, target) = unsafe (scratch + 4 &* lanes, scratch + 5 &* lanes)
    let begin = (cells.0 &* lanes, cells.1 &* lanes, cells.2 &* lanes, cells.3 &* lanes)
    for chunk in stride(from: 0, to: lanes, by: 4) {
      unsafe turn(margins + (first &+ chunk), (0, width, 2 &* width, 3 &* width), into: margin + chunk)
      unsafe turn(coefficients + chunk, begin, into: old + chunk)
      unsafe turn(points + chunk, begin, into: point + chunk)
      unsafe turn(
        (load(kinds.0 + chunk), load(kinds.1 + chunk), load(kinds.2 + chunk), load(kinds.3 + chunk)),
        into: target + chunk)
    }
    for label in 0..<count { unsafe margin[label] += intercepts[first &+ label] }
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
        let now = unsafe point[label]
        let held = unsafe target[label] - old[label] * inverse
        let distance = unsafe now - margin[label]
        unsafe share[label] = held
        unsafe miss[label] = distance
        let weighted = held * distance
        mean += weighted
        square += weighted * distance
        farthest = AscentMath.larger(farthest, AscentMath.absolute(distance))
      }
      let gap = (0.5 * cost * (square - mean * mean)).replacing(with: 0, where: .!counts)
      unsafe sums.pointee.gap += Double(gap.laneSum)
      let isFar = farthest .> DualAscent.nearness
      active = counts .& ((gap .>= setting.negligible) .| isFar)
      part = AscentMath.larger(part, gap.replacing(with: .infinity, where: counts .& isFar))
    }
    if any(active) {
      var largest = Four.zero
      for label in 0..<count { unsafe largest = AscentMath.larger(largest, AscentMath.absolute(miss[label])) }
      let enough = AscentMath.exactness * largest
      var going = active
      for step in 1...AscentMath.mostSteps {
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
          size = AscentMath.larger(size, AscentMath.absolute(move))
        }
        let limit = (AscentMath.longestStep / size).replacing(with: 1, where: size .<= AscentMath.longestStep)
        for label in 0..<count {
          let next = unsafe point[label] - miss[label] * limit
          unsafe point[label].replace(with: next, where: going)
        }
        unsafe softmax(point, share, count)
        if step == AscentMath.mostSteps { break }
        largest = Four.zero
        for label in 0..<count {
          let new = unsafe (target[label] - share[label]) * cost
          let rest = unsafe point[label] - margin[label] - (new - old[label]) * length
          unsafe miss[label] = rest
          largest = AscentMath.larger(largest, AscentMath.absolute(rest))
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
      unsafe miss[label] = change
      unsafe old[label] = new
      unsafe product += new * (margin[label] - intercepts[first &+ label])
      unsafe right += target[label] * end
      unsafe intercepts[first &+ label] += setting.spring * change.laneSum
    }
    for lane in count..<lanes { unsafe miss[lane] = .zero }
    for chunk in stride(from: 0, to: lanes, by: 4) {
      let moves = unsafe turned(miss + chunk)
      let news = unsafe turned(old + chunk)
      let ends = unsafe turned(point + chunk)
      let here = unsafe changes + (first &+ chunk)
      if active[0] { unsafe write(moves.0, here, news.0, ends.0, begin.0 &+ chunk) }
      if active[1] { unsafe write(moves.1, here + width, news.1, ends.1, begin.1 &+ chunk) }
      if active[2] { unsafe write(moves.2, here + 2 &* width, news.2, ends.2, begin.2 &+ chunk) }
      if active[3] { unsafe write(moves.3, here + 3 &* width, news.3, ends.3, begin.3 &+ chunk) }
    }
    unsafe sums.pointee.squares += Double(product.replacing(with: 0, where: .!counts).laneSum)
    if place & 12 == 0 { unsafe sums.pointee.losses += AscentMath.losses(right, cost, where: counts) }
    return active
  }

  /// The labels' shares at four rows' margins.
  @inline(__always)
  private func softmax(_ margins: UnsafePointer<Four>, _ shares: UnsafeMutablePointer<Four>, _ count: Int) {
    var top = unsafe margins[0]
    for label in 1..<count { unsafe top = AscentMath.larger(top, margins[label]) }
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
