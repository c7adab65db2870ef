/// McNemar's test (1947) of whether two models are right equally often, from the items on which one of them only is.
public struct McNemarTest: Equatable, Sendable {
  /// The number of items that both label right.
  public let bothCorrect: Int
  /// The number of items that only the first labels right.
  public let onlyFirstCorrect: Int
  /// The number of items that only the second labels right.
  public let onlySecondCorrect: Int
  /// The number of items that both label wrong.
  public let neitherCorrect: Int
  /// The probability, if the models were equally good, of a difference at least as large; exact, two-sided.
  public let exactPValue: Double
  /// The same with half the weight on the outcome itself (Fagerland, Lydersen and Laake, 2013): less conservative, and
  /// the better choice in most cases.
  public let midPValue: Double
  /// How many times as often the second alone is right as the first alone; nothing where the first never is.
  public let oddsRatio: Double?
  /// The exact interval of the odds ratio; an upper end of nothing means infinity.
  public let oddsRatioLower: Double?
  /// The upper end of that interval.
  public let oddsRatioUpper: Double?

  /// Tests two models.
  public init(_ pairs: PairedPredictions, confidence: Double = 0.95) {
    var counts = [0, 0, 0, 0]
    for item in 0..<pairs.count {
      counts[(pairs.first.isCorrect(at: item) ? 0 : 2) + (pairs.second.isCorrect(at: item) ? 0 : 1)] += 1
    }
    self.init(
      bothCorrect: counts[0], onlyFirstCorrect: counts[1], onlySecondCorrect: counts[2], neitherCorrect: counts[3],
      confidence: confidence)
  }

  /// Tests from counts.
  public init(
    bothCorrect: Int, onlyFirstCorrect: Int, onlySecondCorrect: Int, neitherCorrect: Int, confidence: Double = 0.95
  ) {
    self.bothCorrect = bothCorrect
    self.onlyFirstCorrect = onlyFirstCorrect
    self.onlySecondCorrect = onlySecondCorrect
    self.neitherCorrect = neitherCorrect
    let trials = onlyFirstCorrect + onlySecondCorrect
    let smaller = min(onlyFirstCorrect, onlySecondCorrect)
    let fair = BinomialDistribution(trials: trials, probability: 0.5)
    let twice = 2 * fair.cumulative(smaller)
    exactPValue = min(1, twice)
    midPValue = trials == 0 ? 1 : min(1, twice - fair.mass(smaller))
    let interval = BinomialDistribution.exactInterval(
      successes: onlySecondCorrect, trials: trials, confidence: confidence)
    func odds(_ share: Double) -> Double? { share >= 1 ? nil : share / (1 - share) }
    oddsRatio = onlyFirstCorrect == 0 ? nil : Double(onlySecondCorrect) / Double(onlyFirstCorrect)
    oddsRatioLower = trials == 0 ? nil : odds(interval.lower)
    oddsRatioUpper = trials == 0 ? nil : odds(interval.upper)
  }
}
