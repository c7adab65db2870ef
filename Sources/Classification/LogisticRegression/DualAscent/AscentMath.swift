internal import LinearAlgebra

/// What the steps of dual ascent compute with vectors of four.
enum AscentMath {
  typealias Four = SIMD4<Float>

  /// Newton steps for one row at most, and the longest of them: farther out the quadratic model means little.
  static let mostSteps = 4
  static let longestStep: Float = 2
  /// The share of a row's first miss at which its Newton steps end.
  static let exactness: Float = 0.3

  /// The logistic function of margins.
  @inline(__always)
  static func logistic(_ margin: Four) -> Four {
    let small = exponentialOfNonpositive(-absolute(margin))
    let share = 1 / (1 + small)
    return share.replacing(with: small * share, where: margin .< 0)
  }

  /// The sum of the losses at the shares of what rows are to be.
  @inline(__always)
  static func losses(_ shares: Four, _ costs: Four, where counts: AscentSteps.Mask) -> Double {
    Double(lost(shares, costs, where: counts).laneSum)
  }

  /// The losses at the shares of what rows are to be.
  @inline(__always)
  static func lost(_ shares: Four, _ costs: Four, where counts: AscentSteps.Mask) -> Four {
    let losses = costs * logarithmFromOne(1 / larger(shares, SIMD4(repeating: 1e-30)))
    return losses.replacing(with: 0, where: .!counts)
  }

  /// The numbers without their signs.
  @inline(__always)
  static func absolute(_ vector: Four) -> Four { vector.replacing(with: -vector, where: vector .< 0) }

  /// The larger ones of two by two numbers.
  @inline(__always)
  static func larger(_ one: Four, _ other: Four) -> Four {
    one.replacing(with: other, where: other .> one)
  }

  /// The Newton steps of two labels: points and shares move from where they miss.
  @inline(__always)
  static func solve(
    _ point: inout Four, _ share: inout Four, _ first: Four, _ margin: Four, _ old: Four, _ target: Four, _ cost: Four,
    _ length: Four, _ reach: Four, _ active: AscentSteps.Mask
  ) {
    var miss = first
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
}
