import LinearAlgebra

extension LinearClassifier {
  /// What one row of dense features adds to the margins of the labels, D·V: as `decision(of:dense:)` does for many rows.
  ///
  /// - Parameter margins: replaced by one number for each label.
  /// - Precondition: `row` has `denseColumnCount` elements.
  /// - Complexity: O(denseColumnCount · labels), by OpenBLAS; no allocation once `margins` has room.
  package func denseMargins(of row: Span<Float>, into margins: inout [Float]) {
    precondition(row.count == denseColumnCount, "a dense row of \(row.count) elements, not \(denseColumnCount)")
    margins.removeAll(keepingCapacity: true)
    for _ in 0..<labelCount { margins.append(0) }
    unsafe row.withUnsafeBufferPointer { row in
      unsafe margins.withUnsafeMutableBufferPointer { margins in
        unsafe denseWeights.withUnsafeBufferPointer { weights in
          guard let x = row.baseAddress, let w = weights.baseAddress, let y = margins.baseAddress else { return }
          unsafe BLAS.addProduct(x, w, into: y, m: 1, n: labelCount, k: denseColumnCount)
        }
      }
    }
  }
}
