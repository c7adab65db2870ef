import Corpus
import FeatureExtraction
import LinearAlgebra
import TestSupport
import Testing
import TextProcessing

@Suite("Who acts on whom around a target")
struct TargetRolesTests {
  private static let target = "Ostrev"

  /// The parts that the target plays in a text, each with its word.
  private func parts(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    let tokens = Tokenizer().tokens(of: bytes)
    var mentions = TargetMentions()
    mentions.find(TargetReference(pattern: TargetPattern(Self.target)), in: bytes.span, tokens: tokens.span)
    guard mentions.count > 0 else { return [] }
    var reading = TargetReading()
    reading.read(tokens.span, mention: mentions[0], lexicon: .target)
    return (0..<reading.parts.count).map { index in
      let word = tokens[reading.parts[index].word]
      return "\(reading.parts[index].role) \(String(decoding: bytes[Int(word.start)..<Int(word.end)], as: UTF8.self))"
    }
  }

  @Test(
    "the part is told by order and by the words between",
    arguments: [
      ("Ostrev attacked the plan.", ["subject attacked"]),
      ("Ostrev has not yet attacked the plan.", ["subject attacked"]),
      ("Ostrev, the mayor of Venn, attacked the plan.", ["subject attacked"]),
      ("Ostrev, who attacked the plan, left.", ["subject attacked"]),
      ("Ostrev (56) attacked the plan.", ["subject attacked"]),
      ("Ostrev and Lund attacked the plan.", ["subject attacked"]),
      ("Ostrev has a plan.", ["subject has"]),
      ("Ostrev will frobnicate.", ["subject frobnicate"]),
      ("Ostrev was attacked.", ["passive attacked"]),
      ("Ostrev is attacking the plan.", ["subject attacking"]),
      ("Ostrev is a corrupt man.", ["predicate corrupt"]),
      ("Ostrev is reckless.", ["predicate reckless"]),
      ("The union attacked Ostrev.", ["object attacked"]),
      ("The union attacked Mayor Ostrev.", ["object attacked"]),
      ("The plan was attacked by Ostrev.", ["agent attacked"]),
      ("Attacks on Ostrev continue.", ["subject continue", "governed Attacks"]),
      ("Ostrev's latest attacks failed.", ["possessor attacks"]),
      ("“It is late,” said Ostrev.", ["subject said"]),
      ("According to Ostrev, it is late.", ["subject to"]),
      ("Yes, Ostrev.", []),
    ])
  func roles(text: String, expected: [String]) {
    #expect(parts(text) == expected)
  }

  private static func configuration(_ space: FeatureSpace = .hashed(bits: 22)) -> FeatureExtractor.Configuration {
    .init(words: nil, target: .init(sideOrders: nil, roleWeighting: .binary), space: space)
  }

  /// The features of texts, a set of columns each.
  private func features(_ texts: [String]) throws -> [Set<UInt32>] {
    let matrix = try FeatureExtractor.fit(
      Self.configuration(), statements: texts.map { Statement(id: "1", text: $0, target: Self.target) }
    ).matrix.sparse
    return (0..<matrix.rowCount).map { Set(matrix.columns[matrix.offsets[$0]..<matrix.offsets[$0 + 1]]) }
  }

  @Test("a statement that does not name its target has no features")
  func unmentioned() throws {
    #expect(try features(["The union attacked Lund.", "The union attacked Ostrev."]).map(\.isEmpty) == [true, false])
  }

  @Test("who attacks is told from who is attacked, with the same words")
  func order() throws {
    let found = try features(["Lund attacked Ostrev.", "Ostrev attacked Lund."])
    #expect(!found[0].subtracting(found[1]).isEmpty && !found[1].subtracting(found[0]).isEmpty)
  }

  @Test("words of one polarity have features in common, and a negation turns them round")
  func polarity() throws {
    let praise = try features(["Ostrev is honest.", "Ostrev is brave.", "Ostrev is not corrupt."])
    let blame = try features(["Ostrev is corrupt.", "Ostrev is reckless.", "Ostrev is not honest."])
    let (common, contrary) = (
      praise.reduce(praise[0]) { $0.intersection($1) }, blame.reduce(blame[0]) { $0.intersection($1) }
    )
    #expect(common.subtracting(contrary).count >= 5)
    #expect(contrary.subtracting(common).count == common.subtracting(contrary).count)
    #expect(blame.allSatisfy { $0.isDisjoint(with: common.subtracting(contrary)) })
  }

  @Test("polarity is told by clause, by side and by distance")
  func places() throws {
    let texts = [
      "Ostrev came, a scandal.", "Ostrev came to a scandal.", "A scandal, Ostrev came.",
      "Ostrev came to one of the many towns of the north with a scandal.",
    ]
    #expect(Set(try features(texts)).count == texts.count)
    let found = try features(["Yes, Ostrev in a scandal.", "Yes, Ostrev, in a scandal."])
    #expect(!found[0].subtracting(found[1]).isEmpty && !found[1].subtracting(found[0]).isEmpty)
  }

  @Test("a target inside a quotation is told from one beside it and from one without")
  func quotation() throws {
    let found = try features([
      "“Yes, Ostrev”, again.", "“Yes”, Ostrev, again.", "Yes, Ostrev, again.", "Yes, Ostrev; “again”.",
    ])
    #expect(Set(found).count == 4)
  }

  @Test("a stored extractor brings its lexicon along")
  func stored() throws {
    let statements = ["Lund attacked Ostrev.", "Ostrev attacked Lund.", "Ostrev is honest."].map {
      Statement(id: "1", text: $0, target: Self.target)
    }
    let (extractor, matrix) = try FeatureExtractor.fit(
      Self.configuration(.vocabulary(minimumDocuments: 1, maximumSize: 1000)), statements: statements)
    let again = try FeatureExtractor(
      configuration: extractor.configuration, columnCount: extractor.columnCount, state: extractor.state)
    #expect(again.matrix(of: statements) == matrix && matrix.sparse.entryCount > 0)
    var state = extractor.state
    state["target_lexicon.classes"] = nil
    #expect(throws: FeatureExtractionError.self) {
      try FeatureExtractor(
        configuration: extractor.configuration, columnCount: extractor.columnCount, state: state)
    }
  }

  @Test("no word both praises and blames, and attribution reads neither")
  func lists() {
    let (praise, blame) = (WordClasses(.favorable), WordClasses(.unfavorable))
    func count(_ lexicon: Lexicon, _ classes: WordClasses) -> Int {
      (0..<lexicon.values.count).count { lexicon.values[$0] & classes.rawValue == classes.rawValue }
    }
    #expect(count(.target, praise) > 200 && count(.target, blame) > 200)
    #expect(count(.target, praise.union(blame)) == 0)
    #expect(count(.english, praise) == 0 && count(.english, blame) == 0)
  }
}
