import TextProcessing

/// How much of a proposed target's wording a text shares: the share of the target's words that the text has, and the
/// cosine of both as binary tf-idf vectors, each as one of a few features ("bins").
///
/// The inventory of these features is closed and known before anything is learnt.
struct TargetOverlap: Sendable {
  private static let shareBins = 6
  private static let cosineBins = 11
  private static let shareSeed = FeatureHash.seed(.targetOverlap)
  private static let cosineSeed = FeatureHash.seed(.targetOverlap, variant: 1)

  /// Every feature of the family.
  static let inventory =
    (0..<shareBins).map { TextHash.combine(shareSeed, UInt64($0)) }
    + (0..<cosineBins).map { TextHash.combine(cosineSeed, UInt64($0)) }

  /// Adds the features of a text and a target.
  ///
  /// - Parameter weight: how much a word tells, by its folded hash; its inverse document frequency, say.
  /// - Complexity: O(units + words of the target).
  func emit(
    from units: borrowing StatementUnits, target: TargetPattern, counter: inout OccurrenceCounter,
    into features: inout FeatureBuffer, weight: (UInt64) -> Float
  ) {
    counter.begin(limit: units.count + target.words.count)
    var textSquares = 0.0
    for index in 0..<units.count where counter.add(units.folded[index]) == 0 {
      let weight = Double(weight(units.folded[index]))
      textSquares += weight * weight
    }
    var targetSquares = 0.0
    var sharedSquares = 0.0
    var distinct = 0
    var shared = 0
    for (index, word) in target.words.enumerated() where !target.words[..<index].contains(word) {
      let weight = Double(weight(word))
      distinct += 1
      targetSquares += weight * weight
      if counter.count(of: word) > 0 {
        shared += 1
        sharedSquares += weight * weight
      }
    }
    if distinct > 0, units.count > 0 {
      // Nothing shared and all shared are bins of their own.
      let share = (shared * (Self.shareBins - 1) + distinct - 1) / distinct
      let cosine = sharedSquares / (targetSquares * textSquares).squareRoot()
      let cosineBin = min(Int((cosine * Double(Self.cosineBins - 1)).rounded(.up)), Self.cosineBins - 1)
      let last = units.last[units.count - 1]
      features.append(TextHash.combine(Self.shareSeed, UInt64(share)), first: 0, last: last)
      features.append(TextHash.combine(Self.cosineSeed, UInt64(cosineBin)), first: 0, last: last)
    }
    features.endBlock(.targetOverlap, unitCount: units.count)
  }
}
