/// Counts in how many statements something occurs.
protocol DocumentCounting: ~Copyable, Sendable {
  /// Begins the next statement.
  mutating func beginDocument()
  /// Counts a feature of the current statement.
  mutating func count(_ key: UInt64)
  /// Adds what another counter counted in other statements; the other is of no use afterwards.
  mutating func merge(_ other: inout Self)
}

/// Counts in how many statements each feature occurs: an open-addressing table that also remembers the last statement
/// in which a feature was seen, so that repetitions within a statement need no set of their own.
struct DocumentCounter: ~Copyable, DocumentCounting {
  private struct Slot: BitwiseCopyable, Sendable {
    var key: UInt64 = 0
    var documents: UInt32 = 0
    /// The number of the last statement, from 1.
    var last: UInt32 = 0
  }

  private var slots: Scratch<Slot>
  private var used = 0
  private var document: UInt32 = 0

  init() {
    slots = Scratch(capacity: 1 << 12)
    slots.assign(repeating: Slot(), count: 1 << 12)
  }

  /// Begins the next statement.
  mutating func beginDocument() { document += 1 }

  /// Counts a feature of the current statement.
  /// - Complexity: O(1) expected.
  @inline(__always)
  mutating func count(_ key: UInt64) {
    let slot = find(key)
    if slots[slot].documents == 0 {
      slots[slot].key = key
      used += 1
    }
    if slots[slot].last != document {
      slots[slot].last = document
      slots[slot].documents += 1
    }
    if used * 10 > slots.count * 6 { grow() }
  }

  /// Adds what another counter counted in other statements; the other is of no use afterwards.
  mutating func merge(_ other: inout DocumentCounter) {
    if other.used > used { swap(&self, &other) }
    // Slots come in the order of their hashes. Into a table with room for all of them that is harmless; into one that
    // is still to grow they would all crowd into its first part.
    while (used + other.used) * 10 > slots.count * 6 { grow() }
    for index in 0..<other.slots.count where other.slots[index].documents > 0 {
      let slot = find(other.slots[index].key)
      if slots[slot].documents == 0 {
        slots[slot].key = other.slots[index].key
        used += 1
      }
      slots[slot].documents += other.slots[index].documents
    }
  }

  /// The features that occur in `minimumDocuments` statements or more, at most `maximumSize` of them, the most frequent
  /// first and equals by their hash: an order that depends on the data alone, and that puts features which are often
  /// needed next to each other.
  consuming func features(
    minimumDocuments: Int, maximumSize: Int
  ) -> (keys: [UInt64], documents: [UInt32]) {
    var found: [(key: UInt64, documents: UInt32)] = []
    for index in 0..<slots.count where Int(slots[index].documents) >= max(minimumDocuments, 1) {
      found.append((slots[index].key, slots[index].documents))
    }
    found.sort { ($1.documents, $0.key) < ($0.documents, $1.key) }
    let kept = found.prefix(maximumSize)
    return (kept.map(\.key), kept.map(\.documents))
  }

  /// The slot of a key, or the empty one where it belongs. The upper bits choose, as in `Vocabulary`.
  @inline(__always)
  private func find(_ key: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key >> UInt64(64 - slots.count.trailingZeroBitCount))
    while slots[slot].documents != 0, slots[slot].key != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    var larger = Scratch<Slot>(capacity: slots.count * 2)
    larger.assign(repeating: Slot(), count: slots.count * 2)
    swap(&slots, &larger)
    for index in 0..<larger.count where larger[index].documents > 0 { slots[find(larger[index].key)] = larger[index] }
  }
}
