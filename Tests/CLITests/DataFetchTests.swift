import Foundation
import TestSupport
import Testing

/// `standpoint data fetch`.
@Suite struct DataFetchTests {
  private func object(_ arguments: [String]) throws -> Any {
    let outcome = try Binary.run(["data", "fetch"] + arguments + ["--format", "json"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    return try JSONSerialization.jsonObject(with: Data(outcome.output))
  }

  @Test("every corpus has an address, a size and a checksum for each file")
  func register() throws {
    let corpora = try #require(try object([]) as? [[String: Any]])
    #expect(corpora.count >= 8)
    for corpus in corpora {
      let name = try #require(corpus["name"] as? String)
      let text = try Binary.run(["data", "fetch", name]).text
      for file in try #require(corpus["files"] as? [[String: Any]]) {
        let digest = try #require(file["sha256"] as? String)
        #expect(digest.wholeMatch(of: /[0-9a-f]{64}/) != nil)
        #expect(text.contains(digest))
        #expect(text.contains("https://"))
      }
      #expect(text.contains(try #require(corpus["licence"] as? String)))
    }
  }

  @Test("missing files and files of other bytes are named, with exit codes 66 and 65")
  func verification() throws {
    let folder = try TemporaryFolder()
    let missing = try Binary.run(["data", "fetch", "gwstance", folder.path])
    #expect(missing.exitCode == 66)
    #expect(missing.errors.contains("\(folder.path)/GWSD-train.tsv: missing"))
    try folder.write("something else", to: "GWSD-train.tsv")
    let other = try Binary.run(["data", "fetch", "gwstance", folder.path])
    #expect(other.exitCode == 65)
    #expect(other.errors.contains("GWSD-train.tsv"))
    #expect(other.errors.contains("https://"))
  }
}
