/// What can be wrong with an extractor's configuration, its stored state or its training data.
public enum FeatureExtractionError: Error, Equatable, Sendable {
  /// The lengths of a family's n-grams are out of bounds.
  case invalidOrders(family: String, lower: Int, upper: Int, allowed: ClosedRange<Int>)
  /// A family's scale is not a positive finite number.
  case invalidScale(family: String, scale: Float)
  /// A family is normalized by its occurrences, and they do not count alike.
  case uncountedOccurrences(family: String)
  /// Views of word embeddings are missing, or one is named twice.
  case invalidViews(names: [String])
  /// The configuration asks for word vectors and none are given.
  case missingWordVectors
  /// The number of bits of a hashed space is out of bounds.
  case invalidHashBits(bits: Int, allowed: ClosedRange<Int>)
  /// A vocabulary's limits are out of bounds.
  case invalidVocabularyLimit(name: String, value: Int, allowed: ClosedRange<Int>)
  /// No family of features is configured.
  case noFeatures
  /// There are no statements to learn from.
  case noStatements
  /// No feature of the training data survived pruning.
  case emptyVocabulary(minimumDocuments: Int)
  /// A stored array is missing, or is not what the configuration needs.
  case invalidState(array: String, problem: String)
}

extension FeatureExtractionError: CustomStringConvertible {
  /// What is wrong, and how to mend it.
  public var description: String {
    switch self {
    case .invalidOrders(let family, let lower, let upper, let allowed):
      "n-gram lengths \(lower) to \(upper) of the family '\(family)' are out of bounds; "
        + "give lengths from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .invalidScale(let family, let scale):
      "the scale of the family '\(family)' is \(scale); give a positive finite number"
    case .uncountedOccurrences(let family):
      "the family '\(family)' is normalized by its occurrences, which is for the frequency 'count'; "
        + "give that, or the normalization 'l2'"
    case .invalidViews(let names):
      "the views of word embeddings are [\(names.joined(separator: ", "))]; name at least one, and each once"
    case .missingWordVectors:
      "the features include word embeddings, and no table of word vectors is given; name one with --word-vectors, "
        + "or leave the embeddings out"
    case .invalidHashBits(let bits, let allowed):
      "a hashed feature space of 2^\(bits) columns is out of bounds; "
        + "give \(allowed.lowerBound) to \(allowed.upperBound) bits"
    case .invalidVocabularyLimit(let name, let value, let allowed):
      "the vocabulary's \(name) is \(value); give a number from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .noFeatures: "the configuration names no family of features; give 'words', for instance"
    case .noStatements: "there are no statements to learn features from; check that the data are not empty"
    case .emptyVocabulary(let minimumDocuments):
      "no feature occurs in \(minimumDocuments) statements or more; give more data, or lower the number of statements "
        + "that a feature must occur in (--min-documents)"
    case .invalidState(let array, let problem):
      "the model's array '\(array)' \(problem); the model is damaged or was made by another version: train it again"
    }
  }
}
