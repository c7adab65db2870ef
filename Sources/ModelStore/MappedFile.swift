import Glibc

/// A file mapped into memory, read only.
///
/// Pages belong to the page cache, so several processes that score with one model share its memory.
@safe package final class MappedFile: @unchecked Sendable {
  // Unchecked: the bytes are mapped privately and read only, and unmapped only when the last reference is gone.
  private let base: UnsafeRawPointer?
  /// The number of bytes.
  package let count: Int

  /// Maps the file at `path`, which must be a regular file.
  package init(path: String) throws(ModelStoreError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { throw .missingFile(file: path) }
      throw .cannotRead(path: path, reason: systemMessage(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw .cannotRead(path: path, reason: systemMessage(errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .cannotRead(path: path, reason: "not a regular file") }
    count = Int(status.st_size)
    guard count > 0 else {
      unsafe base = nil
      return
    }
    // Every byte is verified before use, so all pages are asked for in one call rather than one by one.
    let address = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw .cannotRead(path: path, reason: systemMessage(errno))
    }
    unsafe base = UnsafeRawPointer(address)
  }

  deinit {
    if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }

  /// The bytes; valid as long as this object lives.
  package var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: count) }
}

/// The system's words for an error number.
package func systemMessage(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }
