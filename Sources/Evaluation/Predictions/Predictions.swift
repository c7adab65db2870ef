/// What a model said about labelled items: the plain values that every measure of this room is computed from.
///
/// Columns stand side by side; entry `i` of each belongs to item `i`.
public struct Predictions: Equatable, Sendable {
  /// The label names; `gold` and `predicted` are positions in this list.
  public let labels: [String]
  /// The name of each item, as its data file gives it.
  public let ids: [String]
  /// The cluster of each item (its article), or nothing when items are independent.
  public let groups: [String]?
  /// The true label of each item.
  public let gold: [Int]
  /// The label the model chose for each item, or would have chosen where it abstained.
  public let predicted: [Int]
  /// Whether the model withheld its answer, one value an item; empty when it answered every item.
  public let abstained: [Bool]
  /// The probability of each label, item by item: item `i`, label `l` is `probabilities[i * labels.count + l]`.
  /// Empty when the model gives none.
  public let probabilities: [Float]
  /// Columns to slice by, by name, one value an item.
  public let attributes: [String: [String]]
  /// The statements themselves, for tables of errors.
  public let texts: [String]?

  /// Predictions over columns.
  ///
  /// - Precondition: labels are distinct, every column has one entry an item, and every label index is in range.
  public init(
    labels: [String], ids: [String], groups: [String]? = nil, gold: [Int], predicted: [Int], abstained: [Bool] = [],
    probabilities: [Float] = [], attributes: [String: [String]] = [:], texts: [String]? = nil
  ) {
    let count = ids.count
    precondition(Set(labels).count == labels.count, "a label is named twice")
    precondition(gold.count == count && predicted.count == count, "one gold and one predicted label an item")
    precondition(gold.allSatisfy { labels.indices.contains($0) }, "a gold label is out of range")
    precondition(predicted.allSatisfy { labels.indices.contains($0) }, "a predicted label is out of range")
    precondition(abstained.isEmpty || abstained.count == count, "one abstention an item")
    precondition(
      probabilities.isEmpty || probabilities.count == count * labels.count, "one probability an item and label")
    precondition(groups.map { $0.count == count } ?? true, "one group an item")
    precondition(texts.map { $0.count == count } ?? true, "one text an item")
    precondition(attributes.values.allSatisfy { $0.count == count }, "one value an item in every attribute")
    self.labels = labels
    self.ids = ids
    self.groups = groups
    self.gold = gold
    self.predicted = predicted
    self.abstained = abstained.contains(true) ? abstained : []
    self.probabilities = probabilities
    self.attributes = attributes
    self.texts = texts
  }

  /// The number of items.
  public var count: Int { ids.count }

  /// Whether the model gave probabilities, so that calibration and ranking can be measured.
  public var hasProbabilities: Bool { !probabilities.isEmpty }

  /// The probability of the label that was chosen for item `index`, or nothing without probabilities.
  public func confidence(at index: Int) -> Double? {
    hasProbabilities ? Double(probabilities[index * labels.count + predicted[index]]) : nil
  }

  /// Whether item `index` was labelled right.
  public func isCorrect(at index: Int) -> Bool { gold[index] == predicted[index] }

  /// Whether the model abstained on item `index`.
  public func isAbstention(at index: Int) -> Bool { !abstained.isEmpty && abstained[index] }

  /// The items that the model answered.
  public var answered: Predictions {
    abstained.isEmpty ? self : selecting(ids.indices.filter { !abstained[$0] })
  }

  /// The predictions of the items at `indices`, in that order; an index may occur more than once.
  public func selecting(_ indices: [Int]) -> Predictions {
    let width = labels.count
    var chosen: [Float] = []
    if hasProbabilities {
      chosen.reserveCapacity(indices.count * width)
      for index in indices { chosen += probabilities[index * width..<(index + 1) * width] }
    }
    return Predictions(
      labels: labels, ids: indices.map { ids[$0] }, groups: groups.map { column in indices.map { column[$0] } },
      gold: indices.map { gold[$0] }, predicted: indices.map { predicted[$0] },
      abstained: abstained.isEmpty ? [] : indices.map { abstained[$0] }, probabilities: chosen,
      attributes: attributes.mapValues { column in indices.map { column[$0] } },
      texts: texts.map { column in indices.map { column[$0] } })
  }
}
