import Corpus
import Evaluation
import Foundation
import Glibc
import RunRegistry
import Testing

@Suite("RunStore")
struct RunStoreTests {
  @Test("what a run wrote down is read back")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: "\(folder)/runs")
      let recorder = try store.begin(inventedRun(configuration: ["c": 3, "ngrams": [1, 2], "name": "x"]))
      #expect(try store.run(recorder.run.id).status == .running)
      recorder.update { $0.metrics["accuracy"] = Estimate(value: 2 / 3) }
      try recorder.finish(predictions: inventedPredictions)
      let run = try store.run(recorder.run.id)
      #expect(run.status == .finished)
      #expect(run.metrics == recorder.run.metrics)
      #expect(run.data == recorder.run.data)
      #expect(run.machine == recorder.run.machine)
      #expect(run.configuration == ["c": 3, "ngrams": [1, 2], "name": "x"])
      #expect(run.seed == .max)
      #expect(run.seconds != nil && run.peakMemory ?? 0 > 1_000_000)
      #expect(try store.predictions(of: run.id) == inventedPredictions)
    }
  }

  @Test("an abstention is written as null and read back, with and without probabilities")
  func abstentions() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: folder)
      for probabilities in [[Float](), [0.25, 0.75, 0.6, 0.4]] {
        let predictions = Predictions(
          labels: ["favor", "against"], ids: ["a", "b"], gold: [0, 0], predicted: [probabilities.isEmpty ? 0 : 1, 0],
          abstained: [true, false], probabilities: probabilities)
        let recorder = try store.begin(inventedRun())
        try recorder.finish(predictions: predictions)
        let text = try String(contentsOfFile: "\(recorder.path)/predictions.jsonl", encoding: .utf8)
        #expect(text.contains("\"predicted\":null"))
        #expect(try store.predictions(of: recorder.run.id) == predictions)
      }
    }
  }

  @Test("a run is found by its name, the beginning of it, its path, or as the latest")
  func references() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: folder)
      let first = try store.begin(inventedRun())
      let second = try store.begin(inventedRun())
      let (a, b) = (first.run.id, second.run.id)
      #expect(a < b || a.prefix(19) == b.prefix(19))
      #expect(try store.run(String(a)).id == a)
      #expect(try store.run(String(a.dropLast())).id == a)
      #expect(try store.run("\(folder)/\(b)").id == b)
      #expect(try store.run("latest").id == max(a, b))
      #expect(throws: RunRegistryError.ambiguousRun("2", candidates: [a, b].sorted())) { try store.run("2") }
      #expect(throws: RunRegistryError.noSuchRun("x", folder: folder)) { try store.run("x") }
      #expect(throws: RunRegistryError.noSuchRun("", folder: folder)) { try store.run("") }
      #expect(throws: RunRegistryError.noPredictions(a)) { try store.predictions(of: a) }
    }
  }

  @Test("a run is running while its process holds it, and killed when the process is gone")
  func killed() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: folder)
      var recorder: RunRecorder? = try store.begin(inventedRun())
      let id = try #require(recorder?.run.id)
      let query = RunQuery(columns: [.fixed("id"), .fixed("status")])
      #expect(try store.list(query).rows == [[.text(id), .text("running")]])
      recorder = nil
      #expect(try store.list(query).rows == [[.text(id), .text("killed")]])
      #expect(try store.run(id).status == .killed)
    }
  }

  @Test("a failed run says why")
  func failed() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: folder)
      let recorder = try store.begin(inventedRun(.train))
      try recorder.fail("the disk is full")
      #expect(try store.run("latest").failure == "the disk is full")
      #expect(try store.list(RunQuery(columns: [.fixed("failure")])).rows == [[.text("the disk is full")]])
    }
  }

  @Test("folders are the truth: the index follows what was added, changed, damaged and removed")
  func synchronization() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: folder)
      for score in [0.1, 0.2, 0.3] { try store.begin(inventedRun(macroF1: score)).finish() }
      let ids = try store.list(RunQuery(order: [.init(.metric("macro_f1"))], columns: [.fixed("id")])).rows.map { row in
        if case .text(let id) = row[0] { id } else { "" }
      }
      #expect(ids.count == 3)
      try FileManager.default.removeItem(atPath: "\(folder)/\(ids[0])")
      try "{".write(toFile: "\(folder)/\(ids[1])/run.json", atomically: true, encoding: .utf8)
      try FileManager.default.copyItem(atPath: "\(folder)/\(ids[2])", toPath: "\(folder)/copy")
      try FileManager.default.createDirectory(atPath: "\(folder)/notes", withIntermediateDirectories: true)
      let rows = try store.list(RunQuery(columns: [.fixed("id"), .fixed("status"), .metric("macro_f1")])).rows
      #expect(
        Set(rows.map { "\($0)" })
          == Set([
            "\([RunTable.Value.text(ids[1]), .text("damaged"), .missing])",
            "\([RunTable.Value.text(ids[2]), .text("finished"), .number(0.3)])",
            "\([RunTable.Value.text("copy"), .text("finished"), .number(0.3)])",
          ]))
      #expect(throws: RunRegistryError.self) { try store.run(ids[1]) }
      #expect(try store.runs().count == 2)
    }
  }

  @Test("a damaged index is named, and built anew from the folders")
  func reindex() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: folder)
      for _ in 0..<3 { try store.begin(inventedRun()).finish() }
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: "\(folder)/runs.sqlite\(suffix)") }
      try Data(repeating: 0x41, count: 10_000).write(to: URL(fileURLWithPath: "\(folder)/runs.sqlite"))
      let error = #expect(throws: RunRegistryError.self) { try store.list() }
      #expect(error.map { "\($0)".contains("runs reindex") } == true)
      // A run does not fail because its index is damaged.
      try store.begin(inventedRun()).finish()
      #expect(try store.reindex() == 4)
      #expect(try store.list().rows.count == 4)
      try FileManager.default.removeItem(atPath: "\(folder)/runs.sqlite")
      #expect(try store.list().rows.count == 4)
    }
  }

  @Test("an index that cannot be written is named, and the advice is not to try again")
  func unwritableIndex() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: folder)
      let index = "\(folder)/runs.sqlite"
      // A folder in its place can be neither opened nor replaced, whoever runs the test.
      try FileManager.default.createDirectory(atPath: "\(index)/full", withIntermediateDirectories: true)
      let error = #expect(throws: RunRegistryError.self) { try store.reindex() }
      guard case .file(let file) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(file.kind == .cannotCreate && file.file == index)
      #expect(!"\(file)".contains("runs reindex"))
    }
  }

  @Test("a registry that may only be read is listed", .enabled(if: geteuid() != 0))
  func readOnly() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: folder)
      for score in [0.1, 0.2] { try store.begin(inventedRun(macroF1: score, configuration: ["c": 3])).finish() }
      let table = try store.list()
      func permit(_ mode: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      }
      defer { try? permit(0o755, folder) }
      try permit(0o444, "\(folder)/runs.sqlite")
      try permit(0o555, folder)
      #expect(try store.list() == table)
      #expect(try store.settingNames() == ["c"])
      try permit(0o755, folder)
      try FileManager.default.removeItem(atPath: "\(folder)/runs.sqlite")
      try permit(0o555, folder)
      #expect(try store.list() == table)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/runs.sqlite"))
    }
  }

  @Test("many writers at once lose nothing")
  func concurrency() throws {
    try withTemporaryFolder { folder in
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        // A store of its own has connections of its own, as another process would.
        let store = RunStore(folder: folder)
        for _ in 0..<5 {
          do {
            let recorder = try store.begin(inventedRun())
            _ = try store.list()
            try recorder.finish(predictions: inventedPredictions)
          } catch { Issue.record(error) }
        }
      }
      let table = try RunStore(folder: folder).list(RunQuery(columns: [.fixed("status"), .metric("macro_f1")]))
      #expect(table.rows == Array(repeating: [.text("finished"), .number(0.5)], count: 40))
    }
  }

  @Test("an empty registry is no error")
  func empty() throws {
    try withTemporaryFolder { folder in
      let table = try RunStore(folder: "\(folder)/none").list()
      #expect(table.rows.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/none"))
    }
  }

  @Test("predictions that were changed by hand are refused with file and line")
  func changedPredictions() throws {
    try withTemporaryFolder { folder in
      let store = RunStore(folder: folder)
      let recorder = try store.begin(inventedRun())
      try recorder.finish(predictions: inventedPredictions)
      let path = "\(recorder.path)/predictions.jsonl"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacing("\"gold\":\"against\"", with: "\"gold\":\"other\"").write(
        toFile: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: RunRegistryError.self) { try store.predictions(of: recorder.run.id) }
      #expect(error.map { "\($0)".contains("predictions.jsonl:3") && "\($0)".contains("favor, against") } == true)
    }
  }
}
