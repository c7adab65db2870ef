import CPlatform

/// Looks up the columns of all features of a statement.
///
/// Where features stand if they are known, and what stands there, are loops by themselves over as many features as there
/// are: the first asks for what the second reads, so that nothing waits for memory feature by feature, and none has a
/// branch that depends on what is found.
package struct ColumnSearch: ~Copyable {
  private var blocks = Scratch<platform_block>(capacity: FeatureBlock.limit)
  private var counts = Scratch<UInt32>(capacity: FeatureBlock.limit)
  private var memory = SearchMemory()

  /// Nothing to look up.
  package init() {}

  /// How many columns were found for a block.
  @inline(__always)
  package subscript(index: Int) -> UInt32 { counts[index] }

  /// Appends to `columns` those of a statement's occurrences, block by block and in order, without those that the vocabulary does
  /// not have; how many each block has is told by the subscript.
  ///
  /// An n-gram that was seen often enough to be kept was seen as often in both its parts, so where a part is unknown the
  /// n-gram is unknown too and is not looked up (the principle of Apriori: Agrawal and Srikant, VLDB 1994). Most n-grams
  /// of three words go this way, and each would be a visit to memory that finds nothing.
  ///
  /// - Parameter knowsParts: whether the vocabulary has both parts of every n-gram that it has.
  package mutating func appendColumns(
    of features: borrowing FeatureBuffer, vocabulary: Vocabulary, knowsParts: Bool,
    to columns: inout Scratch<UInt32>
  ) {
    blocks.removeAll()
    for index in 0..<features.blocks.count {
      let block = features.blocks[index]
      let orders = knowsParts ? min(block.regularOrders, block.unitCount) : 0
      blocks.append(
        platform_block(first: block.start, count: block.end - block.start, unit_count: block.unitCount, orders: orders))
    }
    find(features.keys, from: 0, vocabulary, &columns)
  }

  /// Appends to `columns` those of some occurrences, which belong to no block yet.
  package mutating func appendColumns(
    of features: borrowing FeatureBuffer, in range: Range<Int>, vocabulary: Vocabulary,
    to columns: inout Scratch<UInt32>
  ) {
    blocks.removeAll()
    blocks.append(platform_block(first: 0, count: UInt32(range.count), unit_count: 0, orders: 0))
    find(features.keys, from: range.lowerBound, vocabulary, &columns)
  }

  /// Appends the columns of the blocks' keys, the first of which is that at `origin`.
  private mutating func find(
    _ keys: borrowing Scratch<UInt64>, from origin: Int, _ vocabulary: Vocabulary, _ columns: inout Scratch<UInt32>
  ) {
    counts.assign(repeating: 0, count: blocks.count)
    if !vocabulary.isProbed {
      return vocabulary.findColumns(
        of: keys, from: origin, in: blocks, memory: &memory, to: &columns, counts: &counts)
    }
    for index in 0..<blocks.count {
      let start = columns.count
      for place in Int(blocks[index].first)..<Int(blocks[index].first + blocks[index].count) {
        if let column = vocabulary.column(of: keys[origin + place]) { columns.append(column) }
      }
      counts[index] = UInt32(columns.count - start)
    }
  }
}

/// What `Vocabulary.findColumns` notes on its way.
struct SearchMemory: ~Copyable {
  private var columns = Scratch<UInt32>()
  private var places = Scratch<UInt32>()
  private var slots = Scratch<UInt32>()

  init() { reach(1024) }

  /// Makes room for so many features.
  @inline(__always)
  mutating func reach(_ count: Int) { if count > columns.count { grow(to: count + count / 2) } }

  private mutating func grow(to count: Int) {
    columns.assign(repeating: 0, count: count)
    places.assign(repeating: 0, count: count)
    slots.assign(repeating: 0, count: count)
  }

  /// Calls `body` with the memory.
  @unsafe @inline(__always)
  mutating func withPointers(
    _ body: (UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<UInt32>?) -> Void
  ) {
    columns.withMutableSpan { columns in
      places.withMutableSpan { places in
        slots.withMutableSpan { slots in
          unsafe columns.withUnsafeMutableBufferPointer { columns in
            unsafe places.withUnsafeMutableBufferPointer { places in
              unsafe slots.withUnsafeMutableBufferPointer { slots in
                unsafe body(columns.baseAddress, places.baseAddress, slots.baseAddress)
              }
            }
          }
        }
      }
    }
  }
}
