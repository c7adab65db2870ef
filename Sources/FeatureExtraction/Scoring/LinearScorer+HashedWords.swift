package import TextProcessing

/// The straight way of models on hashed words, from texts to sums.
extension LinearScorer {
  /// How many statements are scored together: as many as have their weights on the way at one time, which the nearest cache
  /// holds.
  package static var groupSize: Int { 8 }

  /// The longest statement that is scored so. It has fewer tokens than are read of a statement, and fewer features than sums of
  /// weights have room for.
  package static var maximumGroupedBytes: Int { FeatureExtractor.maximumTokenCount / 2 }

  /// Replaces the margins in `memory` with the sums of the weights of some statements, `labelCount` for each; intercepts are
  /// left to the caller.
  ///
  /// - Parameters:
  ///   - count: the number of statements, best `groupSize`.
  ///   - range: where each stands in `bytes`; none is longer than `maximumGroupedBytes`.
  /// - Precondition: `readsOnlyFoldedHashes`.
  /// - Complexity: O(bytes + tokens · labels); no allocation once `memory` has grown.
  package func sum(
    _ count: Int, at range: (Int) -> Range<Int>, in bytes: Span<UInt8>, memory: inout ScoringMemory
  ) {
    guard let hashedWords else { preconditionFailure("this scorer reads features") }
    memory.hashed.read(count, at: range, in: bytes, hashedWords)
    sumHashed(hashedWords, count, &memory)
  }

  /// The same for one statement whose tokens others read more of.
  package func sum(_ tokens: Span<Token>, memory: inout ScoringMemory) {
    guard let hashedWords else { preconditionFailure("this scorer reads features") }
    memory.hashed.read(tokens.extracting(first: FeatureExtractor.maximumTokenCount), hashedWords)
    sumHashed(hashedWords, 1, &memory)
  }

  private func sumHashed(_ words: HashedWords, _ count: Int, _ memory: inout ScoringMemory) {
    let rows = table.rows
    memory.margins.assign(repeating: 0, count: count * labelCount)
    if let rarities = extractor.inverseDocumentFrequencies {
      memory.hashed.findColumns(words) { column in
        rows.prefetch(column)
        rarities.prefetch(Int(column))
      }
    } else {
      memory.hashed.findColumns(words) { rows.prefetch($0) }
    }
    switch table.laneCount {
    case 4: sumHashed(SIMD4<Float>.self, from: 0, words, &memory)
    case 8: sumHashed(SIMD8<Float>.self, from: 0, words, &memory)
    default:
      for first in stride(from: 0, to: labelCount, by: 16) {
        sumHashed(SIMD16<Float>.self, from: first, words, &memory)
      }
    }
  }

  private func sumHashed<Lanes: WeightLanes>(
    _ lanes: Lanes.Type, from first: Int, _ words: HashedWords, _ memory: inout ScoringMemory
  ) {
    if words.weighting.inverseDocumentFrequency, let rarities = extractor.inverseDocumentFrequencies {
      rarities.withSpan { sumHashed(lanes, from: first, words, $0, &memory) }
    } else {
      sumHashed(lanes, from: first, words, Span(), &memory)
    }
  }

  private func sumHashed<Lanes: WeightLanes>(
    _ lanes: Lanes.Type, from first: Int, _ words: HashedWords, _ rarities: Span<Float>,
    _ memory: inout ScoringMemory
  ) {
    let (weighting, table, labelCount) = (words.weighting, table, labelCount)
    let labels = first..<min(first + Lanes.scalarCount, labelCount)
    memory.margins.withMutableSpan { margins in
      memory.hashed.forEach { index, unitCount, columns, repeats in
        var sum = table.sum(lanes, of: columns, from: first, times: rarities)
        if !repeats.isEmpty { addRepeats(repeats, from: first, weighting, rarities, to: &sum) }
        let total = sum.rows * weighting.factor(squares: Double(sum.squares), unitCount: unitCount)
        for label in labels { margins[index * labelCount + label] = total[label - first] * table.factors[label] }
      }
    }
  }
}
