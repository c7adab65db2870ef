import CPlatform

extension TokenScan where Form == Token {
  /// The fast path: reads spaces, words of ASCII letters and numbers of a few digits that end in an ordinary way, the hyphens
  /// that join them, and the commas and stops after them, until something else comes. Words are found sixteen letters at a time, lower-cased and hashed eight at a time.
  ///
  /// What it remembers stays in registers, which is most of the gain. Its plain twin is `scanToken`, and a test holds
  /// them equal.
  mutating func scanPlainTokens(_ bytes: Span<UInt8>) {
    var goesOn = true
    while goesOn {
      var state = PlainState(position: position, spaceBefore: spaceBefore, joined: joined)
      let base = base
      // Room is made for so many tokens at a time, and they are written to a place in a register.
      tokens.append(addingCapacity: 32) { goesOn = Self.appendPlainTokens(bytes, base: base, &state, to: &$0) }
      (position, spaceBefore, joined) = (state.position, state.spaceBefore, state.joined)
    }
    if let read = tokens.last {
      last = LastToken(end: read.end, kind: read.kind, opensQuote: read.shape.contains(.opensQuote))
    }
  }

  /// What the fast path remembers from one token to the next.
  private struct PlainState {
    var position: Int
    var spaceBefore: Bool
    var joined: Bool
  }

  /// Reads on until there is no more room, or something comes that is not plain.
  ///
  /// - Returns: whether there may be more.
  private static func appendPlainTokens(
    _ bytes: Span<UInt8>, base: UInt32, _ state: inout PlainState, to out: inout OutputSpan<Token>
  ) -> Bool {
    let words = SixteenBytes(bytes)
    var at = state.position
    var space = state.spaceBefore
    var isJoined = state.joined
    // Whether a word or number that was read here ends right at `at`, so that a hyphen joins it to the next one.
    var attaches = false
    defer { state = PlainState(position: at, spaceBefore: space, joined: isJoined) }
    while at < bytes.count, !out.isFull {
      let (low, high) = words.load(bytes, at: at)
      let run = (~platform_letters(low, high)).trailingZeroBitCount
      let byte = UInt8(truncatingIfNeeded: low)
      var folded = TextHash.seed
      var exact = TextHash.seed
      var kind = Token.Kind.word
      var end = at &+ 1
      var shape: Token.Shape = []
      if run > 0 {
        // Longer words are rare; they take the general path.
        if run == 16 { return false }
        let count = UInt64(truncatingIfNeeded: run)
        var last = low
        if run >= 8 {
          folded = TextHash.absorb(folded, low | SixteenBytes.caseBits)
          exact = TextHash.absorb(exact, low)
          last = high
        }
        let bits = (count & 7) &* 8
        let kept: UInt64 = (1 &<< bits) &- 1
        folded = TextHash.finish(folded, rest: (last | SixteenBytes.caseBits) & kept, count: count)
        exact = TextHash.finish(exact, rest: last & kept, count: count)
        end = at &+ run
        // What ends the word is in the register already; zero where the text ends.
        let next = UInt8(truncatingIfNeeded: last &>> bits)
        if next != 0x20, next != 0x2C, end < bytes.count, !endsPlainly(bytes, from: at, at: end) { return false }
        if byte & 0x20 == 0 {
          shape.insert(.capitalized)
          if count > 1, areCapitals(bytes, from: at, to: end) { shape.insert(.allCapitals) }
        }
      } else if byte == 0x20 {
        at = end
        space = true
        isJoined = false
        attaches = false
        continue
      } else if byte &- 0x30 < 10 {
        let count = digits(in: low)
        // Longer numbers, and those with separators or endings, take the general path.
        if count == 8 || !endsNumber(low, count, bytes, at: at) { return false }
        folded = TokenClassHash.number
        exact = TextHash.finish(
          TextHash.seed, rest: low & ((1 &<< (count &* 8)) &- 1), count: count)
        end = at &+ Int(truncatingIfNeeded: count)
        kind = .number
        shape.insert(.hasDigit)
      } else if byte == 0x2D {
        guard attaches, isLetterOrDigit(UInt8(truncatingIfNeeded: low &>> 8)) else { return false }
        at = end
        isJoined = true
        attaches = false
        continue
      } else if byte == 0x2C || byte == 0x2E {
        // What is beyond the end reads as zero.
        if low >> 8 & 0xFF > 0x20 { return false }
        folded = byte == 0x2C ? TokenClassHash.comma : TokenClassHash.stop
        exact = folded
        kind = .punctuation
      } else {
        return false
      }
      if space { shape.insert(.spaceBefore) }
      if isJoined { shape.insert(.joinedBefore) }
      out.append(
        Token(
          start: base &+ UInt32(truncatingIfNeeded: at), end: base &+ UInt32(truncatingIfNeeded: end), kind: kind,
          shape: shape, foldedHash: folded, exactHash: exact))
      at = end
      space = at < bytes.count && bytes[at] == 0x20
      if space { at &+= 1 }
      isJoined = false
      attaches = !space && kind != .punctuation
    }
    return at < bytes.count
  }

  /// Whether there is no small letter among some letters. Asked only of words that begin with a capital.
  @inline(__always)
  private static func areCapitals(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    for index in start..<end where bytes[index] & 0x20 != 0 { return false }
    return true
  }
}

/// Sixteen bytes at a time, in two registers.
struct SixteenBytes {
  static let caseBits: UInt64 = 0x2020_2020_2020_2020
  /// The bytes of the text.
  private let count: Int
  /// Sixteen bytes can be read from every index below.
  private let wholeCount: Int

  init(_ bytes: Span<UInt8>) {
    count = bytes.count
    wholeCount = max(bytes.count - 15, 0)
  }

  /// The bytes from `index`, the first one least significant; zeros stand for what is beyond the end.
  ///
  /// - Precondition: `bytes` are those that this was made for, and `index` is not negative.
  @inline(__always)
  func load(_ bytes: Span<UInt8>, at index: Int) -> (low: UInt64, high: UInt64) {
    precondition(bytes.count == count)
    if UInt(bitPattern: index) < UInt(bitPattern: wholeCount) {
      // Checked: sixteen bytes lie within the span.
      return unsafe (Self.eight(bytes, at: index), Self.eight(bytes, at: index &+ 8))
    }
    return loadLast(bytes, from: index)
  }

  /// The same where less than sixteen bytes are left.
  private func loadLast(_ bytes: Span<UInt8>, from index: Int) -> (low: UInt64, high: UInt64) {
    precondition(index >= 0)
    let left = max(count - index, 0)
    guard count >= 16 else {
      var chunk = (low: UInt64(0), high: UInt64(0))
      for place in 0..<left {
        let byte = UInt64(bytes[index + place]) << UInt64(place & 7 * 8)
        if place < 8 { chunk.low |= byte } else { chunk.high |= byte }
      }
      return chunk
    }
    // Checked: the last sixteen bytes. Those before `index` are shifted out.
    let (low, high) = unsafe (Self.eight(bytes, at: count - 16), Self.eight(bytes, at: count - 8))
    let bits = UInt64(16 - min(left, 16)) * 8
    if bits >= 64 { return (high >> (bits - 64), 0) }
    return bits == 0 ? (low, high) : (low >> bits | high << (64 - bits), high >> bits)
  }

  /// Eight bytes; unchecked.
  @inline(__always)
  @unsafe private static func eight(_ bytes: Span<UInt8>, at index: Int) -> UInt64 {
    unsafe UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
  }
}
