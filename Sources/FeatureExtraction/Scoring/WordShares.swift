/// The shares of words in the margins of labels, remembered by the word's hash.
///
/// A table in which every word has one place; a word that comes to an occupied place takes it over. What is
/// remembered is what would be computed, so results do not depend on what came before.
struct WordShares: ~Copyable {
  private var words = Scratch<UInt64>(capacity: 1)
  private var shares = Scratch<Float>(capacity: 1)
  private var laneCount = 0
  /// 2^14 words with up to eight labels are 640 KB and stay in the second-level cache.
  private static let placeBits: UInt64 = 14

  init() {}

  /// The labels that a share may have.
  static let maximumLaneCount = 16

  /// Makes room for the lanes of each word.
  @inline(__always)
  mutating func prepare<Lanes: SIMD<Float>>(_ lanes: Lanes.Type) {
    guard laneCount != Lanes.scalarCount else { return }
    laneCount = Lanes.scalarCount
    words.assign(repeating: 0, count: 1 << Int(Self.placeBits))
    shares.assign(repeating: 0, count: laneCount << Int(Self.placeBits))
  }

  /// What is remembered of a word.
  @inline(__always)
  borrowing func share<Lanes: SIMD<Float>>(_ lanes: Lanes.Type, of word: UInt64) -> Lanes? {
    let place = Int(truncatingIfNeeded: word >> (64 - Self.placeBits))
    guard words[place] == word else { return nil }
    var share = Lanes()
    for lane in 0..<Lanes.scalarCount { share[lane] = shares[place * laneCount + lane] }
    return share
  }

  /// Remembers a word's share.
  @inline(__always)
  mutating func remember<Lanes: SIMD<Float>>(_ share: Lanes, of word: UInt64) {
    let place = Int(truncatingIfNeeded: word >> (64 - Self.placeBits))
    words[place] = word
    for lane in 0..<Lanes.scalarCount { shares[place * laneCount + lane] = share[lane] }
  }
}
