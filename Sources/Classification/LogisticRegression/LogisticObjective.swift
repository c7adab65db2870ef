internal import LinearAlgebra
internal import Optimization

/// ½ Σ penalties·w² + Σ costs·losses over a sparse matrix with an optional dense one beside it.
///
/// Parameters lie as [sparse columns × lanes][dense columns × lanes][intercept × lanes]. A product with the Hessian
/// reads the sparse matrix once: rows go through in chunks small enough to stay in the cache between the product with
/// the weights and the product with the transpose. Every fixed block of rows sums its own gradient, and the blocks'
/// sums are added in block order.
struct LogisticObjective: Objective {
  let features: SparseMatrix
  let dense: DenseMatrix?
  let loss: RowLoss
  let lanes: Int
  let denseColumns: Int
  /// The factor of ½w² in the objective; intercepts have none.
  let penalty: Float
  let workers: Workers
  let blocks: FixedBlocks
  /// Σ costs·x² for every sparse column, dense column, and the intercept.
  private let squares: [Float]

  private var margins: [Float]
  private var probabilities: [Float]
  /// Margins of the vector of the last Hessian product, of the direction, and probabilities at the last asked step.
  private var vectorMargins: [Float]
  private var slopes: [Float]
  private var trial: [Float]
  /// The blocks' sums, one after the other.
  private var sums: [Float]
  /// ½ penalty·(w·w, 2 w·d, d·d) of the line.
  private var line = (constant: 0.0, linear: 0.0, quadratic: 0.0)

  var featureCount: Int { features.columnCount + denseColumns }
  var parameterCount: Int { (featureCount + 1) * lanes }

  init(features: SparseMatrix, dense: DenseMatrix?, loss: RowLoss, penalty: Float, threads: Int) {
    self.features = features
    self.dense = dense
    self.loss = loss
    lanes = loss.lanes
    denseColumns = dense?.columnCount ?? 0
    self.penalty = penalty
    workers = Workers(threads: threads)
    // As many blocks as keep their sums small beside the matrix; from the data alone, never from the threads.
    let count = features.entryCount / max(1, 8 * features.columnCount)
    blocks = FixedBlocks(offsets: features.offsets, blocks: min(max(2, count), 8))
    margins = [Float](repeating: 0, count: features.rowCount * lanes)
    probabilities = margins
    vectorMargins = margins
    slopes = margins
    trial = margins
    sums = []
    var squares = [Float](repeating: 0, count: features.columnCount + denseColumns + 1)
    for row in 0..<features.rowCount {
      let cost = loss.costs[row]
      for entry in features.offsets[row]..<features.offsets[row + 1] {
        squares[Int(features.columns[entry])] += cost * features.values[entry] * features.values[entry]
      }
      for column in 0..<denseColumns {
        let value = dense!.values[row * denseColumns + column]
        squares[features.columnCount + column] += cost * value * value
      }
      squares[squares.count - 1] += cost
    }
    self.squares = squares
    sums = [Float](repeating: 0, count: parameterCount * blocks.count)
  }

  mutating func move(to parameters: [Float]) -> Double {
    for i in slopes.indices { slopes[i] = 0 }
    multiply(parameters, padding: RowLoss.padding, into: \.margins)
    line = (0.5 * Double(penalty) * penalized(parameters, parameters), 0, 0)
    let value = value(at: 0)
    swap(&probabilities, &trial)
    return value
  }

  mutating func gradient(of parameters: [Float], into gradient: inout [Float]) {
    let loss = loss
    let probabilities = probabilities
    unsafe transposedSums { rows, buffer in
      unsafe probabilities.withUnsafeBufferPointer { p in
        unsafe loss.residuals(rows: rows, probabilities: p.baseAddress!, into: buffer)
      }
    }
    combine(with: parameters, into: &gradient)
  }

  mutating func curvature(into diagonal: inout [Float]) {
    // One mean of p·(1 − p) a lane instead of one a column: a pass less, and CG hardly notices.
    var means = [Double](repeating: 0, count: lanes)
    var total = 0.0
    for row in 0..<features.rowCount {
      let cost = Double(loss.costs[row])
      total += cost
      for lane in 0..<lanes {
        let p = Double(probabilities[row * lanes + lane])
        means[lane] += cost * p * (1 - p)
      }
    }
    for lane in 0..<lanes { means[lane] /= total }
    for (column, square) in squares.enumerated() {
      let own = column == featureCount ? 0 : penalty
      for lane in 0..<lanes { diagonal[column * lanes + lane] = max(own + square * Float(means[lane]), 1e-6) }
    }
  }

  func curvatureBound(into diagonal: inout [Float]) {
    // |xⱼ|·Σ|x| bounds the outer product of a row; ½ bounds diag p − p·pᵀ, ¼ its binomial form.
    let factor: Float = lanes == 1 ? 0.25 : 0.5
    var bounds = [Float](repeating: 0, count: featureCount + 1)
    for row in 0..<features.rowCount {
      let entries = features.offsets[row]..<features.offsets[row + 1]
      let others = denseColumns == 0 ? [] : dense!.values[row * denseColumns..<(row + 1) * denseColumns]
      var length: Float = 1
      for entry in entries { length += abs(features.values[entry]) }
      for value in others { length += abs(value) }
      let weight = loss.costs[row] * factor * length
      for entry in entries { bounds[Int(features.columns[entry])] += weight * abs(features.values[entry]) }
      for (column, value) in others.enumerated() { bounds[features.columnCount + column] += weight * abs(value) }
      bounds[featureCount] += weight
    }
    for (column, bound) in bounds.enumerated() {
      let own = column == featureCount ? 0 : penalty
      for lane in 0..<lanes { diagonal[column * lanes + lane] = max(own + bound, 1e-6) }
    }
  }

  mutating func beginDirection() {
    for i in slopes.indices { slopes[i] = 0 }
  }

  mutating func hessianProduct(_ vector: [Float], into product: inout [Float]) {
    multiplyAndTranspose(vector)
    combine(with: vector, into: &product)
  }

  mutating func extendDirection(by step: Float) {
    BLAS.axpy(step, vectorMargins, into: &slopes)
  }

  mutating func beginLine(from parameters: [Float], along direction: [Float]) {
    let half = 0.5 * Double(penalty)
    line = (
      half * penalized(parameters, parameters), 2 * half * penalized(parameters, direction),
      half * penalized(direction, direction)
    )
  }

  mutating func value(at step: Double) -> Double {
    let loss = loss
    let rows = FixedBlocks(count: features.rowCount, size: 512)
    var parts = [Double](repeating: 0, count: rows.count)
    unsafe margins.withUnsafeBufferPointer { margins in
      unsafe slopes.withUnsafeBufferPointer { slopes in
        unsafe trial.withUnsafeMutableBufferPointer { trial in
          unsafe parts.withUnsafeMutableBufferPointer { parts in
            workers.forEach(rows.count) { block in
              unsafe parts[block] = loss.evaluate(
                rows: rows[block], margins: margins.baseAddress!, slopes: slopes.baseAddress!, step: Float(step),
                probabilities: trial.baseAddress!)
            }
          }
        }
      }
    }
    var total = line.constant + step * (line.linear + step * line.quadratic)
    for part in parts { total += part }
    return total
  }

  mutating func advance(by step: Double) {
    BLAS.axpy(Float(step), slopes, into: &margins)
    swap(&probabilities, &trial)
  }

  /// Σ x·y over everything but the intercepts.
  private func penalized(_ x: [Float], _ y: [Float]) -> Double {
    var sum = 0.0
    for i in 0..<featureCount * lanes { sum += Double(x[i]) * Double(y[i]) }
    return sum
  }

  /// Margins of all rows: X·W + D·V + b.
  private mutating func multiply(
    _ parameters: [Float], padding: Float, into target: WritableKeyPath<LogisticObjective, [Float]>
  ) {
    var out = self[keyPath: target]
    self[keyPath: target] = []
    let start = intercepts(of: parameters)
    unsafe parameters.withUnsafeBufferPointer { parameters in
      unsafe out.withUnsafeMutableBufferPointer { out in
        workers.forEach(blocks.count) { block in
          for rows in chunks(of: blocks[block]) {
            unsafe multiply(
              rows, parameters.baseAddress!, start, into: out.baseAddress! + rows.lowerBound * lanes)
          }
        }
        if padding != 0, loss.labelCount < lanes {
          for row in 0..<features.rowCount {
            for lane in loss.labelCount..<lanes { unsafe out[row * lanes + lane] = padding }
          }
        }
      }
    }
    self[keyPath: target] = out
  }

  private func intercepts(of parameters: [Float]) -> [Float] { Array(parameters[(featureCount * lanes)...]) }

  /// Margins of some rows.
  @unsafe private func multiply(
    _ rows: Range<Int>, _ parameters: UnsafePointer<Float>, _ start: [Float], into out: UnsafeMutablePointer<Float>
  ) {
    unsafe features.gather(rows: rows, weights: parameters, lanes: lanes, start: start, into: out)
    if let dense {
      unsafe dense.values.withUnsafeBufferPointer { values in
        unsafe BLAS.addProduct(
          values.baseAddress! + rows.lowerBound * denseColumns, parameters + features.columnCount * lanes, into: out,
          m: rows.count, n: lanes, k: denseColumns)
      }
    }
  }

  /// Rows in runs short enough that their entries stay in the first caches.
  private func chunks(of rows: Range<Int>) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var first = rows.lowerBound
    while first < rows.upperBound {
      var last = first + 1
      while last < rows.upperBound && last - first < 64
        && features.offsets[last + 1] - features.offsets[first] <= 4096
      {
        last += 1
      }
      chunks.append(first..<last)
      first = last
    }
    return chunks
  }

  /// Xᵀ·coefficients into each block's sums; `coefficients` writes those of some rows to the given buffer.
  private mutating func transposedSums(_ coefficients: (Range<Int>, UnsafeMutablePointer<Float>) -> Void) {
    let count = parameterCount
    var sums = sums
    self.sums = []
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      workers.forEach(blocks.count) { block in
        let sum = unsafe sums.baseAddress! + block * count
        unsafe sum.update(repeating: 0, count: count)
        unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: 64 * lanes) { buffer in
          for rows in chunks(of: blocks[block]) {
            unsafe coefficients(rows, buffer.baseAddress!)
            unsafe addTransposed(rows, buffer.baseAddress!, into: sum)
          }
        }
      }
    }
    self.sums = sums
  }

  /// Margins of a vector, kept in `vectorMargins`, and Xᵀ·curve(margins) into each block's sums, in one pass.
  private mutating func multiplyAndTranspose(_ vector: [Float]) {
    var margins = vectorMargins
    vectorMargins = []
    var sums = sums
    self.sums = []
    let start = intercepts(of: vector)
    let probabilities = probabilities
    let count = parameterCount
    unsafe vector.withUnsafeBufferPointer { vector in
      unsafe margins.withUnsafeMutableBufferPointer { margins in
        unsafe probabilities.withUnsafeBufferPointer { probabilities in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            workers.forEach(blocks.count) { block in
              let sum = unsafe sums.baseAddress! + block * count
              unsafe sum.update(repeating: 0, count: count)
              unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: 64 * lanes) { buffer in
                for rows in chunks(of: blocks[block]) {
                  let out = unsafe margins.baseAddress! + rows.lowerBound * lanes
                  unsafe multiply(rows, vector.baseAddress!, start, into: out)
                  unsafe loss.curve(
                    rows: rows, probabilities: probabilities.baseAddress!, margins: out, into: buffer.baseAddress!)
                  unsafe addTransposed(rows, buffer.baseAddress!, into: sum)
                }
              }
            }
          }
        }
      }
    }
    vectorMargins = margins
    self.sums = sums
  }

  /// Adds some rows' coefficients, times the rows, to a block's sum.
  @unsafe private func addTransposed(
    _ rows: Range<Int>, _ coefficients: UnsafePointer<Float>, into sum: UnsafeMutablePointer<Float>
  ) {
    unsafe features.scatter(rows: rows, coefficients: coefficients, lanes: lanes, into: sum)
    if let dense {
      unsafe dense.values.withUnsafeBufferPointer { values in
        unsafe BLAS.addTransposedProduct(
          values.baseAddress! + rows.lowerBound * denseColumns, coefficients,
          into: sum + features.columnCount * lanes, m: denseColumns, n: lanes, k: rows.count)
      }
    }
    let intercept = featureCount * lanes
    for place in 0..<rows.count {
      for lane in 0..<lanes { unsafe sum[intercept + lane] += coefficients[place * lanes + lane] }
    }
  }

  /// out ← penalty·vector + the blocks' sums in block order.
  private mutating func combine(with vector: [Float], into out: inout [Float]) {
    let unpenalized = featureCount * lanes
    let penalty = penalty
    let blockCount = blocks.count
    let count = parameterCount
    for i in 0..<count {
      var sum = sums[i]
      for block in 1..<blockCount { sum += sums[block * count + i] }
      out[i] = i < unpenalized ? sum + penalty * vector[i] : sum
    }
  }
}
