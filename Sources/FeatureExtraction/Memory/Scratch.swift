import CPlatform

/// A growable buffer that is filled and emptied for every statement and keeps its memory in between, so that a warm
/// workspace allocates nothing.
///
/// An `Array` would do the same work with a uniqueness check for every append; hundreds of features a statement make
/// that check the largest cost of emitting them.
@safe package struct Scratch<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  /// The number of elements that stand in the buffer.
  package private(set) var count = 0

  /// An empty buffer with room for `capacity` elements.
  package init(capacity: Int = 64) {
    precondition(capacity > 0, "a scratch buffer needs room for one element at least")
    self.capacity = capacity
    unsafe base = .allocate(capacity: capacity)
  }

  deinit { unsafe base.deallocate() }

  /// Whether nothing stands in the buffer.
  package var isEmpty: Bool { count == 0 }

  /// Forgets the elements and keeps the memory.
  @inline(__always)
  package mutating func removeAll() { count = 0 }

  /// Forgets the elements from `newCount` on.
  @inline(__always)
  package mutating func truncate(to newCount: Int) {
    precondition(newCount <= count, "a buffer cannot be truncated to more than it holds")
    count = newCount
  }

  /// Adds an element, growing the memory by half where it is full.
  @inline(__always)
  package mutating func append(_ element: Element) {
    makeRoom(1)
    unsafe base[count] = element
    count += 1
  }

  /// Makes room for `additional` more elements, and no more than that.
  package mutating func reserve(_ additional: Int) {
    if capacity - count < additional { grow(to: count + additional) }
  }

  /// Makes room for `additional` more elements, growing by half at least, as statement follows statement.
  @inline(__always)
  private mutating func makeRoom(_ additional: Int) {
    if capacity - count < additional { grow(to: max(count + additional, capacity + capacity / 2 + 16)) }
  }

  /// Lets `body` append up to `limit` elements.
  ///
  /// Faster than as many calls of `append`: the place to write to stays in a register.
  @inline(__always)
  package mutating func extend(limit: Int, _ body: (inout OutputSpan<Element>) -> Void) {
    makeRoom(limit)
    let room = unsafe UnsafeMutableBufferPointer(start: base + count, count: capacity - count)
    var output = unsafe OutputSpan(buffer: room, initializedCount: 0)
    body(&output)
    count += unsafe output.finalize(for: room)
  }

  /// Lets `body` write up to `limit` more elements, from the first place on, and keeps as many as it says.
  ///
  /// For loops that write every time and move on only where what they wrote is wanted: which that is cannot be foretold,
  /// and so it costs no branch.
  @inline(__always)
  package mutating func appendWritten(limit: Int, _ body: (inout MutableSpan<Element>) -> Int) {
    makeRoom(limit)
    var room = unsafe MutableSpan(_unsafeStart: base + count, count: limit)
    let kept = body(&room)
    precondition(kept >= 0 && kept <= limit, "more elements than there was room for")
    count += kept
  }

  /// Makes room for `newCount` more elements, which `body` writes.
  @inline(__always)
  @unsafe package mutating func appendWritten<Result>(
    count newCount: Int, _ body: (UnsafeMutablePointer<Element>) -> Result
  ) -> Result {
    makeRoom(newCount)
    let result = unsafe body(base + count)
    count += newCount
    return result
  }

  /// Makes room for `limit` more elements, and lets `body` write some behind those that there are.
  ///
  /// - Parameter body: called with all elements, and their number, which it raises by as many as it wrote.
  @inline(__always)
  @unsafe package mutating func extendWritten(limit: Int, _ body: (UnsafeMutablePointer<Element>, inout Int) -> Void) {
    makeRoom(limit)
    var written = count
    unsafe body(base, &written)
    precondition(written >= count && written <= count + limit, "more elements than there was room for")
    count = written
  }

  /// Empties the buffer and fills it with `count` copies of `element`.
  package mutating func assign(repeating element: Element, count newCount: Int) {
    if capacity < newCount { grow(to: newCount) }
    unsafe base.update(repeating: element, count: newCount)
    count = newCount
  }

  @inline(never)
  private mutating func grow(to newCapacity: Int) {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
    unsafe larger.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = larger
    capacity = newCapacity
  }

  /// The element at `index`.
  ///
  /// - Precondition: `index` lies in `0..<count`.
  @inline(__always)
  package subscript(index: Int) -> Element {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index outside the scratch buffer")
      return unsafe base[index]
    }
    set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index outside the scratch buffer")
      unsafe base[index] = newValue
    }
  }

  /// Asks for an element before it is needed.
  @inline(__always)
  package func prefetch(_ index: Int) { unsafe platform_prefetch(base + index) }

  /// Calls `body` with the elements.
  @inline(__always)
  package borrowing func withSpan<Result: ~Copyable>(_ body: (Span<Element>) -> Result) -> Result {
    body(unsafe Span(_unsafeStart: base, count: count))
  }

  /// Calls `body` with the elements, which it may change.
  @inline(__always)
  package mutating func withMutableSpan<Result: ~Copyable>(
    _ body: (inout MutableSpan<Element>) -> Result
  ) -> Result {
    var span = unsafe MutableSpan(_unsafeStart: base, count: count)
    return body(&span)
  }

  /// Calls `body` with some of the elements, which it may change.
  ///
  /// - Precondition: `range` lies in `0..<count`.
  @inline(__always)
  package mutating func withMutableSpan<Result: ~Copyable>(
    _ range: Range<Int>, _ body: (inout MutableSpan<Element>) -> Result
  ) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "elements outside the scratch buffer")
    var span = unsafe MutableSpan(_unsafeStart: base + range.lowerBound, count: range.count)
    return body(&span)
  }
}

// A scratch buffer has one owner, as a noncopyable value has, so it may move to another thread like any value.
extension Scratch: @unchecked Sendable where Element: Sendable {}
