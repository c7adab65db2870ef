internal import Glibc

/// Reads lines as raw bytes, in bounded memory and without allocating for each line.
///
/// A line ends with LF, CR LF or the end of the source; a final newline opens no further line. A byte order mark at the
/// start is dropped, and that of UTF-16 refused. Use it as
///
///     while try reader.advance() {
///       reader.withLine { bytes in … }
///     }
///
/// A line longer than the limit is read over, never kept, and `advance` throws `lineTooLong`; the next call goes on with
/// the next line. Any other error ends the reading.
package struct LineReader {
  /// The limit that holds where the user gives none: 16 MiB.
  package static let defaultMaximumLineBytes = 1 << 24

  /// How messages name the source.
  package var name: String { source.name }
  /// The number of the current line, from 1; 0 before the first.
  package private(set) var number = 0
  /// How the current line ended: 0 bytes (end of the source), 1 (LF) or 2 (CR LF).
  package private(set) var terminatorBytes = 0

  /// Which share of the source has been read, from 0 to 1; nil where its size is not known.
  package var fractionRead: Double? {
    guard let byteCount = source.byteCount, byteCount > 0 else { return nil }
    return min(Double(received - (filled - next)) / Double(byteCount), 1)
  }

  /// Whether the source begins with a byte order mark, which belongs to no line.
  package private(set) var beginsWithMark = false

  /// The bytes read; those of the current line stand at `line`.
  package private(set) var buffer: [UInt8]
  /// The place of the current line, without its terminator, in `buffer`.
  package private(set) var line = 0..<0

  private let source: ByteSource
  private let maximumLineBytes: Int
  private var filled = 0
  private var received = 0
  private var next = 0
  private var ended = false

  /// Opens a source and reads its first piece.
  ///
  /// - Parameters:
  ///   - maximumLineBytes: the longest line that is kept, without its terminator.
  ///   - refusesBinary: whether a source that does not begin like text is an error.
  /// - Throws: what opening and reading throw; `binary`.
  package init(
    _ input: InputSource, maximumLineBytes: Int = defaultMaximumLineBytes, refusesBinary: Bool = true,
    chunkBytes: Int = 1 << 16
  ) throws(CorpusError) {
    precondition(maximumLineBytes > 0 && chunkBytes >= byteOrderMark.count, "sizes must be positive")
    source = try ByteSource(input)
    self.maximumLineBytes = maximumLineBytes
    buffer = [UInt8](repeating: 0, count: chunkBytes)
    // No more is waited for than a mark needs: whoever has sent a short line may be waiting for the answer to it.
    while !ended && isBeginningOfMark(buffer[..<filled]) { try refill() }
    if filled >= byteOrderMark.count && buffer[..<byteOrderMark.count].elementsEqual(byteOrderMark) {
      next = byteOrderMark.count
    }
    beginsWithMark = next > 0
    if isUTF16(buffer[..<filled]) { throw .utf16(file: name) }
    if refusesBinary, let reason = binaryContent(buffer[..<filled]) {
      throw CorpusError(.binary, file: name, found: reason, mend: "give plain UTF-8 text")
    }
  }

  /// Whether nothing at all, or nothing but a byte order mark, is in the source. Known once it has been opened.
  package var isEmpty: Bool { number == 0 && ended && next == filled }

  /// Whether the next call of `advance` needs no further byte from the source, and so cannot wait.
  package var hasBufferedLine: Bool { newline(from: next) != nil || ended }

  /// Goes to the next line.
  ///
  /// - Returns: false at the end.
  /// - Throws: `lineTooLong`, after which reading can go on; `readFailed`.
  /// - Complexity: linear in the length of the line.
  package mutating func advance() throws(CorpusError) -> Bool {
    let start = number
    var searched = next
    while true {
      if let end = newline(from: searched) {
        take(next..<end, terminator: 1)
        break
      }
      searched = filled
      if ended {
        if next == filled { return false }
        take(next..<filled, terminator: 0)
        break
      }
      // One byte more than the limit may be a CR; with two the line is too long whatever follows.
      if filled - next - 1 > maximumLineBytes {
        try skipLine()
      }
      let kept = filled - next
      try refill()
      searched = next + kept
    }
    assert(number == start + 1)
    if line.count > maximumLineBytes { throw tooLong(found: line.count) }
    return true
  }

  /// Gives the bytes of the current line, without terminator, to a closure.
  package func withLine<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(buffer.span.extracting(line))
  }

  /// What is wrong with the current line where it is not UTF-8; nil where it is.
  package var damage: CorpusError? {
    withLine { line in
      do throws(CorpusError) {
        _ = try String(line, repairing: false, file: name, line: number)
        return nil
      } catch { return error }
    }
  }

  /// The current line as text.
  ///
  /// - Parameter repairing: whether invalid UTF-8 is replaced by U+FFFD instead of being an error.
  /// - Throws: `invalidUTF8`.
  package func text(repairing: Bool) throws(CorpusError) -> String {
    try withLine { bytes throws(CorpusError) in
      try String(bytes, repairing: repairing, file: name, line: number)
    }
  }

  private mutating func take(_ range: Range<Int>, terminator: Int) {
    number += 1
    next = range.upperBound + terminator
    terminatorBytes = terminator
    line = range
    if terminator == 1, let last = range.last, buffer[last] == UInt8(ascii: "\r") {
      line = range.lowerBound..<last
      terminatorBytes = 2
    }
  }

  /// Reads over the rest of a line that is too long, and throws.
  private mutating func skipLine() throws(CorpusError) {
    number += 1
    line = 0..<0
    var length = filled - next
    while true {
      next = 0
      filled = 0
      if ended { break }
      try refill()
      if let end = newline(from: 0) {
        length += end
        next = end + 1
        break
      }
      length += filled
    }
    throw tooLong(found: length)
  }

  private func tooLong(found: Int) -> CorpusError {
    CorpusError.tooLongLine(file: name, line: number, limit: maximumLineBytes, found: found)
  }

  private func newline(from start: Int) -> Int? {
    guard start < filled else { return nil }
    return unsafe buffer.withUnsafeBytes { bytes in
      let base = bytes.baseAddress!
      guard let found = unsafe memchr(base + start, CInt(UInt8(ascii: "\n")), filled - start) else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// Moves the kept bytes to the front, grows the buffer if they fill it, and reads on.
  private mutating func refill() throws(CorpusError) {
    let kept = filled - next
    if next > 0 && kept > 0 {
      unsafe buffer.withUnsafeMutableBytes { bytes in
        let base = bytes.baseAddress!
        _ = unsafe memmove(base, base + next, kept)
      }
    }
    next = 0
    filled = kept
    if filled == buffer.count { buffer.append(contentsOf: repeatElement(0, count: buffer.count)) }
    do {
      let count = try source.read(into: &buffer, from: filled)
      filled += count
      received += count
      if count == 0 { ended = true }
    } catch {
      ended = true
      filled = 0
      throw error
    }
  }
}

/// Whether bytes may yet become a byte order mark, of UTF-8 or of UTF-16: nothing at all, or a part of one.
func isBeginningOfMark(_ bytes: ArraySlice<UInt8>) -> Bool {
  bytes.count < byteOrderMark.count && byteOrderMark.starts(with: bytes) || bytes.elementsEqual([0xFF])
    || bytes.elementsEqual([0xFE])
}

/// Whether bytes begin as UTF-16 does; no text in UTF-8 begins so.
func isUTF16(_ bytes: ArraySlice<UInt8>) -> Bool {
  bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
}

extension CorpusError {
  /// The error of a source in UTF-16.
  static func utf16(file: String) -> CorpusError {
    CorpusError(.binary, file: file, found: "it is UTF-16 text", mend: "give plain UTF-8 text")
  }
}

/// Why bytes cannot be the beginning of a text, if so.
///
/// Text may hold a NUL or a control character here and there; compressed and compiled files hold one in ten bytes or
/// so, UTF-16 every second one.
package func binaryContent(_ bytes: ArraySlice<UInt8>) -> String? {
  var nulls = 0
  var controls = 0
  for byte in bytes {
    if byte == 0 {
      nulls += 1
    } else if byte < 0x20 && !(0x08...0x0D).contains(byte) && byte != 0x1B {
      controls += 1
    }
  }
  let permitted = max(2, bytes.count / 50)
  if nulls > permitted { return "\(nulls) of its first \(bytes.count) bytes are NUL" }
  if nulls + controls > permitted {
    return "\(nulls + controls) of its first \(bytes.count) bytes are control characters"
  }
  return nil
}

extension String {
  /// Makes text of bytes.
  ///
  /// - Parameter repairing: whether invalid UTF-8 is replaced by U+FFFD instead of being an error.
  /// - Throws: `invalidUTF8`, naming the file, the line and the byte within `bytes`.
  package init(_ bytes: Span<UInt8>, repairing: Bool, file: String?, line: Int?) throws(CorpusError) {
    do throws(UTF8.ValidationError) {
      self.init(copying: try UTF8Span(validating: bytes))
    } catch {
      guard repairing else {
        let offset = error.byteOffsets.lowerBound
        throw CorpusError(
          .invalidUTF8, file: file, line: line, byte: offset + 1, found: "byte 0x\(String(bytes[offset], radix: 16))",
          mend: "save the file as UTF-8")
      }
      self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }
}
