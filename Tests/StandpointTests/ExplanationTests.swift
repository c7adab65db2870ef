import Classification
import Corpus
import FeatureExtraction
import Standpoint
import TestSupport
import Testing

@Suite("Explanation")
struct ExplanationTests {
  /// Vectors of the words of the small corpus, of random elements.
  static func vectors() throws -> WordVectors {
    let words = [
      "praised", "welcomed", "condemned", "attacked", "mayor", "union", "bridge", "deal", "rent", "the", "new",
    ]
    var generator = SeededGenerator(seed: 12)
    let elements = (0..<words.count * 6).map { _ in Int8.random(in: -100...100, using: &generator) }
    return try WordVectors(
      words: words, elements: FlatArray(elements), factors: FlatArray([Float](repeating: 0.01, count: words.count)))
  }

  static func model(_ preset: Preset, views: [WordEmbeddings.View]) throws -> Model {
    var features = preset.features
    features.embeddings = WordEmbeddings.Configuration(views: views, scale: 0.7)
    let configuration = Trainer.Configuration(task: "stance", features: features, learning: preset.learning, folds: 3)
    return try Trainer(configuration, wordVectors: vectors(), threads: 1).train(SmallCorpus.stance(180)).model
  }

  static let statements = SmallCorpus.stance(24, seed: 44)

  @Test(
    "the parts add up to the score in both ways, whatever views of word vectors a model has",
    arguments: [Preset.mention, .topic, .proposition, .pair])
  func sums(preset: Preset) throws {
    let model = try Self.model(preset, views: WordEmbeddings.View.allCases)
    for statement in Self.statements {
      for label in model.labels.names {
        let explanation = try model.explain(statement, label: label)
        let rest = explanation.intercept + explanation.targetVectors
        let tokens = explanation.tokens.reduce(0) { $0 + $1.share }
        let features = explanation.features.reduce(0) { $0 + $1.share }
        #expect(abs(rest + explanation.whole + tokens - explanation.score) < 1e-4, "\(statement.text)")
        #expect(abs(rest + features - explanation.score) < 1e-4, "\(statement.text)")
      }
    }
  }

  @Test(
    "views of the statement and its comparisons fall to its words without a rest",
    arguments: [
      WordEmbeddings.View.allCases.filter { $0 != .target && $0 != .difference }, [.product, .cosine], [.wordBefore],
    ])
  func vectorsOfWords(views: [WordEmbeddings.View]) throws {
    let model = try Self.model(.proposition, views: views)
    var moved = false
    for statement in Self.statements {
      let explanation = try model.explain(statement)
      #expect(abs(explanation.targetVectors) < 1e-4)
      moved = moved || explanation.features.contains { $0.family == "vectors" && abs($0.share) > 0.001 }
    }
    #expect(moved)
  }

  @Test("the wording of the target alone falls to no word of the statement")
  func targetVectors() throws {
    let model = try Self.model(.topic, views: [.target])
    let explanation = try model.explain(Self.statements[0])
    #expect(!explanation.features.contains { $0.family == "vectors" })
    #expect(abs(explanation.targetVectors) > 1e-4)
  }

  @Test("a statement with nothing to read is explained by what was known before", arguments: ["", "  \n"])
  func empty(text: String) throws {
    var features = Preset.sourcing.features
    features.embeddings = nil
    let data = (0..<90).map { index in
      Statement(
        id: "\(index)", text: index % 2 == 0 ? "The board said so on day \(index)." : "It rained on day \(index).",
        labels: ["sourcing": index % 2 == 0 ? "organization" : "unattributed"])
    }
    let model = try Trainer(
      Trainer.Configuration(task: "sourcing", features: features, learning: Preset.sourcing.learning, folds: 2)
    ).train(data).model
    let explanation = try model.explain(Statement(id: "1", text: text))
    #expect(explanation.abstention == .empty)
    #expect(explanation.tokens.isEmpty && explanation.features.isEmpty)
    #expect(explanation.score == explanation.intercept)
    #expect(abs(explanation.probability - 0.5) < 0.2)
  }

  @Test("where the model abstains, its likeliest label is explained, and the reason is given")
  func abstaining() throws {
    let model = ScorerTests.model
    let statement = Self.statements[0]
    let sure = try model.explain(statement)
    let strict = try model.abstaining(Abstention(thresholds: [1, 1, 1])).explain(statement)
    #expect(sure.abstention == nil && strict.abstention == .lowConfidence)
    #expect(strict.label == sure.label && strict.tokens == sure.tokens)
  }
}
