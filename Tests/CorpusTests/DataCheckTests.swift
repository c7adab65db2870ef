import Corpus
import Foundation
import TestSupport
import Testing

@Suite("DataCheck")
struct DataCheckTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func check(
    _ files: KeyValuePairs<String, String>, _ check: DataCheck = DataCheck()
  ) throws -> DataCheck.Report {
    var sources: [InputSource] = []
    for (name, text) in files { sources.append(.file(try folder.write(text, to: name))) }
    return try check.report(on: sources)
  }

  private func kinds(_ report: DataCheck.Report) -> [String] {
    report.findings.map { "\($0.kind.rawValue) \($0.file.split(separator: "/").last ?? ""):\($0.line ?? 0)" }
  }

  private let clean = """
    {"id":"1","text":"NATO is good.","target":"NATO","target_span":[0,4],"group":"a","stance":"favor","sourcing":"person"}
    {"id":"2","text":"NATO is bad.","target":"NATO","group":"b","stance":"against","sourcing":"media"}

    """

  @Test("clean data have no findings, and their labels are counted in a fixed order")
  func cleanData() throws {
    let report = try check(["train.jsonl": clean])
    #expect(report.findings == [])
    #expect(report.errorCount == 0 && report.warningCount == 0)
    #expect(report.counts.map(\.kind) == DataCheck.Kind.allCases)
    #expect(report.files[0].rows == 2)
    #expect(report.files[0].groups == 2)
    #expect(
      report.files[0].labels.map { "\($0.task) \($0.label) \($0.count)" } == [
        "sourcing person 1", "sourcing organization 0", "sourcing media 1", "sourcing document 0",
        "sourcing anonymous 0", "sourcing unattributed 0", "stance favor 1", "stance against 1", "stance none 0",
      ])
  }

  @Test("all broken rows are found, not only the first, and the others are still checked")
  func brokenRows() throws {
    let report = try check(["a.jsonl": "{\n{\"text\":\"ok\"}\n{\"id\":1}\n[]\n{\"text\":\" \"}\n"])
    #expect(
      kinds(report) == ["broken-row a.jsonl:1", "broken-row a.jsonl:3", "broken-row a.jsonl:4", "empty-text a.jsonl:5"])
    #expect(report.files[0].rows == 2)
    #expect(report.files[0].brokenRows == 3)
  }

  @Test("unknown and missing labels")
  func labels() throws {
    let text = "text,stance,tone\na,FAVOR,warm\nb,,cold\nc,none,cold\n"
    let report = try check(["train.csv": text, "dev.csv": "text,tone\nd,hot\ne,cold\n"], DataCheck(tasks: ["tone"]))
    #expect(kinds(report) == ["unknown-label train.csv:2", "unknown-label dev.csv:2"])
    #expect(report.findings[1].message.contains("“hot” is no label of tone, which has cold, warm in "))
    let asked = try check(["train.csv": text], DataCheck(tasks: ["stance"]))
    #expect(kinds(asked) == ["unknown-label train.csv:2", "missing-label train.csv:3"])
    let given = try check(["train.csv": text], DataCheck(labels: ["stance": LabelSet(["FAVOR", "none"])]))
    #expect(kinds(given) == [])
  }

  @Test("the same text in other case and spacing: with the same label, another label, another target")
  func duplicates() throws {
    let report = try check([
      "a.csv": "id,text,target,stance\n1,NATO is good,NATO,favor\n2,nato  IS good ,NATO,favor\n"
        + "3,NATO is good,NATO,none\n4,NATO is good,EU,none\n1,Other,EU,none\n"
    ])
    #expect(kinds(report) == ["duplicate-text a.csv:3", "conflicting-labels a.csv:4", "duplicate-id a.csv:6"])
    #expect(report.errorCount == 2 && report.warningCount == 1)
  }

  @Test("the same text or group in two files is a leak")
  func leaks() throws {
    let report = try check([
      "train.csv": "text,group,stance\nOne,g1,favor\nTwo,g2,none\n",
      "test.csv": "text,group,stance\nThree,g2,none\none,g3,favor\n",
    ])
    #expect(kinds(report) == ["group-in-two-files test.csv:2", "text-in-two-files test.csv:3"])
  }

  @Test("spans beyond the text and over other words, counted in code points")
  func spans() throws {
    func row(_ id: Int, _ span: String) -> String {
      "{\"id\":\(id),\"text\":\"É\(id). NATO met.\",\"target\":\"the nato states\",\"target_span\":\(span)}\n"
    }
    let report = try check([
      "a.jsonl": row(1, "[4,8]") + row(2, "[3,8]") + row(3, "[9,12]") + row(4, "[4,14]") + row(5, "[4,4]")
    ])
    #expect(
      kinds(report) == ["span-mismatch a.jsonl:3", "span-out-of-range a.jsonl:4", "span-out-of-range a.jsonl:5"])
  }

  @Test("long texts and a single label are warnings")
  func warnings() throws {
    let long = String(repeating: "é", count: 5001)
    let report = try check(["a.csv": "text,stance\n\(long),favor\n"])
    #expect(kinds(report) == ["long-text a.csv:2", "single-label a.csv:0"])
    #expect(report.errorCount == 0)
  }

  @Test("files that hold no rows are findings, files that are not there are errors")
  func files() throws {
    let report = try check(["a.csv": "text,stance\n", "b.csv": "", "c.csv": "sentence\nx\n", "d.jsonl": clean])
    #expect(kinds(report) == ["broken-file a.csv:0", "broken-file b.csv:0", "broken-file c.csv:1"])
    let error = #expect(throws: CorpusError.self) {
      _ = try DataCheck().report(on: [.file(folder.file("absent.jsonl"))])
    }
    #expect(error?.category == .noInput)
  }

  @Test("a file whose rows are all broken is broken itself, and a format that cannot be told is no finding")
  func noReadableRow() throws {
    let report = try check(["a.jsonl": "{\n[]\n", "b.jsonl": "x\n"])
    #expect(
      kinds(report) == [
        "broken-row a.jsonl:1", "broken-row a.jsonl:2", "broken-file a.jsonl:0", "broken-row b.jsonl:1",
        "broken-file b.jsonl:0",
      ])
    #expect(report.findings[2].message == "none of its rows can be read")
    let error = #expect(throws: CorpusError.self) { _ = try check(["a.docx": "x\n"]) }
    #expect(error?.kind == .unknownFormat && error?.category == .usage)
  }

  @Test("not all findings are listed, but all are counted")
  func limits() throws {
    let rows = String(repeating: "{\n", count: 50) + "{\"text\":\"ok\"}\n"
    let report = try check(["a.jsonl": rows], DataCheck(maximumFindings: 3))
    #expect(report.findings.count == 3)
    #expect(report.errorCount == 50)
  }

  @Test("a report comes back from JSON, with the same keys whatever was found")
  func codable() throws {
    let report = try check(["a.csv": "text,stance\na,favor\nb\n"])
    let data = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(DataCheck.Report.self, from: data) == report)
    #expect(String(decoding: data, as: UTF8.self).contains("\"line\":null"))
  }
}
