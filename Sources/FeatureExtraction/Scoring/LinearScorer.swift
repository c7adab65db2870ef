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
  private let hashedWords: HashedWords?

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

  /// Whether `prepare(_:features:memory:)` does for this scorer, which needs no more than folded hashes of tokens.
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

  /// The same for a scorer that reads only folded hashes: there are no features to emit before.
  ///
  /// - Precondition: `readsOnlyFoldedHashes`.
  /// - Complexity: O(tokens); no allocation once `memory` has grown.
  package func prepare(_ tokens: Span<FoldedToken>, features: inout FeatureWorkspace, memory: inout ScoringMemory) {
    findHashedColumns(tokens.count, { (tokens[$0].kind, tokens[$0].foldedHash) }, &features, &memory)
  }

  /// The same from tokens that others read more of.
  package func prepare(_ tokens: Span<Token>, features: inout FeatureWorkspace, memory: inout ScoringMemory) {
    findHashedColumns(tokens.count, { (tokens[$0].kind, tokens[$0].foldedHash) }, &features, &memory)
  }

  @inline(__always)
  private func findHashedColumns(
    _ tokenCount: Int, _ token: (Int) -> (kind: Token.Kind, hash: UInt64), _ features: inout FeatureWorkspace,
    _ memory: inout ScoringMemory
  ) {
    guard let hashedWords else { preconditionFailure("this scorer reads features") }
    memory.columns.removeAll()
    memory.ends.removeAll()
    features.features.removeAll()
    let table = table
    let rarities = extractor.inverseDocumentFrequencies
    let unitCount = hashedWords.appendColumns(
      min(tokenCount, FeatureExtractor.maximumTokenCount), token: token, to: &memory.columns
    ) { column in
      table.prefetch(row: Int(column))
      rarities?.prefetch(Int(column))
    }
    features.features.endBlock(.words, unitCount: unitCount)
    memory.ends.append(UInt32(memory.columns.count))
  }

  private func findColumns(_ features: borrowing FeatureWorkspace, memory: inout ScoringMemory) {
    memory.columns.removeAll()
    memory.ends.removeAll()
    // Taken hold of once for all blocks: threads that share a scorer wait for each other at the counts of references.
    let table = table
    let rarities = extractor.inverseDocumentFrequencies
    func found(_ column: UInt32) {
      table.prefetch(row: Int(column))
      rarities?.prefetch(Int(column))
    }
    guard let vocabulary = extractor.vocabulary else {
      for index in 0..<features.features.blocks.count {
        extractor.appendHashedColumns(
          of: features.features, in: features.features.blocks[index].range, to: &memory.columns, found: found)
        memory.ends.append(UInt32(memory.columns.count))
      }
      return
    }
    let knowsParts = extractor.knowsParts
    memory.search.begin(features.features, vocabulary: vocabulary)
    for index in 0..<features.features.blocks.count {
      memory.search.appendColumns(
        of: features.features, in: features.features.blocks[index], vocabulary: vocabulary, knowsParts: knowsParts,
        to: &memory.columns, found: found)
      memory.ends.append(UInt32(memory.columns.count))
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
    var total = Lanes()
    var start = 0
    let rarities = extractor.inverseDocumentFrequencies
    for index in 0..<features.features.blocks.count {
      let block = features.features.blocks[index]
      let weighting = extractor.weighting(of: block.family)
      let range = start..<Int(memory.ends[index])
      let sum = add(range, lanes, weighting, rarities, from: first, &memory)
      total += sum.rows * weighting.factor(squares: Double(sum.squares), unitCount: Int(block.unitCount))
      start = range.upperBound
    }
    if let rememberedCharacters {
      total += remembered(lanes, rememberedCharacters, text, tokens, &features, &memory)
    }
    for label in first..<min(first + Lanes.scalarCount, labelCount) {
      memory.margins[label] = total[label - first] * table.factors[label]
    }
  }

  /// The sum of the rows of some columns, times the features' values, and that of the squares of these values.
  @inline(__always)
  private func add<Lanes: WeightLanes>(
    _ range: Range<Int>, _ lanes: Lanes.Type, _ weighting: Weighting, _ rarities: FlatArray<Float>?,
    from first: Int, _ memory: inout ScoringMemory
  ) -> (rows: Lanes, squares: Float) {
    table.elements.withSpan { elements in
      // Four loops rather than one that asks the same for every feature.
      guard weighting.inverseDocumentFrequency, let rarities else {
        return weighting.isAdditive
          ? (rows(range, lanes, from: first, elements, memory.columns), 0)
          : repeated(range, lanes, weighting, from: first, elements, &memory)
      }
      return rarities.withSpan { rarities in
        weighting.isAdditive
          ? (additive(range, lanes, from: first, elements, memory.columns, rarities), 0)
          : counted(range, lanes, weighting, from: first, elements, rarities, &memory)
      }
    }
  }

  /// The sum of rows as they are. Whole numbers: half the work of numbers with a point, and no order to keep to.
  @inline(__always)
  private func rows<Lanes: WeightLanes>(
    _ range: Range<Int>, _ lanes: Lanes.Type, from first: Int, _ elements: Span<Int16>,
    _ columns: borrowing Scratch<UInt32>
  ) -> Lanes {
    var sum = Lanes()
    columns.withSpan { columns in
      // So many elements of 16 bits add up to less than 32.
      for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 16) {
        var part = Lanes.Integers()
        for index in start..<min(start + 1 << 16, range.upperBound) {
          part = Lanes.adding(table.elements(lanes, Int(columns[index]), from: first, in: elements), to: part)
        }
        sum += Lanes(part)
      }
    }
    return sum
  }

  /// The sum where features have to be counted and all are equally rare: all rows, and what the second and further
  /// occurrences of a feature count for more or less than 1.
  @inline(__always)
  private func repeated<Lanes: WeightLanes>(
    _ range: Range<Int>, _ lanes: Lanes.Type, _ weighting: Weighting, from first: Int, _ elements: Span<Int16>,
    _ memory: inout ScoringMemory
  ) -> (rows: Lanes, squares: Float) {
    var sum = rows(range, lanes, from: first, elements, memory.columns)
    var squares = Float(range.count)
    memory.counter.begin(limit: range.count)
    memory.columns.withSpan { columns in
      memory.counter.count(columns.extracting(range)) { column, earlier in
        guard earlier > 0 else { return }
        let before = weighting.frequency(of: earlier)
        let after = weighting.frequency(of: earlier + 1)
        squares += after * after - before * before - 1
        sum += table.row(lanes, Int(column), from: first, in: elements) * (after - before - 1)
      }
    }
    return (sum, squares)
  }

  /// The sum where every occurrence counts by itself, and nobody asks for the squares.
  @inline(__always)
  private func additive<Lanes: WeightLanes>(
    _ range: Range<Int>, _ lanes: Lanes.Type, from first: Int, _ elements: Span<Int16>,
    _ columns: borrowing Scratch<UInt32>, _ rarities: Span<Float>
  ) -> Lanes {
    columns.withSpan { columns in
      var sum = Lanes()
      for index in range {
        let column = Int(columns[index])
        sum += table.row(lanes, column, from: first, in: elements) * rarities[column]
      }
      return sum
    }
  }

  /// The sum where features have to be counted.
  @inline(__always)
  private func counted<Lanes: WeightLanes>(
    _ range: Range<Int>, _ lanes: Lanes.Type, _ weighting: Weighting, from first: Int, _ elements: Span<Int16>,
    _ rarities: Span<Float>, _ memory: inout ScoringMemory
  ) -> (rows: Lanes, squares: Float) {
    var sum = Lanes()
    var squares: Float = 0
    memory.counter.begin(limit: range.count)
    memory.columns.withSpan { columns in
      memory.counter.count(columns.extracting(range)) { column, earlier in
        let row = table.row(lanes, Int(column), from: first, in: elements)
        let rarity = rarities[Int(column)]
        if earlier == 0 {
          // Every frequency of a single occurrence is 1.
          squares += rarity * rarity
          sum += row * rarity
        } else {
          let before = weighting.frequency(of: earlier)
          let after = weighting.frequency(of: earlier + 1)
          squares += (after * after - before * before) * rarity * rarity
          sum += row * ((after - before) * rarity)
        }
      }
    }
    return (sum, squares)
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
      let columns = 0..<memory.wordColumns.count
      let share = table.elements.withSpan { elements in
        guard let rarities else { return rows(columns, lanes, from: 0, elements, memory.wordColumns) }
        return rarities.withSpan { additive(columns, lanes, from: 0, elements, memory.wordColumns, $0) }
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
  /// The columns of all features, block by block, and where each block ends.
  var columns = Scratch<UInt32>(capacity: 1024)
  var ends = Scratch<UInt32>(capacity: 16)
  var wordColumns = Scratch<UInt32>()
  var search = ColumnSearch()
  var counter = ColumnCounter()
  var words = WordShares()

  /// Empty memory.
  package init() {}
}

extension Weighting {
  /// Whether each occurrence of a feature counts the same, whatever else the statement holds.
  var isAdditive: Bool { frequency == .count && normalization != .l2 }
}
