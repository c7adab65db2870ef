import Corpus
import Foundation
import Testing

/// What the folder `Datasets` says must be true of the code, and its own data must be clean.
@Suite("Datasets")
struct DatasetsTests {
  private let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Datasets")

  private struct Catalog: Decodable {
    struct Corpus: Decodable {
      struct File: Decodable {
        struct Address: Decodable { let repository: String, commit: String, path: String }
        let name: String, bytes: Int, sha256: String, rows: Int?, published: Address
      }
      let name: String, title: String, citation: String, licence: String, metric: String
      let importer: String?, task: String?
      let files: [File]
    }
    let schemaVersion: Int
    let corpora: [Corpus]
  }

  private func catalog() throws -> Catalog {
    try JSONDecoder().decode(Catalog.self, from: Data(contentsOf: folder.appendingPathComponent("corpora.json")))
  }

  @Test("the catalogue names every importer once, with the task whose labels it gives")
  func importers() throws {
    let corpora = try catalog().corpora
    #expect(corpora.compactMap(\.importer).sorted() == PublicCorpus.allCases.map(\.rawValue).sorted())
    #expect(corpora.map(\.name) == corpora.map(\.name).sorted())
    for corpus in corpora {
      guard let importer = corpus.importer else { continue }
      #expect(PublicCorpus(rawValue: importer)?.task == corpus.task)
      #expect(importer == corpus.name)
    }
  }

  @Test("every file has an address, a commit and a checksum")
  func files() throws {
    for corpus in try catalog().corpora {
      #expect(!corpus.files.isEmpty && !corpus.licence.isEmpty && !corpus.citation.isEmpty)
      for file in corpus.files {
        #expect(file.bytes > 0)
        #expect(file.sha256.wholeMatch(of: /[0-9a-f]{64}/) != nil)
        #expect(file.published.commit.wholeMatch(of: /[0-9a-f]{40}/) != nil)
        #expect(file.published.repository.hasPrefix("https://github.com/"))
      }
    }
  }

  @Test("the project's own statements pass the data check without an error")
  func standpointNews() throws {
    let news = folder.appendingPathComponent("standpoint-news").path
    let report = try DataCheck(tasks: LabelSet.Task.known).report(
      on: ["train", "dev", "test"].map { .file("\(news)/\($0).jsonl") })
    #expect(report.errorCount == 0, "\(report.findings)")
    #expect(report.files.map(\.rows).allSatisfy { $0 > 100 })
    let sourcing = try DataCheck(tasks: [LabelSet.Task.sourcing]).report(
      on: ["", "sourcing-", "reports-"].flatMap { kind in
        ["train", "dev", "test"].map { .file("\(news)/\(kind)\($0).jsonl") }
      })
    #expect(sourcing.errorCount == 0, "\(sourcing.findings)")
    #expect(sourcing.files.map(\.rows).allSatisfy { $0 > 50 })
  }

  @Test(
    "labels of articles are whole tables without text, and no article stands in two splits",
    arguments: LabelSet.Task.known)
  func articleLabels(task: String) throws {
    let file = folder.appendingPathComponent("article-labels/\(task).tsv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let columns = try #require(lines.first).split(separator: "\t").map(String.init)
    let target = task == "stance" ? ["target"] : []
    #expect(columns == ["corpus", "article"] + target + ["start", "length", "label", "split"])
    let labels = try #require(LabelSet.standard(for: task)).names + ["-"]
    let corpora = Set(try catalog().corpora.map(\.name))
    var splits: [String: String] = [:]
    var seen = Set<[String]>()
    for line in lines.dropFirst() {
      let row = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(row.count == columns.count, "\(line)")
      let (place, split) = (Array(row.dropLast(3)), row[row.count - 1])
      #expect(seen.insert(place).inserted, "\(line)")
      #expect(corpora.contains(row[0]) && labels.contains(row[row.count - 2]), "\(line)")
      #expect(try #require(Int(row[row.count - 4])) >= 0 && #require(Int(row[row.count - 3])) > 0, "\(line)")
      #expect(["train", "dev"].contains(split) && splits[row[1], default: split] == split, "\(line)")
      splits[row[1]] = split
    }
    #expect(seen.count > 10_000)
  }
}
