/// A matrix of `Float` stored row by row.
public struct DenseMatrix: Equatable, Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  /// The elements, row by row: element (r, c) is `values[r * columnCount + c]`.
  public var values: [Float]

  /// A matrix over elements stored row by row.
  ///
  /// - Precondition: `values.count == rowCount * columnCount`.
  public init(rowCount: Int, columnCount: Int, values: [Float]) {
    precondition(values.count == rowCount * columnCount, "the number of elements does not fit the shape")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// A matrix of zeros.
  public init(rowCount: Int, columnCount: Int) {
    self.init(
      rowCount: rowCount, columnCount: columnCount, values: [Float](repeating: 0, count: rowCount * columnCount))
  }

  /// The elements of a row.
  package func row(_ row: Int) -> ArraySlice<Float> { values[row * columnCount..<(row + 1) * columnCount] }

  /// The rows with the given numbers, in that order.
  package func selecting(rows: [Int]) -> DenseMatrix {
    DenseMatrix(
      rowCount: rows.count, columnCount: columnCount,
      values: rows.flatMap { row($0) })
  }
}
