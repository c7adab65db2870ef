public import Corpus
public import LinearAlgebra
import Synchronization
import TextProcessing

extension FeatureExtractor {
  /// Learns the features of training data and extracts them.
  ///
  /// The result depends on the statements and the configuration alone, not on the number of threads.
  ///
  /// - Parameter wordVectors: the table to read where the configuration has embeddings; it becomes part of the extractor.
  /// - Parameter progress: is told which share of the statements has been read.
  /// - Throws: `FeatureExtractionError` for settings out of bounds, no statements, or a vocabulary without features.
  /// - Complexity: two passes over the text.
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
    switch configuration.space {
    case .hashed(let bits):
      guard needsFrequencies else {
        return FeatureExtractor(
          configuration: configuration, vocabulary: nil, inverseDocumentFrequencies: nil, wordVectors: wordVectors,
          crossedTargets: crossedTargets)
      }
      let counter = countDocuments(
        configuration, statements: statements, surroundings: surroundings, words: wordVectors?.rows, threads: threads,
        progress: progress
      ) { ColumnDocumentCounter(bits: bits) }
      let weights = counter.documents.map {
        Weighting.inverseDocumentFrequency(documents: Int($0), total: statements.count)
      }
      return FeatureExtractor(
        configuration: configuration, vocabulary: nil, inverseDocumentFrequencies: FlatArray(weights),
        wordVectors: wordVectors, crossedTargets: crossedTargets)
    case .vocabulary(let minimumDocuments, let maximumSize):
      let counter = countDocuments(
        configuration, statements: statements, surroundings: surroundings, words: wordVectors?.rows, threads: threads,
        progress: progress
      ) { DocumentCounter() }
      // Features of a closed inventory are there whatever the data hold, and equally rare.
      let inventory = configuration.target?.comparesWording == true ? TargetOverlap.inventory : []
      let counted = counter.features(
        minimumDocuments: minimumDocuments, maximumSize: max(maximumSize - inventory.count, 0))
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

  private static func countDocuments<Counter: DocumentCounting & ~Copyable>(
    _ configuration: Configuration, statements: [Statement], surroundings: ArticleSurroundings?,
    words: Vocabulary?, threads: Int, progress: WorkProgress, _ empty: @Sendable () -> Counter
  ) -> Counter {
    let families = FeatureFamilies(configuration, lexicon: nil, words: words)
    // Every thread counts its share by itself; sums of counts do not depend on how the statements were shared out.
    let shares = FixedBlocks(count: statements.count, size: (statements.count + threads - 1) / threads)
    let total = Mutex(empty())
    let done = Atomic(0)
    Workers(threads: threads).forEach(shares.count) { share in
      var counter = empty()
      var workspace = FeatureWorkspace()
      var emitter = StatementEmitter()
      for index in shares[share] {
        surroundings?.load(index, into: &workspace)
        emitter.emit(statements[index], families: families, into: &workspace)
        counter.beginDocument()
        for occurrence in 0..<workspace.features.keys.count {
          counter.count(workspace.features.keys[occurrence])
        }
        let read = done.wrappingAdd(1, ordering: .relaxed).newValue
        if read % 1024 == 0 { progress.update(Double(read) / Double(statements.count)) }
      }
      total.withLock { $0.merge(&counter) }
    }
    return total.withLock { counter in
      var result = empty()
      swap(&result, &counter)
      return result
    }
  }
}
