import ArgumentParser
import Classification
import Corpus
import Standpoint

/// A number from 0 to 1 for all labels or for one, on the command line: `0.8` or `favor=0.9`.
struct LabelShare: Equatable {
  /// The label; nil for all.
  let label: String?
  /// The number.
  let share: Double

  /// Reads an option's value.
  ///
  /// - Throws: `ValidationError`.
  init(argument: String) throws {
    // A label may hold "="; the number is what follows the last one.
    let end = argument.lastIndex(of: "=")
    label = end.map { String(argument[..<$0]) }
    guard let share = Double(end.map { argument[argument.index(after: $0)...] } ?? argument[...]),
      (0...1).contains(share), label != ""
    else { throw ValidationError("expected a number from 0 to 1, or label=number; found \"\(argument)\"") }
    self.share = share
  }
}

extension [LabelShare] {
  /// A number for each label: that of the label goes before the one for all, in whatever order they stand; else later
  /// options override earlier ones, and all of them what was there.
  func numbers(for labels: [String], over base: [Double]?) -> [Double] {
    var numbers = base ?? labels.map { _ in 0 }
    for option in filter({ $0.label == nil }) + filter({ $0.label != nil }) {
      for index in labels.indices where option.label == nil || option.label == labels[index] {
        numbers[index] = option.share
      }
    }
    return numbers
  }

  /// Checks that every label is one of those.
  ///
  /// - Throws: `ValidationError` naming the option.
  func check(_ option: String, labels: [String]) throws {
    for case .some(let label) in map(\.label) where !labels.contains(label) {
      throw ValidationError(
        "--\(option): there is no label \"\(label)\"; choose from \(labels.joined(separator: ", "))")
    }
  }

  /// The models with these least probabilities of their labels, where any are given.
  ///
  /// - Throws: `ValidationError` for a label that no model has.
  func applied(to models: [Model]) throws -> [Model] {
    guard !isEmpty else { return models }
    try check("min-confidence", labels: models.flatMap(\.labels.names))
    return models.map { model in
      model.abstaining(
        Abstention(
          thresholds: numbers(for: model.labels.names, over: model.configuration.abstention?.thresholds)))
    }
  }
}
