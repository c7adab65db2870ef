package import TextProcessing

/// The straight way of models on hashed words, from texts to sums.
extension LinearScorer {
  /// How many statements are best summed up together: so many that little is spent on each group, and so few that their
  /// weights, when asked for, stay in the near caches until they are added.
  package static var groupSize: Int { 8 }

  /// Adds up the weights of some statements; `ScoringMemory.forEachSums` then has them. Intercepts are left to the caller.
  ///
  /// - Parameters:
  ///   - count: the number of statements, best `groupSize`.
  ///   - range: where each stands in `bytes`; none has more bytes than tokens are read of a statement
  ///     (`FeatureExtractor.maximumTokenCount`), so none has more tokens than that.
  /// - Precondition: `readsOnlyFoldedHashes`.
  /// - Complexity: O(bytes + tokens · labels); no allocation once `memory` has grown.
  package func sum(
    _ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, memory: inout ScoringMemory
  ) {
    guard let hashedWords else { preconditionFailure("this scorer reads features") }
    memory.hashed.read(count, at: range, in: bytes, hashedWords)
    sum(hashedWords, &memory.hashed)
  }

  /// The same for one statement whose tokens others read more of.
  package func sum(_ tokens: Span<Token>, memory: inout ScoringMemory) {
    guard let hashedWords else { preconditionFailure("this scorer reads features") }
    memory.hashed.read(tokens.extracting(first: FeatureExtractor.maximumTokenCount), hashedWords)
    sum(hashedWords, &memory.hashed)
  }

  private func sum(_ words: HashedWords, _ statements: inout HashedStatements) {
    let rarities = words.weighting.inverseDocumentFrequency ? extractor.inverseDocumentFrequencies : nil
    statements.findColumns(words, rows: table.rows, rarities: rarities?.addresses())
    if let rarities {
      rarities.withSpan { statements.sum(table, words.weighting, $0) }
    } else {
      statements.sum(table, words.weighting, Span())
    }
  }
}
