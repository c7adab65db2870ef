/// The shares of words in the margins of labels, remembered by the word's hash.
///
/// A table in which every word has one place; a word that comes to an occupied place takes it over. What is
/// remembered is what would be computed, so results do not depend on what came before. Several scorers use one table:
/// each marks its words by a number of its own.
struct WordShares: ~Copyable {
  private var words = Scratch<UInt64>(capacity: 1)
  private var shares = Scratch<SIMD8<Float>>(capacity: 1)

  /// The labels that a share may have.
  static let maximumLaneCount = 8
  /// 2^14 words and their shares are 640 KB and stay in the second-level cache.
  private static let placeBits: UInt64 = 14

  init() {}

  /// What is remembered of a word.
  @inline(__always)
  borrowing func share(of word: UInt64) -> SIMD8<Float>? {
    let place = Int(truncatingIfNeeded: word >> (64 - Self.placeBits))
    guard place < words.count, words[place] == word else { return nil }
    return shares[place]
  }

  /// Remembers a word's share; the first time, memory is made for all.
  @inline(__always)
  mutating func remember(_ share: SIMD8<Float>, of word: UInt64) {
    if words.isEmpty {
      words.assign(repeating: 0, count: 1 << Int(Self.placeBits))
      shares.assign(repeating: SIMD8(), count: 1 << Int(Self.placeBits))
    }
    let place = Int(truncatingIfNeeded: word >> (64 - Self.placeBits))
    words[place] = word
    shares[place] = share
  }
}
