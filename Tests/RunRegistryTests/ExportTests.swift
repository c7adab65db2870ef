import Corpus
import Evaluation
import Foundation
import RunRegistry
import Testing

@Suite("Exports of runs")
struct ExportTests {
  @Test("CSV quotes what needs it and defuses formulas, but not numbers")
  func csv() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: folder)
      var run = inventedRun(macroF1: -0.5)
      run.model = "=HYPERLINK(\"http://example.com\")"
      try store.begin(run).fail("a, b")
      let query = RunQuery(columns: [.fixed("model"), .metric("macro_f1"), .fixed("failure"), .metric("log_loss")])
      #expect(
        try store.csv(query) == """
          model,macro_f1,failure,log_loss
          "'=HYPERLINK(""http://example.com"")",-0.5,"a, b",

          """)
    }
  }

  @Test("an MLflow store has the experiments, parameters, metrics and artifacts of the runs")
  func mlflow() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: "\(folder)/runs")
      let recorder = try store.begin(inventedRun(configuration: ["c": 3]))
      recorder.update { $0.metrics["f1.ja/nein é"] = Estimate(value: 0.25) }
      try recorder.finish(predictions: inventedPredictions)
      #expect(try store.exportMLflow(to: "\(folder)/mlruns") == 1)
      let run = "\(folder)/mlruns/1/\(recorder.run.id)"
      func text(_ path: String) throws -> String { try String(contentsOfFile: "\(run)/\(path)", encoding: .utf8) }
      #expect(try text("params/c") == "3")
      #expect(try text("metrics/macro_f1").hasSuffix(" 0.5 0\n"))
      #expect(try text("metrics/macro_f1.lower").hasSuffix(" 0.42 0\n"))
      #expect(try text("metrics/f1.ja_nein _").hasSuffix(" 0.25 0\n"))
      #expect(try text("artifacts/predictions.jsonl").split(separator: "\n").count == 3)
      #expect(throws: RunRegistryError.self) { try store.exportMLflow(to: "\(folder)/mlruns") }
    }
  }
}
