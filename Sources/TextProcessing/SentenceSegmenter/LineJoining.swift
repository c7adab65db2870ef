/// Decides which line breaks end a paragraph and which are mere white space.
///
/// - A blank line, a form feed and U+2029 always end.
/// - A break before a lower-case letter or closing punctuation is white space, and so is one after a comma or a
///   semicolon, but for list items.
/// - A run of three lines or more is hard-wrapped if no line of it, its last excepted, had room for the first word of
///   the next one, up to the width of the longest line; in it, breaks are white space.
///   A block of two lines is measured by the widest hard-wrapped block of the text.
/// - Every other break ends: after a headline, a list item, a line that is complete.
enum LineJoining {
  /// The widest line that hard-wrapped text is expected to have, in bytes.
  private static let widestWrap = 140

  private struct Line {
    var range: Range<Int>
    /// A blank line or paragraph separator stands before it.
    var startsBlock: Bool
  }

  /// Calls `body` with the range of each paragraph, white space trimmed, in order.
  /// - Complexity: O(*n*).
  static func forEachParagraph(of bytes: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    let lines = lines(of: bytes)
    let blocks = blocks(of: lines)
    var textWidth = 0
    for block in blocks where block.count > 2 {
      let width = lines[block].reduce(0) { max($0, $1.range.count) }
      if isWrapped(lines[block], width: width, bytes) { textWidth = max(textWidth, width) }
    }
    for block in blocks {
      let width = block.count > 2 ? lines[block].reduce(0) { max($0, $1.range.count) } : textWidth
      let wrapped = isWrapped(lines[block], width: width, bytes)
      var start = block.lowerBound
      for next in block.lowerBound + 1..<block.upperBound + 1
      where next == block.upperBound
        || ends(lines[next - 1].range, before: lines[next].range, wrapped: wrapped, bytes)
      {
        body(lines[start].range.lowerBound..<lines[next - 1].range.upperBound)
        start = next
      }
    }
  }

  /// The lines between blank lines.
  private static func blocks(of lines: [Line]) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var first = 0
    for next in lines.indices.dropFirst() where lines[next].startsBlock {
      blocks.append(first..<next)
      first = next
    }
    if !lines.isEmpty { blocks.append(first..<lines.count) }
    return blocks
  }

  /// The lines that hold something visible, trimmed.
  private static func lines(of bytes: Span<UInt8>) -> [Line] {
    var lines: [Line] = []
    var start = 0
    var blank = true
    var index = 0
    func close(at end: Int) {
      let range = SentenceScan.trimmed(start..<end, bytes)
      if range.isEmpty {
        blank = true
      } else {
        lines.append(Line(range: range, startsBlock: blank))
        blank = false
      }
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte > 0x0D, byte < 0xC2 {
        index += 1
        continue
      }
      var length = 0
      var endsBlock = false
      switch byte {
      case 0x0A, 0x0B: length = 1
      case 0x0D: length = index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
      case 0x0C: (length, endsBlock) = (1, true)
      case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80:
        if bytes[index + 2] == 0xA8 { length = 3 }
        if bytes[index + 2] == 0xA9 { (length, endsBlock) = (3, true) }
      case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0x85: length = 2
      default: break
      }
      guard length > 0 else {
        index += 1
        continue
      }
      close(at: index)
      if endsBlock { blank = true }
      index += length
      start = index
    }
    close(at: bytes.count)
    return lines
  }

  private static func isWrapped(_ lines: ArraySlice<Line>, width: Int, _ bytes: Span<UInt8>) -> Bool {
    guard (30...widestWrap).contains(width) else { return false }
    return lines.count > 1
      && lines.dropLast().indices.allSatisfy { index in
        let next = lines[index + 1].range
        var word = next.lowerBound
        while word < next.upperBound, bytes[word] > 0x20 { word += 1 }
        return lines[index].range.count + 1 + (word - next.lowerBound) > width && !startsListItem(next, bytes)
      }
  }

  private static func ends(
    _ line: Range<Int>, before next: Range<Int>, wrapped: Bool, _ bytes: Span<UInt8>
  ) -> Bool {
    if startsListItem(next, bytes) { return true }
    if wrapped { return false }
    let (scalar, _) = UTF8Decoding.scalar(in: bytes, at: next.lowerBound)
    if SentenceScan.isLowercase(scalar) {
      // `iPhone` and a list of lower-case items do not go on with a line that is complete.
      return endsInStop(line, bytes)
    }
    switch scalar {
    case 0x29, 0x2C, 0x3B, 0x5D: return false
    default: return bytes[line.upperBound - 1] != 0x2C && bytes[line.upperBound - 1] != 0x3B
    }
  }

  private static func endsInStop(_ line: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    switch UTF8Decoding.scalar(in: bytes, before: line.upperBound).value {
    case 0x21, 0x3A, 0x3F, 0x3002, 0xFF01, 0xFF1F: true
    default: false
    }
  }

  /// Whether a bullet or an enumerator opens the line: `•`, `- `, `* `, `1. `, `2) `, `(a) `.
  static func startsListItem(_ line: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    var index = line.lowerBound
    let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: index)
    switch scalar {
    case 0x2022, 0x2023, 0x2043, 0x25AA, 0x25CF, 0x25E6, 0xB7: return true
    case 0x2A, 0x2B, 0x2D, 0x2013, 0x2014:
      return index + length < line.upperBound && bytes[index + length] == 0x20
    case 0x28: index += 1
    default: break
    }
    let start = index
    while index < line.upperBound, index - start < 3, bytes[index] &- 0x30 < 10 { index += 1 }
    if index == start, index < line.upperBound, (bytes[index] | 0x20) &- 0x61 < 26 { index += 1 }
    guard index > start, index + 1 < line.upperBound, bytes[index + 1] == 0x20 else { return false }
    // `A. ` may be an initial; a letter needs a bracket.
    return bytes[index] == 0x29 || (bytes[index] == 0x2E && bytes[start] &- 0x30 < 10)
  }
}
