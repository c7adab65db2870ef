public import ArgumentParser
public import FeatureExtraction
import Standpoint

/// The options of `train` that change which features there are; what is not given stays as the preset has it.
struct FeatureOptions: ParsableArguments {
  @Option(
    name: .customLong("word-ngrams"),
    help: ArgumentHelp("Lengths of word n-grams, as 1-3; none for none.", valueName: "a-b"))
  var wordOrders: Orders?

  @Option(
    name: .customLong("char-ngrams"),
    help: ArgumentHelp("Lengths of character n-grams within words, as 2-5; none for none.", valueName: "a-b"))
  var characterOrders: Orders?

  @Option(name: .customLong("case"), help: "Letter case in word n-grams.")
  var letterCase: WordNGrams.Configuration.LetterCase?

  @Flag(inversion: .prefixedNo, help: "Whether punctuation takes part in word n-grams.")
  var punctuation: Bool?

  @Option(help: "What the number of occurrences counts for.")
  var frequency: Weighting.Frequency?

  @Flag(inversion: .prefixedNo, help: "Whether rare features count for more.")
  var idf: Bool?

  @Option(
    name: .customLong("word-vectors"),
    help: ArgumentHelp(
      "Table of word vectors for presets that use one (default: the shipped one); none for none.",
      valueName: "path"), completion: .file())
  var wordVectors: String?

  @Option(
    name: .customLong("embedding-scale"),
    parsing: .unconditional, help: ArgumentHelp("How much word vectors count beside n-grams.", valueName: "x"))
  var embeddingScale: Float?

  @Option(
    name: .customLong("sourcing-features"),
    help: ArgumentHelp(
      "Families of features for sourcing, of attribution,classes,surroundings; none for none.", valueName: "names"))
  var sourcingFeatures: SourcingFamilies?

  @Flag(
    name: .customLong("hashtag-words"), inversion: .prefixedNo,
    help: "Whether hashtags are read as the words that they are made of, too.")
  var hashtagWords: Bool?

  @Flag(
    name: .customLong("target-parts"), inversion: .prefixedNo,
    help: "Whether words of the target are taken for mentions where the text does not name it.")
  var targetParts: Bool?

  @Option(
    name: .customLong("target-ngrams"),
    help: ArgumentHelp("Lengths of n-grams of the target's own wording, as 1-2; none for none.", valueName: "a-b"))
  var wordingOrders: Orders?

  @Flag(
    name: .customLong("target-crossing"), inversion: .prefixedNo,
    help: "Whether each n-gram is there a second time, crossed with the target.")
  var targetCrossing: Bool?

  @Flag(
    name: .customLong("negation"), inversion: .prefixedNo,
    help: "Whether it is compared what the text and the target negate.")
  var negation: Bool?

  @Flag(
    name: .customLong("target-roles"), inversion: .prefixedNo,
    help: "Whether it is read who acts on whom, and how words of praise and blame stand to the target.")
  var targetRoles: Bool?

  @Option(
    name: .customLong("hash-bits"), parsing: .unconditional,
    help: ArgumentHelp(
      "Hash features into 2^n columns; words then count by occurrences, which is scored fastest, unless --frequency is given.",
      valueName: "n"))
  var hashBits: Int?

  @Option(
    name: .customLong("min-documents"),
    parsing: .unconditional, help: ArgumentHelp("Keep features that occur in so many statements.", valueName: "n"))
  var minimumDocuments: Int?

  @Option(
    name: .customLong("max-features"), parsing: .unconditional,
    help: ArgumentHelp("Keep the n most frequent features.", valueName: "n"))
  var maximumFeatures: Int?

  /// Whether n-grams were chosen on the command line, so that tuning leaves the features alone.
  var fixesWords: Bool {
    wordOrders != nil || characterOrders != nil || letterCase != nil || frequency != nil || idf != nil
      || sourcingFeatures != nil || hashtagWords != nil || targetParts != nil || wordingOrders != nil
      || targetCrossing != nil || negation != nil || targetRoles != nil
  }

  mutating func validate() throws {
    if hashBits != nil, minimumDocuments != nil || maximumFeatures != nil {
      throw ValidationError("--hash-bits has no vocabulary to prune: leave --min-documents and --max-features out")
    }
  }

  /// A configuration with what was given on the command line.
  func apply(to configuration: FeatureExtractor.Configuration) -> FeatureExtractor.Configuration {
    var configuration = configuration
    switch wordOrders {
    case nil: break
    case .some(Orders.none): configuration.words = nil
    case .range(let orders):
      var words = configuration.words ?? WordNGrams.Configuration()
      words.orders = orders
      configuration.words = words
    }
    switch characterOrders {
    case nil: break
    case .some(Orders.none): configuration.characters = nil
    case .range(let orders):
      var characters = configuration.characters ?? CharacterNGrams.Configuration()
      characters.orders = orders
      configuration.characters = characters
    }
    if let letterCase { configuration.words?.letterCase = letterCase }
    if let punctuation { configuration.includesPunctuation = punctuation }
    // What is hashed is meant for archives: unless something else is asked for, words count so that they are scored fastest.
    if hashBits != nil, frequency == nil, let given = configuration.words?.weighting {
      configuration.words?.weighting = .additive(
        inverseDocumentFrequency: given.inverseDocumentFrequency, scale: given.scale)
    }
    if let frequency {
      configuration.words?.weighting.frequency = frequency
      configuration.characters?.weighting.frequency = frequency
    }
    if let idf {
      configuration.words?.weighting.inverseDocumentFrequency = idf
      configuration.characters?.weighting.inverseDocumentFrequency = idf
    }
    if wordVectors == "none" { configuration.embeddings = nil }
    if let embeddingScale { configuration.embeddings?.scale = embeddingScale }
    if let hashtagWords { configuration.hashtags = hashtagWords ? .words : nil }
    if let targetParts { configuration.target?.findsParts = targetParts }
    switch wordingOrders {
    case nil: break
    case .some(Orders.none): configuration.target?.wordingOrders = nil
    case .range(let orders): configuration.target?.wordingOrders = orders
    }
    if let targetCrossing { configuration.target?.crossesTarget = targetCrossing }
    if let negation { configuration.target?.comparesNegation = negation }
    if let targetRoles {
      let given = configuration.target?.roleWeighting ?? TargetContext.Configuration.standardRoleWeighting
      configuration.target?.roleWeighting = targetRoles ? given : nil
    }
    if let sourcingFeatures {
      let standard = SourcingFeatures.Configuration()
      configuration.sourcing = sourcingFeatures.names.isEmpty ? nil : standard
      if !sourcingFeatures.names.contains(.attribution) { configuration.sourcing?.attribution = nil }
      if !sourcingFeatures.names.contains(.classes) { configuration.sourcing?.classes = nil }
      if !sourcingFeatures.names.contains(.surroundings) { configuration.sourcing?.surroundings = nil }
    }
    if let hashBits {
      configuration.space = .hashed(bits: hashBits)
    } else if case .vocabulary(let documents, let size) = configuration.space {
      configuration.space = .vocabulary(
        minimumDocuments: minimumDocuments ?? documents, maximumSize: maximumFeatures ?? size)
    }
    return configuration
  }
}

extension FeatureOptions {
  /// What was asked for and comes to nothing with a configuration that it was applied to, a sentence each.
  func idle(in configuration: FeatureExtractor.Configuration) -> [String] {
    func sentence(_ option: String, _ isGiven: Bool, _ isOfUse: Bool, _ reason: String) -> String? {
      isGiven && !isOfUse ? "\(option) has no effect: there are no \(reason)" : nil
    }
    let (words, ngrams) = (configuration.words != nil, configuration.words != nil || configuration.characters != nil)
    let target = configuration.target != nil
    let targets = "features of a target, as the presets for stance have them"
    return [
      sentence("--case", letterCase != nil, words, "n-grams of words"),
      sentence("--frequency", frequency != nil, ngrams, "n-grams"),
      sentence("--idf", idf != nil, ngrams, "n-grams"),
      sentence(
        "--word-vectors", wordVectors != nil && wordVectors != "none", configuration.embeddings != nil,
        "word vectors in these features"),
      sentence(
        "--embedding-scale", embeddingScale != nil, configuration.embeddings != nil, "word vectors in these features"),
      sentence("--target-parts", targetParts != nil, target, targets),
      sentence("--target-ngrams", wordingOrders != nil, target, targets),
      sentence("--target-crossing", targetCrossing != nil, target, targets),
      sentence("--negation", negation != nil, target, targets),
      sentence("--target-roles", targetRoles != nil, target, targets),
    ].compactMap(\.self)
  }

  /// The table of word vectors that features need: the one that is named, else the shipped one; nil where none is needed.
  func openWordVectors(for configuration: FeatureExtractor.Configuration) throws -> WordVectors? {
    guard configuration.embeddings != nil else { return nil }
    return try WordVectors(contentsOf: wordVectors ?? ModelFinder.wordVectors())
  }
}

/// Families of features for sourcing on the command line: names with commas between them, or `none`.
struct SourcingFamilies: ExpressibleByArgument {
  enum Name: String { case attribution, classes, surroundings }

  let names: Set<Name>

  init?(argument: String) {
    guard argument != "none" else {
      names = []
      return
    }
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Name(rawValue: String($0)) }
    names = Set(parts.compactMap(\.self))
    guard names.count == parts.count else { return nil }
  }
}

/// Lengths of n-grams on the command line: `2`, `1-3` or `none`.
enum Orders: ExpressibleByArgument, Equatable {
  case none
  case range(ClosedRange<Int>)

  init?(argument: String) {
    if argument == "none" {
      self = .none
      return
    }
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(parts.count), let lower = parts[0], let upper = parts[parts.count - 1], 0 < lower,
      lower <= upper
    else { return nil }
    self = .range(lower...upper)
  }
}

extension WordNGrams.Configuration.LetterCase: ExpressibleByArgument {}
extension Weighting.Frequency: ExpressibleByArgument {}
