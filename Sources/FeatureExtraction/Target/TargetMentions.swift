package import TextProcessing

/// Where a statement mentions its target.
package struct TargetMentions: ~Copyable {
  /// Each mention as `first << 16 | last` of its tokens, ascending.
  private var mentions = Scratch<UInt32>(capacity: 16)

  /// No mentions.
  package init() {}

  /// The number of mentions.
  package var count: Int { mentions.count }

  /// The tokens of a mention.
  package subscript(index: Int) -> ClosedRange<Int> {
    Int(mentions[index] >> 16)...Int(mentions[index] & 0xFFFF)
  }

  /// Forgets the statement before.
  package mutating func removeAll() { mentions.removeAll() }

  /// Finds the mentions of a target: at its span where it has one, elsewhere by name; where there is none, words of the
  /// target if `byParts` asks for them, those that follow one another as one mention.
  ///
  /// - Complexity: O(tokens · forms of the name), and O(bytes) for a span.
  package mutating func find(
    _ target: TargetReference, in text: Span<UInt8>, tokens: Span<Token>, byParts: Bool = false
  ) {
    mentions.removeAll()
    if let span = target.span {
      find(codePoints: span, in: text, tokens: tokens)
      return
    }
    var index = 0
    while index < tokens.count {
      let length = target.pattern.match(tokens, at: index)
      if length > 0 { mentions.append(UInt32(index) << 16 | UInt32(index + length - 1)) }
      index += max(length, 1)
    }
    if byParts, mentions.isEmpty { findParts(of: target.pattern, in: text, tokens: tokens) }
  }

  private mutating func findParts(of pattern: TargetPattern, in text: Span<UInt8>, tokens: Span<Token>) {
    var start: Int?
    for index in 0...tokens.count {
      let isPart = index < tokens.count && pattern.isPart(tokens[index], of: text)
      if isPart, start == nil { start = index }
      if !isPart, let first = start {
        mentions.append(UInt32(first) << 16 | UInt32(index - 1))
        start = nil
      }
    }
  }

  /// Takes the tokens that share a character with the span.
  private mutating func find(codePoints: Range<Int>, in text: Span<UInt8>, tokens: Span<Token>) {
    let start = Self.byteOffset(ofCodePoint: codePoints.lowerBound, in: text)
    let end = Self.byteOffset(ofCodePoint: codePoints.upperBound, in: text)
    var first = 0
    while first < tokens.count, Int(tokens[first].end) <= start { first += 1 }
    var next = first
    while next < tokens.count, Int(tokens[next].start) < end { next += 1 }
    if next > first { mentions.append(UInt32(first) << 16 | UInt32(next - 1)) }
  }

  /// Where a code point begins; the end of the text where it has fewer.
  private static func byteOffset(ofCodePoint codePoint: Int, in text: Span<UInt8>) -> Int {
    var position = 0
    var count = 0
    while position < text.count, count < codePoint {
      position += UTF8Decoding.scalar(in: text, at: position).length
      count += 1
    }
    return position
  }
}
