package import TextProcessing

/// Finds who may be speaking in a sentence: for every cue the noun phrase that stands as its source.
///
/// There is no grammar and no part-of-speech model behind it: word classes, capital letters, quotation marks and the
/// order of words decide, by fixed rules in time linear in the sentence. The proposals are evidence for a classifier,
/// not labels; a wrong one costs little where other features disagree.
package struct AttributionParser: ~Copyable {
  package var reading = SentenceReading()
  /// The proposals, from left to right.
  package private(set) var attributions = Scratch<Attribution>(capacity: 16)
  /// The index of the one that speaks for most of the sentence; -1 where there is none.
  package private(set) var best = -1
  /// The one after it; -1 where there is none.
  package private(set) var second = -1

  /// How far a search for a phrase goes, in tokens: keeps the whole linear.
  static let reach = 30
  static let mostAttributions = 24

  let known = KnownTokens.shared

  package init() {}

  /// Reads a sentence and finds its attributions.
  /// - Complexity: O(tokens).
  package mutating func parse(_ tokens: Span<Token>, text: Span<UInt8>, lexicon: Lexicon) {
    reading.read(tokens, text: text, lexicon: lexicon)
    attributions.removeAll()
    best = -1
    second = -1
    let view = PhraseFinder(tokenCount: reading.tokens.count, known: known)
    findHeadline(view)
    findBasis(view)
    for index in 0..<reading.tokens.count where attributions.count < Self.mostAttributions {
      let classes = WordClasses(rawValue: reading.classes[index])
      if index > 0, reading.classes[index] == reading.classes[index - 1], classes.has(.accordingTo) { continue }
      if classes.has(.accordingTo) {
        findAccordingTo(index, view)
      } else if classes.hasAny(Classes.verbs), classes.hasAny(Classes.tenses), reading.tokens[index].kind == .word {
        if view.isVerb(index, reading) { findVerb(index, classes, view) }
      } else if classes.has(.feeling), !classes.hasAny(Classes.tenses), view.isPredicate(index, reading) {
        findVerb(index, classes, view)
      } else if classes.has(.cueNoun), index > 0, isPossessive(index - 1) {
        findPossessed(index, view)
      } else if classes.has(.evidential), classes.has(.adverb) {
        // `has reportedly left`: as much as `it was reported`.
        propose(.passive, cue: index, source: .missing, subordinate: index > 0 && isRelative(index - 1))
      } else {
        let guessed = view.looksLikeVerb(index, reading)
        if !guessed.isEmpty { findVerb(index, guessed, view) }
      }
    }
    choose()
  }

  private func isRelative(_ index: Int) -> Bool {
    WordClasses(rawValue: reading.classes[index]).has(.relative) || reading.tokens[index].foldedHash == known.that
  }

  private func isPossessive(_ index: Int) -> Bool {
    reading.tokens[index].kind == .clitic || WordClasses(rawValue: reading.classes[index]).has(.possessive)
  }

  private mutating func propose(
    _ kind: AttributionKind, cue: Int, source: SourcePhrase, subordinate: Bool = false, negated: Bool = false
  ) {
    let view = PhraseFinder(tokenCount: reading.tokens.count, known: known)
    var source = source
    if source.sourceClass == .document, WordClasses(rawValue: reading.classes[source.head]).has(.outletNoun),
      WordClasses(rawValue: reading.classes[cue]).has(.publication)
    {
      // A website is a document that says and an outlet that reports.
      source.sourceClass = .outletNoun
    }
    let complement = view.complement(of: kind, cue: cue, source: source, reading)
    var attribution = Attribution(
      kind: kind, cue: cue, classes: WordClasses(rawValue: reading.classes[cue]), source: source, score: 0,
      isQuoted: reading.quoted[cue], isSubordinate: subordinate, isNegated: negated, complement: complement,
      isClosing: view.closes(kind, cue: cue, source: source, complement: complement, reading))
    attribution.score = AttributionScore.points(
      attribution, isFirst: attributions.isEmpty, isLate: cue * 2 > reading.tokens.count)
    attributions.append(attribution)
  }

  // MARK: - Forms of attribution

  /// `Stoltenberg: the door is open`
  private mutating func findHeadline(_ view: PhraseFinder) {
    var index = 1
    while index < min(reading.tokens.count - 1, 7) {
      if reading.tokens[index].foldedHash == known.colon {
        var source = view.phrase(from: 0, to: index, reading)
        // Headlines leave out the article that makes an office one person.
        if source.determiner == .none, source.sourceClass == .roleSingular,
          WordClasses(rawValue: reading.classes[source.head]).has(.office)
        {
          source.sourceClass = .office
        }
        if source.sourceClass != .other || source.isCapitalized {
          propose(.headline, cue: index, source: source)
        }
        return
      }
      if reading.tokens[index].kind == .punctuation || reading.tokens[index].kind == .quote { return }
      // `Tram divides the town: …` names nobody: a speaker's name is capitals and words for speakers.
      if reading.classes[index] == 0, reading.tokens[index].kind == .word,
        !reading.tokens[index].shape.contains(.capitalized)
      {
        return
      }
      index += 1
    }
  }

  /// `Under the treaty, …`
  private mutating func findBasis(_ view: PhraseFinder) {
    guard reading.tokens.count > 2,
      WordClasses(rawValue: reading.classes[0]).hasAny(WordClasses(.legalBasis, .preposition))
    else {
      return
    }
    var start = 1
    while start < reading.tokens.count, reading.classes[start] == reading.classes[0] { start += 1 }
    let source = view.phraseAfter(start, reading)
    guard source.sourceClass == .document else { return }
    propose(.basis, cue: 0, source: source)
  }

  private mutating func findAccordingTo(
    _ index: Int, _ view: PhraseFinder
  ) {
    var start = index + 1
    while start < reading.tokens.count, reading.classes[start] == reading.classes[index] { start += 1 }
    let source = view.phraseAfter(start, reading)
    let isPlain = reading.tokens[index].foldedHash == known.according
    propose(isPlain ? .accordingTo : .citation, cue: index, source: source)
  }

  /// `the minister's claim that …`
  private mutating func findPossessed(
    _ index: Int, _ view: PhraseFinder
  ) {
    let owner = index - 1
    let source =
      reading.tokens[owner].kind == .clitic
      ? view.phraseBefore(owner, reading) : view.phrase(from: owner, to: owner + 1, reading)
    propose(.noun, cue: index, source: source)
  }

  private mutating func findVerb(_ index: Int, _ classes: WordClasses, _ view: PhraseFinder) {
    let group = view.verbGroup(before: index, classes, reading)
    if group.isPassive, reading.tokens[index].foldedHash == known.quoted {
      // `was quoted by the paper as saying`: the subject speaks.
      let subject = view.subject(before: group.start, reading)
      if subject.phrase.sourceClass != .none { propose(.subjectBefore, cue: index, source: subject.phrase) }
      return
    }
    if group.isPassive {
      let agent = view.agent(after: index, reading)
      if let agent {
        propose(.passiveAgent, cue: index, source: agent, negated: group.isNegated)
      } else {
        propose(.passive, cue: index, source: .missing, negated: group.isNegated)
      }
      return
    }
    if let inverted = view.invertedSubject(of: index, group: group, reading) {
      propose(.subjectAfter, cue: index, source: inverted)
      return
    }
    if classes.has(.gerund) {
      let source = view.phraseBefore(group.start, reading)
      if group.hasBe {
        propose(.subjectBefore, cue: index, source: source, negated: group.isNegated)
      } else {
        propose(.gerund, cue: index, source: source)
      }
      return
    }
    if group.followsTo {
      let source = view.phrase(from: 0, to: 0, reading)
      propose(.infinitive, cue: index, source: source, negated: group.isNegated)
      return
    }
    if group.start > 0, WordClasses(rawValue: reading.classes[group.start - 1]).has(.coordinator),
      let earlier = lastSubject()
    {
      propose(.coordinated, cue: index, source: earlier, negated: group.isNegated)
      return
    }
    let subject = view.subject(before: group.start, reading)
    if subject.phrase.sourceClass == .none {
      if classes.has(.base), !group.hasAuxiliary { return }
      propose(.bare, cue: index, source: .missing, negated: group.isNegated)
    } else {
      propose(
        subject.isRelative ? .relativeClause : .subjectBefore, cue: index, source: subject.phrase,
        subordinate: subject.isSubordinate, negated: group.isNegated)
    }
  }

  /// The source of the last active verb, if there was one.
  private func lastSubject() -> SourcePhrase? {
    for index in stride(from: attributions.count - 1, through: 0, by: -1) {
      switch attributions[index].kind {
      case .subjectBefore, .coordinated: return attributions[index].source
      default: continue
      }
    }
    return nil
  }

  /// Picks the best and the second best: the highest score, the earliest where scores tie.
  private mutating func choose() {
    for index in 0..<attributions.count {
      if best < 0 || attributions[index].score > attributions[best].score {
        second = best
        best = index
      } else if second < 0 || attributions[index].score > attributions[second].score {
        second = index
      }
    }
  }
}

/// Sets of word classes that the rules ask for: constants, computed where they are used so that the compiler folds them
/// instead of asking each time whether they have been made.
enum Classes {
  static var cues: WordClasses {
    WordClasses(.speech, .publication, .evidence, .thought, .intention, .judgement, .request, .decision, .feeling)
  }
  static var verbs: WordClasses { cues.union(WordClasses(.action)) }
  static var tenses: WordClasses { WordClasses(.thirdPerson, .past, .gerund, .base) }
  static var grammar: WordClasses {
    WordClasses(
      .formOfBe, .auxiliary, .negation, .adverb, .preposition, .article, .indefinite, .possessive, .complementizer
    ).union(WordClasses(.subordinator, .coordinator, .demonstrative, .accordingTo)).union(pronouns)
  }
  static var nouns: WordClasses {
    WordClasses(
      .outlet, .outletNoun, .organization, .organizationNoun, .document, .roleSingular, .rolePlural, .people, .office
    ).union(WordClasses(.title, .cueNoun))
  }
  static var pronouns: WordClasses {
    WordClasses(.pronounPerson, .pronounSelf, .pronounPlural, .pronounThing, .relative)
  }
  static var determiners: WordClasses { WordClasses(.article, .indefinite, .possessive, .demonstrative) }
  static var pastOrThird: WordClasses { WordClasses(.past, .thirdPerson) }
}
