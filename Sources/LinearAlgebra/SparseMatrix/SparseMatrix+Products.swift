extension SparseMatrix {
  /// X·W: for every row the sum of its values times W's rows.
  ///
  /// - Parameter weights: columnCount × m.
  /// - Returns: rowCount × m.
  /// - Complexity: O(entries · m).
  public func multiplied(by weights: DenseMatrix) -> DenseMatrix {
    precondition(
      weights.rowCount == columnCount, "\(columnCount) columns do not fit weights of \(weights.rowCount) rows")
    let lanes = weights.columnCount
    var product = DenseMatrix(rowCount: rowCount, columnCount: lanes)
    let zero = [Float](repeating: 0, count: lanes)
    unsafe weights.values.withUnsafeBufferPointer { weights in
      unsafe product.values.withUnsafeMutableBufferPointer { out in
        guard let w = weights.baseAddress, let o = out.baseAddress else { return }
        unsafe gather(rows: 0..<rowCount, weights: w, lanes: lanes, start: zero, into: o)
      }
    }
    return product
  }

  /// Xᵀ·R: for every column the sum of its values times R's rows.
  ///
  /// - Parameter coefficients: rowCount × m.
  /// - Returns: columnCount × m.
  /// - Complexity: O(entries · m).
  public func transposedMultiplied(by coefficients: DenseMatrix) -> DenseMatrix {
    precondition(
      coefficients.rowCount == rowCount, "\(rowCount) rows do not fit coefficients of \(coefficients.rowCount) rows")
    var product = DenseMatrix(rowCount: columnCount, columnCount: coefficients.columnCount)
    unsafe coefficients.values.withUnsafeBufferPointer { coefficients in
      unsafe product.values.withUnsafeMutableBufferPointer { out in
        guard let r = coefficients.baseAddress, let o = out.baseAddress else { return }
        unsafe scatter(rows: 0..<rowCount, coefficients: r, lanes: product.columnCount, into: o)
      }
    }
    return product
  }

  /// The matrix with rows and columns exchanged (the same entries column by column, CSC).
  ///
  /// - Complexity: O(entries + columns).
  public func transposed() -> SparseMatrix {
    var starts = [Int](repeating: 0, count: columnCount + 1)
    for column in columns { starts[Int(column) + 1] += 1 }
    for column in 0..<columnCount { starts[column + 1] += starts[column] }
    var next = starts
    var rows = [UInt32](repeating: 0, count: entryCount)
    var moved = [Float](repeating: 0, count: entryCount)
    for row in 0..<rowCount {
      for entry in offsets[row]..<offsets[row + 1] {
        let column = Int(columns[entry])
        rows[next[column]] = UInt32(row)
        moved[next[column]] = values[entry]
        next[column] += 1
      }
    }
    return SparseMatrix(columnCount: rowCount, offsets: starts, columns: rows, values: moved)
  }

  /// The same entries written out in full.
  public func dense() -> DenseMatrix {
    var matrix = DenseMatrix(rowCount: rowCount, columnCount: columnCount)
    for row in 0..<rowCount {
      for entry in offsets[row]..<offsets[row + 1] {
        matrix.values[row * columnCount + Int(columns[entry])] += values[entry]
      }
    }
    return matrix
  }
}
