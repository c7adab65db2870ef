/// Which columns features get.
public enum FeatureSpace: Codable, Equatable, Sendable {
  /// The features of the training data, a column each: those that occur in at least `minimumDocuments` statements, and
  /// of these the `maximumSize` most frequent.
  case vocabulary(minimumDocuments: Int, maximumSize: Int)
  /// 2^`bits` columns, of which a feature's hash picks one. Nothing is learnt and nothing stored, features that the
  /// training data lack have columns too; now and then two features share one.
  case hashed(bits: Int)

  /// The columns that a vocabulary may have at most: 24 bits, less one that marks an empty slot.
  public static let maximumVocabularySize = (1 << 24) - 1
  /// The bits that a hashed space may have.
  public static let hashBits = 1...26

  func validate() throws(FeatureExtractionError) {
    switch self {
    case .vocabulary(let minimumDocuments, let maximumSize):
      guard minimumDocuments >= 1 else {
        throw .invalidVocabularyLimit(name: "minimumDocuments", value: minimumDocuments, allowed: 1...Int(Int32.max))
      }
      guard (1...Self.maximumVocabularySize).contains(maximumSize) else {
        throw .invalidVocabularyLimit(
          name: "maximumSize", value: maximumSize, allowed: 1...Self.maximumVocabularySize)
      }
    case .hashed(let bits):
      guard Self.hashBits.contains(bits) else { throw .invalidHashBits(bits: bits, allowed: Self.hashBits) }
    }
  }
}
