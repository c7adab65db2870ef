import TestSupport
import Testing
import TextProcessing

@Suite("CodePointOffsets")
struct CodePointOffsetsTests {
  @Test("counts code points, not bytes or characters")
  func countsCodePoints() {
    let text = Array("aé北👍e\u{301}".utf8)
    var offsets = CodePointOffsets()
    let found = [0, 1, 3, 6, 10, 11, 13].map { offsets.codePoint(ofByte: $0, in: text.span) }
    #expect(found == [0, 1, 2, 3, 4, 5, 6])
    #expect(offsets.bytes(of: 1..<4, in: text.span) == 1..<10)
    #expect(offsets.codePoints(of: 3..<11, in: text.span) == 2..<5)
    #expect(offsets.bytes(of: 5..<7, in: text.span) == nil)
  }

  @Test(
    "damaged bytes count as Python replaces them",
    arguments: [
      ([0xFF], 1), ([0xE2, 0x80], 1), ([0xE2, 0x41], 2), ([0xE2, 0x80, 0x41], 2), ([0xC0, 0xAF], 2),
      ([0xED, 0xA0, 0x80], 3), ([0xF0, 0x9F, 0x91], 1), ([0xF0, 0x80, 0x80], 3), ([0xF4, 0x90, 0x80, 0x80], 4),
      ([0xF5, 0x80], 2), ([0x80, 0x80], 2), ([0xF0, 0x9F, 0x41, 0x9F], 3), ([0xE0, 0x80, 0x80], 3),
    ] as [([UInt8], Int)])
  func damagedBytes(bytes: [UInt8], count: Int) {
    var offsets = CodePointOffsets()
    #expect(offsets.codePoint(ofByte: bytes.count, in: bytes.span) == count)
  }

  @Test("agrees with the standard library's repair of random bytes, in both directions")
  func agreesWithStandardLibrary() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
        [0x41, 0x80, 0x9F, 0xBF, 0xC3, 0xE2, 0xED, 0xF0, 0xF4, UInt8.random(in: 0...255, using: &generator)]
          .randomElement(using: &generator) ?? 0
      }
      let expected = String(decoding: bytes, as: UTF8.self).unicodeScalars.count
      var offsets = CodePointOffsets()
      #expect(offsets.codePoint(ofByte: bytes.count, in: bytes.span) == expected)
      for codePoint in (0...expected).reversed() {
        let byte = offsets.byte(ofCodePoint: codePoint, in: bytes.span) ?? -1
        #expect(byte >= 0 && offsets.codePoint(ofByte: byte, in: bytes.span) == codePoint)
      }
    }
  }
}
