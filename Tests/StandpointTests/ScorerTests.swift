import Classification
import Corpus
import Evaluation
import FeatureExtraction
import Standpoint
import TestSupport
import Testing

@Suite("Scorer and explanation")
struct ScorerTests {
  static let model: Model = {
    var features = Preset.mention.features
    features.embeddings = nil
    let configuration = Trainer.Configuration(
      task: "stance", features: features, learning: Preset.mention.learning, folds: 3)
    do { return try Trainer(configuration, threads: 1).train(SmallCorpus.stance(180)).model } catch {
      preconditionFailure("\(error)")
    }
  }()

  @Test("nothing to read is answered by abstaining", arguments: ["", " ", "\t\n", "\u{0}\u{1}"])
  func empty(text: String) throws {
    let answers = try Scorer(models: [Self.model]).score(Statement(id: "1", text: text, target: "x"))
    #expect(answers.map(\.task) == ["stance"] && answers.map(\.target) == ["x"])
    #expect(answers.map(\.abstention) == [.empty] && answers[0].label == nil && answers[0].probabilities.isEmpty)
  }

  @Test("an answer below the wished confidence is withheld, its probabilities are not")
  func unsure() throws {
    let statement = Statement(id: "1", text: "Perhaps.", target: "the rent cap")
    let sure = try Scorer(models: [Self.model]).score(statement)[0]
    let strict = try Scorer(models: [Self.model.abstaining(Abstention(thresholds: [1, 1, 1]))]).score(statement)[0]
    #expect(sure.label != nil)
    #expect(strict.label == nil && strict.abstention == .lowConfidence)
    #expect(strict.probabilities == sure.probabilities)
  }

  @Test(
    "statements scored in groups get the answers that each gets alone",
    arguments: [
      ([ScorerTests.model], ["the rent cap"]), ([AllocationTests.sourcing], []),
      ([ScorerTests.model, AllocationTests.sourcing], ["the rent cap", "Halden Lines"]),
      ([ScorerTests.hashed, AllocationTests.sourcing], ["the rent cap"]),
    ])
  func groups(models: [Model], targets: [String]) throws {
    let texts = SmallCorpus.stance(41, seed: 12).map(\.text) + ["", " ", "a a a a, b b."]
    let bytes = Array(texts.joined(separator: "\n").utf8)
    var ranges: [Range<Int>] = []
    for text in texts {
      let start = ranges.last.map { $0.upperBound + 1 } ?? 0
      ranges.append(start..<start + text.utf8.count)
    }
    let scorer = try Scorer(models: models, targets: targets)
    var group = ScoringWorkspace()
    var labelsOnly = ScoringWorkspace(needsProbabilities: false)
    var found: [(labels: [Int?], probabilities: [Float])] = []
    try scorer.score(ranges.count, workspace: &group, place: { _ in "" }, text: { ranges[$0] }, in: bytes.span) {
      #expect($0 == found.count)
      found.append(($1.answers.map(\.label), $1.probabilities))
    }
    try scorer.score(ranges.count, workspace: &labelsOnly, place: { _ in "" }, text: { ranges[$0] }, in: bytes.span) {
      #expect($1.answers.map(\.label) == found[$0].labels)
      #expect($1.probabilities.isEmpty)
    }
    #expect(found.count == texts.count)
    var alone = ScoringWorkspace()
    for (index, text) in texts.enumerated() {
      try scorer.score(Array(text.utf8).span, place: "", workspace: &alone)
      #expect(alone.answers.map(\.label) == found[index].labels)
      #expect(alone.probabilities == found[index].probabilities)
    }
  }

  @Test(
    "statements with and without targets of their own are scored side by side as each is alone",
    arguments: [["the rent cap"], ["the rent cap", "Halden Lines"]])
  func ownTargets(targets: [String]) throws {
    var statements = SmallCorpus.stance(43, seed: 9)
    for index in statements.indices where index % 3 == 1 || (16..<24).contains(index) {
      (statements[index].target, statements[index].targetSpan) = (nil, nil)
    }
    statements[5].text = ""
    let scorer = try Scorer(models: [AllocationTests.sourcing, Self.model], targets: targets)
    var group = ScoringWorkspace()
    var alone = ScoringWorkspace()
    var next = 3
    try scorer.score(statements[3...], workspace: &group, place: { "\($0)" }) { index, result in
      #expect(index == next)
      next += 1
      let statement = statements[index]
      #expect(throws: Never.self) {
        try scorer.score(
          Array(statement.text.utf8).span, target: statement.target, targetSpan: statement.targetSpan, place: "",
          workspace: &alone)
      }
      #expect(result.answers.count == 1 + (statement.target == nil ? targets.count : 1))
      #expect(result.answers.map(\.target) == alone.answers.map(\.target))
      #expect(result.answers.map(\.label) == alone.answers.map(\.label))
      #expect(result.probabilities == alone.probabilities)
    }
    #expect(next == statements.count)
    let bare = try Scorer(models: [Self.model])
    let place = statements[6...].firstIndex { $0.target == nil }
    #expect(throws: StandpointError.missingTarget(place: "row \(place ?? 0)")) {
      try bare.score(statements[6...], workspace: &group, place: { "row \($0)" }) { _, _ in }
    }
  }

  /// A model on hashed words alone, of a task without targets.
  private static let hashed = hashed(task: "tone")

  private static func hashed(task: String) -> Model {
    let configuration = Trainer.Configuration(
      task: task, features: .init(words: .init(orders: 1...2), space: .hashed(bits: 12)),
      learning: Preset.words.learning, folds: 2)
    var statements = SmallCorpus.stance(180)
    for place in statements.indices { statements[place].labels[task] = statements[place].labels["stance"] }
    do { return try Trainer(configuration, threads: 1).train(statements).model } catch {
      preconditionFailure("\(error)")
    }
  }

  @Test("a stance is taken toward each target, also by a model on hashed words alone")
  func hashedStance() throws {
    let model = Self.hashed(task: "stance")
    let statement = Statement(id: "1", text: "She praised the rent cap.")
    let answers = try Scorer(models: [model], targets: ["the rent cap", "Halden Lines"]).score(statement)
    #expect(answers.map(\.target) == ["the rent cap", "Halden Lines"])
    #expect(answers[0].probabilities == answers[1].probabilities)
    #expect(throws: StandpointError.missingTarget(place: "statement 1")) {
      try Scorer(models: [model]).score(statement)
    }
    #expect(try !Scorer(models: [model], targets: ["the rent cap"]).labelsAtOnce)
  }

  @Test("labels that are asked for alone are those of the answers, for texts of any length")
  func labelsAlone() throws {
    let long = SmallCorpus.stance(3000, seed: 5).map(\.text).joined(separator: " ")
    #expect(long.utf8.count > FeatureExtractor.maximumTokenCount)
    let texts = SmallCorpus.stance(41, seed: 12).map(\.text) + ["", " ", long, "a a a a, b b.", long, "\u{0}"]
    let bytes = Array(texts.joined(separator: "\n").utf8)
    var ranges: [Range<Int>] = []
    for text in texts {
      let start = ranges.last.map { $0.upperBound + 1 } ?? 0
      ranges.append(start..<start + text.utf8.count)
    }
    let scorer = try Scorer(models: [Self.hashed])
    #expect(scorer.labelsAtOnce)
    var group = ScoringWorkspace()
    var (expected, found): ([Int?], [Int?]) = ([], [])
    try scorer.score(ranges.count, workspace: &group, place: { _ in "" }, text: { ranges[$0] }, in: bytes.span) {
      expected.append($1.answers[0].label)
    }
    scorer.label(ranges.count, workspace: &group, text: { ranges[$0] }, in: bytes.span) {
      #expect($0 == found.count)
      found.append($1)
    }
    #expect(found == expected && Set(found).count > 2)
    // Who may abstain, or needs a target, has more to say.
    #expect(try !Scorer(models: [Self.hashed.abstaining(Abstention(thresholds: [0.4, 0.4, 0.4]))]).labelsAtOnce)
    #expect(try !Scorer(models: [Self.model]).labelsAtOnce)
  }

  @Test("probabilities add up to one and the label is the likeliest")
  func probabilities() throws {
    for statement in SmallCorpus.stance(60, seed: 8) {
      let answer = try Scorer(models: [Self.model]).score(statement)[0]
      #expect(abs(answer.probabilities.reduce(0, +) - 1) < 1e-5)
      let best = answer.probabilities.max()
      #expect(answer.probabilities[Self.model.labels.index(of: answer.label ?? "") ?? -1] == best)
    }
  }

  @Test("several targets get an answer each, a row's own target goes before them")
  func targets() throws {
    let scorer = try Scorer(models: [Self.model], targets: ["the rent cap", "Halden Lines"])
    let text = "The mayor praised the rent cap and mocked Halden Lines."
    #expect(try scorer.score(Statement(id: "1", text: text)).map(\.target) == ["the rent cap", "Halden Lines"])
    #expect(try scorer.score(Statement(id: "1", text: text, target: "the mayor")).map(\.target) == ["the mayor"])
  }

  @Test("a stance without any target is an error that says so; two models of one task are refused")
  func refusals() throws {
    #expect(throws: StandpointError.missingTarget(place: "statement 1")) {
      try Scorer(models: [Self.model]).score(Statement(id: "1", text: "He praised it."))
    }
    #expect(throws: StandpointError.duplicateTask(task: "stance")) { try Scorer(models: [Self.model, Self.model]) }
  }

  @Test("an answer does not depend on the statements before it")
  func stateless() throws {
    let statements = SmallCorpus.stance(40, seed: 21)
    let alone = try statements.map { try Scorer(models: [Self.model]).score($0)[0].probabilities }
    let evaluated = try Evaluator(Self.model, threads: 2).predictions(for: statements)
    #expect(evaluated.probabilities == alone.flatMap { $0 })
  }

  @Test("statements of weight 0 stand between others, and count in no figure")
  func weightless() throws {
    var statements = SmallCorpus.stance(40, seed: 21)
    let all = try Evaluator(Self.model).predictions(for: statements)
    for place in statements.indices where place % 3 == 0 { statements[place].weight = 0 }
    let counted = statements.indices.filter { $0 % 3 > 0 }
    let evaluated = try Evaluator(Self.model).predictions(for: statements)
    #expect(evaluated.ids == counted.map { statements[$0].id } && evaluated.gold == counted.map { all.gold[$0] })
    let count = Self.model.labels.count
    #expect(evaluated.probabilities == counted.flatMap { all.probabilities[$0 * count..<($0 + 1) * count] })
  }

  @Test("the shares of an explanation add up to the score, and the deciding word has the largest")
  func explanation() throws {
    let statement = Statement(id: "1", text: "The ministry condemned the grain deal again.", target: "the grain deal")
    let explanation = try Self.model.explain(statement)
    #expect(explanation.label == "against")
    let tokens = explanation.tokens.reduce(0) { $0 + $1.share }
    let features = explanation.features.reduce(0) { $0 + $1.share }
    #expect(abs(explanation.whole + tokens - features) < 1e-6)
    #expect(explanation.targetVectors == 0)
    #expect(abs(explanation.intercept + explanation.whole + tokens - explanation.score) < 1e-4)
    #expect(explanation.tokens.max { $0.share < $1.share }?.text == "condemned")
    for share in explanation.tokens {
      let characters = Array(statement.text.unicodeScalars)[share.codePoints]
      #expect(String(String.UnicodeScalarView(characters)) == share.text)
    }
  }

  @Test("the sentences of an article are slices of it")
  func article() {
    let text = "“It is open,” he said.The ministers left.\r\n\r\nA 2nd line – with dashes."
    let article = Article(Array(text.utf8))
    let scalars = Array(text.unicodeScalars)
    for sentence in article.sentences {
      let slice = String(String.UnicodeScalarView(scalars[sentence.codePoints]))
      #expect(Array(slice.utf8) == Array(article.bytes[sentence.bytes]))
    }
    #expect(article.sentences.count == 3)
  }
}
