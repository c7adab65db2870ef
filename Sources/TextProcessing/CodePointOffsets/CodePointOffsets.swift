/// Turns byte offsets into offsets in Unicode code points, as Python counts them, and back, in one walk forward.
///
/// Damaged UTF-8 counts as `bytes.decode("utf-8", errors="replace")` would: each maximal invalid subsequence is one code
/// point. An offset inside a code point means that code point. Ask for offsets in ascending order: asking for an earlier
/// one starts again at the beginning.
package struct CodePointOffsets: Sendable {
  private var byte = 0
  private var codePoint = 0

  /// Starts at the beginning of a text.
  package init() {}

  /// The code point offset of a byte offset.
  /// - Precondition: `offset` is at most `bytes.count`; `bytes` is the same text in every call.
  /// - Complexity: O(*n*) in the distance from the last call.
  package mutating func codePoint(ofByte offset: Int, in bytes: Span<UInt8>) -> Int {
    precondition(offset <= bytes.count, "the offset is beyond the text")
    if offset < byte { self = CodePointOffsets() }
    while byte < offset {
      let length = UTF8Decoding.scalar(in: bytes, at: byte).length
      if byte + length > offset { break }
      byte += length
      codePoint += 1
    }
    return codePoint
  }

  /// The range in code points of a range of bytes.
  /// - Precondition: `range` is within `bytes`.
  package mutating func codePoints(of range: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
    let lower = codePoint(ofByte: range.lowerBound, in: bytes)
    return lower..<codePoint(ofByte: range.upperBound, in: bytes)
  }

  /// The byte offset of a code point offset; `nil` beyond the end of the text.
  /// - Complexity: O(*n*) in the distance from the last call.
  package mutating func byte(ofCodePoint offset: Int, in bytes: Span<UInt8>) -> Int? {
    if offset < codePoint { self = CodePointOffsets() }
    guard offset >= 0 else { return nil }
    while codePoint < offset {
      guard byte < bytes.count else { return nil }
      byte += UTF8Decoding.scalar(in: bytes, at: byte).length
      codePoint += 1
    }
    return byte
  }

  /// The bytes of a range of code points; `nil` if it reaches beyond the end of the text.
  package mutating func bytes(of range: Range<Int>, in bytes: Span<UInt8>) -> Range<Int>? {
    guard let lower = byte(ofCodePoint: range.lowerBound, in: bytes),
      let upper = byte(ofCodePoint: range.upperBound, in: bytes)
    else { return nil }
    return lower..<upper
  }
}
