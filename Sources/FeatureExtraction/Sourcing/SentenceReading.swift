package import TextProcessing

/// The marks and little words that the attribution parser asks for by name.
struct KnownTokens: Sendable {
  let comma = TextHash.hash(",")
  let stop = TextHash.hash(".")
  let colon = TextHash.hash(":")
  let openBracket = TextHash.hash("(")
  let closeBracket = TextHash.hash(")")
  let by = Tokenizer.foldedHash(of: "by")
  let to = Tokenizer.foldedHash(of: "to")
  let of = Tokenizer.foldedHash(of: "of")
  let `for` = Tokenizer.foldedHash(of: "for")
  let that = Tokenizer.foldedHash(of: "that")
  let according = Tokenizer.foldedHash(of: "according")
  let dash = TokenClassHash.dash
  let quoted = Tokenizer.foldedHash(of: "quoted")
  let told = Tokenizer.foldedHash(of: "told")
  let and = Tokenizer.foldedHash(of: "and")
  let ampersand = TextHash.hash("&")

  static let shared = KnownTokens()
}

/// One sentence as the attribution parser reads it: the classes of its tokens, and which stand inside quotation marks.
package struct SentenceReading: ~Copyable {
  /// The tokens.
  package var tokens = Scratch<Token>()
  /// The last two letters of each token, lower-cased, the last one in the lower byte.
  package var endings = Scratch<UInt16>()
  /// The ``WordClasses`` of each token.
  package var classes = Scratch<UInt64>()
  /// Whether each token stands inside quotation marks (the marks themselves do not).
  package var quoted = Scratch<Bool>()
  /// How many words stand inside quotation marks.
  package private(set) var quotedWords = 0
  /// How many words there are.
  package private(set) var words = 0
  /// Of the words, how many are capitalized.
  package private(set) var capitalizedWords = 0
  /// The sentence begins inside a quotation that an earlier sentence opened, as a closing mark betrays.
  package private(set) var beginsQuoted = false
  /// A quotation is open at the end.
  package private(set) var endsQuoted = false
  /// The first token opens a quotation.
  package private(set) var opensWithQuote = false
  /// The last token but a stop closes a quotation.
  package private(set) var closesWithQuote = false
  /// The number of quotation marks.
  package private(set) var marks = 0

  package init() {}

  /// Reads a sentence.
  /// - Complexity: O(tokens).
  package mutating func read(_ tokens: Span<Token>, text: Span<UInt8>, lexicon: Lexicon) {
    self.tokens.removeAll()
    endings.removeAll()
    self.tokens.extend(limit: tokens.count) { out in for index in tokens.indices { out.append(tokens[index]) } }
    endings.extend(limit: tokens.count) { endings in
      for index in tokens.indices {
        let (start, end) = (Int(tokens[index].start), Int(tokens[index].end))
        let last = UInt16(text[end - 1] | 0x20)
        endings.append(end - start < 2 ? last : UInt16(text[end - 2] | 0x20) << 8 | last)
      }
    }
    lexicon.classify(tokens, into: &classes)
    readQuotes()
  }

  /// Finds the quotation marks: double ones, or single ones where there are none, as British papers have them.
  private mutating func readQuotes() {
    readQuotes(of: TokenClassHash.doubleQuote)
    if marks == 0, hasSingleMark { readQuotes(of: TokenClassHash.singleQuote) }
    for index in 0..<tokens.count where tokens[index].kind == .word || tokens[index].kind == .number {
      words += 1
      if quoted[index] { quotedWords += 1 }
      if tokens[index].shape.contains(.capitalized) { capitalizedWords += 1 }
    }
  }

  private var hasSingleMark: Bool {
    for index in 0..<tokens.count where tokens[index].kind == .quote { return true }
    return false
  }

  /// Whether a mark that no other one in the sentence answers is a single one that stands at no end of a clause: an apostrophe.
  private func isApostrophe(_ index: Int) -> Bool {
    index > 0 && tokens[index].foldedHash == TokenClassHash.singleQuote && tokens[index - 1].kind != .punctuation
  }

  /// `the '90s`
  private func abbreviatesYear(_ index: Int) -> Bool {
    isApostrophe(index) && index + 1 < tokens.count && tokens[index + 1].kind == .number
  }

  private mutating func readQuotes(of mark: UInt64) {
    quoted.assign(repeating: false, count: tokens.count)
    (quotedWords, words, capitalizedWords, marks) = (0, 0, 0, 0)
    (beginsQuoted, endsQuoted, opensWithQuote, closesWithQuote) = (false, false, false, false)
    var isOpen = false
    var lastMark = -1
    for index in 0..<tokens.count {
      let token = tokens[index]
      let opens = token.shape.contains(.opensQuote)
      if token.kind == .quote, token.foldedHash == mark,
        marks > 0 || !(opens ? abbreviatesYear(index) : isApostrophe(index))
      {
        if marks == 0 {
          if opens { opensWithQuote = index == 0 } else { beginsQuoted = true }
          if beginsQuoted { for earlier in 0..<index { quoted[earlier] = true } }
        }
        marks += 1
        isOpen = opens
        lastMark = index
      } else {
        quoted[index] = isOpen
      }
    }
    if isOpen, isApostrophe(lastMark) {
      for index in lastMark..<tokens.count { quoted[index] = false }
      marks -= 1
      isOpen = false
    }
    endsQuoted = isOpen
    if lastMark >= 0, !isOpen {
      closesWithQuote = true
      for index in (lastMark + 1)..<max(lastMark + 1, tokens.count) where tokens[index].kind != .punctuation {
        closesWithQuote = false
      }
    }
  }

  /// The state of quotation, in few enough values to cross with everything else.
  package var quotation: UInt64 {
    var state: UInt64 = 0
    if opensWithQuote { state |= 1 }
    if closesWithQuote { state |= 2 }
    if beginsQuoted { state |= 4 }
    if endsQuoted { state |= 8 }
    return state << 3 | quotedShare
  }

  private var quotedShare: UInt64 {
    if marks == 0 { return 0 }
    let share = quotedWords * 100 / max(words, 1)
    return share == 0 ? 1 : share < 25 ? 2 : share < 60 ? 3 : share < 97 ? 4 : 5
  }
}
