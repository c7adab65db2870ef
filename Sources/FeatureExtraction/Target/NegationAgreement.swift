import TextProcessing

/// Whether a statement negates what its target states.
///
/// A proposition and a text about it may share every word and still disagree: "the ban was not lifted" is against "the ban
/// was lifted", and for "the ban was not lifted". So the words that both have are compared by whether a negation reaches
/// them in one and in the other.
struct NegationAgreement: Sendable {
  private let countSeed = FeatureHash.seed(.negationAgreement)
  private let agreementSeed = FeatureHash.seed(.negationAgreement, variant: 1)

  /// How the shared words of a text and its target stand in scopes of negation.
  private enum Agreement: UInt64 {
    /// No word is shared.
    case nothingShared
    /// Both affirm them all.
    case affirmed
    /// Both negate some, and affirm the others.
    case negated
    /// Most agree, others do not.
    case mixed
    /// Most are negated by one and affirmed by the other.
    case contrary
  }

  init?(_ configuration: TargetContext.Configuration) {
    guard configuration.comparesNegation == true else { return nil }
  }

  /// Adds how many negations text and target hold, and how the words that they share stand to these.
  ///
  /// - Complexity: O(tokens).
  func emit(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetPattern, into features: inout FeatureBuffer
  ) {
    if !tokens.isEmpty {
      let last = UInt16(truncatingIfNeeded: tokens.count - 1)
      let stated = target.negations
      let (agreement, negations) = Self.compare(text, tokens, with: target, stated)
      features.append(
        TextHash.combine(TextHash.combine(countSeed, min(negations, 2)), stated.isAny ? 1 : 0), first: 0,
        last: last)
      features.append(TextHash.combine(agreementSeed, agreement.rawValue), first: 0, last: last)
    }
    features.endBlock(.negationAgreement, unitCount: tokens.count)
  }

  private static func compare(
    _ text: Span<UInt8>, _ tokens: Span<Token>, with target: TargetPattern, _ stated: TargetNegations
  ) -> (agreement: Agreement, negations: UInt64) {
    var scope = NegationScope()
    var negations: UInt64 = 0
    var (affirmed, negated, contrary) = (0, 0, 0)
    for index in tokens.indices {
      let token = tokens[index]
      let isNegated = scope.read(token)
      if scope.justOpened {
        negations += 1
      } else if let isNegatedThere = target.negates(token, of: text, stated) {
        if isNegated != isNegatedThere { contrary += 1 } else if isNegated { negated += 1 } else { affirmed += 1 }
      }
    }
    let agreement: Agreement =
      if contrary > affirmed + negated {
        .contrary
      } else if contrary > 0 {
        .mixed
      } else if negated > 0 {
        .negated
      } else if affirmed > 0 {
        .affirmed
      } else {
        .nothingShared
      }
    return (agreement, negations)
  }
}

/// Follows the scope of negations through the tokens of a text: the six words after one, or as far as the next punctuation
/// (after Pang, Lee and Vaithyanathan, *Thumbs up?*, EMNLP 2002, who let it reach the punctuation; clauses of news are
/// long).
struct NegationScope {
  /// How many words a negation reaches.
  private static let reach = 6

  /// The words that negate, as folded hashes.
  private static let negations: Set<UInt64> = {
    let words = [
      "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "hardly",
    ]
    let auxiliaries = [
      "ain", "aren", "can", "couldn", "didn", "doesn", "don", "hadn", "hasn", "haven", "isn", "mightn", "mustn",
      "needn",
      "shouldn", "wasn", "weren", "won", "wouldn",
    ]
    let contracted = auxiliaries.flatMap { ["\($0)'t", "\($0)’t"] }
    return Set((words + contracted).compactMap { Tokenizer().tokens(of: $0).first?.foldedHash })
  }()
  /// Which tokens may negate, a bit for each value of the last six bits of a hash.
  private static let sieve = negations.reduce(UInt64(0)) { $0 | 1 << ($1 & 63) }

  private var left = 0
  /// Whether the token that was read last negates.
  private(set) var justOpened = false

  /// Whether a token stands in the scope of a negation before it.
  @inline(__always)
  mutating func read(_ token: Token) -> Bool {
    justOpened = false
    let hash = token.foldedHash
    switch token.kind {
    case .punctuation:
      left = 0
      return false
    case .word where Self.sieve >> (hash & 63) & 1 == 1 && Self.negations.contains(hash):
      justOpened = true
      left = Self.reach
      return false
    case .word, .number:
      guard left > 0 else { return false }
      left -= 1
      return true
    default: return false
    }
  }
}
