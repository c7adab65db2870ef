/// One walk of the tokenizer over a text: where it stands and what it remembers.
///
/// Generic over what is kept of a token, so that those who need less of it do not pay for the rest.
struct TokenScan<Form: TokenForm> {
  /// The kinds of tokens that are kept, a bit each; a form that is whole keeps all.
  let kinds: UInt32
  private let usesFastPath: Bool
  /// Where the walked bytes begin in the text that tokens point into.
  private(set) var base: UInt32 = 0
  var tokens: [Form]
  /// The next byte to read.
  var position = 0
  /// White space, or nothing at all, stands before `position`.
  var spaceBefore = true
  /// A hyphen that leaves no token stands before `position`.
  var joined = false
  var doubleQuoteIsOpen = false
  var singleQuoteIsOpen = false
  /// The token that was read last, kept or not. Asked for only where no space follows it; before a space it may be any.
  var last: LastToken?

  /// What the general rules want to know of the token before.
  struct LastToken {
    /// The byte after the last one.
    var end: UInt32
    /// What it is.
    var kind: Token.Kind
    /// Whether it is a quotation mark that opens a quotation.
    var opensQuote: Bool
  }

  init(kinds: UInt32 = .max, usesFastPath: Bool, tokens: [Form]) {
    self.kinds = Form.isWhole ? .max : kinds
    // The fast path takes it for granted that words are kept.
    self.usesFastPath = usesFastPath && Self.keeps(.word, self.kinds)
    self.tokens = tokens
  }

  /// Whether tokens of a kind are kept.
  @inline(__always)
  static func keeps(_ kind: Token.Kind, _ kinds: UInt32) -> Bool { kinds &>> UInt32(kind.rawValue) & 1 == 1 }

  /// Appends the tokens of `text[range]`, which is read as if nothing stood around it.
  mutating func run(_ text: Span<UInt8>, _ range: Range<Int>) {
    base = UInt32(range.lowerBound)
    position = 0
    (spaceBefore, joined) = (true, false)
    (doubleQuoteIsOpen, singleQuoteIsOpen) = (false, false)
    last = nil
    let bytes = text.extracting(range)
    while position < bytes.count {
      if usesFastPath { Form.scanPlainTokens(bytes, in: text, &self) }
      if position < bytes.count { scanToken(bytes) }
    }
  }

  /// Reads whatever stands at `position` by the general rules.
  private mutating func scanToken(_ bytes: Span<UInt8>) {
    let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: position)
    switch CharacterClass(scalar) {
    case .space:
      position += length
      spaceBefore = true
      joined = false
    case .ignorable:
      position += length
    case .letter, .digit, .mark:
      scanWord(bytes)
    case .ideograph:
      emit(to: position + length, .word, foldedHash: hash(scalar), exactHash: hash(scalar), bytes: bytes)
    case .asterisk:
      let end = endOfRun(of: 0x2A, bytes)
      if end - position > 1 {
        emit(to: end, .mask, foldedHash: TokenClassHash.mask, exactHash: TokenClassHash.mask, bytes: bytes)
      } else {
        emit(to: end, .symbol, scalar: scalar, bytes: bytes)
      }
    case .apostrophe: scanApostrophe(bytes, scalar: scalar, length: length)
    case .singleQuote:
      if scalar == 0x60, position + 1 < bytes.count, bytes[position + 1] == 0x60 {
        emitQuote(to: position + 2, double: true, form: .opens, bytes: bytes)
      } else {
        emitQuote(to: position + length, double: false, form: QuoteForm(of: scalar), bytes: bytes)
      }
    case .doubleQuote: emitQuote(to: position + length, double: true, form: QuoteForm(of: scalar), bytes: bytes)
    case .stop: scanStops(bytes, scalar: scalar, length: length)
    case .hyphen, .dash: scanDash(bytes, scalar: scalar, length: length)
    case .at, .hash: scanTag(bytes, kind: scalar == 0x40 ? .mention : .hashtag)
    case .punctuation: scanPunctuation(bytes, scalar: scalar, length: length)
    case .symbol, .replacement: scanSymbol(bytes, scalar: scalar, length: length)
    }
  }

  // MARK: - Emitting

  /// Appends the token from `position` to `end` and moves there.
  @inline(__always)
  mutating func emit(
    to end: Int, _ kind: Token.Kind, foldedHash: UInt64, exactHash: UInt64, shape given: Token.Shape = [],
    bytes: Span<UInt8>
  ) {
    var shape = given
    if spaceBefore { shape.insert(.spaceBefore) }
    if joined { shape.insert(.joinedBefore) }
    if bytes[position] >= 0x80 { shape.insert(.nonASCII) }
    let after = base &+ UInt32(truncatingIfNeeded: end)
    if Form.isWhole || Self.keeps(kind, kinds) {
      tokens.append(
        Form(
          start: base &+ UInt32(truncatingIfNeeded: position), end: after, kind: kind, shape: shape,
          foldedHash: foldedHash, exactHash: exactHash))
    }
    last = LastToken(end: after, kind: kind, opensQuote: shape.contains(.opensQuote))
    position = end
    spaceBefore = false
    joined = false
  }

  /// Appends a token that is known by one scalar value.
  mutating func emit(to end: Int, _ kind: Token.Kind, scalar: UInt32, bytes: Span<UInt8>) {
    let value = hash(scalar)
    emit(to: end, kind, foldedHash: value, exactHash: value, bytes: bytes)
  }

  func hash(_ scalar: UInt32) -> UInt64 {
    if scalar < 0x80 { return TokenClassHash.ascii(UInt8(truncatingIfNeeded: scalar)) }
    var hasher = TextHasher()
    hasher.append(scalar: scalar)
    return hasher.finish()
  }

  func endOfRun(of byte: UInt8, _ bytes: Span<UInt8>) -> Int {
    var end = position
    while end < bytes.count, bytes[end] == byte { end += 1 }
    return end
  }

  /// The class of what stands at `index`; the end of the text is space.
  @inline(__always)
  func classAt(_ index: Int, _ bytes: Span<UInt8>) -> CharacterClass {
    index < bytes.count ? CharacterClass(UTF8Decoding.scalar(in: bytes, at: index).value) : .space
  }

  /// Whether the last token ends right here and is of a kind that hyphens and apostrophes attach to.
  var followsWord: Bool {
    guard !spaceBefore, !joined, let last, last.end == base &+ UInt32(truncatingIfNeeded: position) else {
      return false
    }
    return last.kind == .word || last.kind == .number || last.kind == .mask || last.kind == .clitic
  }

  // MARK: - Punctuation

  private mutating func scanStops(_ bytes: Span<UInt8>, scalar: UInt32, length: Int) {
    let end = scalar == 0x2E ? endOfRun(of: 0x2E, bytes) : position + length
    let value = end - position > 1 && scalar == 0x2E ? TokenClassHash.ellipsis : hash(0x2E)
    emit(to: end, .punctuation, foldedHash: value, exactHash: value, bytes: bytes)
  }

  /// A hyphen within a compound only joins; `-` elsewhere, `--` and dashes are one dash token.
  private mutating func scanDash(_ bytes: Span<UInt8>, scalar: UInt32, length: Int) {
    let isHyphen = scalar == 0x2D || scalar == 0x2010 || scalar == 0x2011
    var end = position + length
    if isHyphen {
      let next = classAt(end, bytes)
      let maskFollows = next == .asterisk && classAt(end + 1, bytes) == .asterisk
      if followsWord, next == .letter || next == .digit || maskFollows {
        position = end
        joined = true
        return
      }
    }
    while end < bytes.count {
      let (next, nextLength) = UTF8Decoding.scalar(in: bytes, at: end)
      let nextClass = CharacterClass(next)
      guard nextClass == .dash || nextClass == .hyphen else { break }
      end += nextLength
    }
    emit(
      to: end, .punctuation, foldedHash: TokenClassHash.dash, exactHash: TokenClassHash.dash, bytes: bytes)
  }

  private mutating func scanPunctuation(_ bytes: Span<UInt8>, scalar: UInt32, length: Int) {
    var end = position + length
    while end + length <= bytes.count, UTF8Decoding.scalar(in: bytes, at: end).value == scalar { end += length }
    switch scalar {
    case 0x2026:
      emit(
        to: end, .punctuation, foldedHash: TokenClassHash.ellipsis, exactHash: TokenClassHash.ellipsis, bytes: bytes)
    case 0x3002: emit(to: end, .punctuation, scalar: 0x2E, bytes: bytes)
    case 0xFF01, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F: emit(to: end, .punctuation, scalar: scalar - 0xFEE0, bytes: bytes)
    default: emit(to: end, .punctuation, scalar: scalar, bytes: bytes)
    }
  }

  /// A symbol with the variation selectors, joiners and skin tones that belong to it.
  private mutating func scanSymbol(_ bytes: Span<UInt8>, scalar: UInt32, length: Int) {
    var end = position + length
    var hasher = TextHasher()
    hasher.append(scalar: scalar)
    var afterJoiner = false
    let isFlagPart = (0x1F1E6...0x1F1FF).contains(scalar)
    var flagParts = 1
    while end < bytes.count {
      let (next, nextLength) = UTF8Decoding.scalar(in: bytes, at: end)
      if next == 0x200D || CharacterClass(next) == .ignorable || CharacterClass(next) == .mark {
        afterJoiner = next == 0x200D
      } else if (0x1F3FB...0x1F3FF).contains(next) {
        afterJoiner = false
      } else if afterJoiner, CharacterClass(next) == .symbol {
        hasher.append(scalar: next)
        afterJoiner = false
      } else if isFlagPart, flagParts == 1, (0x1F1E6...0x1F1FF).contains(next) {
        hasher.append(scalar: next)
        flagParts = 2
      } else {
        break
      }
      end += nextLength
    }
    let value = hasher.finish()
    emit(to: end, .symbol, foldedHash: value, exactHash: value, bytes: bytes)
  }

  /// `@name` or `#name`; the bare sign is a symbol.
  private mutating func scanTag(_ bytes: Span<UInt8>, kind: Token.Kind) {
    var end = position + 1
    var folded = TextHasher()
    var exact = TextHasher()
    folded.append(bytes[position])
    exact.append(bytes[position])
    var shape: Token.Shape = []
    while end < bytes.count {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: end)
      let found = CharacterClass(scalar)
      guard found == .letter || found == .digit || found == .ideograph || found == .mark || scalar == 0x5F else {
        break
      }
      if found == .digit { shape.insert(.hasDigit) }
      if scalar >= 0x80 { shape.insert(.nonASCII) }
      folded.append(scalar: CharacterTable.lowercase(scalar))
      exact.append(scalar: scalar)
      end += length
    }
    if end == position + 1 || followsWord {
      emit(to: position + 1, .symbol, scalar: UInt32(bytes[position]), bytes: bytes)
    } else {
      emit(to: end, kind, foldedHash: folded.finish(), exactHash: exact.finish(), shape: shape, bytes: bytes)
    }
  }
}
