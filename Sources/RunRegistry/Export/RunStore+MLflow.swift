import Corpus
import Evaluation
import Foundation

/// Runs as a file store of MLflow.
extension RunStore {
  /// Writes listed runs as an MLflow file store (`mlflow ui --backend-store-uri FOLDER`), an experiment a task: settings
  /// as parameters, figures and the ends of their intervals as metrics, the record and the predictions as artifacts.
  ///
  /// Damaged runs are left out. MLflow's own rules hold: names of letters, digits, `_-. :/` only (others become `_`),
  /// values of parameters up to 6,000 characters.
  ///
  /// - Returns: the number of runs written.
  /// - Throws: as `list`; `file` where the folder exists already or cannot be written.
  @discardableResult
  public func exportMLflow(
    to folder: String, _ query: RunQuery = RunQuery(), progress: (Double) -> Void = { _ in }
  ) throws(RunRegistryError) -> Int {
    let runs = try runs(query)
    if let entries = try? FileManager.default.contentsOfDirectory(atPath: folder), !entries.isEmpty {
      throw .file(
        CorpusError(
          .cannotCreate, file: folder, found: "a folder that is not empty",
          mend: "name a folder that does not exist yet"))
    }
    do {
      var written = 0
      let tasks = Set(runs.map { $0.task ?? "none" }).sorted()
      for (number, task) in tasks.enumerated() {
        // MLflow's own default experiment is number 0.
        let experiment = MLflowExperiment(id: String(number + 1), folder: "\(folder)/\(number + 1)")
        let members = runs.filter { ($0.task ?? "none") == task }
        try experiment.write(name: "standpoint \(task)", runs: members)
        for run in members {
          try experiment.write(run, folder: runFolder(run.id))
          written += 1
          progress(Double(written) / Double(runs.count))
        }
      }
    } catch let error as CorpusError {
      throw .file(error)
    } catch {
      throw .file(CorpusError(.cannotCreate, file: folder, found: error.localizedDescription))
    }
    return runs.count
  }
}

/// One experiment of a file store: a folder of run folders.
private struct MLflowExperiment {
  let id: String
  let folder: String

  func write(name: String, runs: [Run]) throws {
    let times = runs.map { Self.milliseconds($0.startedAt) }
    try write(
      [
        "artifact_location": .string(Self.uri(folder)), "creation_time": JSONValue(times.min() ?? 0),
        "experiment_id": .string(id), "last_update_time": JSONValue(times.max() ?? 0), "lifecycle_stage": "active",
        "name": .string(name),
      ], to: "\(folder)/meta.yaml")
  }

  func write(_ run: Run, folder source: RunFolder) throws {
    let target = "\(folder)/\(run.id)"
    let started = Self.milliseconds(run.startedAt)
    try write(
      [
        "artifact_uri": .string(Self.uri("\(target)/artifacts")),
        "end_time": run.endedAt.map { JSONValue(Self.milliseconds($0)) } ?? .null, "entry_point_name": "",
        "experiment_id": .string(id), "lifecycle_stage": "active", "run_id": .string(run.id),
        "run_name": .string(run.id), "run_uuid": .string(run.id), "source_name": "", "source_type": 4,
        "source_version": "", "start_time": JSONValue(started), "status": JSONValue(Self.status(run.status)),
        "tags": [], "user_id": "",
      ], to: "\(target)/meta.yaml")
    for kind in ["metrics", "params", "tags", "artifacts"] {
      try FileManager.default.createDirectory(atPath: "\(target)/\(kind)", withIntermediateDirectories: true)
    }
    for (name, estimate) in run.metrics.sorted(by: { $0.key < $1.key }) {
      let figures = [
        ("", estimate.value), (".lower", estimate.interval?.lower), (".upper", estimate.interval?.upper),
      ]
      for case (let suffix, let value?) in figures {
        try write("\(started) \(value) 0\n", to: "\(target)/metrics/\(Self.name(name + suffix))")
      }
    }
    for (name, value) in run.configuration.flattened + [("seed", String(run.seed))] {
      try write(String(value.prefix(6000)), to: "\(target)/params/\(Self.name(name))")
    }
    let tags: [(String, String?)] = [
      ("mlflow.runName", run.id), ("mlflow.source.git.commit", run.gitCommit), ("kind", run.kind.rawValue),
      ("model", run.model), ("status", run.status.rawValue), ("tool_version", run.toolVersion),
      ("host", run.machine.host), ("openblas", run.machine.openBLAS), ("failure", run.failure),
    ]
    for case (let name, let value?) in tags { try write(value, to: "\(target)/tags/\(name)") }
    for path in [source.recordPath, source.predictionsPath] where FileManager.default.fileExists(atPath: path) {
      let name = (path as NSString).lastPathComponent
      try FileManager.default.copyItem(atPath: path, toPath: "\(target)/artifacts/\(name)")
    }
  }

  /// JSON is YAML.
  private func write(_ value: JSONValue, to path: String) throws {
    try write(value.text(indented: true) + "\n", to: path)
  }

  private func write(_ text: String, to path: String) throws {
    let parent = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private static func milliseconds(_ date: Date) -> Int { Int((date.timeIntervalSince1970 * 1000).rounded()) }

  private static func uri(_ path: String) -> String { URL(fileURLWithPath: path).absoluteString }

  private static func name(_ text: String) -> String {
    String(
      text.map { character in
        "_-. :".contains(character) || (character.isASCII && (character.isLetter || character.isNumber))
          ? character : "_"
      })
  }

  /// MLflow's numbers for how far a run has come.
  private static func status(_ status: Run.Status) -> Int {
    switch status {
    case .running: 1
    case .finished: 3
    case .failed, .damaged: 4
    case .killed: 5
    }
  }
}
