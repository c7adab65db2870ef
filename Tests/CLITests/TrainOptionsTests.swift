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
    let options = ["--embedding-scale", "2", "--target-parts", "--target-roles", "--idf", "--min-documents", "1"]
    let outcome = try train(try Fixtures.data(), ["--task", "stance", "--folds", "0"] + options)
    #expect(outcome.exitCode == 0 && modelExists)
    for option in ["--embedding-scale", "--target-parts", "--target-roles"] {
      #expect(outcome.errors.contains("\(option) has no effect"), "\(outcome.errors)")
    }
    for option in ["--idf", "--min-documents"] {
      #expect(!outcome.errors.contains("\(option) has no effect"), "\(outcome.errors)")
    }
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
