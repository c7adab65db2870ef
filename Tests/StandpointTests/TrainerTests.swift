import Classification
import Corpus
import Evaluation
import FeatureExtraction
import Foundation
import ModelStore
import Optimization
import Standpoint
import TestSupport
import Testing

@Suite("Trainer")
struct TrainerTests {
  func configuration(folds: Int = 3, preset: Preset = .mention) -> Trainer.Configuration {
    var features = preset.features
    features.embeddings = nil
    return Trainer.Configuration(task: "stance", features: features, learning: preset.learning, folds: folds)
  }

  func directory(_ model: Model, in folder: TemporaryFolder, named name: String) throws -> [String: Data] {
    try model.write(to: folder.file(name), metrics: Array("{}".utf8), card: "card", datasetDigest: "none")
    var files: [String: Data] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.file(name)) {
      files[file] = FileManager.default.contents(atPath: folder.file("\(name)/\(file)"))
    }
    return files
  }

  @Test("the same data and seed give the same model, byte for byte, on one thread, two or three")
  func deterministic() throws {
    let folder = try TemporaryFolder()
    let data = SmallCorpus.stance(150)
    let first = try directory(
      Trainer(configuration(), threads: 1).train(data).model, in: folder, named: "one")
    for threads in 1...3 {
      let again = try directory(
        Trainer(configuration(), threads: threads).train(data).model, in: folder, named: "again\(threads)")
      #expect(again == first, "\(threads) threads")
    }
    #expect(first.count == 5)
  }

  @Test("what words decide is learnt, and out-of-fold predictions tell so")
  func learns() throws {
    let result = try Trainer(configuration(), threads: 2).train(SmallCorpus.stance(240))
    let outOfFold = try #require(result.outOfFold)
    #expect((Metric.macroF1.value(of: outOfFold) ?? 0) > 0.9)
    #expect(result.record.converged)
    let unseen = SmallCorpus.stance(90, seed: 99)
    let predictions = try Evaluator(result.model).predictions(for: unseen)
    #expect((Metric.macroF1.value(of: predictions) ?? 0) > 0.9)
  }

  @Test("a model that was written and read again answers as before")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let model = try Trainer(configuration(), threads: 1).train(SmallCorpus.stance(120)).model
    try model.write(to: folder.file("m"), metrics: Array("{}".utf8), card: "card", datasetDigest: "none")
    let read = try Model(contentsOf: folder.file("m"))
    #expect(read.configuration == model.configuration)
    for statement in SmallCorpus.stance(30, seed: 3) {
      #expect(
        try Scorer(models: [read]).score(statement) == Scorer(models: [model]).score(statement), "\(statement.text)")
    }
  }

  @Test("wished precisions become thresholds on out-of-fold predictions, which the model keeps and scores by")
  func minimumPrecisions() throws {
    // Half of the statements say nothing of their label, so that some answers cannot be right often.
    var data = SmallCorpus.stance(300)
    for index in data.indices where index % 2 == 0 {
      data[index].text = "There was a meeting on \(data[index].target!)."
    }
    var wished = configuration()
    wished.minimumPrecisions = [0.9, 0.9, 0.9]
    let result = try Trainer(wished).train(data)
    let thresholds = try #require(result.model.configuration.abstention?.thresholds)
    let outOfFold = try #require(result.outOfFold)
    let coverage = Coverage(outOfFold)
    #expect(coverage.answered > 90 && coverage.answered < 240)
    for (label, threshold) in zip(outOfFold.labels, thresholds) {
      let precision = Metric.precision(label).value(of: outOfFold.answered) ?? 0
      #expect(precision >= 0.9 || threshold == 1, "\(label): \(precision)")
    }
    let folder = try TemporaryFolder()
    try result.model.write(to: folder.file("m"), metrics: Array("{}".utf8), card: "card", datasetDigest: "none")
    let read = try Model(contentsOf: folder.file("m"))
    #expect(read.configuration.abstention?.thresholds == thresholds)
    let unseen = SmallCorpus.stance(40, seed: 9)
    let evaluated = try Evaluator(read).predictions(for: unseen)
    let scorer = try Scorer(models: [read])
    for (index, statement) in unseen.enumerated() {
      let answer = try scorer.score(statement)[0]
      #expect(evaluated.isAbstention(at: index) == (answer.label == nil))
      #expect((answer.label == nil) == (Double(answer.probabilities.max()!) < thresholds[evaluated.predicted[index]]))
    }
  }

  @Test("statements with the attribute that is named teach, but do not calibrate")
  func uncalibrated() throws {
    // Every third statement is told in words of its own that give its label away: a model is surer of these than of the rest,
    // and right more often.
    var data = SmallCorpus.stance(300)
    for index in data.indices {
      if index % 3 == 0 {
        data[index].attributes["made"] = "yes"
      } else if index % 5 == 0 {
        data[index].labels["stance"] = "none"
      }
    }
    var part = configuration()
    part.uncalibratedAttribute = "made"
    let all = try Trainer(configuration()).train(data)
    let rest = try Trainer(part).train(data)
    let scales = try [all, rest].map { try #require($0.model.configuration.calibration).scales[0] }
    #expect(scales[1] < scales[0])
    #expect(rest.model.classifier == all.model.classifier)
    // As if calibration had seen no others.
    let outOfFold = try #require(rest.outOfFold)
    let others = data.indices.filter { data[$0].attributes["made"] == nil }
    let mean = others.reduce(0.0) { $0 + (outOfFold.confidence(at: $1) ?? 0) } / Double(others.count)
    let right = Double(others.count { outOfFold.isCorrect(at: $0) }) / Double(others.count)
    #expect(abs(mean - right) < 0.03)
    part.uncalibratedAttribute = "nothing has this"
    #expect(try Trainer(part).train(data).model.configuration.calibration == all.model.configuration.calibration)
  }

  @Test("a calibration that would have no statements is refused")
  func nothingToCalibrateOn() throws {
    var data = SmallCorpus.stance(60)
    for index in data.indices { data[index].attributes["made"] = "yes" }
    var part = configuration()
    part.uncalibratedAttribute = "made"
    #expect(throws: StandpointError.self) { try Trainer(part).train(data) }
  }

  @Test("wished precisions without folds are refused")
  func minimumPrecisionsWithoutFolds() throws {
    var wished = configuration(folds: 0)
    wished.minimumPrecisions = [0.9, 0.9, 0.9]
    #expect(throws: StandpointError.self) { try Trainer(wished).train(SmallCorpus.stance(60)) }
  }

  @Test("a statement with nothing to read is an abstention in an evaluation, too")
  func emptyStatement() throws {
    var data = SmallCorpus.stance(30, seed: 6)
    data[3].text = " "
    let model = try Trainer(configuration()).train(SmallCorpus.stance(120)).model
    let predictions = try Evaluator(model).predictions(for: data)
    #expect(predictions.abstained.indices.filter { predictions.abstained[$0] } == [3])
  }

  @Test("statements without a target are refused where the features need one")
  func missingTarget() throws {
    var data = SmallCorpus.stance(30)
    data[7].target = nil
    #expect(throws: StandpointError.missingTarget(place: "statement s7")) {
      try Trainer(configuration()).train(data)
    }
  }

  @Test("a label of class weight 0 is not learnt, and leaves calibration to the others")
  func unlearntLabel() throws {
    var configuration = configuration()
    configuration.learning.classWeight = .given([1, 1, 0])
    let statements = SmallCorpus.stance(240, seed: 7)
    let result = try Trainer(configuration).train(statements)
    #expect(result.model.labels.names == ["favor", "against", "none"])
    let scales = try #require(result.model.configuration.calibration).scales
    #expect(scales.allSatisfy { $0 > 0.2 })
    let outOfFold = try #require(result.outOfFold)
    for (place, statement) in statements.enumerated() {
      let row = outOfFold.probabilities[place * 3..<(place + 1) * 3].map(Double.init)
      #expect(row[2] < 1e-6)
      guard let label = result.model.labels.index(of: statement.labels["stance"] ?? ""), label < 2 else { continue }
      #expect(row[label] > 0.5)
    }
  }

  @Test("a text stands in one fold alone where there are as many folds so, else what is torn is counted")
  func tornTexts() throws {
    // Each text in two articles: whole articles alone would tear them.
    let once = SmallCorpus.stance(120, seed: 13)
    var statements: [Statement] = []
    for (copy, number) in [0, 1].flatMap({ copy in once.indices.map { (copy, $0) } }) {
      var statement = once[number]
      statement.id = "s\(copy)-\(number)"
      statement.text += " \(number)"
      statement.group = "article \(copy)-\(number)"
      statements.append(statement)
    }
    let result = try Trainer(configuration()).train(statements)
    #expect(result.tornTexts == 0 && result.foldRecords.count == 3)
    // One sentence in most articles leaves no parts of whole texts.
    for number in once.indices {
      statements.append(
        Statement(
          id: "b\(number)", text: "Advertisement.", target: once[number].target, group: "article 0-\(number)",
          labels: ["stance": "none"]))
      statements.append(
        Statement(
          id: "c\(number)", text: "Advertisement.", target: once[number].target, group: "article 1-\(number)",
          labels: ["stance": "none"]))
    }
    let torn = try Trainer(configuration()).train(statements)
    #expect(torn.tornTexts >= 240 && torn.foldRecords.count == 3)
  }

  @Test("statements of weight 0 count nowhere in what folds predict")
  func weightless() throws {
    var statements = SmallCorpus.stance(150, seed: 16)
    for place in statements.indices where place % 3 == 0 { statements[place].weight = 0 }
    let result = try Trainer(configuration()).train(statements)
    #expect(result.outOfFold?.count == 100)
  }

  @Test("tuning tries the class weights that the settings have")
  func ownClassWeights() throws {
    var configuration = configuration()
    configuration.learning.classWeight = .squareRoot
    var lines: [String] = []
    let tuner = Tuner(configuration, metric: .macroF1, budget: nil, threads: 1, fixesC: true, fixesFeatures: true)
    _ = try tuner.search(SmallCorpus.stance(90), log: { lines.append($0) }, isInterrupted: { false })
    let weights = lines.dropLast().map { line in
      ["sqrt", "balanced", "none"].filter { line.contains("--class-weight \($0)") }
    }
    #expect(weights == [["sqrt"], ["balanced"], ["none"]])
  }

  @Test("one label only is refused, and so are no statements")
  func tooLittle() throws {
    let data = SmallCorpus.stance(30).filter { $0.labels["stance"] == "favor" }
    #expect(throws: CorpusError.self) { try Trainer(configuration()).train(data) }
    #expect(throws: CorpusError.self) { try Trainer(configuration()).train([]) }
  }

  @Test("tuning logs every trial, takes the best and stops when its seconds or the user's patience are over")
  func tuning() throws {
    let statements = SmallCorpus.stance(90)
    for (budget, interrupted) in [(0.0, false), (nil, true)] as [(Double?, Bool)] {
      var lines: [String] = []
      let tuner = Tuner(configuration(), metric: .macroF1, budget: budget, threads: 1)
      let chosen = try tuner.search(statements, log: { lines.append($0) }, isInterrupted: { interrupted })
      // One trial always runs, and is the best.
      #expect(lines.count == 2)
      #expect(chosen.learning.inverseRegularization == Tuner.path[0])
      #expect(chosen.tuning?.trials == 1 && chosen.tuning?.metric == Metric.macroF1.name)
    }
    var lines: [String] = []
    let tuner = Tuner(configuration(), metric: .macroF1, budget: nil, threads: 1, fixesFeatures: true)
    let chosen = try tuner.search(statements, log: { lines.append($0) }, isInterrupted: { lines.count >= 3 })
    #expect(lines.count == 4)
    #expect(lines.last?.contains(tuner.options(of: chosen).joined(separator: " ")) == true)
  }

  @Test("tuning leaves out larger C once two values have been worse, and no value before that")
  func tuningOnSlopes() throws {
    // Labels that the words do not tell: whatever is learnt is noise, and more of it is worse.
    var statements = SmallCorpus.stance(300, seed: 11)
    for place in statements.indices { statements[place].labels["stance"] = ["favor", "against"][place * 7 % 5 % 2] }
    var lines: [String] = []
    let tuner = Tuner(
      configuration(), metric: .logLoss, budget: nil, threads: 1, fixesClassWeight: true, fixesFeatures: true)
    _ = try tuner.search(statements, log: { lines.append($0) }, isInterrupted: { false })
    let losses = lines.dropLast().map { line in
      Double(line.split(separator: " ").drop { $0 != "log_loss" }.dropFirst().first ?? "") ?? .nan
    }
    #expect(losses.count < Tuner.path.count)
    func isWorse(_ place: Int) -> Bool { place > 0 && losses[place] > losses[..<place].min()! }
    for place in losses.count - 2..<losses.count { #expect(losses[place] >= losses[..<(losses.count - 2)].min()!) }
    for place in 1..<losses.count - 1 { #expect(!(isWorse(place) && isWorse(place - 1))) }
  }
}
