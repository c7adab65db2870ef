import CPlatform
import TextProcessing

/// A map from features to columns, which is used just as it stands in a model file.
///
/// A slot holds `fingerprint << 24 | column + 1`, where the fingerprint is the lower 40 bits of the feature's hash; an
/// empty slot is 0. Slot and fingerprint together tell as much of the hash as there is to tell: two features are mistaken
/// for one with a probability of about 2^-58 a pair.
///
/// The table is a perfect hash: every feature has a slot to itself, so that a search looks at one slot, whether the
/// feature is known or not, and needs no branch that cannot be foretold. The upper bits of a feature's hash choose a
/// bucket of two to four features, and a number stored for the bucket moves all of them to free slots ("hash and
/// displace": Pagh, WADS 1999; Belazzougui, Botelho and Dietzfelbinger, ESA 2009). The numbers of all buckets stay in the
/// second-level cache, and 97 of 100 slots are used.
///
/// Models of schema 1 hold a table that is probed from slot to slot (`displacements` is empty); it is still read.
public struct Vocabulary: Equatable, Sendable {
  /// The slots of the table.
  public let slots: FlatArray<UInt64>
  /// What moves the features of each bucket; empty in a table that is probed.
  public let displacements: FlatArray<UInt16>
  /// The number of columns.
  public let columnCount: Int
  /// What a hash is shifted right by for its bucket.
  private let bucketShift: UInt64

  static var columnMask: UInt64 { (1 << 24) - 1 }
  private static var spread: UInt64 { 0x9E37_79B9_7F4A_7C15 }
  private static var chunk: UInt64 { 0xD6E8_FEB8_6659_FD93 }

  /// Uses a stored table.
  ///
  /// - Parameter displacements: what moves the features of each bucket; empty for a table that is probed.
  /// - Throws: `FeatureExtractionError.invalidState` where a slot names a column that is not there, the buckets are not a
  ///   power of two, or a table that is probed has no empty slot, at which a search could end.
  /// - Complexity: O(slots).
  public init(
    slots: FlatArray<UInt64>, displacements: FlatArray<UInt16> = FlatArray([]), columnCount: Int
  ) throws(FeatureExtractionError) {
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
    let isProbed = displacements.count == 0
    guard used == columnCount, slots.count > (isProbed ? used : 0) else {
      throw .invalidState(array: "vocabulary", problem: "does not hold \(columnCount) features and an empty slot")
    }
    guard isProbed || displacements.count > 1 && displacements.count & (displacements.count - 1) == 0 else {
      throw .invalidState(array: "vocabulary", problem: "does not have a power of two of buckets")
    }
    self.init(slots, displacements, columnCount: columnCount)
  }

  private init(_ slots: FlatArray<UInt64>, _ displacements: FlatArray<UInt16>, columnCount: Int) {
    self.slots = slots
    self.displacements = displacements
    self.columnCount = columnCount
    bucketShift = UInt64(64 - displacements.count.trailingZeroBitCount) & 63
  }

  /// A table over distinct keys; the column of a key is its place in the list.
  ///
  /// - Precondition: there are no more keys than `FeatureSpace.maximumVocabularySize`.
  /// - Complexity: O(keys) expected.
  package init(keys: [UInt64]) {
    precondition(keys.count <= FeatureSpace.maximumVocabularySize, "too many features for a vocabulary")
    var slotCount = keys.count + keys.count / 32 + 1
    while true {
      if let table = Self.table(of: keys, slotCount: slotCount) {
        self.init(FlatArray(table.slots), FlatArray(table.displacements), columnCount: keys.count)
        return
      }
      // As good as never: a bucket for which no number is right.
      slotCount += slotCount / 8 + 1
    }
  }

  /// Slots and displacements for distinct keys; nil where a bucket finds no room.
  private static func table(of keys: [UInt64], slotCount: Int) -> (slots: [UInt64], displacements: [UInt16])? {
    var bucketBits: UInt64 = 1
    while 4 << bucketBits < keys.count { bucketBits += 1 }
    // The columns of each bucket, one bucket after the other.
    let bucketCount = 1 << Int(bucketBits)
    var starts = [Int](repeating: 0, count: bucketCount + 1)
    for key in keys { starts[Int(key >> (64 - bucketBits)) + 1] += 1 }
    for bucket in 0..<bucketCount { starts[bucket + 1] += starts[bucket] }
    var next = starts
    var columns = [UInt32](repeating: 0, count: keys.count)
    for (column, key) in keys.enumerated() {
      let bucket = Int(key >> (64 - bucketBits))
      columns[next[bucket]] = UInt32(column)
      next[bucket] += 1
    }
    // Full buckets first, while there is room; equals in their order, so that the table depends on the keys alone.
    let sizes = (0..<bucketCount).map { starts[$0 + 1] - starts[$0] }
    let order = sizes.indices.filter { sizes[$0] > 0 }.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    var slots = [UInt64](repeating: 0, count: slotCount)
    var displacements = [UInt16](repeating: 0, count: bucketCount)
    for bucket in order {
      let members = columns[starts[bucket]..<starts[bucket + 1]]
      let displacement = (0...UInt16.max).first { displacement in
        var placed = 0
        for column in members {
          let key = keys[Int(column)]
          let slot = slot(of: key, displacement: displacement, slotCount: slotCount)
          if slots[slot] != 0 { break }
          slots[slot] = key << 24 | UInt64(column + 1)
          placed += 1
        }
        if placed == members.count { return true }
        for column in members.prefix(placed) {
          slots[self.slot(of: keys[Int(column)], displacement: displacement, slotCount: slotCount)] = 0
        }
        return false
      }
      guard let displacement else { return nil }
      displacements[bucket] = displacement
    }
    return (slots, displacements)
  }

  @inline(__always)
  private static func slot(of key: UInt64, displacement: UInt16, slotCount: Int) -> Int {
    let moved = TextHash.fold(key ^ (UInt64(displacement) &* spread), chunk)
    return Int(truncatingIfNeeded: moved.multipliedFullWidth(by: UInt64(slotCount)).high)
  }

  /// Whether a search goes from slot to slot.
  var isProbed: Bool { displacements.count == 0 }

  /// The column of a feature if it stands in a slot; else a number that is not below `columnMask`.
  @inline(__always)
  private func column(of key: UInt64, at slot: Int) -> UInt64 {
    // Equal fingerprints leave nothing but the column and one.
    (slots[slot] ^ key << 24) &- 1
  }

  /// The column of a feature; nil where the vocabulary does not have it.
  /// - Complexity: O(1) expected.
  @inline(__always)
  package func column(of key: UInt64) -> UInt32? {
    var slot =
      isProbed
      ? Int(truncatingIfNeeded: key.multipliedFullWidth(by: UInt64(slots.count)).high)
      : Self.slot(
        of: key, displacement: displacements[Int(truncatingIfNeeded: key &>> bucketShift)], slotCount: slots.count)
    var column = column(of: key, at: slot)
    if isProbed {
      while column >= Self.columnMask, slots[slot] != 0 {
        slot = slot + 1 == slots.count ? 0 : slot + 1
        column = self.column(of: key, at: slot)
      }
    }
    return column < Self.columnMask ? UInt32(truncatingIfNeeded: column) : nil
  }

  /// Appends to `columns` those of some blocks of features, in order, without those that are not known; see
  /// `platform_find_columns`, of which `column(of:)` is the plain twin.
  ///
  /// - Parameters:
  ///   - blocks: one behind the other from the key at `origin` on.
  ///   - counts: are replaced by how many columns each block has.
  /// - Precondition: the table is not probed; the blocks hold no more than the keys, and have as many n-grams as they say.
  func findColumns(
    of keys: borrowing Scratch<UInt64>, from origin: Int, in blocks: borrowing Scratch<platform_block>,
    memory: inout SearchMemory, to columns: inout Scratch<UInt32>, counts: inout Scratch<UInt32>
  ) {
    var end = 0
    for index in 0..<blocks.count {
      let (units, orders) = (Int(blocks[index].unit_count), Int(blocks[index].orders))
      let regular = orders * units - orders * (orders - 1) / 2
      precondition(Int(blocks[index].first) == end && orders <= units && regular <= Int(blocks[index].count))
      end += Int(blocks[index].count)
    }
    precondition(
      origin >= 0 && end <= keys.count - origin && blocks.count == counts.count,
      "blocks hold more features than there are")
    memory.reach(end)
    // The table outermost: inside, this value would be copied for the closures, and its references counted.
    unsafe withTable { table in
      unsafe columns.extendWritten(limit: end) { columns, count in
        unsafe memory.withPointers { found, places, slots in
          keys.withSpan { keys in
            blocks.withSpan { blocks in
              counts.withMutableSpan { counts in
                unsafe keys.extracting(origin...).withUnsafeBufferPointer { keys in
                  unsafe blocks.withUnsafeBufferPointer { blocks in
                    unsafe counts.withUnsafeMutableBufferPointer { counts in
                      // Checked: the blocks lie within the keys, and there is room for a column of each.
                      count += unsafe platform_find_columns(
                        table, keys.baseAddress, blocks.baseAddress, blocks.count, found, places, slots,
                        columns + count, counts.baseAddress)
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Replaces `columns` by the column of each feature, -1 where it is not known.
  package func findEach(of keys: Span<UInt64>, into columns: inout Scratch<Int32>) {
    columns.removeAll()
    if isProbed {
      for index in keys.indices { columns.append(column(of: keys[index]).map { Int32($0) } ?? -1) }
      return
    }
    unsafe columns.appendWritten(count: keys.count) { columns in
      unsafe keys.withUnsafeBufferPointer { keys in
        unsafe withTable { unsafe platform_find_each($0, keys.baseAddress, keys.count, columns) }
      }
    }
  }

  /// Calls `body` with the table as C reads it.
  @unsafe @inline(__always)
  private func withTable(_ body: (UnsafePointer<platform_vocabulary>) -> Void) {
    precondition(displacements.count == 1 << Int(64 - bucketShift), "a table without buckets is searched plainly")
    slots.withSpan { slots in
      displacements.withSpan { displacements in
        unsafe slots.withUnsafeBufferPointer { slots in
          unsafe displacements.withUnsafeBufferPointer { displacements in
            var table = unsafe platform_vocabulary(
              slots: slots.baseAddress, displacements: displacements.baseAddress, slot_count: UInt64(slots.count),
              spread: Self.spread, chunk: Self.chunk, bucket_shift: Int32(truncatingIfNeeded: bucketShift))
            unsafe body(&table)
          }
        }
      }
    }
  }
}
