/// Counts in how many statements each feature of a share of all features occurs: an open-addressing table.
///
/// `count` counts all features in one reading. Where most of them occur once and are dropped, they would fill the table for
/// nothing: `hand` leaves those counted so far that occurred once to a filter, `admit` lets only features into the table
/// that the filter saw before, and in a second reading `countAdmitted` counts what is in the table. What is counted comes
/// to the same, and is exact, either way.
package struct DocumentCounter: ~Copyable {
  /// Twelve bytes, not sixteen: the table is the largest thing that it takes to make a vocabulary.
  // Not private: in debug builds Swift 6.3 fails on a buffer of a private type.
  struct Slot: BitwiseCopyable, Sendable {
    private var low: UInt32 = 0
    private var high: UInt32 = 0
    /// One more than the number of statements; 0 where the slot is empty.
    var mark: UInt32 = 0

    init() {}

    init(key: UInt64) {
      low = UInt32(truncatingIfNeeded: key)
      high = UInt32(truncatingIfNeeded: key >> 32)
      mark = 1
    }

    var key: UInt64 { UInt64(high) << 32 | UInt64(low) }
  }

  private var slots: Scratch<Slot>
  /// The number of features in the table.
  package private(set) var count = 0
  /// How far ahead slots are asked for.
  private static var lookahead: Int { 16 }

  /// A counter that has seen nothing, with room for `expected` features.
  package init(expected: Int = 0) {
    let size = expected + expected / 2 + 64
    slots = Scratch(capacity: size)
    slots.assign(repeating: Slot(), count: size)
  }

  /// Counts features, each as often as there are statements that have it.
  ///
  /// - Complexity: O(1) expected a feature.
  package mutating func count(_ keys: Span<UInt64>) {
    for index in keys.indices {
      if index + Self.lookahead < keys.count { slots.prefetch(home(of: keys[index + Self.lookahead])) }
      let slot = insert(keys[index])
      slots[slot].mark += 1
    }
  }

  /// Tells a filter of the features counted so far, and keeps those that occurred twice or more, admitted and uncounted.
  package mutating func hand(to seen: inout SeenFilter) {
    var kept = DocumentCounter(expected: count(minimumDocuments: 2))
    for index in 0..<slots.count where slots[index].mark != 0 {
      _ = seen.insert(slots[index].key)
      if slots[index].mark > 2 { _ = kept.insert(slots[index].key) }
    }
    swap(&self, &kept)
  }

  /// Makes room for the features that occur a second time: for all of those, and for others that a filter takes for them.
  ///
  /// - Returns: how many were surely seen for the first time.
  package mutating func admit(_ keys: Span<UInt64>, seen: inout SeenFilter) -> Int {
    var fresh = 0
    for index in 0..<min(Self.lookahead, keys.count) { seen.prefetch(keys[index]) }
    for index in keys.indices {
      if index + Self.lookahead < keys.count { seen.prefetch(keys[index + Self.lookahead]) }
      if seen.insert(keys[index]) { _ = insert(keys[index]) } else { fresh += 1 }
    }
    return fresh
  }

  /// Counts features, of those that were not admitted only such as have a hash up to `limit`.
  package mutating func countAdmitted(_ keys: Span<UInt64>, andUpTo limit: UInt64?) {
    for index in keys.indices {
      if index + Self.lookahead < keys.count { slots.prefetch(home(of: keys[index + Self.lookahead])) }
      let key = keys[index]
      var slot = find(key)
      if slots[slot].mark == 0 {
        guard let limit, key <= limit else { continue }
        slot = insert(key)
      }
      slots[slot].mark += 1
    }
  }

  /// How many features occur in so many statements or more.
  package func count(minimumDocuments: Int) -> Int {
    var count = 0
    for index in 0..<slots.count where Int(slots[index].mark) > max(minimumDocuments, 1) { count += 1 }
    return count
  }

  /// Appends the features that occur in so many statements or more.
  package func append(minimumDocuments: Int, to features: inout [CountedFeature]) {
    for index in 0..<slots.count where Int(slots[index].mark) > max(minimumDocuments, 1) {
      features.append(CountedFeature(key: slots[index].key, documents: slots[index].mark - 1))
    }
  }

  /// Where a key belongs. The upper bits have no say: keys may be all those below a limit.
  @inline(__always)
  private func home(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &<< 24).multipliedFullWidth(by: UInt64(slots.count)).high)
  }

  /// The slot of a key, or the empty one where it belongs.
  @inline(__always)
  private func find(_ key: UInt64) -> Int {
    var slot = home(of: key)
    while slots[slot].mark != 0, slots[slot].key != key { slot = slot + 1 == slots.count ? 0 : slot + 1 }
    return slot
  }

  /// The slot of a key, which it gets where it has none yet.
  @inline(__always)
  private mutating func insert(_ key: UInt64) -> Int {
    let slot = find(key)
    if slots[slot].mark != 0 { return slot }
    slots[slot] = Slot(key: key)
    count += 1
    guard count * 10 > slots.count * 7 else { return slot }
    grow()
    return find(key)
  }

  @inline(never)
  private mutating func grow() {
    let size = slots.count + slots.count / 2
    var larger = Scratch<Slot>(capacity: size)
    larger.assign(repeating: Slot(), count: size)
    swap(&slots, &larger)
    for index in 0..<larger.count where larger[index].mark != 0 { slots[find(larger[index].key)] = larger[index] }
  }
}

/// A feature and in how many statements it occurs.
package struct CountedFeature: BitwiseCopyable, Sendable {
  package let key: UInt64
  package let documents: UInt32
}
