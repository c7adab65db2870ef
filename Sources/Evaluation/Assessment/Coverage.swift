/// How many items a model answered; on the others it abstained.
public struct Coverage: Equatable, Sendable {
  /// The number of items answered.
  public let answered: Int
  /// The number of items.
  public let total: Int

  /// The coverage of predictions.
  public init(_ predictions: Predictions) {
    total = predictions.count
    answered = total - predictions.abstained.count(where: \.self)
  }

  /// The share of the items answered, or nothing without items.
  public var share: Double? { total == 0 ? nil : Double(answered) / Double(total) }
}
