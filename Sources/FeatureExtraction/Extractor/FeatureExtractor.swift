package import TextProcessing

/// Turns statements into rows of a feature matrix.
///
/// An extractor is made by `fit`, which learns the vocabulary and the weights of rare features from training data, or
/// from a stored model. It never changes afterwards and may be used by several threads at once: a class, as its parts are,
/// so that handing one on costs one reference count and not one for each table it refers to.
public final class FeatureExtractor: Sendable {
  /// Which features there are.
  public let configuration: Configuration
  /// The number of columns of every matrix.
  public let columnCount: Int
  /// The columns of known features; nil in a hashed space.
  package let vocabulary: Vocabulary?
  /// The weight of each column's rarity; nil where no family asks for it.
  package let inverseDocumentFrequencies: FlatArray<Float>?
  /// What finds the features.
  package let families: FeatureFamilies
  /// How each block counts, by its raw value.
  package let weightings: [Weighting?]

  /// The tokens of a statement that are read. Longer texts are read up to here, so that memory stays bounded whatever
  /// the input.
  public static let maximumTokenCount = 1 << 16
  /// The bytes of a statement that are read.
  public static let maximumByteCount = 1 << 20

  /// The comparison of a text with its target's wording, which reads learnt weights; nil where it is off.
  private let targetOverlap: TargetOverlap?
  /// The dense block; nil where there is none.
  let embeddings: WordEmbeddings?
  /// Bits to shift a feature's hash right by for its column in a hashed space.
  private let hashShift: UInt64

  /// An extractor of its parts.
  ///
  /// - Precondition: word vectors are given where the configuration has embeddings.
  init(
    configuration: Configuration, vocabulary: Vocabulary?, inverseDocumentFrequencies: FlatArray<Float>?,
    wordVectors: WordVectors? = nil, crossedTargets: FlatArray<UInt64> = FlatArray([]), lexicon: Lexicon? = nil,
    targetLexicon: Lexicon? = nil
  ) {
    self.configuration = configuration
    self.vocabulary = vocabulary
    self.inverseDocumentFrequencies = inverseDocumentFrequencies
    switch configuration.space {
    case .vocabulary:
      columnCount = vocabulary?.columnCount ?? 0
      hashShift = 0
    case .hashed(let bits):
      columnCount = 1 << bits
      hashShift = 64 - UInt64(bits)
    }
    families = FeatureFamilies(
      configuration, lexicon: lexicon, targetLexicon: targetLexicon, words: wordVectors?.rows)
    targetOverlap = configuration.target?.comparesWording == true ? TargetOverlap() : nil
    embeddings = configuration.embeddings.map { embeddings in
      guard let wordVectors else { preconditionFailure("embeddings need word vectors") }
      return WordEmbeddings(embeddings, vectors: wordVectors, targets: crossedTargets)
    }
    let byBlock = configuration.weightings
    weightings = (0..<UInt8(FeatureBlock.limit)).map { raw in FeatureBlock(rawValue: raw).flatMap { byBlock[$0] } }
  }

  /// Whether every n-gram in the vocabulary has its parts in it: so it is where all features were kept that occur often
  /// enough, and none was cut for there being too many.
  var knowsParts: Bool {
    if case .vocabulary(_, let maximumSize) = configuration.space { columnCount < maximumSize } else { false }
  }

  /// Whether the features of a statement depend on anything learnt. If not, models whose configurations agree share
  /// them.
  package var hasLearntFeatures: Bool {
    targetOverlap != nil || embeddings != nil || families.sourcing != nil || families.roles != nil
  }

  /// Replaces the contents of `workspace` with the features of a statement.
  ///
  /// - Complexity: O(characters · longest n-gram); no allocation once the workspace has grown.
  package func emit(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference? = nil,
    into workspace: inout FeatureWorkspace
  ) {
    families.read(text, tokens: tokens, target: target, into: &workspace)
    emitSparse(text, tokens: tokens, target: target, families: families, into: &workspace)
    emitDense(target: target, into: &workspace)
  }

  /// Makes the dense features of a statement whose sparse ones were made.
  func emitDense(target: TargetReference?, into workspace: inout FeatureWorkspace) {
    embeddings?.emit(from: workspace.units, target: target?.pattern, into: &workspace.dense)
  }

  /// Replaces the sparse features in `workspace` with those of the statement that some families have read, and those that read
  /// learnt weights; asks for what the dense ones are made of.
  func emitSparse(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference?, families: FeatureFamilies,
    into workspace: inout FeatureWorkspace
  ) {
    families.emitRead(text, tokens: tokens, target: target, into: &workspace)
    embeddings?.find(workspace.units, in: &workspace.dense)
    if let targetOverlap, let target {
      targetOverlap.emit(
        from: workspace.units, target: target.pattern, memory: &workspace.overlap, into: &workspace.features
      ) { weigh(&$0) }
    }
  }

  /// Finds how rare words are in the training data; 1 where that was not counted.
  private func weigh(_ memory: inout OverlapMemory) {
    guard let rarities = inverseDocumentFrequencies else {
      return memory.weights.assign(repeating: 1, count: memory.words.count)
    }
    memory.weigh(rarities) { keys, columns in
      if let vocabulary { return vocabulary.findEach(of: keys, into: &columns) }
      columns.removeAll()
      for index in keys.indices { columns.append(Int32(truncatingIfNeeded: keys[index] >> hashShift)) }
    }
  }

  /// The column of a feature; nil where the vocabulary does not have it.
  @inline(__always)
  package func column(of key: UInt64) -> UInt32? {
    if let vocabulary { return vocabulary.column(of: key) }
    return UInt32(truncatingIfNeeded: key >> hashShift)
  }

  /// Appends to `columns` those of occurrences from `start` on, without those that the vocabulary does not have.
  ///
  /// - Parameter search: memory for what is looked up.
  func appendColumns(
    of features: borrowing FeatureBuffer, from start: Int, to columns: inout Scratch<UInt32>,
    search: inout ColumnSearch
  ) {
    let range = start..<features.keys.count
    if let vocabulary {
      search.appendColumns(of: features, in: range, vocabulary: vocabulary, to: &columns)
    } else {
      appendHashedColumns(of: features, in: range, to: &columns)
    }
  }

  /// Appends to `columns` those of some occurrences in a hashed space.
  func appendHashedColumns(
    of features: borrowing FeatureBuffer, in range: Range<Int>, to columns: inout Scratch<UInt32>
  ) {
    columns.extend(limit: range.count) { columns in
      for occurrence in range { columns.append(UInt32(truncatingIfNeeded: features.keys[occurrence] >> hashShift)) }
    }
  }

  /// How a block counts.
  @inline(__always)
  package func weighting(of family: FeatureBlock) -> Weighting {
    weightings[Int(family.rawValue)] ?? .binary
  }

  /// The part of a text that is read.
  @inline(__always)
  package static func readable(_ text: Span<UInt8>) -> Range<Int> { 0..<min(text.count, maximumByteCount) }
}
