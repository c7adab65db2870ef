import AllocationCounter
import Corpus
import FeatureExtraction
import LinearAlgebra
import Standpoint
import TestSupport
import Testing

@Suite("allocations of scoring")
struct AllocationTests {
  private static let sourcing: Model = {
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

  @Test("the counter counts")
  func counter() {
    let before = allocation_count()
    let array = [Int](repeating: Int(before), count: 1000)
    #expect(allocation_count() > before && array.count == 1000)
  }

  @Test("a warm workspace scores statements without asking for memory")
  func warm() throws {
    let scorer = try Scorer(models: [Self.sourcing, ScorerTests.model], targets: ["the rent cap"])
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
}
