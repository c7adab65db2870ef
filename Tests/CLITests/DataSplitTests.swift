import Foundation
import TestSupport
import Testing

/// `standpoint data split`.
@Suite struct DataSplitTests {
  private func rows(_ path: String) throws -> [[String: Any]] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test("every row stands in one part, no group in two, whatever the order of the rows")
  func parts() throws {
    let folder = try TemporaryFolder()
    let data = try Fixtures.data()
    let arguments = ["--fractions", "8,1,1", "--names", "train,dev,test", "--task", "stance", "--seed", "3"]
    let outcome = try Binary.run(["data", "split", data] + arguments + ["--output", folder.file("a")])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    var partOfGroup: [String: String] = [:]
    var ids: [String] = []
    for part in ["train", "dev", "test"] {
      for row in try rows(folder.file("a/\(part).jsonl")) {
        ids.append(try #require(row["id"] as? String))
        let group = try #require(row["group"] as? String)
        #expect(partOfGroup.updateValue(part, forKey: group) ?? part == part)
      }
    }
    #expect(ids.count == 180)
    #expect(Set(ids) == Set((0..<180).map { "s\($0)" }))

    let lines = try String(contentsOfFile: data, encoding: .utf8).split(separator: "\n")
    let reversed = try folder.write(lines.reversed().joined(separator: "\n"), to: "reversed.jsonl")
    let again = try Binary.run(["data", "split", reversed] + arguments + ["--output", folder.file("b")])
    #expect(again.exitCode == 0)
    for part in ["train", "dev", "test"] {
      let first = Set(try rows(folder.file("a/\(part).jsonl")).compactMap { $0["id"] as? String })
      let second = Set(try rows(folder.file("b/\(part).jsonl")).compactMap { $0["id"] as? String })
      #expect(first == second)
    }
  }

  @Test("a text of two groups, or of one and of none, stands in one part", arguments: [",\"group\":\"g2\"", ""])
  func sharedText(group: String) throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(
      """
      {"id":"1","text":"Same text.","group":"g1","stance":"favor"}
      {"id":"2","text":"Same  TEXT."\(group),"stance":"favor"}
      {"id":"3","text":"Other text.","group":"g3","stance":"against"}
      {"id":"4","text":"Fourth text.","group":"g4","stance":"against"}

      """, to: "rows.jsonl")
    let split = try Binary.run(["data", "split", data, "--fractions", "1,1", "--output", folder.file("p")])
    #expect(split.exitCode == 0, "\(split.errors)")
    let check = try Binary.run(
      ["data", "check", folder.file("p/train.jsonl"), folder.file("p/test.jsonl"), "--strict"])
    #expect(!check.text.contains("text-in-two-files"), "\(check.text)")
  }

  @Test("the summary counts what was written, as text and as JSON")
  func summary() throws {
    let folder = try TemporaryFolder()
    let arguments = ["data", "split", try Fixtures.data(), "--folds", "3", "--task", "stance"]
    let json = try Binary.run(arguments + ["--output", folder.file("a"), "--format", "json"])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
    let parts = try #require(object["parts"] as? [[String: Any]])
    #expect(parts.map { $0["name"] as? String } == ["fold-1", "fold-2", "fold-3"])
    for part in parts {
      let written = try rows(try #require(part["file"] as? String))
      #expect(part["rows"] as? Int == written.count)
      let labels = try #require(part["labels"] as? [String: Int])
      #expect(labels["favor"] == written.count { $0["stance"] as? String == "favor" })
      #expect(labels.values.reduce(0, +) == written.count)
    }
    let text = try Binary.run(arguments + ["--output", folder.file("b")])
    #expect(text.text.contains("fold-3"))
    #expect(text.text.contains("against"))
  }

  @Test("parts never take the place of their input, exit code 73")
  func overInput() throws {
    let folder = try TemporaryFolder()
    let content = Fixtures.statements(count: 30)
    let path = try folder.write(content, to: "train.jsonl")
    let outcome = try Binary.run(["data", "split", path, "--fractions", "1,1", "--output", folder.path])
    #expect(outcome.exitCode == 73)
    #expect(outcome.errors.contains(path))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["train.jsonl"])
  }

  @Test("fewer groups than parts, exit code 65, and no folder is left behind")
  func tooFew() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Fixtures.statements(count: 6), to: "data.jsonl")
    let outcome = try Binary.run(["data", "split", path, "--folds", "5", "--output", folder.file("folds")])
    #expect(outcome.exitCode == 65)
    #expect(!FileManager.default.fileExists(atPath: folder.file("folds")))
  }
}
