internal import Glibc

/// An open source of bytes, read piece by piece.
///
/// Opening checks what users get wrong most (a missing file, a folder, no permission), so that the message comes before
/// any work is done. The file is closed when the last copy goes.
package struct ByteSource {
  /// How messages name the source.
  package let name: String
  /// How many bytes the source has; nil where that cannot be known, as of a pipe.
  let byteCount: Int?

  private let descriptor: OwnedDescriptor

  /// Opens a source for reading.
  ///
  /// - Throws: `notFound`, `isFolder`, `notReadable` or `readFailed`.
  package init(_ source: InputSource) throws(CorpusError) {
    name = source.name
    switch source {
    case .standardInput:
      descriptor = OwnedDescriptor(STDIN_FILENO, closes: false)
    case .file(let path):
      let number = retryingOnInterrupt { unsafe open(path, O_RDONLY | O_CLOEXEC) }
      guard number >= 0 else { throw Self.openingError(path: path, code: errno) }
      descriptor = OwnedDescriptor(number, closes: true)
    }
    var status = stat()
    guard unsafe fstat(descriptor.number, &status) == 0 else {
      throw CorpusError(.readFailed, file: name, found: systemMessage(errno))
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw CorpusError(.isFolder, file: name, mend: "name a file inside it")
    }
    byteCount = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// Reads what is there, at most up to the end of the buffer; waits for the first byte.
  ///
  /// - Returns: the number of bytes read into `buffer` from `start` on; 0 at the end of the source.
  /// - Throws: `readFailed`.
  package func read(into buffer: inout [UInt8], from start: Int) throws(CorpusError) -> Int {
    precondition(start < buffer.count, "no room to read into")
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      retryingOnInterrupt {
        unsafe Glibc.read(descriptor.number, bytes.baseAddress! + start, bytes.count - start)
      }
    }
    guard count >= 0 else { throw CorpusError(.readFailed, file: name, found: systemMessage(errno)) }
    return count
  }

  /// The whole of a source, without its byte order mark.
  ///
  /// - Throws: what opening and reading throw; `lineTooLong` above `maximumBytes`.
  package static func contents(of source: InputSource, maximumBytes: Int = .max) throws(CorpusError) -> [UInt8] {
    let opened = try ByteSource(source)
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var filled = 0
    while true {
      if filled == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
      let count = try opened.read(into: &bytes, from: filled)
      if count == 0 { break }
      filled += count
      if filled > maximumBytes {
        throw CorpusError(
          .lineTooLong, file: opened.name, expected: "at most \(maximumBytes) bytes", found: "more",
          mend: "raise the limit or cut the file up")
      }
    }
    bytes.removeLast(bytes.count - filled)
    if bytes.starts(with: byteOrderMark) { bytes.removeFirst(byteOrderMark.count) }
    return bytes
  }

  private static func openingError(path: String, code: CInt) -> CorpusError {
    switch code {
    case ENOENT, ENOTDIR: CorpusError(.notFound, file: path, mend: "check the path")
    case EACCES, EPERM: CorpusError(.notReadable, file: path, found: systemMessage(code), mend: "check its permissions")
    case EISDIR: CorpusError(.isFolder, file: path, mend: "name a file inside it")
    default: CorpusError(.readFailed, file: path, found: systemMessage(code))
    }
  }
}

/// The UTF-8 byte order mark.
package let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// A file descriptor that closes with its last user.
private final class OwnedDescriptor: Sendable {
  let number: CInt
  private let closes: Bool

  init(_ number: CInt, closes: Bool) {
    self.number = number
    self.closes = closes
  }

  deinit {
    if closes { _ = close(number) }
  }
}

/// Repeats a system call that a signal interrupted.
func retryingOnInterrupt<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

/// The system's words for an error number.
func systemMessage(_ code: CInt) -> String {
  unsafe String(cString: strerror(code))
}
