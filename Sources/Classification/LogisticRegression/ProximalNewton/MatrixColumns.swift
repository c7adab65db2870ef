internal import LinearAlgebra

/// A matrix by its columns: the sparse ones, those of a dense block, and one of ones for the intercept.
struct MatrixColumns {
  /// Where each column's entries begin, with one more at the end.
  let starts: [Int]
  /// The row of each entry, ascending within a column.
  let rows: [UInt32]
  /// The value of each entry.
  let values: [Float]

  /// How many columns there are, the intercept's included.
  var count: Int { starts.count - 1 }

  /// The columns of a matrix with a dense block beside it.
  ///
  /// - Complexity: O(entries).
  init(_ features: SparseMatrix, dense: DenseMatrix?) {
    let rowCount = features.rowCount
    let denseCount = dense?.columnCount ?? 0
    var next = [Int](repeating: 0, count: features.columnCount + denseCount + 2)
    for column in features.columns { next[Int(column) + 1] += 1 }
    for column in 0...denseCount { next[features.columnCount + column + 1] = rowCount }
    for column in 1..<next.count { next[column] += next[column - 1] }
    starts = next
    let total = starts[starts.count - 1]
    var rows = [UInt32](repeating: 0, count: total)
    var values = [Float](repeating: 1, count: total)
    unsafe rows.withUnsafeMutableBufferPointer { rows in
      unsafe values.withUnsafeMutableBufferPointer { values in
        unsafe next.withUnsafeMutableBufferPointer { next in
          func append(_ column: Int, _ row: Int, _ value: Float) {
            let place = unsafe next[column]
            unsafe rows[place] = UInt32(row)
            unsafe values[place] = value
            unsafe next[column] = place &+ 1
          }
          for row in 0..<rowCount {
            for entry in features.offsets[row]..<features.offsets[row + 1] {
              append(Int(features.columns[entry]), row, features.values[entry])
            }
            for column in 0..<denseCount {
              append(features.columnCount + column, row, dense!.values[row * denseCount + column])
            }
            append(features.columnCount + denseCount, row, 1)
          }
        }
      }
    }
    self.rows = rows
    self.values = values
  }
}
