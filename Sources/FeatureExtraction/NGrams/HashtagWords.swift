import Glibc
import TextProcessing

/// The words of a hashtag, as units of their own behind it: `#FeelTheBern` is also `feel`, `the` and `bern`.
///
/// A hashtag is cut where its letters change to capitals or to digits, and what is still long by the words of a
/// dictionary: the cut whose words are together most frequent, where a word's place in the dictionary tells its
/// frequency, as in Zipf's law. Without a dictionary only the first cut is made.
struct HashtagWords: Sendable {
  /// The words that hashtags are cut into, the most frequent first, by their folded hash; nil for none.
  let dictionary: Vocabulary?

  /// No word is longer, in bytes.
  private static let longestWord = 18
  /// Longer runs of letters are left whole.
  private static let longestRun = 64

  /// Adds the words of the hashtag at `index`.
  ///
  /// - Complexity: O(bytes · longest word).
  func append(_ token: Token, at index: Int, of text: Span<UInt8>, to units: inout StatementUnits) {
    var start = Int(token.start) + 1
    while start < Int(token.end) {
      let end = Self.endOfRun(text, from: start, to: Int(token.end))
      if Self.kind(text[start]) == .digit {
        append(TokenClassHash.number, TokenClassHash.number, index, &units)
      } else if Self.kind(text[start]) != .other {
        appendRun(start..<end, index, text, &units)
      }
      start = end
    }
  }

  private enum Kind { case capital, small, digit, other }

  private static func kind(_ byte: UInt8) -> Kind {
    switch byte {
    case 0x41...0x5A: .capital
    case 0x30...0x39: .digit
    case 0x61...0x7A, 0x80...: .small
    default: .other
    }
  }

  /// Where a run of one kind ends: small letters with the capital before them, or capitals up to one that begins a word.
  private static func endOfRun(_ text: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    let first = kind(text[start])
    var end = start + 1
    while end < limit, kind(text[end]) == first { end += 1 }
    guard first == .capital, end < limit, kind(text[end]) == .small else { return end }
    if end > start + 1 { return end - 1 }
    while end < limit, kind(text[end]) == .small { end += 1 }
    return end
  }

  private func appendRun(_ run: Range<Int>, _ index: Int, _ text: Span<UInt8>, _ units: inout StatementUnits) {
    guard run.count > 3, run.count <= Self.longestRun, let dictionary,
      dictionary.column(of: Self.hash(text, run, folded: true)) == nil
    else { return append(text, run, index, &units) }
    // The cheapest cut that ends at each byte, and where its last word begins.
    var costs = InlineArray<65, Float>(repeating: .infinity)
    var starts = InlineArray<65, Int>(repeating: 0)
    costs[0] = 0
    for end in 1...run.count {
      for start in max(0, end - Self.longestWord)..<end {
        let range = run.lowerBound + start..<run.lowerBound + end
        let cost = costs[start] + cost(of: range, text, dictionary)
        if cost < costs[end] {
          costs[end] = cost
          starts[end] = start
        }
      }
    }
    var ends = [run.count]
    while let end = ends.last, starts[end] > 0 { ends.append(starts[end]) }
    var start = 0
    for end in ends.reversed() {
      append(text, run.lowerBound + start..<run.lowerBound + end, index, &units)
      start = end
    }
  }

  /// The negative logarithm of a word's frequency, about: by its place where it is known, else by its length.
  private func cost(of range: Range<Int>, _ text: Span<UInt8>, _ dictionary: Vocabulary) -> Float {
    let isLetter = range.count == 1 && text[range.lowerBound] | 0x20 != 0x61 && text[range.lowerBound] | 0x20 != 0x69
    if !isLetter, let place = dictionary.column(of: Self.hash(text, range, folded: true)) {
      return Self.wordCost + Float(log(Double(place) + 50))
    }
    return Self.wordCost + 12 + 3 * Float(range.count)
  }

  private static let wordCost: Float = 2

  private func append(_ text: Span<UInt8>, _ range: Range<Int>, _ index: Int, _ units: inout StatementUnits) {
    append(Self.hash(text, range, folded: true), Self.hash(text, range, folded: false), index, &units)
  }

  private func append(_ folded: UInt64, _ exact: UInt64, _ index: Int, _ units: inout StatementUnits) {
    units.append(folded: folded, exact: exact, first: index, last: index)
  }

  /// The hash that a word token of these bytes has; letters outside ASCII keep their case.
  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>, folded: Bool) -> UInt64 {
    var hasher = TextHasher()
    for place in range { hasher.append(folded && kind(text[place]) == .capital ? text[place] | 0x20 : text[place]) }
    return hasher.finish()
  }
}
