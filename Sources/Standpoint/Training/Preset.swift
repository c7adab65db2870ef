public import Classification
public import FeatureExtraction

/// Settings by name for a kind of data: what cross-validation on public corpora of that kind chose.
public enum Preset: String, Codable, Sendable, CaseIterable {
  /// Any text and any labels: n-grams of one to three words.
  case words
  /// Who a sentence of news is attributed to: words with and without their case, classes of words, proposed attributions,
  /// the sentences around.
  case sourcing
  /// Stance toward a name that the sentence mentions: the mention is a symbol, words are marked by side and distance; where
  /// the name is not there, or the target is a proposition, words of it take its place.
  case mention
  /// Stance of a short text toward one of a few topics: n-grams crossed with the topic, words of hashtags.
  case topic
  /// Stance toward a proposition or any of very many topics: the text is compared with the target.
  case proposition
  /// Stance of a long text toward another text, as of an article's body toward a headline: both are compared, as a whole
  /// and where they come nearest.
  case pair

  /// The preset that a task has where none is named.
  public static func standard(for task: String, allMentioned: Bool) -> Preset {
    switch task {
    case "sourcing": .sourcing
    case "stance": allMentioned ? .mention : .topic
    default: .words
    }
  }

  /// Which features there are.
  public var features: FeatureExtractor.Configuration {
    var configuration = FeatureExtractor.Configuration()
    switch self {
    case .words: break
    case .sourcing:
      configuration.words = WordNGrams.Configuration(orders: 1...3, letterCase: .both)
      configuration.sourcing = SourcingFeatures.Configuration()
      configuration.space = .vocabulary(minimumDocuments: 3, maximumSize: 1 << 20)
    case .mention:
      configuration.target = .name
      configuration.target?.sideOrders = 1...3
      configuration.target?.findsParts = true
      configuration.target?.comparesWording = true
      configuration.characters = CharacterNGrams.Configuration(orders: 2...5)
      configuration.embeddings = WordEmbeddings.Configuration(
        views: .aroundMention + [.target, .product, .cosine], scale: 0.35)
    case .topic:
      configuration.characters = CharacterNGrams.Configuration(orders: 2...5)
      configuration.hashtags = .words
      configuration.target = .topic
      configuration.embeddings = WordEmbeddings.Configuration(views: [.statement], scale: 0.5)
    case .proposition, .pair:
      configuration.words?.orders = 1...2
      configuration.target = .proposition
      configuration.target?.crossesTarget = self == .proposition
      configuration.target?.matchedOrders = self == .pair ? 1...2 : nil
      configuration.embeddings = WordEmbeddings.Configuration(views: .besideTarget, scale: 1)
    }
    return configuration
  }

  /// How the classifier is trained.
  public var learning: LogisticRegression.Configuration {
    var configuration = LogisticRegression.Configuration(inverseRegularization: 3, classWeight: .balanced)
    if self == .words { configuration.classWeight = .none }
    switch self {
    case .words, .sourcing, .mention: break
    case .topic: configuration.inverseRegularization = 0.6
    case .proposition, .pair: configuration.inverseRegularization = 0.3
    }
    return configuration
  }
}
