import TextProcessing

/// Finds noun phrases and what stands around a verb, by word classes and capital letters alone.
struct PhraseFinder {
  let tokenCount: Int
  let known: KnownTokens

  /// What stands between a subject and its verb.
  struct VerbGroup {
    /// The first token of the group; the subject ends before it.
    var start: Int
    var hasBe = false
    var hasAuxiliary = false
    var isNegated = false
    /// The verb is a past participle after a form of `be`.
    var isPassive = false
    var followsTo = false
  }

  struct Subject {
    var phrase: SourcePhrase
    var isRelative = false
    var isSubordinate = false
  }

  // MARK: - Verbs

  /// Whether a word that no list knows has the ending of a verb's past form or participle (`overruled`, `casting`).
  func looksLikeVerb(_ index: Int, _ reading: borrowing SentenceReading) -> WordClasses {
    let token = reading.tokens[index]
    guard reading.classes[index] == 0, token.kind == .word, index > 0, !token.shape.contains(.capitalized),
      !token.shape.contains(.joinedBefore), token.end - token.start > 4
    else { return [] }
    let before = WordClasses(rawValue: reading.classes[index - 1])
    if before.hasAny(Classes.determiners.union(WordClasses(.preposition, .quantifier, .demonym))) { return [] }
    if reading.endings[index] == Self.pastEnding { return WordClasses(.past) }
    if reading.endings[index] == Self.gerundEnding { return before.has(.formOfBe) ? WordClasses(.gerund) : [] }
    return []
  }

  /// Whether a word that may be a verb is one here.
  func isVerb(_ index: Int, _ reading: borrowing SentenceReading) -> Bool {
    let classes = WordClasses(rawValue: reading.classes[index])
    let before = index > 0 ? WordClasses(rawValue: reading.classes[index - 1]) : []
    let previous = index > 0 ? reading.tokens[index - 1] : reading.tokens[index]
    let isCapital = reading.tokens[index].shape.contains(.capitalized)
    if index > 0, isCapital, reading.capitalizedWords * 2 < reading.words { return false }
    // `Some say`, but not `some trust`.
    if before.has(.quantifier), classes.has(.base), classes.hasAny(WordClasses(.speech, .thought)),
      !classes.hasAny(Classes.nouns)
    {
      return true
    }
    if index > 0, before.hasAny(Classes.determiners) || previous.kind == .clitic {
      // After `'s` only a past form can still be a verb (`it's said`).
      return previous.kind == .clitic && classes.has(.past) && !classes.hasAny(Classes.nouns)
    }
    if index + 1 < tokenCount, reading.tokens[index + 1].shape.contains(.joinedBefore) { return false }
    if classes.has(.past) { return true }
    if classes.has(.gerund) { return true }
    let isAmbiguous = classes.hasAny(Classes.nouns)
    if index == 0 { return !isAmbiguous && classes.has(.base) && reading.words > 2 }
    if before.hasAny(WordClasses(.demonym, .quantifier, .indefinite, .numeral)) { return false }
    if !isAmbiguous {
      if classes.hasAny(WordClasses(.thirdPerson, .speech)) { return true }
      return canPrecedeBase(index - 1, reading)
    }
    if before.hasAny(WordClasses(.preposition, .numeral)) { return previous.foldedHash == known.to }
    if before.hasAny(WordClasses(.auxiliary, .pronounPerson, .pronounSelf, .pronounPlural, .relative)) { return true }
    guard index + 1 < tokenCount else { return previous.shape.contains(.capitalized) }
    let after = WordClasses(rawValue: reading.classes[index + 1])
    let next = reading.tokens[index + 1]
    if next.kind == .quote || next.foldedHash == known.to || after.has(.complementizer) { return true }
    if next.foldedHash == known.of || after.hasAny(WordClasses(.formOfBe, .auxiliary))
      || after.hasAny(Classes.pastOrThird)
    {
      return false
    }
    if after.hasAny(Classes.determiners) || next.shape.contains(.capitalized) || after.hasAny(Classes.pronouns) {
      return true
    }
    return before.hasAny(WordClasses(.rolePlural, .people, .organization, .outlet))
      || previous.shape.contains(.capitalized)
  }

  /// Whether a verb in its base form can follow: an auxiliary, `to`, an adverb, or a plural.
  private func canPrecedeBase(_ index: Int, _ reading: borrowing SentenceReading) -> Bool {
    let classes = WordClasses(rawValue: reading.classes[index])
    let token = reading.tokens[index]
    if classes.hasAny(
      WordClasses(.auxiliary, .negation, .adverb, .pronounSelf, .pronounPlural, .rolePlural, .people, .relative))
    {
      return true
    }
    if token.foldedHash == known.to || token.kind == .punctuation || token.kind == .quote { return true }
    if token.kind == .clitic || classes.has(.formOfBe) { return false }
    return reading.endings[index] & 0xFF == 0x73
  }

  /// Walks left over adverbs, auxiliaries and negation.
  func verbGroup(
    before verb: Int, _ verbClasses: WordClasses, _ reading: borrowing SentenceReading
  ) -> VerbGroup {
    var group = VerbGroup(start: verb)
    var index = verb - 1
    while index >= 0, verb - index <= 8 {
      let classes = WordClasses(rawValue: reading.classes[index])
      let token = reading.tokens[index]
      if classes.has(.formOfBe) {
        group.hasBe = true
      } else if classes.has(.auxiliary) {
        group.hasAuxiliary = true
      } else if token.foldedHash == known.to {
        group.followsTo = true
      } else if token.kind == .clitic, index + 1 < verb || verbClasses.has(.past) {
        // `it's reported`, `he's said`
        group.hasBe = true
      } else if !classes.hasAny(WordClasses(.negation, .adverb)) || classes.hasAny(Classes.determiners) {
        if reading.endings[index] != Self.adverbEnding || classes.rawValue != 0 || token.shape.contains(.capitalized) {
          break
        }
      }
      if classes.has(.negation) { group.isNegated = true }
      group.start = index
      index -= 1
    }
    group.isPassive = group.hasBe && verbClasses.has(.past) && !verbClasses.hasAny(WordClasses(.adverb, .feeling))
    return group
  }

  /// `ed`
  private static let pastEnding = UInt16(0x65) << 8 | 0x64
  /// `ng`
  private static let gerundEnding = UInt16(0x6E) << 8 | 0x67
  /// `ly`
  static let adverbEnding = UInt16(0x6C) << 8 | 0x79

  /// `… by the minister`, within a few words.
  func agent(
    after verb: Int, _ reading: borrowing SentenceReading
  ) -> SourcePhrase? {
    var index = verb + 1
    while index < min(tokenCount, verb + 7) {
      if reading.tokens[index].foldedHash == known.by {
        let phrase = phraseAfter(index + 1, reading)
        switch phrase.sourceClass {
        case .none, .other: return nil
        default: return phrase
        }
      }
      if reading.tokens[index].kind == .punctuation || reading.tokens[index].kind == .quote { return nil }
      index += 1
    }
    return nil
  }

  /// `"…," said the minister`
  func invertedSubject(
    of verb: Int, group: VerbGroup, _ reading: borrowing SentenceReading
  ) -> SourcePhrase? {
    let classes = WordClasses(rawValue: reading.classes[verb])
    guard group.start == verb, classes.hasAny(Classes.pastOrThird), classes.hasAny(WordClasses(.speech, .publication)),
      verb + 1 < tokenCount, reading.tokens[verb].foldedHash != known.told
    else { return nil }
    guard verb == 0 || breaksClause(verb - 1, reading) else { return nil }
    let next = reading.tokens[verb + 1]
    let nextClasses = WordClasses(rawValue: reading.classes[verb + 1])
    if nextClasses.has(.complementizer) || next.kind != .word { return nil }
    let begins =
      next.shape.contains(.capitalized)
      || nextClasses.hasAny(
        WordClasses(
          .article, .indefinite, .possessive, .pronounPerson, .roleSingular, .rolePlural, .people, .title, .office)
      )
    guard begins || (verb > 0 && reading.tokens[verb - 1].kind == .quote && !nextClasses.hasAny(Classes.grammar)) else {
      return nil
    }
    // `Marta Venn, the mayor, said the bridge was open`: a comma alone may end an apposition.
    let phrase = phraseAfter(verb + 1, reading)
    if verb > 0, reading.tokens[verb - 1].foldedHash == known.comma,
      verb < 2 || reading.tokens[verb - 2].kind != .quote,
      nextClasses.hasAny(Classes.pronouns)
        || (!endsSentence(phrase.end, reading) && namesSpeaker(subject(before: verb, reading).phrase))
    {
      return nil
    }
    return phrase.sourceClass == .none ? nil : phrase
  }

  /// Whether a clause may begin after the token: a comma, a dash, a quotation mark, but no bracket and no inner stop.
  private func breaksClause(_ index: Int, _ reading: borrowing SentenceReading) -> Bool {
    let token = reading.tokens[index]
    return token.kind == .quote
      || token.kind == .punctuation && token.foldedHash != known.closeBracket && token.foldedHash != known.stop
  }

  /// Whether no more than a stop or a closing mark follows.
  private func endsSentence(_ end: Int, _ reading: borrowing SentenceReading) -> Bool {
    end >= tokenCount || end + 1 == tokenCount && reading.tokens[end].kind != .word
  }

  /// Whether a phrase is one that speakers have.
  private func namesSpeaker(_ phrase: SourcePhrase) -> Bool {
    switch phrase.sourceClass {
    case .none, .quantifier, .place, .demonym, .cueNoun, .relative, .thing: false
    case .other: phrase.isCapitalized
    default: true
    }
  }

  // MARK: - Subjects

  /// The phrase that ends where a verb group begins: past an apposition, a relative pronoun, a bracket, a weekday.
  func subject(
    before end: Int, _ reading: borrowing SentenceReading
  ) -> Subject {
    var index = end - 1
    guard index >= 0 else { return Subject(phrase: .missing) }
    // `on Tuesday`, `in June`, `last week`
    let last = WordClasses(rawValue: reading.classes[index])
    if last.has(.weekday) {
      while index >= 0, WordClasses(rawValue: reading.classes[index]).has(.weekday) { index -= 1 }
      if index >= 0, WordClasses(rawValue: reading.classes[index]).has(.preposition) { index -= 1 }
    } else if last.has(.month) || (reading.tokens[index].kind == .number && index > 1),
      index > 0, WordClasses(rawValue: reading.classes[index - 1]).has(.preposition)
    {
      index -= 2
    }
    if index >= 0, reading.tokens[index].foldedHash == known.closeBracket { index = bracketStart(index, reading) - 1 }
    guard index >= 0 else { return Subject(phrase: .missing) }
    if reading.tokens[index].kind == .quote, let name = quotedName(index, reading) { return Subject(phrase: name) }
    if WordClasses(rawValue: reading.classes[index]).has(.relative) || reading.tokens[index].foldedHash == known.that {
      var before = index - 1
      if before >= 0, reading.tokens[before].foldedHash == known.comma { before -= 1 }
      if before >= 0, reading.tokens[before].foldedHash == known.closeBracket {
        before = bracketStart(before, reading) - 1
      }
      let phrase = before >= 0 ? phraseBefore(before + 1, reading) : .missing
      return Subject(phrase: phrase, isRelative: true, isSubordinate: true)
    }
    let mark = reading.tokens[index].foldedHash
    if mark == known.comma || mark == known.dash {
      let phrase = apposed(before: index, mark: mark, reading)
      return Subject(
        phrase: phrase, isSubordinate: phrase.sourceClass != .none && isSubordinate(phrase.start, reading))
    }
    let near = phraseBefore(index + 1, reading)
    let phrase = governing(near, reading) ?? near
    return Subject(phrase: phrase, isSubordinate: isSubordinate(phrase.start, reading))
  }

  /// `A source with access to the leadership said`: the phrase that opens the clause, where the one before the verb is no
  /// more than the end of it.
  private func governing(_ near: SourcePhrase, _ reading: borrowing SentenceReading) -> SourcePhrase? {
    guard near.start > 1,
      WordClasses(rawValue: reading.classes[near.start - 1]).has(.preposition)
    else { return nil }
    var start = near.start - 1
    let limit = max(0, near.start - Self.governingReach)
    while start > limit {
      let token = reading.tokens[start - 1]
      let classes = WordClasses(rawValue: reading.classes[start - 1])
      if token.kind == .quote || token.kind == .punctuation { break }
      if classes.hasAny(
        WordClasses(.complementizer, .subordinator, .coordinator, .relative, .formOfBe, .auxiliary, .accordingTo)),
        !classes.hasAny(WordClasses(.preposition).union(Classes.nouns))
      {
        break
      }
      if classes.hasAny(Classes.verbs), classes.hasAny(Classes.pastOrThird), isVerb(start - 1, reading) { return nil }
      start -= 1
    }
    guard start > 0 || limit == 0, start + 1 < near.start else { return nil }
    let first = WordClasses(rawValue: reading.classes[start])
    if first.hasAny(WordClasses(.preposition, .subordinator, .adverb, .gerund)), !first.hasAny(Classes.nouns) {
      return nil
    }
    let phrase = self.phrase(from: start, to: near.end, reading)
    switch phrase.sourceClass {
    case .person, .titledPerson, .roleSingular, .rolePlural, .people, .office, .organizationNoun, .outletNoun,
      .document,
      .outlet, .outletName, .organization, .quantifier:
      return phrase
    default: return nil
    }
  }

  /// How far back the phrase that opens a clause is searched, in tokens.
  private static let governingReach = 14

  /// `Marta Venn, 59, the mayor of Dorn, said`: the phrase that the apposition hangs on; `mark` closes it at `close`.
  private func apposed(before close: Int, mark: UInt64, _ reading: borrowing SentenceReading) -> SourcePhrase {
    // The phrase that opens the sentence, where nothing but appositions stands between it and the verb.
    var first = 0
    while first < close,
      reading.tokens[first].kind == .quote || WordClasses(rawValue: reading.classes[first]).has(.coordinator)
    {
      first += 1
    }
    var end = first
    while end < close, reading.tokens[end].foldedHash != mark, reading.tokens[end].kind != .quote { end += 1 }
    let limit = max(0, close - AttributionParser.reach)
    if first >= limit, end > first, end < close, reading.tokens[end].foldedHash == mark {
      let opening = phraseBefore(end, reading)
      if opening.start == first, namesSpeaker(opening) { return named(opening, by: end + 1, reading) }
    }
    // Else the phrase before the nearest mark of the same kind, or the apposition itself.
    var open = close - 1
    while open > limit, reading.tokens[open].foldedHash != mark, reading.tokens[open].kind != .quote { open -= 1 }
    guard open > 0, reading.tokens[open].foldedHash == mark else { return .missing }
    let phrase = phraseBefore(open, reading)
    if namesSpeaker(phrase) { return phrase }
    let apposition = self.phrase(from: open + 1, to: close, reading)
    return namesSpeaker(apposition) ? apposition : .missing
  }

  /// `Iran's chief negotiator, Farhad Mousavian`: a role that a name follows is no longer unnamed.
  private func named(_ phrase: SourcePhrase, by next: Int, _ reading: borrowing SentenceReading) -> SourcePhrase {
    switch phrase.sourceClass {
    case .roleSingular, .office: break
    default: return phrase
    }
    let name = self.phrase(from: next, to: min(next + 3, tokenCount), reading)
    guard name.isCapitalized, name.start == next, name.determiner == .none else { return phrase }
    switch name.sourceClass {
    case .person, .longName, .longestName, .titledPerson:
      var phrase = phrase
      phrase.sourceClass = .titledPerson
      return phrase
    default: return phrase
    }
  }

  /// `"Der Bote" wrote`: a short name within quotation marks, which close at `close`.
  private func quotedName(_ close: Int, _ reading: borrowing SentenceReading) -> SourcePhrase? {
    var open = close - 1
    let limit = max(0, close - 6)
    while open >= limit, reading.tokens[open].kind != .quote {
      let token = reading.tokens[open]
      guard token.kind == .word,
        token.shape.contains(.capitalized)
          || WordClasses(rawValue: reading.classes[open]).hasAny(WordClasses(.preposition, .article))
      else { return nil }
      open -= 1
    }
    guard open >= limit, open + 1 < close else { return nil }
    var phrase = self.phrase(from: open + 1, to: close, reading)
    guard phrase.isCapitalized else { return nil }
    let before = open > 0 ? WordClasses(rawValue: reading.classes[open - 1]) : []
    if before.hasAny(WordClasses(.outletNoun, .outletHead, .demonym)), phrase.sourceClass != .outlet {
      phrase.sourceClass = .outletName
    }
    return phrase
  }

  private func bracketStart(_ close: Int, _ reading: borrowing SentenceReading) -> Int {
    var index = close
    let limit = max(0, close - 8)
    while index > limit, reading.tokens[index].foldedHash != known.openBracket { index -= 1 }
    return index
  }

  /// Whether a clause that begins at `start` hangs on another.
  private func isSubordinate(_ start: Int, _ reading: borrowing SentenceReading) -> Bool {
    guard start > 0, start < tokenCount else { return false }
    if reading.tokens[start].foldedHash == known.that { return true }
    return WordClasses(rawValue: reading.classes[start - 1]).hasAny(
      WordClasses(.subordinator, .complementizer, .relative))
  }
}
