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
  /// The families whose features are emitted one by one.
  private let families: FeatureFamilies
  /// The character n-grams, where a word's share can be remembered.
  private let rememberedCharacters: CharacterNGrams?
  /// The way past features, where there is one.
  let hashedWords: HashedWords?

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
    var emitted = extractor.configuration
    if takesShortcuts, table.labelCount <= WordShares.maximumLaneCount,
      let characters = emitted.characters,
      characters.weighting.isAdditive, emitted.target?.crossesTarget != true
    {
      rememberedCharacters = CharacterNGrams(characters)
      emitted.characters = nil
    } else {
      rememberedCharacters = nil
    }
    families = FeatureFamilies(
      emitted, lexicon: extractor.families.sourcing?.lexicon, words: extractor.families.hashtags?.dictionary)
    hashedWords = takesShortcuts ? HashedWords(extractor) : nil
  }

  /// Whether this scorer needs no more of tokens than the folded hashes, and goes straight from them to sums.
  package var readsOnlyFoldedHashes: Bool { hashedWords != nil }

  /// Whether features emitted for `other` are those that this scorer needs, so that they need not be emitted again.
  package func sharesFeatures(with other: LinearScorer) -> Bool {
    extractor.configuration.emission == other.extractor.configuration.emission && !extractor.hasLearntFeatures
      && (rememberedCharacters == nil) == (other.rememberedCharacters == nil)
      && hashedWords == nil && other.hashedWords == nil
  }

  /// Emits the sparse features of a statement, for this scorer and all that share its features.
  package func emit(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference?, into features: inout FeatureWorkspace
  ) {
    extractor.emitSparse(text, tokens: tokens, target: target, families: families, into: &features)
  }

  /// Finds the columns of emitted features, and asks for their weights and rarities: most are far away in memory, and the
  /// processor by itself looks only a few features ahead. The longer the time between this call and `sum`, the more has
  /// arrived; the result is the same. Meanwhile the dense features are made, if there are any.
  ///
  /// - Complexity: O(features); no allocation once `memory` has grown.
  package func prepare(_ features: inout FeatureWorkspace, target: TargetReference?, memory: inout ScoringMemory) {
    findColumns(features, memory: &memory)
    extractor.emitDense(target: target, into: &features)
  }

  // Inlined, like what follows: a large value that is lent to a function is copied for it.
  @inline(__always)
  private func findColumns(_ features: borrowing FeatureWorkspace, memory: inout ScoringMemory) {
    memory.beginStatement()
    guard let vocabulary = extractor.vocabulary else {
      for index in 0..<features.features.blocks.count {
        let block = features.features.blocks[index]
        extractor.appendHashedColumns(of: features.features, in: block.range, to: &memory.found)
        endBlock(block.family, &memory)
      }
      return
    }
    let knowsParts = extractor.knowsParts
    memory.search.begin(features.features, vocabulary: vocabulary)
    for index in 0..<features.features.blocks.count {
      let block = features.features.blocks[index]
      memory.search.appendColumns(
        of: features.features, in: block, vocabulary: vocabulary, knowsParts: knowsParts, to: &memory.found)
      endBlock(block.family, &memory)
    }
  }

  /// Closes a block: separates columns that occur again where they have to be counted, and asks for the weights and rarities
  /// of all.
  ///
  /// These are asked for one by one among other work: a burst of requests would wait for each other.
  private func endBlock(_ family: FeatureBlock, _ memory: inout ScoringMemory) {
    let rows = table.rows
    if let rarities = extractor.inverseDocumentFrequencies {
      let addresses = rarities.addresses()
      memory.endBlock(extractor.weighting(of: family)) { column in
        rows.prefetch(column)
        addresses.prefetch(column)
      }
    } else {
      memory.endBlock(extractor.weighting(of: family)) { rows.prefetch($0) }
    }
  }

  /// Replaces the margins in `memory` with the sums of the weights of emitted features; intercepts are left to the
  /// caller.
  ///
  /// - Precondition: the last call with `memory` was `prepare`, with the same features.
  /// - Complexity: O(features · labels); no allocation once `memory` has grown.
  package func sum(
    _ text: Span<UInt8>, tokens: Span<Token>, features: inout FeatureWorkspace, memory: inout ScoringMemory
  ) {
    memory.margins.assign(repeating: 0, count: labelCount)
    // One vector holds the weights of all labels where there are up to sixteen.
    switch table.laneCount {
    case 4: sum(SIMD4<Float>.self, from: 0, text, tokens, &features, &memory)
    case 8: sum(SIMD8<Float>.self, from: 0, text, tokens, &features, &memory)
    default:
      for first in stride(from: 0, to: labelCount, by: 16) {
        sum(SIMD16<Float>.self, from: first, text, tokens, &features, &memory)
      }
    }
  }

  @inline(__always)
  private func sum<Lanes: WeightLanes>(
    _ lanes: Lanes.Type, from first: Int, _ text: Span<UInt8>, _ tokens: Span<Token>,
    _ features: inout FeatureWorkspace, _ memory: inout ScoringMemory
  ) {
    var total =
      extractor.inverseDocumentFrequencies?.withSpan { sumOfBlocks(lanes, from: first, $0, features, memory) }
      ?? sumOfBlocks(lanes, from: first, Span(), features, memory)
    if let rememberedCharacters {
      total += remembered(lanes, rememberedCharacters, text, tokens, &features, &memory)
    }
    for label in first..<min(first + Lanes.scalarCount, labelCount) {
      memory.margins[label] = total[label - first] * table.factors[label]
    }
  }

  /// The sum over the blocks of emitted features.
  @inline(__always)
  private func sumOfBlocks<Lanes: WeightLanes>(
    _ lanes: Lanes.Type, from first: Int, _ rarities: Span<Float>, _ features: borrowing FeatureWorkspace,
    _ memory: borrowing ScoringMemory
  ) -> Lanes {
    var total = Lanes()
    var (start, firstRepeat) = (0, 0)
    for index in 0..<features.features.blocks.count {
      let block = features.features.blocks[index]
      let (end, endOfRepeats) = memory.ends[index]
      guard end > start else { continue }
      let weighting = extractor.weighting(of: block.family)
      let blockRarities = weighting.inverseDocumentFrequency ? rarities : Span()
      var sum = memory.columns.withSpan {
        table.sum(lanes, of: $0.extracting(start..<Int(end)), from: first, times: blockRarities)
      }
      if endOfRepeats > firstRepeat {
        memory.repeats.withSpan {
          addRepeats(
            $0.extracting(firstRepeat..<Int(endOfRepeats)), from: first, weighting, blockRarities, to: &sum)
        }
      }
      total += sum.rows * weighting.factor(squares: Double(sum.squares), unitCount: Int(block.unitCount))
      (start, firstRepeat) = (Int(end), Int(endOfRepeats))
    }
    return total
  }

  /// Adds what the second and further occurrences of features count for. Few features of a sentence have any.
  func addRepeats<Lanes: WeightLanes>(
    _ repeats: Span<ColumnCounter.Repeat>, from first: Int, _ weighting: Weighting, _ rarities: Span<Float>,
    to sum: inout (rows: Lanes, squares: Float)
  ) {
    for index in repeats.indices {
      let again = repeats[index]
      let column = Int(again.column)
      let rarity = rarities.isEmpty ? 1 : rarities[column]
      let step = weighting.step(after: Int(again.earlier))
      sum.squares += step.squares * rarity * rarity
      sum.rows += table.row(Lanes.self, column, from: first) * (step.frequency * rarity)
    }
  }

  /// The sum over the character n-grams of all words, each word's share from memory where it was met before.
  @inline(__always)
  private func remembered<Lanes: WeightLanes>(
    _ lanes: Lanes.Type, _ characters: CharacterNGrams, _ text: Span<UInt8>, _ tokens: Span<Token>,
    _ features: inout FeatureWorkspace, _ memory: inout ScoringMemory
  ) -> Lanes {
    var sum = Lanes()
    var words = 0
    let weighting = characters.configuration.weighting
    let rarities = weighting.inverseDocumentFrequency ? extractor.inverseDocumentFrequencies : nil
    for index in tokens.indices where CharacterNGrams.reads(tokens[index].kind) {
      let token = tokens[index]
      words += 1
      if let share = memory.words.share(lanes, of: token.foldedHash ^ identity) {
        sum += share
        continue
      }
      let start = features.features.keys.count
      characters.emit(text, token: token, index: index, characters: &features.characters, into: &features.features)
      memory.wordColumns.removeAll()
      extractor.appendColumns(of: features.features, from: start, to: &memory.wordColumns, search: &memory.search)
      features.features.truncate(to: start)
      let share = memory.wordColumns.withSpan { columns in
        rarities?.withSpan { table.sum(lanes, of: columns, from: 0, times: $0).rows }
          ?? table.sum(lanes, of: columns, from: 0, times: Span()).rows
      }
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
  /// The columns of a block's features.
  fileprivate(set) var found = Scratch<UInt32>(capacity: 1024)
  /// The columns of all features, block by block. Where occurrences have to be counted, those that occur again stand in
  /// `repeats`.
  fileprivate(set) var columns = Scratch<UInt32>(capacity: 1024)
  fileprivate var repeats = Scratch<ColumnCounter.Repeat>()
  /// Where each block ends.
  fileprivate var ends = Scratch<(columns: UInt32, repeats: UInt32)>(capacity: 16)
  var wordColumns = Scratch<UInt32>()
  var search = ColumnSearch()
  var counter = ColumnCounter()
  var words = WordShares()
  /// What scorers that read only folded hashes keep.
  var hashed = HashedStatements()

  /// Empty memory.
  package init() {}

  /// Calls `body` with the sums of each statement that was summed up with others, `labelCount` of them; nil stands for one that
  /// holds no token.
  @inline(__always)
  package borrowing func forEachSums(of scorer: LinearScorer, _ body: (_ index: Int, _ sums: Span<Float>?) -> Void) {
    hashed.forEachSums(of: scorer.labelCount, laneCount: scorer.table.laneCount, body)
  }

  /// Forgets the columns of the statement before.
  fileprivate mutating func beginStatement() {
    found.removeAll()
    columns.removeAll()
    repeats.removeAll()
    ends.removeAll()
  }

  /// Closes a block, whose features count in a way: all columns that were found belong to it.
  ///
  /// - Parameter met: called with each of them.
  @inline(__always)
  fileprivate mutating func endBlock(_ weighting: Weighting, met: (UInt32) -> Void) {
    found.withSpan { found in
      if weighting.isAdditive {
        columns.append(found, step: 1, met: met)
      } else {
        counter.separateRepeats(of: found, firsts: &columns, repeats: &repeats, met: met)
      }
    }
    found.removeAll()
    ends.append((UInt32(columns.count), UInt32(repeats.count)))
  }
}

extension Weighting {
  /// Whether each occurrence of a feature counts the same, whatever else the statement holds.
  var isAdditive: Bool { frequency == .count && normalization != .l2 }
}
