import TestSupport
import Testing
import TextProcessing

@Suite("TextHash")
struct TextHashTests {
  @Test("its values are part of the model format and never change")
  func fixedValues() {
    #expect(TextHash.hash("") == 0x1BE7B7EC14A76667)
    #expect(TextHash.hash("nato") == 0xC3AD0C8974FCA1E4)
    #expect(TextHash.hash("understanding") == 0xD2486DD7827AFAF0)
    #expect(TextHash.hash("internationalization") == 0x3E6B6BD4A5D221B6)
    #expect(TextHash.combine(TextHash.hash("a"), TextHash.hash("b")) == 0xD968E588C373D708)
  }

  @Test("one changed bit changes about half of the bits of the hash")
  func avalanche() {
    var generator = SeededGenerator(seed: 1)
    var counts = [Int](repeating: 0, count: 64)
    let rounds = 4000
    for _ in 0..<rounds {
      var bytes = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let before = TextHash.hash(bytes.span)
      bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      let changed = before ^ TextHash.hash(bytes.span)
      for bit in 0..<64 where changed >> bit & 1 == 1 { counts[bit] += 1 }
    }
    for count in counts { #expect((rounds * 4 / 10...rounds * 6 / 10).contains(count)) }
  }

  @Test("short texts do not collide in 64 bits, and spread over the low bits")
  func spread() {
    var seen = Set<UInt64>()
    var low = Set<UInt64>()
    for value in 0..<65536 {
      let h = TextHash.hash("w\(value)")
      seen.insert(h)
      low.insert(h & 0xFFFF)
    }
    #expect(seen.count == 65536)
    // 65,536 draws from as many cells fill 1 − 1/e of them: 41,427 on average.
    #expect((40900...41950).contains(low.count))
  }

  @Test("the order of a pair matters, and pairs do not collide")
  func combination() {
    let words = (0..<300).map { TextHash.hash("w\($0)") }
    var seen = Set<UInt64>()
    for a in words { for b in words { seen.insert(TextHash.combine(a, b)) } }
    #expect(seen.count == 90000)
  }

  @Test("trailing zeros count")
  func zeros() {
    #expect(TextHash.hash([0, 0].span) != TextHash.hash([0].span))
  }
}
