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
/// - The weights of a feature stand next to each other, one for each label, and are added in one vector operation.
///
/// Sums are taken in another order than a row's product takes them, in `Float`; a test holds both equal within 1e-5.
///
/// A class, so that handing a scorer to a statement costs one reference count and not one for each table it refers to.
package final class LinearScorer: Sendable {
  /// Finds the features.
  package let extractor: FeatureExtractor
  /// The number of labels.
  package let labelCount: Int
  /// The weights, feature by feature: `weights[column * labelCount + label]`.
  package let weights: FlatArray<Float>
  /// Tells the shares of words that this scorer remembers from those of others that use the same memory.
  private let identity: UInt64
  /// The families whose features are emitted one by one.
  private let families: FeatureFamilies
  /// The character n-grams, where a word's share can be remembered.
  private let rememberedCharacters: CharacterNGrams?

  /// How many scorers were made.
  private static let count = Atomic(0)

  /// A scorer with weights for every feature of an extractor.
  ///
  /// - Parameter remembersWords: whether shares of words are remembered where they can be; if not, every feature takes
  ///   the general path.
  /// - Precondition: there is a weight for every column and label.
  package init(extractor: FeatureExtractor, labelCount: Int, weights: FlatArray<Float>, remembersWords: Bool = true) {
    precondition(labelCount > 0 && weights.count == extractor.columnCount * labelCount, "weights do not fit features")
    identity = UInt64(Self.count.wrappingAdd(1, ordering: .relaxed).newValue) &* 0x9E37_79B9_7F4A_7C15
    self.extractor = extractor
    self.labelCount = labelCount
    self.weights = weights
    var emitted = extractor.configuration
    if remembersWords, labelCount <= WordShares.maximumLaneCount, let characters = emitted.characters,
      characters.weighting.isAdditive, emitted.target?.crossesTarget != true
    {
      rememberedCharacters = CharacterNGrams(characters)
      emitted.characters = nil
    } else {
      rememberedCharacters = nil
    }
    families = FeatureFamilies(emitted, lexicon: extractor.families.sourcing?.lexicon)
  }

  /// Whether features emitted for `other` are those that this scorer needs, so that they need not be emitted again.
  package func sharesFeatures(with other: LinearScorer) -> Bool {
    extractor.configuration.emission == other.extractor.configuration.emission && !extractor.hasLearntFeatures
      && (rememberedCharacters == nil) == (other.rememberedCharacters == nil)
  }

  /// Emits the features of a statement, for this scorer and all that share its features.
  package func emit(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference?, into features: inout FeatureWorkspace
  ) {
    extractor.emit(text, tokens: tokens, target: target, families: families, into: &features)
  }

  /// Replaces the margins in `memory` with the sums of the weights of emitted features; intercepts are left to the
  /// caller.
  ///
  /// - Complexity: O(features · labels); no allocation once `memory` has grown.
  package func sum(
    _ text: Span<UInt8>, tokens: Span<Token>, features: inout FeatureWorkspace, memory: inout ScoringMemory
  ) {
    memory.margins.assign(repeating: 0, count: labelCount)
    var first = 0
    while first < labelCount {
      // One vector holds the weights of all labels where there are up to sixteen.
      switch labelCount - first {
      case ...4: sum(SIMD4<Float>.self, from: first, text, tokens, &features, &memory)
      case ...8: sum(SIMD8<Float>.self, from: first, text, tokens, &features, &memory)
      default: sum(SIMD16<Float>.self, from: first, text, tokens, &features, &memory)
      }
      first += 16
    }
  }

  @inline(__always)
  private func sum<Lanes: SIMD<Float> & BitwiseCopyable>(
    _ lanes: Lanes.Type, from first: Int, _ text: Span<UInt8>, _ tokens: Span<Token>,
    _ features: inout FeatureWorkspace, _ memory: inout ScoringMemory
  ) {
    var total = Lanes()
    for index in 0..<features.features.blocks.count {
      let block = features.features.blocks[index]
      let weighting = extractor.weighting(of: block.family)
      total +=
        weighting.isAdditive
        ? additive(lanes, block, weighting, from: first, features.features, &memory)
        : counted(lanes, block, weighting, from: first, features.features, &memory)
    }
    if let rememberedCharacters {
      total += remembered(
        lanes, rememberedCharacters, text, tokens, &features, &memory)
    }
    for label in first..<min(first + Lanes.scalarCount, labelCount) { memory.margins[label] = total[label - first] }
  }

  /// The sum over a block in which every occurrence counts by itself.
  @inline(__always)
  private func additive<Lanes: SIMD<Float> & BitwiseCopyable>(
    _ lanes: Lanes.Type, _ block: FeatureBuffer.Block, _ weighting: Weighting, from first: Int,
    _ features: borrowing FeatureBuffer, _ memory: inout ScoringMemory
  ) -> Lanes {
    var sum = Lanes()
    let hasRarity = weighting.inverseDocumentFrequency
    extractor.columns(of: features, in: block.range, into: &memory.columns)
    prefetch(memory.columns, withRarity: hasRarity, from: first)
    weights.withSpan { weights in
      for index in 0..<memory.columns.count {
        let column = memory.columns[index]
        let row = Self.row(lanes, weights, at: Int(column) * labelCount + first)
        sum += hasRarity ? row * extractor.rarity(of: column, weighting) : row
      }
    }
    return sum * weighting.factor(squares: 0, unitCount: Int(block.unitCount))
  }

  /// The sum over a block whose features have to be counted.
  @inline(__always)
  private func counted<Lanes: SIMD<Float> & BitwiseCopyable>(
    _ lanes: Lanes.Type, _ block: FeatureBuffer.Block, _ weighting: Weighting, from first: Int,
    _ features: borrowing FeatureBuffer, _ memory: inout ScoringMemory
  ) -> Lanes {
    var sum = Lanes()
    var squares: Float = 0
    let hasRarity = weighting.inverseDocumentFrequency
    extractor.columns(of: features, in: block.range, into: &memory.columns)
    prefetch(memory.columns, withRarity: hasRarity, from: first)
    memory.counter.begin(limit: memory.columns.count)
    weights.withSpan { weights in
      for index in 0..<memory.columns.count {
        let column = memory.columns[index]
        let row = Self.row(lanes, weights, at: Int(column) * labelCount + first)
        let rarity = hasRarity ? extractor.rarity(of: column, weighting) : 1
        let earlier = memory.counter.add(UInt64(column))
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
    return sum * weighting.factor(squares: Double(squares), unitCount: Int(block.unitCount))
  }

  /// The sum over the character n-grams of all words, each word's share from memory where it was met before.
  @inline(__always)
  private func remembered<Lanes: SIMD<Float> & BitwiseCopyable>(
    _ lanes: Lanes.Type, _ characters: CharacterNGrams, _ text: Span<UInt8>, _ tokens: Span<Token>,
    _ features: inout FeatureWorkspace, _ memory: inout ScoringMemory
  ) -> Lanes {
    var sum = Lanes()
    var words = 0
    let weighting = characters.configuration.weighting
    for index in tokens.indices where CharacterNGrams.reads(tokens[index].kind) {
      let token = tokens[index]
      words += 1
      if let share = memory.words.share(lanes, of: token.foldedHash ^ identity) {
        sum += share
        continue
      }
      let start = features.features.keys.count
      characters.emit(text, token: token, index: index, characters: &features.characters, into: &features.features)
      let range = start..<features.features.keys.count
      extractor.columns(of: features.features, in: range, into: &memory.columns)
      features.features.truncate(to: start)
      var share = Lanes()
      weights.withSpan { weights in
        for index in 0..<memory.columns.count {
          let column = memory.columns[index]
          share += Self.row(lanes, weights, at: Int(column) * labelCount) * extractor.rarity(of: column, weighting)
        }
      }
      memory.words.remember(share, of: token.foldedHash ^ identity)
      sum += share
    }
    return sum * weighting.factor(squares: 0, unitCount: words)
  }

  /// Asks for the weights of all features of a block before the first is added: most are far away in memory, and the
  /// processor by itself looks only a few features ahead.
  @inline(__always)
  private func prefetch(_ columns: borrowing Scratch<UInt32>, withRarity: Bool, from first: Int) {
    for index in 0..<columns.count {
      let column = Int(columns[index])
      weights.prefetch(column * labelCount + first)
      // A row that begins late in a cache line ends in the next.
      if labelCount > 4 { weights.prefetch(column * labelCount + min(first + 16, labelCount) - 1) }
    }
    guard withRarity, let rarities = extractor.inverseDocumentFrequencies else { return }
    for index in 0..<columns.count { rarities.prefetch(Int(columns[index])) }
  }

  /// The weights from `offset` on: those of one feature, and behind them in spare lanes whatever follows.
  @inline(__always)
  private static func row<Lanes: SIMD<Float> & BitwiseCopyable>(
    _ lanes: Lanes.Type, _ weights: Span<Float>, at offset: Int
  ) -> Lanes {
    if offset <= weights.count - Lanes.scalarCount {
      precondition(offset >= 0)
      // Checked: the whole vector lies within the span.
      return unsafe weights.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset * 4, as: Lanes.self)
    }
    var row = Lanes()
    for lane in 0..<(weights.count - offset) { row[lane] = weights[offset + lane] }
    return row
  }
}

/// The memory in which one statement after the other is scored by one `LinearScorer`.
package struct ScoringMemory: ~Copyable {
  /// The sum of weights of each label.
  package var margins = Scratch<Float>(capacity: 16)
  var columns = Scratch<UInt32>(capacity: 1024)
  var counter = OccurrenceCounter()
  var words = WordShares()

  /// Empty memory.
  package init() {}
}

extension Weighting {
  /// Whether each occurrence of a feature counts the same, whatever else the statement holds.
  var isAdditive: Bool { frequency == .count && normalization != .l2 }
}
