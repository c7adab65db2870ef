import CPlatform
import Glibc

/// An immutable array whose elements stand in memory as they do in a file, so that a table of a model can be used
/// straight from the mapped file, without being parsed or copied.
///
/// The elements belong either to an array or to whatever object keeps the mapping alive.
@safe public struct FlatArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let base: UnsafePointer<Element>
  private let owner: AnyObject
  /// The number of elements.
  public let count: Int

  /// Keeps an array.
  public init(_ elements: [Element]) {
    let storage = FlatStorage(elements)
    unsafe base = UnsafePointer(storage.base)
    owner = storage
    count = elements.count
  }

  /// Keeps `count` elements, all zero bits before `body` changes them.
  package init(zeros count: Int, _ body: (inout MutableSpan<Element>) -> Void) {
    let storage = FlatStorage<Element>(capacity: count)
    unsafe memset(storage.base, 0, count * MemoryLayout<Element>.stride)
    var span = unsafe MutableSpan(_unsafeStart: storage.base, count: count)
    body(&span)
    unsafe base = UnsafePointer(storage.base)
    owner = storage
    self.count = count
  }

  /// Refers to `count` elements at `base`, which stay valid and unchanged as long as `owner` lives.
  ///
  /// - Precondition: `base` is aligned for `Element`.
  @unsafe
  public init(base: UnsafeRawPointer, count: Int, owner: some AnyObject & Sendable) {
    precondition(
      Int(bitPattern: base) % MemoryLayout<Element>.alignment == 0, "the elements of a flat array are not aligned")
    unsafe self.base = base.assumingMemoryBound(to: Element.self)
    self.owner = owner
    self.count = count
  }

  /// The element at `index`.
  @inline(__always)
  public subscript(index: Int) -> Element {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index outside the flat array")
    return unsafe base[index]
  }

  /// Asks for an element before it is needed, so that many are on their way from memory at the same time. An index
  /// outside the array does no harm.
  @inline(__always)
  package func prefetch(_ index: Int) {
    unsafe platform_prefetch(UnsafeRawPointer(base).advanced(by: index &* MemoryLayout<Element>.stride))
  }

  /// Where elements lie, for loops that ask for many of them: nothing but two numbers, which stay in registers. Nothing is
  /// read there, so it does no harm if the array is gone.
  @safe package struct Addresses {
    let base: UnsafeRawPointer
    /// How many bytes they lie apart.
    let stride: Int

    /// Asks for what lies at an index before it is needed.
    @inline(__always)
    package func prefetch(_ index: UInt32) { unsafe platform_prefetch(base.advanced(by: Int(index) &* stride)) }

    /// The same for what is needed a good while later.
    @inline(__always)
    package func prefetchForLater(_ index: UInt32) {
      unsafe platform_prefetch_for_later(base.advanced(by: Int(index) &* stride))
    }
  }

  /// Where every `stride`-th element lies.
  package func addresses(stride: Int = 1) -> Addresses {
    unsafe Addresses(base: UnsafeRawPointer(base), stride: stride * MemoryLayout<Element>.stride)
  }

  /// Calls `body` with the elements.
  @inline(__always)
  public func withSpan<Result>(_ body: (Span<Element>) -> Result) -> Result {
    // The caller keeps this array, and with it the owner of the memory, until the call returns.
    body(unsafe Span(_unsafeStart: base, count: count))
  }

  /// The elements as an ordinary array.
  public var array: [Element] {
    unsafe Array(UnsafeBufferPointer(start: base, count: count))
  }
}

extension FlatArray: Equatable where Element: Equatable {
  /// Whether both hold the same elements.
  public static func == (left: FlatArray, right: FlatArray) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where left[index] != right[index] { return false }
    return true
  }
}

/// The memory of a flat array that was made from an array.
@safe private final class FlatStorage<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>

  /// Tables from this size on are asked to lie in huge pages: where each look hits another page, finding out where a page
  /// lies costs as much as the look.
  private static var hugePage: Int { 1 << 21 }

  init(capacity: Int) {
    let byteCount = max(capacity, 1) * MemoryLayout<Element>.stride
    let isLarge = byteCount >= 2 * Self.hugePage
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: byteCount, alignment: isLarge ? Self.hugePage : max(16, MemoryLayout<Element>.alignment))
    // Where it cannot be had, nothing is lost.
    if isLarge { unsafe madvise(memory, byteCount, MADV_HUGEPAGE) }
    unsafe base = memory.bindMemory(to: Element.self, capacity: max(capacity, 1))
  }

  convenience init(_ elements: [Element]) {
    self.init(capacity: elements.count)
    unsafe elements.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { unsafe base.initialize(from: start, count: source.count) }
    }
  }

  deinit { unsafe UnsafeMutableRawPointer(base).deallocate() }
}
