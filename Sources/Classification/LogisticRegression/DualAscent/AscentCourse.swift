internal import Foundation
internal import Optimization

/// What a look at the rows tells of an ascent.
enum Certificate {
  /// The objective and the gap.
  case measured(Outcome)
  /// Some of the rows told that the gap is too large; they told about this objective.
  case tooFar(value: Double)
}

/// What one model's ascent to one optimum has seen so far: it says when to measure the gap, and when to give up.
struct AscentCourse {
  /// The relative gap at which to stop.
  let tolerance: Double
  /// Epochs after which Newton's method takes over in any case.
  let mostEpochs: Int
  /// Whether rows had no points yet before the first epoch, so that there was no gap to measure in it.
  let isFresh: Bool

  /// What the rows' parts of the gap added up to in each epoch, relative to the objective.
  private var gaps: [Double] = []
  private var value = 0.0
  private var drift = 0.0
  private var tied = 0.0
  private var checks = 0
  /// How fast intercepts came to rest and the gap shrank at the C before this one: the share of its move that is an
  /// intercept's next one, and of the rows' parts in an epoch what they are in the next; nil if nobody knows.
  private var pace: (rate: Double, shrinkage: Double)?
  /// The relative gap where the ascent stands, as far as the epochs tell.
  private(set) var now = Double.infinity

  /// The course of an ascent that begins, maybe where one at a smaller C has ended.
  init(tolerance: Double, mostEpochs: Int, isFresh: Bool, after previous: AscentCourse? = nil) {
    pace = previous?.pace
    self.tolerance = tolerance
    self.mostEpochs = mostEpochs
    self.isFresh = isFresh
  }

  /// A row stays as it is while its part of the gap is below this, a share of its part of the goal.
  func negligible(rows: Int) -> Float { Float(0.1 * tolerance * value / Double(rows)) }

  /// Takes in what an epoch added up, with the squared distance that its intercepts moved; returns whether the spring that
  /// holds the intercepts back is what keeps the gap open.
  ///
  /// - Parameter slept: what the rows that rested had of the gap; nil if none did. Only then do the sums tell the objective.
  mutating func append(_ sums: AscentSteps.Sums, slept: Double?, drift: Double, spring: Float) -> Bool {
    let before = self.drift
    self.drift = drift
    if slept == nil { value = sums.value }
    let rested = (slept ?? 0) / value
    gaps.append(isFresh && gaps.isEmpty ? 1 : sums.gap / value + rested)
    // With the spring, the minimum is below the true one plus ½·distance²/spring for the distance from the centre to the
    // best intercepts; moves that shrink at a constant rate have that distance for their sum. After one epoch there is no
    // rate yet; a path has that of the C before, unless it is too good to rely on.
    let rate = before > 0 ? min(0.95, (drift / before).squareRoot()) : max(0.5, pace?.rate ?? 0.95)
    tied = drift / Double(2 * spring) * (1 / ((1 - rate) * (1 - rate)) - 1) / value
    // The gap was added up while it shrank; at the end of the epoch it is smaller by about the rate of an epoch, but for the
    // rows that rested.
    let last = gaps[gaps.count - 1]
    let shrinkage = gaps.count > 1 ? min(1, last / gaps[gaps.count - 2]) : pace?.shrinkage ?? 1
    if gaps.count > (isFresh ? 2 : 1) { pace = (rate, shrinkage) }
    now = (last - rested) * shrinkage + rested + tied
    return gaps.count > 3 && tied > last
  }

  /// Whether the gap may be small enough; a look at some of the rows tells more.
  var wantsCertificate: Bool { isLast || gaps.count > fewestEpochs && now <= 4 * tolerance }

  /// How many epochs tell too little.
  private var fewestEpochs: Int { isFresh ? 2 : pace == nil ? 1 : 0 }

  /// What the rows' parts of the gap may add up to, relative to the objective, if a certificate is to be the end;
  /// anything if there are no epochs left.
  var bound: Double { isLast ? .infinity : tolerance - tied }

  /// The end of the ascent, if what the certificate measured is one.
  mutating func end(_ certificate: Certificate) -> Outcome? {
    let measured: Outcome
    switch certificate {
    case .tooFar(let value):
      // What the epochs added up may be far from it by now, and says how small a part of the gap is negligible.
      self.value = value
      return nil
    case .measured(let outcome): measured = outcome
    }
    var outcome = measured
    checks += 1
    if gaps.count == 1, let rate = pace?.rate { pace = (rate, min(1, measured.relativeGap / gaps[0])) }
    outcome.relativeGap += tied * value / max(outcome.value, .leastNormalMagnitude)
    outcome.iterations = gaps.count
    outcome.passes = gaps.count + checks
    outcome.converged = outcome.relativeGap <= tolerance
    if outcome.converged || isLast { return outcome }
    value = measured.value
    return nil
  }

  /// Whether there are no epochs left, or the last six epochs' rate would take too many of them to the goal. Where rows cost much
  /// the first epochs swing, and tell nothing.
  private var isLast: Bool {
    if gaps.count >= mostEpochs { return true }
    guard gaps.count > 15, now > tolerance else { return !now.isFinite }
    let shrinkage = log(gaps[gaps.count - 1] / gaps[gaps.count - 7]) / 6
    return !(shrinkage < 0) || log(tolerance / now) / shrinkage > Double(mostEpochs - gaps.count)
  }
}
