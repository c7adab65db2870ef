import Corpus
import FeatureExtraction
import LinearAlgebra
import Testing
import TextProcessing

@Suite("target context")
struct TargetContextTests {
  /// The mentions that are found, as text.
  private func mentions(
    of target: String, in text: String, span: Range<Int>? = nil, byParts: Bool = false
  ) -> [String] {
    let bytes = Array(text.utf8)
    let tokens = Tokenizer().tokens(of: text)
    var mentions = TargetMentions()
    mentions.find(
      TargetReference(pattern: TargetPattern(target), span: span), in: bytes.span, tokens: tokens.span,
      byParts: byParts)
    return (0..<mentions.count).map { index in
      let range = mentions[index]
      return String(
        decoding: bytes[Int(tokens[range.lowerBound].start)..<Int(tokens[range.upperBound].end)], as: UTF8.self)
    }
  }

  @Test("a name is found in either case, in full, by its last word, and in the possessive")
  func names() {
    #expect(mentions(of: "NATO", in: "Nato said NATO's door is open") == ["Nato", "NATO"])
    #expect(mentions(of: "Ayla Kaya", in: "Ayla Kaya spoke; Kaya's critics did not") == ["Ayla Kaya", "Kaya"])
    #expect(mentions(of: "Ayla Kaya", in: "a kaya is no Ayla") == [])
  }

  @Test("a name of several words is found by its initials, with stops or without")
  func acronyms() {
    #expect(mentions(of: "River Union", in: "the RU and the R.U. said ru") == ["RU", "R.U."])
  }

  @Test("a name of few capitals is not found in a word of small letters")
  func shortCapitals() {
    #expect(mentions(of: "WHO", in: "those who know the WHO") == ["WHO"])
  }

  @Test("words of a proposition are its mentions where it is not named as a whole, in other inflections too")
  func parts() {
    let target = "Kessa joins the Northern Compact"
    let text = "joining the compact would harm Kessa, the foreign ministry said"
    #expect(mentions(of: target, in: text) == [])
    #expect(mentions(of: target, in: text, byParts: true) == ["compact", "Kessa"])
    #expect(mentions(of: target, in: "The Northern Compact met", byParts: true) == ["Northern Compact"])
    #expect(mentions(of: target, in: "It said: \(target).", byParts: true) == [target])
    #expect(mentions(of: target, in: "the end of it", byParts: true) == [])
  }

  @Test("a part of a name is a mention only with a capital, and a name of one word has no parts")
  func partsOfNames() {
    #expect(mentions(of: "Halvorsen Lines", in: "Halvorsen said its lines run", byParts: true) == ["Halvorsen"])
    #expect(mentions(of: "NATO", in: "nations of the North", byParts: true) == [])
    #expect(mentions(of: "Ayla Kaya", in: "Ayla left, Kaya stayed", byParts: true) == ["Kaya"])
    #expect(mentions(of: "solar tariffs", in: "The tariff on panels", byParts: true) == ["tariff"])
  }

  @Test("a span in code points decides where the mention is")
  func span() {
    #expect(mentions(of: "Kaya", in: "Café \u{1F30A} Kaya and Kaya", span: 7..<11) == ["Kaya"])
    #expect(mentions(of: "Kaya", in: "Café \u{1F30A} Kaya met the mayor", span: 16..<25) == ["the mayor"])
    #expect(mentions(of: "Kaya", in: "Kaya", span: 9..<12) == [])
  }

  @Test("texts that differ only in the name of their target have the same features")
  func replaced() throws {
    let configuration = FeatureExtractor.Configuration(target: .name, space: .hashed(bits: 20))
    let statements = [
      Statement(id: "1", text: "critics say Ayla Kaya is wrong", target: "Ayla Kaya"),
      Statement(id: "2", text: "critics say NATO is wrong", target: "NATO"),
    ]
    let matrix = try FeatureExtractor.fit(configuration, statements: statements).matrix.sparse
    #expect(matrix.selecting(rows: [0]) == matrix.selecting(rows: [1]))
  }

  @Test("the same word before and after the target are two features, far and near too")
  func sides() throws {
    let configuration = FeatureExtractor.Configuration(
      words: nil, target: .init(sideOrders: 1...1, sideWeighting: .binary),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 100))
    func columns(_ texts: [String]) throws -> Int {
      let statements = texts.map { Statement(id: $0, text: $0, target: "NATO") }
      return try FeatureExtractor.fit(configuration, statements: statements).extractor.columnCount
    }
    #expect(try columns(["attacks NATO", "NATO attacks"]) == 2)
    #expect(try columns(["NATO x", "NATO y x"]) == 2)
    // x at distances 1, 4 and 9 is near, middle and far: three features besides y near, middle and far.
    #expect(try columns(["NATO x", "NATO y y y x", "NATO y y y y y y y y x"]) == 5)
    #expect(try columns(["no mention", "none here"]) == 1)
  }

  @Test("words between two mentions belong to the nearer")
  func between() throws {
    var units = StatementUnits()
    for index in 0..<9 {
      units.append(
        folded: UInt64(index), exact: 0, first: index, last: index,
        position: index == 1 || index == 7 ? .mention : .unmentioned)
    }
    units.locateAroundMentions()
    let positions = (0..<9).map { units.positions[$0] }
    #expect(
      positions == [
        .nearBefore, .mention, .nearAfter, .nearAfter, .nearAfter, .nearBefore, .nearBefore, .mention, .nearAfter,
      ])
  }

  @Test("the wording that text and target share falls into bins")
  func overlap() throws {
    let configuration = FeatureExtractor.Configuration(
      words: .init(orders: 1...1, weighting: .binary),
      target: .init(replacesMentions: false, sideOrders: nil, comparesWording: true),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 100))
    let texts = ["the bridge opens", "the river rises", "nothing else", "bridge"]
    let statements = texts.map { Statement(id: $0, text: $0, target: "the bridge opens") }
    let (extractor, matrix) = try FeatureExtractor.fit(configuration, statements: statements)
    // All three words shared; one of three, cosine 1/3; nothing; one of three, cosine 1/√3. Share and cosine of the text,
    // its opening and its nearest sentence come one after the other, then the share of pairs of words.
    let bins = statements.map { statement in
      extractor.origins(in: statement, denseWeights: []).occurrences.filter { $0.family == .targetOverlap }.map(
        \.column)
    }
    #expect(bins.allSatisfy { $0.count == 7 })
    #expect(bins[1][0] == bins[3][0])
    #expect(Set(bins.map { $0[0] }).count == 3)
    #expect(Set(bins.map { $0[1] }).count == 4)
    #expect(matrix.sparse.rowCount == 4)
  }
}
