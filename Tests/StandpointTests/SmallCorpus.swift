import Corpus
import TestSupport

/// Statements written for the tests: a small world in which words decide.
enum SmallCorpus {
  private static let subjects = ["The mayor", "A union", "The Daily Ferry", "A leaked memo", "Ana Quill"]
  private static let praise = ["praised", "welcomed", "backed", "defended"]
  private static let blame = ["condemned", "attacked", "rejected", "mocked"]
  private static let neutral = ["discussed", "mentioned", "described", "visited"]
  private static let targets = ["the new bridge", "Halden Lines", "the rent cap", "the grain deal"]

  /// `count` statements with a stance, in groups of five.
  static func stance(_ count: Int, seed: UInt64 = 5) -> [Statement] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let label = ["favor", "against", "none"][index % 3]
      let verbs = label == "favor" ? praise : label == "against" ? blame : neutral
      let target = targets.randomElement(using: &generator) ?? ""
      let subject = subjects.randomElement(using: &generator) ?? ""
      let verb = verbs.randomElement(using: &generator) ?? ""
      let day = ["on Monday", "in a speech", "again", "after the vote"].randomElement(using: &generator) ?? ""
      return Statement(
        id: "s\(index)", text: "\(subject) \(verb) \(target) \(day).", target: target, group: "g\(index / 5)",
        labels: ["stance": label])
    }
  }
}
