import Classification
import Corpus
import FeatureExtraction
import Glibc

/// All of a model that scoring a statement needs, behind one reference: threads that shared the model's many references
/// would wait for each other at their counts.
final class ScoringEngine: Sendable {
  /// Finds features and adds up their weights.
  let scorer: LinearScorer
  /// Whether the model cannot do without a target.
  let needsTarget: Bool
  /// The number of labels.
  let labelCount: Int
  /// The weights of the dense features.
  private let dense: DenseWeights
  /// For each label.
  private let terms: [Terms]
  private let abstention: Abstention?

  /// What a label's sum becomes a margin with.
  private struct Terms {
    var intercept: Double
    var scale: Double
    var shift: Double
  }

  init(_ model: Model) {
    scorer = model.scorer
    needsTarget = model.configuration.needsTarget
    labelCount = model.labels.count
    dense = DenseWeights(model.denseWeights, labelCount: model.labels.count)
    let calibration = model.configuration.calibration ?? Calibration(labelCount: model.labels.count)
    terms = model.labels.names.indices.map {
      Terms(
        intercept: Double(model.intercepts[$0]), scale: calibration.scales[$0], shift: calibration.shifts[$0])
    }
    abstention = model.configuration.abstention
  }

  /// Replaces `margins` with what the dense features of a statement add to those of the labels.
  func sumDense(_ features: borrowing DenseWorkspace, into margins: inout [Float]) {
    margins.removeAll(keepingCapacity: true)
    guard dense.columnCount > 0 else { return }
    for _ in 0..<labelCount { margins.append(0) }
    for index in 0..<features.filled.count {
      let columns = Int(features.filled[index].start)..<Int(features.filled[index].end)
      features.row.withSpan { dense.addMargins(of: $0, columns: columns, to: &margins) }
    }
  }

  /// The label of the largest margin, the first where two are equal: the likeliest one, without a look at how likely.
  func likeliest(sums: Span<Float>, dense: [Float]) -> Int {
    precondition(sums.count == labelCount && terms.count == labelCount)
    var best = 0
    var largest = -Double.infinity
    for label in 0..<labelCount {
      let margin = Self.margin(terms[label], sums[label], dense.isEmpty ? 0 : dense[label])
      if margin > largest { (best, largest) = (label, margin) }
    }
    return best
  }

  /// Whether a label is given out whatever its probability.
  var alwaysAnswers: Bool { abstention == nil }

  /// Appends the probabilities of the labels, given the sum of weights of each, and what dense features add to it.
  ///
  /// - Complexity: O(labels); no allocation where there is room.
  func appendProbabilities(sums: Span<Float>, dense: [Float], to probabilities: inout [Float]) {
    let start = probabilities.count
    var largest = -Double.infinity
    var total = 0.0
    for label in 0..<labelCount { largest = max(largest, margin(label, sums, dense)) }
    for label in 0..<labelCount {
      let share = exp(margin(label, sums, dense) - largest)
      probabilities.append(Float(share))
      total += share
    }
    for place in start..<probabilities.count { probabilities[place] = Float(Double(probabilities[place]) / total) }
  }

  /// Whether a label of that probability is given out.
  func accepts(_ label: Int, probability: Float) -> Bool {
    abstention?.accepts(label, probability: Double(probability)) ?? true
  }

  private func margin(_ label: Int, _ sums: Span<Float>, _ dense: [Float]) -> Double {
    Self.margin(terms[label], sums[label], dense.isEmpty ? 0 : dense[label])
  }

  @inline(__always)
  private static func margin(_ terms: Terms, _ sum: Float, _ dense: Float) -> Double {
    terms.scale * (Double(sum) + Double(dense) + terms.intercept) + terms.shift
  }
}
