import Corpus
import TestSupport
import Testing

@Suite("Split")
struct SplitTests {
  /// Articles of 5 to 15 statements, each leaning toward one label.
  private func articles(_ count: Int, seed: UInt64) -> [Statement] {
    var generator = SeededGenerator(seed: seed)
    var statements: [Statement] = []
    for article in 0..<count {
      let leaning = LabelSet.stance.names.randomElement(using: &generator)!
      for _ in 0..<Int.random(in: 5...15, using: &generator) {
        let label = Bool.random(using: &generator) ? leaning : LabelSet.stance.names.randomElement(using: &generator)!
        let number = statements.count
        statements.append(
          Statement(id: "\(number)", text: "text \(number)", group: "g\(article)", labels: ["stance": label]))
      }
    }
    return statements
  }

  @Test("every statement stands in one part, and no group in two")
  func partition() throws {
    let statements = articles(60, seed: 11)
    let parts = try Split.parts(of: statements, shares: [0.7, 0.2, 0.1], task: "stance", seed: 1)
    #expect(parts.flatMap { $0 }.sorted() == Array(statements.indices))
    let groups = parts.map { Set($0.map { statements[$0].group! }) }
    #expect(groups[0].isDisjoint(with: groups[1]))
    #expect(groups[0].isDisjoint(with: groups[2]))
    #expect(groups[1].isDisjoint(with: groups[2]))
  }

  @Test("parts have their share of the rows and of each label, within a few percent")
  func stratified() throws {
    let statements = articles(200, seed: 12)
    let shares = [0.8, 0.1, 0.1]
    let parts = try Split.parts(of: statements, shares: shares, task: "stance", seed: 1)
    for (part, share) in zip(parts, shares) {
      #expect(abs(Double(part.count) / Double(statements.count) - share) < 0.02)
      for label in LabelSet.stance.names {
        let total = statements.filter { $0.labels["stance"] == label }.count
        let here = part.filter { statements[$0].labels["stance"] == label }.count
        #expect(abs(Double(here) / Double(total) - share) < 0.03)
      }
    }
  }

  @Test("folds are of nearly equal size")
  func folds() throws {
    let statements = articles(100, seed: 13)
    let folds = try Split.folds(of: statements, count: 5, task: "stance", seed: 3)
    #expect(folds.count == 5)
    #expect(folds.flatMap { $0 }.sorted() == Array(statements.indices))
    let sizes = folds.map(\.count)
    #expect(sizes.max()! - sizes.min()! < statements.count / 50)
  }

  @Test("the order of the statements does not matter, the seed does")
  func deterministic() throws {
    let statements = articles(40, seed: 14)
    func ids(_ statements: [Statement], seed: UInt64) throws -> [Set<String>] {
      try Split.folds(of: statements, count: 4, task: "stance", seed: seed).map { Set($0.map { statements[$0].id }) }
    }
    let first = try ids(statements, seed: 1)
    var generator = SeededGenerator(seed: 15)
    for _ in 0..<5 {
      #expect(try ids(statements.shuffled(using: &generator), seed: 1) == first)
    }
    #expect(try ids(statements, seed: 2) != first)
  }

  @Test("statements without a group stay with those of the same text")
  func repeatedTexts() throws {
    let statements = (0..<100).map {
      Statement(id: "\($0)", text: $0 % 2 == 0 ? "Text \($0 % 20)" : " text   \(($0 - 1) % 20) ")
    }
    let parts = try Split.parts(of: statements, shares: [1, 1], task: nil, seed: 1)
    #expect(parts.allSatisfy { $0.count == 50 })
    for part in parts {
      #expect(Set(part) == Set(part.map { $0 ^ 1 }))
    }
  }

  @Test("groups that share a text stay together, directly or by way of others, whatever the order of the rows")
  func sharedTexts() throws {
    // Groups 0, 1, 2 hang together by texts that two of them have each, and a statement without a group hangs on group 2.
    var statements = articles(30, seed: 17)
    for (number, (text, group)) in [("A b.", "g0"), ("a  B.", "g1"), ("C.", "g1"), ("C.", "g2"), ("D.", "g2")]
      .enumerated()
    {
      statements.append(Statement(id: "x\(number)", text: text, group: group, labels: ["stance": "favor"]))
    }
    statements.append(Statement(id: "alone", text: "D.", labels: ["stance": "favor"]))
    var generator = SeededGenerator(seed: 18)
    var divisions = Set<Set<Set<String>>>()
    for _ in 0..<4 {
      statements.shuffle(using: &generator)
      let parts = try Split.folds(of: statements, count: 5, task: "stance", seed: 1)
      let connected = statements.indices.filter {
        ["g0", "g1", "g2"].contains(statements[$0].group) || statements[$0].id == "alone"
      }
      #expect(parts.count { !Set($0).isDisjoint(with: connected) } == 1)
      divisions.insert(Set(parts.map { Set($0.map { statements[$0].id }) }))
    }
    #expect(divisions.count == 1)
    // By groups alone the texts tie nothing but the statement without a group.
    let parts = try Split.folds(of: statements, count: 31, task: "stance", seed: 1, keeping: .groups)
    #expect(parts.allSatisfy { Set($0.map { statements[$0].group }).count == 1 })
  }

  @Test("no part is empty, and fewer groups than parts are an error")
  func fewGroups() throws {
    let statements = articles(3, seed: 16)
    let parts = try Split.parts(of: statements, shares: [0.98, 0.01, 0.01], task: "stance", seed: 1)
    #expect(parts.allSatisfy { !$0.isEmpty })
    let error = #expect(throws: CorpusError.self) {
      _ = try Split.folds(of: statements, count: 4, task: "stance", seed: 1)
    }
    #expect(error?.kind == .unsuitableData)
  }
}
