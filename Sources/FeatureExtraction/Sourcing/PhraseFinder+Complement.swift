import TextProcessing

extension PhraseFinder {
  /// How far the search for what a cue introduces goes, in tokens.
  private static let complementReach = 12

  /// What follows a cue: a quotation, a clause, a mere noun.
  /// - Complexity: O(1), since the search ends within ``complementReach`` tokens.
  func complement(
    of kind: AttributionKind, cue: Int, source: SourcePhrase, _ reading: borrowing SentenceReading
  ) -> Complement {
    var index = cue + 1
    switch kind {
    case .subjectAfter, .accordingTo, .citation, .passiveAgent, .basis: index = max(index, source.end)
    default: break
    }
    // `also`, `on Monday`, `in a statement`
    while index < tokenCount, isAside(index, reading) { index += 1 }
    guard index < tokenCount else { return .end }
    let first = reading.tokens[index]
    let classes = WordClasses(rawValue: reading.classes[index])
    if first.kind == .quote { return .quotation }
    if first.kind == .punctuation {
      if first.foldedHash == known.stop { return .end }
      let introduces = first.foldedHash == known.comma || first.foldedHash == known.colon
      return introduces && index + 1 < tokenCount && reading.tokens[index + 1].kind == .quote ? .quotation : .mark
    }
    if classes.has(.complementizer) { return .that }
    if first.foldedHash == known.to { return .infinitive }
    let isPreposition = classes.has(.preposition) && !classes.hasAny(Classes.nouns)
    // `told reporters in Dorn that`, `said the bridge was`: what decides comes after a noun.
    let limit = min(tokenCount, index + Self.complementReach)
    var place = index + 1
    while place < limit {
      let token = reading.tokens[place]
      let inner = WordClasses(rawValue: reading.classes[place])
      if token.kind == .quote { return .quotation }
      if inner.has(.complementizer), !inner.has(.demonstrative) || !isPreposition { return .that }
      if token.kind == .punctuation {
        if token.foldedHash == known.stop, place + 1 == tokenCount { break }
        if token.foldedHash == known.comma || token.foldedHash == known.colon, place + 1 < tokenCount,
          reading.tokens[place + 1].kind == .quote
        {
          return .quotation
        }
        if token.foldedHash != known.stop { break }
      }
      if inner.hasAny(WordClasses(.relative, .subordinator)), !inner.has(.preposition) { break }
      if token.foldedHash == known.to { break }
      if !isPreposition, inner.hasAny(WordClasses(.formOfBe, .auxiliary)), !token.shape.contains(.capitalized) {
        return .clause
      }
      if !isPreposition, inner.hasAny(Classes.verbs), inner.hasAny(Classes.pastOrThird), !inner.hasAny(Classes.nouns),
        isVerb(place, reading)
      {
        return .clause
      }
      place += 1
    }
    return isPreposition ? .preposition : .phrase
  }

  /// Whether the token is an adverb or belongs to a phrase of time.
  private func isAside(_ index: Int, _ reading: borrowing SentenceReading) -> Bool {
    let classes = WordClasses(rawValue: reading.classes[index])
    let token = reading.tokens[index]
    guard token.kind == .word || token.kind == .number else { return false }
    if classes.hasAny(WordClasses(.weekday, .month)) { return true }
    if classes.has(.adverb), !classes.hasAny(Classes.determiners), !classes.has(.preposition) { return true }
    guard index + 1 < tokenCount else { return false }
    let isDated = WordClasses(rawValue: reading.classes[index + 1]).hasAny(WordClasses(.weekday, .month))
    return isDated && (classes.has(.preposition) || token.kind == .number || classes.has(.adverb))
  }

  /// Whether an attribution stands behind all that it covers: after a comma or a quotation mark, with no more than a
  /// remark of time or place between it and the end.
  func closes(
    _ kind: AttributionKind, cue: Int, source: SourcePhrase, complement: Complement,
    _ reading: borrowing SentenceReading
  ) -> Bool {
    guard source.sourceClass != .none, !reading.quoted[cue] else { return false }
    switch kind {
    case .subjectBefore, .subjectAfter, .accordingTo: break
    default: return false
    }
    let start = min(source.start, cue)
    let end = max(source.end, cue + 1)
    guard start > 2, tokenCount - end <= 9 else { return false }
    let before = reading.tokens[start - 1]
    guard before.kind == .quote || before.foldedHash == known.comma || kind == .accordingTo else { return false }
    if reading.tokens[cue].foldedHash == known.told { return complement == .phrase || complement == .end }
    return complement == .end || complement == .preposition || kind == .accordingTo
  }

  /// Whether the word at `index` says what a subject is (`he is also convinced`).
  func isPredicate(_ index: Int, _ reading: borrowing SentenceReading) -> Bool {
    var before = index - 1
    while before >= 0, index - before <= 4 {
      let classes = WordClasses(rawValue: reading.classes[before])
      if classes.has(.formOfBe) || reading.tokens[before].kind == .clitic { return true }
      guard classes.hasAny(WordClasses(.adverb, .negation)) || reading.endings[before] == Self.adverbEnding else {
        return false
      }
      before -= 1
    }
    return false
  }
}
