import Corpus
import FeatureExtraction
import TestSupport

/// Statements made up for tests.
enum Invented {
  static let texts = [
    "the harbour council voted against the new bridge",
    "a spokesman said the bridge would open in spring",
    "the minister said the talks failed and the talks would not resume",
    "critics of the bridge said it was too expensive",
    "the river commission published the report on the harbour",
    "residents welcomed the report and the new harbour",
    "nobody knows whether the commission will vote again",
    "the mayor said the mayor of the river town was wrong",
  ]

  static var statements: [Statement] { statements(texts) }

  static func statements(_ texts: [String]) -> [Statement] {
    texts.enumerated().map { Statement(id: "\($0.offset + 1)", text: $0.element) }
  }

  /// Random statements of words, numbers, quotes, capitals and accents, with and without targets.
  static func random(count: Int, seed: UInt64) -> [Statement] {
    var generator = SeededGenerator(seed: seed)
    let words =
      texts.flatMap { $0.split(separator: " ").map(String.init) }
      + [
        "NATO", "Nato", "Kaya", "Mr", "U.S.", "3.5", "1,000", "****", "\"", "“", "”", ",", ".", "caf\u{E9}",
        "cafe\u{301}", "don't", "minister's", "\u{1F30A}", "Łódź", "#harbour", "@mayor", "two-day", "a",
      ]
    return (0..<count).map { index in
      let length = Int.random(in: 0...30, using: &generator)
      let text = (0..<length).map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }
      var statement = Statement(id: "\(index)", text: text.joined(separator: " "))
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: statement.target = "NATO"
      case 1: statement.target = "Ayla Kaya"
      case 2: statement.target = "the council should open the new bridge"
      default: break
      }
      return statement
    }
  }

  /// Configurations that between them turn on every family, weighting and space.
  static var configurations: [FeatureExtractor.Configuration] {
    let additive = Weighting(frequency: .count, normalization: .unitCount, scale: 0.5)
    return [
      .init(),
      .init(
        words: .init(orders: 1...2, letterCase: .both), characters: .init(weighting: additive),
        target: .name, space: .hashed(bits: 18)),
      .init(
        words: .init(orders: 1...2, letterCase: .exact, weighting: .binary), includesPunctuation: false,
        characters: .init(orders: 3...3), target: .proposition,
        space: .vocabulary(minimumDocuments: 1, maximumSize: 3000)),
      .init(
        words: .init(orders: 1...1), target: .init(sideOrders: 1...3, comparesWording: true),
        space: .hashed(bits: 6)),
      .init(
        words: .init(orders: 1...2),
        target: .init(findsParts: true, roleWeighting: TargetContext.Configuration.standardRoleWeighting)),
    ]
  }
}
