import TextProcessing

/// How much of a proposed target's wording a text shares, and what its opening and its nearest sentence share: the share
/// of the target's words that are there, the cosine of both as binary tf-idf vectors, and the share of the target's
/// pairs of words, each as one of a few features ("bins").
///
/// The inventory of these features is closed and known before anything is learnt.
struct TargetOverlap: Sendable {
  /// What is compared with the target.
  private enum Part: UInt64 {
    case text, opening, match
    static let all: [Part] = [.text, .opening, .match]
  }

  private static let shareBins = 6
  private static let cosineBins = 11
  private static let shareSeeds = Part.all.map { FeatureHash.seed(.targetOverlap, variant: 2 * $0.rawValue) }
  private static let cosineSeeds = Part.all.map { FeatureHash.seed(.targetOverlap, variant: 2 * $0.rawValue + 1) }
  private static let pairSeed = FeatureHash.seed(.targetOverlap, variant: 2 * UInt64(Part.all.count))

  /// Every feature of the family.
  static let inventory =
    (shareSeeds + [pairSeed]).flatMap { seed in (0..<shareBins).map { TextHash.combine(seed, UInt64($0)) } }
    + cosineSeeds.flatMap { seed in (0..<cosineBins).map { TextHash.combine(seed, UInt64($0)) } }

  /// Adds the features of a text and a target.
  ///
  /// - Parameter weight: how much a word tells, by its folded hash; its inverse document frequency, say.
  /// - Complexity: O(units + words of the target).
  func emit(
    from units: borrowing StatementUnits, target: TargetPattern, counter: inout OccurrenceCounter,
    into features: inout FeatureBuffer, weight: (UInt64) -> Float
  ) {
    if !target.words.isEmpty, units.count > 0 {
      let text = compare(units, 0..<units.count, target: target, counter: &counter, weight: weight)
      append(text, of: .text, from: units, to: &features)
      // Most texts are shorter than an opening: theirs is the whole.
      let opening =
        units.count <= WordEmbeddings.openingCount
        ? text : compare(units, 0..<WordEmbeddings.openingCount, target: target, counter: &counter, weight: weight)
      append(opening, of: .opening, from: units, to: &features)
      let match = compare(units, units.matched, target: target, counter: &counter, weight: weight)
      append(match, of: .match, from: units, to: &features)
      comparePairs(units, target: target, counter: &counter, into: &features)
    }
    features.endBlock(.targetOverlap, unitCount: units.count)
  }

  /// What a part of a text shares with its target, in bins.
  private struct Likeness {
    let share: Int
    let cosine: Int
  }

  private func append(
    _ likeness: Likeness, of part: Part, from units: borrowing StatementUnits, to features: inout FeatureBuffer
  ) {
    let place = Int(part.rawValue)
    let last = units.last[units.count - 1]
    features.append(TextHash.combine(Self.shareSeeds[place], UInt64(likeness.share)), first: 0, last: last)
    features.append(TextHash.combine(Self.cosineSeeds[place], UInt64(likeness.cosine)), first: 0, last: last)
  }

  private func compare(
    _ units: borrowing StatementUnits, _ range: Range<Int>, target: TargetPattern, counter: inout OccurrenceCounter,
    weight: (UInt64) -> Float
  ) -> Likeness {
    counter.begin(limit: range.count)
    for index in range { _ = counter.add(units.folded[index]) }
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
    var cosine = 0.0
    // Most texts share nothing with their target, and what their words weigh is a visit to memory each.
    if sharedSquares > 0 {
      var textSquares = 0.0
      counter.begin(limit: range.count)
      for index in range where counter.add(units.folded[index]) == 0 {
        let weight = Double(weight(units.folded[index]))
        textSquares += weight * weight
      }
      cosine = sharedSquares / (targetSquares * textSquares).squareRoot()
    }
    let cosineBin = min(Int((cosine * Double(Self.cosineBins - 1)).rounded(.up)), Self.cosineBins - 1)
    return Likeness(share: Self.shareBin(shared, of: distinct), cosine: cosineBin)
  }

  private func comparePairs(
    _ units: borrowing StatementUnits, target: TargetPattern, counter: inout OccurrenceCounter,
    into features: inout FeatureBuffer
  ) {
    guard target.words.count > 1 else { return }
    counter.begin(limit: units.count)
    for index in 1..<max(units.count, 1) {
      _ = counter.add(TextHash.combine(units.folded[index - 1], units.folded[index]))
    }
    var shared = 0
    for index in 1..<target.words.count
    where counter.count(of: TextHash.combine(target.words[index - 1], target.words[index])) > 0 {
      shared += 1
    }
    let bin = Self.shareBin(shared, of: target.words.count - 1)
    features.append(TextHash.combine(Self.pairSeed, UInt64(bin)), first: 0, last: units.last[units.count - 1])
  }

  /// The bin of a share; nothing and everything are bins of their own.
  private static func shareBin(_ shared: Int, of total: Int) -> Int { (shared * (shareBins - 1) + total - 1) / total }
}
