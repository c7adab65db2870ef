import Corpus
public import Evaluation
import Foundation

/// The registry of runs: a folder of run folders, which are the truth, and an index over them in SQLite.
///
/// Whatever happens to the index, no run is lost: listing compares it with the folders first, and `reindex` builds it
/// anew. Any number of processes may write at once.
public struct RunStore: Sendable {
  /// The folder of all runs.
  public let folder: String

  /// The registry in a folder; the folder need not exist yet.
  public init(folder: String) { self.folder = folder }

  /// The registry of a process: `$STANDPOINT_RUNS`, or `runs` in the current folder.
  public static var standard: RunStore {
    let environment = ProcessInfo.processInfo.environment
    return RunStore(folder: environment["STANDPOINT_RUNS"].flatMap { $0.isEmpty ? nil : $0 } ?? "runs")
  }

  var indexPath: String { "\(folder)/runs.sqlite" }

  func runFolder(_ id: String) -> RunFolder { RunFolder(path: "\(folder)/\(id)") }

  /// Starts a run: gives it a name and a time, and makes its folder.
  ///
  /// - Throws: where the folder cannot be made.
  package func begin(_ run: Run) throws(RunRegistryError) -> RunRecorder {
    var run = run
    run.startedAt = Date()
    run.status = .running
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .file(
        CorpusError(
          .cannotCreate, file: folder, found: error.localizedDescription,
          mend: "choose another folder for runs (STANDPOINT_RUNS)"))
    }
    while true {
      run.id = RunID.new(at: run.startedAt)
      // Prepared under a hidden name, so that whoever looks sees a locked folder with a record or none at all.
      let hidden = "\(folder)/.\(run.id)"
      if FileManager.default.fileExists(atPath: "\(folder)/\(run.id)") { continue }
      do {
        try FileManager.default.createDirectory(atPath: hidden, withIntermediateDirectories: false)
      } catch CocoaError.fileWriteFileExists {
        continue
      } catch {
        throw .file(CorpusError(.cannotCreate, file: hidden, found: error.localizedDescription))
      }
      do throws(CorpusError) {
        let lock = try RunLock(hidden)
        try RunFolder(path: hidden).write(run)
        try rename(hidden, to: "\(folder)/\(run.id)")
        indexQuietly(run.id)
        return RunRecorder(run, folder: runFolder(run.id), lock: lock, store: self)
      } catch {
        try? FileManager.default.removeItem(atPath: hidden)
        throw .file(error)
      }
    }
  }

  private func rename(_ from: String, to: String) throws(CorpusError) {
    do {
      try FileManager.default.moveItem(atPath: from, toPath: to)
    } catch {
      throw CorpusError(.cannotCreate, file: to, found: error.localizedDescription)
    }
  }

  /// Takes a run into the index. A failure is no error of the run: the next listing makes it good.
  func indexQuietly(_ id: String) {
    try? RunIndex(path: indexPath).record(id, in: self)
  }

  /// The run that a user means: the name of a run, the beginning of one, `latest`, or the path of a run's folder. What is
  /// both a name and a folder is the name, unless it is written with a slash.
  ///
  /// - Throws: `noSuchRun`, `ambiguousRun`, or what is wrong with its record.
  public func run(_ reference: String) throws(RunRegistryError) -> Run {
    try read(located(reference))
  }

  /// The predictions of a run.
  ///
  /// - Throws: `noPredictions`, or what is wrong with the file.
  public func predictions(of reference: String) throws(RunRegistryError) -> Predictions {
    let folder = try located(reference)
    let run = try read(folder)
    guard FileManager.default.fileExists(atPath: folder.predictionsPath) else { throw .noPredictions(run.id) }
    do throws(CorpusError) {
      return try PredictionsFile.read(folder.predictionsPath, labels: run.labels)
    } catch { throw .file(error) }
  }

  private func read(_ folder: RunFolder) throws(RunRegistryError) -> Run {
    do throws(CorpusError) { return try folder.read() } catch { throw .file(error) }
  }

  private func located(_ reference: String) throws(RunRegistryError) -> RunFolder {
    if reference.contains("/"), FileManager.default.fileExists(atPath: "\(reference)/run.json") {
      return RunFolder(path: reference)
    }
    // A whole name needs no look at all others.
    let isName = !reference.isEmpty && !reference.hasPrefix(".") && !reference.contains("/")
    if isName, FileManager.default.fileExists(atPath: "\(folder)/\(reference)/run.json") { return runFolder(reference) }
    let ids = ids()
    if ids.contains(reference) { return runFolder(reference) }
    if reference == "latest", let last = ids.last { return runFolder(last) }
    let candidates = reference.isEmpty ? [] : ids.filter { $0.hasPrefix(reference) }
    switch candidates.count {
    case 0:
      // A folder of that name in the current one; the names of runs go first, as whoever lists them sees them.
      guard !reference.isEmpty, FileManager.default.fileExists(atPath: "\(reference)/run.json") else {
        throw .noSuchRun(reference, folder: folder)
      }
      return RunFolder(path: reference)
    case 1: return runFolder(candidates[0])
    default: throw .ambiguousRun(reference, candidates: Array(candidates.prefix(5)))
    }
  }

  /// The names of all run folders, by time.
  func ids() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix(".") && !$0.hasPrefix("runs.sqlite") }.sorted()
  }

  /// The runs that a query asks for, with the fields it asks for.
  ///
  /// - Throws: `unknownField`, `index`.
  public func list(_ query: RunQuery = RunQuery()) throws(RunRegistryError) -> RunTable {
    // Nothing was ever run here: there is nothing to list, and no folder to be made for an index.
    guard exists else { return RunTable(columns: query.columns, rows: []) }
    return try currentIndex().rows(query)
  }

  /// Whether there is a folder of runs.
  public var exists: Bool { FileManager.default.fileExists(atPath: folder) }

  /// The names of all settings that runs have, sorted.
  ///
  /// - Throws: `index`.
  public func settingNames() throws(RunRegistryError) -> [String] { exists ? try currentIndex().settingNames() : [] }

  /// The index, up to date with the run folders. Where it may not be written, one in memory is made of them.
  private func currentIndex() throws(RunRegistryError) -> RunIndex {
    let places = FileManager.default.fileExists(atPath: indexPath) ? [folder, indexPath] : [folder]
    let isWritable = places.allSatisfy(FileManager.default.isWritableFile(atPath:))
    let index = try RunIndex(path: isWritable ? indexPath : nil)
    try index.synchronize(with: self)
    return index
  }

  /// Builds the index anew from the run folders.
  ///
  /// - Parameter progress: is told which share of the runs has been taken in.
  /// - Returns: the number of runs.
  /// - Throws: `noFolder`; `file` where the index cannot be written.
  @discardableResult
  public func reindex(progress: (Double) -> Void = { _ in }) throws(RunRegistryError) -> Int {
    guard exists else { throw .noFolder(folder) }
    do throws(RunRegistryError) {
      return try RunIndex.rebuilt(path: indexPath).synchronize(with: self, progress: progress)
    } catch {
      guard case .index(let path, let problem) = error else { throw error }
      throw .file(
        CorpusError(
          .cannotCreate, file: path, found: problem,
          mend: "see that the folder can be written to; where it cannot, runs are listed without an index"))
    }
  }
}
