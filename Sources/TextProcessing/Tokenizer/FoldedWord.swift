/// A token of which only its hash in lower case is kept, and that not yet made: a plain token waits as its bytes, so that the
/// hashes of many can be made side by side. Enough for models on n-grams of words in any case.
///
/// Three whole numbers, which CPlatform's `platform_word` lays out alike.
package struct FoldedWord: TokenForm, Equatable {
  /// The first eight bytes from the beginning of the token, the first one least significant; of another token the hash.
  private var low: UInt64
  /// The next eight.
  private var high: UInt64
  /// The number of bytes, up to 15: letters, digits, one mark or `'s`, all ASCII; 16 of another token.
  private var length: UInt64

  /// The most bytes of a token that waits.
  static var maximumLength: Int { 15 }

  /// A plain word.
  @inline(__always)
  init(low: UInt64, high: UInt64, length: Int) {
    self.low = low
    self.high = high
    self.length = UInt64(truncatingIfNeeded: length)
  }

  /// Any other token.
  @inline(__always)
  package init(hash: UInt64) {
    low = hash
    high = 0
    length = 16
  }

  static var isWhole: Bool { false }

  @inline(__always)
  init(start: UInt32, end: UInt32, kind: Token.Kind, shape: Token.Shape, foldedHash: UInt64, exactHash: UInt64) {
    self.init(hash: foldedHash)
  }

  static func scanPlainTokens(_ bytes: Span<UInt8>, in whole: Span<UInt8>, _ scan: inout TokenScan<FoldedWord>) {
    scan.scanPlainWords(bytes, in: whole)
  }

  /// The hash of the normalized, lower-cased form, as in `Token`.
  package var hash: UInt64 {
    if length > Self.maximumLength { return low }
    if low & 0xFF &- 0x30 < 10 { return TokenClassHash.number }
    var (state, rest) = (TextHash.seed, low)
    if length >= 8 { (state, rest) = (TextHash.absorb(state, low | SixteenBytes.caseBits), high) }
    let kept: UInt64 = 1 &<< (length & 7 &* 8) &- 1
    return TextHash.finish(state, rest: (rest | SixteenBytes.caseBits) & kept, count: length)
  }
}

/// The words of some texts, one after the other, and the memory in which they are found.
package struct FoldedWords: ~Copyable {
  /// The words. At least `margin` more stand behind them that belong to no text, so that eight can be read at a time.
  package private(set) var list: [FoldedWord] = []
  /// The number of words.
  package private(set) var count = 0
  /// A text that had to be copied because too little stands behind it.
  private var copy: [UInt8] = []

  /// How many words can be read behind the last.
  package static var margin: Int { 8 }
  /// How many bytes the walk may read behind a text.
  static var byteMargin: Int { 80 }

  /// No words.
  package init() {}

  /// Replaces the words by those of several texts.
  ///
  /// - Parameters:
  ///   - textCount: the number of texts.
  ///   - range: where each stands in `bytes`, below 2³².
  ///   - kinds: the kinds of tokens that are kept, a bit each.
  ///   - ended: called after each text with the number of words there are now, and whether it had no token of any kind.
  /// - Complexity: O(bytes); no allocation once the memory has grown.
  package mutating func replace(
    byThoseOf textCount: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, kinds: UInt32,
    usesFastPath: Bool = true, ended: (_ count: Int, _ isEmpty: Bool) -> Void
  ) {
    var buffer: [FoldedWord] = []
    swap(&buffer, &list)
    buffer.removeAll(keepingCapacity: true)
    var scan = TokenScan(kinds: kinds, usesFastPath: usesFastPath, tokens: buffer)
    buffer = []
    for index in 0..<textCount {
      let range = range(index)
      precondition(range.upperBound <= Int(UInt32.max), "texts of 4 GB and more must be cut before they are tokenized")
      let before = scan.tokens.count
      // A control character ends whatever stands at the end of a text just as nothing would, so lines are read where they are.
      if range.upperBound + Self.byteMargin <= bytes.count, bytes[range.upperBound] < 0x20 {
        scan.run(bytes, range)
      } else {
        copyText(bytes.extracting(range))
        scan.run(copy.span, 0..<range.count)
      }
      ended(scan.tokens.count, scan.tokens.count == before && scan.last == nil)
    }
    swap(&scan.tokens, &list)
    close()
  }

  /// Replaces the words by tokens of some kinds.
  package mutating func replace(by tokens: Span<Token>, kinds: UInt32) {
    list.removeAll(keepingCapacity: true)
    for index in tokens.indices where kinds &>> UInt32(tokens[index].kind.rawValue) & 1 == 1 {
      list.append(FoldedWord(hash: tokens[index].foldedHash))
    }
    close()
  }

  private mutating func close() {
    count = list.count
    list.append(addingCapacity: Self.margin) { for _ in 0..<Self.margin { $0.append(FoldedWord(hash: 0)) } }
  }

  private mutating func copyText(_ text: Span<UInt8>) {
    copy.removeAll(keepingCapacity: true)
    unsafe text.withUnsafeBufferPointer { unsafe copy.append(contentsOf: $0) }
    copy.append(addingCapacity: Self.byteMargin) { for _ in 0..<Self.byteMargin { $0.append(0) } }
  }
}
