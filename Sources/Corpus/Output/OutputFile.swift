internal import Glibc

/// A place to write to: a file that is either whole or absent, or standard output.
///
/// A regular file is written beside its place under another name, and takes its place only when `commit` has brought all
/// bytes to the disk. A file that is not committed leaves nothing behind. A symbolic link stays, and the file stands where
/// it leads. What exists and is no regular file (a pipe, a device) is written to directly.
///
/// A closed pipe gives the error `brokenPipe` if the process ignores `SIGPIPE`, and ends the process if not.
public final class OutputFile {
  /// How messages name the place.
  public let name: String

  private var descriptor: CInt
  /// The file that is being written, and the one whose place it takes.
  private let temporary: (path: String, final: String)?
  private var buffer: [UInt8] = []
  private static let bufferBytes = 1 << 16

  /// Standard output.
  public static func standardOutput() -> OutputFile {
    OutputFile(name: "standard output", descriptor: STDOUT_FILENO, temporary: nil)
  }

  /// Begins a file; whatever stands at the path stays untouched until `commit`.
  ///
  /// - Throws: `cannotCreate`.
  public convenience init(path: String) throws(CorpusError) {
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    let type = status.st_mode & S_IFMT
    if exists && type == S_IFDIR {
      throw CorpusError(.cannotCreate, file: path, found: "a folder of that name", mend: "name a file inside it")
    }
    if exists && type != S_IFREG {
      let descriptor = retryingOnInterrupt { unsafe open(path, O_WRONLY | O_CLOEXEC) }
      guard descriptor >= 0 else { throw Self.creationError(path, errno) }
      self.init(name: path, descriptor: descriptor, temporary: nil)
      return
    }
    let final = try Self.followingLinks(path)
    if exists, unsafe access(final, W_OK) != 0 { throw Self.creationError(path, errno) }
    let slash = final.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(final[...$0]) } ?? ""
    let base = slash.map { String(final[final.utf8.index(after: $0)...]) } ?? final
    var descriptor: CInt = -1
    var temporary = ""
    repeat {
      temporary = folder + "." + base + "." + String(UInt32.random(in: 0 ... .max), radix: 36) + ".tmp"
      // Before the file is there, so that a signal finds it whenever it comes.
      UnfinishedFile.set(temporary)
      descriptor = retryingOnInterrupt { unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
    } while descriptor < 0 && errno == EEXIST
    guard descriptor >= 0 else {
      let code = errno
      UnfinishedFile.set(nil)
      throw Self.creationError(path, code)
    }
    if exists { _ = fchmod(descriptor, status.st_mode & 0o7777) }
    self.init(name: path, descriptor: descriptor, temporary: (temporary, final))
  }

  private init(name: String, descriptor: CInt, temporary: (path: String, final: String)?) {
    self.name = name
    self.descriptor = descriptor
    self.temporary = temporary
    buffer.reserveCapacity(Self.bufferBytes)
  }

  deinit { close(discarding: true) }

  /// Writes bytes; they may wait in a buffer.
  ///
  /// - Throws: `brokenPipe`, `writeFailed`.
  public func write(_ bytes: [UInt8]) throws(CorpusError) {
    if buffer.count + bytes.count > Self.bufferBytes { try flush() }
    if bytes.count >= Self.bufferBytes { try writeThrough(bytes) } else { buffer.append(contentsOf: bytes) }
  }

  /// Writes text.
  ///
  /// - Throws: as `write` of bytes.
  public func write(_ text: String) throws(CorpusError) { try write(Array(text.utf8)) }

  /// Passes on what waits in the buffer.
  ///
  /// - Throws: `brokenPipe`, `writeFailed`.
  public func flush() throws(CorpusError) {
    guard !buffer.isEmpty else { return }
    try writeThrough(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Ends the writing: brings all bytes to the disk and gives the file its name.
  ///
  /// - Throws: `brokenPipe`, `writeFailed`, `cannotCreate`; the file then is absent, or as it was.
  public func commit() throws(CorpusError) {
    try flush()
    guard let temporary else {
      close(discarding: false)
      return
    }
    guard retryingOnInterrupt({ fsync(descriptor) }) == 0 else { throw writingError(errno) }
    guard Glibc.close(descriptor) == 0 else {
      descriptor = -1
      _ = unsafe unlink(temporary.path)
      throw writingError(errno)
    }
    descriptor = -1
    defer { UnfinishedFile.set(nil) }
    guard unsafe rename(temporary.path, temporary.final) == 0 else {
      let code = errno
      _ = unsafe unlink(temporary.path)
      throw Self.creationError(name, code)
    }
    Self.synchronizeFolder(of: temporary.final)
  }

  private func writeThrough(_ bytes: [UInt8]) throws(CorpusError) {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        retryingOnInterrupt { unsafe Glibc.write(descriptor, bytes.baseAddress! + start, bytes.count - start) }
      }
      guard count >= 0 else { throw writingError(errno) }
      start += count
    }
  }

  private func close(discarding: Bool) {
    if descriptor >= 0 && descriptor != STDOUT_FILENO {
      _ = Glibc.close(descriptor)
      if discarding, let temporary {
        _ = unsafe unlink(temporary.path)
        UnfinishedFile.set(nil)
      }
    }
    descriptor = -1
  }

  private func writingError(_ code: CInt) -> CorpusError {
    code == EPIPE
      ? CorpusError(.brokenPipe, file: name) : CorpusError(.writeFailed, file: name, found: systemMessage(code))
  }

  private static func creationError(_ path: String, _ code: CInt) -> CorpusError {
    CorpusError(.cannotCreate, file: path, found: systemMessage(code), mend: "name a place that can be written to")
  }

  /// The place that a path leads to, whether a file is there yet or not: the path itself, or what links name.
  ///
  /// - Throws: `cannotCreate` where links lead in a circle or to a name that is not UTF-8.
  private static func followingLinks(_ path: String) throws(CorpusError) -> String {
    var place = path
    // As many as the system follows itself.
    for _ in 0..<40 {
      var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = unsafe bytes.withUnsafeMutableBytes { bytes in
        unsafe readlink(place, bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
      }
      guard count >= 0 else { return place }
      guard let target = String(validating: bytes[..<count], as: UTF8.self) else { throw creationError(path, EILSEQ) }
      // What is not absolute counts from the folder of the link.
      let slash = place.utf8.lastIndex(of: UInt8(ascii: "/"))
      place = target.utf8.first == UInt8(ascii: "/") ? target : (slash.map { String(place[...$0]) } ?? "") + target
    }
    throw creationError(path, ELOOP)
  }

  /// Makes the new name itself durable, where the file system can.
  private static func synchronizeFolder(of path: String) {
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    _ = Glibc.close(descriptor)
  }
}
