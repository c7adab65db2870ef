import Testing
import TextProcessing

/// The sentences of a text, parted by ` | `, with line breaks shown as `⏎`.
private func cut(_ text: String) -> String {
  let bytes = Array(text.utf8)
  return SentenceSegmenter().sentences(in: bytes).map {
    String(decoding: bytes[$0.range], as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0.isNewline }.joined(separator: "⏎")
  }.joined(separator: " | ")
}

@Suite("SentenceSegmenter")
struct SentenceSegmenterTests {
  @Test(
    "abbreviations, initials and numbers do not end a sentence",
    arguments: [
      "The U.S. Senate and the U.N. envoy met on Nov. 29 in Dayton.",
      "Mr. Lee, Gen. Ito, Gov. Ruiz and Prof. Dr. Ada Hall sat with Lt. Col. Orr.",
      "J. K. Marsh met George W. Dunn and Peter J. Ames Jr. at 5 p.m. Monday.",
      "The firm paid $53 million, or 3.5 per cent of 1,000.50 crowns.",
      "Acme Inc. officials spoke of No. 5 on p. 7, vol. 2, vs. Borg Ltd. in St. Ives, Fla. again.",
      "See Node.js, example.com or https://example.com/a.B?C=D.E for the U.S.headquarters.",
      "The E.P.A. operates, e.g. in ministries, i.e. offices.",
      "At 9 a.m. Clerk Hale spoke.",
      "DAYTON, Ala. - In a quiet vote it passed.",
      "Wait... what did it say… then?",
      "Wow! said the sign.",
    ])
  func staysWhole(sentence: String) {
    #expect(cut(sentence) == sentence)
  }

  @Test(
    "ends sentences where readers do",
    arguments: [
      ("It moved to the U.S. The talks went on.", "It moved to the U.S. | The talks went on."),
      ("It met at 5 p.m. The vote failed.", "It met at 5 p.m. | The vote failed."),
      ("He said no. The answer stood. So did I. We left.", "He said no. | The answer stood. | So did I. | We left."),
      ("Pens, paper, etc. Ministers paid.", "Pens, paper, etc. | Ministers paid."),
      ("It ended in 2016. 12 states voted.", "It ended in 2016. | 12 states voted."),
      ("Some feel ill. Marsh said so.", "Some feel ill. | Marsh said so."),
      (
        "They talked in Brussels.The ministers left.It rained.",
        "They talked in Brussels. | The ministers left. | It rained."
      ),
      ("Was it?It was!They left...Then it snowed.", "Was it? | It was! | They left... | Then it snowed."),
      ("He ended the talks. but it went on.", "He ended the talks. | but it went on."),
      (
        "It was masked ****. The *** army left. US***.The end.",
        "It was masked ****. | The *** army left. | US***. | The end."
      ),
      ("She stopped . He went . Done .", "She stopped . | He went . | Done ."),
      ("It spread. ... It went on. ...", "It spread. | ... It went on. ..."),
      (
        "It fell (the rate). (It rose.) The treaty.[12] The end.",
        "It fell (the rate). | (It rose.) | The treaty.[12] | The end."
      ),
      ("What?! No!! Yes.", "What?! | No!! | Yes."),
      ("天晴。他走了！真的吗？好。", "天晴。 | 他走了！ | 真的吗？ | 好。"),
      ("他说：“门开着。”她问：“真的？”“走吧。”他说。再见。", "他说：“门开着。” | 她问：“真的？” | “走吧。”他说。 | 再见。"),
    ])
  func ends(text: String, expected: String) {
    #expect(cut(text) == expected)
  }

  @Test(
    "keeps an attribution with its quotation, and cuts a quotation at its sentences",
    arguments: [
      ("\"The door is open,\" he said. It was.", "\"The door is open,\" he said. | It was."),
      (
        "\"Is it open?\" he asked. \"It is over!\" the minister said.",
        "\"Is it open?\" he asked. | \"It is over!\" the minister said."
      ),
      (
        "“Is it open?” Marsh asked. “No.” Marsh said the plan failed.",
        "“Is it open?” Marsh asked. | “No.” | Marsh said the plan failed."
      ),
      ("\"We stay. We wait,\" said Minister Orr.", "\"We stay. | We wait,\" said Minister Orr."),
      (
        "He said, \"We stay.\" She left. He called it \"over\". She agreed.",
        "He said, \"We stay.\" | She left. | He called it \"over\". | She agreed."
      ),
      ("It is \"practical support. .\" It ends.", "It is \"practical support. .\" | It ends."),
      ("\"Fine . \" he said. \"Fine. \" She left.", "\"Fine . \" he said. | \"Fine. \" | She left."),
      ("\"We go.\"She left.“No.”He stayed.", "\"We go.\" | She left. | “No.” | He stayed."),
      ("He spoke.\"We go.\" She left.", "He spoke. | \"We go.\" | She left."),
      (
        "”Swapped marks.“ He left. \"Mixed marks.” She left.",
        "”Swapped marks.“ | He left. | \"Mixed marks.” | She left."
      ),
      (
        "``Doubled.'' He left. ''Doubled,'' he said. ''It is.'' End.",
        "``Doubled.'' | He left. | ''Doubled,'' he said. | ''It is.'' | End."
      ),
      ("„Genug.“ Er ging. « Assez. » Il partit.", "„Genug.“ | Er ging. | « Assez. » | Il partit."),
      ("He said 'no.' She left. ‘Why?’ he asked.", "He said 'no.' | She left. | ‘Why?’ he asked."),
      ("\"Never closed. It went on. It stopped", "\"Never closed. | It went on. | It stopped"),
      ("“The end.” — Ana Ruiz", "“The end.” | — Ana Ruiz"),
    ])
  func quotations(text: String, expected: String) {
    #expect(cut(text) == expected)
  }

  @Test(
    "reads lines: headlines, lists, paragraphs and hard-wrapped text",
    arguments: [
      ("A headline without a stop\nThe talks began.", "A headline without a stop | The talks began."),
      ("A headline\n\nthe talks began", "A headline | the talks began"),
      (
        "Read more:\n- one thing\n- another\n1. First. More\n2) Second",
        "Read more: | - one thing | - another | 1. First. | More | 2) Second"
      ),
      ("The talks began\nin Dayton and\nended.", "The talks began⏎in Dayton and⏎ended."),
      ("It rose,\nMarsh said.\r\nIt fell.", "It rose,⏎Marsh said. | It fell."),
      (
        "The council of Dayton met again on the first day of the\nMinistry's new year, and Mr. Ruiz and General Ito were\nTold of it. It rained.",
        "The council of Dayton met again on the first day of the⏎Ministry's new year, and Mr. Ruiz and General Ito were⏎Told of it. | It rained."
      ),
      ("Seen in the U.S.\nMinisters left", "Seen in the U.S. | Ministers left"),
      ("One.\u{2029}Two\u{2028}Three\u{0C}Four", "One. | Two | Three | Four"),
      ("\u{FEFF}One.\u{0} Two.\u{0}", "One. | Two."),
      ("  \n\t\u{0}\r\n", ""), ("", ""),
    ])
  func lines(text: String, expected: String) {
    #expect(cut(text) == expected)
  }

  @Test("tells paragraphs and open quotations")
  func context() {
    let text = "He said, \"One. Two. Three.\" Four.\n\"Five. Six\n\nSeven."
    let sentences = SentenceSegmenter().sentences(in: text)
    #expect(sentences.map(\.paragraph) == [0, 0, 0, 0, 1, 1, 2])
    #expect(sentences.map(\.startsInsideQuote) == [false, true, true, false, false, true, false])
  }

  @Test("damaged UTF-8 is read over, and ranges stay on the bytes")
  func damagedBytes() {
    let bytes: [UInt8] = [0xFF] + Array("One.".utf8) + [0x20, 0xE2, 0x80, 0x20] + Array("Two.".utf8) + [0xC3]
    let sentences = SentenceSegmenter().sentences(in: bytes)
    #expect(sentences.first?.range.lowerBound == 0)
    #expect(sentences.last?.range.upperBound == bytes.count)
  }
}
