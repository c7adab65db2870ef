import Corpus
import Glibc

/// The folder of one run: its record, its predictions, and the lock that its process holds as long as it lives.
struct RunFolder: Sendable {
  /// The path.
  let path: String

  /// The record.
  var recordPath: String { "\(path)/run.json" }
  /// The predictions.
  var predictionsPath: String { "\(path)/predictions.jsonl" }

  /// Reads the run. One whose record says that it is running, while nobody holds its lock, was killed.
  func read() throws(CorpusError) -> Run {
    // The lock comes first: who finishes writes the record and then lets go, so a free lock means a last record.
    let isLocked = RunLock.isHeld(path)
    let bytes = try ByteSource.contents(of: .file(recordPath))
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(bytes.span)
    } catch {
      throw CorpusError(
        .invalidJSON, file: recordPath, byte: error.offset + 1, found: error.message,
        mend: "restore the file, or delete the run's folder")
    }
    var run = try Run(json, file: recordPath)
    if run.status == .running && !isLocked { run.status = .killed }
    return run
  }

  /// Writes the record, whole or not at all.
  func write(_ run: Run) throws(CorpusError) {
    let file = try OutputFile(path: recordPath)
    try file.write(run.json.text(indented: true) + "\n")
    try file.commit()
  }
}

/// An exclusive lock on a folder; the system lets go of it when the process ends, however it ends.
final class RunLock: Sendable {
  private let descriptor: CInt

  /// Takes the lock.
  init(_ folder: String) throws(CorpusError) {
    descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw CorpusError(
        .cannotCreate, file: folder, found: lastSystemMessage(), mend: "choose a folder on a disk that can lock files")
    }
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
  }

  /// Whether a process holds the lock of a folder.
  static func isHeld(_ folder: String) -> Bool {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { _ = close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}

/// What the system says about the last call that failed.
func lastSystemMessage() -> String {
  unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown error"
}
