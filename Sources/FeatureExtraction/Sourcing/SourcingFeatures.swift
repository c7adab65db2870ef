import TextProcessing

/// Features that tell who a sentence is attributed to and that travel to countries, outlets and years other than those
/// of the training data: word classes instead of words, attributions as a parser proposes them, and the surroundings of
/// a sentence in its article.
public struct SourcingFeatures: Sendable {
  /// Which of them there are, and how they count.
  public struct Configuration: Codable, Equatable, Sendable {
    /// The proposals of the attribution parser, crossed at several grains; nil for none.
    public var attribution: Weighting?
    /// N-grams of word classes; nil for none.
    public var classes: Weighting?
    /// The lengths of n-grams of word classes, 1 to 5.
    public var classOrders: ClosedRange<Int>
    /// The sentences before and after, where they are known; nil for none. A model that has these features is trained
    /// with the surroundings of every other statement left out, so that it also reads statements that stand alone.
    public var surroundings: Weighting?

    /// All families, tf-idf weighted.
    public init(
      attribution: Weighting? = Weighting(), classes: Weighting? = Weighting(), classOrders: ClosedRange<Int> = 1...2,
      surroundings: Weighting? = Weighting(scale: 0.6)
    ) {
      self.attribution = attribution
      self.classes = classes
      self.classOrders = classOrders
      self.surroundings = surroundings
    }

    func validate() throws(FeatureExtractionError) {
      guard classOrders.lowerBound >= 1, classOrders.upperBound <= 5 else {
        throw .invalidOrders(
          family: "classes", lower: classOrders.lowerBound, upper: classOrders.upperBound, allowed: 1...5)
      }
      try attribution?.validate(family: "attribution")
      try classes?.validate(family: "classes")
      try surroundings?.validate(family: "surroundings")
    }
  }

  let lexicon: Lexicon
  private let attributions: AttributionFeatures?
  private let classes: DelexicalizedNGrams?
  private let readsSurroundings: Bool

  init(_ configuration: Configuration, lexicon: Lexicon) {
    self.lexicon = lexicon
    attributions = configuration.attribution.map { _ in AttributionFeatures() }
    classes = configuration.classes.map { _ in DelexicalizedNGrams(orders: configuration.classOrders) }
    readsSurroundings = configuration.surroundings != nil
  }

  /// What stands for every name in n-grams of words.
  private let name = TextHash.hash("\u{1}name")

  /// Reads a statement, and makes one symbol of all names among its units that the lexicon does not know as outlets,
  /// institutions or places: who is in the news changes, `NAME told reporters` does not.
  /// - Complexity: O(tokens); no allocation once the workspace has grown.
  func read(_ text: Span<UInt8>, tokens: Span<Token>, into workspace: inout FeatureWorkspace) {
    workspace.sourcing.parser.parse(tokens, text: text, lexicon: lexicon)
    for unit in 0..<workspace.units.count {
      let index = Int(workspace.units.first[unit])
      guard tokens[index].kind == .word, tokens[index].shape.contains(.capitalized) else { continue }
      let classes = workspace.sourcing.parser.reading.classes[index]
      guard classes == 0 || classes == WordClasses(.firstName).rawValue else { continue }
      workspace.units.folded[unit] = name
      workspace.units.exact[unit] = name
    }
  }

  /// Adds the features of the statement that was read.
  /// - Complexity: O(tokens); no allocation once the workspace has grown.
  func emit(tokens: Span<Token>, into workspace: inout FeatureWorkspace) {
    attributions?.emit(workspace.sourcing.parser, into: &workspace.features)
    classes?.emit(
      workspace.sourcing.parser.reading, symbols: &workspace.sourcing.symbols, places: &workspace.sourcing.places,
      into: &workspace.features)
    guard readsSurroundings else { return }
    let last = UInt16(truncatingIfNeeded: max(tokens.count - 1, 0))
    for index in 0..<workspace.sourcing.surroundings.count {
      workspace.features.append(workspace.sourcing.surroundings[index], first: 0, last: last)
    }
    workspace.features.endBlock(.articleContext, unitCount: 1)
  }
}

/// The memory in which sourcing features are found.
package struct SourcingWorkspace: ~Copyable {
  var parser = AttributionParser()
  var symbols = Scratch<UInt64>()
  var places = Scratch<UInt16>()
  /// What its article tells about the next statement; whoever reads an article puts it here before each sentence.
  package var surroundings = Scratch<UInt64>()

  /// Empty memory.
  package init() {}
}
