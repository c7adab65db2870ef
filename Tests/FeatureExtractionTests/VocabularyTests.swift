import FeatureExtraction
import TestSupport
import Testing

@Suite("Vocabulary")
struct VocabularyTests {
  private static func keys(_ count: Int, seed: UInt64) -> [UInt64] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in .random(in: 0 ... .max, using: &generator) }
  }

  /// The table of schema 1: three fifths full, searched from slot to slot.
  private static func probed(_ keys: [UInt64]) throws -> Vocabulary {
    let count = keys.count + keys.count * 2 / 3 + 1
    var slots = [UInt64](repeating: 0, count: count)
    for (column, key) in keys.enumerated() {
      var slot = Int(key.multipliedFullWidth(by: UInt64(count)).high)
      while slots[slot] != 0 { slot = (slot + 1) % count }
      slots[slot] = key << 24 | UInt64(column + 1)
    }
    return try Vocabulary(slots: FlatArray(slots), columnCount: keys.count)
  }

  @Test(
    "each key has its place in the list for a column, others have none, in the table that is probed as well",
    arguments: [0, 1, 2, 3, 7, 100, 5000, 70_000])
  func columns(count: Int) throws {
    let keys = Self.keys(count, seed: 3)
    let perfect = Vocabulary(keys: keys)
    let probed = try Self.probed(keys)
    for (column, key) in keys.enumerated() {
      #expect(perfect.column(of: key) == UInt32(column))
      #expect(probed.column(of: key) == UInt32(column))
    }
    // Among them the key of which an empty slot could be taken for the fingerprint.
    for key in Self.keys(5000, seed: 4) + [0, 1 << 24, .max] {
      #expect(perfect.column(of: key) == nil)
      #expect(probed.column(of: key) == nil)
    }
  }

  @Test("nearly every slot is used, and equal keys give equal tables")
  func size() {
    let keys = Self.keys(20_000, seed: 5)
    let table = Vocabulary(keys: keys)
    #expect(table.slots.count < 20_000 * 104 / 100)
    #expect(table == Vocabulary(keys: keys))
  }

  @Test("a table that does not hold what it says is refused")
  func refusals() throws {
    let table = Vocabulary(keys: Self.keys(100, seed: 6))
    let slots = table.slots.array
    let used = try #require(slots.indices.first { slots[$0] != 0 })
    var missing = slots
    missing[used] = 0
    var outside = slots
    outside[used] |= 0xFF_FFFF
    var nameless = slots
    nameless[used] &= ~0xFF_FFFF
    for slots in [missing, outside, nameless, []] {
      #expect(throws: FeatureExtractionError.self) {
        try Vocabulary(slots: FlatArray(slots), displacements: table.displacements, columnCount: 100)
      }
    }
    for count in [1, 3, 48] {
      #expect(throws: FeatureExtractionError.self) {
        try Vocabulary(
          slots: table.slots, displacements: FlatArray([UInt16](repeating: 0, count: count)), columnCount: 100)
      }
    }
  }
}
