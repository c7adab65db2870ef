import CPlatform
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
  /// Whether anybody asks which tokens made an occurrence.
  let recordsSpans: Bool
  /// What the n-grams that begin at each element of a sequence have come to.
  private var states = Scratch<UInt64>()
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
    /// How many orders of n-grams the block begins with: all n-grams of one unit, then all of two, and so on, each as
    /// often as `unitCount` allows. 0 where it has none in this order.
    let regularOrders: UInt32

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

  /// Adds the n-grams of a sequence of hashes: all of the shortest, then all of the next longer ones.
  ///
  /// In this order every loop is long and runs without a branch, and the parts of an n-gram are known before it, see
  /// `ColumnSearch`.
  ///
  /// - Parameters:
  ///   - first: the first token of each element; may be empty where nobody asks for spans.
  ///   - last: the last token of each element, likewise.
  /// - Complexity: O(elements · orders).
  package mutating func appendNGrams(
    of hashes: borrowing Scratch<UInt64>, seed: UInt64, orders: ClosedRange<Int>, first: borrowing Scratch<UInt16>,
    last: borrowing Scratch<UInt16>
  ) {
    states.assign(repeating: seed, count: hashes.count)
    for order in 1...orders.upperBound where order <= hashes.count {
      let start = keys.count
      lengthenStates(by: hashes, order: order)
      if order < orders.lowerBound {
        keys.truncate(to: start)
      } else if recordsSpans {
        for start in 0...(hashes.count - order) {
          spans.append(UInt32(first[start]) << 16 | UInt32(last[start + order - 1]))
        }
      }
    }
  }

  /// Makes each n-gram of `order - 1` elements one element longer, and adds it to the keys.
  @inline(__always)
  private mutating func lengthenStates(by hashes: borrowing Scratch<UInt64>, order: Int) {
    let count = hashes.count - order + 1
    precondition(order >= 1 && count >= 0 && count <= states.count, "n-grams longer than their text")
    unsafe keys.appendWritten(count: count) { keys in
      hashes.withSpan { hashes in
        states.withMutableSpan { states in
          unsafe hashes.withUnsafeBufferPointer { hashes in
            unsafe states.withUnsafeMutableBufferPointer { states in
              guard let first = hashes.baseAddress else { return }
              // Checked: so many elements are left, and there are as many states; there is room for as many keys.
              unsafe platform_lengthen(
                states.baseAddress, first + (order - 1), count, TextHash.leftKey, TextHash.rightKey, keys)
            }
          }
        }
      }
    }
  }

  /// Closes a block: everything appended since the block before belongs to `family`.
  ///
  /// - Parameter regularOrders: how many orders of n-grams, from 1 on, `appendNGrams` put at the block's beginning.
  package mutating func endBlock(_ family: FeatureBlock, unitCount: Int, regularOrders: Int = 0) {
    let start = blocks.isEmpty ? 0 : blocks[blocks.count - 1].end
    blocks.append(
      Block(
        family: family, start: start, end: UInt32(keys.count), unitCount: UInt32(unitCount),
        regularOrders: UInt32(regularOrders)))
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
