/// What a run of terminators and the closing marks after it look like.
struct StopRun {
  /// The first terminator.
  var start: Int
  /// After the last terminator, closing quotation mark or bracket.
  var end: Int
  /// Question or exclamation marks are among the terminators.
  var isEmphatic = false
  /// An ideographic stop: needs no white space after it.
  var isIdeographic = false
  /// Full stops, `…` counting as three.
  var stops = 0
  /// Quotation marks or brackets closed after the terminators.
  var isClosed = false
}

extension SentenceScan {
  /// How far after a stop closing marks and further stops are looked for, in steps.
  private static let longestRun = 24

  /// Reads the stop at `index` with all that closes after it.
  ///
  /// - Returns: Where the walk goes on, and whether the sentence ends there.
  mutating func readStop(_ bytes: Span<UInt8>, at index: Int) -> (end: Int, isBoundary: Bool) {
    var run = StopRun(start: index, end: index)
    readTerminators(bytes, &run)
    readClosers(bytes, &run)
    return (run.end, isBoundary(run, bytes))
  }

  private func readTerminators(_ bytes: Span<UInt8>, _ run: inout StopRun) {
    while run.end < limit {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: run.end)
      guard Self.isTerminator(scalar) else { return }
      switch scalar {
      case 0x2E, 0xFF0E: run.stops += 1
      case 0x2026: run.stops += 3
      case 0x3002, 0xFF61: run.isIdeographic = true
      case 0xFF01, 0xFF1F: (run.isIdeographic, run.isEmphatic) = (true, true)
      default: run.isEmphatic = true
      }
      run.end += length
    }
  }

  /// Takes in closing quotation marks and brackets, stops after a space (`support. ."`) and references (`[12]`).
  private mutating func readClosers(_ bytes: Span<UInt8>, _ run: inout StopRun) {
    for _ in 0..<Self.longestRun {
      guard run.end < limit else { return }
      if let length = closer(bytes, at: run.end, spaced: false) {
        run.end += length
        run.isClosed = true
      } else if Self.isTerminator(scalar(bytes, at: run.end)) {
        readTerminators(bytes, &run)
      } else {
        // After white space only a lone stop or a mark that closes an open quotation belongs here.
        let next = skipSpace(bytes, from: run.end)
        guard next > run.end, next < limit, next - run.end <= 4 else { return }
        if let end = endOfLoneStop(bytes, at: next) {
          run.end = next
          readTerminators(bytes, &run)
          run.end = end
        } else if let length = closer(bytes, at: next, spaced: true) {
          run.end = next + length
          run.isClosed = true
        } else {
          return
        }
      }
    }
  }

  /// The end of terminators at `index` that belong to no number, name or word; `nil` if there are none. An ellipsis
  /// before more text opens the next sentence.
  private func endOfLoneStop(_ bytes: Span<UInt8>, at index: Int) -> Int? {
    var run = StopRun(start: index, end: index)
    readTerminators(bytes, &run)
    guard run.end > index else { return nil }
    switch CharacterClass(scalar(bytes, at: run.end)) {
    case .letter, .digit, .ideograph, .mark: return nil
    case .space where run.stops > 2: return skipSpace(bytes, from: run.end) == limit ? run.end : nil
    default: return run.end
    }
  }

  /// The length of the closing mark at `index`, or `nil`; keeps `quoteIsOpen`.
  private mutating func closer(_ bytes: Span<UInt8>, at index: Int, spaced: Bool) -> Int? {
    if let mark = QuotationMark(in: bytes, at: index, limit: limit) {
      let spaceAfter = isSpace(bytes, at: index + mark.length)
      if spaced {
        // `… support. " He`: space on both sides.
        guard spaceAfter, quoteIsOpen || index + mark.length >= limit, mark.form != .opens else { return nil }
      } else {
        let after = scalar(bytes, at: index + mark.length)
        let wordFollows = [.letter, .digit, .ideograph].contains(CharacterClass(after))
        guard !wordFollows || (mark.form == .either ? quoteIsOpen : mark.form == .closes) else { return nil }
      }
      quoteIsOpen = false
      return mark.length
    }
    if spaced { return nil }
    let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: index)
    switch scalar {
    case 0x29, 0x5D, 0x7D, 0xFF09, 0x3011, 0x300B: return length
    case 0x27, 0x2019, 0x203A:
      let after = CharacterClass(self.scalar(bytes, at: index + length))
      if after == .letter || after == .digit { return scalar == 0x27 ? nil : length }
      return length
    case 0x5B:
      // A reference such as [12].
      var end = index + 1
      while end < limit, end - index < 5, bytes[end] &- 0x30 < 10 { end += 1 }
      return end > index + 1 && end < limit && bytes[end] == 0x5D ? end + 1 - index : nil
    default: return nil
    }
  }

  // MARK: - Decision

  private func isBoundary(_ run: StopRun, _ bytes: Span<UInt8>) -> Bool {
    let next = skipSpace(bytes, from: run.end)
    guard next < limit else { return true }
    // An ellipsis that opens a sentence does not end it.
    if run.start == start { return false }
    let following = Following(self, bytes, at: next, spaced: next > run.end)
    if following.isClosingPunctuation { return false }
    if run.isIdeographic { return !(run.isClosed && ideographicAttributionFollows(bytes, at: next)) }
    if isEnumerator(run, bytes) { return false }
    if following.isDash {
      // `… of all.” — Ana Ruiz`, but not the place before a report: `DAYTON, Ala. - In`, `Mr. - no`.
      guard let first = following.word.first, Self.isUppercase(first) else { return false }
      if run.isEmphatic || run.isClosed { return true }
      let before = WordBefore(self, bytes, stop: run.start)
      return following.isSpaced && before.kind == nil && !before.hasInnerStops && !before.isInitial
    }
    if !following.isSpaced { return isBoundaryWithoutSpace(run, following, bytes) }
    if following.start == .lower, !following.hasOpeningMark {
      // What attributes a quotation, or goes on after an ellipsis or an abbreviation, be it an unknown one. After a long
      // word, which hardly is one, the writer (or the translation) forgot the capital.
      let before = WordBefore(self, bytes, stop: run.start)
      return !run.isClosed && !run.isEmphatic && run.stops == 1 && before.isLowercase && before.length > 4
        && before.kind == nil && !before.hasInnerStops
    }
    if run.isEmphatic || run.stops != 1 {
      return !(run.isClosed && run.isEmphatic && attributionFollows(following, bytes))
    }
    return run.isClosed || !isAbbreviation(run, following, bytes)
  }

  /// `in Brussels.The ministers`, but not `3.5`, `U.S.`, `Node.js`, `St.Louis`.
  private func isBoundaryWithoutSpace(_ run: StopRun, _ following: Following, _ bytes: Span<UInt8>) -> Bool {
    if following.hasOpeningMark { return following.start != .lower }
    if following.start == .ideograph { return true }
    if run.isClosed { return following.start == .upper || following.start == .digit }
    let before = WordBefore(self, bytes, stop: run.start)
    switch following.start {
    case .upper:
      // `Union.NATO agreed`, but not `ASP.NET`.
      guard following.looksLikeWord || (before.endsInLowercase && before.length > 2) else { return false }
      if run.isEmphatic || run.stops > 1 { return true }
      if following.isInitial(self, bytes), before.isInitial || before.hasInnerStops { return false }
      return before.isMask || before.length > 1 && !isAbbreviation(run, following, bytes)
    case .digit:
      // `countries.30 of them`, but not `Sept.11`, `3.5`, `v.2`.
      return run.stops == 1 && before.isLowercase && before.length > 3 && before.kind == nil
    default: return false
    }
  }

  /// Whether the stop belongs to the word before it, by what that word is and what follows.
  private func isAbbreviation(_ run: StopRun, _ following: Following, _ bytes: Span<UInt8>) -> Bool {
    let before = WordBefore(self, bytes, stop: run.start)
    if before.isInitial {
      // `J. K. Rowling`; but `plan B. The`, `as did I. We`.
      if before.isPronoun { return false }
      return following.start == .upper && !following.opensSentences
    }
    if before.hasInnerStops, before.kind == nil || before.kind == .common {
      // `U.S. officials`, `the U.S. Senate`; but `in the U.S. The talks`.
      return following.start != .digit && !following.opensSentences && !following.hasOpeningMark
    }
    switch before.kind {
    case .inner: return true
    case .title: return before.isCapitalized
    case .common:
      guard before.isCapitalized else { return false }
      if following.start == .digit { return true }
      return !following.opensSentences && !following.hasOpeningMark
    case .beforeNumber: return following.start == .digit
    case .time:
      // `At 9 a.m. Lee spoke`: too short to be the whole sentence.
      if !following.opensSentences, run.start - start < 16 { return true }
      return AbbreviationLexicon.followsTime(following.word.hash)
    case .final, nil: return false
    }
  }

  /// Whether the sentence so far is only an enumerator: `1.`, `(2).`, `a.`
  private func isEnumerator(_ run: StopRun, _ bytes: Span<UInt8>) -> Bool {
    guard run.stops == 1, !run.isEmphatic, run.start - start <= 4 else { return false }
    var index = start
    if index < run.start, bytes[index] == 0x28 { index += 1 }
    let first = index
    while index < run.start, bytes[index] &- 0x30 < 10 { index += 1 }
    return index > first && index == run.start && index - first < 3
  }

  /// `"Is it open?" Lee asked.`: a name and a verb of speech, with which the sentence ends or goes on as a report.
  private func attributionFollows(_ following: Following, _ bytes: Span<UInt8>) -> Bool {
    guard following.start == .upper, !following.hasOpeningMark else { return false }
    var index = following.index
    for number in 0..<6 {
      let word = Word(self, bytes, at: index)
      guard word.end > index, let first = word.first else { return false }
      if number > 0, AbbreviationLexicon.reportsSpeech(word.hash) {
        let next = Word(self, bytes, at: skipSpace(bytes, from: word.end))
        return next.first == nil || AbbreviationLexicon.followsReport(next.hash)
      }
      // Only names stand between, and `the` before an office.
      guard Self.isUppercase(first) || number > 0 else { return false }
      if number == 0, AbbreviationLexicon.opensSentences(word.hash) { return false }
      index = word.end
      if index < limit, bytes[index] == 0x2E { index += 1 }
      index = skipSpace(bytes, from: index)
    }
    return false
  }

  /// `“……。”他说。`: a verb of speech among the next few characters; but `他说：` introduces the next quotation.
  private func ideographicAttributionFollows(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    var index = index
    var found = false
    for _ in 0..<12 {
      guard index < limit else { return found }
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: index)
      switch scalar {
      case 0x8BF4, 0x8AAA, 0x9053, 0x95EE, 0x554F, 0x79F0, 0x7A31, 0x8FF0, 0x8A00, 0x8868: found = true
      case 0x3A, 0xFF1A: return false
      default:
        guard CharacterClass(scalar) == .ideograph || CharacterClass(scalar) == .letter else { return found }
      }
      index += length
    }
    return found
  }
}
