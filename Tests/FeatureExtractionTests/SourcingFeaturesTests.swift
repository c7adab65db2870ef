import Corpus
import FeatureExtraction
import LinearAlgebra
import Testing

@Suite("sourcing features")
struct SourcingFeaturesTests {
  private let configuration = FeatureExtractor.Configuration(
    words: nil, sourcing: SourcingFeatures.Configuration(),
    space: .vocabulary(minimumDocuments: 1, maximumSize: 100_000))

  /// Articles of four sentences, the third of which runs on with a quotation.
  private func articles(_ count: Int) -> [Statement] {
    (0..<count).flatMap { article in
      [
        "The council of Dorn met \(article) times.",
        "“The bridge number \(article) is safe,” Orla Venn said, “and it was paid for.",
        "It will stand for \(article) years.”",
        "Residents of \(article) villages disagree.",
      ].enumerated().map { number, text in
        Statement(id: "\(article)#\(number)", text: text, group: "article \(article)")
      }
    }
  }

  private func alone(_ statements: [Statement]) -> [Statement] {
    statements.map { statement in
      var statement = statement
      statement.group = nil
      return statement
    }
  }

  private func entries(_ matrix: FeatureMatrix, row: Int) -> [UInt32] {
    Array(matrix.sparse.columns[matrix.sparse.offsets[row]..<matrix.sparse.offsets[row + 1]])
  }

  @Test("surroundings add features to a sentence of an article and none to a statement alone")
  func surroundings() throws {
    let statements = articles(20)
    let (extractor, _) = try FeatureExtractor.fit(configuration, statements: statements)
    let together = extractor.matrix(of: statements)
    let apart = extractor.matrix(of: alone(statements))
    for row in statements.indices {
      let all = entries(together, row: row)
      let own = entries(apart, row: row)
      #expect(Set(own).isSubset(of: all))
      #expect(all.count > own.count)
    }
    // The only sentence of its article stands alone.
    #expect(extractor.matrix(of: [statements[2]]).sparse == apart.sparse.selecting(rows: [2]))
  }

  @Test("the sentence in which a quotation runs on differs from the same words after another sentence")
  func continuedQuotation() throws {
    let statements = articles(20)
    let (extractor, _) = try FeatureExtractor.fit(configuration, statements: statements)
    var changed = Array(statements[0..<4])
    changed[1].text = "The bridge is safe."
    let before = extractor.matrix(of: Array(statements[0..<4]))
    let after = extractor.matrix(of: changed)
    #expect(entries(before, row: 2) != entries(after, row: 2))
  }

  @Test("the number of threads changes nothing")
  func threads() throws {
    let statements = articles(900)
    let (one, matrixOfOne) = try FeatureExtractor.fit(configuration, statements: statements, threads: 1)
    let (several, matrix) = try FeatureExtractor.fit(configuration, statements: statements, threads: 3)
    #expect(one.state == several.state)
    #expect(matrix == matrixOfOne)
  }

  @Test("a stored extractor brings its lexicon along")
  func stored() throws {
    let statements = articles(20)
    let (extractor, _) = try FeatureExtractor.fit(configuration, statements: statements)
    let again = try FeatureExtractor(
      configuration: extractor.configuration, columnCount: extractor.columnCount, state: extractor.state)
    #expect(again.matrix(of: statements) == extractor.matrix(of: statements))
    var state = extractor.state
    state["lexicon.keys"] = nil
    #expect(throws: FeatureExtractionError.self) {
      try FeatureExtractor(
        configuration: extractor.configuration, columnCount: extractor.columnCount, state: state)
    }
  }

  @Test("n-grams of word classes are out of bounds below one and above five", arguments: [0...2, 1...6])
  func bounds(orders: ClosedRange<Int>) {
    var configuration = configuration
    configuration.sourcing?.classOrders = orders
    #expect(throws: FeatureExtractionError.self) { try configuration.validated() }
  }

  @Test("names that the lexicon does not know are one symbol in n-grams of words, outlets and countries are not")
  func names() throws {
    let configuration = FeatureExtractor.Configuration(
      sourcing: SourcingFeatures.Configuration(attribution: nil, classes: nil, surroundings: nil),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 1000))
    func rows(_ texts: [String]) throws -> [SparseMatrix] {
      let statements = texts.enumerated().map { Statement(id: "\($0)", text: $1) }
      let matrix = try FeatureExtractor.fit(configuration, statements: statements).matrix.sparse
      return texts.indices.map { matrix.selecting(rows: [$0]) }
    }
    let persons = try rows(["Venn told them that it was late.", "Ostrev told them that it was late."])
    #expect(persons[0] == persons[1])
    let outlets = try rows(["Reuters told them that it was late.", "Ostrev told them that it was late."])
    #expect(outlets[0] != outlets[1])
  }

  @Test("names are one class: sentences that differ in names alone share their n-grams of classes")
  func delexicalized() throws {
    var configuration = configuration
    configuration.sourcing = SourcingFeatures.Configuration(attribution: nil, surroundings: nil)
    let statements = [
      Statement(id: "1", text: "Marta Venn told reporters in Dorn that it was late."),
      Statement(id: "2", text: "Peter Oster told reporters in Brenk that it was late."),
    ]
    let (_, matrix) = try FeatureExtractor.fit(configuration, statements: statements)
    #expect(matrix.sparse.selecting(rows: [0]) == matrix.sparse.selecting(rows: [1]))
  }
}
