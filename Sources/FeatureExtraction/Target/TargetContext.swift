import TextProcessing

/// What a statement says around the mentions of its target: word n-grams marked by whether they stand before or after
/// the nearest mention, and how far from it.
///
/// Distances are counted in units (words): up to 3 is near, up to 8 middle, beyond that far. An n-gram bears the mark
/// of its word that is nearest to the mention; n-grams that hold the mention itself are left to the word n-grams, where
/// the mention is one symbol.
public struct TargetContext: Sendable {
  /// How a statement's target is dealt with.
  public struct Configuration: Codable, Equatable, Sendable {
    /// Whether every mention is drawn together into one symbol, so that what is learnt of one target holds for others.
    public var replacesMentions: Bool
    /// Whether words of the target are taken for mentions where a text does not name it in one of its forms; nil for no.
    /// So what is learnt of names holds for propositions, and for names of which a text gives a part.
    public var findsParts: Bool?
    /// The lengths of n-grams that are marked by side and distance, 1 to 5; nil for none.
    public var sideOrders: ClosedRange<Int>?
    /// How the marked n-grams count.
    public var sideWeighting: Weighting
    /// Whether the text is compared with the target's wording, as it should be where targets are propositions.
    public var comparesWording: Bool
    /// How the result of the comparison counts.
    public var wordingWeighting: Weighting
    /// The lengths of n-grams of the target's own wording, 1 to 5; nil for none.
    public var wordingOrders: ClosedRange<Int>?
    /// The lengths of n-grams of the sentence that shares most with the target's wording, 1 to 5; nil for none.
    public var matchedOrders: ClosedRange<Int>?
    /// Whether each n-gram of words and of characters is there a second time, crossed with the target. This is for few
    /// targets with many statements each.
    public var crossesTarget: Bool
    /// Whether it is compared what the text and the target negate of the words that they share; nil for no.
    public var comparesNegation: Bool?
    /// How features count that tell who acts on whom and how words of praise and blame stand to the mention; nil for none.
    public var roleWeighting: Weighting?
    /// How n-grams of the wording, of the matched sentence and crossed ones count.
    public var crossedWeighting: Weighting

    /// A way to deal with targets; by default that for targets which are names.
    public init(
      replacesMentions: Bool = true, findsParts: Bool? = nil, sideOrders: ClosedRange<Int>? = 1...2,
      sideWeighting: Weighting = Weighting(),
      comparesWording: Bool = false, wordingWeighting: Weighting = .binary, wordingOrders: ClosedRange<Int>? = nil,
      matchedOrders: ClosedRange<Int>? = nil, crossesTarget: Bool = false, comparesNegation: Bool? = nil,
      roleWeighting: Weighting? = nil,
      crossedWeighting: Weighting = Weighting()
    ) {
      self.replacesMentions = replacesMentions
      self.findsParts = findsParts
      self.sideOrders = sideOrders
      self.sideWeighting = sideWeighting
      self.comparesWording = comparesWording
      self.wordingWeighting = wordingWeighting
      self.wordingOrders = wordingOrders
      self.matchedOrders = matchedOrders
      self.crossesTarget = crossesTarget
      self.comparesNegation = comparesNegation
      self.roleWeighting = roleWeighting
      self.crossedWeighting = crossedWeighting
    }

    /// How features of roles count where they are asked for and nothing else is said.
    public static let standardRoleWeighting = Weighting(scale: 0.7)
    /// For targets that are names: mentions become a symbol, n-grams are marked by their side and distance.
    public static let name = Configuration()
    /// For targets that are propositions or headlines: the text is compared with the target's wording.
    public static let proposition = Configuration(
      replacesMentions: false, sideOrders: nil, comparesWording: true, wordingOrders: 1...2)
    /// For few targets with many statements each: every n-gram is crossed with the target.
    public static let topic = Configuration(replacesMentions: false, sideOrders: nil, crossesTarget: true)

    func validate() throws(FeatureExtractionError) {
      for orders in [sideOrders, wordingOrders, matchedOrders].compactMap({ $0 })
      where orders.lowerBound < 1 || orders.upperBound > 5 {
        throw .invalidOrders(
          family: "target", lower: orders.lowerBound, upper: orders.upperBound, allowed: 1...5)
      }
      try sideWeighting.validate(family: "target")
      try wordingWeighting.validate(family: "target")
      try crossedWeighting.validate(family: "target")
      try roleWeighting?.validate(family: "target")
    }
  }

  /// The hash of the symbol that stands for a mention. Its text holds a control character, so that no word equals it.
  package static let symbol = TextHash.hash("\u{1}target")

  let orders: ClosedRange<Int>
  private let seed = FeatureHash.seed(.targetSides)
  private let propositionSeed = FeatureHash.seed(.targetSides, variant: 1)

  init?(_ configuration: Configuration) {
    guard let orders = configuration.sideOrders else { return nil }
    self.orders = orders
  }

  /// Adds the marked n-grams of a statement that mentions its target; for one that does not, a feature that says so.
  /// - Complexity: O(units · orders).
  func emit(from units: borrowing StatementUnits, target: TargetPattern, into features: inout FeatureBuffer) {
    if units.count > 0, units.positions[0] == .unmentioned {
      let last = units.last[units.count - 1]
      features.append(
        TextHash.combine(seed, UInt64(TargetPosition.unmentioned.rawValue)), first: 0, last: last)
      // A proposition is seldom named as it is worded: that it is not says less than of a name.
      if !target.isName {
        features.append(
          TextHash.combine(propositionSeed, UInt64(TargetPosition.unmentioned.rawValue)), first: 0, last: last)
      }
    } else {
      for start in 0..<units.count { emit(from: units, start: start, into: &features) }
    }
    features.endBlock(.targetSides, unitCount: units.count)
  }

  private func emit(from units: borrowing StatementUnits, start: Int, into features: inout FeatureBuffer) {
    var state = seed
    for position in start..<min(start + orders.upperBound, units.count) {
      if units.positions[position] == .mention { return }
      state = TextHash.combine(state, units.folded[position])
      if position - start + 1 >= orders.lowerBound {
        let nearest = units.positions[position].isBefore ? units.positions[position] : units.positions[start]
        features.append(
          TextHash.combine(state, UInt64(nearest.rawValue)), first: units.first[start], last: units.last[position])
      }
    }
  }
}

extension StatementUnits {
  /// Gives every unit its position, where mentions are marked already; a unit halfway between two mentions stands after
  /// the first.
  ///
  /// - Complexity: O(units).
  package mutating func locateAroundMentions() {
    var previous: Int?
    var next = nextMention(from: 0)
    if next == nil { return }
    for index in 0..<count {
      if index == next {
        previous = index
        next = nextMention(from: index + 1)
        continue
      }
      let before = next.map { $0 - index } ?? .max
      let after = previous.map { index - $0 } ?? .max
      positions[index] = after <= before ? .after(after) : .before(before)
    }
  }

  private func nextMention(from start: Int) -> Int? {
    var index = start
    while index < count, positions[index] != .mention { index += 1 }
    return index < count ? index : nil
  }
}
