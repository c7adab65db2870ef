import CPlatform

/// The fast path where only hashes in lower case are wanted.
extension TokenScan where Form == FoldedWord {
  /// Reads spaces, words of up to fifteen ASCII letters, numbers of a few digits, hyphens that join them, the ending `'s`,
  /// common marks, and double quotation marks that stand as they should, until something else comes.
  ///
  /// Most of a text is read by `platform_write_plain_words`, sixty-four bytes at a time: which bytes are of which class is
  /// found for all of them, where tokens begin and end follows from a few operations on the masks, and no branch asks
  /// how long a word is or what comes after it. Words are put away as they are and hashed later, many side by side. What
  /// else is plain, but rarer, is read here. The plain twin of both is `scanToken`; a test holds them equal.
  ///
  /// - Precondition: behind the text there is a control character and room (`FoldedWords.byteMargin`).
  mutating func scanPlainWords(_ bytes: Span<UInt8>, in whole: Span<UInt8>) {
    let start = Int(base)
    precondition(
      start + bytes.count + FoldedWords.byteMargin <= whole.count && whole[start + bytes.count] < 0x20,
      "too little stands behind the text")
    unsafe whole.withUnsafeBufferPointer { whole in
      guard let first = whole.baseAddress else { return }
      let text = unsafe first + start
      var state = PlainState(
        position: position, spaceBefore: spaceBefore, joined: joined, last: last, quoteIsOpen: doubleQuoteIsOpen)
      var goesOn = true
      while goesOn {
        let (base, kinds) = (base, kinds)
        tokens.append(addingCapacity: Self.room) { out in
          unsafe out.withUnsafeMutableBufferPointer { room, count in
            guard let first = room.baseAddress, room.count >= Self.room else { preconditionFailure("no room") }
            goesOn = unsafe Self.writePlainWords(
              bytes, text, base: base, kinds: kinds, &state, to: first, count: &count)
          }
        }
      }
      (position, spaceBefore, joined) = (state.position, state.spaceBefore, state.joined)
      (last, doubleQuoteIsOpen) = (state.last, state.quoteIsOpen)
    }
  }

  /// What the fast path remembers while room is made.
  private struct PlainState {
    var position: Int
    var spaceBefore: Bool
    var joined: Bool
    var last: LastToken?
    var quoteIsOpen: Bool
  }

  /// What stands right before a place, without space.
  private enum Neighbor {
    /// Space, or something that the general rules have read.
    case unknown
    /// A word, a number or `'s`, to which hyphens and endings attach.
    case word
    /// A mark after which a quotation may end.
    case mark
  }

  /// For how many words room is made at a time: for some windows.
  private static var room: Int { 4 * Int(platform_window_words) }

  /// Reads on until there is no more room, or something comes that is not plain.
  ///
  /// - Parameters:
  ///   - text: the first of `bytes`.
  ///   - out: room for `room` words, of which `count` are written.
  /// - Returns: whether there may be more.
  @unsafe
  private static func writePlainWords(
    _ bytes: Span<UInt8>, _ text: UnsafePointer<UInt8>, base: UInt32, kinds: UInt32, _ state: inout PlainState,
    to out: UnsafeMutablePointer<FoldedWord>, count: inout Int
  ) -> Bool {
    // In registers, or every token would write them.
    var at = state.position
    var written = 0
    var space = state.spaceBefore
    var isJoined = state.joined
    defer {
      (state.position, state.spaceBefore, state.joined) = (at, space, isJoined)
      count = written
    }
    func mask(_ kind: Token.Kind) -> UInt64 { keeps(kind, kinds) ? .max : 0 }
    var kept = platform_kept(
      numbers: mask(.number), endings: mask(.clitic), marks: mask(.punctuation), quotes: mask(.quote))
    while at < bytes.count, written <= room - Int(platform_window_words) {
      var found = platform_plain()
      found.after_space = space || isJoined ? 1 : 0
      found.quote_is_open = state.quoteIsOpen ? 1 : 0
      // Checked: behind the text there is the margin, and there is room.
      unsafe platform_write_plain_words(
        text + at, bytes.count &- at, &kept,
        UnsafeMutableRawPointer(out + written).assumingMemoryBound(to: platform_word.self), room &- written, &found)
      at &+= found.read
      written &+= found.written
      state.quoteIsOpen = found.quote_is_open != 0
      var neighbor = Neighbor.unknown
      if found.read > 0 {
        // What was read ends with a space, or with a mark that something follows.
        let before = unsafe text[at &- 1]
        (space, isJoined) = (before == 0x20 || at == bytes.count, false)
        if found.met != 0 {
          state.last = LastToken(
            end: base &+ UInt32(truncatingIfNeeded: at), kind: before == 0x22 ? .quote : .punctuation,
            opensQuote: before == 0x22)
        }
      }
      if at == bytes.count { break }
      if found.run > 0 {
        // A word, or the first part of a compound, behind which there is no space. Longer ones are rare; they take the
        // general path.
        let end = at &+ found.run
        if found.run > FoldedWord.maximumLength || end < bytes.count && !endsPlainly(bytes, from: at, at: end) {
          return false
        }
        unsafe out[written] = FoldedWord(low: eight(text + at), high: eight(text + at + 8), length: found.run)
        written &+= 1
        at = end
        (space, isJoined, neighbor) = (false, false, .word)
        state.last = LastToken(end: base &+ UInt32(truncatingIfNeeded: at), kind: .word, opensQuote: false)
      }
      // What is no letter, until a letter or a space comes.
      marks: while at < bytes.count, written < room {
        let low = unsafe eight(text + at)
        let byte = UInt8(truncatingIfNeeded: low)
        let next = UInt8(truncatingIfNeeded: low &>> 8)
        var end = at &+ 1
        let kind: Token.Kind
        let hash: UInt64
        var opens = false
        let before = neighbor
        switch byte {
        case 0x20:
          at = end
          (space, isJoined) = (true, false)
          break marks
        case 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x21, 0x28, 0x29:
          // A run of a mark is one token.
          if next == byte { return false }
          (kind, hash) = (.punctuation, TokenClassHash.ascii(byte))
          neighbor = byte == 0x28 ? .unknown : .mark
        case 0x27:
          guard before == .word, next | 0x20 == 0x73, low &>> 16 & 0xFF <= 0x20 else { return false }
          end = at &+ 2
          (kind, hash, neighbor) = (.clitic, TokenClassHash.clitic, .word)
        case 0x22, 0xE2:
          if byte == 0xE2 {
            let mark = low &>> 8 & 0xFFFF
            if mark == 0x9980, before == .word, low &>> 24 & 0xDF == 0x53, low &>> 32 & 0xFF <= 0x20 {
              end = at &+ 4
              (kind, hash, neighbor) = (.clitic, TokenClassHash.clitic, .word)
              break
            }
            guard mark == 0x9C80 || mark == 0x9D80 else { return false }
            end = at &+ 3
          }
          // The general rules need no more where the space around is clear.
          let after = unsafe text[end]
          if space || isJoined {
            guard isLetterOrDigit(after) else { return false }
            opens = true
          } else {
            guard before != .unknown, after <= 0x20 else { return false }
          }
          state.quoteIsOpen = opens
          (kind, hash, neighbor) = (.quote, TokenClassHash.doubleQuote, .unknown)
        case 0x30...0x39:
          let count = digits(in: low)
          // Longer numbers, and those with separators or endings, take the general path.
          if count == 8 || !endsNumber(low, count, bytes, at: at) { return false }
          end = at &+ Int(truncatingIfNeeded: count)
          (kind, hash, neighbor) = (.number, TokenClassHash.number, .word)
        case 0x2D:
          guard before == .word, isLetterOrDigit(next) else { return false }
          at = end
          (isJoined, neighbor) = (true, .unknown)
          continue marks
        case 0x41...0x5A, 0x61...0x7A: break marks
        default: return false
        }
        if keeps(kind, kinds) {
          unsafe out[written] = FoldedWord(hash: hash)
          written &+= 1
        }
        at = end
        (space, isJoined) = (false, false)
        state.last = LastToken(end: base &+ UInt32(truncatingIfNeeded: at), kind: kind, opensQuote: opens)
      }
    }
    return at < bytes.count
  }

  /// Eight bytes, the first one least significant.
  @inline(__always)
  @unsafe private static func eight(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    unsafe UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }
}
