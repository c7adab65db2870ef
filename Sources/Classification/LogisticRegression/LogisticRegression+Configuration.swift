extension LogisticRegression {
  /// What may be chosen about a fit.
  public struct Configuration: Codable, Equatable, Sendable {
    /// C: how much the statements count against the penalty. Larger fits closer. scikit-learn's meaning.
    public var inverseRegularization: Double
    /// How weights are kept small.
    public var penalty: Penalty
    /// How much each label counts.
    public var classWeight: ClassWeight
    /// The power of the naive Bayes log-count ratios that columns are multiplied by, so that words which the labels use
    /// differently are penalized less; nil for columns as they are. See `ColumnContrast`.
    public var contrast: Double?
    /// The relative gap to the optimum at which the fit stops.
    public var tolerance: Double
    /// The largest number of iterations: epochs of dual ascent and Newton steps together.
    public var maximumIterations: Int
    /// The seed of whatever is random; recorded with the model, so that a run can be repeated.
    public var seed: UInt64

    /// A configuration.
    public init(
      inverseRegularization: Double = 1, penalty: Penalty = .l2, classWeight: ClassWeight = .none,
      contrast: Double? = nil, tolerance: Double = 1e-6, maximumIterations: Int = 100, seed: UInt64 = 0
    ) {
      self.inverseRegularization = inverseRegularization
      self.penalty = penalty
      self.classWeight = classWeight
      self.contrast = contrast
      self.tolerance = tolerance
      self.maximumIterations = maximumIterations
      self.seed = seed
    }

    /// The same configuration if every setting can be used.
    ///
    /// - Throws: `ConfigurationError` naming the first setting that cannot.
    public func validated() throws(ConfigurationError) -> Configuration {
      // Beyond these bounds sums of losses are no numbers any more; nothing reasonable lies there.
      guard inverseRegularization >= 1e-9, inverseRegularization <= 1e9 else {
        throw ConfigurationError.inverseRegularization(inverseRegularization)
      }
      if let contrast, !(contrast > 0 && contrast <= 2) { throw ConfigurationError.contrast(contrast) }
      guard tolerance > 0, tolerance < 1 else { throw ConfigurationError.tolerance(tolerance) }
      guard maximumIterations > 0 else { throw ConfigurationError.maximumIterations(maximumIterations) }
      if case .elasticNet(let ratio) = penalty, !(0...1).contains(ratio) { throw ConfigurationError.l1Ratio(ratio) }
      if case .given(let weights) = classWeight {
        for (label, weight) in weights.enumerated() where !(0...ClassWeight.largest).contains(weight) {
          throw ConfigurationError.classWeight(label: label, weight: weight)
        }
      }
      return self
    }
  }

  /// How weights are kept small. Intercepts are never penalized.
  public enum Penalty: Codable, Equatable, Sendable {
    /// ½ ‖W‖²: all features share in the evidence.
    case l2
    /// ‖W‖₁: few features carry the evidence, for compact models.
    case l1
    /// l1Ratio · ‖W‖₁ + (1 − l1Ratio) · ½ ‖W‖², with a ratio from 0 to 1.
    case elasticNet(l1Ratio: Double)

    /// The share of the L1 norm.
    var l1Ratio: Double {
      switch self {
      case .l2: 0
      case .l1: 1
      case .elasticNet(let ratio): ratio
      }
    }
  }

  /// How much the statements of each label count.
  public enum ClassWeight: Codable, Equatable, Sendable {
    /// All alike.
    case none
    /// In inverse proportion to the label's total weight, as scikit-learn's `balanced`.
    case balanced
    /// By the square root of `balanced`, halfway between it and `none`: for measures that count frequent labels for more
    /// than rare ones, but not as much more as their share.
    case squareRoot
    /// As given, one number a label.
    case given([Double])

    /// What options and cards call it: `none`, `balanced` or `sqrt`; nil for weights that are given.
    public var name: String? { Self.named.first { $0.value == self }?.name }

    /// The weights of that name; nil if none has it.
    public init?(name: String) {
      guard let found = Self.named.first(where: { $0.name == name }) else { return nil }
      self = found.value
    }

    private static let named: [(name: String, value: ClassWeight)] = [
      ("none", .none), ("balanced", .balanced), ("sqrt", .squareRoot),
    ]

    /// Whether statements of a label count at all.
    package func learns(_ label: Int) -> Bool {
      guard case .given(let weights) = self, weights.indices.contains(label) else { return true }
      return weights[label] > 0
    }

    /// The largest weight that is given.
    package static var largest: Double { 1e6 }
  }

  /// A setting that cannot be used.
  public enum ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// C is not a number from 1e-9 to 1e9.
    case inverseRegularization(Double)
    /// The power of the contrast is not above 0 and up to 2.
    case contrast(Double)
    /// The tolerance is not between 0 and 1.
    case tolerance(Double)
    /// The number of iterations is not positive.
    case maximumIterations(Int)
    /// The share of L1 is not between 0 and 1.
    case l1Ratio(Double)
    /// A class weight is not a number from 0 to 1,000,000.
    case classWeight(label: Int, weight: Double)

    /// What is wrong and what would be right.
    public var description: String {
      switch self {
      case .inverseRegularization(let value): "C is \(value); it must be a number from 1e-9 to 1e9, such as 1"
      case .contrast(let value): "the power of the contrast is \(value); it must be above 0 and at most 2, such as 0.5"
      case .tolerance(let value): "the tolerance is \(value); it must be above 0 and below 1, such as 1e-6"
      case .maximumIterations(let value): "the number of iterations is \(value); it must be at least 1"
      case .l1Ratio(let value): "the share of L1 is \(value); it must be from 0 (all L2) to 1 (all L1)"
      case .classWeight(let label, let weight):
        "the class weight of label \(label) is \(weight); it must be a number from 0 to 1000000"
      }
    }
  }
}
