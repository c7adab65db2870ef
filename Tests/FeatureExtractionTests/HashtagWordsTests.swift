import Corpus
import FeatureExtraction
import LinearAlgebra
import Testing

@Suite("Words of hashtags")
struct HashtagWordsTests {
  private static let words = ["the", "vote", "blue", "matter", "no", "who", "harbour", "feel"]

  /// The columns of single words of each text, each without those of the tag itself.
  private func columns(_ texts: [String], tag: String, dictionary: Bool) throws -> [Set<UInt32>] {
    var configuration = FeatureExtractor.Configuration(
      words: .init(orders: 1...1, weighting: .binary), hashtags: .words, space: .hashed(bits: 22))
    var vectors: WordVectors?
    if dictionary {
      configuration.embeddings = .init(views: [.statement])
      vectors = try WordVectors(
        words: Self.words, elements: FlatArray([Int8](repeating: 1, count: 2 * Self.words.count)),
        factors: FlatArray([Float](repeating: 1, count: Self.words.count)))
    }
    let matrix = try FeatureExtractor.fit(
      configuration, statements: texts.map { Statement(id: "1", text: $0) }, wordVectors: vectors
    ).matrix.sparse
    var plain = configuration
    plain.hashtags = nil
    let itself = try FeatureExtractor.fit(
      plain, statements: [Statement(id: "1", text: tag)], wordVectors: vectors
    ).matrix.sparse
    return texts.indices.map { row in
      Set(matrix.columns[matrix.offsets[row]..<matrix.offsets[row + 1]]).subtracting(itself.columns)
    }
  }

  @Test(
    "a hashtag is also the words that its capitals and digits show",
    arguments: [
      ("#FeelTheBern", "feel the bern"), ("#MAGA", "maga"), ("#USAToday", "usa today"), ("#Vote2020", "vote 2020"),
      ("#vote_blue", "vote blue"), ("#IVote", "i vote"), ("#Harbour", "harbour"),
    ])
  func capitals(tag: String, words: String) throws {
    for dictionary in [false, true] {
      let found = try columns([tag, words], tag: tag, dictionary: dictionary)
      #expect(found[0] == found[1], "\(tag)")
    }
  }

  @Test("what capitals do not show is cut into the words of the table of vectors")
  func dictionary() throws {
    let tag = "#votebluenomatterwho"
    let found = try columns([tag, "vote blue no matter who"], tag: tag, dictionary: true)
    #expect(found[0] == found[1])
    let whole = try columns([tag, "votebluenomatterwho"], tag: tag, dictionary: false)
    #expect(whole[0] == whole[1])
  }

  @Test("long, empty and foreign hashtags are read without harm")
  func oddities() throws {
    let long = "#" + String(repeating: "harbour", count: 400)
    for tag in [long, "#", "#__", "#café", "#Łódź", "#2020", "#ΑΒΓ", "#a"] {
      _ = try columns([tag, ""], tag: tag, dictionary: true)
    }
  }
}
