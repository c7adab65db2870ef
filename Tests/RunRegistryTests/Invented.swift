import Corpus
import Evaluation
import RunRegistry

/// A run of an imaginary model.
func inventedRun(
  _ kind: Run.Kind = .evaluate, task: String? = "stance", macroF1: Double = 0.5, configuration: JSONValue = [:]
) -> Run {
  Run(
    kind: kind, task: task, model: "models/\(task ?? "none")", labels: ["favor", "against"],
    configuration: configuration,
    data: [
      Run.DataSource(
        role: "test", path: "test.jsonl", digest: "ab12", count: 3, labelCounts: ["favor": 2, "against": 1])
    ], toolVersion: "0.0.1", gitCommit: nil,
    machine: Machine(
      host: "host", system: "system", processor: "processor", cores: 2, openBLAS: "OpenBLAS 0.3 Haswell",
      openBLASThreads: 1, threads: 2), seed: .max,
    metrics: [
      "macro_f1": Estimate(
        value: macroF1, percentile: ConfidenceInterval(lower: macroF1 - 0.1, upper: macroF1 + 0.1),
        bca: ConfidenceInterval(lower: macroF1 - 0.08, upper: macroF1 + 0.12)),
      "log_loss": Estimate(value: nil),
    ])
}

/// Three answers, with everything that predictions can carry.
let inventedPredictions = Predictions(
  labels: ["favor", "against"], ids: ["1", "zwei \"2\"", "3\n"], groups: ["g", "g", "h"], gold: [0, 0, 1],
  predicted: [0, 1, 1], probabilities: [0.1, 0.9, 1 / 3, 2 / 3, 1e-20, 1], attributes: ["target": ["x", "", "ÿ"]],
  texts: ["one", "two", "\u{1F600}"])
