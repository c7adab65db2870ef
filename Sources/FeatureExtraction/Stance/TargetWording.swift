import TextProcessing

/// The target's own wording, and the statement's word n-grams crossed with it.
///
/// Where few targets have many statements each, a word says something else toward each of them: `wall` is for one
/// candidate and against another. Crossed features give every target a copy of each n-gram beside the one that all share
/// (Daumé III, *Frustratingly easy domain adaptation*, ACL 2007). Where targets are many, n-grams of their wording tell
/// what statements about such targets mostly say.
struct TargetWording: Sendable {
  private let wordingOrders: ClosedRange<Int>?
  private let crossedOrders: ClosedRange<Int>?
  private let wordingSeed = FeatureHash.seed(.targetWording)
  private let crossedSeed = FeatureHash.seed(.targetCrossed)

  init?(_ configuration: TargetContext.Configuration) {
    guard configuration.wordingOrders != nil || configuration.crossedOrders != nil else { return nil }
    wordingOrders = configuration.wordingOrders
    crossedOrders = configuration.crossedOrders
  }

  /// Adds the features of a statement and its target.
  ///
  /// - Complexity: O((units + words of the target) · orders).
  func emit(from units: borrowing StatementUnits, target: TargetPattern, into features: inout FeatureBuffer) {
    if let wordingOrders {
      // What makes these features is the target, not a place in the text; they are shown as made by all of it.
      let last = units.count > 0 ? units.last[units.count - 1] : 0
      for start in target.words.indices {
        var state = wordingSeed
        for position in start..<min(start + wordingOrders.upperBound, target.words.count) {
          state = TextHash.combine(state, target.words[position])
          if position - start + 1 >= wordingOrders.lowerBound { features.append(state, first: 0, last: last) }
        }
      }
      features.endBlock(.targetWording, unitCount: target.words.count)
    }
    if let crossedOrders {
      let seed = target.words.reduce(crossedSeed, TextHash.combine)
      for start in 0..<units.count {
        var state = seed
        for position in start..<min(start + crossedOrders.upperBound, units.count) {
          state = TextHash.combine(state, units.folded[position])
          if position - start + 1 >= crossedOrders.lowerBound {
            features.append(state, first: units.first[start], last: units.last[position])
          }
        }
      }
      features.endBlock(.targetCrossed, unitCount: units.count)
    }
  }
}
