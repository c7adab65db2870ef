/// Data that cannot be learned from. Rows, columns and labels count from 0.
public enum FitError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There are no rows.
  case noRows
  /// The number of labels, weights or dense rows is not the number of rows.
  case shape(what: String, found: Int, rows: Int)
  /// A label lies outside the label set.
  case labelOutOfRange(row: Int, label: Int, labelCount: Int)
  /// All statements that count have one label.
  case oneLabel(Int)
  /// A feature is NaN or infinite.
  case notFinite(row: Int, column: Int)
  /// A statement weight is negative, NaN or infinite.
  case weight(row: Int, weight: Double)
  /// Class weights are given for another number of labels.
  case classWeights(found: Int, labelCount: Int)
  /// The classifier to start from has another shape.
  case initialShape(found: String, expected: String)

  /// What is wrong and how to mend it.
  public var description: String {
    switch self {
    case .noRows: "there are no statements to learn from; give at least one for each of two labels"
    case .shape(let what, let found, let rows):
      "there are \(found) \(what) for \(rows) rows of features; give one for each row"
    case .labelOutOfRange(let row, let label, let count):
      "row \(row) has label \(label), but labels go from 0 to \(count - 1); correct the label or the label set"
    case .oneLabel(let label):
      "every statement that counts has label \(label); add statements of at least one other label"
    case .notFinite(let row, let column):
      "row \(row) holds NaN or infinity in column \(column); remove the statement or mend its features"
    case .weight(let row, let weight):
      "row \(row) has weight \(weight); a statement weight is a finite number of at least 0"
    case .classWeights(let found, let count):
      "\(found) class weights are given for \(count) labels; give one for each label"
    case .initialShape(let found, let expected):
      "the classifier to start from is \(found), but the data needs \(expected); train it on the same feature space "
        + "and labels, or start from nothing"
    }
  }
}
