package import TextProcessing

/// The families of features that a configuration asks for: turns the tokens of a statement into the identities of its
/// features. It holds nothing learnt, so that models whose configurations agree can share its work.
package struct FeatureFamilies: Sendable {
  private let words: WordNGrams?
  private let takesPart: [Bool]

  /// The families of a valid configuration.
  package init(_ configuration: FeatureExtractor.Configuration) {
    words = configuration.words.map(WordNGrams.init)
    takesPart = Token.Kind.allCases.map { kind in
      switch kind {
      case .quote, .punctuation, .symbol: configuration.includesPunctuation
      default: true
      }
    }
  }

  /// Replaces the units and features of `workspace` with those of a statement.
  ///
  /// - Complexity: O(tokens · longest n-gram); no allocation once the workspace has grown.
  package func emit(_ text: Span<UInt8>, tokens: borrowing [Token], into workspace: inout FeatureWorkspace) {
    workspace.units.removeAll()
    workspace.features.removeAll()
    let span = tokens.span
    for index in 0..<min(span.count, FeatureExtractor.maximumTokenCount) {
      let token = span[index]
      guard takesPart[Int(token.kind.rawValue)] else { continue }
      workspace.units.append(folded: token.foldedHash, exact: token.exactHash, first: index, last: index)
    }
    words?.emit(from: workspace.units, into: &workspace.features)
  }
}

/// The memory in which one statement after the other is turned into features.
package struct FeatureWorkspace: ~Copyable {
  /// What the n-grams are made of.
  package var units = StatementUnits()
  /// The features found.
  package var features: FeatureBuffer

  /// An empty workspace; `recordsSpans` asks it to remember which tokens made a feature.
  package init(recordsSpans: Bool = false) {
    features = FeatureBuffer(recordsSpans: recordsSpans)
  }
}
