import TextProcessing

extension PhraseFinder {
  /// The noun phrase that ends before token `end`.
  func phraseBefore(
    _ end: Int, _ reading: borrowing SentenceReading
  ) -> SourcePhrase {
    var start = end
    let limit = max(0, end - AttributionParser.reach)
    while start > limit, extendsLeft(start - 1, phraseEnd: end, from: start, reading) {
      start -= 1
      let classes = WordClasses(rawValue: reading.classes[start])
      if classes.hasAny(Classes.pronouns), !classes.hasAny(Classes.determiners) { break }
      if classes.hasAny(Classes.determiners), !isBetweenNouns(start, phraseEnd: end, reading) { break }
    }
    // A preposition or conjunction cannot begin the phrase.
    while start < end,
      WordClasses(rawValue: reading.classes[start]).hasAny(WordClasses(.preposition, .coordinator, .subordinator)),
      !WordClasses(rawValue: reading.classes[start]).hasAny(Classes.nouns.union(WordClasses(.quantifier, .outlet)))
    { start += 1 }
    return phrase(from: start, to: end, reading)
  }

  /// Whether a phrase may grow by the token at `index`, which stands left of it.
  private func extendsLeft(
    _ index: Int, phraseEnd end: Int, from start: Int, _ reading: borrowing SentenceReading
  ) -> Bool {
    let token = reading.tokens[index]
    let classes = WordClasses(rawValue: reading.classes[index])
    switch token.kind {
    case .word, .number, .mask, .clitic, .address, .mention, .hashtag: break
    case .punctuation:
      // The stop of a title or an initial.
      return token.foldedHash == known.stop && start < end && index > 0
        && (classes.hasAny(WordClasses(.title, .honorific, .organizationTail, .organization, .outlet))
          || reading.tokens[index - 1].end - reading.tokens[index - 1].start == 1)
    case .symbol: return token.foldedHash == known.ampersand
    case .quote: return false
    }
    if start < end, classes.hasAny(Classes.pronouns), !classes.hasAny(WordClasses(.possessive, .demonstrative)) {
      return false
    }
    if classes.hasAny(Classes.determiners) { return true }
    if token.shape.contains(.capitalized), index > 0, !classes.hasAny(Classes.grammar) { return true }
    if classes.has(.preposition), !classes.hasAny(Classes.nouns) {
      guard start < end, index > 0 else { return false }
      // `officials in Washington`: the phrase goes on left of a preposition that follows a noun.
      let before = WordClasses(rawValue: reading.classes[index - 1])
      if token.foldedHash == known.of || token.foldedHash == known.for { return !before.hasAny(Classes.grammar) }
      return before.hasAny(
        WordClasses(
          .rolePlural, .roleSingular, .people, .organizationNoun, .document, .outletNoun, .office, .title, .quantifier))
        && !reading.tokens[index - 1].shape.contains(.capitalized)
    }
    if classes.has(.coordinator) {
      guard start < end, index > 0 else { return false }
      return reading.tokens[index - 1].shape.contains(.capitalized)
        && reading.tokens[index + 1].shape.contains(.capitalized)
        && token.foldedHash == known.and
    }
    if classes.hasAny(
      WordClasses(.subordinator, .complementizer, .formOfBe, .auxiliary, .negation, .accordingTo, .relative))
    {
      return classes.hasAny(Classes.nouns) && !classes.hasAny(WordClasses(.formOfBe, .auxiliary))
    }
    if classes.has(.adverb), !classes.hasAny(Classes.nouns) { return false }
    if classes.hasAny(Classes.cues.union(WordClasses(.action))), classes.hasAny(Classes.tenses),
      !classes.hasAny(Classes.nouns), !classes.has(.demonym)
    {
      // A verb ends the phrase, but not a participle that stands before a noun (`elected officials`).
      return classes.hasAny(WordClasses(.past, .gerund)) && start < end && index > 0
        && WordClasses(rawValue: reading.classes[index - 1]).hasAny(Classes.determiners)
    }
    return true
  }

  /// Whether the determiner at `index` belongs to a longer phrase (`the minister of the interior`).
  private func isBetweenNouns(
    _ index: Int, phraseEnd end: Int, _ reading: borrowing SentenceReading
  ) -> Bool {
    guard index > 1 else { return false }
    if reading.tokens[index - 1].foldedHash == known.of { return true }
    return WordClasses(rawValue: reading.classes[index - 1]).has(.preposition)
      && WordClasses(rawValue: reading.classes[index - 2]).hasAny(
        WordClasses(.rolePlural, .roleSingular, .people, .organizationNoun, .document, .quantifier))
  }

  /// The noun phrase that begins at token `start`.
  func phraseAfter(
    _ start: Int, _ reading: borrowing SentenceReading
  ) -> SourcePhrase {
    var end = start
    let limit = min(tokenCount, start + AttributionParser.reach)
    while end < limit {
      let token = reading.tokens[end]
      let classes = WordClasses(rawValue: reading.classes[end])
      if token.kind == .quote { break }
      if token.kind == .punctuation {
        let isInner =
          token.foldedHash == known.stop && end + 1 < limit && end > start
          && (classes.hasAny(WordClasses(.title, .honorific, .organization, .outlet))
            || reading.tokens[end - 1].end - reading.tokens[end - 1].start == 1)
        if !isInner { break }
      }
      if end > start, !classes.hasAny(Classes.nouns), !token.shape.contains(.capitalized) {
        if classes.hasAny(
          WordClasses(.complementizer, .relative, .subordinator, .formOfBe, .auxiliary, .pronounPerson, .pronounPlural))
        {
          break
        }
        if classes.hasAny(Classes.cues), classes.hasAny(Classes.pastOrThird) { break }
      }
      end += 1
    }
    return phrase(from: start, to: end, reading)
  }

  /// The noun phrase that opens the main clause: after what is set off by a comma (`In Brussels, …`), before the first
  /// verb, auxiliary or mark.
  func openingPhrase(
    _ start: Int, _ reading: borrowing SentenceReading
  ) -> SourcePhrase {
    var start = start
    let first = WordClasses(rawValue: reading.classes[start])
    if first.hasAny(
      WordClasses(.preposition, .subordinator, .adverb, .gerund, .legalBasis, .coordinator, .hedge, .weekday)),
      !first.hasAny(Classes.nouns)
    {
      var comma = start
      let limit = min(tokenCount, start + AttributionParser.reach)
      while comma < limit, reading.tokens[comma].foldedHash != known.comma, reading.tokens[comma].kind != .quote {
        comma += 1
      }
      if comma + 1 < limit, reading.tokens[comma].foldedHash == known.comma {
        start = comma + 1
      } else if first.hasAny(WordClasses(.coordinator, .adverb, .hedge)), start + 1 < tokenCount {
        start += 1
      }
    }
    var end = start
    let limit = min(tokenCount, start + AttributionParser.reach)
    while end < limit {
      let token = reading.tokens[end]
      let classes = WordClasses(rawValue: reading.classes[end])
      if token.kind == .quote || token.kind == .punctuation && token.foldedHash != known.stop { break }
      if end > start {
        if classes.hasAny(
          WordClasses(.formOfBe, .auxiliary, .negation, .relative, .complementizer, .subordinator, .pronounPerson)),
          !token.shape.contains(.capitalized)
        {
          break
        }
        if classes.hasAny(Classes.cues.union(WordClasses(.action))), classes.hasAny(Classes.tenses),
          isVerb(end, reading)
        {
          break
        }
        if classes.has(.adverb), !classes.hasAny(Classes.nouns) { break }
      }
      end += 1
    }
    return phrase(from: start, to: max(end, start + 1), reading)
  }

  /// The head of the phrase `start..<end`, and what it is.
  func phrase(
    from start: Int, to end: Int, _ reading: borrowing SentenceReading
  ) -> SourcePhrase {
    guard start < end else { return .missing }
    var phrase = SourcePhrase(start: start, end: end, head: -1)
    var index = start
    var chunk = start
    while index < end {
      let token = reading.tokens[index]
      let classes = WordClasses(rawValue: reading.classes[index])
      let isName = token.shape.contains(.capitalized)
      if token.kind == .number || classes.has(.numeral) { phrase.hasNumber = true }
      if token.kind == .clitic || (classes.has(.possessive) && !classes.hasAny(Classes.nouns)) {
        phrase.determiner = index > start && isState(index - 1, reading) ? .definite : .possessive
        chunk = index + 1
        phrase.head = -1
      } else if classes.hasAny(Classes.determiners.union(WordClasses(.quantifier))), !(isName && index > start),
        !classes.hasAny(WordClasses(.outlet, .organization))
      {
        if phrase.head >= 0 { break }
        if phrase.determiner == .none || index == start { phrase.determiner = determiner(classes) }
        if classes.has(.quantifier), index + 1 == end || isBreak(index + 1, reading) { phrase.head = index }
      } else if isBreak(index, reading) {
        let isOf = token.foldedHash == known.of
        let goesOn = isOf && phrase.head >= 0 && continuesPastOf(phrase.head, index, end, reading)
        if phrase.head >= 0, !goesOn { break }
        if goesOn { phrase.head = -1 }
        chunk = index + 1
      } else if token.kind == .word || token.kind == .address || token.kind == .mention || token.kind == .mask {
        if classes.has(.coordinator), phrase.head >= 0 { break }
        if !classes.hasAny(WordClasses(.weekday)) || phrase.head < 0 { phrase.head = index }
      }
      index += 1
    }
    if phrase.head < 0 {
      // Nothing but determiners: `the`, `this`, `some`.
      phrase.head = end - 1
    }
    classifyHead(&phrase, chunk: max(chunk, start), reading)
    return phrase
  }

  /// Whether an owner is one whose offices are held by one person at a time: `Mexico's attorney general` is as definite
  /// as `the Mexican attorney general`.
  private func isState(_ owner: Int, _ reading: borrowing SentenceReading) -> Bool {
    WordClasses(rawValue: reading.classes[owner]).hasAny(
      WordClasses(.country, .place, .organization, .organizationNoun))
  }

  private func determiner(_ classes: WordClasses) -> Determiner {
    if classes.has(.article) { return .definite }
    if classes.has(.quantifier) { return .quantity }
    if classes.has(.indefinite) { return .indefinite }
    if classes.has(.possessive) { return .possessive }
    return .demonstrative
  }

  /// Whether the token ends the core of a noun phrase: a comma, dash, bracket, preposition, relative, finite verb.
  private func isBreak(_ index: Int, _ reading: borrowing SentenceReading) -> Bool {
    let token = reading.tokens[index]
    let classes = WordClasses(rawValue: reading.classes[index])
    if token.kind == .punctuation { return token.foldedHash != known.stop }
    if token.kind == .quote { return true }
    if classes.hasAny(Classes.nouns) { return false }
    return classes.hasAny(WordClasses(.preposition, .relative, .complementizer, .subordinator, .accordingTo))
  }

  /// Whether the head stands after `of`: `a number of officials`, `some of them`, `one of the sources`.
  private func continuesPastOf(
    _ head: Int, _ of: Int, _ end: Int, _ reading: borrowing SentenceReading
  ) -> Bool {
    let classes = WordClasses(rawValue: reading.classes[head])
    return of + 1 < end && classes.hasAny(WordClasses(.quantifier, .numeral))
  }
}
