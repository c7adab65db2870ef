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
  /// - Parameter weigh: finds how much each of the memory's words tells; its inverse document frequency, say.
  /// - Complexity: O(units + words of the target).
  func emit(
    from units: borrowing StatementUnits, target: TargetPattern, memory: inout OverlapMemory,
    into features: inout FeatureBuffer, weigh: (inout OverlapMemory) -> Void
  ) {
    if !target.words.isEmpty, units.count > 0 {
      let text = compare(units, 0..<units.count, target: target, memory: &memory, weigh: weigh)
      append(text, of: .text, from: units, to: &features)
      // Most texts are shorter than an opening: theirs is the whole.
      let opening =
        units.count <= WordEmbeddings.openingCount
        ? text : compare(units, 0..<WordEmbeddings.openingCount, target: target, memory: &memory, weigh: weigh)
      append(opening, of: .opening, from: units, to: &features)
      let match = compare(units, units.matched, target: target, memory: &memory, weigh: weigh)
      append(match, of: .match, from: units, to: &features)
      comparePairs(units, target: target, counter: &memory.counter, into: &features)
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
    _ units: borrowing StatementUnits, _ range: Range<Int>, target: TargetPattern, memory: inout OverlapMemory,
    weigh: (inout OverlapMemory) -> Void
  ) -> Likeness {
    // Most texts share nothing with their target.
    if units.sieve(range) & target.wordSieve == 0 { return Likeness(share: 0, cosine: 0) }
    memory.counter.begin(limit: range.count)
    memory.words.removeAll()
    for index in range where memory.counter.add(units.folded[index]) == 0 { memory.words.append(units.folded[index]) }
    let textCount = memory.words.count
    var shared = 0
    for (index, word) in target.words.enumerated() where !target.words[..<index].contains(word) {
      memory.words.append(word)
      if memory.counter.count(of: word) > 0 { shared += 1 }
    }
    let distinct = memory.words.count - textCount
    let cosine = shared > 0 ? cosine(textCount: textCount, memory: &memory, weigh: weigh) : 0
    let cosineBin = min(Int((cosine * Double(Self.cosineBins - 1)).rounded(.up)), Self.cosineBins - 1)
    return Likeness(share: Self.shareBin(shared, of: distinct), cosine: cosineBin)
  }

  /// The cosine of the first words in `memory`, those of the text, which were counted, and the others, those of the target.
  private func cosine(
    textCount: Int, memory: inout OverlapMemory, weigh: (inout OverlapMemory) -> Void
  ) -> Double {
    weigh(&memory)
    var (textSquares, targetSquares, sharedSquares) = (0.0, 0.0, 0.0)
    for index in 0..<memory.words.count {
      let weight = Double(memory.weights[index])
      if index < textCount {
        textSquares += weight * weight
      } else {
        targetSquares += weight * weight
        if memory.counter.count(of: memory.words[index]) > 0 { sharedSquares += weight * weight }
      }
    }
    return sharedSquares > 0 ? sharedSquares / (targetSquares * textSquares).squareRoot() : 0
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

/// The memory in which texts are compared with targets.
package struct OverlapMemory: ~Copyable {
  /// Counts words and pairs.
  var counter = OccurrenceCounter()
  /// Words of which somebody asks how much they tell, by their folded hash.
  var words = Scratch<UInt64>()
  /// How much each tells.
  var weights = Scratch<Float>()
  private var keys = Scratch<UInt64>()
  private var columns = Scratch<Int32>()

  /// Empty memory.
  package init() {}

  /// Looks up how rare each of the words is.
  ///
  /// - Parameter findColumns: replaces columns by those of features, -1 where there is none.
  mutating func weigh(_ rarities: FlatArray<Float>, _ findColumns: (Span<UInt64>, inout Scratch<Int32>) -> Void) {
    keys.removeAll()
    for index in 0..<words.count { keys.append(WordNGrams.key(ofFoldedWord: words[index])) }
    keys.withSpan { findColumns($0, &columns) }
    weights.removeAll()
    for index in 0..<columns.count {
      // The vocabulary is sorted by frequency: a word that it lacks is at least as rare as its last feature.
      weights.append(rarities[columns[index] < 0 ? rarities.count - 1 : Int(columns[index])])
    }
  }
}
