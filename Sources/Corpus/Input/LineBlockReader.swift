internal import Glibc

/// Some whole lines of a source, in memory that is used again for the next ones.
package struct LineBlock: Sendable {
  /// The bytes that were read.
  package fileprivate(set) var bytes: [UInt8] = []
  /// Where each line stands in `bytes`, without its terminator.
  package fileprivate(set) var lines: [Range<Int>] = []
  /// The number of the first line, from 1.
  package fileprivate(set) var firstNumber = 1
  /// The lines that are too long and were not kept, by their place in `lines`, ascending.
  package fileprivate(set) var errors: [(line: Int, error: CorpusError)] = []
  /// Which share of the source had been read, from 0 to 1; nil where its size is not known.
  package fileprivate(set) var fractionRead: Double?

  /// No lines.
  package init() {}

  /// Forgets the lines from `count` on.
  package mutating func truncate(to count: Int) {
    lines.removeLast(lines.count - count)
    errors.removeAll { $0.line >= count }
  }
}

/// Reads lines block by block, for those who work on several blocks side by side: what a block takes is one read and one
/// look at every byte for the ends of lines; nothing is copied but the piece of a line between two blocks.
///
/// Lines are cut as `LineReader` cuts them, which is the plain twin; a test holds them equal over random bytes. A block
/// is given out as soon as it holds a whole line, so nobody waits for input that has not come.
package struct LineBlockReader: ~Copyable {
  private let source: ByteSource
  private let maximumLineBytes: Int
  private let blockBytes: Int
  /// The beginning of the next line, as far as it was read.
  private var rest: [UInt8] = []
  /// How many bytes of a line that is too long were read over, and the last of them; nil between such lines.
  private var skipped: (count: Int, last: UInt8)?
  private var number = 0
  private var received = 0
  private var atStart = true
  private var ended = false

  /// Opens a source.
  ///
  /// - Parameters:
  ///   - maximumLineBytes: the longest line that is kept, without its terminator.
  ///   - blockBytes: how many bytes are read at a time.
  /// - Throws: what opening throws.
  package init(
    _ input: InputSource, maximumLineBytes: Int = LineReader.defaultMaximumLineBytes, blockBytes: Int = 1 << 18
  ) throws(CorpusError) {
    precondition(maximumLineBytes > 0 && blockBytes >= byteOrderMark.count, "sizes must be positive")
    source = try ByteSource(input)
    self.maximumLineBytes = maximumLineBytes
    self.blockBytes = blockBytes
  }

  /// Replaces `block` by the next lines.
  ///
  /// - Returns: false at the end, where there are none.
  /// - Throws: `readFailed`; `binary` where the source is UTF-16.
  package mutating func next(into block: inout LineBlock) throws(CorpusError) -> Bool {
    block.lines.removeAll(keepingCapacity: true)
    block.errors.removeAll(keepingCapacity: true)
    block.firstNumber = number + 1
    // What a very long line needed is given back.
    if block.bytes.count > 4 * blockBytes { block.bytes = [] }
    makeRoom(rest.count + blockBytes, in: &block.bytes)
    var filled = rest.count
    block.bytes.replaceSubrange(0..<filled, with: rest)
    rest.removeAll(keepingCapacity: rest.count <= blockBytes)
    var start = 0
    var searched = filled
    while block.lines.isEmpty, !ended {
      if filled == block.bytes.count { makeRoom(filled + min(filled / 2, maximumLineBytes), in: &block.bytes) }
      let count = try source.read(into: &block.bytes, from: filled)
      received += count
      filled += count
      ended = count == 0
      if atStart {
        guard ended || !isBeginningOfMark(block.bytes[..<filled]) else { continue }
        atStart = false
        if isUTF16(block.bytes[..<filled]) { throw .utf16(file: source.name) }
        if block.bytes[..<filled].starts(with: byteOrderMark) { start = byteOrderMark.count }
        searched = start
      }
      findLines(in: &block, from: &start, searched: searched, filled: filled)
      searched = filled
      // One byte more than the limit may be a CR; with two the line is too long whatever follows.
      if skipped != nil || filled - start - 1 > maximumLineBytes {
        if start < filled { skipped = ((skipped?.count ?? 0) + filled - start, block.bytes[filled - 1]) }
        start = 0
        filled = 0
        searched = 0
      }
    }
    if ended, start < filled || skipped != nil {
      append(start..<filled, isTerminated: false, in: &block)
    } else {
      rest.append(contentsOf: block.bytes[start..<filled])
    }
    block.fractionRead = source.byteCount.map { $0 > 0 ? min(Double(received - rest.count) / Double($0), 1) : 1 }
    return !block.lines.isEmpty
  }

  private func makeRoom(_ count: Int, in bytes: inout [UInt8]) {
    if bytes.count < count { bytes.append(contentsOf: repeatElement(0, count: count - bytes.count)) }
  }

  /// Adds all lines that end in `searched..<filled`, of which the first begins at `start`.
  private mutating func findLines(in block: inout LineBlock, from start: inout Int, searched: Int, filled: Int) {
    var at = searched
    while at < filled, let end = Self.newline(in: block.bytes, at..<filled) {
      append(start..<end, isTerminated: true, in: &block)
      start = end + 1
      at = start
    }
  }

  /// Adds a line, without the CR that may end it; one that is too long as an error.
  private mutating func append(_ range: Range<Int>, isTerminated: Bool, in block: inout LineBlock) {
    number += 1
    let last = range.isEmpty ? skipped?.last : block.bytes[range.upperBound - 1]
    let terminator = isTerminated && last == UInt8(ascii: "\r") ? 1 : 0
    let count = (skipped?.count ?? 0) + range.count - terminator
    if count > maximumLineBytes {
      reportTooLong(count, in: &block)
      block.lines.append(range.upperBound..<range.upperBound)
    } else {
      block.lines.append(range.lowerBound..<range.upperBound - terminator)
    }
    skipped = nil
  }

  private func reportTooLong(_ count: Int, in block: inout LineBlock) {
    block.errors.append(
      (
        block.lines.count,
        CorpusError.tooLongLine(file: source.name, line: number, limit: maximumLineBytes, found: count)
      ))
  }

  private static func newline(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    unsafe bytes[range].withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = unsafe memchr(base, CInt(UInt8(ascii: "\n")), bytes.count) else {
        return nil
      }
      return unsafe range.lowerBound + (UnsafeRawPointer(found) - base)
    }
  }
}

extension CorpusError {
  /// The error of a line that is longer than is kept.
  static func tooLongLine(file: String, line: Int, limit: Int, found: Int) -> CorpusError {
    CorpusError(
      .lineTooLong, file: file, line: line, expected: "at most \(limit) bytes", found: "\(found)",
      mend: "cut the line up or raise the limit (--max-line-bytes)")
  }
}
