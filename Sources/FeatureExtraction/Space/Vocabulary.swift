/// A map from features to columns: an open-addressing table with linear probing over 8-byte slots, which is used just
/// as it stands in a model file.
///
/// A slot holds `fingerprint << 24 | column + 1`, where the fingerprint is the lower 40 bits of the feature's hash;
/// an empty slot is 0. A feature's first slot is `hash · slotCount >> 64`, which its upper bits decide, so that slot
/// and fingerprint together tell as much of the hash as there is to tell: two features are mistaken for one with a
/// probability of about 2^-60 a pair. Eight slots share a cache line, so that a lookup costs one visit to memory,
/// whether the feature is known or not.
public struct Vocabulary: Equatable, Sendable {
  /// The slots of the table.
  public let slots: FlatArray<UInt64>
  /// The number of columns.
  public let columnCount: Int

  static let columnMask: UInt64 = (1 << 24) - 1

  /// Uses a stored table.
  ///
  /// - Throws: `FeatureExtractionError.invalidState` where a slot names a column that is not there, or there is no
  ///   empty slot, at which a search could end.
  /// - Complexity: O(slots).
  public init(slots: FlatArray<UInt64>, columnCount: Int) throws(FeatureExtractionError) {
    // Without a branch a slot: every slot is looked at whenever a model is opened.
    var used = 0
    var largest: UInt64 = 0
    var nameless = 0
    slots.withSpan { slots in
      for index in slots.indices {
        let column = slots[index] & Self.columnMask
        used &+= slots[index] == 0 ? 0 : 1
        nameless &+= column == 0 ? 1 : 0
        largest = max(largest, column)
      }
    }
    guard largest <= UInt64(columnCount), nameless == slots.count - used else {
      throw .invalidState(array: "vocabulary", problem: "names a column outside the model")
    }
    guard used == columnCount, used < slots.count else {
      throw .invalidState(array: "vocabulary", problem: "does not hold \(columnCount) features and an empty slot")
    }
    self.slots = slots
    self.columnCount = columnCount
  }

  /// A table over distinct keys; the column of a key is its place in the list.
  ///
  /// - Precondition: there are no more keys than `FeatureSpace.maximumVocabularySize`.
  package init(keys: [UInt64]) {
    precondition(keys.count <= FeatureSpace.maximumVocabularySize, "too many features for a vocabulary")
    // Three fifths full: a search for an unknown feature visits about three and a half slots.
    let slotCount = keys.count + keys.count * 2 / 3 + 1
    var table = [UInt64](repeating: 0, count: slotCount)
    for (column, key) in keys.enumerated() {
      var slot = Self.home(of: key, slotCount: slotCount)
      while table[slot] != 0 { slot = slot + 1 == slotCount ? 0 : slot + 1 }
      table[slot] = key << 24 | UInt64(column + 1)
    }
    slots = FlatArray(table)
    columnCount = keys.count
  }

  @inline(__always)
  private static func home(of key: UInt64, slotCount: Int) -> Int {
    Int(truncatingIfNeeded: key.multipliedFullWidth(by: UInt64(slotCount)).high)
  }

  /// Asks for the slots of a feature that will be looked up soon.
  @inline(__always)
  package func prefetch(_ key: UInt64) { slots.prefetch(Self.home(of: key, slotCount: slots.count)) }

  /// The column of a feature; nil where the vocabulary does not have it.
  /// - Complexity: O(1) expected.
  @inline(__always)
  package func column(of key: UInt64) -> UInt32? {
    let slotCount = slots.count
    var slot = Self.home(of: key, slotCount: slotCount)
    while true {
      let entry = slots[slot]
      if entry == 0 { return nil }
      if entry >> 24 == key & ((1 << 40) - 1) { return UInt32(truncatingIfNeeded: entry & Self.columnMask) - 1 }
      slot = slot + 1 == slotCount ? 0 : slot + 1
    }
  }
}
