/// One step of reading UTF-8 that may be damaged.
package enum UTF8Decoding {
  /// The scalar value that stands for bytes that are no UTF-8.
  package static let replacement: UInt32 = 0xFFFD

  /// Reads the scalar value that starts at `index` and the number of its bytes.
  ///
  /// A maximal subpart of an ill-formed sequence is read as one U+FFFD (Unicode 16, section 3.9, "Substitution of
  /// Maximal Subparts"), as Python's `bytes.decode(errors="replace")` does.
  /// - Precondition: `index` is within `bytes`.
  /// - Complexity: O(1).
  @inline(__always)
  package static func scalar(in bytes: Span<UInt8>, at index: Int) -> (value: UInt32, length: Int) {
    let lead = bytes[index]
    return lead < 0x80 ? (UInt32(lead), 1) : multibyteScalar(in: bytes, at: index, lead: lead)
  }

  @inline(never)
  private static func multibyteScalar(in bytes: Span<UInt8>, at index: Int, lead: UInt8) -> (value: UInt32, length: Int)
  {
    // The second byte is restricted after some leads: no overlong forms, surrogates or values above U+10FFFF.
    let length: Int
    var value: UInt32
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: (length, value) = (2, UInt32(lead & 0x1F))
    case 0xE0: (length, value, second) = (3, 0, 0xA0...0xBF)
    case 0xED: (length, value, second) = (3, 0xD, 0x80...0x9F)
    case 0xE1...0xEF: (length, value) = (3, UInt32(lead & 0x0F))
    case 0xF0: (length, value, second) = (4, 0, 0x90...0xBF)
    case 0xF1...0xF3: (length, value) = (4, UInt32(lead & 0x07))
    case 0xF4: (length, value, second) = (4, 4, 0x80...0x8F)
    default: return (replacement, 1)
    }
    for offset in 1..<length {
      guard index + offset < bytes.count else { return (replacement, offset) }
      let byte = bytes[index + offset]
      guard offset == 1 ? second.contains(byte) : byte & 0xC0 == 0x80 else { return (replacement, offset) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return (value, length)
  }

  /// Reads the scalar value that ends before `index`, for looking back: its value and the number of its bytes.
  ///
  /// On damaged bytes one byte is read as U+FFFD.
  /// - Precondition: `index` is above zero and at most `bytes.count`.
  /// - Complexity: O(1).
  package static func scalar(in bytes: Span<UInt8>, before index: Int) -> (value: UInt32, length: Int) {
    if bytes[index - 1] < 0x80 { return (UInt32(bytes[index - 1]), 1) }
    for length in 1...min(4, index) where bytes[index - length] & 0xC0 != 0x80 {
      let found = scalar(in: bytes, at: index - length)
      return found.length == length ? found : (replacement, 1)
    }
    return (replacement, 1)
  }
}
