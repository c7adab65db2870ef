/// Looks up the columns of many features at a time.
///
/// Which features are looked up, where their slots are and what stands there are loops by themselves: each asks for what
/// the next one reads, so that nothing waits for memory feature by feature, and none has a branch that depends on what is
/// found.
package struct ColumnSearch: ~Copyable {
  /// For each unit, 1 where the n-gram that begins with it is known as far as it has grown.
  private var known = Scratch<UInt8>()
  /// The n-grams whose parts are known, counted from the first of their length.
  private var chosen = Scratch<UInt32>(capacity: 1024)
  /// The slots of the occurrences that are looked up.
  private var slots = Scratch<UInt32>(capacity: 1024)

  /// Nothing to look up.
  package init() {}

  /// Asks for the buckets of all features before the first is looked up: they lie all over the second cache and beyond.
  func begin(_ features: borrowing FeatureBuffer, vocabulary: borrowing Vocabulary) {
    if vocabulary.isProbed { return }
    features.keys.withSpan { keys in for index in keys.indices { vocabulary.prefetchBucket(of: keys[index]) } }
  }

  /// Appends to `columns` those of a block's occurrences, in order, without those that the vocabulary does not have, and
  /// calls `found` with each.
  ///
  /// An n-gram that was seen often enough to be kept was seen as often in both its parts, so where a part is unknown the
  /// n-gram is unknown too and is not looked up (the principle of Apriori: Agrawal and Srikant, VLDB 1994). Most n-grams
  /// of three words go this way, and each would be a visit to memory that finds nothing.
  ///
  /// - Parameter knowsParts: whether the vocabulary has both parts of every n-gram that it has.
  @inline(__always)
  mutating func appendColumns(
    of features: borrowing FeatureBuffer, in block: FeatureBuffer.Block, vocabulary: borrowing Vocabulary,
    knowsParts: Bool, to columns: inout Scratch<UInt32>, found: (UInt32) -> Void
  ) {
    var start = Int(block.start)
    if knowsParts, block.regularOrders > 1 {
      let unitCount = Int(block.unitCount)
      known.assign(repeating: 1, count: unitCount + 1)
      for order in 0..<min(Int(block.regularOrders), unitCount) {
        let count = unitCount - order
        chooseKnown(count, isFirst: order == 0)
        known.withMutableSpan { known in
          chosen.withSpan { chosen in
            Self.lookUp(
              chosen.count, of: features.keys, in: vocabulary, &slots, to: &columns,
              place: { start &+ Int(chosen[$0]) }, note: { known[$0 &- start] = $1 }, found: found)
          }
        }
        start += count
      }
    }
    appendColumns(of: features, in: start..<Int(block.end), vocabulary: vocabulary, to: &columns, found: found)
  }

  /// Appends to `columns` those of some occurrences, as above.
  @inline(__always)
  mutating func appendColumns(
    of features: borrowing FeatureBuffer, in range: Range<Int>, vocabulary: borrowing Vocabulary,
    to columns: inout Scratch<UInt32>, found: (UInt32) -> Void
  ) {
    guard !range.isEmpty else { return }
    Self.lookUp(
      range.count, of: features.keys, in: vocabulary, &slots, to: &columns,
      place: { range.lowerBound &+ $0 }, note: { _, _ in }, found: found)
  }

  /// Chooses the n-grams whose parts, those of one unit less, are known; of single units, which have none, all.
  @inline(__always)
  private mutating func chooseKnown(_ count: Int, isFirst: Bool) {
    chosen.removeAll()
    chosen.extend(limit: count) { chosen in
      if isFirst {
        for index in 0..<count { chosen[index] = UInt32(truncatingIfNeeded: index) }
        return count
      }
      return known.withMutableSpan { known in
        var kept = 0
        for index in 0..<count {
          let partsAreKnown = known[index] & known[index &+ 1]
          known[index] = partsAreKnown
          chosen[kept] = UInt32(truncatingIfNeeded: index)
          kept &+= Int(partsAreKnown)
        }
        return kept
      }
    }
  }

  /// Appends the columns of `count` occurrences to `columns`.
  ///
  /// - Parameters:
  ///   - place: where an occurrence stands among the keys.
  ///   - note: told of each place whether it is known (1) or not (0).
  @inline(__always)
  private static func lookUp(
    _ count: Int, of keys: borrowing Scratch<UInt64>, in vocabulary: borrowing Vocabulary,
    _ slots: inout Scratch<UInt32>, to columns: inout Scratch<UInt32>, place: (Int) -> Int,
    note: (Int, UInt8) -> Void, found: (UInt32) -> Void
  ) {
    let first = columns.count
    if vocabulary.isProbed {
      for index in 0..<count {
        let place = place(index)
        let column = vocabulary.column(of: keys[place])
        note(place, column == nil ? 0 : 1)
        if let column { columns.append(column) }
      }
    } else {
      slots.removeAll()
      keys.withSpan { keys in
        slots.extend(limit: count) { slots in
          for index in 0..<count {
            let slot = vocabulary.slot(of: keys[place(index)])
            vocabulary.prefetch(slot: slot)
            slots.append(UInt32(truncatingIfNeeded: slot))
          }
        }
        slots.withSpan { slots in
          columns.extend(limit: count) { columns in
            precondition(count <= columns.count && count <= slots.count)
            var kept = 0
            for index in 0..<count {
              let place = place(index)
              // Unchecked: `kept` never exceeds `index`, and both counts were compared.
              let column = unsafe vocabulary.column(of: keys[place], at: Int(slots[unchecked: index]))
              let isKnown: UInt8 = column < Vocabulary.columnMask ? 1 : 0
              note(place, isKnown)
              unsafe columns[unchecked: kept] = UInt32(truncatingIfNeeded: column)
              kept &+= Int(isKnown)
            }
            return kept
          }
        }
      }
    }
    columns.withSpan { columns in for index in first..<columns.count { found(columns[index]) } }
  }
}
