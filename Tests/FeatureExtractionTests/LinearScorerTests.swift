import CPlatform
import Corpus
import FeatureExtraction
import LinearAlgebra
import TestSupport
import Testing
import TextProcessing

@Suite("linear scorer")
struct LinearScorerTests {
  private static let additive = Weighting(frequency: .count, normalization: .unitCount, scale: 0.5)

  static let configurations =
    Invented.configurations + [
      .init(words: .init(weighting: additive), characters: .init(weighting: additive)),
      .init(words: .init(orders: 1...2, weighting: .binary), characters: .init(weighting: additive), target: .name),
      .init(characters: .init(weighting: additive), target: .init(crossesTarget: true)),
      .init(
        words: .init(orders: 1...2), hashtags: .words,
        target: .init(findsParts: true, comparesWording: true, matchedOrders: 1...2, comparesNegation: true)),
      .init(words: .init(orders: 1...2), space: .hashed(bits: 12)),
      .init(
        words: .init(orders: 1...2, weighting: .init(inverseDocumentFrequency: false)), includesPunctuation: false,
        space: .hashed(bits: 7)),
      .init(
        words: .init(orders: 2...2, weighting: .init(frequency: .count, inverseDocumentFrequency: false)),
        space: .hashed(bits: 10)),
      .init(words: .init(orders: 1...1, weighting: .binary), space: .hashed(bits: 9)),
      .init(words: .init(orders: 1...2, weighting: .additive()), space: .hashed(bits: 12)),
      .init(
        words: .init(orders: 1...2, weighting: .additive(inverseDocumentFrequency: false)), space: .hashed(bits: 8)),
      .init(words: .init(weighting: .additive()), characters: .init(weighting: .additive()), target: .name),
      .init(words: .init(orders: 1...3, weighting: .binary), space: .hashed(bits: 9)),
    ]

  /// Margins of every statement, by the scorer.
  private func margins(
    of statements: [Statement], extractor: FeatureExtractor, labelCount: Int, weights: [Float], takesShortcuts: Bool
  ) -> [[Float]] {
    let scorer = LinearScorer(
      extractor: extractor, table: WeightTable(rounding: FlatArray(weights), labelCount: labelCount),
      takesShortcuts: takesShortcuts)
    var features = FeatureWorkspace()
    var memory = ScoringMemory()
    var tokens: [Token] = []
    return statements.enumerated().map { index, statement in
      let bytes = Array(statement.text.utf8)
      Tokenizer().tokenize(bytes.span, into: &tokens)
      if scorer.readsOnlyFoldedHashes {
        if index % 2 == 0 {
          scorer.sum(1, at: { _ in bytes.indices }, in: bytes.span, memory: &memory)
        } else {
          scorer.sum(tokens.span, memory: &memory)
        }
        var margins = [Float](repeating: 0, count: labelCount)
        memory.forEachSums(of: scorer) { _, sums in
          for label in 0..<(sums?.count ?? 0) { margins[label] = sums?[label] ?? 0 }
        }
        return margins
      }
      let target = statement.target.map { TargetReference(pattern: TargetPattern($0), span: statement.targetSpan) }
      scorer.read(bytes.span, tokens: tokens.span, target: target, into: &features)
      scorer.emit(bytes.span, tokens: tokens.span, target: target, into: &features)
      scorer.findColumns(of: features, memory: &memory)
      scorer.emitDense(target: target, into: &features)
      scorer.sum(bytes.span, tokens: tokens.span, features: &features, memory: &memory)
      return (0..<labelCount).map { memory.margins[$0] }
    }
  }

  @Test(
    "gives the product of the row and the weights",
    arguments: configurations.indices, [(2, true), (3, false), (6, true), (11, false), (21, true)])
  func equalsRows(index: Int, kind: (labelCount: Int, takesShortcuts: Bool)) throws {
    let statements = Invented.random(count: 400, seed: 29)
    let (extractor, matrix) = try FeatureExtractor.fit(Self.configurations[index], statements: statements)
    var generator = SeededGenerator(seed: 31)
    let weights = (0..<extractor.columnCount * kind.labelCount).map { _ in
      Float.random(in: -1...1, using: &generator)
    }
    // The scorer's weights are rounded; how well, another test tells.
    let table = WeightTable(rounding: FlatArray(weights), labelCount: kind.labelCount)
    let found = margins(
      of: statements, extractor: extractor, labelCount: kind.labelCount, weights: weights,
      takesShortcuts: kind.takesShortcuts)
    for row in statements.indices {
      for label in 0..<kind.labelCount {
        var expected = 0.0
        for entry in matrix.sparse.offsets[row]..<matrix.sparse.offsets[row + 1] {
          let column = Int(matrix.sparse.columns[entry])
          expected += Double(matrix.sparse.values[entry]) * Double(table.weight(row: column, label: label))
        }
        #expect(abs(Double(found[row][label]) - expected) < 1e-5 * max(1, abs(expected)) * 4)
      }
    }
  }

  @Test("statements that are summed up together have the margins that each has alone, to the last bit")
  func together() throws {
    let statements = Invented.random(count: 200, seed: 43)
    for configuration in Self.configurations.suffix(8).dropLast(2) {
      let (extractor, _) = try FeatureExtractor.fit(configuration, statements: statements)
      let weights = (0..<extractor.columnCount * 3).map { Float($0 % 19) / 19 - 0.5 }
      let alone = margins(of: statements, extractor: extractor, labelCount: 3, weights: weights, takesShortcuts: true)
      let scorer = LinearScorer(
        extractor: extractor, table: WeightTable(rounding: FlatArray(weights), labelCount: 3))
      var bytes: [UInt8] = []
      let ranges = statements.map { statement in
        let start = bytes.count
        bytes += Array(statement.text.utf8) + [10]
        return start..<bytes.count - 1
      }
      var memory = ScoringMemory()
      for (first, count) in [(0, 8), (8, 1), (9, 0), (9, 60), (69, 131)] {
        scorer.sum(count, at: { ranges[first + $0] }, in: bytes.span, memory: &memory)
        var found = 0
        memory.forEachSums(of: scorer) { index, sums in
          found += 1
          guard let sums else {
            #expect(Tokenizer().tokens(of: statements[first + index].text).isEmpty)
            return
          }
          #expect((0..<3).map { sums[$0] } == alone[first + index])
        }
        #expect(found == count)
      }
    }
  }

  @Test("words hashed side by side have the columns of words hashed one by one", arguments: [4, 17, 26])
  func sideBySide(bits: Int) throws {
    let statements = Invented.random(count: 60, seed: 47)
    let (extractor, _) = try FeatureExtractor.fit(
      .init(words: .init(orders: 1...2), space: .hashed(bits: bits)), statements: statements)
    let fast = try #require(HashedWords(extractor))
    let plain = try #require(HashedWords(extractor, usesVectors: false))
    var words = FoldedWords()
    var generator = SeededGenerator(seed: 53)
    for round in 0..<400 {
      // Words of every length, capitals and all, and whatever else there is.
      var text = round % 5 == 0 ? statements[round % 60].text : ""
      for _ in 0..<Int.random(in: 0...40, using: &generator) {
        let length = Int.random(in: 1...18, using: &generator)
        for _ in 0..<length { text.append("abcdefgzABCDXYZ".randomElement(using: &generator) ?? "a") }
        text += ["  ", " ", ", ", "-", "'s ", ". ", " 17 ", " é "].randomElement(using: &generator) ?? ""
      }
      let bytes = Array(text.utf8)
      words.replace(byThoseOf: 1, at: { _ in bytes.indices }, in: bytes.span, kinds: .max) { _, _ in }
      var found = Scratch<UInt32>()
      var expected = Scratch<UInt32>()
      fast.findColumns(of: words, into: &found)
      plain.findColumns(of: words, into: &expected)
      #expect(found.count == 2 * words.count && expected.count == found.count)
      // The first stands for a pair without a first word.
      for index in 1..<max(1, found.count) { #expect(found[index] == expected[index]) }
    }
  }

  @Test("vectors of every width find the same tokens and columns and sum up the same, to the last bit")
  func widths() throws {
    let statements = Invented.random(count: 60, seed: 47)
    var generator = SeededGenerator(seed: 59)
    let pieces = [
      "word ", "a ", "The ", "said, ", "end. ", "U.S. ", "it's ", "\"quoted\" ", "(so) ", "well-known ", "2016 ",
      "1,000 ",
      "12345678 ", "incomprehensibilities ", "é ", "“x” ", "x@y.z ", "ok; ", "why? ", "10:30 ", "\t", "  ", "don't ",
      "-- ",
      "a-", "\"", "'", ")", "(", "7) ", "wow!",
    ]
    let texts =
      statements.map(\.text)
      + (0..<600).map { _ in
        (0..<Int.random(in: 0..<90, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
          .joined()
      }
    for weighting in [Weighting(), Weighting(inverseDocumentFrequency: false), .additive()] {
      let (extractor, _) = try FeatureExtractor.fit(
        .init(words: .init(orders: 1...2, weighting: weighting), space: .hashed(bits: 12)), statements: statements)
      let weights = (0..<extractor.columnCount * 3).map { Float($0 % 17) / 17 - 0.5 }
      let scorer = LinearScorer(
        extractor: extractor, table: WeightTable(rounding: FlatArray(weights), labelCount: 3))
      var found: [[[Float]?]] = []
      defer { platform_limit_vectors(512) }
      for width in [0, 256, 512] {
        platform_limit_vectors(CInt(width))
        var memory = ScoringMemory()
        found.append(
          texts.map { text in
            var sums: [Float]?
            let bytes = Array(text.utf8)
            scorer.sum(1, at: { _ in bytes.indices }, in: bytes.span, memory: &memory)
            memory.forEachSums(of: scorer) { _, found in
              guard let found else { return }
              sums = (0..<3).map { found[$0] }
            }
            return sums
          })
      }
      #expect(found[0] == found[1] && found[0] == found[2])
      #expect(found[0].contains { $0 != nil })
    }
  }

  @Test("takes the way past features just where words and pairs in a hashed space are all")
  func shortcuts() throws {
    let statements = Invented.random(count: 50, seed: 41)
    for (index, configuration) in Self.configurations.enumerated() {
      let (extractor, _) = try FeatureExtractor.fit(configuration, statements: statements)
      let weights = [Float](repeating: 0.5, count: extractor.columnCount * 2)
      let table = WeightTable(rounding: FlatArray(weights), labelCount: 2)
      let expected = Self.configurations.count - 8..<Self.configurations.count - 2
      #expect(LinearScorer(extractor: extractor, table: table).readsOnlyFoldedHashes == expected.contains(index))
      let plain = LinearScorer(extractor: extractor, table: table, takesShortcuts: false)
      #expect(!plain.readsOnlyFoldedHashes)
    }
  }

  @Test("a statement's margins do not depend on what was scored before, to the last bit")
  func memoryless() throws {
    let statements = Invented.random(count: 300, seed: 37)
    let (extractor, _) = try FeatureExtractor.fit(Self.configurations[4], statements: statements)
    let weights = (0..<extractor.columnCount * 3).map { Float($0 % 17) / 17 - 0.5 }
    let together = margins(
      of: statements, extractor: extractor, labelCount: 3, weights: weights, takesShortcuts: true)
    for index in stride(from: 0, to: statements.count, by: 11) {
      let alone = margins(
        of: [statements[index]], extractor: extractor, labelCount: 3, weights: weights, takesShortcuts: true)
      #expect(alone[0] == together[index])
    }
  }
}
