extension TokenScan {
  /// The fast path: reads spaces, words of ASCII letters that end in an ordinary way, and the commas and stops after
  /// them, until something else comes. Words are found, lower-cased and hashed eight letters at a time.
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
    let words = EightBytes(bytes)
    var at = state.position
    var space = state.spaceBefore
    var isJoined = state.joined
    defer { state = PlainState(position: at, spaceBefore: space, joined: isJoined) }
    while at < bytes.count, !out.isFull {
      let first = words.load(bytes, at: at)
      let byte = UInt8(truncatingIfNeeded: first)
      if byte == 0x20 {
        at += 1
        space = true
        isJoined = false
        continue
      }
      let start = at
      var shape: Token.Shape = space ? .spaceBefore : []
      if isJoined { shape.insert(.joinedBefore) }
      var folded = TextHash.seed
      var exact = TextHash.seed
      var kind = Token.Kind.word
      var chunk = first
      var lower = chunk | EightBytes.caseBits
      var run = EightBytes.leadingLetters(chunk, lowered: lower)
      if run > 0 {
        var end = at
        while run == 8 {
          folded = TextHash.absorb(folded, lower)
          exact = TextHash.absorb(exact, chunk)
          end &+= 8
          chunk = words.load(bytes, at: end)
          lower = chunk | EightBytes.caseBits
          run = EightBytes.leadingLetters(chunk, lowered: lower)
        }
        let kept = EightBytes.mask(run)
        end &+= run
        let count = UInt64(truncatingIfNeeded: end &- at)
        folded = TextHash.finish(folded, rest: lower & kept, count: count)
        exact = TextHash.finish(exact, rest: chunk & kept, count: count)
        // What ends the word is in the register already; zero where the text ends.
        let next = UInt8(truncatingIfNeeded: chunk &>> UInt64(truncatingIfNeeded: run &* 8))
        if next != 0x20, next != 0x2C, end < bytes.count, !endsPlainly(bytes, from: at, at: end) { return false }
        if byte & 0x20 == 0 {
          shape.insert(.capitalized)
          if count > 1, areCapitals(bytes, from: at, to: end) { shape.insert(.allCapitals) }
        }
        at = end
      } else if byte == 0x2C || byte == 0x2E {
        // What is beyond the end reads as zero.
        if first >> 8 & 0xFF > 0x20 { return false }
        folded = byte == 0x2C ? TokenClassHash.comma : TokenClassHash.stop
        exact = folded
        kind = .punctuation
        at += 1
      } else {
        return false
      }
      out.append(
        Token(
          start: base &+ UInt32(truncatingIfNeeded: start), end: base &+ UInt32(truncatingIfNeeded: at), kind: kind,
          shape: shape, foldedHash: folded, exactHash: exact))
      space = at < bytes.count && bytes[at] == 0x20
      if space { at += 1 }
      isJoined = false
    }
    return at < bytes.count
  }

  /// Whether there is no small letter among some letters. Asked only of words that begin with a capital.
  @inline(__always)
  private static func areCapitals(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    for index in start..<end where bytes[index] & 0x20 != 0 { return false }
    return true
  }

  /// Whether the byte at `end`, after a run of letters, certainly ends the word.
  private static func endsPlainly(_ bytes: Span<UInt8>, from start: Int, at end: Int) -> Bool {
    switch bytes[end] {
    case 0x2E:
      // Not before a letter or digit (U.S., example.com), nor in a short run that such a pattern may hold.
      return end - start > 1 && (end + 1 == bytes.count || bytes[end + 1] <= 0x2A || bytes[end + 1] >= 0x80)
    case 0x3A:
      // Not the colon of http://.
      return end + 1 == bytes.count || bytes[end + 1] != 0x2F
    case 0x0...0x24, 0x2C, 0x28, 0x29, 0x2A, 0x3B...0x3F, 0x5B...0x5E, 0x7B...0x7F: return true
    case 0x27:
      // The ending 's; the walk reads it next.
      guard end + 1 < bytes.count, bytes[end + 1] | 0x20 == 0x73 else { return false }
      return end + 2 == bytes.count || bytes[end + 2] == 0x20
    case 0xE2:
      // Curly quotation marks, dashes and the ellipsis; ’ only before s and a space.
      guard end + 2 < bytes.count, bytes[end + 1] == 0x80 else { return false }
      switch bytes[end + 2] {
      case 0x93, 0x94, 0x9C, 0x9D, 0xA6: return true
      case 0x99:
        return end + 4 < bytes.count && bytes[end + 3] | 0x20 == 0x73 && bytes[end + 4] == 0x20
      default: return false
      }
    default: return false
    }
  }
}

/// Eight bytes at a time, in one register.
struct EightBytes {
  static let caseBits: UInt64 = 0x2020_2020_2020_2020
  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  /// The last index from which eight bytes can be read.
  private let lastWhole: Int

  init(_ bytes: Span<UInt8>) { lastWhole = bytes.count - 8 }

  /// The bytes from `index`, the first one least significant; zeros stand for what is beyond the end.
  @inline(__always)
  func load(_ bytes: Span<UInt8>, at index: Int) -> UInt64 {
    precondition(index >= 0)
    if index <= lastWhole, index <= bytes.count - 8 {
      // Checked: eight bytes lie within the span.
      return unsafe UInt64(
        littleEndian: bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
    }
    var chunk: UInt64 = 0
    var shift: UInt64 = 0
    var index = index
    while index < bytes.count, shift < 64 {
      chunk |= UInt64(bytes[index]) << shift
      shift += 8
      index += 1
    }
    return chunk
  }

  /// How many of the eight bytes, from the first, are ASCII letters.
  @inline(__always)
  static func leadingLetters(_ chunk: UInt64, lowered: UInt64) -> Int {
    // Adding to seven bits cannot carry into the next byte: the high bit tells `>= "a"` and `> "z"`.
    let seven = lowered & ~highBits
    let fromA = seven &+ 0x1F1F_1F1F_1F1F_1F1F
    let beyondZ = seven &+ 0x0505_0505_0505_0505
    let letters = fromA & ~beyondZ & ~chunk & highBits
    return (~letters & highBits).trailingZeroBitCount >> 3
  }

  /// Ones in the first `count` bytes; `count` is at most 8.
  @inline(__always)
  static func mask(_ count: Int) -> UInt64 {
    count == 8 ? ~0 : (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
  }
}
