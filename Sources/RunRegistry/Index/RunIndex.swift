import Corpus
import Evaluation
import Foundation
import GRDB
import Glibc

/// The index of runs in SQLite: what makes listing thousands of runs fast. It holds nothing that the run folders do not.
struct RunIndex: Sendable {
  private let queue: DatabaseQueue
  private let path: String

  /// Opens the index, and makes or migrates it where needed.
  ///
  /// - Parameter file: where it is; nil for one in memory, which begins empty.
  init(path file: String?) throws(RunRegistryError) {
    let path = file ?? "memory"
    self.path = path
    queue = try Self.reporting(path) {
      var configuration = Configuration()
      // Another process may be writing: wait for it rather than give up.
      configuration.busyMode = .timeout(30)
      if file != nil { configuration.journalMode = .wal }
      let queue =
        try file.map { try DatabaseQueue(path: $0, configuration: configuration) }
        ?? DatabaseQueue(configuration: configuration)
      try Migrations.all.migrate(queue)
      guard try !queue.read({ try Migrations.all.hasBeenSuperseded($0) }) else {
        throw DatabaseError(message: "it was made by a later version")
      }
      return queue
    }
  }

  /// An empty index: the old one emptied, or replaced where it cannot be opened.
  static func rebuilt(path: String) throws(RunRegistryError) -> RunIndex {
    if let index = try? RunIndex(path: path), (try? index.queue.write(Migrations.empty)) != nil { return index }
    for suffix in ["", "-wal", "-shm"] where unsafe unlink(path + suffix) != 0 && errno != ENOENT {
      throw .index(path: path + suffix, problem: lastSystemMessage())
    }
    return try RunIndex(path: path)
  }

  /// What tells a record that has changed from one that is known: its time of change in nanoseconds, and its size.
  private struct Stamp: Equatable {
    let changed: Int64
    let size: Int64

    init(changed: Int64, size: Int64) {
      self.changed = changed
      self.size = size
    }

    init?(_ path: String) {
      var status = stat()
      guard unsafe stat(path, &status) == 0 else { return nil }
      changed = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
      size = Int64(status.st_size)
    }
  }

  /// Brings the index up to date with the run folders: new, changed and removed runs, and runs that were killed.
  ///
  /// - Returns: the number of runs.
  /// - Complexity: one look at each folder, and one reading of each new or changed record.
  @discardableResult
  func synchronize(
    with store: RunStore, progress: (Double) -> Void = { _ in }
  ) throws(RunRegistryError) -> Int {
    try Self.reporting(path) {
      var known: [String: Stamp] = [:]
      var running: Set<String> = []
      try queue.read { database in
        let rows = try Row.fetchCursor(database, sql: "SELECT id, changed, size, status FROM run")
        while let row = try rows.next() {
          let id: String = row[0]
          known[id] = Stamp(changed: row[1], size: row[2])
          if row[3] == Run.Status.running.rawValue { running.insert(id) }
        }
      }
      var present = 0
      var stale: [(id: String, stamp: Stamp)] = []
      for id in store.ids() {
        guard let stamp = Stamp(store.runFolder(id).recordPath) else { continue }
        present += 1
        let wasKilled = running.contains(id) && !RunLock.isHeld(store.runFolder(id).path)
        if known.removeValue(forKey: id) != stamp || wasKilled { stale.append((id, stamp)) }
      }
      if stale.isEmpty && known.isEmpty { return present }
      let removed = known.keys.sorted()
      try queue.write { database in
        for id in removed { try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [id]) }
        for (number, (id, stamp)) in stale.enumerated() {
          progress(Double(number) / Double(stale.count))
          try insert(id, store.runFolder(id), stamp, into: database)
        }
      }
      return present
    }
  }

  /// Takes in one run, new or changed.
  func record(_ id: String, in store: RunStore) throws(RunRegistryError) {
    let folder = store.runFolder(id)
    guard let stamp = Stamp(folder.recordPath) else { return }
    try Self.reporting(path) { try queue.write { try insert(id, folder, stamp, into: $0) } }
  }

  private func insert(_ id: String, _ folder: RunFolder, _ stamp: Stamp, into database: Database) throws {
    // Its metrics and settings go with it.
    try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [id])
    let run: Run
    do throws(CorpusError) {
      run = try folder.read()
    } catch {
      try database.execute(
        sql: "INSERT INTO run (id, changed, size, status, failure) VALUES (?, ?, ?, ?, ?)",
        arguments: [id, stamp.changed, stamp.size, Run.Status.damaged.rawValue, error.description])
      return
    }
    try database.execute(
      sql: """
        INSERT INTO run (id, changed, size, kind, status, task, model, data, items, seconds, memory, seed, started_at,
          ended_at, tool_version, git_commit, host, failure)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, stamp.changed, stamp.size, run.kind.rawValue, run.status.rawValue, run.task, run.model,
        run.data.map(\.path).joined(separator: " "), run.itemCount, run.seconds, run.peakMemory, String(run.seed),
        Run.text(run.startedAt), run.endedAt.map(Run.text), run.toolVersion, run.gitCommit, run.machine.host,
        run.failure,
      ])
    let metric = try database.cachedStatement(sql: "INSERT INTO metric (run, name, value) VALUES (?, ?, ?)")
    for (name, estimate) in run.metrics.sorted(by: { $0.key < $1.key }) {
      try metric.execute(arguments: [id, name, estimate.value])
    }
    let setting = try database.cachedStatement(sql: "INSERT INTO setting (run, name, value) VALUES (?, ?, ?)")
    for (name, value) in run.configuration.flattened { try setting.execute(arguments: [id, name, value]) }
  }

  /// The rows that a query asks for.
  func rows(_ query: RunQuery) throws(RunRegistryError) -> RunTable {
    let statement = RunStatement(query)
    return try Self.reporting(path) {
      let rows = try queue.read { database in
        try Row.fetchAll(database, sql: statement.sql, arguments: StatementArguments(statement.arguments))
      }
      return RunTable(
        columns: query.columns,
        rows: rows.map { row in
          query.columns.indices.map { column in
            switch (row[column] as DatabaseValue).storage {
            case .null, .blob: .missing
            case .int64(let value): .number(Double(value))
            case .double(let value): .number(value)
            case .string(let text): .text(text)
            }
          }
        })
    }
  }

  /// The names of all settings, sorted.
  func settingNames() throws(RunRegistryError) -> [String] {
    try Self.reporting(path) {
      try queue.read { try String.fetchAll($0, sql: "SELECT DISTINCT name FROM setting ORDER BY name") }
    }
  }

  /// Gives the errors of SQLite the registry's form.
  private static func reporting<Result>(
    _ path: String, _ body: () throws -> Result
  ) throws(RunRegistryError) -> Result {
    do {
      return try body()
    } catch let error as RunRegistryError {
      throw error
    } catch let error as DatabaseError {
      throw .index(path: path, problem: error.message ?? "SQLite error \(error.resultCode.rawValue)")
    } catch {
      throw .index(path: path, problem: "\(error)")
    }
  }
}
