package import TextProcessing

/// The part that a target plays beside a word of its sentence.
///
/// The raw values enter the hashes of features: never renumber, only append.
package enum TargetRole: UInt64, Sendable, BitwiseCopyable {
  /// No word was found that it belongs to.
  case none
  /// Who acts: `TARGET attacked the plan`.
  case subject
  /// Who is acted on in a passive: `TARGET was attacked`.
  case passive
  /// Of whom something is said: `TARGET is corrupt`.
  case predicate
  /// Who is acted on: `she attacked TARGET`.
  case object
  /// Who acts in a passive: `attacked by TARGET`.
  case agent
  /// What stands after a preposition: `the attacks on TARGET`.
  case governed
  /// Whose something is: `TARGET's attacks`.
  case possessor
}

/// A sentence as it stands around the first mention of its target: who acts on whom, what is quoted and negated, which
/// words share the target's clause.
///
/// Everything is read from classes of words and their order within a few words of the mention. That is no parse: long
/// subjects and inserted clauses are often passed over, and then no role is found.
package struct TargetReading: ~Copyable {
  /// A word that the target plays a part beside.
  package struct Part: Sendable, BitwiseCopyable {
    package let role: TargetRole
    /// The token of the word.
    package let word: Int
    /// The token of the preposition between, if there is one.
    package let preposition: Int?
  }

  /// The ``WordClasses`` of each token.
  private(set) var classes = Scratch<UInt64>()
  /// Whether each token stands inside double quotation marks.
  private(set) var quoted = Scratch<Bool>()
  /// Whether each token stands in the scope of a negation.
  private(set) var negated = Scratch<Bool>()
  /// What parts the target plays.
  package private(set) var parts = Scratch<Part>(capacity: 16)
  /// The tokens of the mention.
  private(set) var mention = 0...0
  /// The tokens of its clause.
  private(set) var clause = 0...0
  /// Whether the clause holds a negation.
  private(set) var clauseNegates = false

  private static let comma = TextHash.hash(",")
  private static let openBracket = TextHash.hash("(")
  private static let closeBracket = TextHash.hash(")")
  private static let and = Tokenizer.foldedHash(of: "and")
  private static let by = Tokenizer.foldedHash(of: "by")
  /// How many tokens after the mention are read for its verb.
  private static let reach = 10
  /// How long an insertion between commas may be.
  private static let insertion = 12
  /// How many words a noun and what stands before it may have.
  private static let nounLength = 4

  /// Empty memory.
  package init() {}

  /// Reads a sentence around a mention.
  ///
  /// - Complexity: O(tokens); no allocation once the memory has grown.
  package mutating func read(_ tokens: Span<Token>, mention: ClosedRange<Int>, lexicon: Lexicon) {
    self.mention = mention
    lexicon.classify(tokens, into: &classes)
    readMarks(tokens)
    readClause(tokens)
    parts.removeAll()
    readAfter(tokens)
    readBefore(tokens)
  }

  /// The classes of a token.
  @inline(__always)
  func classes(_ index: Int) -> WordClasses { WordClasses(rawValue: classes[index]) }

  private mutating func readMarks(_ tokens: Span<Token>) {
    quoted.removeAll()
    negated.removeAll()
    var isOpen = false
    var scope = NegationScope()
    for index in tokens.indices {
      let token = tokens[index]
      if token.kind == .quote, token.foldedHash == TokenClassHash.doubleQuote {
        isOpen = token.shape.contains(.opensQuote)
      }
      quoted.append(isOpen && token.kind != .quote)
      negated.append(scope.read(token))
    }
  }

  /// A clause ends at punctuation, quotation marks and words that join clauses.
  private mutating func readClause(_ tokens: Span<Token>) {
    var (first, last) = (mention.lowerBound, mention.upperBound)
    while first > 0, !endsClause(tokens, first - 1) { first -= 1 }
    while last + 1 < tokens.count, !endsClause(tokens, last + 1) { last += 1 }
    clause = first...last
    clauseNegates = clause.contains { classes($0).has(.negation) }
  }

  private func endsClause(_ tokens: Span<Token>, _ index: Int) -> Bool {
    tokens[index].kind == .punctuation || tokens[index].kind == .quote
      || classes(index).hasAny(.init(.subordinator, .relative, .complementizer, .coordinator))
  }

  private func isVerb(_ index: Int) -> Bool { classes(index).hasAny(.init(.base, .thirdPerson, .past, .gerund)) }

  private func isDeterminer(_ index: Int) -> Bool {
    classes(index).hasAny(.init(.article, .indefinite, .possessive, .demonstrative))
  }

  private func isCapitalized(_ token: Token) -> Bool { token.kind == .word && token.shape.contains(.capitalized) }

  private mutating func add(_ role: TargetRole, _ word: Int, preposition: Int? = nil) {
    parts.append(Part(role: role, word: word, preposition: preposition))
  }

  // MARK: - After the mention

  private mutating func readAfter(_ tokens: Span<Token>) {
    let next = mention.upperBound + 1
    guard next < tokens.count else { return }
    if isPossessive(tokens) {
      readPossession(tokens, from: tokens[next].kind == .clitic ? next + 1 : next)
    } else {
      readVerb(tokens, from: next)
    }
  }

  /// Whether the mention is a possessive: `his`, or a name with an ending that a noun follows.
  private func isPossessive(_ tokens: Span<Token>) -> Bool {
    let next = mention.upperBound + 1
    if tokens[next].kind == .clitic {
      guard next + 1 < tokens.count else { return true }
      return !isDeterminer(next + 1) && !classes(next + 1).hasAny(.init(.adverb, .negation, .past, .gerund))
    }
    let last = mention.upperBound
    if tokens[last].kind == .clitic { return true }
    return mention.count == 1 && classes(last).has(.possessive) && tokens[next].kind == .word
      && !classes(next).hasAny(.init(.preposition, .auxiliary))
  }

  /// The last word of the noun that begins at `start`.
  private mutating func readPossession(_ tokens: Span<Token>, from start: Int) {
    var head: Int?
    for index in start..<min(start + Self.nounLength, tokens.count) {
      guard tokens[index].kind == .word,
        !classes(index).hasAny(.init(.preposition, .coordinator, .auxiliary, .formOfBe, .relative)),
        index == start || !classes(index).has(.past)
      else { break }
      head = index
    }
    if let head { add(.possessor, head) }
  }

  private mutating func readVerb(_ tokens: Span<Token>, from start: Int) {
    var index = start
    var left = Self.reach
    var (isBeing, isHelped, isAfterComma) = (false, false, false)
    while index < tokens.count, left > 0 {
      left -= 1
      let token = tokens[index]
      let found = classes(index)
      if found.has(.formOfBe) {
        (isBeing, isHelped) = (true, true)
      } else if found.hasAny(.init(.auxiliary, .adverb, .negation)) {
        isHelped = true
      } else if token.kind == .word || token.kind == .number {
        let isPlain = !isDeterminer(index) && !found.has(.preposition)
        if isPlain, isVerb(index),
          index == start || isHelped || isAfterComma || found.hasAny(.init(.thirdPerson, .past, .gerund))
        {
          let isAdjective = isBeing && !found.hasAny(.init(.past, .gerund))
          return add(isAdjective ? .predicate : isBeing && !found.has(.gerund) ? .passive : .subject, index)
        }
        if isBeing {
          if isDeterminer(index) {
            index += 1
            continue
          }
          return readPredicate(tokens, from: index)
        }
        if isHelped {
          // After `has` and `did` no verb may follow (`has a plan`), or one that is in no list.
          if isDeterminer(index) { add(.subject, index - 1) } else if isPlain { add(.subject, index) }
          return
        }
        if found.hasAny(.init(.relative, .complementizer)) {
          // `TARGET, who …`, `TARGET that …`
        } else if token.foldedHash == Self.and, index + 1 < tokens.count, isCapitalized(tokens[index + 1]) {
          while index + 1 < tokens.count, isCapitalized(tokens[index + 1]) { index += 1 }
        } else if !isCapitalized(token) || index - mention.upperBound > 3 {
          return
        }
      } else if token.foldedHash == Self.comma {
        if !isAfterComma {
          isAfterComma = true
          if index + 1 < tokens.count, !classes(index + 1).has(.relative) {
            guard let end = next(Self.comma, in: tokens, after: index) else { return }
            index = end
            left = Self.reach
          }
        }
      } else if token.foldedHash == Self.openBracket {
        guard let end = next(Self.closeBracket, in: tokens, after: index) else { return }
        index = end
      } else {
        return
      }
      index += 1
    }
  }

  /// The next mark of a kind, if it is not far.
  private func next(_ mark: UInt64, in tokens: Span<Token>, after index: Int) -> Int? {
    for place in (index + 1)..<max(index + 1, min(index + Self.insertion, tokens.count))
    where tokens[place].foldedHash == mark { return place }
    return nil
  }

  /// The words that the target is said to be.
  private mutating func readPredicate(_ tokens: Span<Token>, from start: Int) {
    for index in start..<min(start + Self.nounLength, tokens.count) {
      guard tokens[index].kind == .word, !classes(index).hasAny(.init(.preposition, .coordinator)) else { return }
      add(.predicate, index)
    }
  }

  // MARK: - Before the mention

  private mutating func readBefore(_ tokens: Span<Token>) {
    var index = mention.lowerBound - 1
    while index >= 0, mention.lowerBound - index <= 5, belongsToName(tokens, index) { index -= 1 }
    if index > 0, tokens[index].foldedHash == Self.and, isCapitalized(tokens[index - 1]) {
      index -= 1
      while index >= 0, belongsToName(tokens, index) { index -= 1 }
    }
    guard index >= 0 else { return }
    let found = classes(index)
    if found.has(.accordingTo) {
      add(.subject, index)
    } else if found.has(.preposition) {
      var governor = index - 1
      while governor >= 0, classes(governor).has(.adverb) { governor -= 1 }
      guard governor >= 0 else { return }
      if tokens[index].foldedHash == Self.by, classes(governor).has(.past) {
        add(.agent, governor)
      } else {
        add(.governed, governor, preposition: index)
      }
    } else if isVerb(index), !isDeterminer(index) {
      // `“…,” said TARGET`
      let isInverted =
        index > 0 && (tokens[index - 1].kind == .quote || tokens[index - 1].foldedHash == Self.comma)
        && found.has(.speech) && found.hasAny(.init(.thirdPerson, .past))
      add(isInverted ? .subject : .object, index)
    }
  }

  /// Whether a token before the mention is an article, a title or another part of the name.
  private func belongsToName(_ tokens: Span<Token>, _ index: Int) -> Bool {
    if isDeterminer(index) { return !classes(index).hasAny(.init(.complementizer, .negation)) }
    return index > 0 && isCapitalized(tokens[index]) && !isVerb(index) && !classes(index).has(.preposition)
  }
}
