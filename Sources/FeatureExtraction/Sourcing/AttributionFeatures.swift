import TextProcessing

/// Turns what the attribution parser proposes into features.
///
/// Every feature is a hash over a tag, which tells the kinds of features apart, and what is observed. Classes and
/// words are crossed at several grains, so that a classifier can lean on the class where it has not met the word.
package struct AttributionFeatures: Sendable {
  private let seed = FeatureHash.seed(.attribution)

  package init() {}

  /// Adds the features of a parsed sentence: those of the attribution that speaks for most of it are a block of their own, so
  /// that many others beside it do not make it count for less.
  /// - Complexity: O(tokens).
  package func emit(
    _ parser: borrowing AttributionParser, into features: inout FeatureBuffer
  ) {
    var writer = Writer(seed: seed, tokens: parser.reading.tokens.count)
    if parser.best >= 0 {
      emit(parser.attributions[parser.best], rank: 0, parser, &writer, &features)
    }
    features.endBlock(.mainAttribution, unitCount: parser.reading.tokens.count)
    emitSentence(parser, &writer, &features)
    emitOpening(parser, &writer, &features)
    if parser.second >= 0 {
      emit(parser.attributions[parser.second], rank: 1, parser, &writer, &features)
    }
    for index in 0..<parser.attributions.count {
      let attribution = parser.attributions[index]
      let source = UInt64(attribution.source.sourceClass.rawValue)
      let place: UInt64 = attribution.isQuoted ? 1 : 0
      writer.span(attribution)
      writer.add(1, source, place, to: &features)
      writer.add(2, source, UInt64(attribution.kind.rawValue), place, to: &features)
      if place == 0 {
        writer.add(3, source, Self.group(attribution.classes), to: &features)
        writer.add(4, source, parser.reading.tokens[attribution.cue].foldedHash, to: &features)
        if attribution.source.sourceClass != .none {
          writer.add(5, parser.reading.tokens[attribution.source.head].foldedHash, to: &features)
        }
      }
    }
    features.endBlock(.attribution, unitCount: parser.reading.tokens.count)
  }

  static func group(_ classes: WordClasses) -> UInt64 { classes.intersection(Classes.verbs).rawValue }

  private func emitSentence(
    _ parser: borrowing AttributionParser, _ writer: inout Writer,
    _ features: inout FeatureBuffer
  ) {
    let reading = quotationAndPersons(parser, &writer, &features)
    let count = UInt64(min(parser.attributions.count, 5))
    writer.add(12, count, to: &features)
    writer.add(13, count, reading, to: &features)
    writer.add(14, UInt64(parser.reading.words.bitWidth - parser.reading.words.leadingZeroBitCount), to: &features)
    let capitals = parser.reading.capitalizedWords * 5 / max(parser.reading.words, 1)
    writer.add(15, UInt64(capitals), to: &features)
    if parser.reading.tokens.count > 0 {
      writer.add(16, parser.reading.tokens[parser.reading.tokens.count - 1].foldedHash, reading, to: &features)
    }
  }

  /// Quotation, and which persons the words speak of: `I` and `we` outside quotation marks betray a quotation that
  /// began before.
  private func quotationAndPersons(
    _ parser: borrowing AttributionParser, _ writer: inout Writer,
    _ features: inout FeatureBuffer
  ) -> UInt64 {
    let quotation = parser.reading.quotation
    writer.add(10, quotation, to: &features)
    var seen = WordClasses([])
    var outside = WordClasses([])
    for index in 0..<parser.reading.tokens.count {
      let classes = WordClasses(rawValue: parser.reading.classes[index])
      seen.formUnion(classes)
      if !parser.reading.quoted[index] { outside.formUnion(classes) }
    }
    outside.forEach { writer.add(11, $0, to: &features) }
    let persons = outside.intersection(Classes.pronouns).rawValue
    writer.add(17, persons, quotation, to: &features)
    if parser.best < 0 { writer.add(18, seen.intersection(Classes.pronouns).rawValue, quotation, to: &features) }
    return quotation
  }

  /// The phrase that opens the sentence, cue or none: most often its subject.
  private func emitOpening(
    _ parser: borrowing AttributionParser, _ writer: inout Writer,
    _ features: inout FeatureBuffer
  ) {
    var start = 0
    while start < parser.reading.tokens.count,
      parser.reading.tokens[start].kind == .quote || parser.reading.tokens[start].kind == .punctuation
    { start += 1 }
    guard start < parser.reading.tokens.count else { return }
    let finder = PhraseFinder(tokenCount: parser.reading.tokens.count, known: parser.known)
    let opening = finder.openingPhrase(start, parser.reading)
    let source = UInt64(opening.sourceClass.rawValue)
    let shape = UInt64(opening.determiner.rawValue) << 1 | (opening.isPlural ? 1 : 0)
    let next = opening.end < parser.reading.tokens.count ? parser.reading.classes[opening.end] : 0
    let nextWord = opening.end < parser.reading.tokens.count ? parser.reading.tokens[opening.end].foldedHash : 0
    writer.span(opening)
    writer.add(30, source, shape, to: &features)
    writer.add(31, source, next & (Classes.cues.rawValue | Classes.tenses.rawValue), to: &features)
    writer.add(32, source, nextWord, to: &features)
    writer.add(33, source, parser.reading.quotation, to: &features)
    if opening.sourceClass != .none { writer.add(34, parser.reading.tokens[opening.head].foldedHash, to: &features) }
    if opening.end + 1 < parser.reading.tokens.count {
      writer.add(35, source, nextWord, parser.reading.tokens[opening.end + 1].foldedHash, to: &features)
    }
  }

  private func emit(
    _ attribution: Attribution, rank: UInt64, _ parser: borrowing AttributionParser, _ writer: inout Writer,
    _ features: inout FeatureBuffer
  ) {
    let source = attribution.source
    let base = 40 + rank * 30
    let kind = UInt64(attribution.kind.rawValue)
    let sourceClass = UInt64(source.sourceClass.rawValue)
    let shape = UInt64(source.determiner.rawValue) << 1 | (source.isPlural ? 1 : 0)
    let cue = parser.reading.tokens[attribution.cue].foldedHash
    let group = Self.group(attribution.classes)
    let state: UInt64 =
      (attribution.isQuoted ? 1 : 0) | (attribution.isSubordinate ? 2 : 0) | (attribution.isNegated ? 4 : 0)
    let place = UInt64(attribution.cue * 4 / max(parser.reading.tokens.count, 1))
    writer.span(attribution)
    writer.add(base, sourceClass, to: &features)
    writer.add(base + 1, sourceClass, kind, to: &features)
    writer.add(base + 2, sourceClass, kind, group, to: &features)
    writer.add(base + 3, sourceClass, cue, to: &features)
    writer.add(base + 4, kind, cue, to: &features)
    writer.add(base + 5, sourceClass, shape, to: &features)
    writer.add(base + 6, sourceClass, shape, kind, to: &features)
    writer.add(base + 7, kind, state, to: &features)
    writer.add(base + 8, sourceClass, kind, place, to: &features)
    writer.add(base + 9, sourceClass, parser.reading.quotation, to: &features)
    writer.add(base + 10, sourceClass, source.hasNumber ? 1 : 0, state, to: &features)
    writer.add(base + 11, sourceClass, UInt64(max(0, attribution.score + 120) / 8), to: &features)
    writer.add(base + 12, group, state, to: &features)
    let complement = UInt64(attribution.complement.rawValue) << 1 | (attribution.isClosing ? 1 : 0)
    writer.add(base + 21, kind, group, complement, to: &features)
    writer.add(base + 22, sourceClass, group, complement, to: &features)
    writer.add(base + 23, cue, complement, to: &features)
    writer.add(base + 24, sourceClass, kind, complement, to: &features)
    writer.add(base + 25, sourceClass, Self.rest(attribution, parser), to: &features)
    writer.add(base + 26, group, Self.rest(attribution, parser), complement, to: &features)
    guard source.sourceClass != .none else { return }
    let head = parser.reading.tokens[source.head]
    writer.add(base + 13, head.foldedHash, to: &features)
    writer.add(base + 14, head.foldedHash, shape, to: &features)
    WordClasses(rawValue: parser.reading.classes[source.head]).forEach {
      writer.add(base + 15, $0, source.isCapitalized ? 1 : 0, to: &features)
    }
    if source.head > source.start {
      writer.add(base + 16, parser.reading.tokens[source.head - 1].foldedHash, sourceClass, to: &features)
    }
    writer.add(base + 17, parser.reading.tokens[source.start].foldedHash, sourceClass, to: &features)
    if source.start > 0 {
      writer.add(base + 18, parser.reading.tokens[source.start - 1].foldedHash, sourceClass, to: &features)
    }
    if attribution.cue + 1 < parser.reading.tokens.count {
      writer.add(base + 19, sourceClass, parser.reading.tokens[attribution.cue + 1].foldedHash, to: &features)
      writer.add(base + 20, sourceClass, kind, parser.reading.classes[attribution.cue + 1], to: &features)
    }
  }

  /// How much of the sentence stands before the attribution and behind it.
  private static func rest(_ attribution: Attribution, _ parser: borrowing AttributionParser) -> UInt64 {
    let hasSource = attribution.source.sourceClass != .none
    let start = hasSource ? min(attribution.cue, attribution.source.start) : attribution.cue
    let end = hasSource ? max(attribution.cue + 1, attribution.source.end) : attribution.cue + 1
    func size(_ tokens: Int) -> UInt64 { tokens < 2 ? 0 : tokens < 5 ? 1 : tokens < 12 ? 2 : 3 }
    return size(start) << 2 | size(parser.reading.tokens.count - end)
  }

  /// Hashes tags and observations.
  private struct Writer {
    let seed: UInt64
    let tokens: Int
    var first: UInt16 = 0
    var last: UInt16 = 0

    init(seed: UInt64, tokens: Int) {
      self.seed = seed
      self.tokens = tokens
      last = UInt16(truncatingIfNeeded: max(tokens - 1, 0))
    }

    /// The features that follow come from this attribution's words.
    mutating func span(_ attribution: Attribution) {
      first = UInt16(truncatingIfNeeded: attribution.cue)
      last = first
      if attribution.source.sourceClass != .none {
        first = UInt16(truncatingIfNeeded: min(attribution.cue, attribution.source.start))
        last = UInt16(truncatingIfNeeded: max(attribution.cue, attribution.source.end - 1))
      }
    }

    /// The features that follow come from this phrase.
    mutating func span(_ phrase: SourcePhrase) {
      guard phrase.sourceClass != .none else { return }
      first = UInt16(truncatingIfNeeded: phrase.start)
      last = UInt16(truncatingIfNeeded: phrase.end - 1)
    }

    @inline(__always)
    func add(_ tag: UInt64, _ a: UInt64, to features: inout FeatureBuffer) {
      features.append(TextHash.combine(TextHash.combine(seed, tag), a), first: first, last: last)
    }

    @inline(__always)
    func add(_ tag: UInt64, _ a: UInt64, _ b: UInt64, to features: inout FeatureBuffer) {
      features.append(
        TextHash.combine(TextHash.combine(TextHash.combine(seed, tag), a), b), first: first, last: last)
    }

    @inline(__always)
    func add(_ tag: UInt64, _ a: UInt64, _ b: UInt64, _ c: UInt64, to features: inout FeatureBuffer) {
      features.append(
        TextHash.combine(TextHash.combine(TextHash.combine(TextHash.combine(seed, tag), a), b), c), first: first,
        last: last)
    }
  }
}
