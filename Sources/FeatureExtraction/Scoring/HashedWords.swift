import TextProcessing

/// Words and pairs of words in a hashed space, from the hashes of tokens straight to columns: no units, no keys, no
/// look-ups.
///
/// For models that read nothing but single words and pairs in any case. What it finds is what `WordNGrams` and the
/// extractor's columns give, in another order; a test holds both equal.
struct HashedWords: Sendable {
  private let keepsWords: Bool
  private let keepsPairs: Bool
  private let seed = FeatureHash.seed(.words)
  private let shift: UInt64
  /// The kinds of tokens that take part, a bit each.
  private let kinds: UInt32

  /// Nil where the extractor reads more than that, or has a vocabulary.
  init?(_ extractor: FeatureExtractor) {
    guard let words = extractor.configuration.words, words.orders.upperBound <= 2,
      case .hashed(let bits) = extractor.configuration.space, extractor.families.readsOnlyFoldedWords
    else { return nil }
    keepsWords = words.orders.lowerBound == 1
    keepsPairs = words.orders.upperBound == 2
    shift = 64 - UInt64(bits)
    kinds = extractor.families.kinds
  }

  /// Appends the columns of a statement's features.
  ///
  /// - Parameters:
  ///   - tokenCount: the number of tokens.
  ///   - token: the kind of a token, and its folded hash.
  /// - Returns: the number of tokens that took part.
  /// - Complexity: O(tokens).
  @inline(__always)
  func appendColumns(
    _ tokenCount: Int, token: (Int) -> (kind: Token.Kind, hash: UInt64), to columns: inout Scratch<UInt32>
  ) -> Int {
    // In registers, or every feature would read them again.
    let (keepsWords, keepsPairs, seed, shift, kinds) = (keepsWords, keepsPairs, seed, shift, kinds)
    var unitCount = 0
    var word: UInt64 = 0
    columns.extend(limit: tokenCount * 2) { out in
      for index in 0..<tokenCount {
        let (kind, hash) = token(index)
        guard kinds &>> UInt32(kind.rawValue) & 1 == 1 else { continue }
        if keepsPairs, unitCount > 0 {
          out.append(UInt32(truncatingIfNeeded: TextHash.combine(word, hash) &>> shift))
        }
        word = TextHash.combine(seed, hash)
        if keepsWords { out.append(UInt32(truncatingIfNeeded: word &>> shift)) }
        unitCount &+= 1
      }
    }
    return unitCount
  }
}
