import Classification
public import Corpus
import FeatureExtraction
import LinearAlgebra
import TextProcessing

/// Which parts of a statement pushed toward a label, and how much.
///
/// The score that is explained is the classifier's margin of the label less the mean margin of all labels: what speaks
/// for this label rather than for the others. It is the sum of the intercept's part, of the shares of all features, and
/// of the part of word vectors, which cannot be told apart by words.
public struct Explanation: Equatable, Sendable {
  /// A place in the text and its share of the score.
  public struct Share: Equatable, Sendable {
    /// The family of features, as `words` or `characters`; nil for all families together.
    public var family: String?
    /// Where it stands in the text, in code points.
    public var codePoints: Range<Int>
    /// The text of the place.
    public var text: String
    /// What it adds to the score.
    public var share: Double
  }

  /// The task.
  public var task: String
  /// The label that is explained.
  public var label: String
  /// The label's probability.
  public var probability: Float
  /// The target; nil where the task has none.
  public var target: String?
  /// What all parts add up to.
  public var score: Double
  /// What the label has before anything is read.
  public var intercept: Double
  /// What the dense features add.
  public var dense: Double
  /// Each token's share: of every feature that it is part of, an equal part.
  public var tokens: [Share]
  /// Each feature's share, place by place, the largest first.
  public var features: [Share]
}

extension Model {
  /// Explains what the model says of a statement.
  ///
  /// - Parameters:
  ///   - label: the label to explain; the model's own choice where nil.
  /// - Throws: `StandpointError` for a label that the model does not know, or a target that is missing.
  public func explain(_ statement: Statement, label: String? = nil) throws(StandpointError) -> Explanation {
    let answer = try Scorer(models: [self]).score(statement)[0]
    let chosen = label ?? answer.label ?? labels.names[0]
    guard let index = labels.index(of: chosen) else {
      throw .unknownLabel(label: chosen, place: "--label", known: labels.names)
    }
    var text = statement.text
    text.makeContiguousUTF8()
    let bytes = Array(text.utf8)
    let (tokens, occurrences) = extractor.occurrences(in: statement)
    let advantage = Advantage(label: index, of: labels.count)
    let classifier = classifier
    var shares = [Double](repeating: 0, count: tokens.count)
    var byPlace: [Place: Double] = [:]
    var total = 0.0
    for occurrence in occurrences {
      let share = Double(occurrence.value) * advantage(classifier.weights, row: Int(occurrence.column))
      total += share
      byPlace[Place(family: occurrence.family, tokens: occurrence.tokens), default: 0] += share
      for token in occurrence.tokens { shares[token] += share / Double(occurrence.tokens.count) }
    }
    let intercept = advantage(classifier.intercepts, row: 0)
    let score = marginAdvantage(of: statement, classifier, advantage)
    var offsets = CodePointOffsets()
    let places = tokens.map { token in
      offsets.codePoints(of: Int(token.start)..<Int(token.end), in: bytes.span)
    }
    func share(_ family: String?, _ range: ClosedRange<Int>, _ value: Double) -> Explanation.Share {
      let first = tokens[range.lowerBound]
      let last = tokens[range.upperBound]
      return Explanation.Share(
        family: family, codePoints: places[range.lowerBound].lowerBound..<places[range.upperBound].upperBound,
        text: String(decoding: bytes[Int(first.start)..<Int(last.end)], as: UTF8.self), share: value)
    }
    return Explanation(
      task: task, label: chosen, probability: answer.probabilities.isEmpty ? 0 : answer.probabilities[index],
      target: configuration.needsTarget ? statement.target : nil, score: score, intercept: intercept,
      // What is left is the dense part; without one it would be nothing but rounding.
      dense: classifier.denseColumnCount > 0 ? score - intercept - total : 0,
      tokens: tokens.indices.map { share(nil, $0...$0, shares[$0]) },
      features: byPlace.sorted { left, right in
        (-left.value.magnitude, left.key) < (-right.value.magnitude, right.key)
      }.map { share("\($0.key.family)", $0.key.tokens, $0.value) })
  }

  /// The margin of a label less the mean of all margins, as the scorer computes it.
  private func marginAdvantage(
    of statement: Statement, _ classifier: LinearClassifier, _ advantage: Advantage
  ) -> Double {
    let matrix = extractor.matrix(of: [statement])
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
  let family: FeatureBlock
  let tokens: ClosedRange<Int>

  static func < (left: Place, right: Place) -> Bool {
    (left.tokens.lowerBound, left.tokens.upperBound, left.family.rawValue)
      < (right.tokens.lowerBound, right.tokens.upperBound, right.family.rawValue)
  }
}
