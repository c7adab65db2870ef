/// The predictions of two models on the same items, item by item.
public struct PairedPredictions: Equatable, Sendable {
  /// The predictions of the first model.
  public let first: Predictions
  /// The predictions of the second model, on the same items in the same order.
  public let second: Predictions

  /// Brings the items of two predictions together by their names, in the order of the first. Items on which a model
  /// abstained are no items of its predictions. Where only one of the two knows the items' groups, they hold for both.
  ///
  /// - Parameter commonOnly: Whether items that only one of them has are left out; otherwise they are an error.
  /// - Throws: `PairingError` when labels, items or true labels differ, or what is known of both: texts but for white space
  ///   and case, and targets (the attribute `target`; an empty one is none).
  public init(_ first: Predictions, _ second: Predictions, commonOnly: Bool = false) throws(PairingError) {
    let (first, second) = (first.answered, second.answered)
    guard Set(first.labels) == Set(second.labels) else {
      throw .differentLabels(first: first.labels, second: second.labels)
    }
    let positions = try Self.positions(second)
    _ = try Self.positions(first)
    var kept: [(first: Int, second: Int)] = []
    var missing: [String] = []
    for (item, id) in first.ids.enumerated() {
      if let other = positions[Array(id.utf8)] { kept.append((item, other)) } else { missing.append(id) }
    }
    let surplus = second.count - kept.count
    guard commonOnly || (missing.isEmpty && surplus == 0) else {
      throw .differentItems(onlyFirst: missing.count, onlySecond: surplus, common: kept.count)
    }
    guard !kept.isEmpty else { throw .differentItems(onlyFirst: first.count, onlySecond: second.count, common: 0) }
    let left = kept.count == first.count ? first : first.selecting(kept.map(\.first))
    let right = second.selecting(kept.map(\.second)).relabelled(first.labels)
    let groups = left.groups ?? right.groups
    self.first = left.grouped(by: groups)
    self.second = right.grouped(by: groups)
    if let item = Self.firstDifference(self.first.texts, self.second.texts) {
      throw .differentText(id: self.first.ids[item])
    }
    let targets = (self.first.attributes["target"], self.second.attributes["target"])
    // A target that is not kept may have been given for all rows when the model was asked.
    if let item = Self.firstDifference(targets.0, targets.1, isKnown: { !$0.allSatisfy(\.isWhitespace) }) {
      throw .differentTarget(id: self.first.ids[item])
    }
    if let item = self.first.gold.indices.first(where: { self.first.gold[$0] != self.second.gold[$0] }) {
      throw .differentGold(id: self.first.ids[item])
    }
  }

  /// The number of items.
  public var count: Int { first.count }

  /// The items that the models label differently.
  public var differing: [Int] { (0..<count).filter { first.predicted[$0] != second.predicted[$0] } }

  /// The first item of which both columns know a text, and not the same. White space and case are no difference, as they are
  /// none between annotators' files.
  private static func firstDifference(
    _ first: [String]?, _ second: [String]?, isKnown: (String) -> Bool = { _ in true }
  ) -> Int? {
    guard let first, let second else { return nil }
    return first.indices.first { item in
      let (one, other) = (first[item], second[item])
      return one != other && isKnown(one) && isKnown(other) && folded(one) != folded(other)
    }
  }

  private static func folded(_ text: String) -> [String] {
    text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// Where each item stands. Names are compared byte by byte: `é` in two spellings is two names, as in the files.
  private static func positions(_ predictions: Predictions) throws(PairingError) -> [[UInt8]: Int] {
    var positions: [[UInt8]: Int] = [:]
    for (item, id) in predictions.ids.enumerated() where positions.updateValue(item, forKey: Array(id.utf8)) != nil {
      throw .duplicateItem(id: id)
    }
    return positions
  }
}

extension Predictions {
  /// The same predictions with these groups.
  fileprivate func grouped(by groups: [String]?) -> Predictions {
    if groups == self.groups { return self }
    return Predictions(
      labels: labels, ids: ids, groups: groups, gold: gold, predicted: predicted, abstained: abstained,
      probabilities: probabilities, attributes: attributes, texts: texts)
  }

  /// The same predictions over the same labels in another order.
  fileprivate func relabelled(_ order: [String]) -> Predictions {
    if order == labels { return self }
    let place = labels.map { label in order.firstIndex(of: label) ?? 0 }
    let width = labels.count
    var moved = probabilities
    for index in moved.indices { moved[index / width * width + place[index % width]] = probabilities[index] }
    return Predictions(
      labels: order, ids: ids, groups: groups, gold: gold.map { place[$0] }, predicted: predicted.map { place[$0] },
      probabilities: moved, attributes: attributes, texts: texts)
  }
}

/// Why two predictions cannot be compared item by item.
public enum PairingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The label sets differ.
  case differentLabels(first: [String], second: [String])
  /// The items differ.
  case differentItems(onlyFirst: Int, onlySecond: Int, common: Int)
  /// An item occurs twice.
  case duplicateItem(id: String)
  /// The true label of an item differs.
  case differentGold(id: String)
  /// The text of an item differs.
  case differentText(id: String)
  /// The target of an item differs.
  case differentTarget(id: String)

  /// What is wrong and how to mend it.
  public var description: String {
    switch self {
    case .differentLabels(let first, let second):
      "the label sets differ (\(first.joined(separator: ", ")) against \(second.joined(separator: ", "))): "
        + "compare runs of one task"
    case .differentItems(let onlyFirst, let onlySecond, let common):
      "the items differ: \(common) in both, \(onlyFirst) only in the first, \(onlySecond) only in the second "
        + "(what a model abstained on is missing); evaluate both on the same data"
        + (common > 0 ? ", or compare the common items with --common" : "")
    case .duplicateItem(let id):
      "the item '\(id)' occurs twice, so that items cannot be paired; give every statement an id of its own"
    case .differentGold(let id):
      "the true label of item '\(id)' differs: the runs were evaluated on different versions of the data"
    case .differentText(let id): Self.differing(id, "text")
    case .differentTarget(let id): Self.differing(id, "target")
    }
  }

  private static func differing(_ id: String, _ part: String) -> String {
    "the item '\(id)' has another \(part) in one run than in the other; items are matched by their ids, or by their "
      + "lines where they have none: evaluate both on the same data"
  }
}
