import CPlatform
import Synchronization
package import TextProcessing

/// Adds up the weights of a statement's features label by label, without making a row of them.
///
/// What it saves against `RowAssembler` and a product, and why the result is the same:
/// - A row is sorted, so that equal features can be counted. Here a feature's count only grows: its `n`-th occurrence
///   adds `(f(n) - f(n-1)) · idf` times its weights, and what it adds to the square of the block's length is known at
///   the same time. Where `f` is the plain count and the length is not asked for, nothing needs to be counted at all.
/// - The character n-grams of a word depend on the word alone. Where they are additive (`count` frequencies, not
///   normalized by their length) a word's share is remembered when the word is first met, see `WordShares`.
/// - Where n-grams of folded words in a hashed space are all that there is, tokens become columns at once, see `HashedWords`.
/// - The weights of a feature are 16-bit numbers that stand next to each other, one for each label, see `WeightTable`;
///   they are added in one vector operation, and the labels' factors are applied to the sums.
///
/// Sums are taken in another order than a row's product takes them, in `Float`; a test holds both equal within 1e-5.
///
/// A class, so that handing a scorer to a statement costs one reference count and not one for each table it refers to.
package final class LinearScorer: Sendable {
  /// Finds the features.
  package let extractor: FeatureExtractor
  /// The weights.
  package let table: WeightTable
  /// The number of labels.
  package var labelCount: Int { table.labelCount }
  /// Tells the shares of words that this scorer remembers from those of others that use the same memory.
  private let identity: UInt64
  /// Whether features are columns by their hashes, not by a vocabulary.
  private let isHashed: Bool
  /// The columns of known features, and the weight of each column's rarity; empty where the extractor has none. To hand on what
  /// may be nil counts references, and threads would wait for each other at the counts.
  private let vocabulary: Vocabulary
  private let rarities: FlatArray<Float>
  /// The families whose features are emitted one by one.
  private let families: FeatureFamilies
  /// The character n-grams, where a word's share can be remembered.
  private let rememberedCharacters: CharacterNGrams?
  /// The way past features, where there is one.
  let hashedModel: HashedStatements.Model?

  /// How many scorers were made.
  private static let count = Atomic(0)

  /// A scorer with weights for every feature of an extractor.
  ///
  /// - Parameter takesShortcuts: whether shares of words are remembered and features passed over where they can be; if not,
  ///   every feature takes the general path.
  /// - Precondition: there is a weight for every column and label.
  package init(extractor: FeatureExtractor, table: WeightTable, takesShortcuts: Bool = true) {
    precondition(table.rowCount == extractor.columnCount, "weights do not fit features")
    identity = UInt64(Self.count.wrappingAdd(1, ordering: .relaxed).newValue) &* 0x9E37_79B9_7F4A_7C15
    self.extractor = extractor
    self.table = table
    isHashed = extractor.vocabulary == nil
    vocabulary = extractor.vocabulary ?? Vocabulary(keys: [])
    rarities = extractor.inverseDocumentFrequencies ?? FlatArray([])
    var emitted = extractor.configuration
    if takesShortcuts, table.labelCount <= WordShares.maximumLaneCount,
      let characters = emitted.characters,
      characters.weighting.isAdditiveOverWords, emitted.target?.crossesTarget != true
    {
      rememberedCharacters = CharacterNGrams(characters)
      emitted.characters = nil
    } else {
      rememberedCharacters = nil
    }
    families = FeatureFamilies(
      emitted, lexicon: extractor.families.sourcing?.lexicon,
      targetLexicon: extractor.families.roles?.lexicon, words: extractor.families.hashtags?.dictionary)
    let words = takesShortcuts ? HashedWords(extractor) : nil
    let rarities = rarities
    hashedModel = words.map {
      .init(words: $0, table: table, rarities: $0.weighting.inverseDocumentFrequency ? rarities : FlatArray([]))
    }
  }

  /// Whether this scorer needs no more of tokens than the folded hashes, and goes straight from them to sums.
  package var readsOnlyFoldedHashes: Bool { hashedModel != nil }

  /// Whether features emitted for `other` are those that this scorer needs, so that they need not be emitted again.
  package func sharesFeatures(with other: LinearScorer) -> Bool {
    extractor.configuration.emission == other.extractor.configuration.emission && !extractor.hasLearntFeatures
      && (rememberedCharacters == nil) == (other.rememberedCharacters == nil)
      && hashedModel == nil && other.hashedModel == nil
  }

  // A statement is scored in five steps, in this order. Whoever has many statements takes each step for several of them before
  // the next, so that its code stays near.

  /// Reads a statement, for this scorer and all that share its features.
  package func read(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference?, into features: inout FeatureWorkspace
  ) {
    families.read(text, tokens: tokens, target: target, into: &features)
  }

  /// Emits the sparse features of the statement that was read.
  package func emit(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference?, into features: inout FeatureWorkspace
  ) {
    extractor.emitSparse(text, tokens: tokens, target: target, families: families, into: &features)
  }

  /// Finds the columns of emitted features, and asks for their weights and rarities: most are far away in memory, and the
  /// processor by itself looks only a few features ahead. The longer the time between this call and `sum`, the more has
  /// arrived; the result is the same.
  ///
  /// - Complexity: O(features); no allocation once `memory` has grown.
  package func findColumns(of features: borrowing FeatureWorkspace, memory: inout ScoringMemory) {
    memory.beginStatement()
    if isHashed {
      extractor.appendHashedColumns(of: features.features, in: 0..<features.features.keys.count, to: &memory.columns)
      for index in 0..<features.features.blocks.count {
        memory.addPart(columnCount: UInt32(features.features.blocks[index].range.count))
      }
    } else {
      memory.search.appendColumns(
        of: features.features, vocabulary: vocabulary, knowsParts: extractor.knowsParts, to: &memory.columns)
      for index in 0..<features.features.blocks.count { memory.addPart(columnCount: memory.search[index]) }
    }
    let rarities = rarities.count > 0 ? rarities.addresses() : nil
    var index = 0
    while index < features.features.blocks.count {
      let start = index
      while index < features.features.blocks.count,
        !extractor.weighting(of: features.features.blocks[index].family).isAdditive
      { index += 1 }
      memory.separateRepeats(of: start..<index, rows: table.rows, rarities: rarities)
      guard index < features.features.blocks.count else { break }
      memory.askForColumns(of: index, rows: table.rows, rarities: rarities)
      index += 1
    }
  }

  /// Makes the dense features of the statement, if there are any.
  package func emitDense(target: TargetReference?, into features: inout FeatureWorkspace) {
    extractor.emitDense(target: target, into: &features)
  }

  /// Replaces the margins in `memory` with the sums of the weights of emitted features; intercepts are left to the
  /// caller.
  ///
  /// - Precondition: the last call with `memory` was `findColumns`, with the same features.
  /// - Complexity: O(features · labels); no allocation once `memory` has grown.
  package func sum(
    _ text: Span<UInt8>, tokens: Span<Token>, features: inout FeatureWorkspace, memory: inout ScoringMemory
  ) {
    rarities.withSpan { sumBlocks(features, $0, &memory) }
    if let rememberedCharacters {
      let share = remembered(rememberedCharacters, text, tokens, &features, &memory)
      for label in 0..<labelCount { memory.margins[label] += share[label] }
    }
    for label in 0..<labelCount { memory.margins[label] *= table.factors[label] }
  }

  /// Replaces the margins with the sum over the blocks of emitted features.
  private func sumBlocks(
    _ features: borrowing FeatureWorkspace, _ rarities: Span<Float>, _ memory: inout ScoringMemory
  ) {
    memory.margins.assign(repeating: 0, count: labelCount)
    memory.steps.reach(memory.counter.mostRepeated)
    let laneCount = table.laneCount
    var end = 0
    while end < features.features.blocks.count {
      // Blocks that count alike are summed up at once.
      let start = end
      let first = extractor.weighting(of: features.features.blocks[start].family)
      while end < features.features.blocks.count,
        extractor.weighting(of: features.features.blocks[end].family).counts(like: first)
      { end += 1 }
      memory.sum(start..<end, table, first, rarities)
      for index in start..<end where memory.parts[index].column_count > 0 {
        let block = features.features.blocks[index]
        let factor = extractor.weighting(of: block.family).factor(
          squares: Double(memory.squares[index - start]), unitCount: Int(block.unitCount))
        let sums = (index - start) * laneCount
        for label in 0..<labelCount { memory.margins[label] += memory.sums[sums + label] * factor }
      }
    }
  }

  /// The sum over the character n-grams of all words, each word's share from memory where it was met before.
  private func remembered(
    _ characters: CharacterNGrams, _ text: Span<UInt8>, _ tokens: Span<Token>, _ features: inout FeatureWorkspace,
    _ memory: inout ScoringMemory
  ) -> SIMD8<Float> {
    var sum = SIMD8<Float>()
    var words = 0
    let weighting = characters.configuration.weighting
    for index in tokens.indices where CharacterNGrams.reads(tokens[index].kind) {
      let token = tokens[index]
      words += 1
      if let share = memory.words.share(of: token.foldedHash ^ identity) {
        sum += share
        continue
      }
      let start = features.features.keys.count
      characters.emit(text, token: token, index: index, characters: &features.characters, into: &features.features)
      memory.wordColumns.removeAll()
      extractor.appendColumns(of: features.features, from: start, to: &memory.wordColumns, search: &memory.search)
      features.features.truncate(to: start)
      let share = rarities.withSpan { memory.sumOfWord(table, weighting, $0) }
      memory.words.remember(share, of: token.foldedHash ^ identity)
      sum += share
    }
    return sum * weighting.factor(squares: 0, unitCount: words)
  }
}

/// The memory in which one statement after the other is scored by one `LinearScorer`.
package struct ScoringMemory: ~Copyable {
  /// The sum of weights of each label.
  package var margins = Scratch<Float>(capacity: 16)
  /// The columns of all features, block by block. Where occurrences have to be counted, those that occur again stand in
  /// `repeats`.
  fileprivate(set) var columns = Scratch<UInt32>(capacity: 1024)
  private var repeats = Scratch<ColumnRepeat>()
  /// Where those of each block stand.
  fileprivate private(set) var parts = Scratch<ColumnPart>(capacity: 16)
  /// What was summed up last: as many sums for each part as a row of the table has elements, and the squares.
  fileprivate private(set) var sums = Scratch<Float>()
  fileprivate private(set) var squares = Scratch<Float>()
  fileprivate var steps = RepeatSteps()
  fileprivate var wordColumns = Scratch<UInt32>()
  private var wordParts = Scratch<ColumnPart>(capacity: 1)
  fileprivate var search = ColumnSearch()
  fileprivate private(set) var counter = ColumnCounter()
  fileprivate var words = WordShares()
  /// What scorers that read only folded hashes keep.
  var hashed = HashedStatements()

  /// Empty memory.
  package init() {}

  /// Calls `body` with the sums of each statement that was summed up with others, `labelCount` of them; nil stands for one that
  /// holds no token.
  @inline(__always)
  package borrowing func forEachSums(of scorer: LinearScorer, _ body: (_ index: Int, _ sums: Span<Float>?) -> Void) {
    hashed.forEachSums(of: scorer.labelCount, body)
  }

  /// Forgets the columns of the statement before.
  fileprivate mutating func beginStatement() {
    columns.removeAll()
    repeats.removeAll()
    parts.removeAll()
  }

  /// Gives a block the next columns.
  @inline(__always)
  fileprivate mutating func addPart(columnCount: UInt32) {
    let last = parts.isEmpty ? ColumnPart() : parts[parts.count - 1]
    parts.append(
      ColumnPart(
        first_column: last.first_column + last.column_count, column_count: columnCount, first_repeat: 0,
        repeat_count: 0))
  }

  /// Separates the columns that occur again in blocks where they have to be counted, and asks for the rows and rarities of all.
  @inline(__always)
  fileprivate mutating func separateRepeats(
    of blocks: Range<Int>, rows: FlatArray<Int16>.Addresses, rarities: FlatArray<Float>.Addresses?
  ) {
    guard !blocks.isEmpty else { return }
    parts.withMutableSpan(blocks) {
      counter.separateRepeats(of: &$0, in: &columns, to: &repeats, rows: rows, rarities: rarities)
    }
  }

  /// Asks for the rows and rarities of a block.
  @inline(__always)
  fileprivate func askForColumns(
    of block: Int, rows: FlatArray<Int16>.Addresses, rarities: FlatArray<Float>.Addresses?
  ) {
    let first = Int(parts[block].first_column)
    for index in first..<first + Int(parts[block].column_count) {
      rows.prefetch(columns[index])
      rarities?.prefetch(columns[index])
    }
  }

  /// Sums up the weights of some blocks.
  fileprivate mutating func sum(
    _ blocks: Range<Int>, _ table: WeightTable, _ weighting: Weighting, _ rarities: Span<Float>
  ) {
    let weights = weighting.inverseDocumentFrequency ? rarities : Span()
    parts.withSpan { parts in
      columns.withSpan { columns in
        repeats.withSpan { repeats in
          steps.withSpan(weighting.frequency) { steps in
            table.sum(
              of: parts.extracting(blocks), in: columns, times: weights, repeats: repeats, steps: steps, to: &sums,
              squares: &squares)
          }
        }
      }
    }
  }

  /// The sum of the weights of `wordColumns`.
  fileprivate mutating func sumOfWord(
    _ table: WeightTable, _ weighting: Weighting, _ rarities: Span<Float>
  ) -> SIMD8<Float> {
    wordParts.removeAll()
    wordParts.append(
      ColumnPart(first_column: 0, column_count: UInt32(wordColumns.count), first_repeat: 0, repeat_count: 0))
    let weights = weighting.inverseDocumentFrequency ? rarities : Span()
    wordParts.withSpan { parts in
      wordColumns.withSpan {
        table.sum(of: parts, in: $0, times: weights, repeats: Span(), steps: Span(), to: &sums, squares: &squares)
      }
    }
    var share = SIMD8<Float>()
    for lane in 0..<min(table.laneCount, SIMD8<Float>.scalarCount) { share[lane] = sums[lane] }
    return share
  }
}

extension Weighting {
  /// Whether each occurrence of a feature counts the same, whatever else the statement holds.
  var isAdditive: Bool { frequency == .count && normalization != .l2 }

  /// Whether, beside that, what a sum is divided by is known from the number of words alone.
  var isAdditiveOverWords: Bool { isAdditive && normalization != .occurrences }

  /// Whether an occurrence adds to a sum what it adds by another weighting, whatever the sum is divided by.
  @inline(__always)
  func counts(like other: Weighting) -> Bool {
    frequency == other.frequency && inverseDocumentFrequency == other.inverseDocumentFrequency
  }
}
