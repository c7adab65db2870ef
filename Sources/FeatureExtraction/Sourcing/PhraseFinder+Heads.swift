import TextProcessing

extension PhraseFinder {
  /// What the head of a phrase names, by its classes, the capital letters before it and its ending.
  func classifyHead(
    _ phrase: inout SourcePhrase, chunk: Int, _ reading: borrowing SentenceReading
  ) {
    let head = phrase.head
    let token = reading.tokens[head]
    let classes = WordClasses(rawValue: reading.classes[head])
    phrase.isPlural = endsInS(token, reading.endings[head])
    phrase.isCapitalized = token.shape.contains(.capitalized)
    // The run of capitalized words that ends at the head.
    var runStart = head
    while runStart > chunk, continuesName(runStart - 1, reading) { runStart -= 1 }
    let runLength = head - runStart + 1
    phrase.sourceClass = sourceClass(
      classes, phrase: phrase, run: runStart..<(head + 1), runLength: runLength, chunk: chunk, reading)
  }

  private func continuesName(_ index: Int, _ reading: borrowing SentenceReading) -> Bool {
    let token = reading.tokens[index]
    let classes = WordClasses(rawValue: reading.classes[index])
    if token.kind == .word {
      return token.shape.contains(.capitalized) && !classes.hasAny(WordClasses(.article, .preposition, .weekday))
        || classes.hasAny(WordClasses(.honorific, .title)) && token.shape.contains(.capitalized)
    }
    if token.foldedHash == known.stop { return index > 0 && reading.tokens[index - 1].kind == .word }
    return token.foldedHash == known.ampersand
  }

  private func sourceClass(
    _ classes: WordClasses, phrase: SourcePhrase, run: Range<Int>, runLength: Int, chunk: Int,
    _ reading: borrowing SentenceReading
  ) -> SourceClass {
    let head = phrase.head
    let token = reading.tokens[head]
    let isSingle = phrase.end - phrase.start == 1 || head == phrase.start
    if isSingle {
      if classes.has(.pronounPerson) { return .pronoun }
      if classes.has(.pronounSelf) { return .speaker }
      if classes.has(.pronounThing), !classes.has(.pronounPlural) { return .thing }
      if classes.has(.pronounPlural) { return .pluralPronoun }
      if classes.has(.relative) { return .relative }
      if classes.has(.quantifier) { return .quantifier }
    }
    if classes.hasAny(Classes.pronouns), !classes.hasAny(Classes.nouns) { return .pluralPronoun }
    if token.kind == .address { return .outletName }
    let isCapital = phrase.isCapitalized
    if classes.has(.outlet) { return .outlet }
    if isCapital, runLength > 1, classes.hasAny(WordClasses(.outletTail, .outletNoun)),
      !classes.hasAny(WordClasses(.organization, .firstName))
    {
      return .outletName
    }
    if classes.has(.organization) { return .organization }
    if isCapital {
      let before = run.lowerBound > chunk ? WordClasses(rawValue: reading.classes[run.lowerBound - 1]) : []
      let opens = WordClasses(rawValue: reading.classes[run.lowerBound])
      // `the portal Tengri Business`, `Radio Sahel`, `the operator Nordkaj`
      if before.hasAny(WordClasses(.outletHead, .outletNoun)), !before.has(.document) || before.has(.outletHead) {
        return .outletName
      }
      if opens.has(.outletHead), runLength > 1 { return .outletName }
      if before.has(.organizationNoun), !before.hasAny(WordClasses(.title, .roleSingular)) { return .organization }
      // `Article V`, `Section B`
      if head > chunk, runLength > 1, token.shape.contains(.allCapitals) || token.end - token.start == 1,
        WordClasses(rawValue: reading.classes[head - 1]).has(.document)
      {
        return .document
      }
      var hasGivenName = false
      var hasTitle = false
      for index in run {
        let inner = WordClasses(rawValue: reading.classes[index])
        if inner.has(.firstName), index < head || !inner.hasAny(WordClasses(.country, .auxiliary)) {
          hasGivenName = true
        }
        if index < head, inner.hasAny(WordClasses(.honorific)) { hasGivenName = true }
        if index < head, inner.hasAny(WordClasses(.title, .roleSingular)) { hasTitle = true }
      }
      if before.hasAny(WordClasses(.title, .roleSingular)) { hasTitle = true }
      if classes.has(.organizationNoun) || (runLength > 1 && classes.has(.organizationTail)) {
        return .organization
      }
      if classes.has(.document), runLength > 1 || phrase.determiner != .none, !hasGivenName { return .document }
      if hasTitle, !classes.hasAny(WordClasses(.title, .office)) { return .titledPerson }
      if hasGivenName, runLength > 1 { return .person }
      if classes.has(.people) { return .people }
      if classes.has(.rolePlural) { return .rolePlural }
      if classes.has(.country) { return .country }
      if classes.has(.place) { return .place }
      if classes.has(.office) || classes.has(.title) { return .office }
      if classes.has(.roleSingular) { return .roleSingular }
      if classes.has(.document) { return .document }
      if classes.has(.outletNoun) { return .outletNoun }
      if classes.has(.demonym) { return .demonym }
      if hasGivenName { return .person }
      if token.shape.contains(.allCapitals) { return .acronym }
      return runLength == 1 ? .name : runLength == 2 ? .longName : .longestName
    }
    if classes.has(.outletNoun), !classes.has(.document) || phrase.determiner == .definite { return .outletNoun }
    if classes.has(.document), !classes.hasAny(WordClasses(.organizationNoun)) { return .document }
    if classes.has(.organizationNoun) { return .organizationNoun }
    if classes.has(.rolePlural) { return .rolePlural }
    if classes.has(.people) { return .people }
    if classes.has(.office), phrase.determiner == .definite || phrase.determiner == .possessive { return .office }
    if classes.has(.roleSingular) { return .roleSingular }
    if classes.has(.office) || classes.has(.title) { return .office }
    if classes.has(.document) { return .document }
    if classes.has(.cueNoun) { return .cueNoun }
    if classes.has(.outlet) { return .outlet }
    if classes.has(.country) { return .country }
    if classes.has(.demonym) { return .demonym }
    if classes.has(.quantifier) { return .quantifier }
    return .other
  }

  private func endsInS(_ token: Token, _ ending: UInt16) -> Bool {
    token.end - token.start > 2 && ending & 0xFF == 0x73 && ending >> 8 != 0x73
  }
}
