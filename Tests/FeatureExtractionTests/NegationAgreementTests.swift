import Corpus
import FeatureExtraction
import LinearAlgebra
import Testing

@Suite("Negation, of a text and of its target")
struct NegationAgreementTests {
  /// The features of texts and targets, a set of columns each.
  private func features(_ pairs: [(text: String, target: String)]) throws -> [Set<UInt32>] {
    let configuration = FeatureExtractor.Configuration(
      words: nil, target: .init(replacesMentions: false, sideOrders: nil, comparesNegation: true),
      space: .hashed(bits: 22))
    let matrix = try FeatureExtractor.fit(
      configuration, statements: pairs.map { Statement(id: "1", text: $0.text, target: $0.target) }
    ).matrix.sparse
    return (0..<matrix.rowCount).map { Set(matrix.columns[matrix.offsets[$0]..<matrix.offsets[$0 + 1]]) }
  }

  /// Whether all pairs have one feature in common that none of `others` has.
  private func isTold(_ pairs: [(text: String, target: String)], from others: [(text: String, target: String)]) throws
    -> Bool
  {
    let found = try features(pairs + others)
    let common = found[..<pairs.count].reduce(found[0]) { $0.intersection($1) }
    return !common.subtracting(found[pairs.count...].reduce(into: Set()) { $0.formUnion($1) }).isEmpty
  }

  private static let lifted = "the ferry ban was lifted"
  private static let notLifted = "the ferry ban was not lifted"

  @Test("a text that negates what its target states is told from one that states it, and the other way round")
  func contrary() throws {
    let contrary = [
      ("They have not lifted the ferry ban.", Self.lifted), ("The ferry ban is lifted.", Self.notLifted),
      ("Nobody lifted that ban on ferries!", Self.lifted), ("It isn’t lifted, the mayor said.", Self.lifted),
    ]
    // Words of the target that the negation does not reach agree still: most have to disagree.
    let same = [("The ferry ban was lifted.", Self.lifted), ("The ban was never lifted.", Self.notLifted)]
    #expect(try isTold([contrary[0], contrary[2], contrary[3]], from: same))
    #expect(try features([contrary[1]]) != features([(contrary[1].0, Self.lifted)]))
  }

  @Test("a negation ends with its clause, and after six words")
  func reach() throws {
    let affirmed = try features([
      ("The ferry ban was lifted.", Self.lifted), ("Not today, the ferry ban was lifted.", Self.lifted),
      ("Not one of the many people who came saw that the ferry ban was lifted.", Self.lifted),
    ])
    // All share the feature of agreement; the second and third that of one negation, too.
    #expect(affirmed[0].intersection(affirmed[1]).count == 1)
    #expect(affirmed[1] == affirmed[2])
  }

  @Test("contractions negate, with either apostrophe")
  func contractions() throws {
    let found = try features(
      ["not", "didn't", "didn’t", "can't", "won’t"].map { ("They \($0) lift the ferry ban.", Self.lifted) })
    #expect(Set(found).count == 1)
  }

  @Test("how often a text negates is counted up to two")
  func counts() throws {
    let found = try features([
      ("Rain fell.", "harbour"), ("No rain fell.", "harbour"), ("No rain, no snow.", "harbour"),
      ("No rain, no snow, no wind.", "harbour"), ("Rain fell.", "no harbour"),
    ])
    #expect(Set([found[0], found[1], found[2], found[4]]).count == 4)
    #expect(found[2] == found[3])
  }

  @Test("an empty text has none of these features")
  func empty() throws {
    #expect(try features([("", Self.lifted), ("Rain.", Self.lifted)])[0].isEmpty)
  }
}
