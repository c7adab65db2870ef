import TextProcessing

/// Who acts on whom, and how words of praise and blame stand to the target.
///
/// The same words speak for one name of a sentence and against another: in `the senator attacked TARGET` the blame is not
/// the target's. So the family tells beside which word the target stands and in what part, whether it is quoted or negated,
/// and for every word of praise or blame, turned round by a negation, on which side of the mention it stands, how near, in
/// whose clause and beside which part.
struct TargetRoles: Sendable {
  /// Classes of words, as the model was trained with them.
  let lexicon: Lexicon

  private enum Kind: UInt64 {
    case part, parts, word, wordPolarity, quotation, negation, side, nearness, clause, balance, partSide
  }

  private enum Polarity: UInt64 {
    case none, favorable, unfavorable
  }

  /// Up to so many tokens from the mention a word is near.
  private static let nearDistance = 5
  private static let seed = FeatureHash.seed(.targetRoles)

  init?(_ configuration: TargetContext.Configuration, lexicon: Lexicon?) {
    guard configuration.roleWeighting != nil else { return nil }
    self.lexicon = lexicon ?? .target
  }

  /// Adds the features of a statement; none where it does not mention its target.
  ///
  /// - Complexity: O(tokens · parts of the target); no allocation once the memory has grown.
  func emit(
    _ tokens: Span<Token>, mentions: borrowing TargetMentions, reading: inout TargetReading,
    into features: inout FeatureBuffer
  ) {
    if mentions.count > 0 {
      reading.read(tokens, mention: mentions[0], lexicon: lexicon)
      emitParts(tokens, reading, into: &features)
      emitSurroundings(reading, tokenCount: tokens.count, into: &features)
      emitPolarity(reading, tokenCount: tokens.count, into: &features)
    }
    features.endBlock(.targetRoles, unitCount: tokens.count)
  }

  /// Adds a feature of one or two values, made by a token.
  @inline(__always)
  private func add(
    _ kind: Kind, _ value: UInt64, _ other: UInt64 = 0, at token: Int, to features: inout FeatureBuffer
  ) {
    let key = TextHash.combine(TextHash.combine(TextHash.combine(Self.seed, kind.rawValue), value), other)
    let place = UInt16(truncatingIfNeeded: token)
    features.append(key, first: place, last: place)
  }

  /// Praise or blame, the other way round under a negation.
  private func polarity(_ reading: borrowing TargetReading, _ index: Int) -> Polarity {
    let classes = reading.classes(index)
    guard classes.hasAny(.init(.favorable, .unfavorable)) else { return .none }
    return classes.has(.favorable) != reading.negated[index] ? .favorable : .unfavorable
  }

  /// The parts that the target plays, and the words beside which it does.
  private func emitParts(
    _ tokens: Span<Token>, _ reading: borrowing TargetReading, into features: inout FeatureBuffer
  ) {
    let mention = reading.mention.lowerBound
    var set: UInt64 = 0
    for index in 0..<reading.parts.count {
      let part = reading.parts[index]
      let role = part.role.rawValue
      if set >> role & 1 == 0 { add(.part, role, at: mention, to: &features) }
      set |= 1 << role
      var word = tokens[part.word].foldedHash
      if let preposition = part.preposition { word = TextHash.combine(word, tokens[preposition].foldedHash) }
      add(.word, role, word, at: part.word, to: &features)
      add(.wordPolarity, role, polarity(reading, part.word).rawValue, at: part.word, to: &features)
      if reading.negated[part.word] { add(.negation, 2, role, at: part.word, to: &features) }
    }
    if set == 0 { add(.part, TargetRole.none.rawValue, at: mention, to: &features) }
    add(.parts, set, at: mention, to: &features)
  }

  /// Whether the target is quoted, and whether it or its clause is negated.
  private func emitSurroundings(
    _ reading: borrowing TargetReading, tokenCount: Int, into features: inout FeatureBuffer
  ) {
    let mention = reading.mention
    let isQuoted = reading.quoted[mention.lowerBound]
    var (before, after) = (false, false)
    for index in 0..<mention.lowerBound where reading.quoted[index] { before = true }
    for index in mention.upperBound..<tokenCount where reading.quoted[index] { after = true }
    let state: UInt64 = isQuoted ? 1 : before || after ? 2 : 0
    add(.quotation, state, at: mention.lowerBound, to: &features)
    if state == 2 {
      if before { add(.quotation, 3, at: mention.lowerBound, to: &features) }
      if after { add(.quotation, 4, at: mention.lowerBound, to: &features) }
    }
    if reading.negated[mention.lowerBound] { add(.negation, 0, at: mention.lowerBound, to: &features) }
    if reading.clauseNegates { add(.negation, 1, at: mention.lowerBound, to: &features) }
  }

  /// Where words of praise and blame stand.
  private func emitPolarity(
    _ reading: borrowing TargetReading, tokenCount: Int, into features: inout FeatureBuffer
  ) {
    let mention = reading.mention
    // Praise less blame in the target's clause, and in the rest.
    var (inside, outside) = (0, 0)
    for index in 0..<tokenCount where !mention.contains(index) {
      let found = polarity(reading, index)
      guard found != .none else { continue }
      let isAfter = index > mention.upperBound
      let distance = isAfter ? index - mention.upperBound : mention.lowerBound - index
      let side: UInt64 = isAfter ? 1 : 0
      let isInside = reading.clause.contains(index)
      if isInside { inside += found == .favorable ? 1 : -1 } else { outside += found == .favorable ? 1 : -1 }
      add(.side, found.rawValue, side, at: index, to: &features)
      add(
        .nearness, found.rawValue, side << 1 | (distance <= Self.nearDistance ? 1 : 0), at: index, to: &features)
      add(.clause, found.rawValue, isInside ? 1 : 0, at: index, to: &features)
      emitPartSide(reading, found.rawValue << 1 | side, at: index, into: &features)
    }
    add(.balance, 0, UInt64(1 + inside.signum()), at: mention.lowerBound, to: &features)
    add(.balance, 1, UInt64(1 + outside.signum()), at: mention.lowerBound, to: &features)
  }

  /// A word of praise or blame beside each part that the target plays, once a part.
  private func emitPartSide(
    _ reading: borrowing TargetReading, _ value: UInt64, at index: Int, into features: inout FeatureBuffer
  ) {
    var set: UInt64 = 0
    for place in 0..<reading.parts.count {
      let role = reading.parts[place].role.rawValue
      if set >> role & 1 == 0 { add(.partSide, value, role, at: index, to: &features) }
      set |= 1 << role
    }
    if set == 0 { add(.partSide, value, TargetRole.none.rawValue, at: index, to: &features) }
  }
}
