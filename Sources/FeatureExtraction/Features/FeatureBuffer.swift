import TextProcessing

/// The features of one statement as they were found: an occurrence each, block by block.
///
/// Emission and what is made of it (counting for a vocabulary, building a row, adding up weights) are two loops over
/// this flat buffer rather than one loop with a callback: the second can then fetch ahead, and several models whose
/// extractors agree share the first.
package struct FeatureBuffer: ~Copyable {
  /// The identity of each occurrence.
  package var keys: Scratch<UInt64>
  /// The tokens that made each occurrence (`first << 16 | last`); filled only where spans are recorded.
  private var spans: Scratch<UInt32>
  private let recordsSpans: Bool
  /// The blocks that were emitted, in order.
  package private(set) var blocks: Scratch<Block>

  /// One block of occurrences.
  package struct Block: BitwiseCopyable, Sendable {
    /// Which family.
    package let family: FeatureBlock
    /// The first occurrence.
    package let start: UInt32
    /// The occurrence after the last one.
    package let end: UInt32
    /// How many units (words, say) the occurrences come from: what `unitCount` normalization divides by the root of.
    package let unitCount: UInt32

    /// The occurrences.
    package var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// An empty buffer; `recordsSpans` asks it to remember which tokens made a feature, as explanations need.
  package init(recordsSpans: Bool = false) {
    self.recordsSpans = recordsSpans
    keys = Scratch(capacity: 1024)
    spans = Scratch(capacity: 64)
    blocks = Scratch(capacity: FeatureBlock.limit)
  }

  /// Forgets the statement before.
  package mutating func removeAll() {
    keys.removeAll()
    spans.removeAll()
    blocks.removeAll()
  }

  /// Adds an occurrence made by the tokens `first...last`.
  @inline(__always)
  package mutating func append(_ key: UInt64, first: UInt16, last: UInt16) {
    keys.append(key)
    if recordsSpans { spans.append(UInt32(first) << 16 | UInt32(last)) }
  }

  /// Lets `body` append the keys of up to `limit` occurrences where nobody asks which tokens made them.
  ///
  /// - Returns: Whether `body` was called; if not, occurrences must be appended one by one.
  @inline(__always)
  package mutating func extendKeys(limit: Int, _ body: (inout OutputSpan<UInt64>) -> Void) -> Bool {
    if recordsSpans { return false }
    keys.extend(limit: limit, body)
    return true
  }

  /// Closes a block: everything appended since the block before belongs to `family`.
  package mutating func endBlock(_ family: FeatureBlock, unitCount: Int) {
    let start = blocks.isEmpty ? 0 : blocks[blocks.count - 1].end
    blocks.append(
      Block(family: family, start: start, end: UInt32(keys.count), unitCount: UInt32(unitCount)))
  }

  /// Adds each occurrence in `range` once more, its key combined with `key`.
  mutating func appendCrossed(_ range: Range<Int>, with key: UInt64) {
    keys.reserve(range.count)
    for occurrence in range {
      keys.append(TextHash.combine(key, keys[occurrence]))
      if recordsSpans { spans.append(spans[occurrence]) }
    }
  }

  /// Forgets the occurrences from `count` on, which belong to no block yet.
  mutating func truncate(to count: Int) {
    keys.truncate(to: count)
    if recordsSpans { spans.truncate(to: count) }
  }

  /// The tokens that made an occurrence.
  ///
  /// - Precondition: the buffer records spans.
  package func tokens(of occurrence: Int) -> ClosedRange<Int> {
    precondition(recordsSpans, "this buffer does not record which tokens made a feature")
    let span = spans[occurrence]
    return Int(span >> 16)...Int(span & 0xFFFF)
  }
}
