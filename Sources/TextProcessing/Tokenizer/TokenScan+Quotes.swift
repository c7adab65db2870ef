/// What the form of a quotation mark says.
enum QuoteForm {
  case opens
  case closes
  case either

  init(of scalar: UInt32) {
    switch scalar {
    case 0x60, 0xAB, 0x2018, 0x201A, 0x201B, 0x201C, 0x201E, 0x201F, 0x2039, 0x300C, 0x300E, 0x301D: self = .opens
    case 0xB4, 0xBB, 0x2019, 0x201D, 0x203A, 0x300D, 0x300F, 0x301E, 0x301F: self = .closes
    default: self = .either
    }
  }
}

extension TokenScan {
  /// Reads an apostrophe that is not inside a word: `''`, `'s`, the end of a plural, or a single quotation mark.
  mutating func scanApostrophe(_ bytes: Span<UInt8>, scalar: UInt32, length: Int) {
    let after = position + length
    if scalar == 0x27, after < bytes.count, bytes[after] == 0x27 {
      return emitQuote(to: after + 1, double: true, form: .closes, bytes: bytes)
    }
    if followsWord {
      if after < bytes.count, bytes[after] | 0x20 == 0x73, !continuesWord(after + 1, bytes) {
        var exact = TextHasher()
        exact.append(0x27)
        exact.append(bytes[after])
        let shape: Token.Shape = bytes[after] == 0x53 ? .capitalized : []
        return emit(
          to: after + 1, .clitic, foldedHash: TokenClassHash.clitic, exactHash: exact.finish(), shape: shape,
          bytes: bytes)
      }
      if !singleQuoteIsOpen, scalar != 0x2018, position > 0, bytes[position - 1] | 0x20 == 0x73,
        !continuesWord(after, bytes)
      {
        return emit(
          to: after, .clitic, foldedHash: TokenClassHash.clitic, exactHash: hash(0x27), bytes: bytes)
      }
    }
    emitQuote(to: after, double: false, form: QuoteForm(of: scalar), bytes: bytes)
  }

  /// Whether what stands at `index` would go on with a word.
  func continuesWord(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
    switch classAt(index, bytes) {
    case .letter, .digit, .mark: true
    default: false
    }
  }

  /// Appends a quotation mark; the space around it decides what it does, then its form, then whether one is open.
  mutating func emitQuote(to end: Int, double: Bool, form: QuoteForm, bytes: Span<UInt8>) {
    let openBefore = spaceBefore || joined || allowsOpening(bytes)
    let closedAfter = allowsClosing(end, bytes)
    let isOpen = double ? doubleQuoteIsOpen : singleQuoteIsOpen
    let opens =
      switch (openBefore, closedAfter, form) {
      case (true, false, _): true
      case (false, true, _): false
      case (_, _, .opens): true
      case (_, _, .closes): false
      case (_, _, .either): !isOpen
      }
    if double { doubleQuoteIsOpen = opens } else { singleQuoteIsOpen = opens }
    let value = double ? TokenClassHash.doubleQuote : TokenClassHash.singleQuote
    emit(
      to: end, .quote, foldedHash: value, exactHash: value, shape: opens ? .opensQuote : .closesQuote, bytes: bytes)
  }

  /// Whether a quotation may begin after what stands before `position`: a bracket, a dash, an opening mark.
  private func allowsOpening(_ bytes: Span<UInt8>) -> Bool {
    guard let last else { return true }
    if last.kind == .quote { return last.opensQuote }
    guard last.kind == .punctuation else { return false }
    switch UTF8Decoding.scalar(in: bytes, before: position).value {
    case 0x28, 0x5B, 0x7B, 0x2D, 0x2013, 0x2014, 0x2F: return true
    default: return false
    }
  }

  /// Whether a quotation may end before what stands at `index`: space, the end, closing punctuation, another mark.
  private func allowsClosing(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
    guard index < bytes.count else { return true }
    let (scalar, _) = UTF8Decoding.scalar(in: bytes, at: index)
    switch CharacterClass(scalar) {
    case .space, .stop, .dash, .hyphen: return true
    case .punctuation: return scalar != 0x28 && scalar != 0x5B && scalar != 0x7B && scalar != 0xBF && scalar != 0xA1
    case .apostrophe, .doubleQuote, .singleQuote: return QuoteForm(of: scalar) == .closes || doubleQuoteIsOpen
    default: return false
    }
  }
}
