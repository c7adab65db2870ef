import CPlatform
import Glibc

/// A file mapped into memory, read only.
///
/// Pages belong to the page cache, so several processes that score with one model share its memory.
@safe package final class MappedFile: @unchecked Sendable {
  // Unchecked: the bytes are mapped privately and read only, and unmapped only when the last reference is gone.
  private let base: UnsafeRawPointer?
  /// The number of bytes.
  package let count: Int
  /// The mapped bytes: those of the file, for a large one in whole huge pages.
  private let mappedCount: Int

  /// The size of a huge page.
  private static var hugePage: Int { 1 << 21 }

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
    let isLarge = count >= Self.hugePage
    mappedCount = isLarge ? (count + Self.hugePage - 1) / Self.hugePage * Self.hugePage : count
    guard count > 0 else {
      unsafe base = nil
      return
    }
    // A large file begins where a huge page may, so that it can settle there.
    let place = unsafe isLarge ? Self.reserve(mappedCount) : nil
    // Every byte is verified before use, so all pages are asked for in one call rather than one by one.
    let flags = unsafe MAP_PRIVATE | MAP_POPULATE | (place == nil ? 0 : MAP_FIXED)
    let address = unsafe mmap(place, count, PROT_READ, flags, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      let reason = systemMessage(errno)
      if let place = unsafe place { unsafe munmap(place, mappedCount) }
      throw .cannotRead(path: path, reason: reason)
    }
    unsafe base = UnsafeRawPointer(address)
  }

  deinit {
    if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), mappedCount) }
  }

  /// Moves the bytes of a large file to memory of this process in huge pages, at the same address; does nothing where that
  /// cannot be had.
  ///
  /// Scoring looks at places all over a model, and with pages of 4 kB much of its time goes to finding out where a page
  /// lies, above all on virtual machines. Copying takes some milliseconds, so it is for those who have much to score. The
  /// bytes may be read meanwhile: the kernel exchanges the pages in one step, and who looks in between waits.
  package func settle() {
    guard let base = unsafe base, count >= Self.hugePage, let copy = unsafe Self.reserve(mappedCount) else { return }
    unsafe madvise(copy, mappedCount, MADV_HUGEPAGE)
    guard unsafe mprotect(copy, mappedCount, PROT_READ | PROT_WRITE) == 0 else {
      unsafe munmap(copy, mappedCount)
      return
    }
    unsafe copy.copyMemory(from: base, byteCount: count)
    let target = unsafe UnsafeMutableRawPointer(mutating: base)
    guard unsafe mprotect(copy, mappedCount, PROT_READ) == 0, unsafe platform_move_pages(copy, target, mappedCount) == 0
    else {
      unsafe munmap(copy, mappedCount)
      return
    }
  }

  /// Address space for `count` bytes, whole huge pages, in which nothing may be read yet; nil where there is none.
  @unsafe private static func reserve(_ count: Int) -> UnsafeMutableRawPointer? {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    guard let start = unsafe mmap(nil, count + hugePage, PROT_NONE, flags, -1, 0), unsafe start != MAP_FAILED else {
      return nil
    }
    // What lies before the first huge page, and after the last one, is given back.
    let before = (hugePage - Int(bitPattern: start) % hugePage) % hugePage
    if before > 0 { unsafe munmap(start, before) }
    unsafe munmap(start + before + count, hugePage - before)
    return unsafe start + before
  }

  /// The bytes; valid as long as this object lives.
  package var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: count) }
}

/// The system's words for an error number.
package func systemMessage(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }
