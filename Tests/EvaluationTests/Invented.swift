import Evaluation
import TestSupport

/// Predictions of an imaginary model that is right about two times in three.
func inventedPredictions(
  count: Int, labels: [String] = ["favor", "against", "none"], groupSize: Int? = nil, seed: UInt64 = 1
) -> Predictions {
  var generator = SeededGenerator(seed: seed)
  var gold: [Int] = []
  var predicted: [Int] = []
  var probabilities: [Float] = []
  for _ in 0..<count {
    let truth = Int.random(in: 0..<labels.count, using: &generator)
    var scores = labels.map { _ in Double.random(in: 0.05...1, using: &generator) }
    scores[truth] += Double.random(in: 0...1, using: &generator)
    let sum = scores.reduce(0, +)
    let row = scores.map { Float($0 / sum) }
    gold.append(truth)
    predicted.append(row.indices.max { row[$0] < row[$1] } ?? 0)
    probabilities += row
  }
  return Predictions(
    labels: labels, ids: (0..<count).map(String.init),
    groups: groupSize.map { size in (0..<count).map { "\($0 / size)" } },
    gold: gold, predicted: predicted, probabilities: probabilities)
}
