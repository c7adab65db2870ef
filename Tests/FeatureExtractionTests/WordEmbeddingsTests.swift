import CPlatform
import Corpus
import FeatureExtraction
import LinearAlgebra
import TestSupport
import Testing
import TextProcessing

@Suite("Word embeddings")
struct WordEmbeddingsTests {
  /// Four words on the axes of a plane; `bad` points against `good`.
  static let vectors = try? WordVectors(
    words: ["good", "bad", "mayor", "plan"],
    elements: FlatArray([127, 0, -127, 0, 0, 127, 0, -64]), factors: FlatArray([1 / 127, 1 / 127, 1 / 127, 1 / 64]))

  private func rows(
    _ views: [WordEmbeddings.View], scale: Float = 1, _ statements: [Statement]
  ) throws -> [[Float]] {
    let configuration = FeatureExtractor.Configuration(
      target: .name, embeddings: WordEmbeddings.Configuration(views: views, scale: scale),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 1000))
    let (_, matrix) = try FeatureExtractor.fit(
      configuration, statements: statements, wordVectors: Self.vectors)
    let dense = try #require(matrix.dense)
    return (0..<dense.rowCount).map { row in
      Array(dense.values[row * dense.columnCount..<(row + 1) * dense.columnCount])
    }
  }

  private func statement(_ text: String, target: String? = "Ann", span: Range<Int>? = nil) -> Statement {
    Statement(id: "1", text: text, target: target, targetSpan: span)
  }

  private func expect(_ found: [Float], near wanted: [Float], _ place: SourceLocation = #_sourceLocation) {
    #expect(found.count == wanted.count, sourceLocation: place)
    for (a, b) in zip(found, wanted) { #expect(abs(a - b) < 1e-5, sourceLocation: place) }
  }

  @Test("a statement is the direction of the sum of its words, whatever their case, times the scale")
  func sum() throws {
    let half = Float(0.5).squareRoot()
    expect(try rows([.statement], [statement("Good mayor")])[0], near: [half, half])
    expect(try rows([.statement], scale: 0.5, [statement("GOOD")])[0], near: [0.5, 0])
  }

  @Test("words that cancel out, unknown words and empty texts give zeros")
  func zeros() throws {
    let found = try rows([.statement], [statement("good bad"), statement("zxcv"), statement(""), statement("plan")])
    expect(found[0], near: [0, 0])
    expect(found[1], near: [0, 0])
    expect(found[2], near: [0, 0])
    expect(found[3], near: [0, -1])
  }

  @Test("what stands before the mention and what stands after it are told apart")
  func sides() throws {
    let found = try rows([.before, .after], [statement("A good Ann met the mayor")])
    expect(found[0], near: [1, 0, 0, 1])
  }

  @Test("the span decides which of two equal names is the mention")
  func span() throws {
    let text = "Ann is good and Ann is bad"
    expect(try rows([.nearBefore], [statement(text, span: 16..<19)])[0], near: [1, 0])
    expect(try rows([.nearBefore], [statement(text, span: 0..<3)])[0], near: [0, 0])
  }

  @Test("near views end after five words, adjacent views after one")
  func near() throws {
    let views: [WordEmbeddings.View] = [.nearAfter, .wordAfter]
    expect(try rows(views, [statement("Ann a b c d good mayor")])[0], near: [1, 0, 0, 0])
    expect(try rows(views, [statement("Ann good mayor")])[0].suffix(2).map { $0 }, near: [1, 0])
  }

  @Test("in a fading view each word counts e^(-1/2) times the one before")
  func fading() throws {
    let found = try rows([.fadingAfter], [statement("Ann good mayor")])[0]
    #expect(abs(found[1] / found[0] - 0.606_531) < 1e-5)
  }

  @Test("a statement without a mention has zeros around it and keeps its sum")
  func unmentioned() throws {
    expect(
      try rows([.before, .after, .wordAfter, .statement], [statement("good")])[0], near: [0, 0, 0, 0, 0, 0, 1, 0])
  }

  @Test("target, product, difference and cosine compare the statement with the target's wording")
  func comparison() throws {
    let views: [WordEmbeddings.View] = [.target, .product, .difference, .cosine]
    let same = try rows(views, [statement("a good one", target: "good")])[0]
    // The mention is a symbol and has no vector, so the statement sums up to nothing.
    expect(same, near: [1, 0, 0, 0, 1, 0, 0, 0])
    let other = try rows(views, [statement("bad", target: "good")])[0]
    expect(other, near: [1, 0, -Float(2).squareRoot(), 0, 2, 0, -2, -2])
  }

  @Test("what was made of a target is not taken for another, whatever came before, to the last bit")
  func changingTargets() throws {
    let views: [WordEmbeddings.View] = [.statement, .target, .product, .difference, .cosine, .wordAfter]
    let long = Array(repeating: "good mayor plan", count: 40).joined(separator: " ")
    let statements = ["good", "bad", "good", "mayor", "mayor", "plan good"].enumerated().flatMap { index, target in
      [statement("a bad mayor", target: target), statement(index % 2 == 0 ? long : "the plan", target: target)]
    }
    let together = try rows(views, scale: 0.35, statements)
    for (row, statement) in zip(together, statements) {
      #expect(try rows(views, scale: 0.35, [statement])[0] == row)
    }
  }

  @Test(
    "many vectors at a time add up to the same bits as one after the other, in registers of any width",
    arguments: [2, 31, 32, 101, 192, 229, 420])
  func sums(dimension: Int) throws {
    var generator = SeededGenerator(seed: 13)
    let words = ["good", "bad", "mayor", "plan"]
    let vectors = try WordVectors(
      words: words,
      elements: FlatArray((0..<4 * dimension).map { _ in Int8.random(in: -128...127, using: &generator) }),
      factors: FlatArray((0..<4).map { _ in Float.random(in: 0.001...0.01, using: &generator) }))
    let units = (0..<300).map { _ in Tokenizer.foldedHash(of: (words + ["zxcv"]).randomElement(using: &generator)!) }
    var hashes = Scratch<UInt64>()
    for unit in units { hashes.append(unit) }
    var found = Scratch<Int32>()
    vectors.findRows(of: hashes, into: &found)
    var plain = Scratch<Float>()
    plain.assign(repeating: 0, count: dimension + 1)
    for unit in units[7..<290] {
      if let row = vectors.row(ofFoldedWord: unit) { vectors.add(row: row, times: 1, to: &plain, at: 1) }
    }
    defer { platform_limit_vectors(512) }
    for width in [0, 256, 512] {
      platform_limit_vectors(CInt(width))
      var fast = Scratch<Float>()
      fast.assign(repeating: 0, count: dimension + 1)
      vectors.add(found, 7..<290, to: &fast, at: 1)
      for k in 0...dimension { #expect(fast[k] == plain[k]) }
    }
  }

  @Test("a statement has its sum in columns of its target's own, too, the most frequent target first")
  func crossed() throws {
    let statements = [
      statement("good"), statement("good mayor", target: "Bob"), statement("bad", target: "bob"),
      statement("zxcv", target: "Bob"),
    ]
    let found = try rows([.crossed, .statement], scale: 2, statements)
    expect(found[0], near: [0, 0, 2, 0, 2, 0])
    let half = Float(2).squareRoot()
    expect(found[1], near: [half, half, 0, 0, half, half])
    expect(found[2], near: [-2, 0, 0, 0, -2, 0])
    expect(found[3], near: [0, 0, 0, 0, 0, 0])
  }

  @Test("a target that training did not see has no columns of its own, whether the extractor is new or stored")
  func unseenTarget() throws {
    let configuration = FeatureExtractor.Configuration(
      target: .topic, embeddings: WordEmbeddings.Configuration(views: .aboutTopic),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 1000))
    let (extractor, _) = try FeatureExtractor.fit(
      configuration, statements: [statement("good"), statement("plan", target: "Bob")], wordVectors: Self.vectors)
    #expect(extractor.denseColumnCount == 6)
    let again = try FeatureExtractor(
      configuration: configuration, columnCount: extractor.columnCount, state: extractor.state)
    let statements = [
      statement("good", target: "Eve"), statement("good", target: "Bob"), statement("good", target: nil),
    ]
    let matrix = extractor.matrix(of: statements)
    #expect(again.matrix(of: statements) == matrix)
    let dense = try #require(matrix.dense)
    #expect(dense.values[2..<6].allSatisfy { $0 == 0 } && dense.values[14..<18].allSatisfy { $0 == 0 })
    #expect(dense.values[8..<12].contains { $0 != 0 })
  }

  @Test("embeddings without a table of vectors, or without views, are refused")
  func refusals() throws {
    let configuration = FeatureExtractor.Configuration(embeddings: WordEmbeddings.Configuration())
    #expect(throws: FeatureExtractionError.missingWordVectors) {
      try FeatureExtractor.fit(configuration, statements: [statement("good")])
    }
    let views = FeatureExtractor.Configuration(embeddings: WordEmbeddings.Configuration(views: [.before, .before]))
    #expect(throws: FeatureExtractionError.invalidViews(names: ["before", "before"])) { try views.validated() }
  }

  @Test("an extractor made again of its state gives the same dense features")
  func state() throws {
    let configuration = FeatureExtractor.Configuration(
      target: .name, embeddings: WordEmbeddings.Configuration(),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 1000))
    let statements = [statement("A good Ann met the bad mayor"), statement("the plan")]
    let (extractor, matrix) = try FeatureExtractor.fit(
      configuration, statements: statements, wordVectors: Self.vectors)
    let again = try FeatureExtractor(
      configuration: configuration, columnCount: extractor.columnCount, state: extractor.state)
    #expect(again.matrix(of: statements, threads: 2) == matrix)
    #expect(again.denseColumnCount == 18)
  }

  @Test("a table whose parts do not fit is refused")
  func damagedTable() {
    #expect(throws: FeatureExtractionError.self) {
      try WordVectors(words: ["a", "b"], elements: FlatArray([1, 2, 3]), factors: FlatArray([1, 1]))
    }
    #expect(throws: FeatureExtractionError.self) {
      try WordVectors(words: ["a"], elements: FlatArray([1, 2]), factors: FlatArray([1, 1]))
    }
  }

  @Test(
    "a damaged state is refused", arguments: ["word_vectors.rows", "word_vectors.elements", "word_vectors.factors"])
  func damagedState(name: String) throws {
    let configuration = FeatureExtractor.Configuration(
      embeddings: WordEmbeddings.Configuration(views: [.statement]),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 1000))
    let (extractor, _) = try FeatureExtractor.fit(
      configuration, statements: [statement("good")], wordVectors: Self.vectors)
    var state = extractor.state
    state[name] = nil
    #expect(throws: FeatureExtractionError.invalidState(array: name, problem: "is missing")) {
      try FeatureExtractor(configuration: configuration, columnCount: extractor.columnCount, state: state)
    }
  }
}
