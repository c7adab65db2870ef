import Classification
public import Corpus
import FeatureExtraction
import LinearAlgebra
import TextProcessing

extension Model {
  /// Explains what the model says of a statement; for many statements make an `Explainer`.
  ///
  /// - Parameters:
  ///   - label: the label to explain; the likeliest where nil.
  /// - Throws: `StandpointError` for a label that the model does not know, or a target that is missing.
  public func explain(_ statement: Statement, label: String? = nil) throws(StandpointError) -> Explanation {
    try Explainer(self).explain(statement, label: label)
  }
}

/// Explains what a model says of statements, with the weights at hand that explanations read.
public struct Explainer: Sendable {
  private let model: Model
  private let scorer: Scorer
  private let classifier: LinearClassifier

  /// An explainer of a model.
  ///
  /// - Complexity: O(weights).
  public init(_ model: Model) throws(StandpointError) {
    self.model = model
    scorer = try Scorer(models: [model])
    classifier = model.classifier
  }

  /// Explains what the model says of a statement, as `Model.explain` does.
  public func explain(_ statement: Statement, label: String? = nil) throws(StandpointError) -> Explanation {
    let (labels, configuration, extractor) = (model.labels, model.configuration, model.extractor)
    let answer = try scorer.score(statement)[0]
    let probabilities = answer.probabilities.isEmpty ? model.priorProbabilities : answer.probabilities
    let likeliest = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    guard let index = label.map(labels.index(of:)) ?? likeliest else {
      throw .unknownLabel(label: label ?? "", place: "--label", known: labels.names)
    }
    var statement = statement
    statement.text.makeContiguousUTF8()
    let advantage = Advantage(label: index, of: labels.count)
    let origins = extractor.origins(
      in: statement,
      denseWeights: (0..<classifier.denseColumnCount).map { advantage(classifier.denseWeights, row: $0) })

    var tokens = [Double](repeating: 0, count: origins.tokens.count)
    var places: [Place: Double] = [:]
    var (total, whole) = (0.0, 0.0)
    func add(_ share: Double, _ family: String, _ range: ClosedRange<Int>, isOfWholeStatement: Bool) {
      total += share
      places[Place(family: family, tokens: range), default: 0] += share
      if isOfWholeStatement { return whole += share }
      for token in range { tokens[token] += share / Double(range.count) }
    }
    let isEmpty = origins.tokens.isEmpty
    for occurrence in isEmpty ? [] : origins.occurrences {
      add(
        Double(occurrence.value) * advantage(classifier.weights, row: Int(occurrence.column)), "\(occurrence.family)",
        occurrence.tokens, isOfWholeStatement: occurrence.isOfWholeStatement)
    }
    for word in origins.words { add(word.share, "vectors", word.tokens, isOfWholeStatement: false) }

    let intercept = advantage(classifier.intercepts, row: 0)
    // A statement with nothing to read is answered before its features are looked at.
    let score = isEmpty ? intercept : marginAdvantage(of: statement, advantage)
    let text = PlacedText(statement.text, tokens: origins.tokens)
    return Explanation(
      task: model.task, label: labels.names[index], probability: probabilities[index], abstention: answer.abstention,
      target: configuration.needsTarget ? statement.target : nil, score: score, intercept: intercept,
      // What is left over is theirs; without a dense part it would be nothing but rounding.
      targetVectors: classifier.denseColumnCount > 0 ? score - intercept - total : 0, whole: whole,
      tokens: tokens.indices.map { text.share(nil, $0...$0, tokens[$0]) },
      features: places.sorted { left, right in
        (-left.value.magnitude, left.key) < (-right.value.magnitude, right.key)
      }.map { text.share($0.key.family, $0.key.tokens, $0.value) })
  }

  /// The margin of a label less the mean of all margins, as the scorer computes it.
  private func marginAdvantage(of statement: Statement, _ advantage: Advantage) -> Double {
    let matrix = model.extractor.matrix(of: [statement])
    let margins = classifier.decision(of: matrix.sparse, dense: matrix.dense)
    return advantage(margins.values, row: 0)
  }
}

/// A number of one label less the mean over all labels.
private struct Advantage {
  let label: Int
  let count: Int

  init(label: Int, of count: Int) {
    self.label = label
    self.count = count
  }

  func callAsFunction(_ numbers: [Float], row: Int) -> Double {
    var mean = 0.0
    for other in row * count..<(row + 1) * count { mean += Double(numbers[other]) }
    return Double(numbers[row * count + label]) - mean / Double(count)
  }
}

/// A family's features over the same tokens.
private struct Place: Hashable, Comparable {
  let family: String
  let tokens: ClosedRange<Int>

  static func < (left: Place, right: Place) -> Bool {
    (left.tokens.lowerBound, left.tokens.upperBound, left.family)
      < (right.tokens.lowerBound, right.tokens.upperBound, right.family)
  }
}

/// A text and where its tokens stand in it.
private struct PlacedText {
  private let bytes: [UInt8]
  private let tokens: [Token]
  private let codePoints: [Range<Int>]

  init(_ text: String, tokens: [Token]) {
    let bytes = Array(text.utf8)
    var offsets = CodePointOffsets()
    codePoints = tokens.map { offsets.codePoints(of: Int($0.start)..<Int($0.end), in: bytes.span) }
    self.bytes = bytes
    self.tokens = tokens
  }

  /// The share of a run of tokens.
  func share(_ family: String?, _ range: ClosedRange<Int>, _ value: Double) -> Explanation.Share {
    let (first, last) = (range.lowerBound, range.upperBound)
    return Explanation.Share(
      family: family, codePoints: codePoints[first].lowerBound..<codePoints[last].upperBound,
      text: String(decoding: bytes[Int(tokens[first].start)..<Int(tokens[last].end)], as: UTF8.self), share: value)
  }
}
