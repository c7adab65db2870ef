import Corpus
import FeatureExtraction
import LinearAlgebra
import Testing
import TextProcessing

@Suite("word n-grams")
struct WordNGramsTests {
  private func fit(
    _ texts: [String], _ configuration: FeatureExtractor.Configuration
  ) throws -> (extractor: FeatureExtractor, matrix: FeatureMatrix) {
    let statements = texts.enumerated().map { Statement(id: "\($0.offset)", text: $0.element) }
    return try FeatureExtractor.fit(configuration, statements: statements)
  }

  private let counts = Weighting(frequency: .count, inverseDocumentFrequency: false, normalization: .none)

  @Test("a feature is a column, the most frequent first, and its value the number of its occurrences")
  func counted() throws {
    let configuration = FeatureExtractor.Configuration(
      words: .init(orders: 1...1, weighting: counts), space: .vocabulary(minimumDocuments: 1, maximumSize: 100))
    // "talks" is in three statements, "resumed" in two, "stalled" in one.
    let (extractor, matrix) = try fit(["Talks resumed talks", "talks resumed", "talks stalled"], configuration)
    #expect(extractor.columnCount == 3)
    #expect(matrix.sparse.offsets == [0, 2, 4, 6])
    #expect(matrix.sparse.columns == [0, 1, 0, 1, 0, 2])
    #expect(matrix.sparse.values == [2, 1, 1, 1, 1, 1])
  }

  @Test("orders 1 to 3 of five words are 5 + 4 + 3 features")
  func orders() throws {
    let configuration = FeatureExtractor.Configuration(
      words: .init(orders: 1...3, weighting: counts), space: .vocabulary(minimumDocuments: 1, maximumSize: 100))
    let (extractor, _) = try fit(["the council voted against it"], configuration)
    #expect(extractor.columnCount == 12)
  }

  @Test("an order that a short statement does not reach is left out")
  func shortStatement() throws {
    let configuration = FeatureExtractor.Configuration(
      words: .init(orders: 2...3, weighting: counts), space: .vocabulary(minimumDocuments: 1, maximumSize: 100))
    let (extractor, matrix) = try fit(["one two three", "one", ""], configuration)
    #expect(extractor.columnCount == 3)
    #expect(matrix.sparse.offsets == [0, 3, 3, 3])
  }

  @Test("the order of words tells n-grams apart, and so does their length")
  func identity() throws {
    let configuration = FeatureExtractor.Configuration(
      words: .init(orders: 2...2, weighting: counts), space: .vocabulary(minimumDocuments: 1, maximumSize: 100))
    let (extractor, _) = try fit(["yes no", "no yes", "no no"], configuration)
    #expect(extractor.columnCount == 3)
  }

  @Test(
    "case is folded, kept, or both",
    arguments: [(WordNGrams.Configuration.LetterCase.folded, 1), (.exact, 2), (.both, 2)])
  func letterCase(letterCase: WordNGrams.Configuration.LetterCase, columns: Int) throws {
    let configuration = FeatureExtractor.Configuration(
      words: .init(orders: 1...1, letterCase: letterCase, weighting: counts),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 100))
    let (extractor, _) = try fit(["nato", "NATO"], configuration)
    #expect(extractor.columnCount == columns)
  }

  @Test("punctuation takes part, or does not")
  func punctuation() throws {
    var configuration = FeatureExtractor.Configuration(
      words: .init(orders: 1...2, weighting: counts), space: .vocabulary(minimumDocuments: 1, maximumSize: 100))
    #expect(try fit(["no, never"], configuration).extractor.columnCount == 5)
    configuration.includesPunctuation = false
    #expect(try fit(["no, never"], configuration).extractor.columnCount == 3)
  }

  @Test("all numbers are one feature, and all masks another")
  func classes() throws {
    let configuration = FeatureExtractor.Configuration(
      words: .init(orders: 1...1, weighting: counts), space: .vocabulary(minimumDocuments: 1, maximumSize: 100))
    let (_, matrix) = try fit(["12 3.5 1,000 **** ***"], configuration)
    #expect(matrix.sparse.values.sorted() == [2, 3])
  }

  @Test("canonically equivalent texts have the same features")
  func equivalence() throws {
    let configuration = FeatureExtractor.Configuration(space: .hashed(bits: 16))
    let (_, matrix) = try fit(["caf\u{E9} closed", "cafe\u{301} closed"], configuration)
    #expect(matrix.sparse.selecting(rows: [0]) == matrix.sparse.selecting(rows: [1]))
  }

  @Test("a final newline, or white space around, changes nothing")
  func framing() throws {
    let configuration = FeatureExtractor.Configuration(space: .hashed(bits: 16))
    let (_, matrix) = try fit(["The talks failed.", "The talks failed.\n", " The talks failed.\r\n"], configuration)
    #expect(matrix.sparse.selecting(rows: [0]) == matrix.sparse.selecting(rows: [1]))
    #expect(matrix.sparse.selecting(rows: [0]) == matrix.sparse.selecting(rows: [2]))
  }
}
