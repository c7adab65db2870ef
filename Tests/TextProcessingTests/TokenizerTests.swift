import TestSupport
import Testing
import TextProcessing

/// Writes tokens as `text/kind+flags` for comparison; `_` before a token is white space.
func describe(_ text: String) -> String {
  let bytes = Array(text.utf8)
  return Tokenizer().tokens(of: bytes).map { token in
    let part = String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
    var flags = ""
    if token.shape.contains(.joinedBefore) { flags += "-" }
    if token.shape.contains(.opensQuote) { flags += "<" }
    if token.shape.contains(.closesQuote) { flags += ">" }
    return "\(part)/\(letter(token.kind))\(flags)"
  }.joined(separator: " ")
}

private func letter(_ kind: Token.Kind) -> String {
  switch kind {
  case .word: "w"
  case .clitic: "c"
  case .number: "n"
  case .mask: "m"
  case .quote: "q"
  case .punctuation: "p"
  case .address: "a"
  case .mention: "@"
  case .hashtag: "#"
  case .symbol: "s"
  }
}

@Suite("Tokenizer")
struct TokenizerTests {
  @Test("the hashes that are written down are those that are computed")
  func writtenHashes() {
    #expect(TokenClassHash.comma == TextHash.hash(","))
    #expect(TokenClassHash.stop == TextHash.hash("."))
    #expect(TokenClassHash.doubleQuote == TextHash.hash("\""))
    #expect(TokenClassHash.singleQuote == TextHash.hash("'"))
    #expect(TokenClassHash.ellipsis == TextHash.hash("…"))
    #expect(TokenClassHash.dash == TextHash.hash("—"))
    #expect(TokenClassHash.clitic == TextHash.hash("'s"))
    #expect(TokenClassHash.number == TextHash.hash("\u{1}number"))
    #expect(TokenClassHash.mask == TextHash.hash("\u{1}mask"))
    #expect(TokenClassHash.address == TextHash.hash("\u{1}address"))
  }

  @Test(
    "finds words, numbers, masks, quotes and addresses",
    arguments: [
      ("Don't wait, O’Brien said.", "Don't/w wait/w ,/p O’Brien/w said/w ./p"),
      ("The minister's and China’s plan", "The/w minister/w 's/c and/w China/w ’s/c plan/w"),
      ("the ministers' plan", "the/w ministers/w '/c plan/w"),
      ("he called 'the ministers' back", "he/w called/w '/q< the/w ministers/w '/q> back/w"),
      (
        "The U.S. and U.N. met at 5 a.m. (e.g. here).",
        "The/w U.S./w and/w U.N./w met/w at/w 5/n a.m./w (/p e.g./w here/w )/p ./p"
      ),
      ("the U.S.'s plan", "the/w U.S./w 's/c plan/w"),
      ("U.S officials", "U.S/w officials/w"),
      ("plan B.I think", "plan/w B/w ./p I/w think/w"),
      ("Mr. Gov. Lee", "Mr/w ./p Gov/w ./p Lee/w"),
      ("Russia-U.S. well-known 20-year-old", "Russia/w U.S./w- well/w known/w- 20/n year/w- old/w-"),
      ("3.5 1,000 29th 2023 1990s 10:30 5g G20", "3.5/n 1,000/n 29th/n 2023/n 1990s/n 10:30/n 5g/w G20/w"),
      ("paid $53 million, €4, 5%", "paid/w $/s 53/n million/w ,/p €/s 4/n ,/p 5/n %/s"),
      ("no ****ing way, US***, ** *", "no/w ****/m ing/w way/w ,/p US/w ***/m ,/p **/m */s"),
      ("\"Yes,\" he said.", "\"/q< Yes/w ,/p \"/q> he/w said/w ./p"),
      ("said: \"Yes.\"", "said/w :/p \"/q< Yes/w ./p \"/q>"),
      ("said:\"Yes.\"", "said/w :/p \"/q< Yes/w ./p \"/q>"),
      (
        "“Yes” ‘no’ «oui» „ja“ ``so''", "“/q< Yes/w ”/q> ‘/q< no/w ’/q> «/q< oui/w »/q> „/q< ja/w “/q> ``/q< so/w ''/q>"
      ),
      ("« oui »", "«/q< oui/w »/q>"),
      ("Wait... what… no -- yes — so", "Wait/w .../p what/w …/p no/w --/p yes/w —/p so/w"),
      ("support. .\"", "support/w ./p ./p \"/q>"),
      (
        "See https://example.com/a?b=1. Or example.com, www.x.org and a.b@mail.example.org!",
        "See/w https://example.com/a?b=1/a ./p Or/w example.com/a ,/p www.x.org/a and/w a.b@mail.example.org/a !/p"
      ),
      ("in Brussels.The ministers", "in/w Brussels/w ./p The/w ministers/w"),
      ("@Pressroom on #Budget2023 a@b", "@Pressroom/@ on/w #Budget2023/# a/w @/s b/w"),
      ("北约说。カ", "北/w 约/w 说/w 。/p カ/w"),
      ("ok 👍🏽 👩‍🚒 🇺🇦!", "ok/w 👍🏽/s 👩‍🚒/s 🇺🇦/s !/p"),
      ("a\u{0}b\u{7F}c\r\nd", "a/w b/w c/w d/w"),
      ("", ""),
    ])
  func findsTokens(text: String, expected: String) {
    #expect(describe(text) == expected)
  }

  @Test(
    "equal after normalization",
    arguments: [
      ("NATO", "nato"), ("don't", "don’t"), ("é", "e\u{301}"), ("café", "cafe\u{301}"), ("ДЕНЬ", "день"), ("“", "\""),
      ("«", "\""), ("'", "‘"), ("...", "…"), ("....", "…"), ("—", "--"), ("–", "—"), ("3.5", "29th"), ("**", "****"),
      ("U.S", "u.s."), ("inter\u{AD}national", "international"), ("ÉCOLE", "école"), ("!!!", "!"), ("。", "."),
      ("https://a.com", "example.org"), ("o\u{323}\u{302}", "ộ"), ("o\u{302}\u{323}", "Ộ"),
    ])
  func foldsTogether(left: String, right: String) {
    #expect(Tokenizer.foldedHashes(of: left) == Tokenizer.foldedHashes(of: right))
    #expect(Tokenizer.foldedHashes(of: left).count == 1)
  }

  @Test(
    "different words have different hashes", arguments: [("US", "U.S."), ("straße", "strasse"), ("resume", "résumé")])
  func staysApart(left: String, right: String) {
    #expect(Tokenizer.foldedHash(of: left) != Tokenizer.foldedHash(of: right))
  }

  @Test("the exact hash keeps case and digits")
  func exactHash() {
    let tokens = Tokenizer().tokens(of: "NATO nato 3.5 29 29")
    #expect(tokens[0].exactHash != tokens[1].exactHash)
    #expect(tokens[0].foldedHash == tokens[1].exactHash)
    #expect(tokens[2].exactHash != tokens[3].exactHash)
    #expect(tokens[3].exactHash == tokens[4].exactHash)
  }

  @Test("shapes tell capitals, digits, space and other scripts")
  func shapes() {
    let tokens = Tokenizer().tokens(of: "The NATO A G20 (été) Été U.S.")
    let expected: [Token.Shape] = [
      [.capitalized, .spaceBefore], [.capitalized, .allCapitals, .spaceBefore], [.capitalized, .spaceBefore],
      [.capitalized, .hasDigit, .spaceBefore], [.spaceBefore], [.nonASCII], [],
      [.capitalized, .nonASCII, .spaceBefore], [.capitalized, .allCapitals, .spaceBefore],
    ]
    #expect(tokens.map(\.shape) == expected)
  }

  @Test("damaged UTF-8 is read as U+FFFD, in a word as a letter")
  func damagedBytes() {
    let bytes: [UInt8] = Array("don".utf8) + [0x92] + Array("t \u{FFFD}x".utf8) + [0xFF, 0x20, 0xE2, 0x80]
    let tokens = Tokenizer().tokens(of: bytes)
    #expect(tokens.map { [Int($0.start), Int($0.end)] } == [[0, 5], [6, 9], [9, 10], [10, 11], [12, 14]])
    #expect(tokens.map(\.kind) == [.word, .symbol, .word, .symbol, .symbol])
    #expect(tokens[0].foldedHash == Tokenizer.foldedHash(of: "don\u{FFFD}t"))
  }

  @Test("a range gives the tokens of its bytes alone, at their places in the text")
  func ranges() {
    let text = Array("say \"U.S. don't\" now".utf8)
    var tokens: [Token] = []
    for start in 0...text.count {
      for end in start...text.count {
        Tokenizer().tokenize(text.span, range: start..<end, into: &tokens)
        var alone = Tokenizer().tokens(of: Array(text[start..<end]))
        for i in alone.indices {
          alone[i].start += UInt32(start)
          alone[i].end += UInt32(start)
        }
        #expect(tokens == alone)
      }
    }
  }
}
