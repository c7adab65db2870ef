import TextProcessing

/// N-grams over what words are instead of which words they are: names become one symbol, listed words their classes,
/// little words stay themselves.
///
/// `Stoltenberg told reporters on Monday` and `Mr. Ryabkov told TASS on Friday` share most of theirs.
package struct DelexicalizedNGrams: Sendable {
  private let seed = FeatureHash.seed(.delexicalized)
  private let orders: ClosedRange<Int>
  private let name = TextHash.hash("\u{1}name")
  private let acronym = TextHash.hash("\u{1}acronym")

  package init(orders: ClosedRange<Int> = 1...4) { self.orders = orders }

  /// Adds the n-grams of a sentence that was read.
  /// - Complexity: O(tokens · orders).
  package func emit(
    _ reading: borrowing SentenceReading, symbols: inout Scratch<UInt64>,
    places: inout Scratch<UInt16>, into features: inout FeatureBuffer
  ) {
    symbols.removeAll()
    places.removeAll()
    for index in 0..<reading.tokens.count {
      let symbol = symbol(
        reading.tokens[index], WordClasses(rawValue: reading.classes[index]), reading.endings[index])
      // A run of names, or of words of one phrase, is one symbol.
      let repeats = symbols.count > 0 && symbols[symbols.count - 1] == symbol
      if repeats, symbol == name || reading.classes[index] != 0 { continue }
      symbols.append(symbol)
      places.append(UInt16(truncatingIfNeeded: index))
    }
    features.appendNGrams(of: symbols, seed: seed, orders: orders, first: places, last: places)
    features.endBlock(
      .delexicalized, unitCount: symbols.count, regularOrders: orders.lowerBound == 1 ? orders.upperBound : 0)
  }

  private func symbol(_ token: Token, _ classes: WordClasses, _ ending: UInt16) -> UInt64 {
    switch token.kind {
    case .quote:
      return token.foldedHash ^ (token.shape.contains(.opensQuote) ? 1 : 0)
    case .punctuation, .symbol, .mask, .clitic: return token.foldedHash
    case .number: return token.foldedHash
    case .address, .mention, .hashtag: return UInt64(token.kind.rawValue)
    case .word: break
    }
    if classes.hasAny(Classes.grammar), !classes.hasAny(Classes.nouns) { return token.foldedHash }
    let isCapital = token.shape.contains(.capitalized)
    if classes.rawValue != 0 {
      if isCapital, classes.has(.firstName) { return name }
      return classes.rawValue << 1 | (isCapital ? 1 : 0)
    }
    if isCapital { return token.shape.contains(.allCapitals) ? acronym : name }
    // The ending tells the part of speech.
    let length = Int(token.end) - Int(token.start)
    guard length > 4 else { return UInt64(length) }
    return UInt64(ending) << 8 | 0xFF
  }
}
