import LinearAlgebra

extension LinearClassifier {
  /// Adds D·V of one row of dense features to the margins of its labels: what `decision(of:dense:)` does for many rows,
  /// without memory of its own.
  ///
  /// - Precondition: `row` has `denseColumnCount` elements, `margins` one for each label.
  /// - Complexity: O(denseColumnCount · labels), by OpenBLAS.
  package func addDense(_ row: Span<Float>, to margins: inout MutableSpan<Float>) {
    precondition(row.count == denseColumnCount, "a dense row of \(row.count) elements, not \(denseColumnCount)")
    precondition(margins.count == labelCount, "one margin a label is needed")
    guard denseColumnCount > 0 else { return }
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
