internal import Glibc

extension Array where Element: BitwiseCopyable {
  /// An array whose elements `body` writes, all `count` of them, with room for some more. A long one asks for huge pages
  /// before: fresh memory costs about two microseconds a page, and where each look hits another page, finding out where that
  /// lies costs as much as the look. Where there are none, nothing is lost.
  @inlinable @inline(__always)
  package init(large count: Int, room: Int = 0, writtenBy body: (UnsafeMutableBufferPointer<Element>) -> Void) {
    unsafe self.init(unsafeUninitializedCapacity: Swift.max(1, count + room)) { elements, initialized in
      unsafe LargeArrays.askForHugePages(UnsafeMutableRawBufferPointer(elements))
      unsafe body(UnsafeMutableBufferPointer(rebasing: elements[..<count]))
      initialized = count
    }
  }

  /// The same with all elements alike.
  @inlinable @inline(__always)
  package init(large count: Int, room: Int = 0, repeating element: Element) {
    unsafe self.init(large: count, room: room) { unsafe $0.initialize(repeating: element) }
  }
}

/// What long arrays ask of the system.
@usableFromInline package enum LargeArrays {
  /// Asks for huge pages where memory that is about to be written covers at least two.
  @usableFromInline package static func askForHugePages(_ memory: UnsafeMutableRawBufferPointer) {
    let hugePage = 1 << 21
    let start = Int(bitPattern: memory.baseAddress)
    let first = (start + hugePage - 1) & -hugePage
    let length = start + memory.count - first
    if length >= 2 * hugePage { unsafe madvise(UnsafeMutableRawPointer(bitPattern: first), length, MADV_HUGEPAGE) }
  }
}
