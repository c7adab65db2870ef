internal import LinearAlgebra

/// The small Newton problems of four rows for four models of two labels: one vector holds what the models have of a row, as it
/// lies, where `binomial` gathers what four rows have of one model.
extension AscentSteps {
  /// The steps of four models of two labels that lie side by side, one vector for each row; each does what `binomial` does, to
  /// the last bit. Returns for each row whether it moved.
  @inline(__always)
  func binomials(
    _ rows: Places, _ first: Int, _ isThere: Mask, _ settings: UnsafePointer<Setting>, _ place: Int,
    _ margins: UnsafePointer<Float>, _ changes: UnsafeMutablePointer<Float>, _ intercepts: UnsafeMutablePointer<Float>,
    _ sums: UnsafeMutablePointer<Sums>
  ) -> Mask {
    let models = unsafe models
    var isOpen = Mask(repeating: false)
    for lane in 0..<4 { unsafe isOpen[lane] = settings[first &+ lane].isOpen }
    let spring = unsafe Four(
      settings[first].spring, settings[first &+ 1].spring, settings[first &+ 2].spring, settings[first &+ 3].spring)
    let negligible = unsafe Four(
      settings[first].negligible, settings[first &+ 1].negligible, settings[first &+ 2].negligible,
      settings[first &+ 3].negligible)
    let intercept = unsafe load(intercepts + first)
    let takesLosses = place & 12 == 0
    @inline(__always)
    func one(_ row: Int, _ number: Int) -> RowStep {
      var step = RowStep()
      guard isThere[number] else { return step }
      let cell = row &* models &+ first
      let given = unsafe load(costs + cell)
      let counts = isOpen .& (given .> 0)
      let cost = given.replacing(with: 1, where: .!counts)
      let sum = unsafe load(margins + (number &* models &+ first))
      let margin = sum + intercept
      let old = unsafe load(coefficients + cell)
      let target = unsafe Four(repeating: targets[Int(labels[row])])
      let length = unsafe (squares[row] + spring) * overlap
      let reach = length * cost
      var point: Four
      var share: Four
      var miss: Four
      var active = counts
      if unsafe isFirst {
        point = margin
        share = AscentMath.logistic(point)
        miss = (share - target) * reach
      } else {
        point = unsafe load(points + cell)
        share = target - old / cost
        miss = point - margin
        step.gap = (0.5 * cost * share * (1 - share) * miss * miss).replacing(with: 0, where: .!counts)
        let isFar = AscentMath.absolute(miss) .> DualAscent.nearness
        active = counts .& ((step.gap .>= negligible) .| isFar)
      }
      guard any(active) else {
        step.square = (old * sum).replacing(with: 0, where: .!counts)
        if takesLosses { step.loss = AscentMath.lost(target * share + (1 - target) * (1 - share), cost, where: counts) }
        return step
      }
      step.moved = true
      AscentMath.solve(&point, &share, miss, margin, old, target, cost, length, reach, active)
      let new = old.replacing(with: (target - share) * cost, where: active)
      if unsafe isFirst { point = unsafe point.replacing(with: load(points + cell), where: .!active) }
      unsafe store(point, points + cell)
      unsafe store(new, coefficients + cell)
      step.change = unsafe (new - old) * damping
      unsafe store(step.change, changes + (number &* models &+ first))
      step.square = (new * sum).replacing(with: 0, where: .!counts)
      if takesLosses { step.loss = AscentMath.lost(target * share + (1 - target) * (1 - share), cost, where: counts) }
      return step
    }
    let a = one(rows.0, 0)
    let b = one(rows.1, 1)
    let c = one(rows.2, 2)
    let d = one(rows.3, 3)
    let change = (a.change + b.change) + (c.change + d.change)
    unsafe store(load(intercepts + first) + spring * change, intercepts + first)
    let gap = (a.gap + b.gap) + (c.gap + d.gap)
    let square = (a.square + b.square) + (c.square + d.square)
    let loss = (a.loss + b.loss) + (c.loss + d.loss)
    for lane in 0..<4 {
      unsafe sums[first &+ lane].gap += Double(gap[lane])
      unsafe sums[first &+ lane].squares += Double(square[lane])
      unsafe sums[first &+ lane].losses += Double(loss[lane])
    }
    var moved = Mask(repeating: false)
    moved[0] = a.moved
    moved[1] = b.moved
    moved[2] = c.moved
    moved[3] = d.moved
    return moved
  }

  /// What a row's step adds up, for four models.
  private struct RowStep {
    var gap = Four.zero
    var square = Four.zero
    var loss = Four.zero
    var change = Four.zero
    var moved = false
  }
}
