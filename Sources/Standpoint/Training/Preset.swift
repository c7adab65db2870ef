public import Classification
public import Corpus
public import FeatureExtraction

/// Settings by name for a kind of data: what cross-validation on public corpora of that kind chose.
public enum Preset: String, Codable, Sendable, CaseIterable {
  /// Any text and any labels: n-grams of one to three words.
  case words
  /// Who a sentence of news is attributed to: words with and without their case, classes of words, proposed attributions,
  /// the sentences around.
  case sourcing
  /// Stance toward a name that the sentence mentions: the mention is a symbol, words are marked by side and distance, it is
  /// read who acts on whom; where the name is not there, or the target is a proposition, words of it take its place.
  case mention
  /// Stance of a short text toward one of a few topics: n-grams crossed with the topic, words of hashtags.
  case topic
  /// Stance toward a proposition or any of very many topics: the text is compared with the target.
  case proposition
  /// Stance of a long text toward another text, as of an article's body toward a headline: both are compared, as a whole
  /// and where they come nearest.
  case pair

  /// The preset of a kind of data where none is named: what rows of it look like decides, not what they are called.
  ///
  /// Statements with targets are mentions where every row says where its target stands, pairs where texts are long,
  /// and otherwise stand toward topics or propositions by the number of targets.
  ///
  /// - Complexity: O(n) in the statements.
  public static func standard(for task: String, statements: [Statement]) -> Preset {
    if task == "sourcing" { return .sourcing }
    guard statements.contains(where: { $0.target != nil }) else { return task == "stance" ? .topic : .words }
    if statements.allSatisfy({ $0.targetSpan != nil }) { return .mention }
    let length = statements.reduce(0) { $0 + $1.text.utf8.count } / statements.count
    if length >= longText { return .pair }
    return Set(statements.lazy.compactMap(\.target)).count > manyTargets ? .proposition : .topic
  }

  /// More targets than this have too few statements each for words of their own. Public corpora have 1 to 5 topics, or
  /// 25 propositions and more.
  private static let manyTargets = 20
  /// The mean bytes of texts that are documents. Comments (VAST) have about 600, news articles (FNC-1) 2,200.
  private static let longText = 1200

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
      configuration.target?.roleWeighting = TargetContext.Configuration.standardRoleWeighting
      configuration.characters = CharacterNGrams.Configuration(orders: 2...5)
      configuration.embeddings = WordEmbeddings.Configuration(
        views: .aroundMention + [.target, .product, .cosine], scale: 0.35)
    case .topic:
      configuration.characters = CharacterNGrams.Configuration(orders: 2...5)
      configuration.hashtags = .words
      configuration.target = .topic
      configuration.embeddings = WordEmbeddings.Configuration(views: .aboutTopic, scale: 0.8)
    case .proposition, .pair:
      configuration.words?.orders = 1...2
      configuration.target = .proposition
      configuration.target?.crossesTarget = self == .proposition
      configuration.target?.comparesNegation = self == .proposition ? true : nil
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
    case .words, .sourcing: break
    case .mention, .topic:
      configuration.inverseRegularization = 0.6
      configuration.contrast = 0.5
    case .proposition:
      configuration.inverseRegularization = 0.3
      configuration.classWeight = .squareRoot
      configuration.contrast = 0.5
    case .pair: configuration.inverseRegularization = 0.3
    }
    return configuration
  }
}
