/// What the fast paths ask: whether something certainly ends here. They leave to the general rules whatever does not.
extension TokenScan {
  @inline(__always)
  static func isLetterOrDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 }

  /// How many of eight bytes, the first one least significant, are digits before the first that is none.
  @inline(__always)
  static func digits(in bytes: UInt64) -> UInt64 {
    let moved = bytes ^ 0x3030_3030_3030_3030
    // The highest bit of each byte that is not below 10; what is carried over only reaches bytes behind the first.
    let others = (moved &+ 0x7676_7676_7676_7676 | moved) & 0x8080_8080_8080_8080
    return UInt64(truncatingIfNeeded: others.trailingZeroBitCount) &>> 3
  }

  /// Whether what stands behind `count` digits, less than eight, certainly ends the number and is no part of an address.
  @inline(never)
  static func endsNumber(_ low: UInt64, _ count: UInt64, _ bytes: Span<UInt8>, at start: Int) -> Bool {
    let end = start &+ Int(truncatingIfNeeded: count)
    if end == bytes.count { return true }
    switch UInt8(truncatingIfNeeded: low &>> (count &* 8)) {
    case 0x20, 0x22, 0x25, 0x28, 0x29, 0x3B, 0x5D: return true
    case 0x2C, 0x2E: return end + 1 == bytes.count || bytes[end + 1] <= 0x22
    case 0x2D: return compoundIsPlain(bytes, from: end)
    default: return false
    }
  }

  /// Whether the parts that hyphens join from `start` on are certainly no part of an address.
  @inline(never)
  static func compoundIsPlain(_ bytes: Span<UInt8>, from start: Int) -> Bool {
    var end = start
    while end < bytes.count, isLetterOrDigit(bytes[end]) || bytes[end] == 0x2D {
      end += 1
      // Hostile text would be read again from every hyphen.
      if end - start > 40 { return false }
    }
    guard end < bytes.count else { return true }
    switch bytes[end] {
    case 0x2B, 0x40, 0x5F: return false
    case 0x2E: return end + 1 == bytes.count || !isLetterOrDigit(bytes[end + 1])
    default: return true
    }
  }

  /// Whether the byte at `end`, after a run of letters, certainly ends the word.
  static func endsPlainly(_ bytes: Span<UInt8>, from start: Int, at end: Int) -> Bool {
    switch bytes[end] {
    case 0x2E:
      // Not before a letter or digit (U.S., example.com), nor in a short run that such a pattern may hold.
      return end - start > 1 && (end + 1 == bytes.count || bytes[end + 1] <= 0x2A || bytes[end + 1] >= 0x80)
    case 0x3A:
      // Not the colon of http://.
      return end + 1 == bytes.count || bytes[end + 1] != 0x2F
    case 0x0...0x24, 0x2C, 0x28, 0x29, 0x2A, 0x3B...0x3F, 0x5B...0x5E, 0x7B...0x7F: return true
    case 0x2D: return compoundIsPlain(bytes, from: end)
    case 0x27:
      // The ending 's; the walk reads it next.
      guard end + 1 < bytes.count, bytes[end + 1] | 0x20 == 0x73 else { return false }
      return end + 2 == bytes.count || bytes[end + 2] == 0x20
    case 0xE2:
      // Curly quotation marks, dashes and the ellipsis; ’ only before s and a space.
      guard end + 2 < bytes.count, bytes[end + 1] == 0x80 else { return false }
      switch bytes[end + 2] {
      case 0x93, 0x94, 0x9C, 0x9D, 0xA6: return true
      case 0x99:
        return end + 4 < bytes.count && bytes[end + 3] | 0x20 == 0x73 && bytes[end + 4] == 0x20
      default: return false
      }
    default: return false
    }
  }
}
