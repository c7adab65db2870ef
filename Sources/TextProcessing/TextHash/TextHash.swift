/// The project's own 64-bit hash of text. It is part of the model format: its values never change.
///
/// Bytes are read in chunks of eight, least significant byte first. Each full chunk `c` turns the state `h` into
/// `fold(h ^ c, k1)`, where `fold(a, b)` is the exclusive or of both halves of the 128-bit product. What is left (0 to
/// 7 bytes, padded with zeros) and the length `n` give `avalanche(fold(h ^ rest, k2 ^ n))`. Wide multiplication mixes
/// eight bytes in about four cycles, so that most English words cost one step. The idea of folding a wide product is
/// that of wyhash (Wang Yi, 2019); the constants and the construction are this project's.
///
/// It is not meant to withstand people who look for collisions.
// Usable from inline, or the compiler would not inline `combine` into other rooms, where n-grams are hashed.
@usableFromInline
package enum TextHash {
  /// The state before any byte: the fractional digits of the golden ratio.
  package static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15
  package static let chunkKey: UInt64 = 0xD6E8_FEB8_6659_FD93
  package static let finishKey: UInt64 = 0xA076_1D64_78BD_642F
  @inlinable package static var leftKey: UInt64 { 0x8EBC_6AF0_9C88_C6E3 }
  @inlinable package static var rightKey: UInt64 { 0x5899_65CC_7537_4CC3 }

  /// Both halves of the 128-bit product, folded by exclusive or.
  @inlinable
  @inline(__always)
  package static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// The state after one more chunk of eight bytes.
  @inline(__always)
  package static func absorb(_ state: UInt64, _ chunk: UInt64) -> UInt64 {
    fold(state ^ chunk, chunkKey)
  }

  /// The hash of a text whose full chunks gave `state`, whose last `count % 8` bytes are `rest`.
  @inline(__always)
  package static func finish(_ state: UInt64, rest: UInt64, count: UInt64) -> UInt64 {
    var h = fold(state ^ rest, finishKey ^ count)
    h ^= h >> 32
    h &*= chunkKey
    return h ^ (h >> 29)
  }

  /// The hash of an ordered pair, as for an n-gram: `combine(combine(a, b), c)`. It is not symmetric.
  @inlinable
  @inline(__always)
  package static func combine(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let h = fold(a ^ leftKey, (b &+ rightKey) ^ (a << 32 | a >> 32))
    return h ^ (h >> 29)
  }

  /// The hash of bytes.
  /// - Complexity: O(*n*).
  package static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var hasher = TextHasher()
    for i in bytes.indices { hasher.append(bytes[i]) }
    return hasher.finish()
  }

  /// The hash of a string's UTF-8 bytes, just as they are.
  /// - Complexity: O(*n*).
  package static func hash(_ text: String) -> UInt64 {
    var hasher = TextHasher()
    for byte in text.utf8 { hasher.append(byte) }
    return hasher.finish()
  }
}

/// `TextHash` fed byte by byte.
package struct TextHasher: Sendable {
  private var state = TextHash.seed
  private var chunk: UInt64 = 0
  private var count: UInt64 = 0

  /// Starts with no bytes.
  package init() {}

  /// Adds a byte.
  @inline(__always)
  package mutating func append(_ byte: UInt8) {
    chunk |= UInt64(byte) << ((count & 7) * 8)
    count &+= 1
    if count & 7 == 0 {
      state = TextHash.absorb(state, chunk)
      chunk = 0
    }
  }

  /// Adds the UTF-8 bytes of a Unicode scalar value.
  @inline(__always)
  package mutating func append(scalar: UInt32) {
    if scalar < 0x80 {
      append(UInt8(truncatingIfNeeded: scalar))
    } else if scalar < 0x800 {
      append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else {
      if scalar < 0x10000 {
        append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      } else {
        append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
        append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
      }
      append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
  }

  /// The hash of the bytes so far.
  package func finish() -> UInt64 { TextHash.finish(state, rest: chunk, count: count) }
}
