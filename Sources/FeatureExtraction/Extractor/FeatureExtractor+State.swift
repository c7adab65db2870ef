/// An array of a stored model.
public enum StateArray: Equatable, Sendable {
  /// 64-bit unsigned numbers.
  case uint64(FlatArray<UInt64>)
  /// 8-bit signed numbers.
  case int8(FlatArray<Int8>)
  /// 32-bit floating-point numbers.
  case float32(FlatArray<Float>)
}

extension FeatureExtractor {
  /// Everything learnt from training data, by name: with the configuration it makes the same extractor again.
  public var state: [String: StateArray] {
    var state: [String: StateArray] = [:]
    if let vocabulary { state["vocabulary"] = .uint64(vocabulary.slots) }
    if let inverseDocumentFrequencies { state["idf"] = .float32(inverseDocumentFrequencies) }
    if let vectors = embeddings?.vectors { state.merge(vectors.state) { $1 } }
    if let lexicon = families.sourcing?.lexicon {
      state["lexicon.keys"] = .uint64(lexicon.keys)
      state["lexicon.classes"] = .uint64(lexicon.values)
    }
    return state
  }

  /// The extractor of a stored model. Arrays are used where they stand, without a copy.
  ///
  /// - Throws: `FeatureExtractionError` where the configuration makes no sense or an array does not fit it.
  public init(
    configuration: Configuration, columnCount: Int, state: [String: StateArray]
  ) throws(FeatureExtractionError) {
    let configuration = try configuration.validated()
    var vocabulary: Vocabulary?
    switch configuration.space {
    case .vocabulary:
      guard case .uint64(let slots)? = state["vocabulary"] else {
        throw .invalidState(array: "vocabulary", problem: "is missing")
      }
      vocabulary = try Vocabulary(slots: slots, columnCount: columnCount)
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
    var lexicon: Lexicon?
    if configuration.sourcing != nil {
      guard case .uint64(let keys)? = state["lexicon.keys"], case .uint64(let classes)? = state["lexicon.classes"]
      else {
        throw .invalidState(array: "lexicon.keys", problem: "is missing")
      }
      lexicon = try Lexicon(keys: keys, values: classes)
    }
    self.init(
      configuration: configuration, vocabulary: vocabulary, inverseDocumentFrequencies: weights, wordVectors: vectors,
      lexicon: lexicon)
  }
}
