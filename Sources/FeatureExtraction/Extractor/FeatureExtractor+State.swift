/// An array of a stored model.
public enum StateArray: Equatable, Sendable {
  /// 64-bit unsigned numbers.
  case uint64(FlatArray<UInt64>)
  /// 16-bit unsigned numbers.
  case uint16(FlatArray<UInt16>)
  /// 16-bit signed numbers.
  case int16(FlatArray<Int16>)
  /// 8-bit signed numbers.
  case int8(FlatArray<Int8>)
  /// 32-bit floating-point numbers.
  case float32(FlatArray<Float>)
}

extension FeatureExtractor {
  /// Everything learnt from training data, by name: with the configuration it makes the same extractor again.
  public var state: [String: StateArray] {
    var state: [String: StateArray] = [:]
    if let vocabulary { state = vocabulary.state(slots: "vocabulary", displacements: "vocabulary.displacements") }
    if let inverseDocumentFrequencies { state["idf"] = .float32(inverseDocumentFrequencies) }
    if let vectors = embeddings?.vectors { state.merge(vectors.state) { $1 } }
    if let embeddings, embeddings.configuration.views.contains(.crossed) {
      state["word_vectors.targets"] = .uint64(embeddings.targets)
    }
    if let lexicon = families.sourcing?.lexicon { state.merge(lexicon.state(named: "lexicon")) { $1 } }
    if let lexicon = families.roles?.lexicon { state.merge(lexicon.state(named: "target_lexicon")) { $1 } }
    return state
  }

  /// The extractor of a stored model. Arrays are used where they stand, without a copy.
  ///
  /// - Throws: `FeatureExtractionError` where the configuration makes no sense or an array does not fit it.
  public convenience init(
    configuration: Configuration, columnCount: Int, state: [String: StateArray]
  ) throws(FeatureExtractionError) {
    let configuration = try configuration.validated()
    var vocabulary: Vocabulary?
    switch configuration.space {
    case .vocabulary:
      vocabulary = try Vocabulary(
        state: state, slots: "vocabulary", displacements: "vocabulary.displacements", columnCount: columnCount)
    case .hashed(let bits):
      guard columnCount == 1 << bits else {
        throw .invalidState(array: "vocabulary", problem: "has \(columnCount) columns, not 2^\(bits)")
      }
    }
    var weights: FlatArray<Float>?
    if configuration.weightings.values.contains(where: \.inverseDocumentFrequency) {
      guard case .float32(let stored)? = state["idf"], stored.count == columnCount else {
        throw .invalidState(array: "idf", problem: "is missing or does not have \(columnCount) elements")
      }
      weights = stored
    }
    let vectors = configuration.embeddings == nil ? nil : try WordVectors(state: state)
    var crossedTargets = FlatArray<UInt64>([])
    if configuration.embeddings?.views.contains(.crossed) == true {
      guard case .uint64(let stored)? = state["word_vectors.targets"] else {
        throw .invalidState(array: "word_vectors.targets", problem: "is missing")
      }
      crossedTargets = stored
    }
    let lexicon = configuration.sourcing == nil ? nil : try Lexicon(state: state, named: "lexicon")
    let targetLexicon =
      configuration.target?.roleWeighting == nil ? nil : try Lexicon(state: state, named: "target_lexicon")
    self.init(
      configuration: configuration, vocabulary: vocabulary, inverseDocumentFrequencies: weights, wordVectors: vectors,
      crossedTargets: crossedTargets, lexicon: lexicon, targetLexicon: targetLexicon)
  }
}

extension Lexicon {
  /// The arrays in which a model stores the table.
  fileprivate func state(named name: String) -> [String: StateArray] {
    ["\(name).keys": .uint64(keys), "\(name).classes": .uint64(values)]
  }

  /// The table of a stored model.
  ///
  /// - Throws: `FeatureExtractionError.invalidState` where an array is missing or does not fit.
  fileprivate init(state: [String: StateArray], named name: String) throws(FeatureExtractionError) {
    guard case .uint64(let keys)? = state["\(name).keys"], case .uint64(let classes)? = state["\(name).classes"] else {
      throw .invalidState(array: "\(name).keys", problem: "is missing")
    }
    try self.init(keys: keys, values: classes)
  }
}

extension Vocabulary {
  /// The arrays in which a model stores the table, by the names given.
  func state(slots slotsName: String, displacements displacementsName: String) -> [String: StateArray] {
    var state: [String: StateArray] = [slotsName: .uint64(slots)]
    if displacements.count > 0 { state[displacementsName] = .uint16(displacements) }
    return state
  }

  /// The table of a stored model; one without displacements is probed, as in models of schema 1.
  ///
  /// - Throws: `FeatureExtractionError.invalidState` where an array is missing or does not fit.
  init(
    state: [String: StateArray], slots slotsName: String, displacements displacementsName: String, columnCount: Int
  ) throws(FeatureExtractionError) {
    guard case .uint64(let slots)? = state[slotsName] else {
      throw .invalidState(array: slotsName, problem: "is missing")
    }
    var displacements = FlatArray<UInt16>([])
    if let stored = state[displacementsName] {
      guard case .uint16(let found) = stored, found.count > 0 else {
        throw .invalidState(array: displacementsName, problem: "does not hold 16-bit numbers")
      }
      displacements = found
    }
    try self.init(slots: slots, displacements: displacements, columnCount: columnCount)
  }
}
