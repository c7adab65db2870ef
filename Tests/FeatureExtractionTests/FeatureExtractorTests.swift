import Corpus
import FeatureExtraction
import LinearAlgebra
import TestSupport
import Testing
import TextProcessing

@Suite("feature extractor")
struct FeatureExtractorTests {
  @Test("the number of threads changes nothing, neither what is learnt nor what is extracted", arguments: 0..<4)
  func threads(index: Int) throws {
    let statements = Invented.random(count: 5000, seed: 7)
    let configuration = Invented.configurations[index]
    let (one, matrixOfOne) = try FeatureExtractor.fit(configuration, statements: statements, threads: 1)
    for threads in 2...3 {
      let (several, matrix) = try FeatureExtractor.fit(configuration, statements: statements, threads: threads)
      #expect(several.state == one.state)
      #expect(matrix == matrixOfOne)
    }
  }

  @Test("a statement has the same features alone and among others", arguments: 0..<4)
  func alone(index: Int) throws {
    let statements = Invented.random(count: 300, seed: 11)
    let (extractor, matrix) = try FeatureExtractor.fit(Invented.configurations[index], statements: statements)
    for row in stride(from: 0, to: statements.count, by: 7) {
      #expect(extractor.matrix(of: [statements[row]]).sparse == matrix.sparse.selecting(rows: [row]))
    }
  }

  @Test("an extractor of stored configuration and state is the same extractor", arguments: 0..<4)
  func stored(index: Int) throws {
    let statements = Invented.random(count: 500, seed: 3)
    let (extractor, matrix) = try FeatureExtractor.fit(Invented.configurations[index], statements: statements)
    let again = try FeatureExtractor(
      configuration: extractor.configuration, columnCount: extractor.columnCount, state: extractor.state)
    #expect(again.matrix(of: statements) == matrix)
  }

  @Test("the occurrences of features add up to the row and name the tokens that made them", arguments: 0..<4)
  func occurrences(index: Int) throws {
    let statements = Invented.random(count: 60, seed: 17)
    let (extractor, matrix) = try FeatureExtractor.fit(Invented.configurations[index], statements: statements)
    for (row, statement) in statements.enumerated() {
      let origins = extractor.origins(in: statement, denseWeights: [])
      let (tokens, occurrences) = (origins.tokens, origins.occurrences)
      var sums: [UInt32: Float] = [:]
      for occurrence in occurrences {
        #expect(occurrence.tokens.upperBound < tokens.count)
        sums[occurrence.column, default: 0] += occurrence.value
      }
      let range = matrix.sparse.offsets[row]..<matrix.sparse.offsets[row + 1]
      #expect(sums.keys.sorted() == Array(matrix.sparse.columns[range]))
      for entry in range {
        #expect(abs((sums[matrix.sparse.columns[entry]] ?? 0) - matrix.sparse.values[entry]) < 1e-5)
      }
    }
  }

  @Test("random bytes are read, whatever they are")
  func randomBytes() throws {
    var generator = SeededGenerator(seed: 5)
    let families = Invented.configurations.map(FeatureFamilies.init)
    var workspace = FeatureWorkspace(recordsSpans: true)
    var tokens: [Token] = []
    for round in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
        round % 2 == 0 ? UInt8.random(in: 0...255, using: &generator) : UInt8.random(in: 32...127, using: &generator)
      }
      Tokenizer().tokenize(bytes.span, into: &tokens)
      let span = Int.random(in: 0...20, using: &generator)
      let target = TargetReference(pattern: TargetPattern("ab c"), span: span..<span + 3)
      for families in families {
        families.emit(bytes.span, tokens: tokens.span, target: target, into: &workspace)
        for occurrence in 0..<workspace.features.keys.count {
          let range = workspace.features.tokens(of: occurrence)
          #expect(range.upperBound < max(tokens.count, 1))
        }
      }
    }
  }

  @Test("what is stored of another model is refused")
  func wrongState() throws {
    let (extractor, _) = try FeatureExtractor.fit(.init(), statements: Invented.statements)
    let configuration = extractor.configuration
    #expect(throws: FeatureExtractionError.self) {
      try FeatureExtractor(configuration: configuration, columnCount: extractor.columnCount, state: [:])
    }
    #expect(throws: FeatureExtractionError.self) {
      try FeatureExtractor(
        configuration: configuration, columnCount: extractor.columnCount - 1, state: extractor.state)
    }
    var state = extractor.state
    state["idf"] = .float32(FlatArray([1, 2]))
    #expect(throws: FeatureExtractionError.self) {
      try FeatureExtractor(configuration: configuration, columnCount: extractor.columnCount, state: state)
    }
  }

  @Test("settings out of bounds are refused by name")
  func invalid() {
    #expect(throws: FeatureExtractionError.invalidHashBits(bits: 40, allowed: 1...26)) {
      try FeatureExtractor.Configuration(space: .hashed(bits: 40)).validated()
    }
    #expect(throws: FeatureExtractionError.invalidOrders(family: "words", lower: 1, upper: 9, allowed: 1...5)) {
      try FeatureExtractor.Configuration(words: .init(orders: 1...9)).validated()
    }
    #expect(throws: FeatureExtractionError.noFeatures) {
      try FeatureExtractor.Configuration(words: nil).validated()
    }
    #expect(throws: FeatureExtractionError.invalidScale(family: "words", scale: 0)) {
      try FeatureExtractor.Configuration(words: .init(weighting: Weighting(scale: 0))).validated()
    }
    #expect(throws: FeatureExtractionError.uncountedOccurrences(family: "words")) {
      try FeatureExtractor.Configuration(words: .init(weighting: Weighting(normalization: .occurrences))).validated()
    }
    #expect(throws: FeatureExtractionError.noStatements) { try FeatureExtractor.fit(.init(), statements: []) }
    #expect(throws: FeatureExtractionError.emptyVocabulary(minimumDocuments: 2)) {
      try FeatureExtractor.fit(.init(), statements: Invented.statements(["one", "two"]))
    }
  }

  @Test("pruning keeps the most frequent features, and the same ones whatever the order of the statements")
  func pruning() throws {
    let configuration = FeatureExtractor.Configuration(space: .vocabulary(minimumDocuments: 2, maximumSize: 10))
    let (extractor, matrix) = try FeatureExtractor.fit(configuration, statements: Invented.statements)
    #expect(extractor.columnCount == 10)
    let (reversed, _) = try FeatureExtractor.fit(configuration, statements: Invented.statements.reversed())
    #expect(reversed.state == extractor.state)
    var documents = [Int](repeating: 0, count: 10)
    for column in matrix.sparse.columns { documents[Int(column)] += 1 }
    #expect(documents == documents.sorted(by: >))
  }

  @Test("a hashed space in which no two features meet has the values of a vocabulary")
  func hashedFrequencies() throws {
    let statements = Invented.random(count: 60, seed: 5)
    func rows(_ space: FeatureSpace) throws -> [[Float]] {
      let configuration = FeatureExtractor.Configuration(words: WordNGrams.Configuration(orders: 1...1), space: space)
      let (_, matrix) = try FeatureExtractor.fit(configuration, statements: statements, threads: 2)
      return (0..<statements.count).map { row in
        matrix.sparse.values[matrix.sparse.offsets[row]..<matrix.sparse.offsets[row + 1]].sorted()
      }
    }
    let hashed = try rows(.hashed(bits: 22))
    let exact = try rows(.vocabulary(minimumDocuments: 1, maximumSize: 1 << 20))
    for (one, other) in zip(hashed, exact) {
      #expect(one.count == other.count)
      for (a, b) in zip(one, other) { #expect(abs(a - b) < 1e-6) }
    }
  }
}
