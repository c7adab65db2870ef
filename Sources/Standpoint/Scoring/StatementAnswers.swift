/// What models said about one statement. Not copied, or each statement would count references to its arrays.
package struct StatementAnswers: ~Copyable, Sendable {
  /// The answers, in the order of the models and, for each, of the targets.
  package private(set) var answers: [ScoringWorkspace.Answer] = []
  /// The probabilities of all answers, one after the other.
  package private(set) var probabilities: [Float] = []

  mutating func removeAll() {
    // Most often there is one, which goes without a call.
    if answers.count == 1 { answers.removeLast() } else { answers.removeAll(keepingCapacity: true) }
    if !probabilities.isEmpty { probabilities.removeAll(keepingCapacity: true) }
  }

  /// Adds that there was nothing to read.
  mutating func appendEmpty(model: Int, target: Int?) {
    answers.append(.init(model: model, target: target, label: nil, abstention: .empty, probabilities: 0..<0))
  }

  /// Adds the answer that follows from sums of weights, and what dense features add to them.
  @inline(__always)
  mutating func append(
    _ engine: ScoringEngine, model: Int, target: Int?, sums: Span<Float>, dense: [Float], needsProbabilities: Bool
  ) {
    let best = engine.likeliest(sums: sums, dense: dense)
    let start = probabilities.count
    var isUnsure = false
    if needsProbabilities || !engine.alwaysAnswers {
      engine.appendProbabilities(sums: sums, dense: dense, to: &probabilities)
      isUnsure = !engine.accepts(best, probability: probabilities[start + best])
    }
    answers.append(
      .init(
        model: model, target: target, label: isUnsure ? nil : best, abstention: isUnsure ? .lowConfidence : nil,
        probabilities: start..<probabilities.count))
  }
}
