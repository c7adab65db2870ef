import TextProcessing

/// Some statements that are scored together by a model on hashed words, and the memory for it.
///
/// Together, because so each step is one tight loop over all of them, and the weights of the first are there when the last
/// has asked for its own.
struct HashedStatements: ~Copyable {
  /// Where the parts of a statement end.
  private struct End: BitwiseCopyable {
    var words = 0
    var columns = 0
    var repeats = 0
    var isEmpty = true
  }

  private var words = FoldedWords()
  /// Two columns for each word.
  private var found = Scratch<UInt32>(capacity: 1024)
  /// The columns of all features that are met for the first time in their statement.
  private var columns = Scratch<UInt32>(capacity: 1024)
  /// The others, where occurrences have to be counted.
  private var repeats = Scratch<ColumnCounter.Repeat>()
  private var counter = ColumnCounter()
  private var ends: [End] = []

  /// The sums of each statement's weights, as many for each as a row of weights has elements.
  private var sums = Scratch<Float>(capacity: 128)

  /// Replaces the statements by texts.
  mutating func read(
    _ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, _ hashedWords: HashedWords
  ) {
    var ends: [End] = []
    swap(&ends, &self.ends)
    ends.removeAll(keepingCapacity: true)
    words.replace(byThoseOf: count, at: range, in: bytes, kinds: hashedWords.kinds) {
      ends.append(End(words: $0, isEmpty: $1))
    }
    swap(&ends, &self.ends)
  }

  /// Replaces the statements by one whose tokens others read more of.
  mutating func read(_ tokens: Span<Token>, _ hashedWords: HashedWords) {
    words.replace(by: tokens, kinds: hashedWords.kinds)
    ends.removeAll(keepingCapacity: true)
    ends.append(End(words: words.count, isEmpty: tokens.isEmpty))
  }

  /// Finds the columns of all statements, those that occur again apart from the others where they have to be counted, and asks
  /// for their weights and rarities.
  mutating func findColumns(_ hashedWords: HashedWords, rows: FlatArray<Int16>.Addresses, rarities: FlatArray<Float>?) {
    hashedWords.findColumns(of: words, into: &found)
    columns.removeAll()
    repeats.removeAll()
    let (first, step) = hashedWords.wanted
    let countsNothing = hashedWords.weighting.isAdditive
    var start = 0
    for index in ends.indices {
      let end = ends[index].words
      found.withSpan { found in
        let found = found.extracting(min(2 * start + first, 2 * end)..<2 * end)
        if countsNothing {
          columns.append(found, step: step) { rows.prefetch($0) }
        } else {
          counter.separateRepeats(of: found, step: step, firsts: &columns, repeats: &repeats) { rows.prefetch($0) }
        }
      }
      ends[index].columns = columns.count
      ends[index].repeats = repeats.count
      start = end
    }
    if let addresses = rarities?.addresses() {
      columns.withSpan { for index in $0.indices { addresses.prefetch($0[index]) } }
    }
  }

  /// Adds up the weights of each statement from the lane `first` on.
  @inline(__always)
  mutating func sum<Lanes: WeightLanes>(
    _ lanes: Lanes.Type, from first: Int, _ table: WeightTable,
    of statement: (_ wordCount: Int, _ columns: Span<UInt32>, _ repeats: Span<ColumnCounter.Repeat>) -> Lanes
  ) {
    let factors = table.factors(lanes, from: first)
    if first == 0 { sums.assign(repeating: 0, count: ends.count * table.laneCount) }
    columns.withSpan { columns in
      repeats.withSpan { repeats in
        sums.withMutableSpan { sums in
          var start = End()
          for index in ends.indices {
            let end = ends[index]
            let sum = statement(
              end.words - start.words, columns.extracting(start.columns..<end.columns),
              repeats.extracting(start.repeats..<end.repeats))
            let place = index * table.laneCount + first
            precondition(place >= 0 && place + Lanes.scalarCount <= sums.count)
            // Checked: the whole vector lies within the span.
            unsafe sums.withUnsafeMutableBytes {
              unsafe $0.storeBytes(of: sum * factors, toByteOffset: place * MemoryLayout<Float>.stride, as: Lanes.self)
            }
            start = end
          }
        }
      }
    }
  }

  /// Calls `body` with the sums of each statement; nil stands for one that holds no token.
  @inline(__always)
  borrowing func forEachSums(of labelCount: Int, laneCount: Int, _ body: (_ index: Int, _ sums: Span<Float>?) -> Void) {
    sums.withSpan { sums in
      for index in ends.indices {
        body(index, ends[index].isEmpty ? nil : sums.extracting(index * laneCount..<index * laneCount + labelCount))
      }
    }
  }
}
