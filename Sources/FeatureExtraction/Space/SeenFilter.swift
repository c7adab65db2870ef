/// Remembers which features were seen, in about a byte each: a Bloom filter whose three bits for a feature lie in one word
/// ("blocked": Putze, Sanders and Singler, JEA 2009).
///
/// What was seen is always known; now and then something is believed to have been seen that was not, more often the
/// more there is. Which those are depends on the order, so nothing that lasts may depend on them.
package struct SeenFilter: ~Copyable {
  private var words: Scratch<UInt64>
  /// How many bits all keys have in common, from the highest on.
  private let shareBits: UInt64

  /// A filter for about `expected` keys whose upper `shareBits` bits are all the same.
  package init(expected: Int, shareBits: Int) {
    self.shareBits = UInt64(shareBits)
    words = Scratch(capacity: expected / 8 + 1)
    words.assign(repeating: 0, count: expected / 8 + 1)
  }

  /// Whether a key was seen, or may have been.
  package func contains(_ key: UInt64) -> Bool { words[word(of: key)] & Self.bits(of: key) == Self.bits(of: key) }

  /// Remembers a key and tells whether it may have been seen before.
  @inline(__always)
  package mutating func insert(_ key: UInt64) -> Bool {
    let word = word(of: key)
    let bits = Self.bits(of: key)
    let before = words[word]
    words[word] = before | bits
    return before & bits == bits
  }

  /// Asks for the word of a key that will be inserted soon.
  @inline(__always)
  func prefetch(_ key: UInt64) { words.prefetch(word(of: key)) }

  @inline(__always)
  private func word(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &<< shareBits).multipliedFullWidth(by: UInt64(words.count)).high)
  }

  @inline(__always)
  private static func bits(of key: UInt64) -> UInt64 {
    (1 as UInt64) &<< key | (1 as UInt64) &<< (key &>> 6) | (1 as UInt64) &<< (key &>> 12)
  }
}
