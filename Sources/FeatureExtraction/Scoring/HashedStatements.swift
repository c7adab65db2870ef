import CPlatform
import TextProcessing

/// The sums of the weights of some statements by a model on hashed words, and the memory in which they are made.
///
/// Statements go in groups. So each step is one tight loop over several of them, and the weights of one group come from far away
/// in memory while the next one is read: without that, the processor would wait for weights for a third of its time.
struct HashedStatements: ~Copyable {
  /// What the weights of statements are found with; a class, so that handing it on costs one reference count.
  final class Model: Sendable {
    let words: HashedWords
    let table: WeightTable
    /// A weight of rarity for each column; none where words do not ask for it.
    let rarities: FlatArray<Float>

    init(words: HashedWords, table: WeightTable, rarities: FlatArray<Float>) {
      self.words = words
      self.table = table
      self.rarities = rarities
    }
  }

  /// What a statement consists of.
  // Not private: in debug builds Swift 6.3 fails on a buffer of a private type.
  struct Extent: BitwiseCopyable {
    /// The number of words up to its end.
    var end: Int
    var isEmpty: Bool
  }

  /// So many that little is spent on each group, and so few that their words and columns stay in the nearest cache.
  private static var groupSize: Int { 8 }

  // Of the group that was read last:
  private var words = FoldedWords()
  private var extents = Scratch<Extent>(capacity: 16)

  // Of the group whose columns were found last:
  private var found = Scratch<Extent>(capacity: 16)
  /// Two columns for each word; what no statement has is left over between them.
  private var columns = Scratch<UInt32>(capacity: 1024)
  /// Columns that occur again, where occurrences have to be counted.
  private var repeats = Scratch<ColumnRepeat>()
  /// Where those of each statement stand.
  private var parts = Scratch<ColumnPart>(capacity: 16)
  private var counter = ColumnCounter()
  private var steps = RepeatSteps()

  // Of the group that was added up last:
  private var groupSums = Scratch<Float>(capacity: 128)
  private var squares = Scratch<Float>(capacity: 16)

  // Of all:
  /// The sums of each statement's weights, one for each label.
  private var sums = Scratch<Float>(capacity: 2048)
  /// Which of them hold no token.
  private var areEmpty = Scratch<Bool>(capacity: 256)

  /// Replaces the sums by those of some texts.
  mutating func sum(
    _ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, _ model: Model
  ) {
    begin()
    var start = 0
    while start < count {
      let size = min(Self.groupSize, count - start)
      let first = start
      read(size, at: { range(first + $0) }, in: bytes, model)
      addUp(model)
      findColumns(model)
      start += size
    }
    addUp(model)
  }

  /// Replaces the sums by those of one statement whose tokens others read more of.
  mutating func sum(_ tokens: Span<Token>, _ model: Model) {
    begin()
    words.replace(by: tokens, kinds: model.words.kinds)
    extents.removeAll()
    extents.append(Extent(end: words.count, isEmpty: tokens.isEmpty))
    findColumns(model)
    addUp(model)
  }

  private mutating func begin() {
    found.removeAll()
    parts.removeAll()
    sums.removeAll()
    areEmpty.removeAll()
  }

  /// Reads the words of a group.
  private mutating func read(
    _ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, _ model: Model
  ) {
    extents.removeAll()
    words.replace(byThoseOf: count, at: range, in: bytes, kinds: model.words.kinds) {
      extents.append(Extent(end: $0, isEmpty: $1))
    }
  }

  /// Finds the columns of the group that was read, and where occurrences have to be counted, those that occur again apart from
  /// the others. Asks for their weights and rarities.
  private mutating func findColumns(_ model: Model) {
    swap(&found, &extents)
    let (weights, isAdditive) = (model.table.rows, model.words.weighting.isAdditive)
    let rarities = model.rarities.count > 0 ? model.rarities.addresses() : nil
    model.words.findColumns(
      of: words, into: &columns, asking: isAdditive ? AskedRows(rows: weights, rarities: rarities) : nil)
    repeats.removeAll()
    parts.removeAll()
    let (first, step) = model.words.wanted
    var start = 0
    for index in 0..<found.count {
      let end = 2 * found[index].end
      let lower = min(start + first, end)
      if step > 1 { columns.withMutableSpan(lower..<end) { Self.gather(&$0, step: step) } }
      parts.append(
        ColumnPart(
          first_column: UInt32(lower), column_count: UInt32((end - lower + step - 1) / step), first_repeat: 0,
          repeat_count: 0))
      start = end
    }
    if !isAdditive {
      parts.withMutableSpan {
        counter.separateRepeats(of: &$0, in: &columns, to: &repeats, rows: weights, rarities: rarities)
      }
      steps.reach(counter.mostRepeated)
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

  /// Adds up the weights of each statement of the group whose columns were found.
  private mutating func addUp(_ model: Model) {
    let (table, weighting, count) = (model.table, model.words.weighting, parts.count)
    guard count > 0 else { return }
    parts.withSpan { parts in
      columns.withSpan { columns in
        repeats.withSpan { repeats in
          steps.withSpan(weighting.frequency) { steps in
            model.rarities.withSpan {
              table.sum(
                of: parts, in: columns, times: $0, repeats: repeats, steps: steps, to: &groupSums, squares: &squares)
            }
          }
        }
      }
    }
    let (laneCount, factors) = (table.laneCount, table.factors)
    precondition(groupSums.count == count * laneCount && factors.count <= laneCount)
    sums.extend(limit: count * factors.count) { sums in
      groupSums.withSpan { groupSums in
        var start = 0
        for place in 0..<count {
          let end = found[place].end
          let factor = weighting.factor(squares: Double(squares[place]), unitCount: end - start)
          for label in factors.indices {
            // Unchecked: there are as many sums for each statement.
            sums.append(unsafe groupSums[unchecked: place &* laneCount &+ label] * (factor * factors[label]))
          }
          start = end
        }
      }
    }
    for place in 0..<count { areEmpty.append(found[place].isEmpty) }
  }

  /// Calls `body` with the sums of each statement; nil stands for one that holds no token.
  @inline(__always)
  borrowing func forEachSums(of labelCount: Int, _ body: (_ index: Int, _ sums: Span<Float>?) -> Void) {
    sums.withSpan { sums in
      for index in 0..<areEmpty.count {
        body(index, areEmpty[index] ? nil : sums.extracting(index * labelCount..<(index + 1) * labelCount))
      }
    }
  }
}
