import Classification
import LinearAlgebra
import TestSupport
import Testing

@Suite("dense weights")
struct DenseWeightsTests {
  @Test("one row at a time gives what the product of many rows gives", arguments: [2, 3, 7])
  func equalsProduct(labelCount: Int) {
    var generator = SeededGenerator(seed: 6)
    func random(_ count: Int) -> [Float] { (0..<count).map { _ in Float.random(in: -1...1, using: &generator) } }
    let (rows, columns) = (9, 40)
    let weights = random(columns * labelCount)
    var values = random(rows * columns)
    // Outside of two ranges the rows are 0.
    let filled = [3..<11, 20..<40]
    for index in values.indices where !filled.contains(where: { $0.contains(index % columns) }) { values[index] = 0 }
    let classifier = LinearClassifier(
      labelCount: labelCount, columnCount: 1, denseColumnCount: columns,
      weights: [Float](repeating: 0, count: labelCount), denseWeights: weights,
      intercepts: [Float](repeating: 0, count: labelCount))
    var builder = SparseMatrix.Builder(columnCount: 1)
    for _ in 0..<rows { builder.append([]) }
    let expected = classifier.decision(
      of: builder.build(), dense: DenseMatrix(rowCount: rows, columnCount: columns, values: values))
    let dense = DenseWeights(weights, labelCount: labelCount)
    for row in 0..<rows {
      var margins = [Float](repeating: 0, count: labelCount)
      for range in filled {
        dense.addMargins(of: values.span.extracting(row * columns..<(row + 1) * columns), columns: range, to: &margins)
      }
      for label in 0..<labelCount {
        #expect(abs(margins[label] - expected.values[row * labelCount + label]) < 1e-5)
      }
    }
  }
}
