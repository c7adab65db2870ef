import Foundation
import TestSupport
import Testing

/// `standpoint data check`.
@Suite struct DataCheckTests {
  private let folder: TemporaryFolder
  private let train: String
  private let test: String

  init() throws {
    folder = try TemporaryFolder()
    train = try folder.write(
      """
      {"id":"1","text":"The dam holds.","group":"a","stance":"favor","target":"the dam"}
      {"id":"2","text":"The dam  HOLDS.","group":"a","stance":"against","target":"the dam"}
      {"id":"2","text":" ","group":"b","stance":"none","target":"the dam"}
      {"id":"4","text":"It rained.","group":"b","stance":"sunny","target":"rain"}
      {"id":"5"

      """, to: "train.jsonl")
    test = try folder.write(
      """
      {"id":"1","text":"It rained.","group":"c","stance":"none","target":"rain"}
      {"id":"2","text":"Nobody spoke.","group":"a","stance":"none","target":"rain"}

      """, to: "test.jsonl")
  }

  /// The counts of findings by kind, in JSON.
  private func counts(_ arguments: [String]) throws -> [String: Int] {
    let outcome = try Binary.run(["data", "check"] + arguments + ["--format", "json"])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    let counts = try #require(object["counts"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: try counts.map {
        (try #require($0["kind"] as? String), try #require($0["count"] as? Int))
      })
  }

  @Test("each kind of trouble is found, counted and placed")
  func findings() throws {
    let counts = try counts([train, test])
    for (kind, count) in [
      ("broken-row", 1), ("unknown-label", 1), ("empty-text", 1), ("conflicting-labels", 2), ("duplicate-id", 1),
      ("text-in-two-files", 1), ("group-in-two-files", 1), ("missing-label", 0),
    ] {
      #expect(counts[kind] == count, "\(kind)")
    }
    let outcome = try Binary.run(["data", "check", train, test])
    #expect(outcome.exitCode == 0)
    for place in ["\(train):2: error", "\(train):5: error", "\(test):1: error", "\(test):2: error", "sunny"] {
      #expect(outcome.text.contains(place), "\(place)")
    }
  }

  @Test("--strict exits with 1 where there are errors, and with 0 where there are none")
  func strict() throws {
    let outcome = try Binary.run(["data", "check", train, test, "--strict"])
    #expect(outcome.exitCode == 1)
    #expect(outcome.text.contains("errors"))
    #expect(outcome.errors.contains("errors"))
    let clean = try Binary.run(["data", "check", try Fixtures.data(), "--strict"])
    #expect(clean.exitCode == 0, "\(clean.text)")
    #expect(clean.errors.isEmpty)
  }

  @Test("a task that every row must have")
  func tasks() throws {
    #expect(try counts([test, "--task", "sourcing"])["missing-label"] == 2)
  }

  @Test("broken rows beyond --max-errors fail, exit code 65")
  func maximumErrors() throws {
    let path = try folder.write("{\n{\n" + #"{"text":"It rained."}"# + "\n", to: "broken.jsonl")
    #expect(try Binary.run(["data", "check", path, "--max-errors", "2"]).exitCode == 0)
    let outcome = try Binary.run(["data", "check", path, "--max-errors", "1"])
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("\(path):1"))
  }

  @Test("a file of which no row can be read fails, and the others are checked all the same")
  func brokenFile() throws {
    for (name, text) in [("empty", ""), ("words", "no JSON\nnor this\n"), ("line", "{\n")] {
      let broken = try folder.write(text, to: "\(name).jsonl")
      let outcome = try Binary.run(["data", "check", test, broken])
      #expect(outcome.exitCode == 65, "\(name)")
      #expect(outcome.errors.contains(broken))
      #expect(outcome.text.contains(test))
    }
  }

  @Test("the project's own data are clean")
  func ownData() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let files = ["train", "dev", "test"].map { root.path + "/Datasets/standpoint-news/\($0).jsonl" }
    let outcome = try Binary.run(["data", "check", "--strict", "--task", "sourcing", "--task", "stance"] + files)
    #expect(outcome.exitCode == 0, "\(outcome.text)")
  }
}
