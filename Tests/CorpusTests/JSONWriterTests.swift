import Corpus
import Foundation
import TestSupport
import Testing

@Suite("JSONWriter")
struct JSONWriterTests {
  private func written(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("commas stand between values and nowhere else")
  func commas() {
    let text = written { json in
      json.beginObject()
      json.key("a")
      json.beginArray()
      json.integer(1)
      json.null()
      json.beginObject()
      json.endObject()
      json.beginArray()
      json.endArray()
      json.boolean(true)
      json.endArray()
      json.key("b")
      json.number(0.25)
      json.endObject()
      json.newline()
      json.string("x")
    }
    #expect(text == "{\"a\":[1,null,{},[],true],\"b\":0.25}\n\"x\"")
  }

  @Test("rounded numbers have no trailing zeros")
  func roundedNumbers() {
    let cases: [(Double, Int, String)] = [
      (0, 4, "0"), (1, 4, "1"), (0.93, 4, "0.93"), (0.12345, 4, "0.1234"), (0.00004, 4, "0"), (-0.00004, 4, "0"),
      (-1.5, 2, "-1.5"), (12.006, 2, "12.01"), (100, 0, "100"), (0.99999, 4, "1"), (10.01, 3, "10.01"),
    ]
    for (value, decimals, expected) in cases {
      #expect(written { $0.number(value, decimals: decimals) } == expected)
    }
  }

  @Test("random numbers are written as they are rounded")
  func randomNumbers() throws {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<1000 {
      let value = Double.random(in: -1000...1000, using: &generator)
      #expect(try #require(Double(written { $0.number(value) })) == value)
      let rounded = try #require(Double(written { $0.number(value, decimals: 6) }))
      #expect(abs(rounded - value) <= 0.5000001e-6)
    }
  }

  @Test("any text comes back through Foundation, and control characters are escaped")
  func strings() throws {
    var generator = SeededGenerator(seed: 9)
    let letters =
      (0..<0x20).map { String(Unicode.Scalar($0)!) } + ["\"", "\\", "/", "é", "😀", "\u{7F}", "\u{2028}", "a"]
    for _ in 0..<300 {
      let text = (0..<10).map { _ in letters.randomElement(using: &generator)! }.joined()
      let json = written { $0.string(text) }
      #expect(json.utf8.allSatisfy { $0 >= 0x20 })
      let back = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed) as? String
      #expect(back.map { Array($0.utf8) } == Array(text.utf8))
    }
  }

  @Test("bytes that are not UTF-8 are written as U+FFFD")
  func invalidBytes() {
    let bytes: [UInt8] = [0x61, 0xFF, 0x22, 0xC3]
    #expect(written { $0.string(utf8: bytes.span) } == "\"a\u{FFFD}\\\"\u{FFFD}\"")
  }
}
