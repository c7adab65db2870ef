import Corpus
import Evaluation

extension Predictions {
  /// The predictions for labelled statements.
  ///
  /// - Parameters:
  ///   - probabilities: statements × labels.
  ///   - abstained: whether the model answers a statement; empty where it answers all.
  init(
    _ statements: [Statement], gold: [Int], labels: LabelSet, probabilities: [Float], abstained: [Bool] = []
  ) {
    let count = labels.count
    let predicted = gold.indices.map { row in
      (0..<count).max { probabilities[row * count + $0] < probabilities[row * count + $1] } ?? 0
    }
    let groups = statements.contains { $0.group != nil } ? statements.map { $0.group ?? "statement \($0.id)" } : nil
    var attributes: [String: [String]] = [:]
    if statements.contains(where: { $0.target != nil }) { attributes["target"] = statements.map { $0.target ?? "" } }
    for name in Set(statements.flatMap(\.attributes.keys)) {
      attributes[name] = statements.map { $0.attributes[name] ?? "" }
    }
    self.init(
      labels: labels.names, ids: statements.map(\.id), groups: groups, gold: gold, predicted: predicted,
      abstained: abstained, probabilities: probabilities, attributes: attributes, texts: statements.map(\.text))
  }
}
