import Corpus
import FeatureExtraction
import LinearAlgebra
import Testing

@Suite("Matched sentence")
struct MatchedSentenceTests {
  private func matrix(_ statements: [(text: String, target: String)]) throws -> SparseMatrix {
    let configuration = FeatureExtractor.Configuration(
      words: nil,
      target: .init(
        replacesMentions: false, sideOrders: nil, matchedOrders: 1...1, crossedWeighting: .binary),
      space: .hashed(bits: 22))
    return try FeatureExtractor.fit(
      configuration, statements: statements.map { Statement(id: "1", text: $0.text, target: $0.target) }
    ).matrix.sparse
  }

  private func columns(_ matrix: SparseMatrix, _ row: Int) -> Set<UInt32> {
    Set(matrix.columns[matrix.offsets[row]..<matrix.offsets[row + 1]])
  }

  @Test("is the sentence that shares most with the target's wording, wherever it stands")
  func place() throws {
    let target = "the council opens the new bridge"
    let found = try matrix([
      ("Rain fell. The council denied that the bridge opens. Nobody came.", target),
      ("The council denied that the bridge opens.", target),
      ("The council denied that the bridge opens. The council met.", target),
      ("Rain fell. Nobody came.", target),
    ])
    #expect(columns(found, 0) == columns(found, 1))
    #expect(columns(found, 0).count == 7)
    #expect(columns(found, 2) == columns(found, 1))
    #expect(columns(found, 3).isEmpty)
  }

  @Test("short words in small letters make no match")
  func telling() throws {
    let found = try matrix([("It is of the sea. A harbour.", "the end of a harbour"), ("A harbour.", "a harbour")])
    #expect(columns(found, 0) == columns(found, 1))
  }

  @Test("a text without sentence ends is cut, so that a match stays near its words")
  func cut() throws {
    let filling = (0..<200).map { "word\($0)" }.joined(separator: " ")
    let found = try matrix([("\(filling) harbour \(filling)", "harbour"), ("harbour", "harbour")])
    #expect(columns(found, 1).isSubset(of: columns(found, 0)))
    #expect(columns(found, 0).count <= 60)
  }

  @Test("what is shared by opening, nearest sentence and pairs of words is compared, too")
  func overlap() throws {
    let configuration = FeatureExtractor.Configuration(
      words: nil, target: .init(replacesMentions: false, sideOrders: nil, comparesWording: true))
    let filling = [String](repeating: "rain fell", count: 60).joined(separator: " ")
    let texts = ["the old bridge opens", "opens bridge the old", "\(filling). the old bridge opens"]
    let found = try FeatureExtractor.fit(
      configuration, statements: texts.map { Statement(id: "1", text: $0, target: "old bridge opens") }
    ).matrix.sparse
    // The same words in another order differ in their pairs alone.
    #expect(columns(found, 0).symmetricDifference(columns(found, 1)).count == 2)
    // Far from the beginning the opening shares nothing; the nearest sentence is the same.
    #expect(columns(found, 0) != columns(found, 2))
    #expect(columns(found, 0).intersection(columns(found, 2)).count >= 3)
  }
}
