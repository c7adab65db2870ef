package import TextProcessing

/// N-grams of the characters of each word, with a mark at either end of the word, as scikit-learn's `char_wb` analyzer
/// has them: the word ` nato ` gives ` n`, `na`, `at`, … and a word shorter than the shortest n-gram gives itself.
///
/// Characters are Unicode scalar values in lower case, composed where the word holds combining marks. Numbers, masks,
/// punctuation and addresses give none. The n-grams of a word depend on the word alone; with `count` frequencies and
/// `unitCount` normalization so does its share of a score, to the last bit but one: sums are only reordered.
public struct CharacterNGrams: Sendable {
  /// Which n-grams, and how they count.
  public struct Configuration: Codable, Equatable, Sendable {
    /// The lengths of n-grams, 1 to 8.
    public var orders: ClosedRange<Int>
    /// How the n-grams count.
    public var weighting: Weighting

    /// N-grams of characters, 2 to 5 long by default.
    public init(orders: ClosedRange<Int> = 2...5, weighting: Weighting = Weighting()) {
      self.orders = orders
      self.weighting = weighting
    }

    func validate() throws(FeatureExtractionError) {
      guard orders.lowerBound >= 1, orders.upperBound <= 8 else {
        throw .invalidOrders(family: "characters", lower: orders.lowerBound, upper: orders.upperBound, allowed: 1...8)
      }
      try weighting.validate(family: "characters")
    }
  }

  let configuration: Configuration
  private let seed = FeatureHash.seed(.characters)
  private static let boundary: UInt32 = 0x20

  init(_ configuration: Configuration) { self.configuration = configuration }

  /// Whether a token has character n-grams.
  @inline(__always)
  package static func reads(_ kind: Token.Kind) -> Bool { kind == .word || kind == .hashtag || kind == .mention }

  /// Adds the n-grams of every word.
  /// - Complexity: O(characters · orders).
  func emit(
    _ text: Span<UInt8>, tokens: Span<Token>, characters: inout Scratch<UInt32>, into features: inout FeatureBuffer
  ) {
    var words = 0
    for index in tokens.indices where Self.reads(tokens[index].kind) {
      emit(text, token: tokens[index], index: index, characters: &characters, into: &features)
      words += 1
    }
    features.endBlock(.characters, unitCount: words)
  }

  /// Adds the n-grams of one word.
  func emit(
    _ text: Span<UInt8>, token: Token, index: Int, characters: inout Scratch<UInt32>,
    into features: inout FeatureBuffer
  ) {
    characters.removeAll()
    characters.append(Self.boundary)
    Self.appendFolded(text, token: token, to: &characters)
    characters.append(Self.boundary)
    let place = UInt16(truncatingIfNeeded: index)
    let count = characters.count
    if count < configuration.orders.lowerBound {
      features.append(hash(characters, 0..<count), first: place, last: place)
      return
    }
    for start in 0...(count - configuration.orders.lowerBound) {
      var state = hash(characters, start..<start + configuration.orders.lowerBound - 1)
      let end = min(start + configuration.orders.upperBound, count)
      for position in (start + configuration.orders.lowerBound - 1)..<end {
        state = TextHash.combine(state, UInt64(characters[position]))
        features.append(state, first: place, last: place)
      }
    }
  }

  @inline(__always)
  private func hash(_ characters: borrowing Scratch<UInt32>, _ range: Range<Int>) -> UInt64 {
    var state = seed
    for position in range { state = TextHash.combine(state, UInt64(characters[position])) }
    return state
  }

  /// Appends a word's characters in lower case; the last stop of an abbreviation is left out, as it is in its hash, so
  /// that words of one hash have the same n-grams.
  private static func appendFolded(_ text: Span<UInt8>, token: Token, to characters: inout Scratch<UInt32>) {
    let start = characters.count
    var position = Int(token.start)
    while position < Int(token.end) {
      let byte = text[position]
      if byte < 0x80 {
        characters.append(UInt32(byte) | ((byte &- 0x41) < 26 ? 0x20 : 0))
        position += 1
        continue
      }
      let (scalar, length) = UTF8Decoding.scalar(in: text, at: position)
      position += length
      switch CharacterClass(scalar) {
      case .ignorable: break
      case .apostrophe: characters.append(0x27)
      case .mark:
        // Rare: what the letters before combine with is found in the standard library's tables, with allocations.
        characters.truncate(to: start)
        for value in Composition.composedScalars(ofWord: text.extracting(Int(token.start)..<Int(token.end))) {
          characters.append(CharacterTable.lowercase(value))
        }
        position = Int(token.end)
      default: characters.append(CharacterTable.lowercase(scalar))
      }
    }
    if characters.count > start + 1, characters[characters.count - 1] == 0x2E {
      characters.truncate(to: characters.count - 1)
    }
  }
}
