import Corpus
import FeatureExtraction
import LinearAlgebra
import Testing
import TextProcessing

@Suite("character n-grams")
struct CharacterNGramsTests {
  private let counts = Weighting(frequency: .count, inverseDocumentFrequency: false, normalization: .none)

  private func columns(_ texts: [String], orders: ClosedRange<Int>) throws -> FeatureMatrix {
    let configuration = FeatureExtractor.Configuration(
      words: nil, characters: .init(orders: orders, weighting: counts),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 1000))
    return try FeatureExtractor.fit(configuration, statements: Invented.statements(texts)).matrix
  }

  @Test("a word and its two boundary marks give every run of the asked lengths")
  func hand() throws {
    // " nato " has 5 pairs, 4 triples, 3 fours, 2 fives; none twice.
    #expect(try columns(["nato"], orders: 2...5).sparse.entryCount == 14)
  }

  @Test("a run that comes twice is counted twice")
  func repeated() throws {
    // " banana ": " b" "ba" "an" "na" "an" "na" "a " are five pairs, two of them twice.
    #expect(try columns(["banana"], orders: 2...2).sparse.values.sorted() == [1, 1, 1, 2, 2])
  }

  @Test("a word shorter than the n-gram gives itself once")
  func short() throws {
    #expect(try columns(["a"], orders: 5...8).sparse.values == [1])
    #expect(try columns(["a"], orders: 3...8).sparse.values == [1])
    #expect(try columns(["a"], orders: 2...3).sparse.values == [1, 1, 1])
  }

  @Test("runs do not cross from word to word, and numbers, masks and punctuation give none")
  func withinWords() throws {
    #expect(try columns(["ab ba"], orders: 2...2).sparse.entryCount == 6)
    #expect(try columns(["12 **** , \" .", "word"], orders: 2...5).sparse.offsets[1] == 0)
  }

  @Test(
    "case, composition and the form of an apostrophe make no difference",
    arguments: [
      ("NATO", "nato"), ("caf\u{E9}", "CAFE\u{301}"), ("don't", "don\u{2019}t"), ("\u{141}\u{D3}D\u{179}", "łódź"),
    ])
  func folded(left: String, right: String) throws {
    let matrix = try columns([left, right], orders: 2...4).sparse
    #expect(matrix.entryCount > 0)
    #expect(matrix.selecting(rows: [0]) == matrix.selecting(rows: [1]))
  }
}
