/// Looks up the columns of many features at a time.
///
/// Which features are looked up, where their slots are and what stands there are loops by themselves: each asks for what
/// the next one reads, so that nothing waits for memory feature by feature, and none has a branch that depends on what is
/// found.
package struct ColumnSearch: ~Copyable {
  private var memory = SearchMemory()

  /// Nothing to look up.
  package init() {}

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
    let unitCount = Int(block.unitCount)
    let orders = knowsParts ? min(Int(block.regularOrders), unitCount) : 0
    append(features, block.range, vocabulary, unitCount: unitCount, orders: orders, to: &columns)
  }

  /// Appends to `columns` those of some occurrences, as above.
  mutating func appendColumns(
    of features: borrowing FeatureBuffer, in range: Range<Int>, vocabulary: borrowing Vocabulary,
    to columns: inout Scratch<UInt32>
  ) {
    append(features, range, vocabulary, unitCount: 0, orders: 0, to: &columns)
  }

  private mutating func append(
    _ features: borrowing FeatureBuffer, _ range: Range<Int>, _ vocabulary: borrowing Vocabulary, unitCount: Int,
    orders: Int, to columns: inout Scratch<UInt32>
  ) {
    // Most families find nothing in most statements.
    if range.isEmpty { return }
    if vocabulary.isProbed {
      for index in range {
        if let column = vocabulary.column(of: features.keys[index]) { columns.append(column) }
      }
      return
    }
    features.keys.withSpan {
      vocabulary.findColumns(
        of: $0.extracting(range), unitCount: unitCount, orders: orders, memory: &memory, to: &columns)
    }
  }
}

/// What `Vocabulary.findColumns` notes on its way.
@safe struct SearchMemory: ~Copyable {
  /// For each unit, 1 where the n-gram that begins with it is known as far as it has grown.
  private var known = Scratch<UInt8>()
  /// The n-grams whose parts are known, counted from the first of their length.
  private var places = Scratch<UInt32>()
  /// The slots of the occurrences that are looked up.
  private var found = Scratch<UInt32>()

  init() { reach(512) }

  /// Makes room for so many features of one length.
  @inline(__always)
  mutating func reach(_ count: Int) { if count > known.count { grow(to: count + count / 2) } }

  private mutating func grow(to count: Int) {
    known.assign(repeating: 0, count: count)
    places.assign(repeating: 0, count: count)
    found.assign(repeating: 0, count: count)
  }

  /// Calls `body` with the memory.
  @unsafe @inline(__always)
  mutating func withPointers(
    _ body: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<UInt32>?) -> Void
  ) {
    known.withMutableSpan { known in
      places.withMutableSpan { places in
        found.withMutableSpan { found in
          unsafe known.withUnsafeMutableBufferPointer { known in
            unsafe places.withUnsafeMutableBufferPointer { places in
              unsafe found.withUnsafeMutableBufferPointer { found in
                unsafe body(known.baseAddress, places.baseAddress, found.baseAddress)
              }
            }
          }
        }
      }
    }
  }
}
