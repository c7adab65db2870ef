import FeatureExtraction
import TestSupport
import Testing
import TextProcessing

@Suite("attribution parser")
struct AttributionParserTests {
  struct Expected: Sendable {
    var text: String
    var head: String?
    var source: SourceClass
    var kind: AttributionKind

    init(_ text: String, _ head: String?, _ source: SourceClass, _ kind: AttributionKind) {
      (self.text, self.head, self.source, self.kind) = (text, head, source, kind)
    }
  }

  /// The best attribution of a sentence, and the text of its source's head.
  private func best(_ text: String) -> (attribution: Attribution, head: String?)? {
    var parser = AttributionParser()
    let bytes = Array(text.utf8)
    let tokens = Tokenizer().tokens(of: bytes)
    parser.parse(tokens.span, text: bytes.span, lexicon: .english)
    guard parser.best >= 0 else { return nil }
    let attribution = parser.attributions[parser.best]
    guard attribution.source.sourceClass != .none else { return (attribution, nil) }
    let head = tokens[attribution.source.head]
    return (attribution, String(decoding: bytes[Int(head.start)..<Int(head.end)], as: UTF8.self))
  }

  static let sentences = [
    Expected("“The bridge is open,” Orla Venn said on Monday.", "Venn", .longName, .subjectBefore),
    Expected("\"The bridge is open,\" said Marta Venn.", "Venn", .person, .subjectAfter),
    Expected("Deputy Transport Minister Ostrev also warned of delays.", "Ostrev", .titledPerson, .subjectBefore),
    Expected("Marta Venn, the mayor of Dorn, said that the bridge was open.", "Venn", .person, .subjectBefore),
    Expected("He added that the toll would rise.", "He", .pronoun, .subjectBefore),
    Expected(
      "The Dorn Transport Ministry said in a statement that it would pay.", "Ministry", .organization, .subjectBefore),
    Expected("Reuters reported that the toll would rise.", "Reuters", .outlet, .subjectBefore),
    Expected("The toll would rise, the Dorn Courier reported.", "Courier", .outletName, .subjectBefore),
    Expected("According to the audit, the bridge cost twice as much.", "audit", .document, .accordingTo),
    Expected(
      "A senior diplomat, who asked not to be named, said talks had stalled.", "diplomat", .roleSingular, .subjectBefore
    ),
    Expected("Analysts say the toll will rise.", "Analysts", .rolePlural, .subjectBefore),
    Expected("Some residents fear that the toll will rise.", "residents", .people, .subjectBefore),
    Expected("Many of the villagers believe that the toll is unfair.", "villagers", .people, .subjectBefore),
    Expected("The plan was rejected by the transport committee.", "committee", .organizationNoun, .passiveAgent),
    Expected("It was reported that the toll would rise.", nil, .none, .passive),
    Expected("Under the agreement, ships may use two ports.", "agreement", .document, .basis),
    Expected("Venn’s spokesman denied that the toll would rise.", "spokesman", .roleSingular, .subjectBefore),
    Expected("Residents said on Monday that the toll would rise, reported Reuters.", "Reuters", .outlet, .subjectAfter),
    Expected("He crossed the bridge and saw no guard, state media said.", "media", .outlet, .subjectBefore),
    Expected(
      "A source with access to the mayor’s office said the toll would rise.", "source", .roleSingular, .subjectBefore),
    Expected(
      "One website, run by students, reported that the toll would rise.", "website", .outletNoun, .subjectBefore),
    Expected("Venn is also convinced that the bridge will last.", "Venn", .name, .subjectBefore),
    Expected("Local residents are not happy about the toll.", "residents", .people, .subjectBefore),
    Expected("Some say the toll is unfair.", "Some", .quantifier, .subjectBefore),
    Expected(
      "Colonel Venn was quoted by Reuters as saying the toll was unfair.", "Venn", .titledPerson, .subjectBefore),
    Expected("Driver Osman Tveitan said the toll was unfair.", "Tveitan", .titledPerson, .subjectBefore),
    Expected(
      "Dorn’s chief negotiator, Osman Tveitan, said the toll was unfair.", "negotiator", .titledPerson, .subjectBefore),
    Expected("The magazine “Der Wegweiser” wrote that the toll was unfair.", "Wegweiser", .outletName, .subjectBefore),
    Expected("The portal Dorn Heute wrote that the toll was unfair.", "Heute", .outletName, .subjectBefore),
    Expected("Radio Dorn reported that the toll was unfair.", "Dorn", .outletName, .subjectBefore),
    Expected("The operator Brenkline insists the toll is fair.", "Brenkline", .organization, .subjectBefore),
    Expected("The bridge reportedly has no railing.", nil, .none, .passive),
    Expected("Transport minister: No new toll this year", "minister", .office, .headline),
  ]

  @Test("the source, its class and the form of its attribution are found", arguments: sentences)
  func finds(expected: Expected) throws {
    let (attribution, head) = try #require(best(expected.text))
    #expect(head == expected.head, "\(expected.text)")
    #expect(attribution.source.sourceClass == expected.source, "\(expected.text)")
    #expect(attribution.kind == expected.kind, "\(expected.text)")
  }

  @Test(
    "what follows a cue tells a report from an act",
    arguments: [
      ("Venn said that the toll would rise.", Complement.that), ("Venn said the toll would rise.", .clause),
      ("Venn said: “It will rise.”", .quotation), ("Venn vowed to lower it.", .infinitive),
      ("Venn announced a truce.", .phrase), ("Venn spoke of a truce.", .preposition),
      ("It will rise, Venn said on Monday.", .end), ("Venn told reporters in Dorn that it would rise.", .that),
    ])
  func complement(text: String, expected: Complement) throws {
    #expect(try #require(best(text)).attribution.complement == expected, "\(text)")
  }

  @Test(
    "an attribution behind all that it covers is told from one that opens its sentence",
    arguments: [
      ("The toll will rise, the Dorn Courier reported on Monday.", true), ("“It will rise,” Venn told Reuters.", true),
      ("The Dorn Courier reported that the toll would rise.", false), ("Venn said it would rise.", false),
    ])
  func closing(text: String, expected: Bool) throws {
    #expect(try #require(best(text)).attribution.isClosing == expected, "\(text)")
  }

  @Test("a sentence without a cue has no attribution, nor has one that only says what nobody knows")
  func none() {
    #expect(best("The bridge over the Dorn.") == nil)
    #expect(best("It is not known whether the bridge is safe.") == nil)
  }

  @Test("a headline whose first half tells something names no speaker")
  func tellingHeadline() {
    #expect(best("Toll divides the town of Dorn: “No” at the ferry")?.attribution.kind != .headline)
  }

  @Test(
    "an office of a state is as definite with its name as with an article",
    arguments: [
      ("Mexico’s attorney general said the bridge was open.", Determiner.definite),
      ("The country’s foreign minister said the bridge was open.", .definite),
      ("Venn’s lawyer said the bridge was open.", .possessive),
    ])
  func owner(text: String, expected: Determiner) throws {
    #expect(try #require(best(text)).attribution.source.determiner == expected, "\(text)")
  }

  @Test("a cue inside the quotation loses to the one outside")
  func quoted() throws {
    let (attribution, head) = try #require(best("“The minister said it was open,” Orla Venn told reporters."))
    #expect(head == "Venn" && !attribution.isQuoted)
  }

  @Test("quotation marks are read whether they open, close or run on")
  func quotation() {
    func reading(_ text: String) -> (begins: Bool, ends: Bool, words: Int) {
      var reading = SentenceReading()
      let bytes = Array(text.utf8)
      reading.read(Tokenizer().tokens(of: bytes).span, text: bytes.span, lexicon: .english)
      return (reading.beginsQuoted, reading.endsQuoted, reading.quotedWords)
    }
    #expect(reading("“The bridge is open.”") == (false, false, 4))
    #expect(reading("“The bridge is open.") == (false, true, 4))
    #expect(reading("It is open,” he said.") == (true, false, 3))
    #expect(reading("It is open.") == (false, false, 0))
    // Single marks quote where there are no double ones, but apostrophes do not.
    #expect(reading("'The bridge is open.'") == (false, false, 4))
    #expect(reading("He said: ‘The bridge is open.") == (false, true, 4))
    #expect(reading("It is open,' he said.") == (true, false, 3))
    #expect(reading("The 'bridge to nowhere' is open.") == (false, false, 3))
    #expect(reading("It was built in the '90s by the rebels' men.") == (false, false, 0))
    #expect(reading("“The ‘bridge’ is open.") == (false, true, 4))
  }

  @Test(
    "any text is read, in time that grows with its length",
    arguments: ["said ", "\" said , ", "the of ", "Venn , ", "( ) . "])
  func hostile(piece: String) {
    var parser = AttributionParser()
    func seconds(_ count: Int) -> Double {
      let bytes = Array(String(repeating: piece, count: count).utf8)
      let tokens = Tokenizer().tokens(of: bytes)
      let clock = ContinuousClock()
      return (0..<3).map { _ in
        clock.measure { parser.parse(tokens.span, text: bytes.span, lexicon: .english) } / .seconds(1)
      }.min() ?? 0
    }
    _ = seconds(1000)
    // Eight times the text may take at most thirty times as long: quadratic work would take sixty-four.
    #expect(seconds(16_000) < 30 * max(seconds(2000), 1e-5))
  }

  @Test("random bytes are read")
  func random() {
    var generator = SeededGenerator(seed: 5)
    var parser = AttributionParser()
    let pieces = [
      "\"", "“", "said", "the", "Venn", ",", ".", "'s", "that", "According", "to", "(", "**", "é", "\u{0}", "by", "of",
    ]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined(separator: Bool.random(using: &generator) ? " " : "")
      let bytes = Array(text.utf8)
      let tokens = Tokenizer().tokens(of: bytes)
      parser.parse(tokens.span, text: bytes.span, lexicon: .english)
      for index in 0..<parser.attributions.count {
        let attribution = parser.attributions[index]
        #expect(attribution.cue < tokens.count)
        #expect(attribution.source.sourceClass == .none || attribution.source.head < tokens.count)
      }
    }
  }
}
