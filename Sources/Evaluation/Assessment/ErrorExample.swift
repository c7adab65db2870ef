/// An item that was labelled wrong, for tables of errors.
public struct ErrorExample: Equatable, Sendable {
  /// The item's position in the predictions.
  public let index: Int
  /// The item's name.
  public let id: String
  /// Its group, if it has one.
  public let group: String?
  /// Its text, where the predictions carry texts.
  public let text: String?
  /// The true label.
  public let gold: String
  /// The label it was given.
  public let predicted: String
  /// The probability of the label it was given.
  public let confidence: Double?
  /// The probability of the true label.
  public let goldProbability: Double?
  /// Why the model said so, in words for people; whoever knows the model fills it in.
  public var explanation: String?

  /// The wrong answers, those first that the model was surest of; without probabilities in the order of the data.
  public static func worst(in predictions: Predictions, limit: Int) -> [ErrorExample] {
    let wrong = (0..<predictions.count).filter { !predictions.isCorrect(at: $0) && !predictions.isAbstention(at: $0) }
      .map { (item: $0, confidence: predictions.confidence(at: $0) ?? 0) }
      .sorted { ($1.confidence, $0.item) < ($0.confidence, $1.item) }
    return wrong.prefix(limit).map { item, _ in
      let gold = predictions.gold[item]
      return ErrorExample(
        index: item, id: predictions.ids[item], group: predictions.groups?[item], text: predictions.texts?[item],
        gold: predictions.labels[gold], predicted: predictions.labels[predictions.predicted[item]],
        confidence: predictions.confidence(at: item),
        goldProbability: predictions.hasProbabilities
          ? Double(predictions.probabilities[item * predictions.labels.count + gold]) : nil)
    }
  }
}
