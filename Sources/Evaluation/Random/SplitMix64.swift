/// The generator of every resample (Steele, Lea and Flood, 2014): the same seed gives the same numbers on any machine.
struct SplitMix64: Sendable {
  private var state: UInt64

  /// The generator of block `block` under `seed`: blocks are independent of one another, and of how threads share them.
  init(seed: UInt64, block: Int) {
    state = seed
    state = next() ^ (UInt64(block) &* 0x9E37_79B9_7F4A_7C15)
    state = next()
  }

  /// The next 64 random bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Two independent positions in `0..<count`, from one draw of 64 bits; the bias is below `count` / 2³².
  ///
  /// - Precondition: `count` is from 1 to 2³².
  mutating func nextPair(below count: UInt64) -> (Int, Int) {
    let bits = next()
    return (Int(((bits >> 32) &* count) >> 32), Int(((bits & 0xFFFF_FFFF) &* count) >> 32))
  }
}
