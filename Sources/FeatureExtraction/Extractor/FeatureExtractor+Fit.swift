public import Corpus
public import LinearAlgebra
import TextProcessing

extension FeatureExtractor {
  /// Learns the features of training data and extracts them.
  ///
  /// The result depends on the statements and the configuration alone, not on the number of threads.
  ///
  /// - Parameter wordVectors: the table to read where the configuration has embeddings; it becomes part of the extractor.
  /// - Parameter progress: is told which share of the statements has been read.
  /// - Throws: `FeatureExtractionError` for settings out of bounds, no statements, or a vocabulary without features.
  /// - Complexity: two passes over the text, three where most features occur once and are dropped.
  public static func fit(
    _ configuration: Configuration, statements: [Statement], wordVectors: WordVectors? = nil, threads: Int = 1,
    progress: WorkProgress = .ignored
  ) throws(FeatureExtractionError) -> (extractor: FeatureExtractor, matrix: FeatureMatrix) {
    var statements = statements
    return try fit(
      configuration, statements: &statements, lettingGo: false, wordVectors: wordVectors, threads: threads,
      progress: progress)
  }

  /// The same; with `letsGo` the statements are empty afterwards, each as soon as its row was made.
  package static func fit(
    _ configuration: Configuration, statements: inout [Statement], lettingGo letsGo: Bool, wordVectors: WordVectors?,
    threads: Int, progress: WorkProgress = .ignored
  ) throws(FeatureExtractionError) -> (extractor: FeatureExtractor, matrix: FeatureMatrix) {
    let configuration = try configuration.validated()
    guard !statements.isEmpty else { throw .noStatements }
    guard configuration.embeddings == nil || wordVectors != nil else { throw .missingWordVectors }
    let surroundings =
      configuration.sourcing?.surroundings == nil
      ? nil : ArticleSurroundings(of: statements, lexicon: .english).thinned(statements)
    let extractor = try learn(
      configuration, statements: statements, surroundings: surroundings, wordVectors: wordVectors, threads: threads,
      progress: progress.part(0, of: 2))
    return (
      extractor,
      extractor.matrix(
        of: &statements, lettingGo: letsGo, surroundings: surroundings, threads: threads,
        progress: progress.part(1, of: 2))
    )
  }

  private static func learn(
    _ configuration: Configuration, statements: [Statement], surroundings: ArticleSurroundings?,
    wordVectors: WordVectors?, threads: Int, progress: WorkProgress
  ) throws(FeatureExtractionError) -> FeatureExtractor {
    let needsFrequencies = configuration.weightings.values.contains(where: \.inverseDocumentFrequency)
    let crossedTargets = FlatArray(
      configuration.embeddings?.views.contains(.crossed) == true ? mostFrequentTargets(of: statements) : [])
    func census(keyBits: Int) -> FeatureCensus {
      FeatureCensus(
        statements: statements,
        families: FeatureFamilies(configuration, lexicon: nil, targetLexicon: nil, words: wordVectors?.rows),
        surroundings: surroundings, keyBits: keyBits, threads: threads)
    }
    switch configuration.space {
    case .hashed(let bits):
      guard needsFrequencies else {
        return FeatureExtractor(
          configuration: configuration, vocabulary: nil, inverseDocumentFrequencies: nil, wordVectors: wordVectors,
          crossedTargets: crossedTargets)
      }
      let weights = census(keyBits: bits).columnDocuments(progress: progress).map {
        Weighting.inverseDocumentFrequency(documents: Int($0), total: statements.count)
      }
      return FeatureExtractor(
        configuration: configuration, vocabulary: nil, inverseDocumentFrequencies: FlatArray(weights),
        wordVectors: wordVectors, crossedTargets: crossedTargets)
    case .vocabulary(let minimumDocuments, let maximumSize):
      // Features of a closed inventory are there whatever the data hold, and equally rare.
      let inventory = configuration.target?.comparesWording == true ? TargetOverlap.inventory : []
      let counted = census(keyBits: 64).features(
        minimumDocuments: minimumDocuments, maximumSize: max(maximumSize - inventory.count, 0), progress: progress)
      let keys = inventory + counted.keys
      let documents = inventory.map { _ in UInt32(statements.count) } + counted.documents
      guard !keys.isEmpty else { throw .emptyVocabulary(minimumDocuments: minimumDocuments) }
      let weights = documents.map {
        Weighting.inverseDocumentFrequency(documents: Int($0), total: statements.count)
      }
      return FeatureExtractor(
        configuration: configuration, vocabulary: Vocabulary(keys: keys),
        inverseDocumentFrequencies: needsFrequencies ? FlatArray(weights) : nil, wordVectors: wordVectors,
        crossedTargets: crossedTargets)
    }
  }

  /// More targets than this have too few statements each for columns of their own, and dense columns take memory.
  private static let maximumCrossedTargets = 20

  /// The keys of the targets that most statements are about, the most frequent first.
  private static func mostFrequentTargets(of statements: [Statement]) -> [UInt64] {
    var counts: [String: Int] = [:]
    for statement in statements { if let target = statement.target { counts[target, default: 0] += 1 } }
    // Wordings that differ in letter case or punctuation alone are one target.
    var countsByKey: [UInt64: Int] = [:]
    for (target, count) in counts { countsByKey[TargetPattern(target).key, default: 0] += count }
    let ordered = countsByKey.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return ordered.prefix(maximumCrossedTargets).map(\.key)
  }
}
