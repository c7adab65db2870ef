import Foundation
import TestSupport
import Testing

/// What `train` says to options that do not go together with the data or with each other.
@Suite struct TrainOptionsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func train(_ data: String, _ options: [String]) throws -> Outcome {
    try Binary.run(
      ["train", data, "--preset", "words", "--output", folder.file("model")] + options, environment: Fixtures.runs(),
      timeLimit: .seconds(120))
  }

  private func rows(_ count: Int, _ members: (Int) -> String) throws -> String {
    let text = (0..<count).map { "{\"text\":\"the bridge and plan \($0 % 5)\",\(members($0))}\n" }.joined()
    return try folder.write(text, to: "rows.jsonl")
  }

  private var modelExists: Bool { FileManager.default.fileExists(atPath: folder.file("model")) }

  @Test(
    "options without what they belong to are refused before anything is trained",
    arguments: [
      (["--task", "stance", "--metric", "accuracy"], "--metric belongs to --tune"),
      (["--task", "stance", "--tune", "--folds", "0"], "--tune compares settings on folds"),
      (["--task", "stance", "--format", "html"], "--format: this command writes text"),
      (["--task", "stance", "--output", "-"], "--output: the model's directory is needed"),
      (["--task", "stance", "--min-precision", "-0.1"], "expected a number from 0 to 1"),
      (["--task", "text"], "has a meaning of its own"), (["--task", ""], "expected the name of a column of labels"),
      (["--task", "stance", "--class-weight", "favor=nan"], "found \"favor=nan\""),
      (["--task", "stance", "--class-weight", "favor=0,none=0"], "two labels or more must weigh more than 0"),
      (["--task", "stance", "--C", "-1"], "C is -1.0; it must be a number from"),
      (["--task", "stance", "--folds", "-3"], "--folds: expected 0, or 2 to 100"),
      (["--task", "stance", "--output", ""], "--output: the name is empty"),
    ])
  func refused(options: [String], message: String) throws {
    let outcome = try train(try Fixtures.data(), options)
    #expect(outcome.exitCode == 64, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(!modelExists)
  }

  @Test(
    "labels that would not stay one word of one line are refused with their line",
    arguments: [
      ("", "an empty text"), ("a\\nb", "\"a\\nb\""), ("a\\tb", "\"a\\tb\""),
    ])
  func labels(label: String, found: String) throws {
    let data = try rows(12) { "\"label\":\"\($0 == 7 ? label : $0 % 2 == 0 ? "a" : "b")\"" }
    let outcome = try train(data, ["--task", "label"])
    #expect(outcome.exitCode == 65, "\(outcome.errors)")
    #expect(
      outcome.errors.contains("\(data):8:") && outcome.errors.contains("found \(found)"), "\(outcome.errors)")
    #expect(!modelExists)
  }

  @Test("options that come to nothing with the features at hand are told")
  func idle() throws {
    let options = [
      "--embedding-scale", "2", "--target-parts", "--target-roles", "--idf", "--min-documents", "1", "--word-vectors",
      "nowhere",
    ]
    let outcome = try train(try Fixtures.data(), ["--task", "stance", "--folds", "0"] + options)
    #expect(outcome.exitCode == 0 && modelExists)
    for option in ["--embedding-scale", "--target-parts", "--target-roles", "--word-vectors"] {
      #expect(outcome.errors.contains("\(option) has no effect"), "\(outcome.errors)")
    }
    for option in ["--idf", "--min-documents"] {
      #expect(!outcome.errors.contains("\(option) has no effect"), "\(outcome.errors)")
    }
  }

  @Test(
    "a task cannot have the name of another member of an answer",
    arguments: ["id", "file", "line", "document", "sentence", "start", "end", "text", "model", "error"])
  func taskNames(name: String) throws {
    let data = try rows(12) {
      "\"label\":\"\($0 % 2)\",\"\(name == "text" || name == "id" ? "x" : name)\":\"\($0 % 2)\""
    }
    let outcome = try train(data, ["--task", name])
    #expect(outcome.exitCode == 64 && outcome.errors.contains("--task: "), "\(outcome.errors)")
    #expect(!modelExists)
  }

  @Test("a table of word vectors that is not there, or is none, is named by its path, with the mend")
  func wordVectors() throws {
    let options = ["--task", "stance", "--preset", "mention", "--word-vectors"]
    let missing = folder.file("nope")
    var outcome = try train(try Fixtures.data(), options + [missing])
    #expect(outcome.exitCode == 66 && outcome.errors.contains("\(missing): no such file"), "\(outcome.errors)")
    outcome = try train(try Fixtures.data(), options + [folder.path])
    #expect(
      outcome.exitCode == 66 && outcome.errors.contains("\(folder.path)/vectors.safetensors"), "\(outcome.errors)")
    let text = try folder.write("It rained.\n", to: "notes.txt")
    outcome = try train(try Fixtures.data(), options + [text])
    #expect(outcome.exitCode == 65 && outcome.errors.contains("\(text): "), "\(outcome.errors)")
    #expect(outcome.errors.contains("--word-vectors none"))
    #expect(!modelExists)
  }

  @Test("bad rows end training and evaluation, unless they are to be left out, up to so many")
  func badRows() throws {
    let good = Fixtures.statements(count: 60)
    let data = try folder.write(good + "{\"text\":\"It rained.\"}\nnonsense\n", to: "mixed.jsonl")
    let commands = [
      "train": [
        "train", data, "--task", "sourcing", "--preset", "words", "--folds", "0", "--output", folder.file("m"),
      ],
      "evaluate": ["evaluate", data, "--model", try Fixtures.sourcingModel(), "--resamples", "0"],
    ]
    for command in commands.values {
      for options in [[], ["--on-error", "fail", "--max-errors", "5"]] {
        let outcome = try Binary.run(command + options, environment: Fixtures.runs())
        #expect(outcome.exitCode == 65 && outcome.errors.contains("\(data):61: "), "\(outcome.errors)")
        #expect(!outcome.errors.contains("\(data):62"))
      }
      for options in [["--on-error", "emit"], ["--max-errors", "2"]] {
        let outcome = try Binary.run(command + options, environment: Fixtures.runs())
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        for line in [61, 62] { #expect(outcome.errors.contains("\(data):\(line):")) }
        #expect(outcome.errors.contains("2 bad rows were left out"))
      }
      let outcome = try Binary.run(command + ["--on-error", "emit", "--max-errors", "1"], environment: Fixtures.runs())
      #expect(outcome.exitCode == 65 && outcome.errors.contains("more than --max-errors 1"), "\(outcome.errors)")
    }
    let broken = try folder.write("nonsense\n", to: "broken.jsonl")
    let outcome = try train(broken, ["--task", "sourcing", "--on-error", "emit"])
    #expect(outcome.exitCode == 65 && outcome.errors.contains("bad rows alone"), "\(outcome.errors)")
  }

  @Test("a row without the target that the preset needs is named by its line")
  func missingTarget() throws {
    let rows = Fixtures.statements(count: 60) + "{\"text\":\"It rained.\",\"stance\":\"none\"}\n"
    let data = try folder.write(rows, to: "bare.jsonl")
    let options = ["--task", "stance", "--preset", "topic", "--word-vectors", "none", "--folds", "0"]
    let strict = try train(data, options)
    #expect(strict.exitCode == 65 && strict.errors.contains("\(data):61: "), "\(strict.errors)")
    let lenient = try train(data, options + ["--on-error", "emit"])
    #expect(lenient.exitCode == 0 && lenient.errors.contains("1 bad row was left out"), "\(lenient.errors)")
    let dev = try train(try Fixtures.data(), options + ["--dev", data])
    #expect(dev.exitCode == 65 && dev.errors.contains("\(data):61: "), "\(dev.errors)")
  }

  @Test("the record of a training without folds has figures and predictions of the first development file")
  func firstDevelopmentFile() throws {
    let data = try Fixtures.data()
    let other = try rows(30) { "\"target\":\"the bridge\",\"stance\":\"\($0 % 2 == 0 ? "favor" : "against")\"" }
    let runs = ["STANDPOINT_RUNS": folder.file("runs")]
    let outcome = try Binary.run(
      [
        "train", data, "--task", "stance", "--preset", "words", "--folds", "0", "--dev", other, "--dev", data,
        "--output", folder.file("model"),
      ], environment: runs, timeLimit: .seconds(120))
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let run = try #require(
      FileManager.default.contentsOfDirectory(atPath: folder.file("runs")).first { $0.first != "r" })
    let predictions = try String(contentsOfFile: folder.file("runs/\(run)/predictions.jsonl"), encoding: .utf8)
    #expect(predictions.split(separator: "\n").count == 30)
  }

  @Test("names of models and tasks stand in the card's front matter as YAML has them")
  func frontMatter() throws {
    let data = try rows(40) { "\"la: bel\":\"\($0 % 2 == 0 ? "a" : "b")\"" }
    let model = folder.file("v1: \"words\"")
    let outcome = try Binary.run(
      ["train", data, "--task", "la: bel", "--preset", "words", "--output", model], environment: Fixtures.runs(),
      timeLimit: .seconds(120))
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let card = try String(contentsOfFile: model + "/README.md", encoding: .utf8)
    #expect(card.contains("- name: \"v1: \\\"words\\\"\"\n") && card.contains("- \"la: bel\"\n"))
    #expect(card.contains("penalty L2, class weights"))
  }

  @Test("a model card that cannot be read ends training before it begins")
  func card() throws {
    let outcome = try train(try Fixtures.data(), ["--task", "stance", "--card", folder.file("nowhere.md")])
    #expect(outcome.exitCode == 66, "\(outcome.errors)")
    #expect(!outcome.errors.contains("Cross-validation") && !modelExists)
  }

  @Test("parts that cannot be cut are told of, and the card counts those that were")
  func folds() throws {
    // Each label has a group to itself, so that no part has both.
    var data = try rows(20) { "\"label\":\"\($0 % 2)\",\"group\":\"\($0 % 2)\"" }
    var outcome = try train(data, ["--task", "label"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("no cross-validation"), "\(outcome.errors)")

    data = try rows(20) { "\"label\":\"\($0 < 3 ? "rare" : "frequent")\"" }
    outcome = try train(data, ["--task", "label"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("3 parts for cross-validation instead of 5"), "\(outcome.errors)")
    let card = try String(contentsOfFile: folder.file("model/README.md"), encoding: .utf8)
    #expect(card.contains("Cross-validation on the training data, 3 parts"))

    outcome = try train(data, ["--task", "label", "--folds", "0"])
    #expect(outcome.exitCode == 0 && !outcome.errors.contains("cross-validation"), "\(outcome.errors)")
  }

  @Test("with fewer groups than parts there are as many parts as groups, and the model is calibrated")
  func fewGroups() throws {
    let data = try rows(40) { "\"label\":\"\($0 / 4 % 2)\",\"group\":\"\($0 % 4)\"" }
    let outcome = try train(data, ["--task", "label"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(
      outcome.errors.contains("4 parts for cross-validation instead of 5: there are 4 groups"), "\(outcome.errors)")
    let configuration = try String(contentsOfFile: folder.file("model/config.json"), encoding: .utf8)
    #expect(configuration.contains("\"calibration\""))
  }

  @Test("hashed words count by occurrences, unless a frequency is named")
  func hashedWeighting() throws {
    let data = try rows(40) { "\"label\":\"\($0 % 2)\"" }
    for (options, expected) in [
      (["--hash-bits", "10"], ["count", "occurrences"]),
      (["--hash-bits", "10", "--frequency", "sublinear"], ["sublinear", "l2"]),
      ([], ["sublinear", "l2"]),
    ] {
      let outcome = try train(data, ["--task", "label", "--folds", "0"] + options)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let configuration = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: folder.file("model/config.json"))))
      let features = (configuration as? [String: Any])?["features"] as? [String: Any]
      let weighting = (features?["words"] as? [String: Any])?["weighting"] as? [String: Any]
      #expect([weighting?["frequency"], weighting?["normalization"]].map { $0 as? String } == expected)
    }
  }

  @Test(
    "a label that one group alone has is named, and the model is trained without cross-validation",
    arguments: [["b", "a", "a", "a", "a"], ["a", "b", "c", "d", "e"]])
  func labelInOneGroup(labels: [String]) throws {
    let data = try rows(50) { "\"label\":\"\(labels[$0 % 5])\",\"group\":\"\($0 % 5)\"" }
    let outcome = try train(data, ["--task", "label"])
    #expect(outcome.exitCode == 0 && modelExists, "\(outcome.errors)")
    #expect(
      outcome.errors.contains(
        "no cross-validation: cut by whole groups, one part would hold all statements with the label"),
      "\(outcome.errors)")
    let configuration = try String(contentsOfFile: folder.file("model/config.json"), encoding: .utf8)
    #expect(!configuration.contains("\"calibration\""))

    let tuned = try train(data, ["--task", "label", "--tune"])
    #expect(tuned.exitCode == 64 && tuned.errors.contains("--tune: the data cannot be cut"), "\(tuned.errors)")
  }

  @Test("a model to start from that has other labels or another vocabulary is told of, and changes nothing")
  func warmStart() throws {
    let data = try rows(40) { "\"label\":\"\($0 % 3 == 0 ? "a" : "b")\",\"other\":\"\($0 % 2)\"" }
    let plain = try train(data, ["--task", "label"])
    #expect(plain.exitCode == 0, "\(plain.errors)")
    let weights = folder.file("model/model.safetensors")
    let wanted = try Data(contentsOf: URL(filePath: weights))
    let told = "that model has other labels or features"

    // As many features, by another first word.
    let text = try String(contentsOfFile: data, encoding: .utf8)
    let otherWords = try folder.write(text.replacing("bridge", with: "tunnel"), to: "words.jsonl")
    for (rows, task) in [(data, "other"), (otherWords, "label")] {
      let start = folder.file("start-\(task)")
      let made = try Binary.run(
        ["train", rows, "--preset", "words", "--task", task, "--output", start], environment: Fixtures.runs())
      #expect(made.exitCode == 0, "\(made.errors)")
      let outcome = try train(data, ["--task", "label", "--warm-start", start])
      #expect(outcome.exitCode == 0 && outcome.errors.contains(told), "\(outcome.errors)")
      #expect(try Data(contentsOf: URL(filePath: weights)) == wanted)
    }
    let same = folder.file("same")
    try FileManager.default.moveItem(atPath: folder.file("model"), toPath: same)
    let outcome = try train(data, ["--task", "label", "--warm-start", same])
    #expect(outcome.exitCode == 0 && !outcome.errors.contains(told), "\(outcome.errors)")
  }

  @Test("a column to leave out of calibration that no row has is told of")
  func calibrateWithout() throws {
    let data = try rows(40) { "\"label\":\"\($0 % 2)\"" + ($0 % 5 == 0 ? ",\"made\":\"yes\"" : "") }
    var outcome = try train(data, ["--task", "label", "--calibrate-without", "maed"])
    #expect(outcome.exitCode == 0 && outcome.errors.contains("no statement has a column “maed”"), "\(outcome.errors)")
    outcome = try train(data, ["--task", "label", "--calibrate-without", "made"])
    #expect(outcome.exitCode == 0 && !outcome.errors.contains("no statement has"), "\(outcome.errors)")
  }
}
