/// One walk of the segmenter over the paragraphs of a text.
struct SentenceScan {
  private(set) var sentences: [SentenceSegmenter.Sentence] = []
  /// The end of the paragraph that is being walked.
  var limit = 0
  /// The first visible byte of the current sentence.
  var start = 0
  /// A double quotation is open at the place that the walk has reached.
  var quoteIsOpen = false
  private var startsInsideQuote = false
  private var paragraph = -1

  /// Cuts one paragraph into sentences. Quotations end with it.
  mutating func run(_ bytes: Span<UInt8>, paragraph range: Range<Int>) {
    paragraph += 1
    limit = range.upperBound
    start = range.lowerBound
    quoteIsOpen = false
    startsInsideQuote = false
    let interesting = Self.interesting
    var index = start
    while index < limit {
      let byte = bytes[index]
      if !interesting[Int(byte)] {
        index += 1
        continue
      }
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: index)
      if Self.isTerminator(scalar) {
        if scalar == 0x2E, isDecimalPoint(bytes, at: index) {
          index += 1
          continue
        }
        if scalar == 0x2E, let end = endOfAddress(bytes, stop: index) {
          index = end
          continue
        }
        let (end, isBoundary) = readStop(bytes, at: index)
        if isBoundary { close(bytes, at: end) }
        index = end
      } else if let mark = QuotationMark(in: bytes, at: index, limit: limit) {
        quoteIsOpen = opens(mark, bytes, at: index)
        index += mark.length
      } else if scalar == 0x3A, index + 2 < limit, bytes[index + 1] == 0x2F, bytes[index + 2] == 0x2F {
        index = endOfVisible(bytes, from: index)
      } else {
        index += length
      }
    }
    close(bytes, at: limit)
  }

  private mutating func close(_ bytes: Span<UInt8>, at end: Int) {
    let range = Self.trimmed(start..<end, bytes)
    if !range.isEmpty {
      sentences.append(
        SentenceSegmenter.Sentence(range: range, startsInsideQuote: startsInsideQuote, paragraph: paragraph))
    }
    start = skipSpace(bytes, from: end)
    startsInsideQuote = quoteIsOpen
  }

  // MARK: - Characters

  /// The bytes at which a stop, a quotation mark or an address may begin.
  private static let interesting: [Bool] = (0..<256).map { byte in
    switch byte {
    case 0x21, 0x22, 0x27, 0x2E, 0x3A, 0x3F, 0x60, 0xC2, 0xE2, 0xE3, 0xEF: true
    default: false
    }
  }

  /// Whether a scalar value ends sentences.
  static func isTerminator(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x21, 0x2E, 0x3F, 0x2026, 0x203C, 0x203D, 0x2047...0x2049, 0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0xFF61: true
    default: false
    }
  }

  static func isLowercase(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (0x61...0x7A).contains(scalar) }
    return Unicode.Scalar(scalar)?.properties.isLowercase ?? false
  }

  static func isUppercase(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (0x41...0x5A).contains(scalar) }
    return CharacterTable.lowercase(scalar) != scalar
  }

  static func isDigit(_ scalar: UInt32) -> Bool { CharacterClass(scalar) == .digit }

  /// The range without white space, byte order marks and zero-width spaces at its ends.
  static func trimmed(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Range<Int> {
    func isBlank(_ scalar: UInt32) -> Bool {
      scalar == 0xFEFF || scalar == 0x200B || CharacterClass(scalar) == .space
    }
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower < upper {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: lower)
      guard isBlank(scalar) else { break }
      lower += length
    }
    while lower < upper {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, before: upper)
      guard isBlank(scalar) else { break }
      upper -= length
    }
    return lower..<max(lower, upper)
  }

  /// The scalar value at `index`; the end of the paragraph is a space.
  func scalar(_ bytes: Span<UInt8>, at index: Int) -> UInt32 {
    index < limit ? UTF8Decoding.scalar(in: bytes, at: index).value : 0x20
  }

  func isSpace(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    CharacterClass(scalar(bytes, at: index)) == .space
  }

  /// The first byte from `index` on that is not white space, or `limit`.
  func skipSpace(_ bytes: Span<UInt8>, from index: Int) -> Int {
    var index = index
    while index < limit {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: index)
      guard CharacterClass(scalar) == .space else { break }
      index += length
    }
    return index
  }

  private func endOfVisible(_ bytes: Span<UInt8>, from index: Int) -> Int {
    var end = index
    while end < limit, bytes[end] > 0x20, bytes[end] < 0x7F, bytes[end] != 0x22 { end += 1 }
    // The stop after an address ends the sentence.
    while end > index + 1, !(bytes[end - 1] | 0x20).isASCIILetter, !(bytes[end - 1] &- 0x30 < 10),
      bytes[end - 1] != 0x2F
    {
      end -= 1
    }
    return end
  }

  /// Whether digits stand on both sides of a stop (`3.5`).
  private func isDecimalPoint(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    index > start && index + 1 < limit && bytes[index - 1] &- 0x30 < 10 && bytes[index + 1] &- 0x30 < 10
  }

  /// The end of the address whose inner stop stands at `stop` (`example.com`, `a.b@example.org`), or `nil`.
  private func endOfAddress(_ bytes: Span<UInt8>, stop: Int) -> Int? {
    guard stop + 1 < limit, (bytes[stop + 1] | 0x20).isASCIILetter || bytes[stop + 1] &- 0x30 < 10 else { return nil }
    var word = stop
    let floor = max(start, stop - 64)
    while word > floor, (bytes[word - 1] | 0x20).isASCIILetter || bytes[word - 1] &- 0x30 < 10 { word -= 1 }
    guard let end = AddressPattern.end(in: bytes, from: word), end > stop, end <= limit else { return nil }
    return end
  }

  // MARK: - Quotation marks

  /// Whether a mark opens: the space around it tells, else its form, else whether a quotation is open.
  func opens(_ mark: QuotationMark, _ bytes: Span<UInt8>, at index: Int) -> Bool {
    let before = index > start ? UTF8Decoding.scalar(in: bytes, before: index).value : 0x20
    let after = scalar(bytes, at: index + mark.length)
    let canOpen: Bool
    switch before {
    case 0x28, 0x5B, 0x2D, 0x2013, 0x2014, 0x2018, 0x2F: canOpen = true
    default: canOpen = CharacterClass(before) == .space
    }
    let canClose: Bool
    switch after {
    case 0x29, 0x2C, 0x2D, 0x2E, 0x3A, 0x3B, 0x3F, 0x21, 0x5D, 0x2013, 0x2014, 0x2019: canClose = true
    default: canClose = CharacterClass(after) == .space
    }
    switch (canOpen, canClose, mark.form) {
    case (true, false, _): return true
    case (false, true, _): return false
    case (_, _, .opens): return true
    case (_, _, .closes): return false
    case (_, _, .either): return !quoteIsOpen
    }
  }
}

extension UInt8 {
  /// Whether a byte, already lower-cased, is an ASCII letter.
  var isASCIILetter: Bool { self &- 0x61 < 26 }
}

/// A double quotation mark, `''` and ` `` ` among them.
struct QuotationMark {
  var length: Int
  var form: QuoteForm

  /// The mark at `index`, if one stands there.
  init?(in bytes: Span<UInt8>, at index: Int, limit: Int) {
    guard index < limit else { return nil }
    let byte = bytes[index]
    if byte == 0x27 || byte == 0x60 {
      guard index + 1 < limit, bytes[index + 1] == byte else { return nil }
      length = 2
      form = byte == 0x27 ? .either : .opens
      return
    }
    let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: index)
    guard CharacterClass(scalar) == .doubleQuote else { return nil }
    self.length = length
    form = QuoteForm(of: scalar)
  }
}
