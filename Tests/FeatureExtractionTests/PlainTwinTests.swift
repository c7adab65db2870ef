import Corpus
import FeatureExtraction
import Foundation
import LinearAlgebra
import Testing
import TextProcessing

/// The plain twin of the extractor: strings, dictionaries and one loop after the other.
private struct PlainExtractor {
  let configuration: FeatureExtractor.Configuration
  private var documents: [String: Int] = [:]
  private var total = 0

  init(_ configuration: FeatureExtractor.Configuration, statements: [Statement]) {
    self.configuration = configuration
    total = statements.count
    for statement in statements {
      for feature in Set(blocks(of: statement).flatMap(\.features)) { documents[feature, default: 0] += 1 }
    }
  }

  func row(of statement: Statement) -> [String: Float] {
    guard case .vocabulary(let minimumDocuments, _) = configuration.space else { return [:] }
    var row: [String: Float] = [:]
    for block in blocks(of: statement) {
      var values: [String: Double] = [:]
      var squaresOfOccurrences = 0.0
      for (feature, count) in Dictionary(grouping: block.features, by: { $0 }).mapValues(\.count)
      where (documents[feature] ?? 0) >= minimumDocuments {
        var value: Double
        switch block.weighting.frequency {
        case .binary: value = 1
        case .count: value = Double(count)
        case .sublinear: value = 1 + log(Double(count))
        }
        let rarity =
          block.weighting.inverseDocumentFrequency
          ? log(Double(1 + total) / Double(1 + (documents[feature] ?? 0))) + 1 : 1
        value *= rarity
        values[feature] = value
        squaresOfOccurrences += Double(count) * rarity * rarity
      }
      let norm: Double
      switch block.weighting.normalization {
      case .none: norm = 1
      case .l2: norm = values.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      case .unitCount: norm = Double(block.units).squareRoot()
      case .occurrences: norm = squaresOfOccurrences.squareRoot()
      }
      for (feature, value) in values { row[feature] = Float(value * Double(block.weighting.scale) / norm) }
    }
    return row
  }

  private struct Block {
    var features: [String]
    var units: Int
    var weighting: Weighting
  }

  private func blocks(of statement: Statement) -> [Block] {
    let bytes = Array(statement.text.utf8)
    let tokens = Tokenizer().tokens(of: statement.text)
    func text(_ token: Token) -> String {
      String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
        .replacingOccurrences(of: "\u{2019}", with: "'").precomposedStringWithCanonicalMapping
    }
    var blocks: [Block] = []
    if let words = configuration.words {
      let taking = tokens.filter {
        configuration.includesPunctuation || ![.quote, .punctuation, .symbol].contains($0.kind)
      }
      let units = taking.map { token in
        switch token.kind {
        case .number: "<number>"
        case .mask: "<mask>"
        case .quote: "<quote>"
        default: text(token).lowercased()
        }
      }
      var features: [String] = []
      for order in words.orders where order <= units.count {
        for start in 0...(units.count - order) {
          features.append("words " + units[start..<start + order].joined(separator: " "))
        }
      }
      blocks.append(Block(features: features, units: units.count, weighting: words.weighting))
    }
    if let characters = configuration.characters {
      let read = tokens.filter { [.word, .hashtag, .mention].contains($0.kind) }
      var features: [String] = []
      for token in read {
        var word = text(token).lowercased()
        if word.hasSuffix(".") { word.removeLast() }
        let scalars = Array((" " + word + " ").unicodeScalars)
        for order in characters.orders {
          if order >= scalars.count {
            features.append("characters " + scalars.map(String.init).joined())
            break
          }
          for start in 0...(scalars.count - order) {
            features.append("characters " + scalars[start..<start + order].map(String.init).joined())
          }
        }
      }
      blocks.append(Block(features: features, units: read.count, weighting: characters.weighting))
    }
    return blocks
  }
}

@Suite("the extractor and its plain twin")
struct PlainTwinTests {
  @Test("counts that are written out are those of the formula")
  func sublinearCounts() {
    for count in 1...100 { #expect(Weighting().frequency(of: count) == 1 + Float(log(Double(count)))) }
  }

  @Test(
    "make the same rows",
    arguments: [
      FeatureExtractor.Configuration(space: .vocabulary(minimumDocuments: 2, maximumSize: 100_000)),
      .init(
        words: .init(orders: 2...4, weighting: Weighting(frequency: .count, normalization: .none, scale: 2)),
        includesPunctuation: false, space: .vocabulary(minimumDocuments: 1, maximumSize: 100_000)),
      .init(
        words: .init(orders: 1...2, weighting: .binary),
        characters: .init(weighting: Weighting(frequency: .count, normalization: .unitCount)),
        space: .vocabulary(minimumDocuments: 3, maximumSize: 100_000)),
      .init(
        words: nil, characters: .init(orders: 1...3),
        space: .vocabulary(minimumDocuments: 1, maximumSize: 100_000)),
      .init(
        words: .init(orders: 1...2, weighting: .additive()),
        characters: .init(weighting: .additive(inverseDocumentFrequency: false)),
        space: .vocabulary(minimumDocuments: 2, maximumSize: 100_000)),
    ])
  func equal(configuration: FeatureExtractor.Configuration) throws {
    let statements = Invented.random(count: 120, seed: 21)
    let plain = PlainExtractor(configuration, statements: statements)
    let expected = RowFacts(rows: statements.map(plain.row))
    let found = RowFacts(try FeatureExtractor.fit(configuration, statements: statements).matrix.sparse)
    for row in statements.indices {
      #expect(RowFacts.areClose(found.values[row], expected.values[row]))
      #expect(RowFacts.areClose(found.products[row], expected.products[row]))
    }
  }
}
