package import TextProcessing

/// The families of features that a configuration asks for: turns the tokens of a statement into the identities of its
/// features. It holds nothing learnt, so that models whose configurations agree can share its work.
///
/// A further family is a structure with an `emit(…, into: &features)` that ends with `features.endBlock`, a case of
/// `FeatureBlock`, an optional part of the configuration, and a line in `emitRead` below.
package final class FeatureFamilies: Sendable {
  private let words: WordNGrams?
  private let characters: CharacterNGrams?
  private let targetContext: TargetContext?
  private let targetWording: TargetWording?
  private let matchedSentence: MatchedSentence?
  private let negation: NegationAgreement?
  /// Who acts on whom around the target; nil where the task does not ask.
  let roles: TargetRoles?
  private let locatesMatch: Bool
  /// Features of attribution; nil where the task does not ask.
  package let sourcing: SourcingFeatures?
  /// The words of hashtags; nil where a hashtag is one word and no more.
  let hashtags: HashtagWords?
  private let locatesTarget: Bool
  private let replacesMentions: Bool
  /// Whether no family reads more of the units than their folded hashes.
  private let readsOnlyFolded: Bool
  private let findsParts: Bool
  /// The kinds of tokens that take part in n-grams of words, a bit each.
  let kinds: UInt32
  /// Whether n-grams of words in any case are all that there is.
  var readsOnlyFoldedWords: Bool { readsOnlyFolded && words != nil && characters == nil && hashtags == nil }

  /// The families of a valid configuration, with the project's own lexicon.
  package convenience init(_ configuration: FeatureExtractor.Configuration) {
    self.init(configuration, lexicon: nil, targetLexicon: nil, words: nil)
  }

  /// The families of a valid configuration.
  ///
  /// - Parameters:
  ///   - lexicon: what features of attribution read; the project's own where nil.
  ///   - targetLexicon: what features of the target's roles read; the project's own where nil.
  ///   - dictionary: the words that hashtags are cut into, the most frequent first; nil for none.
  init(
    _ configuration: FeatureExtractor.Configuration, lexicon: Lexicon?, targetLexicon: Lexicon?,
    words dictionary: Vocabulary?
  ) {
    hashtags = configuration.hashtags == .words ? HashtagWords(dictionary: dictionary) : nil
    sourcing = configuration.sourcing.map { SourcingFeatures($0, lexicon: lexicon ?? .english) }
    words = configuration.words.map(WordNGrams.init)
    characters = configuration.characters.map(CharacterNGrams.init)
    targetContext = configuration.target.flatMap(TargetContext.init)
    targetWording = configuration.target.flatMap(TargetWording.init)
    matchedSentence = configuration.target.flatMap(MatchedSentence.init)
    negation = configuration.target.flatMap(NegationAgreement.init)
    roles = configuration.target.flatMap { TargetRoles($0, lexicon: targetLexicon) }
    locatesMatch = matchedSentence != nil || configuration.target?.comparesWording == true
    replacesMentions = configuration.target?.replacesMentions ?? false
    findsParts = configuration.target?.findsParts ?? false
    locatesTarget =
      replacesMentions || targetContext != nil || roles != nil
      || configuration.embeddings?.views.contains(where: \.needsMention) ?? false
    readsOnlyFolded =
      configuration.target == nil && configuration.embeddings == nil && configuration.sourcing == nil
      && (configuration.words?.letterCase ?? .folded) == .folded
    let leftOut: [Token.Kind] = configuration.includesPunctuation ? [] : [.quote, .punctuation, .symbol]
    kinds = Token.Kind.allCases.filter { !leftOut.contains($0) }.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
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
    read(text, tokens: tokens, target: target, into: &workspace)
    emitRead(text, tokens: tokens, target: target, into: &workspace)
  }

  /// The first half of `emit`: replaces the units by those of a statement, and finds what families ask of it.
  func read(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference?, into workspace: inout FeatureWorkspace
  ) {
    let tokens = tokens.extracting(first: FeatureExtractor.maximumTokenCount)
    workspace.units.removeAll()
    workspace.mentions.removeAll()
    if locatesTarget, let target {
      workspace.mentions.find(target, in: text, tokens: tokens, byParts: findsParts)
    }
    appendUnits(text, tokens, to: &workspace)
    if locatesMatch, let target {
      workspace.units.matched = MatchedSentence.locate(target.pattern, in: workspace.units)
    }
    sourcing?.read(text, tokens: tokens, into: &workspace)
  }

  /// The second half of `emit`: replaces the features by those of the statement that was read.
  func emitRead(
    _ text: Span<UInt8>, tokens: Span<Token>, target: TargetReference?, into workspace: inout FeatureWorkspace
  ) {
    let tokens = tokens.extracting(first: FeatureExtractor.maximumTokenCount)
    workspace.features.removeAll()
    words?.emit(from: workspace.units, into: &workspace.features)
    characters?.emit(text, tokens: tokens, characters: &workspace.characters, into: &workspace.features)
    if let targetContext, let target {
      workspace.units.locateAroundMentions()
      targetContext.emit(from: workspace.units, target: target.pattern, into: &workspace.features)
    }
    sourcing?.emit(tokens: tokens, into: &workspace)
    if let matchedSentence, target != nil {
      matchedSentence.emit(from: workspace.units, into: &workspace.features)
    }
    if let negation, let target {
      negation.emit(text, tokens: tokens, target: target.pattern, into: &workspace.features)
    }
    if let roles, target != nil {
      roles.emit(
        tokens, mentions: workspace.mentions, reading: &workspace.reading, into: &workspace.features)
    }
    if let targetWording, let target {
      targetWording.emit(from: workspace.units, target: target.pattern, into: &workspace.features)
    }
  }

  private func appendUnits(_ text: Span<UInt8>, _ tokens: Span<Token>, to workspace: inout FeatureWorkspace) {
    if workspace.mentions.count == 0, hashtags == nil {
      return workspace.units.append(
        contentsOf: tokens, kinds: kinds, onlyFolded: readsOnlyFolded && !workspace.features.recordsSpans)
    }
    var mention = 0
    var index = 0
    while index < tokens.count {
      if mention < workspace.mentions.count, workspace.mentions[mention].lowerBound == index {
        let range = workspace.mentions[mention]
        mention += 1
        appendMention(range, of: tokens, to: &workspace)
        index = range.upperBound + 1
        continue
      }
      let token = tokens[index]
      if kinds >> UInt32(token.kind.rawValue) & 1 == 1 {
        workspace.units.append(folded: token.foldedHash, exact: token.exactHash, first: index, last: index)
        if token.kind == .hashtag { hashtags?.append(token, at: index, of: text, to: &workspace.units) }
      }
      index += 1
    }
  }

  private func appendMention(
    _ mention: ClosedRange<Int>, of tokens: Span<Token>, to workspace: inout FeatureWorkspace
  ) {
    if replacesMentions {
      workspace.units.append(
        folded: TargetContext.symbol, exact: TargetContext.symbol, first: mention.lowerBound,
        last: mention.upperBound, position: .mention)
      return
    }
    for index in mention {
      workspace.units.append(
        folded: tokens[index].foldedHash, exact: tokens[index].exactHash, first: index, last: index,
        position: .mention)
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
  /// What features of the target's roles need.
  var reading = TargetReading()
  /// What features of attribution need.
  package var sourcing = SourcingWorkspace()
  var characters = Scratch<UInt32>()
  var overlap = OverlapMemory()
  /// The dense features found; left as they are by an extractor that has none.
  package var dense = DenseWorkspace()

  /// An empty workspace; `recordsSpans` asks it to remember which tokens made a feature.
  package init(recordsSpans: Bool = false) {
    features = FeatureBuffer(recordsSpans: recordsSpans)
  }
}
