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

  /// Appends to `columns` those of a block's occurrences, in order, without those that the vocabulary does not have.
  ///
  /// An n-gram that was seen often enough to be kept was seen as often in both its parts, so where a part is unknown the
  /// n-gram is unknown too and is not looked up (the principle of Apriori: Agrawal and Srikant, VLDB 1994). Most n-grams
  /// of three words go this way, and each would be a visit to memory that finds nothing.
  ///
  /// - Parameter knowsParts: whether the vocabulary has both parts of every n-gram that it has.
  mutating func appendColumns(
    of features: borrowing FeatureBuffer, in block: FeatureBuffer.Block, vocabulary: borrowing Vocabulary,
    knowsParts: Bool, to columns: inout Scratch<UInt32>
  ) {
    var start = Int(block.start)
    if knowsParts, block.regularOrders > 1 {
      let unitCount = Int(block.unitCount)
      known.assign(repeating: 1, count: unitCount + 1)
      for order in 0..<min(Int(block.regularOrders), unitCount) {
        let range = start..<start + unitCount - order
        if order == 0 { chooseAll(range.count) } else { chooseKnown(range.count) }
        Self.lookUp(chosen, of: features.keys, in: range, vocabulary, &slots, &known, &columns)
        start = range.upperBound
      }
    }
    appendColumns(of: features, in: start..<Int(block.end), vocabulary: vocabulary, to: &columns)
  }

  /// Appends to `columns` those of some occurrences, as above.
  mutating func appendColumns(
    of features: borrowing FeatureBuffer, in range: Range<Int>, vocabulary: borrowing Vocabulary,
    to columns: inout Scratch<UInt32>
  ) {
    guard !range.isEmpty else { return }
    known.assign(repeating: 1, count: range.count)
    chooseAll(range.count)
    Self.lookUp(chosen, of: features.keys, in: range, vocabulary, &slots, &known, &columns)
  }

  /// Chooses all of so many occurrences: single units have no parts.
  private mutating func chooseAll(_ count: Int) {
    chosen.removeAll()
    chosen.extend(limit: count) { chosen in
      for index in 0..<count { chosen.append(UInt32(truncatingIfNeeded: index)) }
    }
  }

  /// Chooses the n-grams whose parts, those of one unit less, are known.
  private mutating func chooseKnown(_ count: Int) {
    chosen.removeAll()
    chosen.appendWritten(limit: count) { chosen in
      known.withMutableSpan { known in
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

  /// Appends the columns of the chosen ones among the keys in `range` to `columns`, and notes which are known.
  private static func lookUp(
    _ chosen: borrowing Scratch<UInt32>, of keys: borrowing Scratch<UInt64>, in range: Range<Int>,
    _ vocabulary: borrowing Vocabulary, _ slots: inout Scratch<UInt32>, _ known: inout Scratch<UInt8>,
    _ columns: inout Scratch<UInt32>
  ) {
    keys.withSpan { keys in
      let keys = keys.extracting(range)
      chosen.withSpan { chosen in
        known.withMutableSpan { known in
          if vocabulary.isProbed {
            for index in chosen.indices {
              let place = Int(chosen[index])
              let column = vocabulary.column(of: keys[place])
              known[place] = column == nil ? 0 : 1
              if let column { columns.append(column) }
            }
            return
          }
          slots.removeAll()
          vocabulary.findSlots(of: keys, at: chosen, into: &slots)
          slots.withSpan { vocabulary.findColumns(of: keys, at: chosen, in: $0, known: &known, into: &columns) }
        }
      }
    }
  }
}
