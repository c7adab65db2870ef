package import TextProcessing

/// Turns statements into rows of a feature matrix.
///
/// An extractor is made by `fit`, which learns the vocabulary and the weights of rare features from training data, or
/// from a stored model. It never changes afterwards and may be used by several threads at once.
public struct FeatureExtractor: Sendable {
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
    wordVectors: WordVectors? = nil, lexicon: Lexicon? = nil
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
    families = FeatureFamilies(configuration, lexicon: lexicon, words: wordVectors?.rows)
    targetOverlap = configuration.target?.comparesWording == true ? TargetOverlap() : nil
    embeddings = configuration.embeddings.map { embeddings in
      guard let wordVectors else { preconditionFailure("embeddings need word vectors") }
      return WordEmbeddings(embeddings, vectors: wordVectors)
    }
    let byBlock = configuration.weightings
    weightings = (0..<UInt8(FeatureBlock.limit)).map { raw in FeatureBlock(rawValue: raw).flatMap { byBlock[$0] } }
  }

  /// Whether every n-gram in the vocabulary has its parts in it: so it is where all features were kept that occur often
  /// enough, and none was cut for there being too many.
  private var knowsParts: Bool {
    if case .vocabulary(_, let maximumSize) = configuration.space { columnCount < maximumSize } else { false }
  }

  /// Whether the features of a statement depend on anything learnt. If not, models whose configurations agree share
  /// them.
  package var hasLearntFeatures: Bool { targetOverlap != nil || embeddings != nil || families.sourcing != nil }

  /// Replaces the contents of `workspace` with the features of a statement.
  ///
  /// - Complexity: O(characters · longest n-gram); no allocation once the workspace has grown.
  package func emit(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference? = nil,
    into workspace: inout FeatureWorkspace
  ) {
    emit(text, tokens: tokens, target: target, families: families, into: &workspace)
  }

  /// Replaces the contents of `workspace` with the features of some families, and those that read learnt weights.
  func emit(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference?, families: FeatureFamilies,
    into workspace: inout FeatureWorkspace
  ) {
    families.emit(text, tokens: tokens, target: target, into: &workspace)
    if let targetOverlap, let target {
      targetOverlap.emit(
        from: workspace.units, target: target.pattern, counter: &workspace.counter, into: &workspace.features,
        weight: rarity(ofWord:))
    }
    embeddings?.emit(from: workspace.units, target: target?.pattern, into: &workspace.dense)
  }

  /// How rare a word is in the training data, by its folded hash; 1 where that was not counted.
  private func rarity(ofWord hash: UInt64) -> Float {
    guard let weights = inverseDocumentFrequencies else { return 1 }
    // The vocabulary is sorted by frequency: a word that it lacks is at least as rare as its last feature.
    return weights[column(of: WordNGrams.key(ofFoldedWord: hash)).map(Int.init) ?? weights.count - 1]
  }

  /// The column of a feature; nil where the vocabulary does not have it.
  @inline(__always)
  package func column(of key: UInt64) -> UInt32? {
    if let vocabulary { return vocabulary.column(of: key) }
    return UInt32(truncatingIfNeeded: key >> hashShift)
  }

  /// Appends to `columns` those of a block's occurrences, in order, without those that the vocabulary does not have, and
  /// calls `found` with each.
  ///
  /// An n-gram that was seen often enough to be kept was seen as often in both its parts, so where a part is unknown the
  /// n-gram is unknown too and is not looked up (the principle of Apriori: Agrawal and Srikant, VLDB 1994). Most n-grams
  /// of three words go this way, and each would be a visit to memory that finds nothing.
  ///
  /// - Parameter known: memory for which n-grams are known.
  @inline(__always)
  func appendColumns(
    of features: borrowing FeatureBuffer, in block: FeatureBuffer.Block, to columns: inout Scratch<UInt32>,
    known: inout Scratch<Bool>, found: (UInt32) -> Void
  ) {
    guard let vocabulary, knowsParts, block.regularOrders > 1 else {
      return appendColumns(of: features, in: block.range, to: &columns, found: found)
    }
    var start = Int(block.start)
    known.assign(repeating: true, count: Int(block.unitCount))
    for order in 0..<Int(block.regularOrders) where order < Int(block.unitCount) {
      let count = Int(block.unitCount) - order
      // Known so far are the n-grams of one unit less; now both parts of each n-gram.
      for index in 0..<count {
        if order > 0 { known[index] = known[index] && known[index + 1] }
        if known[index] { vocabulary.prefetch(features.keys[start + index]) }
      }
      columns.extend(limit: count) { out in
        for index in 0..<count where known[index] {
          if let column = vocabulary.column(of: features.keys[start + index]) {
            out.append(column)
            found(column)
          } else {
            known[index] = false
          }
        }
      }
      start += count
    }
    appendColumns(of: features, in: start..<Int(block.end), to: &columns, found: found)
  }

  /// Appends to `columns` those of some occurrences, as above.
  @inline(__always)
  func appendColumns(
    of features: borrowing FeatureBuffer, in range: Range<Int>, to columns: inout Scratch<UInt32>,
    found: (UInt32) -> Void
  ) {
    columns.extend(limit: range.count) { out in
      if let vocabulary {
        // Every lookup ends in a branch that cannot be foretold; asked for beforehand, the slots are there by then.
        for occurrence in range { vocabulary.prefetch(features.keys[occurrence]) }
        for occurrence in range {
          if let column = vocabulary.column(of: features.keys[occurrence]) {
            out.append(column)
            found(column)
          }
        }
      } else {
        for occurrence in range {
          let column = UInt32(truncatingIfNeeded: features.keys[occurrence] >> hashShift)
          out.append(column)
          found(column)
        }
      }
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
