package import TextProcessing

/// The straight way of models on hashed words, from texts to sums.
extension LinearScorer {
  /// How many statements are best summed up at once: so many that the first and the last of them, which nothing else is done
  /// beside, are few, and so few that their sums stay near until they are asked for.
  package static var bestCount: Int { 256 }

  /// Adds up the weights of some statements; `ScoringMemory.forEachSums` then has them. Intercepts are left to the caller.
  ///
  /// - Parameters:
  ///   - count: the number of statements, best `bestCount`.
  ///   - range: where each stands in `bytes`; none has more bytes than tokens are read of a statement
  ///     (`FeatureExtractor.maximumTokenCount`), so none has more tokens than that.
  /// - Precondition: `readsOnlyFoldedHashes`.
  /// - Complexity: O(bytes + tokens · labels); no allocation once `memory` has grown.
  package func sum(
    _ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, memory: inout ScoringMemory
  ) {
    guard let hashedModel else { preconditionFailure("this scorer reads features") }
    memory.hashed.sum(count, at: range, in: bytes, hashedModel)
  }

  /// The same for one statement whose tokens others read more of.
  package func sum(_ tokens: Span<Token>, memory: inout ScoringMemory) {
    guard let hashedModel else { preconditionFailure("this scorer reads features") }
    memory.hashed.sum(tokens.extracting(first: FeatureExtractor.maximumTokenCount), hashedModel)
  }
}
