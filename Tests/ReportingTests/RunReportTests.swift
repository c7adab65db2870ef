import Corpus
import Evaluation
import Foundation
import Reporting
import RunRegistry
import TestSupport
import Testing

@Suite("Reports of runs")
struct RunReportTests {
  @Test("lists show numbers with sensible digits, one run shows everything")
  func reports() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(folder: folder.path)
    let machine = Machine(
      host: "h", system: "s", processor: "p", cores: 2, openBLAS: "OpenBLAS Haswell", openBLASThreads: 1, threads: 2)
    let recorder = try store.begin(
      Run(
        kind: .evaluate, task: "stance", model: "m", labels: ["favor"], configuration: ["c": 3],
        data: [Run.DataSource(role: "test", path: "t.jsonl", digest: "ab", count: 7, labelCounts: ["favor": 7])],
        toolVersion: "1", gitCommit: nil, machine: machine, seed: 4,
        metrics: ["macro_f1": Estimate(value: 0.51239), "f1.favor": Estimate(value: 0.25), "x": Estimate(value: 1)]))
    try recorder.finish()
    let table = try store.list(
      RunQuery(columns: [.fixed("kind"), .metric("macro_f1"), .fixed("items"), .setting("c"), .metric("accuracy")]))
    #expect(
      RunListReport(table).text() == """
        kind      macro_f1  items  config.c  accuracy
        ────────  ────────  ─────  ────────  ────────
        evaluate     0.512      7  3         –

        """)
    #expect(RunListReport(table).html.contains(">1 run</h2>"))
    let text = RunReport(try store.run("latest")).text()
    #expect(text.contains("Macro F1     0.512"))
    #expect(text.contains("F1 of favor  0.250"))
    #expect(text.contains("OpenBLAS  OpenBLAS Haswell, 1 thread\n"))
    #expect(text.contains("test  t.jsonl           7  favor 7  ab"))
    #expect(text.contains("c        3"))
    let html = RunReport(try store.run("latest")).html
    #expect(html.contains("<svg role=\"img\"") && html.contains("favor: F1 0.250"))
  }
}
