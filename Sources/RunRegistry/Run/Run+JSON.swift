package import Corpus
import Evaluation
package import Foundation

/// The record of a run, `run.json`.
extension Run {
  /// The version of the record's shape; it grows when a field changes its meaning or goes away.
  public static let schemaVersion = 1

  /// The record.
  package var json: JSONValue {
    [
      "schema_version": JSONValue(Self.schemaVersion), "id": .string(id), "kind": .string(kind.rawValue),
      "status": .string(status.rawValue), "task": JSONValue(task), "model": JSONValue(model),
      "labels": .array(labels.map { .string($0) }), "started_at": .string(Self.text(startedAt)),
      "ended_at": JSONValue(endedAt.map(Self.text)), "seconds": JSONValue(seconds),
      "peak_memory_bytes": peakMemory.map { JSONValue($0) } ?? .null, "configuration": configuration,
      "data": .array(
        data.map { source in
          [
            "role": .string(source.role), "path": .string(source.path), "sha256": JSONValue(source.digest),
            "statements": JSONValue(source.count), "labels": .object(source.labelCounts.mapValues { JSONValue($0) }),
          ]
        }),
      "tool_version": .string(toolVersion), "git_commit": JSONValue(gitCommit),
      "machine": [
        "host": .string(machine.host), "system": .string(machine.system), "processor": .string(machine.processor),
        "cores": JSONValue(machine.cores), "openblas": .string(machine.openBLAS),
        "openblas_threads": JSONValue(machine.openBLASThreads), "threads": JSONValue(machine.threads),
      ],
      "seed": .number(String(seed)), "metrics": .object(metrics.mapValues { JSONValue($0) }),
      "failure": JSONValue(failure),
    ]
  }

  /// A run from its record.
  ///
  /// - Throws: `CorpusError` where a field is missing, or of a later version of the shape.
  package init(_ json: JSONValue, file: String) throws(CorpusError) {
    func field<Value>(_ name: String, _ value: Value?) throws(CorpusError) -> Value {
      if let value { return value }
      throw CorpusError(
        .invalidValue, file: file, column: name, found: "nothing that can be read",
        mend: "restore the file, or delete the run's folder")
    }
    let version = try field("schema_version", json["schema_version"]?.integer)
    guard version <= Self.schemaVersion else {
      throw CorpusError(
        .invalidValue, file: file, column: "schema_version", expected: "at most \(Self.schemaVersion)",
        found: "\(version)", mend: "read the run with the version of the tool that wrote it")
    }
    let machine = json["machine"]
    func text(_ value: JSONValue?) -> String { value?.string ?? "unknown" }
    id = try field("id", json["id"]?.string)
    kind = try field("kind", json["kind"]?.string.flatMap(Kind.init))
    status = try field("status", json["status"]?.string.flatMap(Status.init))
    startedAt = try field("started_at", json["started_at"]?.string.flatMap(Self.date))
    seed = try field("seed", json["seed"]?.scalarText.flatMap { UInt64($0) })
    task = json["task"]?.string
    model = json["model"]?.string
    labels = json["labels"]?.array?.compactMap(\.string) ?? []
    endedAt = json["ended_at"]?.string.flatMap(Self.date)
    seconds = json["seconds"]?.number
    peakMemory = json["peak_memory_bytes"]?.integer
    configuration = json["configuration"] ?? [:]
    data = (json["data"]?.array ?? []).map { source in
      DataSource(
        role: text(source["role"]), path: text(source["path"]), digest: source["sha256"]?.string,
        count: source["statements"]?.integer ?? 0,
        labelCounts: source["labels"]?.members.compactMapValues(\.integer) ?? [:])
    }
    toolVersion = text(json["tool_version"])
    gitCommit = json["git_commit"]?.string
    self.machine = Machine(
      host: text(machine?["host"]), system: text(machine?["system"]), processor: text(machine?["processor"]),
      cores: machine?["cores"]?.integer ?? 0, openBLAS: text(machine?["openblas"]),
      openBLASThreads: machine?["openblas_threads"]?.integer ?? 0, threads: machine?["threads"]?.integer ?? 0)
    metrics = json["metrics"]?.members.mapValues(\.estimate) ?? [:]
    failure = json["failure"]?.string
  }

  /// A time in UTC by ISO 8601, to the millisecond: `2026-11-24T01:50:12.345Z`.
  package static func text(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  private static func date(_ text: String) -> Date? {
    try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}

extension JSONValue {
  /// The members of an object; none of anything else.
  var members: [String: JSONValue] {
    if case .object(let members) = self { members } else { [:] }
  }
}
