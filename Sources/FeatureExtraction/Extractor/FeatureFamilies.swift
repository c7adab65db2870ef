package import TextProcessing

/// The families of features that a configuration asks for: turns the tokens of a statement into the identities of its
/// features. It holds nothing learnt, so that models whose configurations agree can share its work.
///
/// A further family is a structure with an `emit(…, into: &features)` that ends with `features.endBlock`, a case of
/// `FeatureBlock`, an optional part of the configuration, and a line in `emit` below.
package struct FeatureFamilies: Sendable {
  private let words: WordNGrams?
  private let characters: CharacterNGrams?
  private let targetContext: TargetContext?
  private let locatesTarget: Bool
  private let replacesMentions: Bool
  private let takesPart: [Bool]

  /// The families of a valid configuration.
  package init(_ configuration: FeatureExtractor.Configuration) {
    words = configuration.words.map(WordNGrams.init)
    characters = configuration.characters.map(CharacterNGrams.init)
    targetContext = configuration.target.flatMap(TargetContext.init)
    replacesMentions = configuration.target?.replacesMentions ?? false
    locatesTarget = replacesMentions || targetContext != nil
    takesPart = Token.Kind.allCases.map { kind in
      switch kind {
      case .quote, .punctuation, .symbol: configuration.includesPunctuation
      default: true
      }
    }
  }

  /// Replaces the units and features of `workspace` with those of a statement.
  ///
  /// - Parameters:
  ///   - tokens: the tokens of `text`; beyond `FeatureExtractor.maximumTokenCount` they are left out.
  ///   - target: what a stance is taken toward; families that need one are silent without.
  /// - Complexity: O(characters · longest n-gram); no allocation once the workspace has grown.
  package func emit(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference? = nil,
    into workspace: inout FeatureWorkspace
  ) {
    let tokens = tokens.extracting(first: FeatureExtractor.maximumTokenCount)
    workspace.features.removeAll()
    workspace.units.removeAll()
    workspace.mentions.removeAll()
    if locatesTarget, let target { workspace.mentions.find(target, in: text, tokens: tokens) }
    appendUnits(tokens, to: &workspace)
    words?.emit(from: workspace.units, into: &workspace.features)
    characters?.emit(text, tokens: tokens, characters: &workspace.characters, into: &workspace.features)
    if let targetContext, target != nil {
      workspace.units.locateAroundMentions()
      targetContext.emit(from: workspace.units, into: &workspace.features)
    }
  }

  private func appendUnits(_ tokens: Span<Token>, to workspace: inout FeatureWorkspace) {
    var mention = 0
    var index = 0
    while index < tokens.count {
      if mention < workspace.mentions.count, workspace.mentions[mention].lowerBound == index {
        let range = workspace.mentions[mention]
        mention += 1
        if replacesMentions {
          workspace.units.append(
            folded: TargetContext.symbol, exact: TargetContext.symbol, first: index, last: range.upperBound,
            position: .mention)
        } else {
          for index in range {
            workspace.units.append(
              folded: tokens[index].foldedHash, exact: tokens[index].exactHash, first: index, last: index,
              position: .mention)
          }
        }
        index = range.upperBound + 1
        continue
      }
      let token = tokens[index]
      if takesPart[Int(token.kind.rawValue)] {
        workspace.units.append(folded: token.foldedHash, exact: token.exactHash, first: index, last: index)
      }
      index += 1
    }
  }
}

/// The memory in which one statement after the other is turned into features.
package struct FeatureWorkspace: ~Copyable {
  /// What the n-grams are made of.
  package var units = StatementUnits()
  /// The features found.
  package var features: FeatureBuffer
  /// Where the target is mentioned.
  package var mentions = TargetMentions()
  var characters = Scratch<UInt32>()
  var counter = OccurrenceCounter()

  /// An empty workspace; `recordsSpans` asks it to remember which tokens made a feature.
  package init(recordsSpans: Bool = false) {
    features = FeatureBuffer(recordsSpans: recordsSpans)
  }
}
