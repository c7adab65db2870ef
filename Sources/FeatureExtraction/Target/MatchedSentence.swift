import TextProcessing

/// The sentence of a text that shares most with its target's wording, and the n-grams of its words.
///
/// A long text takes its position where it speaks of the target: in the body of an article, in the sentence that comes
/// nearest to the headline, beside words such as `denied` or `reportedly`. Word by word the wording counts by
/// `TargetPattern.tells`, which nothing has to be learnt for, so that the sentence is the same whatever was trained on.
struct MatchedSentence: Sendable {
  private let orders: ClosedRange<Int>
  private let seed = FeatureHash.seed(.matchedSentence)

  /// What ends a sentence, as folded hashes.
  private static let (stop, exclamation, question) = (TextHash.hash("."), TextHash.hash("!"), TextHash.hash("?"))
  /// Text without such marks is cut after so many units.
  private static let longest = 60

  init?(_ configuration: TargetContext.Configuration) {
    guard let orders = configuration.matchedOrders else { return nil }
    self.orders = orders
  }

  /// Adds the n-grams of the sentence that `locate` found.
  ///
  /// - Complexity: O(words of the sentence · orders).
  func emit(from units: borrowing StatementUnits, into features: inout FeatureBuffer) {
    let range = units.matched
    for start in range {
      var state = seed
      for position in start..<min(start + orders.upperBound, range.upperBound) {
        state = TextHash.combine(state, units.folded[position])
        if position - start + 1 >= orders.lowerBound {
          features.append(state, first: units.first[start], last: units.last[position])
        }
      }
    }
    features.endBlock(.matchedSentence, unitCount: range.count)
  }

  /// The units of the sentence that shares most with the target; of several the first; none where nothing is shared.
  ///
  /// - Complexity: O(units), and O(words of the target) for each unit that may be one of them.
  static func locate(_ target: TargetPattern, in units: borrowing StatementUnits) -> Range<Int> {
    // Which words a sentence has, a bit each.
    let words = target.words.prefix(64)
    let sieve = target.wordSieve
    // Most texts share nothing with their target.
    if units.sieve(0..<units.count) & sieve == 0 { return 0..<0 }
    let (stop, exclamation, question) = (Self.stop, Self.exclamation, Self.question)
    var best = 0..<0
    var most = 0
    var start = 0
    var found: UInt64 = 0
    var shared = 0
    for index in 0..<units.count {
      let unit = units.folded[index]
      if sieve >> (unit & 63) & 1 == 1 {
        for place in words.indices where words[place] == unit && found >> UInt64(place) & 1 == 0 {
          found |= 1 << UInt64(place)
          shared += target.tells[place]
          // A word that the wording has twice counts once.
          break
        }
      }
      let ends = unit == stop || unit == exclamation || unit == question
      guard ends || index - start + 1 == longest || index == units.count - 1 else { continue }
      if shared > most {
        most = shared
        best = start..<index + 1
      }
      start = index + 1
      found = 0
      shared = 0
    }
    return best
  }
}
