import TextProcessing

/// N-grams of a statement's words.
///
/// Numbers and masked words enter as their class, by the hash that the tokenizer gave them.
public struct WordNGrams: Sendable {
  /// Which n-grams, and how they count.
  public struct Configuration: Codable, Equatable, Sendable {
    /// How letters of either case are told apart.
    public enum LetterCase: String, Codable, Sendable, CaseIterable {
      /// `NATO` and `nato` are one word.
      case folded
      /// `NATO` and `nato` are two words.
      case exact
      /// The folded n-gram, and beside it the exact one where it is written otherwise.
      case both
    }

    /// The lengths of n-grams, 1 to 5.
    public var orders: ClosedRange<Int>
    /// How letters of either case are told apart.
    public var letterCase: LetterCase
    /// How the n-grams count.
    public var weighting: Weighting

    /// N-grams of words, 1 to 3 long by default.
    public init(
      orders: ClosedRange<Int> = 1...3, letterCase: LetterCase = .folded, weighting: Weighting = Weighting()
    ) {
      self.orders = orders
      self.letterCase = letterCase
      self.weighting = weighting
    }

    func validate() throws(FeatureExtractionError) {
      guard orders.lowerBound >= 1, orders.upperBound <= 5 else {
        throw .invalidOrders(family: "words", lower: orders.lowerBound, upper: orders.upperBound, allowed: 1...5)
      }
      try weighting.validate(family: "words")
    }
  }

  let configuration: Configuration
  private let foldedSeed = FeatureHash.seed(.words)
  private let exactSeed = FeatureHash.seed(.words, variant: 1)

  init(_ configuration: Configuration) { self.configuration = configuration }

  /// The identity of a single word in any case.
  static func key(ofFoldedWord hash: UInt64) -> UInt64 { TextHash.combine(FeatureHash.seed(.words), hash) }

  /// Adds the n-grams of `units`.
  /// - Complexity: O(units · orders).
  func emit(from units: borrowing StatementUnits, into features: inout FeatureBuffer) {
    let orders = configuration.orders
    switch configuration.letterCase {
    case .exact:
      features.appendNGrams(of: units.exact, seed: exactSeed, orders: orders, first: units.first, last: units.last)
    case .folded, .both:
      features.appendNGrams(of: units.folded, seed: foldedSeed, orders: orders, first: units.first, last: units.last)
    }
    if configuration.letterCase == .both { emitRewritten(units: units, into: &features) }
    features.endBlock(
      .words, unitCount: units.count, regularOrders: orders.lowerBound == 1 ? orders.upperBound : 0)
  }

  /// The exact n-grams that differ from their folded form.
  private func emitRewritten(units: borrowing StatementUnits, into features: inout FeatureBuffer) {
    // The first unit from `start` on that is written otherwise; most n-grams have none.
    var rewritten = 0
    for start in 0..<units.count {
      rewritten = max(rewritten, start)
      while rewritten < units.count, units.exact[rewritten] == units.folded[rewritten] { rewritten += 1 }
      let end = min(start + configuration.orders.upperBound, units.count)
      guard rewritten < end else { continue }
      var state = exactSeed
      for position in start..<end {
        state = TextHash.combine(state, units.exact[position])
        if position >= rewritten && position - start + 1 >= configuration.orders.lowerBound {
          features.append(state, first: units.first[start], last: units.last[position])
        }
      }
    }
  }
}
