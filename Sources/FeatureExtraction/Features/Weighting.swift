import Glibc

/// How occurrences of a feature in a statement become its value, family by family.
///
/// The value of a feature that occurs `c` times in a statement is
/// `scale · f(c) · idf / norm`, where `idf = ln((1 + n) / (1 + documents)) + 1` over `n` statements, as scikit-learn's
/// `TfidfTransformer(smooth_idf=True)` has it. Each family is normalized by itself, as scikit-learn's `FeatureUnion` of
/// normalizing vectorizers does, so that a family with many features does not drown one with few.
public struct Weighting: Codable, Equatable, Sendable {
  /// What the number of occurrences counts for.
  public enum Frequency: String, Codable, Sendable, CaseIterable {
    /// 1, however often.
    case binary
    /// The number of occurrences.
    case count
    /// `1 + ln(count)`.
    case sublinear
  }

  /// What the values of a family are divided by.
  public enum Normalization: String, Codable, Sendable, CaseIterable {
    /// 1.
    case none
    /// The Euclidean length of the family's values.
    case l2
    /// The square root of the number of units (words) that the family read.
    ///
    /// With `count` frequencies the family is then additive over words: a word's share of a score depends on the word
    /// alone, and can be remembered when the word is first met.
    case unitCount
    /// The Euclidean length that the family's values would have if no feature occurred twice; for `count` frequencies.
    ///
    /// Every occurrence then counts the same, so that occurrences need not be counted. Few statements are so long that this is
    /// much other than `l2`.
    case occurrences
  }

  /// What the number of occurrences counts for.
  public var frequency: Frequency
  /// Whether rare features count for more.
  public var inverseDocumentFrequency: Bool
  /// What the family is divided by.
  public var normalization: Normalization
  /// What the family is multiplied by.
  public var scale: Float

  /// A weighting; by default scikit-learn's `TfidfVectorizer(sublinear_tf=True)`.
  public init(
    frequency: Frequency = .sublinear, inverseDocumentFrequency: Bool = true, normalization: Normalization = .l2,
    scale: Float = 1
  ) {
    self.frequency = frequency
    self.inverseDocumentFrequency = inverseDocumentFrequency
    self.normalization = normalization
    self.scale = scale
  }

  /// Each occurrence counts the same, and nothing has to be counted: scored faster than what counts occurrences.
  public static func additive(inverseDocumentFrequency: Bool = true, scale: Float = 1) -> Weighting {
    Weighting(
      frequency: .count, inverseDocumentFrequency: inverseDocumentFrequency, normalization: .occurrences, scale: scale)
  }

  /// Presence alone: 1 where a feature occurs.
  public static let binary = Weighting(frequency: .binary, inverseDocumentFrequency: false, normalization: .none)

  /// The value of `count` occurrences before idf and normalization.
  @inline(__always)
  package func frequency(of count: Int) -> Float { frequency.value(of: count) }

  /// What `count` occurrences, which have a value and a weight of their rarity, add to the squares that values are normalized by.
  @inline(__always)
  package func squares(of count: Int, value: Float, rarity: Float) -> Double {
    switch normalization {
    case .occurrences: Double(count) * (Double(rarity) * Double(rarity))
    case .none, .l2, .unitCount: Double(value) * Double(value)
    }
  }

  /// The weight of a feature that occurs in `documents` of `total` statements.
  package static func inverseDocumentFrequency(documents: Int, total: Int) -> Float {
    Float(log(Double(1 + total) / Double(1 + documents)) + 1)
  }

  func validate(family: String) throws(FeatureExtractionError) {
    guard scale > 0, scale.isFinite else { throw .invalidScale(family: family, scale: scale) }
    guard normalization != .occurrences || frequency == .count else { throw .uncountedOccurrences(family: family) }
  }
}

extension Weighting.Frequency {
  /// The value of `count` occurrences.
  @inline(__always)
  func value(of count: Int) -> Float {
    switch self {
    case .binary: 1
    case .count: Float(count)
    case .sublinear:
      // The ordinary counts without a look at anything; a test holds them equal to the formula.
      switch count {
      case 1: 1
      case 2: 1.6931472
      case 3: 2.0986123
      case 4: 2.3862944
      case 5: 2.609438
      default: 1 + Float(log(Double(count)))
      }
    }
  }

  /// How much one occurrence more than `count` adds to the value, and to its square; nothing is there after none.
  func step(after count: Int) -> (frequency: Float, squares: Float) {
    guard count > 0 else { return (0, 0) }
    let (before, after) = (value(of: count), value(of: count + 1))
    return (after - before, after * after - before * before)
  }
}
