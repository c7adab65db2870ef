package import LinearAlgebra
internal import Optimization

/// ½ penalty·Σ w² + Σ costs·losses over a sparse matrix with an optional dense one beside it, for one or more models.
///
/// Parameter rows: the compact matrix's shared columns, the dense columns, the intercept, then one row for each matrix
/// row that may have a column of its own. A product with the Hessian reads the matrix once: rows go through in chunks
/// small enough to stay in the cache between the product with the weights and the product with the transpose. Every
/// fixed block of rows sums its own gradient, and the blocks' sums are added in block order.
package struct LogisticObjective: Objective {
  let matrix: CompactMatrix
  let dense: DenseMatrix?
  /// The loss; another one of the same shape may take its place.
  var loss: RowLoss
  /// The factor of ½w² in the objective; intercepts have none.
  let penalty: Float
  let workers: Workers
  package let width: Int
  let blocks: FixedBlocks
  /// Each block's rows in chunks.
  let chunks: [[Range<Int>]]

  var margins: [Float]
  var probabilities: [Float]
  /// Margins of the vector of the last Hessian product, of the direction, and probabilities at the last asked steps.
  var vectorMargins: [Float]
  var slopes: [Float]
  var trial: [Float]
  /// The blocks' sums, one after the other.
  var sums: [Float]
  /// ½ penalty·(w·w, 2 w·d, d·d) of the line for each model.
  var line: (constant: [Double], linear: [Double], quadratic: [Double])

  var features: SparseMatrix { matrix.shared }
  var denseColumns: Int { dense?.columnCount ?? 0 }
  /// The parameter row of the intercept.
  var intercept: Int { features.columnCount + denseColumns }
  /// Parameter rows that more than one matrix row can share.
  var commonRows: Int { intercept + 1 }
  package var rowCount: Int { commonRows + matrix.own.count }
  package var models: Int { loss.models }
  var lanes: LaneVectors { LaneVectors(width: width, workers: workers) }

  /// Rows in one chunk at most.
  static let chunkRows = 64

  package init(matrix: CompactMatrix, dense: DenseMatrix?, loss: RowLoss, penalty: Float, workers: Workers) {
    self.matrix = matrix
    self.dense = dense
    self.loss = loss
    self.penalty = penalty
    self.workers = workers
    width = loss.width
    let offsets = matrix.shared.offsets
    // As many blocks as keep their sums small beside the matrix; from the data alone, never from the threads.
    let count = matrix.shared.entryCount / max(1, 64 * matrix.shared.columnCount)
    let blocks = FixedBlocks(offsets: offsets, blocks: min(max(2, count), 8))
    self.blocks = blocks
    chunks = (0..<blocks.count).map { block in
      var chunks: [Range<Int>] = []
      var first = blocks[block].lowerBound
      while first < blocks[block].upperBound {
        var last = first + 1
        while last < blocks[block].upperBound && last - first < Self.chunkRows
          && offsets[last + 1] - offsets[first] <= 4096
        {
          last += 1
        }
        chunks.append(first..<last)
        first = last
      }
      return chunks
    }
    margins = [Float](repeating: 0, count: matrix.shared.rowCount * width)
    probabilities = margins
    vectorMargins = margins
    slopes = margins
    trial = margins
    sums = []
    line = ([], [], [])
    sums = [Float](repeating: 0, count: commonRows * width * blocks.count)
  }

  // The passes below work on a copy that does not change: of what may change, each of their calls would be handed a copy of its
  // own, with a reference count for every array in it.

  package mutating func move(to parameters: [Float]) -> [Double] {
    lanes.clear(&slopes)
    let padded = (0..<models).flatMap { _ in
      (0..<loss.lanes).map { $0 < loss.labelCount ? Float(0) : RowLoss.padding }
    }
    var out: [Float] = []
    swap(&out, &margins)
    let start = zip(intercepts(of: parameters), padded).map { $0 + $1 }
    let objective = self
    unsafe parameters.withUnsafeBufferPointer { parameters in
      unsafe out.withUnsafeMutableBufferPointer { out in
        objective.workers.forEach(objective.blocks.count) { block in
          for rows in objective.chunks[block] {
            let place = unsafe out.baseAddress! + rows.lowerBound * objective.width
            unsafe objective.multiply(rows, parameters.baseAddress!, start, into: place)
          }
        }
      }
    }
    swap(&out, &margins)
    line = (penalized(parameters, parameters).map { 0.5 * $0 }, zeroes, zeroes)
    let result = values(at: zeroes)
    swap(&probabilities, &trial)
    return result
  }

  package mutating func gradient(of parameters: [Float], into gradient: inout [Float]) {
    var sums: [Float] = []
    swap(&sums, &self.sums)
    let count = commonRows * width
    let objective = self
    unsafe parameters.withUnsafeBufferPointer { parameters in
      unsafe gradient.withUnsafeMutableBufferPointer { gradient in
        unsafe probabilities.withUnsafeBufferPointer { probabilities in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            unsafe objective.forEachBlock { block, buffer in
              let sum = unsafe sums.baseAddress! + block * count
              unsafe sum.update(repeating: 0, count: count)
              for rows in objective.chunks[block] {
                unsafe objective.loss.residuals(rows: rows, probabilities: probabilities.baseAddress!, into: buffer)
                unsafe objective.addTransposed(rows, buffer, into: sum)
                unsafe objective.setOwn(rows, buffer, vector: parameters.baseAddress!, into: gradient.baseAddress!)
              }
            }
          }
        }
      }
    }
    swap(&sums, &self.sums)
    _ = combine(with: parameters, into: &gradient)
  }

  package mutating func beginDirection() {
    lanes.clear(&slopes)
  }

  package mutating func hessianProduct(_ vector: [Float], into product: inout [Float]) -> [Double] {
    var sums: [Float] = []
    var margins: [Float] = []
    swap(&sums, &self.sums)
    swap(&margins, &vectorMargins)
    let count = commonRows * width
    let start = intercepts(of: vector)
    let objective = self
    unsafe vector.withUnsafeBufferPointer { vector in
      unsafe product.withUnsafeMutableBufferPointer { product in
        unsafe margins.withUnsafeMutableBufferPointer { margins in
          unsafe probabilities.withUnsafeBufferPointer { probabilities in
            unsafe sums.withUnsafeMutableBufferPointer { sums in
              unsafe objective.forEachBlock { block, buffer in
                let sum = unsafe sums.baseAddress! + block * count
                unsafe sum.update(repeating: 0, count: count)
                for rows in objective.chunks[block] {
                  let out = unsafe margins.baseAddress! + rows.lowerBound * objective.width
                  unsafe objective.multiply(rows, vector.baseAddress!, start, into: out)
                  unsafe objective.loss.curve(
                    rows: rows, probabilities: probabilities.baseAddress!, margins: out, into: buffer)
                  unsafe objective.addTransposed(rows, buffer, into: sum)
                  unsafe objective.setOwn(rows, buffer, vector: vector.baseAddress!, into: product.baseAddress!)
                }
              }
            }
          }
        }
      }
    }
    swap(&sums, &self.sums)
    swap(&margins, &vectorMargins)
    return combine(with: vector, into: &product)
  }

  package mutating func extendDirection(by steps: [Float]) {
    lanes.add(steps, vectorMargins, into: &slopes)
  }

  package mutating func beginLine(from parameters: [Float], along direction: [Float]) {
    line = (
      penalized(parameters, parameters).map { 0.5 * $0 }, penalized(parameters, direction),
      penalized(direction, direction).map { 0.5 * $0 }
    )
  }

  package mutating func values(at steps: [Double]) -> [Double] {
    let rows = FixedBlocks(count: features.rowCount, size: 1024)
    let models = models
    var parts = [Double](repeating: 0, count: rows.count * models)
    let narrow = steps.map { Float($0) }
    unsafe margins.withUnsafeBufferPointer { margins in
      unsafe slopes.withUnsafeBufferPointer { slopes in
        unsafe trial.withUnsafeMutableBufferPointer { trial in
          unsafe parts.withUnsafeMutableBufferPointer { parts in
            workers.forEach(rows.count) { block in
              unsafe loss.evaluate(
                rows: rows[block], margins: margins.baseAddress!, slopes: slopes.baseAddress!, steps: narrow,
                probabilities: trial.baseAddress!, totals: parts.baseAddress! + block * models)
            }
          }
        }
      }
    }
    var totals = line.constant
    for model in 0..<models {
      totals[model] += steps[model] * (line.linear[model] + steps[model] * line.quadratic[model])
    }
    for (place, part) in parts.enumerated() { totals[place % models] += part }
    return totals
  }

  package mutating func advance(by steps: [Double]) {
    lanes.add(perLane(steps), slopes, into: &margins)
    swap(&probabilities, &trial)
  }

  private var zeroes: [Double] { [Double](repeating: 0, count: models) }

  private func intercepts(of parameters: [Float]) -> [Float] {
    Array(parameters[intercept * width..<commonRows * width])
  }

  /// penalty·Σ x·y over everything but the intercepts, for each model.
  private func penalized(_ x: [Float], _ y: [Float]) -> [Double] {
    var dots = lanes.dot(x, y)
    for lane in 0..<width {
      let place = intercept * width + lane
      dots[lane] -= Double(x[place] * y[place])
    }
    return perModel(dots).map { $0 * Double(penalty) }
  }

  /// out ← penalty·vector + the blocks' sums, intercepts unpenalized; returns Σ vector·out for each lane.
  private func combine(with vector: [Float], into out: inout [Float]) -> [Double] {
    var dots = lanes.combine(
      sums, blocks: blocks.count, count: commonRows * width, penalty: penalty, vector: vector, into: &out)
    for (lane, own) in lanes.dot(vector, out, from: commonRows).enumerated() {
      let place = intercept * width + lane
      let excess = penalty * vector[place]
      out[place] -= excess
      dots[lane] += own - Double(excess * vector[place])
    }
    return dots
  }
}
