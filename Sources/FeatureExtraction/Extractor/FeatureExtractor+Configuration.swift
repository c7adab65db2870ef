extension FeatureExtractor {
  /// Which features a statement has and which columns they get. Part of the model: the same configuration and the same
  /// state give the same features in training and in scoring.
  ///
  /// A family of features is on where its part of the configuration is given.
  public struct Configuration: Codable, Equatable, Sendable {
    /// N-grams of words.
    public var words: WordNGrams.Configuration?
    /// Whether punctuation and symbols take part in n-grams of words.
    public var includesPunctuation: Bool
    /// N-grams of the characters of words.
    public var characters: CharacterNGrams.Configuration?
    /// How hashtags are read, beside being a word each; nil for no more than that.
    public var hashtags: Hashtags?
    /// How a stance's target is dealt with; nil where the task has none.
    public var target: TargetContext.Configuration?
    /// Sums of word vectors, as a dense block; nil for none.
    public var embeddings: WordEmbeddings.Configuration?
    /// Who a sentence is attributed to; nil where the task does not ask.
    public var sourcing: SourcingFeatures.Configuration?
    /// Which columns features get.
    public var space: FeatureSpace

    /// A configuration; by default n-grams of one to three words, tf-idf weighted, in a vocabulary of all features that
    /// two statements share.
    public init(
      words: WordNGrams.Configuration? = WordNGrams.Configuration(),
      includesPunctuation: Bool = true,
      characters: CharacterNGrams.Configuration? = nil,
      hashtags: Hashtags? = nil, target: TargetContext.Configuration? = nil,
      embeddings: WordEmbeddings.Configuration? = nil,
      sourcing: SourcingFeatures.Configuration? = nil,
      space: FeatureSpace = .vocabulary(minimumDocuments: 2, maximumSize: 1 << 20)
    ) {
      self.words = words
      self.includesPunctuation = includesPunctuation
      self.characters = characters
      self.hashtags = hashtags
      self.target = target
      self.embeddings = embeddings
      self.sourcing = sourcing
      self.space = space
    }

    /// How hashtags are read.
    public enum Hashtags: String, Codable, Sendable, CaseIterable {
      /// As the words that they are made of, too.
      case words
    }

    /// The configuration, if it makes sense.
    ///
    /// - Throws: `FeatureExtractionError` naming the first setting that is out of bounds.
    public func validated() throws(FeatureExtractionError) -> Configuration {
      try space.validate()
      try words?.validate()
      try characters?.validate()
      try target?.validate()
      try embeddings?.validate()
      try sourcing?.validate()
      guard !weightings.isEmpty else { throw .noFeatures }
      return self
    }

    /// What decides which features are found, without how they count and which columns they get.
    var emission: Configuration {
      var emission = self
      emission.space = .hashed(bits: 1)
      emission.words?.weighting = .binary
      emission.characters?.weighting = .binary
      if emission.sourcing?.attribution != nil { emission.sourcing?.attribution = .binary }
      if emission.sourcing?.classes != nil { emission.sourcing?.classes = .binary }
      if emission.sourcing?.surroundings != nil { emission.sourcing?.surroundings = .binary }
      emission.target?.sideWeighting = .binary
      emission.target?.wordingWeighting = .binary
      emission.target?.crossedWeighting = .binary
      if emission.target?.roleWeighting != nil { emission.target?.roleWeighting = .binary }
      return emission
    }

    /// How each block that is on counts.
    package var weightings: [FeatureBlock: Weighting] {
      var weightings: [FeatureBlock: Weighting] = [:]
      weightings[.words] = words?.weighting
      weightings[.characters] = characters?.weighting
      weightings[.attribution] = sourcing?.attribution
      weightings[.mainAttribution] = sourcing?.attribution
      weightings[.delexicalized] = sourcing?.classes
      weightings[.articleContext] = sourcing?.surroundings
      if let target {
        if target.sideOrders != nil { weightings[.targetSides] = target.sideWeighting }
        if target.wordingOrders != nil { weightings[.targetWording] = target.crossedWeighting }
        if target.matchedOrders != nil { weightings[.matchedSentence] = target.crossedWeighting }
        if target.comparesNegation == true { weightings[.negationAgreement] = target.wordingWeighting }
        if let roles = target.roleWeighting { weightings[.targetRoles] = roles }
        if target.crossesTarget {
          if words != nil { weightings[.targetCrossed] = target.crossedWeighting }
          if characters != nil { weightings[.targetCrossedCharacters] = target.crossedWeighting }
        }
        if target.comparesWording { weightings[.targetOverlap] = target.wordingWeighting }
      }
      return weightings
    }
  }
}
