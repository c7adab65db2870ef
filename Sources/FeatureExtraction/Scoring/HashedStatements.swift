import CPlatform
import TextProcessing

/// Some statements that are scored together by a model on hashed words, and the memory for it.
///
/// Together, because so each step is one tight loop over all of them, and the weights of the first are there when the last
/// has asked for its own.
struct HashedStatements: ~Copyable {
  /// What a statement consists of.
  // Not private: in debug builds Swift 6.3 fails on a buffer of a private type.
  struct Extent: BitwiseCopyable {
    /// The number of words up to its end.
    var end: Int
    var isEmpty: Bool
  }

  private var words = FoldedWords()
  private var extents = Scratch<Extent>(capacity: 16)
  /// Two columns for each word; what no statement has is left over between them.
  private var columns = Scratch<UInt32>(capacity: 1024)
  /// Columns that occur again, where occurrences have to be counted.
  private var repeats = Scratch<ColumnRepeat>()
  /// Where those of each statement stand.
  private var parts = Scratch<ColumnPart>(capacity: 16)
  private var counter = ColumnCounter()
  private var steps = RepeatSteps()
  /// The sums of each statement's weights, as many for each as a row of weights has elements, and the squares.
  private var sums = Scratch<Float>(capacity: 128)
  private var squares = Scratch<Float>(capacity: 16)

  /// Replaces the statements by texts.
  mutating func read(
    _ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, _ hashedWords: HashedWords
  ) {
    extents.removeAll()
    words.replace(byThoseOf: count, at: range, in: bytes, kinds: hashedWords.kinds) {
      extents.append(Extent(end: $0, isEmpty: $1))
    }
  }

  /// Replaces the statements by one whose tokens others read more of.
  mutating func read(_ tokens: Span<Token>, _ hashedWords: HashedWords) {
    words.replace(by: tokens, kinds: hashedWords.kinds)
    extents.removeAll()
    extents.append(Extent(end: words.count, isEmpty: tokens.isEmpty))
  }

  /// Finds the columns of all statements, those that occur again apart from the others where they have to be counted, and asks
  /// for their weights and rarities.
  mutating func findColumns(
    _ hashedWords: HashedWords, rows: FlatArray<Int16>.Addresses, rarities: FlatArray<Float>.Addresses?
  ) {
    hashedWords.findColumns(of: words, into: &columns)
    repeats.removeAll()
    parts.removeAll()
    let (first, step) = hashedWords.wanted
    var start = 0
    for index in 0..<extents.count {
      let end = 2 * extents[index].end
      let lower = min(start + first, end)
      if step > 1 { columns.withMutableSpan(lower..<end) { Self.gather(&$0, step: step) } }
      parts.append(
        ColumnPart(
          first_column: UInt32(lower), column_count: UInt32((end - lower + step - 1) / step), first_repeat: 0,
          repeat_count: 0))
      start = end
    }
    if hashedWords.weighting.isAdditive {
      forEachColumn {
        rows.prefetch($0)
        rarities?.prefetch($0)
      }
    } else {
      parts.withMutableSpan {
        counter.separateRepeats(of: &$0, in: &columns, to: &repeats, rows: rows, rarities: rarities)
      }
      steps.reach(counter.mostRepeated)
    }
  }

  @inline(__always)
  private borrowing func forEachColumn(_ body: (UInt32) -> Void) {
    columns.withSpan { columns in
      for index in 0..<parts.count {
        let first = Int(parts[index].first_column)
        for place in first..<first + Int(parts[index].column_count) { body(columns[place]) }
      }
    }
  }

  /// Brings every `step`-th column to the front.
  private static func gather(_ columns: inout MutableSpan<UInt32>, step: Int) {
    var kept = 0
    for index in stride(from: 0, to: columns.count, by: step) {
      columns[kept] = columns[index]
      kept &+= 1
    }
  }

  /// Adds up the weights of each statement.
  mutating func sum(_ table: WeightTable, _ weighting: Weighting, _ rarities: Span<Float>) {
    parts.withSpan { parts in
      columns.withSpan { columns in
        repeats.withSpan { repeats in
          steps.withSpan(weighting.frequency) { steps in
            table.sum(
              of: parts, in: columns, times: rarities, repeats: repeats, steps: steps, to: &sums, squares: &squares)
          }
        }
      }
    }
    let (laneCount, factors) = (table.laneCount, table.factors)
    let count = extents.count
    sums.withMutableSpan { sums in
      precondition(sums.count == count * laneCount && factors.count <= laneCount)
      var start = 0
      for index in 0..<count {
        let end = extents[index].end
        let factor = weighting.factor(squares: Double(squares[index]), unitCount: end - start)
        for label in factors.indices {
          // Unchecked: there are as many sums for each statement.
          unsafe sums[unchecked: index &* laneCount &+ label] *= factor * factors[label]
        }
        start = end
      }
    }
  }

  /// Calls `body` with the sums of each statement; nil stands for one that holds no token.
  @inline(__always)
  borrowing func forEachSums(of labelCount: Int, laneCount: Int, _ body: (_ index: Int, _ sums: Span<Float>?) -> Void) {
    sums.withSpan { sums in
      for index in 0..<extents.count {
        body(index, extents[index].isEmpty ? nil : sums.extracting(index * laneCount..<index * laneCount + labelCount))
      }
    }
  }
}
