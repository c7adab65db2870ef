import Corpus
import Evaluation
import Foundation
import LinearAlgebra
import RunRegistry
import Standpoint

/// Keeps the record of the run that a command makes.
struct RunJournal {
  private let recorder: RunRecorder

  /// Where the run is kept.
  var path: String { recorder.path }

  /// Begins a run in `$STANDPOINT_RUNS`.
  static func begin(
    _ kind: Run.Kind, task: String, model: String, configuration: JSONValue, options: SharedOptions,
    data: [Run.DataSource]
  ) throws -> RunJournal {
    BLAS.setThreads(1)
    let run = Run(
      kind: kind, task: task, model: model, configuration: configuration, data: data,
      toolVersion: Version.current,
      machine: Machine.current(
        openBLAS: BLAS.description, openBLASThreads: BLAS.threads, threads: options.threads),
      seed: options.seed)
    return RunJournal(recorder: try RunStore.standard.begin(run))
  }

  /// Describes labelled statements and where they came from.
  static func source(
    _ role: String, _ path: String, _ statements: [Statement], task: String, digest: String
  ) -> Run.DataSource {
    var counts: [String: Int] = [:]
    for statement in statements { counts[statement.labels[task] ?? "", default: 0] += 1 }
    return Run.DataSource(role: role, path: path, digest: digest, count: statements.count, labelCounts: counts)
  }

  /// Notes the settings that tuning chose.
  func update(_ configuration: Trainer.Configuration) throws {
    let json = try Self.json(configuration)
    recorder.update { $0.configuration = json }
  }

  /// Ends the run with what came out.
  func finish(_ predictions: Predictions?, assessment: Assessment?) throws {
    if let assessment {
      let scores = assessment.scores
      recorder.update { run in
        run.labels = scores.confusion.labels
        for estimate in scores.all { run.metrics[estimate.metric.name] = estimate.estimate }
        run.metrics[RunField.coverage] = assessment.selective.coverage
        run.metrics[RunField.riskArea] = assessment.selective.area
      }
    }
    try recorder.finish(predictions: predictions)
  }

  /// Ends the run with the reason why nothing came out.
  func fail(_ error: any Error) { try? recorder.fail("\(error)") }

  /// Settings as they stand in the record.
  static func json(_ configuration: some Encodable) throws -> JSONValue {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try JSONValue([UInt8](encoder.encode(configuration)).span)
  }
}
