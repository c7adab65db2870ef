/// The families of features, in the order in which they are emitted. Each is weighted and normalized by itself.
///
/// The raw values enter the hashes of features and thereby the model format: never renumber, only append.
public enum FeatureBlock: UInt8, CaseIterable, Codable, Sendable, BitwiseCopyable {
  /// N-grams of words.
  case words = 0
  /// N-grams of characters within words.
  case characters = 1
  /// Word n-grams marked by their side and distance from the target's mention.
  case targetSides = 2
  /// How much of a proposed target's wording the text shares.
  case targetOverlap = 3

  /// Who speaks, as the attribution parser proposes it.
  case attribution = 4
  /// N-grams of word classes.
  case delexicalized = 5
  /// What stands in the sentences before and after.
  case articleContext = 6
  /// N-grams of the target's own wording.
  case targetWording = 7
  /// Word n-grams crossed with the target.
  case targetCrossed = 8
  /// Character n-grams crossed with the target.
  case targetCrossedCharacters = 9
  /// Who speaks for most of the sentence: the attribution that the parser puts first.
  case mainAttribution = 10
  /// N-grams of the sentence that shares most with the target's wording.
  case matchedSentence = 11
  /// Whether the text negates what the target states.
  case negationAgreement = 12
  /// Who acts on whom, and how words of praise and blame stand to the target.
  case targetRoles = 13

  /// Whether a feature tells of the statement as a whole, of its target or of what stands around it, so that no word of it
  /// carries the feature.
  ///
  /// - Parameter coversStatement: whether the feature was made by all tokens of the statement.
  func isOfWholeStatement(coversStatement: Bool) -> Bool {
    switch self {
    case .targetOverlap, .articleContext, .targetWording, .negationAgreement: true
    // Beside features of single attributions there are some that count and sum up.
    case .attribution: coversStatement
    case .mainAttribution, .words, .characters, .targetSides, .delexicalized, .targetCrossed, .targetCrossedCharacters,
      .matchedSentence, .targetRoles:
      false
    }
  }

  /// More blocks than any extractor has; a column and its block fit into 32 bits.
  package static let limit = 16
}
