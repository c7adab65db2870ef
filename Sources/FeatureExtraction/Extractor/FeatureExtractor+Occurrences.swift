package import Corpus
package import TextProcessing

/// What a statement's features come from.
package struct FeatureOrigins: Sendable {
  /// The tokens of the statement's text.
  package var tokens: [Token]
  /// The occurrences of known features, in the order of their emission.
  package var occurrences: [FeatureOccurrence]
  /// What words add to the linear function of the dense features that was asked for.
  package var words: [(tokens: ClosedRange<Int>, share: Double)]
}

/// One place in a statement that made a feature, and its share of the feature's value.
package struct FeatureOccurrence: Equatable, Sendable {
  /// The family of the feature.
  package let family: FeatureBlock
  /// The feature.
  package let column: UInt32
  /// The first and last token of the place.
  package let tokens: ClosedRange<Int>
  /// Whether the feature tells of the statement as a whole rather than of these tokens.
  package let isOfWholeStatement: Bool
  /// The feature's value divided by the number of its occurrences, so that the shares add up to the row.
  package let value: Float
}

extension FeatureExtractor {
  /// Where each feature of a statement comes from: what an explanation shows.
  ///
  /// The values of the occurrences add up, column by column, to the row of `matrix(of:)`.
  ///
  /// - Parameter denseWeights: one number a dense column: what its value is multiplied with.
  /// - Complexity: O(features), with allocations: not meant for scoring.
  package func origins(in statement: Statement, denseWeights: [Double]) -> FeatureOrigins {
    var emitter = StatementEmitter()
    var workspace = FeatureWorkspace(recordsSpans: true)
    emitter.emit(statement, extractor: self, into: &workspace)
    var occurrences: [FeatureOccurrence] = []
    for index in 0..<workspace.features.blocks.count {
      let block = workspace.features.blocks[index]
      occurrences += self.occurrences(
        of: block, in: workspace.features, tokenCount: min(emitter.tokens.count, Self.maximumTokenCount))
    }
    var words: [(tokens: ClosedRange<Int>, share: Double)] = []
    if let embeddings {
      let shares = embeddings.shares(
        of: workspace.units, target: statement.target.map(TargetPattern.init), weights: denseWeights,
        in: &workspace.dense)
      for (unit, share) in shares.enumerated() where share != 0 {
        words.append((Int(workspace.units.first[unit])...Int(workspace.units.last[unit]), share))
      }
    }
    return FeatureOrigins(tokens: emitter.tokens, occurrences: occurrences, words: words)
  }

  private func occurrences(
    of block: FeatureBuffer.Block, in features: borrowing FeatureBuffer, tokenCount: Int
  ) -> [FeatureOccurrence] {
    var counts: [UInt32: Int] = [:]
    for occurrence in block.range {
      if let column = column(of: features.keys[occurrence]) { counts[column, default: 0] += 1 }
    }
    let weighting = weighting(of: block.family)
    var values: [UInt32: Float] = [:]
    var squares = 0.0
    // In the order of columns, as a row adds its squares up.
    for (column, count) in counts.sorted(by: { $0.key < $1.key }) {
      let rarity = rarity(of: column, weighting)
      let value = weighting.frequency(of: count) * rarity
      squares += weighting.squares(of: count, value: value, rarity: rarity)
      values[column] = value
    }
    let factor = weighting.factor(squares: squares, unitCount: Int(block.unitCount))
    var found: [FeatureOccurrence] = []
    for occurrence in block.range {
      guard let column = column(of: features.keys[occurrence]), let count = counts[column], let value = values[column]
      else { continue }
      let tokens = features.tokens(of: occurrence)
      found.append(
        FeatureOccurrence(
          family: block.family, column: column, tokens: tokens,
          isOfWholeStatement: block.family.isOfWholeStatement(coversStatement: tokens.count == tokenCount),
          value: value * factor / Float(count)))
    }
    return found
  }

  /// The weight of a column's rarity; 1 where the family does not ask for it.
  @inline(__always)
  package func rarity(of column: UInt32, _ weighting: Weighting) -> Float {
    guard weighting.inverseDocumentFrequency, let weights = inverseDocumentFrequencies else { return 1 }
    return weights[Int(column)]
  }
}
