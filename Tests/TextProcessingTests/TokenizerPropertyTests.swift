import TestSupport
import Testing
import TextProcessing

/// Pieces that random texts are made of, so that rules meet each other.
let textPieces: [String] = [
  "the", "NATO", "Minister", "a", "U", "S", "s", "international", "understanding", "internationalization", " ", " ",
  " ",
  ".", ".", ",", "'", "’", "\"", "“", "”", "‘", "``", "''", "-", "--", "—", "*", "**", "3", "29", "th", "e\u{301}", "é",
  "\u{301}", "\u{AD}", "\u{200B}", "ß", "Д", "北", "。", "👍", "\n", "\r\n", "\u{0}", "@", "#", "_", ":", "//", "http",
  "www", "com", "org", "!", "?", "(", ")", "$", "+", "%", "Mr", "said", "he", "\u{FFFD}", "34", "-year", "-old", "2016",
  "20160101", "-",
]

/// A text of random pieces, and now and then a random byte.
func randomText(_ generator: inout SeededGenerator, pieces: Int, damaged: Bool) -> [UInt8] {
  var bytes: [UInt8] = []
  for _ in 0..<pieces {
    if damaged, Int.random(in: 0..<8, using: &generator) == 0 {
      bytes.append(UInt8.random(in: 0...255, using: &generator))
    } else {
      bytes += Array(textPieces.randomElement(using: &generator)?.utf8 ?? "".utf8)
    }
  }
  return bytes
}

@Suite("Tokenizer on random text")
struct TokenizerPropertyTests {
  @Test("the fast path and its plain twin agree", arguments: [false, true])
  func twins(damaged: Bool) {
    var generator = SeededGenerator(seed: 7)
    var fast: [Token] = []
    var plain: [Token] = []
    for _ in 0..<4000 {
      let text = randomText(&generator, pieces: Int.random(in: 1...40, using: &generator), damaged: damaged)
      Tokenizer().tokenize(text.span, into: &fast)
      Tokenizer(usesFastPath: false).tokenize(text.span, into: &plain)
      #expect(fast == plain, "\(String(decoding: text, as: UTF8.self).debugDescription)")
    }
  }

  @Test("hashes of several texts are those of each text alone, whatever stands between them", arguments: [false, true])
  func hashesOfSeveral(damaged: Bool) {
    var generator = SeededGenerator(seed: 17)
    var tokens: [Token] = []
    var words = FoldedWords()
    let separators: [[UInt8]] = [[10], [13, 10], [], [32], [0], [9], [65], [44], [0xE2, 0x80]]
    for round in 0..<2000 {
      var bytes: [UInt8] = []
      var ranges: [Range<Int>] = []
      for _ in 0..<Int.random(in: 0...9, using: &generator) {
        let text = randomText(&generator, pieces: Int.random(in: 0...20, using: &generator), damaged: damaged)
        ranges.append(bytes.count..<bytes.count + text.count)
        bytes += text + (separators.randomElement(using: &generator) ?? [])
      }
      let leftOut: [Token.Kind] = round % 2 == 0 ? [] : [.punctuation, .quote, .symbol]
      let kept = Token.Kind.allCases.filter { !leftOut.contains($0) }
      let kinds = kept.reduce(UInt32(0)) { $0 | 1 << UInt32($1.rawValue) }
      var expected: [UInt64] = []
      var ends: [Int] = []
      var areEmpty: [Bool] = []
      for range in ranges {
        Tokenizer(usesFastPath: false).tokenize(Array(bytes[range]).span, into: &tokens)
        expected += tokens.filter { !leftOut.contains($0.kind) }.map(\.foldedHash)
        ends.append(expected.count)
        areEmpty.append(tokens.isEmpty)
      }
      var (foundEnds, foundEmpty): ([Int], [Bool]) = ([], [])
      words.replace(
        byThoseOf: ranges.count, at: { ranges[$0] }, in: bytes.span, kinds: kinds, usesFastPath: round % 3 > 0
      ) {
        foundEnds.append($0)
        foundEmpty.append($1)
      }
      let place = "\(String(decoding: bytes, as: UTF8.self).debugDescription)"
      #expect(words.list.prefix(words.count).map(\.hash) == expected, "\(place)")
      #expect(foundEnds == ends && foundEmpty == areEmpty, "\(place)")
    }
  }

  @Test("tokens are ordered, within bounds, and cover all that is visible but joining hyphens")
  func coverage() {
    var generator = SeededGenerator(seed: 8)
    var tokens: [Token] = []
    for round in 0..<4000 {
      let text =
        round % 4 == 0
        ? (0..<60).map { _ in UInt8.random(in: 0...255, using: &generator) }
        : randomText(&generator, pieces: 30, damaged: true)
      Tokenizer().tokenize(text.span, into: &tokens)
      var covered = [Bool](repeating: false, count: text.count)
      var last = 0
      for token in tokens {
        #expect(token.start < token.end && Int(token.start) >= last && Int(token.end) <= text.count)
        last = Int(token.end)
        for i in Int(token.start)..<Int(token.end) { covered[i] = true }
      }
      for i in text.indices where !covered[i] && text[i] > 0x20 && text[i] < 0x7F {
        #expect(text[i] == 0x2D, "\(String(decoding: text, as: UTF8.self).debugDescription) at \(i)")
      }
    }
  }

  @Test(
    "texts parted by a line break have the tokens of both, whichever line break", arguments: ["\n", "\r\n", "\n\n"])
  func lineBreaks(lineBreak: String) {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<1000 {
      let left = randomText(&generator, pieces: 12, damaged: true)
      let right = randomText(&generator, pieces: 12, damaged: true)
      let joined = Tokenizer().tokens(of: left + Array(lineBreak.utf8) + right)
      let parts = Tokenizer().tokens(of: left) + Tokenizer().tokens(of: right)
      // Quotation marks and plural apostrophes look back to what is open; all else is local.
      let local: (Token) -> Bool = { $0.kind != .quote && $0.kind != .clitic }
      #expect(joined.filter(local).map(\.foldedHash) == parts.filter(local).map(\.foldedHash))
    }
  }
}
