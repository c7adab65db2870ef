internal import LinearAlgebra

/// A dense block beside sparse rows, for loops over single rows in an order of their own, as `RowEntries` is for these.
@unsafe struct DenseRows {
  let values: UnsafePointer<Float>
  let columnCount: Int

  /// Adds to `out` what a row gives to the margins of all lanes.
  ///
  /// - Parameter next: a row that will be read later.
  func gather(
    _ row: Int, _ weights: UnsafePointer<Float>, lanes: Int, asking next: Int, into out: UnsafeMutablePointer<Float>
  ) {
    // Checked: both rows lie within the block, and the weights are as many lanes of its columns.
    unsafe DenseMatrix.addProducts(
      of: values + row &* columnCount, columnCount, weights, lanes: lanes,
      asking: (next &- row) &* columnCount, to: out)
  }

  /// Puts the changes of a row's coefficients into the weights.
  func scatter(
    _ row: Int, _ changes: UnsafePointer<Float>, _ weights: UnsafeMutablePointer<Float>, lanes: Int
  ) {
    // Checked: as above.
    unsafe DenseMatrix.add(changes, times: values + row &* columnCount, columnCount, lanes: lanes, to: weights)
  }
}

extension DenseMatrix {
  /// Calls `body` with where the rows lie.
  func withRows(_ body: (DenseRows) -> Void) {
    unsafe values.withUnsafeBufferPointer { values in
      guard let values = values.baseAddress else { return }
      unsafe body(DenseRows(values: values, columnCount: columnCount))
    }
  }
}
