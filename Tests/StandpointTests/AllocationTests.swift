import AllocationCounter
import Corpus
import FeatureExtraction
import LinearAlgebra
import Standpoint
import TestSupport
import Testing

@Suite("allocations of scoring")
struct AllocationTests {
  static let sourcing: Model = {
    let statements = SmallCorpus.stance(90).map { statement in
      var statement = statement
      statement.target = nil
      statement.labels = ["sourcing": statement.labels["stance"] ?? ""]
      return statement
    }
    var features = Preset.sourcing.features
    features.embeddings = nil
    let configuration = Trainer.Configuration(
      task: "sourcing", features: features, learning: Preset.sourcing.learning, folds: 3)
    do { return try Trainer(configuration, threads: 1).train(statements).model } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// A model of words, characters, targets with their roles and word vectors.
  private static let stance: Model = {
    let words = ["mayor", "union", "praised", "welcomed", "condemned", "rejected", "bridge", "vote", "on", "in", "the"]
    var generator = SeededGenerator(seed: 4)
    do {
      let vectors = try WordVectors(
        words: words,
        elements: FlatArray((0..<words.count * 48).map { _ in Int8.random(in: -127...127, using: &generator) }),
        factors: FlatArray([Float](repeating: 0.01, count: words.count)))
      var features = Preset.mention.features
      features.target?.roleWeighting = TargetContext.Configuration.standardRoleWeighting
      let configuration = Trainer.Configuration(
        task: "stance", features: features, learning: Preset.mention.learning, folds: 3)
      return try Trainer(configuration, wordVectors: vectors, threads: 1).train(SmallCorpus.stance(180)).model
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  @Test("the counter counts")
  func counter() {
    let before = allocation_count()
    let array = [Int](repeating: Int(before), count: 1000)
    #expect(allocation_count() > before && array.count == 1000)
  }

  @Test("a warm workspace scores statements without asking for memory")
  func warm() throws {
    let features = Self.stance.configuration.features
    #expect(
      features.words != nil && features.characters != nil && features.target != nil && features.embeddings != nil)
    let scorer = try Scorer(models: [Self.sourcing, Self.stance], targets: ["the rent cap"])
    let texts = SmallCorpus.stance(200, seed: 3).map { Array(("“" + $0.text + "” " + $0.text).utf8) }
    var workspace = ScoringWorkspace()
    var counts: [Int] = []
    for _ in 0..<2 {
      let before = allocation_count()
      for text in texts { try scorer.score(text.span, place: "", workspace: &workspace) }
      counts.append(allocation_count() - before)
    }
    #expect(counts[0] > 0)
    #expect(counts[1] == 0)
  }

  @Test("warm workspaces score groups of statements without asking for memory")
  func warmGroup() throws {
    let scorer = try Scorer(models: [Self.sourcing, Self.stance], targets: ["the rent cap", "the bridge vote"])
    let bytes = Array(SmallCorpus.stance(200, seed: 3).map(\.text).joined(separator: "\n").utf8)
    var ranges: [Range<Int>] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) { ranges.append(line.startIndex..<line.endIndex) }
    var group = ScoringWorkspace()
    var (counts, answers): ([Int], Int) = ([], 0)
    for _ in 0..<2 {
      let before = allocation_count()
      try scorer.score(ranges.count, workspace: &group, place: { _ in "" }, text: { ranges[$0] }, in: bytes.span) {
        answers += $1.answers.count
      }
      counts.append(allocation_count() - before)
    }
    #expect(counts[0] > 0 && answers == 2 * 3 * ranges.count)
    #expect(counts[1] == 0)
  }
}
