internal import LinearAlgebra

/// The rows that dual ascent learns from, and what it has to know of them: how long they are, and how much they have in common.
///
/// Where rows have much in common, as those of averaged word vectors do, every step for one of them is a step for all. An
/// intercept that has no penalty takes up whatever is the same for all rows, so the optimum stays the same if one vector is taken
/// from each of them; with the mean row nothing is left in common. No row is touched for that: with μ for the mean, a product of two
/// rows without it is x·y − x·μ − y·μ + μ·μ, so that each row's product with μ is all that steps need (`AscentWeights`).
struct AscentRows {
  let matrix: CompactMatrix
  /// The dense block beside the matrix.
  let dense: DenseMatrix?
  /// The mean row, if it is taken from each.
  let mean: Mean?
  /// The squared length of each row, without the mean where it is taken.
  let squares: [Float]
  /// The factor of rows' lengths for four that take a step together: 1 and three times the mean product of two rows over the mean
  /// squared length.
  let overlap: Float

  /// The mean row.
  struct Mean {
    /// Its sparse columns and its dense ones. Rows' own columns have no part in it.
    let sparse: [Float]
    let dense: [Float]
    /// Each row's product with it.
    let products: [Float]
    /// Its squared length.
    let square: Float
  }

  /// Columns of the dense block.
  var denseCount: Int { dense?.columnCount ?? 0 }

  /// How much rows may have in common before the mean is taken from them: below that it costs more than it gains.
  private static let mostInCommon = 0.05

  /// - Parameter squares: the squared length of each row.
  init(_ matrix: CompactMatrix, _ dense: DenseMatrix?, squares: [Float], workers: Workers) {
    self.matrix = matrix
    // A block without columns is none.
    self.dense = dense.flatMap { $0.columnCount > 0 ? $0 : nil }
    let sample = Sample(matrix.shared, self.dense)
    guard sample.inCommon > Self.mostInCommon else {
      mean = nil
      self.squares = squares
      overlap = 1 + 3 * Float(max(0, sample.inCommon))
      return
    }
    let mean = Mean(sample, matrix.shared, self.dense, workers)
    self.mean = mean
    self.squares = squares.indices.map { max(0, squares[$0] - 2 * mean.products[$0] + mean.square) }
    overlap = 1
  }

  /// Calls `body` with where the rows of the dense block lie, if there is one.
  func withDenseRows(_ body: (DenseRows?) -> Void) {
    guard let dense else { return body(nil) }
    unsafe dense.withRows { unsafe body($0) }
  }

  /// What up to 512 rows tell.
  fileprivate struct Sample {
    /// The sums of their columns.
    var sparse: [Float]
    var dense: [Float]
    var count: Float = 0
    /// The mean product of two rows over the mean squared length, at most 1.
    var inCommon = 0.0

    init(_ matrix: SparseMatrix, _ block: DenseMatrix?) {
      sparse = [Float](repeating: 0, count: matrix.columnCount)
      dense = [Float](repeating: 0, count: block?.columnCount ?? 0)
      // The squared length of the sum of all rows so far, and the sum of their squared lengths.
      var together = 0.0
      var apart = 0.0
      for row in stride(from: 0, to: matrix.rowCount, by: max(1, matrix.rowCount / 512)) {
        for entry in matrix.offsets[row]..<matrix.offsets[row + 1] {
          let column = Int(matrix.columns[entry])
          let value = matrix.values[entry]
          together += Double(value * (2 * sparse[column] + value))
          apart += Double(value * value)
          sparse[column] += value
        }
        for (column, value) in (block?.row(row) ?? []).enumerated() {
          together += Double(value * (2 * dense[column] + value))
          apart += Double(value * value)
          dense[column] += value
        }
        count += 1
      }
      if count > 1, apart > 0 { inCommon = min(1, (together - apart) / Double(count - 1) / apart) }
    }
  }
}

extension AscentRows.Mean {
  /// The mean of a sample of rows: of all rows would be no better.
  fileprivate init(_ sample: AscentRows.Sample, _ matrix: SparseMatrix, _ block: DenseMatrix?, _ workers: Workers) {
    let sparse = sample.sparse.map { $0 / sample.count }
    let dense = sample.dense.map { $0 / sample.count }
    var products = [Float](repeating: 0, count: matrix.rowCount)
    let blocks = FixedBlocks(count: matrix.rowCount, size: 256)
    unsafe products.withUnsafeMutableBufferPointer { products in
      let products = unsafe products
      workers.forEach(blocks.count) { number in
        let rows = blocks[number]
        let out = unsafe products.baseAddress! + rows.lowerBound
        unsafe sparse.withUnsafeBufferPointer { sparse in
          unsafe matrix.gather(rows: rows, weights: sparse.baseAddress!, lanes: 1, start: [0], into: out)
        }
        unsafe block?.withRows { block in
          unsafe dense.withUnsafeBufferPointer { dense in
            for row in rows {
              unsafe block.gather(
                row, dense.baseAddress!, lanes: 1, asking: row, into: out + (row - rows.lowerBound))
            }
          }
        }
      }
    }
    self.sparse = sparse
    self.dense = dense
    self.products = products
    square = Float((sparse + dense).reduce(0) { $0 + Double($1 * $1) })
  }
}
