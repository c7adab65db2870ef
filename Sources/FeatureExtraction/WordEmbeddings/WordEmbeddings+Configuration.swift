extension WordEmbeddings {
  /// What part of a statement a view of it sums up, or what it compares.
  ///
  /// Distances are counted in words from the nearest mention of the target; a statement that does not mention its target
  /// has zeros in the views that need a mention.
  public enum View: String, Codable, Sendable, CaseIterable {
    /// All words.
    case statement
    /// The view `statement` in columns of the target's own: each of the targets that most training data are about has
    /// some, other targets have zeros. A word's neighbours in meaning may be for one target and against another.
    case crossed
    /// The words before the mention.
    case before
    /// The words after the mention.
    case after
    /// The five words before the mention.
    case nearBefore
    /// The five words after the mention.
    case nearAfter
    /// The words before the mention, each half as much (to be exact, e^−½ times) as the one that stands nearer.
    case fadingBefore
    /// The words after the mention, each e^−½ times as much as the one that stands nearer.
    case fadingAfter
    /// The word before the mention.
    case wordBefore
    /// The word after the mention.
    case wordAfter
    /// The first hundred words: what a long text opens with.
    case opening
    /// The wording of the target.
    case target
    /// `statement ⊙ target · √dimension`, element by element: how much they agree, dimension by dimension.
    case product
    /// `|statement − target|`, element by element: how much they differ, dimension by dimension.
    case difference
    /// The cosine of statement and target, and that of opening and target.
    case cosine

    /// Whether the view needs to know where the target is mentioned.
    var needsMention: Bool {
      switch self {
      case .before, .after, .nearBefore, .nearAfter, .fadingBefore, .fadingAfter, .wordBefore, .wordAfter: true
      case .statement, .crossed, .opening, .target, .product, .difference, .cosine: false
      }
    }

    /// Whether the view needs the target's wording.
    var needsTarget: Bool {
      switch self {
      case .target, .product, .difference, .cosine: true
      default: false
      }
    }

    /// The number of columns, where so many targets have columns of their own.
    func columnCount(dimension: Int, targetCount: Int) -> Int {
      switch self {
      case .crossed: targetCount * dimension
      case .cosine: 2
      default: dimension
      }
    }
  }

  /// Which views there are, and how they count.
  public struct Configuration: Codable, Equatable, Sendable {
    /// The views, each once, in the order of their columns.
    public var views: [View]
    /// What each view, normalized to length 1, is multiplied by. The penalty on weights makes a block with a larger
    /// scale count for more.
    public var scale: Float

    /// Views of a statement; by default those for a target that the statement mentions.
    public init(views: [View] = .aroundMention, scale: Float = 0.5) {
      self.views = views
      self.scale = scale
    }

    func validate() throws(FeatureExtractionError) {
      guard scale > 0, scale.isFinite else { throw .invalidScale(family: "embeddings", scale: scale) }
      guard !views.isEmpty, Set(views).count == views.count else {
        throw .invalidViews(names: views.map(\.rawValue))
      }
    }
  }
}

extension [WordEmbeddings.View] {
  /// For a target that the statement mentions.
  public static let aroundMention: [WordEmbeddings.View] = [
    .statement, .before, .after, .nearBefore, .nearAfter, .fadingBefore, .fadingAfter, .wordBefore, .wordAfter,
  ]
  /// For a target that is one of a few topics.
  public static let aboutTopic: [WordEmbeddings.View] = [.statement, .crossed]
  /// For a target that is a proposition, a headline or one of very many topics.
  public static let besideTarget: [WordEmbeddings.View] = [.statement, .target, .product, .difference, .cosine]
}
