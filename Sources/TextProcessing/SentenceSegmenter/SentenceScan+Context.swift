/// A word near a stop: its hash in lower case, its first letter and its end.
struct Word {
  /// The longest word that is looked at, in bytes, so that hostile text costs linear time.
  private static let longest = 48

  private(set) var hash: UInt64 = 0
  private(set) var first: UInt32?
  private(set) var second: UInt32?
  private(set) var end: Int

  /// The word that starts at `index`; without letters or digits there, `first` is `nil`.
  init(_ scan: SentenceScan, _ bytes: Span<UInt8>, at index: Int) {
    var hasher = TextHasher()
    end = index
    while end < scan.limit, end - index < Self.longest {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: end)
      switch CharacterClass(scalar) {
      case .letter, .digit, .mark, .replacement: hasher.append(scalar: CharacterTable.lowercase(scalar))
      case .apostrophe where first != nil: hasher.append(0x27)
      default:
        hash = hasher.finish()
        return
      }
      if first == nil { first = scalar } else if second == nil { second = scalar }
      end += length
    }
    hash = hasher.finish()
  }
}

/// The word before a stop.
struct WordBefore {
  private static let longest = 24

  private(set) var kind: AbbreviationLexicon.Kind?
  /// Its length in characters.
  private(set) var length = 0
  private(set) var hasInnerStops = false
  private(set) var isLowercase = true
  private(set) var endsInLowercase = false
  private(set) var isMask = false
  /// Its first letter is a capital, or it has none.
  private(set) var isCapitalized = true
  /// A single capital letter.
  private(set) var isInitial = false
  /// `I`.
  private(set) var isPronoun = false

  /// The word that ends at `stop`, with its inner stops.
  init(_ scan: SentenceScan, _ bytes: Span<UInt8>, stop: Int) {
    var index = stop
    if stop > scan.start, bytes[stop - 1] == 0x2A { isMask = true }
    while index > scan.start, stop - index < Self.longest {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, before: index)
      let found = CharacterClass(scalar)
      guard found == .letter || found == .digit || found == .mark || scalar == 0x2E else { break }
      index -= length
      self.length += 1
      if scalar == 0x2E { hasInnerStops = true }
      if !SentenceScan.isLowercase(scalar) {
        isLowercase = false
      } else if index + length == stop {
        endsInLowercase = true
      }
    }
    guard length > 0 else { return }
    var hasher = TextHasher()
    let first = index
    var letters = 0
    var longestPart = 0
    while index < stop {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: index)
      hasher.append(scalar: CharacterTable.lowercase(scalar))
      letters = scalar == 0x2E ? 0 : letters + 1
      longestPart = max(longestPart, letters)
      index += length
    }
    kind = AbbreviationLexicon.kind(hasher.finish())
    if hasInnerStops, longestPart > 2, kind == nil {
      // `Brussels.The talks ended.`: a glued sentence before; only its last word counts.
      let last = WordBefore(afterLastStop: first..<stop, bytes)
      (kind, length, isLowercase) = (last.kind, last.length, last.isLowercase)
      hasInnerStops = false
    } else {
      isCapitalized = !SentenceScan.isLowercase(UTF8Decoding.scalar(in: bytes, at: first).value)
    }
    if length == 1 {
      let scalar = UTF8Decoding.scalar(in: bytes, before: stop).value
      isInitial = SentenceScan.isUppercase(scalar)
      isPronoun = scalar == 0x49
    }
  }

  private init(afterLastStop range: Range<Int>, _ bytes: Span<UInt8>) {
    var first = range.upperBound
    while first > range.lowerBound, bytes[first - 1] != 0x2E { first -= 1 }
    var hasher = TextHasher()
    while first < range.upperBound {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: first)
      hasher.append(scalar: CharacterTable.lowercase(scalar))
      if !SentenceScan.isLowercase(scalar) { isLowercase = false }
      self.length += 1
      first += length
    }
    kind = AbbreviationLexicon.kind(hasher.finish())
  }
}

/// What comes after a stop and the marks that close with it.
struct Following {
  enum Start {
    case upper
    case lower
    case digit
    case ideograph
    case other
  }

  /// Where it starts, opening marks skipped.
  private(set) var index: Int
  private(set) var start = Start.other
  let isSpaced: Bool
  private(set) var hasOpeningMark = false
  private(set) var isClosingPunctuation = false
  private(set) var isDash = false
  private(set) var word: Word

  init(_ scan: SentenceScan, _ bytes: Span<UInt8>, at next: Int, spaced: Bool) {
    index = next
    isSpaced = spaced
    for step in 0..<4 {
      guard index < scan.limit else { break }
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: index)
      if let mark = QuotationMark(in: bytes, at: index, limit: scan.limit) {
        hasOpeningMark = true
        index += mark.length
        continue
      }
      switch scalar {
      case 0x29, 0x2C, 0x3A, 0x3B, 0x5D, 0x7D, 0xFF0C, 0x3001, 0xFF09, 0xFF1A, 0xFF1B:
        if step == 0 { isClosingPunctuation = true }
      case 0x27, 0x60, 0x2018, 0x28, 0x5B, 0xA1, 0xBF, 0xFF08:
        hasOpeningMark = true
        index += length
        continue
      case 0x2D, 0x2013, 0x2014, 0x2015:
        isDash = true
        index = scan.skipSpace(bytes, from: index + length)
        continue
      default: break
      }
      break
    }
    word = Word(scan, bytes, at: index)
    guard let first = word.first else {
      start = index < scan.limit && CharacterClass(scan.scalar(bytes, at: index)) == .ideograph ? .ideograph : .other
      return
    }
    if isDash {
      start = .other
    } else if SentenceScan.isDigit(first) {
      start = .digit
    } else if SentenceScan.isLowercase(first) {
      start = .lower
    } else {
      start = .upper
    }
  }

  /// The next word is one letter with a stop: the rest of an abbreviation (`E.P.A.`).
  func isInitial(_ scan: SentenceScan, _ bytes: Span<UInt8>) -> Bool {
    word.first != nil && word.second == nil && word.end < scan.limit && bytes[word.end] == 0x2E
  }

  /// The next word often opens sentences.
  var opensSentences: Bool { AbbreviationLexicon.opensSentences(word.hash) }

  /// A capital and then lower case, or a word of one capital (`I`, `A`): not `ASP.NET`.
  var looksLikeWord: Bool {
    guard let second = word.second else { return true }
    return SentenceScan.isLowercase(second) || second == 0x27 || second == 0x2019 || opensSentences
  }
}
