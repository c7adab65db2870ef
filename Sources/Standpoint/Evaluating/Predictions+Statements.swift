import Corpus
import Evaluation

extension Predictions {
  /// The predictions for labelled statements. Of statements with one id (several files without ids count their lines
  /// each) the later ones are told apart by a number, so that runs on the same data can be paired. The labels of other tasks
  /// are attributes. Statements of weight 0 stand between others and are no examples: they are left out. All others count once,
  /// whatever they weigh.
  ///
  /// - Parameters:
  ///   - probabilities: statements × labels.
  ///   - abstained: whether the model answers a statement; empty where it answers all.
  init(
    _ statements: [Statement], task: String, gold: [Int], labels: LabelSet, probabilities: [Float],
    abstained: [Bool] = []
  ) {
    let count = labels.count
    let counted = statements.indices.filter { statements[$0].weight > 0 }
    guard counted.count == statements.count else {
      self.init(
        counted.map { statements[$0] }, task: task, gold: counted.map { gold[$0] }, labels: labels,
        probabilities: counted.flatMap { probabilities[$0 * count..<($0 + 1) * count] },
        abstained: abstained.isEmpty ? [] : counted.map { abstained[$0] })
      return
    }
    let predicted = gold.indices.map { row in
      (0..<count).max { probabilities[row * count + $0] < probabilities[row * count + $1] } ?? 0
    }
    let ids = Self.distinct(statements.map(\.id))
    let groups =
      statements.contains { $0.group != nil } ? zip(statements, ids).map { $0.group ?? "statement \($1)" } : nil
    var attributes: [String: [String]] = [:]
    if statements.contains(where: { $0.target != nil }) { attributes["target"] = statements.map { $0.target ?? "" } }
    for other in Set(statements.flatMap(\.labels.keys)) where other != task {
      attributes[other] = statements.map { $0.labels[other] ?? "" }
    }
    for name in Set(statements.flatMap(\.attributes.keys)) {
      attributes[name] = statements.map { $0.attributes[name] ?? "" }
    }
    self.init(
      labels: labels.names, ids: ids, groups: groups, gold: gold, predicted: predicted,
      abstained: abstained, probabilities: probabilities, attributes: attributes, texts: statements.map(\.text))
  }

  /// The names, those that were there before with ` (2)`, ` (3)` … behind them.
  static func distinct(_ names: [String]) -> [String] {
    var taken = Set(names)
    if taken.count == names.count { return names }
    var seen: [String: Int] = [:]
    return names.map { name in
      var number = (seen[name] ?? 0) + 1
      defer { seen[name] = number }
      if number == 1 { return name }
      while !taken.insert("\(name) (\(number))").inserted { number += 1 }
      return "\(name) (\(number))"
    }
  }
}
