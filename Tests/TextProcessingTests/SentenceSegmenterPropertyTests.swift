import TestSupport
import Testing
import TextProcessing

@Suite("SentenceSegmenter on random and hostile text", .serialized)
struct SentenceSegmenterPropertyTests {
  @Test("sentences are ordered, never overlap, are trimmed, and hold every visible byte")
  func coverage() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<4000 {
      let text =
        round % 4 == 0
        ? (0..<80).map { _ in UInt8.random(in: 0...255, using: &generator) }
        : randomText(&generator, pieces: 40, damaged: round % 2 == 0)
      var covered = [Bool](repeating: false, count: text.count)
      var last = 0
      var paragraph = 0
      for sentence in SentenceSegmenter().sentences(in: text) {
        let range = sentence.range
        #expect(range.lowerBound >= last && !range.isEmpty && range.upperBound <= text.count)
        #expect(text[range.lowerBound] > 0x20 && text[range.upperBound - 1] > 0x20)
        #expect(sentence.paragraph >= paragraph)
        paragraph = sentence.paragraph
        last = range.upperBound
        for i in range { covered[i] = true }
      }
      for i in text.indices where !covered[i] { #expect(text[i] <= 0x20 || text[i] >= 0x7F) }
    }
  }

  @Test("CRLF and LF give the same sentences")
  func lineBreaks() {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<2000 {
      let text = randomText(&generator, pieces: 40, damaged: false).filter { $0 != 0x0D }
      var crlf: [UInt8] = []
      for byte in text { crlf += byte == 0x0A ? [0x0D, 0x0A] : [byte] }
      let expected = SentenceSegmenter().sentences(in: text).map { Array(text[$0.range]) }
      let found = SentenceSegmenter().sentences(in: crlf).map { crlf[$0.range].filter { $0 != 0x0D } }
      #expect(found == expected)
    }
  }

  @Test("texts parted by a blank line have the sentences of both")
  func concatenation() {
    var generator = SeededGenerator(seed: 13)
    for _ in 0..<2000 {
      // Without line breaks inside: those depend on the width of the whole text's lines.
      let left = randomText(&generator, pieces: 20, damaged: true).filter { $0 > 0x0D }
      let right = randomText(&generator, pieces: 20, damaged: true).filter { $0 > 0x0D }
      let joined = left + [0x0A, 0x0A] + right
      let expected =
        SentenceSegmenter().sentences(in: left).map { Array(left[$0.range]) }
        + SentenceSegmenter().sentences(in: right).map { Array(right[$0.range]) }
      #expect(SentenceSegmenter().sentences(in: joined).map { Array(joined[$0.range]) } == expected)
    }
  }

  @Test(
    "the time grows in step with the length of hostile text",
    arguments: [
      "\"", ". ", ".", ". .", "\" . ", "U.S.", "a.b", "A. ", "://", "a://!", "www.", "x@", "a.b@", "((", "'", "''",
      "! ",
      "?\" A ", "?\" Aa said", "\n", "a\n", "a\nb\n\n", "-", "*", "é", "。", "。” ", "…", " ", "1,", "[1", "\u{0}", "“",
      "a.  ",
      "e\u{301}", "\u{200D}", "👍\u{200D}", "#", "a'", "1.",
    ])
  func linear(piece: String) {
    // A step that looked at all that follows would cost a second and more here; a busy machine may slow any one run.
    let short = Array(String(repeating: piece, count: 6_000).utf8)
    let long = Array(String(repeating: piece, count: 48_000).utf8)
    let clock = ContinuousClock()
    func duration(_ text: [UInt8]) -> Duration {
      var tokens: [Token] = []
      return clock.measure {
        _ = SentenceSegmenter().sentences(in: text)
        Tokenizer().tokenize(text.span, into: &tokens)
      }
    }
    var attempts = 0
    while true {
      let shortTime = duration(short)
      let longTime = duration(long)
      if longTime < shortTime * 30 || longTime < .milliseconds(200) { break }
      attempts += 1
      if attempts == 5 {
        Issue.record("\(shortTime) grew to \(longTime) at 8 times the length")
        break
      }
    }
  }

  @Test("a stop after a megabyte of spaces costs no second look at them")
  func spaces() {
    let spaces = [UInt8](repeating: 0x20, count: 1 << 20)
    let text = Array("It ended.".utf8) + spaces + Array(String(repeating: "e.g. x ", count: 20_000).utf8)
    let duration = ContinuousClock().measure { _ = SentenceSegmenter().sentences(in: text) }
    #expect(duration < .seconds(3))
  }
}
