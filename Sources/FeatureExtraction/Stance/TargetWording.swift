import TextProcessing

/// The target's own wording, and the statement's n-grams crossed with it.
///
/// Where few targets have many statements each, a word says something else toward each of them: `wall` is for one
/// candidate and against another. Crossed features give every target a copy of each n-gram beside the one that all share
/// (Daumé III, *Frustratingly easy domain adaptation*, ACL 2007). Where targets are many, n-grams of their wording tell
/// what statements about such targets mostly say.
struct TargetWording: Sendable {
  private let wordingOrders: ClosedRange<Int>?
  private let crosses: Bool
  private let wordingSeed = FeatureHash.seed(.targetWording)
  private let crossedSeed = FeatureHash.seed(.targetCrossed)

  init?(_ configuration: TargetContext.Configuration) {
    guard configuration.wordingOrders != nil || configuration.crossesTarget else { return nil }
    wordingOrders = configuration.wordingOrders
    crosses = configuration.crossesTarget
  }

  /// Adds the features of a statement, whose n-grams stand in `features` already, and its target.
  ///
  /// - Complexity: O(n-grams + words of the target · orders).
  func emit(from units: borrowing StatementUnits, target: TargetPattern, into features: inout FeatureBuffer) {
    if let wordingOrders, units.count > 0 {
      // What makes these features is the target, not a place in the text; they are shown as made by all of it.
      let last = units.last[units.count - 1]
      for start in target.words.indices {
        var state = wordingSeed
        for position in start..<min(start + wordingOrders.upperBound, target.words.count) {
          state = TextHash.combine(state, target.words[position])
          if position - start + 1 >= wordingOrders.lowerBound { features.append(state, first: 0, last: last) }
        }
      }
      features.endBlock(.targetWording, unitCount: target.words.count)
    }
    guard crosses else { return }
    let key = target.words.reduce(crossedSeed, TextHash.combine)
    for index in 0..<features.blocks.count {
      let block = features.blocks[index]
      let crossed: FeatureBlock
      switch block.family {
      case .words: crossed = .targetCrossed
      case .characters: crossed = .targetCrossedCharacters
      default: continue
      }
      features.appendCrossed(block.range, with: key)
      features.endBlock(crossed, unitCount: Int(block.unitCount))
    }
  }
}
