/// Finds the tokens of a text and hashes them on the way.
///
/// - A **word** is a run of letters and digits; an apostrophe between two letters belongs to it (`don't`, `O’Brien`).
///   A possessive or contracted `'s` is a `.clitic` of its own, and so is the apostrophe after a plural
///   (`ministers'`) while no single quotation is open.
/// - Single letters parted by stops are one word, the last stop included (`U.S.`, `a.m.`); with or without that last
///   stop they have one hash. A longer abbreviation and its stop are two tokens (`Mr`, `.`).
/// - A hyphen between words leaves no token; the part after it is `.joinedBefore`.
/// - A **number** has inner stops, commas and colons, and may end as an ordinal or a plural (`3.5`, `1,000`, `10:30`,
///   `29th`, `1990s`). All numbers have one `foldedHash`.
/// - Two asterisks or more are a **mask**, also inside words (`US***`, `****ing`), with one hash whatever their number.
/// - A **quote** is one token (`''` and ` `` ` too). Whether it opens or closes is told by the space around it, else by
///   its form, else by whether a quotation is open. All double forms share a hash, all single forms another.
/// - A run of one **punctuation** mark is one token with the hash of that mark. Two stops or more are an ellipsis and
///   equal `…`; all dashes are equal; so are a full stop and `。`.
/// - An ideograph or kana is a word by itself.
/// - Damaged UTF-8 is read as U+FFFD; between two letters that is a letter, else a symbol. Control characters are space.
///
/// Hashes are those of the normalized form: lower case by Unicode's default mappings (in `foldedHash`), composed
/// (`e\u{301}` equals `é`), `’` as `'`, without zero-width characters and soft hyphens.
///
/// Nothing outside the given range is looked at, so a statement has the same tokens alone and in its article.
public struct Tokenizer: Sendable {
  /// Whether plain English words are read sixteen letters at a time; if not, every token takes the general path.
  let usesFastPath: Bool

  /// Creates a tokenizer.
  public init() { usesFastPath = true }

  /// Creates a tokenizer that may do without its fast path: the plain twin for tests.
  package init(usesFastPath: Bool) { self.usesFastPath = usesFastPath }

  /// Replaces the contents of `tokens`, whose storage is used again, with the tokens of `bytes`.
  ///
  /// - Precondition: `bytes.count` is below 2³².
  /// - Complexity: O(*n*), without allocation once `tokens` has grown, except in words with combining marks.
  public func tokenize(_ bytes: Span<UInt8>, into tokens: inout [Token]) {
    tokenize(bytes, range: 0..<bytes.count, into: &tokens)
  }

  /// Replaces the contents of `tokens` with the tokens of `bytes[range]`, which point into `bytes`.
  ///
  /// - Precondition: `range` is within `bytes`, and `range.upperBound` is below 2³².
  /// - Complexity: O(*n*), without allocation once `tokens` has grown, except in words with combining marks.
  package func tokenize(_ bytes: Span<UInt8>, range: Range<Int>, into tokens: inout [Token]) {
    precondition(range.upperBound <= Int(UInt32.max), "texts of 4 GB and more must be cut before they are tokenized")
    var buffer: [Token] = []
    swap(&buffer, &tokens)
    buffer.removeAll(keepingCapacity: true)
    var scan = TokenScan(usesFastPath: usesFastPath, tokens: buffer)
    buffer = []
    scan.run(bytes, range)
    swap(&scan.tokens, &tokens)
  }

  /// The tokens of a string; they point into its UTF-8 bytes.
  public func tokens(of text: String) -> [Token] { tokens(of: Array(text.utf8)) }

  /// The tokens of UTF-8 bytes.
  public func tokens(of bytes: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    tokenize(bytes.span, into: &tokens)
    return tokens
  }

  /// The `foldedHash` that the tokenizer gives to a word, so that word lists can be keyed by it.
  /// - Precondition: `word` is exactly one token.
  package static func foldedHash(of word: String) -> UInt64 {
    let hashes = foldedHashes(of: word)
    precondition(hashes.count == 1, "\"\(word)\" is \(hashes.count) tokens; take foldedHashes(of:)")
    return hashes[0]
  }

  /// The `foldedHash` of each token of a phrase.
  package static func foldedHashes(of phrase: String) -> [UInt64] {
    Tokenizer().tokens(of: phrase).map(\.foldedHash)
  }
}

/// The hashes of tokens that are known as a class. Their texts hold a control character, so that no word equals them.
///
/// Computed from numbers that the compiler sees, so that nothing is looked up in the tokenizer's inner loops; a test holds
/// them equal to the hashes of the texts.
package enum TokenClassHash {
  /// Of every number: `\u{1}number`.
  package static var number: UInt64 { hash(0x7265_626D_756E_01, 7) }
  /// Of every mask: `\u{1}mask`.
  package static var mask: UInt64 { hash(0x6B73_616D_01, 5) }
  /// Of every address: `\u{1}address`.
  package static var address: UInt64 {
    TextHash.finish(TextHash.absorb(TextHash.seed, 0x7373_6572_6464_6101), rest: 0, count: 8)
  }
  /// Of every double quotation mark.
  package static var doubleQuote: UInt64 { ascii(0x22) }
  /// Of every single quotation mark.
  package static var singleQuote: UInt64 { ascii(0x27) }
  /// Of every ellipsis: `…`.
  package static var ellipsis: UInt64 { hash(0xA6_80E2, 3) }
  /// Of every dash: `—`.
  package static var dash: UInt64 { hash(0x94_80E2, 3) }
  /// Of possessive and contracted endings: `'s`.
  package static var clitic: UInt64 { hash(0x7327, 2) }
  /// Of a comma.
  package static var comma: UInt64 { ascii(0x2C) }
  /// Of a full stop.
  package static var stop: UInt64 { ascii(0x2E) }

  /// Of a token of one ASCII byte.
  @inline(__always)
  static func ascii(_ byte: UInt8) -> UInt64 { hash(UInt64(byte), 1) }

  /// Of a text of less than eight bytes, the first one least significant.
  @inline(__always)
  private static func hash(_ bytes: UInt64, _ count: UInt64) -> UInt64 {
    TextHash.finish(TextHash.seed, rest: bytes, count: count)
  }
}
