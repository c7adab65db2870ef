import Synchronization
import TextProcessing

/// A target made ready to be looked for: the forms in which a text may name it.
///
/// Making one costs a walk over the name; statements that share a target share the pattern.
package final class TargetPattern: Sendable {
  /// The tokens of the target's words and numbers, by their folded hash, in order.
  package let words: [UInt64]
  /// Which of `words` a unit of a text may be, a bit for each value of the last six bits of a hash: nearly every unit is none.
  let wordSieve: UInt64
  /// What tells targets of other words apart.
  let key: UInt64
  /// How much each of `words` tells of what the target is about, by its looks alone: nothing for a short word in small
  /// letters, else its length up to a bound; names and numbers tell most.
  let tells: [Int]
  /// Whether the target is a name: a single word, or words that are capitalized, all but short ones.
  let isName: Bool
  private let forms: [Form]
  /// Which tokens a form may begin with, a bit for each value of the last six bits of a hash: nearly every token of a text
  /// is none, and is passed over by one look at a register.
  private let sieve: UInt64
  /// The words of several that a text may give alone, by their beginnings.
  private let parts: Set<UInt64>
  /// Which letters those words begin with, a bit for each value of the last six bits of a small letter.
  private let partSieve: UInt64
  /// The target as it was given.
  private let wording: String
  /// What the target negates, once anybody has asked: most models never do.
  private let foundNegations = Mutex<TargetNegations?>(nil)

  /// One way of naming the target.
  private struct Form: Sendable {
    enum Writing: Sendable {
      /// In letters of either case.
      case any
      /// Beginning with a capital.
      case capitalized
      /// Exactly as given.
      case exact
    }
    let hashes: [UInt64]
    let writing: Writing
  }

  /// The pattern of a target.
  ///
  /// A text names the target by its full wording in letters of either case; by the last word of a name of several
  /// capitalized words (`Clinton`), with a capital; and by the initials of such a name in capitals (`EU`, `E.U.`). A name
  /// of up to three capitals is looked for just so, because in small letters it may be another word (`US`, `WHO`).
  package init(_ target: String) {
    let tokens = Tokenizer().tokens(of: target).filter { $0.kind != .punctuation && $0.kind != .quote }
    words = tokens.map(\.foldedHash)
    wordSieve = words.reduce(0) { $0 | 1 << ($1 & 63) }
    key = words.reduce(0, TextHash.combine)
    tells = tokens.map(Self.tells)
    isName =
      tokens.count < 2 || tokens.allSatisfy { $0.shape.contains(.capitalized) || $0.end - $0.start <= 3 }
    let bytes = Array(target.utf8)
    let tellingTokens = tokens.count < 2 ? [] : zip(tokens, tells).filter { $1 > 0 }.map(\.0)
    parts = Set(tellingTokens.map { Self.beginning(of: $0, in: bytes.span) })
    partSieve = tellingTokens.reduce(0) { $0 | 1 << (Self.smallLetter(bytes[Int($1.start)]) & 63) }
    wording = target
    var forms: [Form] = []
    if tokens.count == 1, tokens[0].shape.contains(.allCapitals), tokens[0].end - tokens[0].start <= 3 {
      forms.append(Form(hashes: [tokens[0].exactHash], writing: .exact))
    } else if !tokens.isEmpty {
      forms.append(Form(hashes: words, writing: .any))
    }
    let capitalized = tokens.filter { $0.kind == .word && $0.shape.contains(.capitalized) }
    if isName, let last = tokens.last, let first = tokens.first, capitalized.count >= 2,
      last.shape.contains(.capitalized),
      first.shape.contains(.capitalized), tokens.count <= 5
    {
      forms.append(Form(hashes: [last.foldedHash], writing: .capitalized))
      let initials = capitalized.map { String(UnicodeScalar(bytes[Int($0.start)])) }
      for acronym in [initials.joined(), initials.joined(separator: ".") + "."] {
        let found = Tokenizer().tokens(of: acronym)
        if found.count == 1 { forms.append(Form(hashes: [found[0].exactHash], writing: .exact)) }
      }
    }
    self.forms = forms
    sieve = forms.reduce(0) { $0 | 1 << ($1.hashes[0] & 63) }
  }

  private static func tells(_ token: Token) -> Int {
    let length = Int(token.end - token.start)
    let isName = token.kind == .number || token.shape.contains(.capitalized)
    return max(min(length, 8) - (isName ? 0 : 3), 0)
  }

  /// Whether a token is a word of the target, in this or another inflection; a word of a name is capitalized.
  func isPart(_ token: Token, of text: Span<UInt8>) -> Bool {
    guard partSieve >> (Self.smallLetter(text[Int(token.start)]) & 63) & 1 == 1, token.kind == .word,
      !isName || token.shape.contains(.capitalized)
    else { return false }
    return parts.contains(Self.beginning(of: token, in: text))
  }

  /// What the target negates.
  ///
  /// - Complexity: O(bytes of the target) the first time, O(1) from then on.
  var negations: TargetNegations {
    foundNegations.withLock { found in
      if let found { return found }
      var negations = TargetNegations()
      let bytes = Array(wording.utf8)
      var scope = NegationScope()
      for token in Tokenizer().tokens(of: wording) {
        let isNegated = scope.read(token)
        if scope.justOpened {
          negations.isAny = true
        } else if Self.tells(token) > 0 {
          negations.words[Self.beginning(of: token, in: bytes.span)] = isNegated
        }
      }
      found = negations
      return negations
    }
  }

  /// Whether the target negates a word that it shares with a text, in this or another inflection; nil for other words.
  func negates(_ token: Token, of text: Span<UInt8>, _ negations: TargetNegations) -> Bool? {
    guard !negations.words.isEmpty, Self.tells(token) > 0 else { return nil }
    return negations.words[Self.beginning(of: token, in: text)]
  }

  /// The hash of a word's first letters, in small letters, by which its inflections are the same.
  private static func beginning(of token: Token, in text: Span<UInt8>) -> UInt64 {
    var hasher = TextHasher()
    for place in Int(token.start)..<min(Int(token.end), Int(token.start) + beginningLength) {
      hasher.append(smallLetter(text[place]))
    }
    return hasher.finish()
  }

  /// A byte, if it is a capital of ASCII as the small letter.
  @inline(__always)
  private static func smallLetter(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  private static let beginningLength = 6

  /// The number of tokens of the longest form that names the target from `index` on; 0 where none does.
  @inline(__always)
  func match(_ tokens: Span<Token>, at index: Int) -> Int {
    let token = tokens[index]
    guard (sieve >> (token.foldedHash & 63) | sieve >> (token.exactHash & 63)) & 1 == 1 else { return 0 }
    for form in forms where form.hashes.count <= tokens.count - index {
      if matches(form, tokens, at: index) { return form.hashes.count }
    }
    return 0
  }

  private func matches(_ form: Form, _ tokens: Span<Token>, at index: Int) -> Bool {
    for offset in 0..<form.hashes.count {
      let token = tokens[index + offset]
      switch form.writing {
      case .any: if token.foldedHash != form.hashes[offset] { return false }
      case .capitalized:
        if token.foldedHash != form.hashes[offset] || !token.shape.contains(.capitalized) { return false }
      case .exact: if token.exactHash != form.hashes[offset] { return false }
      }
    }
    return true
  }
}

/// What a target negates of what it states.
struct TargetNegations {
  /// The telling words by their beginnings, each with whether a negation reaches it.
  fileprivate(set) var words: [UInt64: Bool] = [:]
  /// Whether there is a negation at all.
  fileprivate(set) var isAny = false
}
