import Corpus
import FeatureExtraction
import LinearAlgebra
import Testing

@Suite("Wording of the target")
struct TargetWordingTests {
  private func matrix(
    _ target: TargetContext.Configuration, _ statements: [(text: String, target: String)],
    words: WordNGrams.Configuration? = nil
  ) throws -> SparseMatrix {
    let configuration = FeatureExtractor.Configuration(
      words: words, target: target, space: .vocabulary(minimumDocuments: 1, maximumSize: 1000))
    return try FeatureExtractor.fit(
      configuration, statements: statements.map { Statement(id: "1", text: $0.text, target: $0.target) }
    ).matrix.sparse
  }

  private func columns(_ matrix: SparseMatrix, _ row: Int) -> Set<UInt32> {
    Set(matrix.columns[matrix.offsets[row]..<matrix.offsets[row + 1]])
  }

  @Test("n-grams of the wording belong to the target, not to the text")
  func wording() throws {
    let target = TargetContext.Configuration(replacesMentions: false, sideOrders: nil, wordingOrders: 1...2)
    let found = try matrix(target, [("one text", "free trade"), ("another", "Free Trade"), ("one text", "trade")])
    #expect(columns(found, 0) == columns(found, 1))
    #expect(columns(found, 0).count == 3)
    #expect(columns(found, 2).isStrictSubset(of: columns(found, 0)))
  }

  @Test("crossed with two targets a word is a feature of each, beside the one that both share")
  func crossed() throws {
    let target = TargetContext.Configuration(replacesMentions: false, sideOrders: nil, crossesTarget: true)
    let found = try matrix(
      target, [("build the wall", "Ann"), ("build the wall", "Bob"), ("the wall", "Ann")],
      words: WordNGrams.Configuration(orders: 1...1))
    #expect(columns(found, 0).count == 6)
    #expect(columns(found, 0).intersection(columns(found, 1)).count == 3)
    #expect(columns(found, 2).isStrictSubset(of: columns(found, 0)))
  }

  @Test("crossed character n-grams are a family of their own")
  func crossedCharacters() throws {
    let configuration = FeatureExtractor.Configuration(
      words: nil, characters: CharacterNGrams.Configuration(orders: 3...3),
      target: TargetContext.Configuration(replacesMentions: false, sideOrders: nil, crossesTarget: true),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 1000))
    let statements = ["Ann", "Bob"].map { Statement(id: $0, text: "wall", target: $0) }
    let found = try FeatureExtractor.fit(configuration, statements: statements).matrix.sparse
    #expect(found.columnCount == 3 * (found.offsets[1] / 2))
  }

  @Test("orders out of bounds are refused")
  func refusal() {
    let target = TargetContext.Configuration(wordingOrders: 1...9)
    #expect(throws: FeatureExtractionError.invalidOrders(family: "target", lower: 1, upper: 9, allowed: 1...5)) {
      try FeatureExtractor.Configuration(target: target).validated()
    }
  }
}
