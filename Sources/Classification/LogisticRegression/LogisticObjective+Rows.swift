internal import LinearAlgebra

/// What one block of rows does in a pass.
extension LogisticObjective {
  /// Runs `body` for each block with a buffer for one chunk's coefficients.
  @unsafe func forEachBlock(_ body: (Int, UnsafeMutablePointer<Float>) -> Void) {
    workers.forEach(blocks.count) { block in
      unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.chunkRows * width) { buffer in
        unsafe body(block, buffer.baseAddress!)
      }
    }
  }

  /// Margins of some rows: X·W + D·V + own weights + b.
  @unsafe func multiply(
    _ rows: Range<Int>, _ parameters: UnsafePointer<Float>, _ start: [Float], into out: UnsafeMutablePointer<Float>
  ) {
    unsafe features.gather(rows: rows, weights: parameters, lanes: width, start: start, into: out)
    if let dense {
      unsafe dense.values.withUnsafeBufferPointer { values in
        unsafe BLAS.addProduct(
          values.baseAddress! + rows.lowerBound * denseColumns, parameters + features.columnCount * width, into: out,
          m: rows.count, n: width, k: denseColumns)
      }
    }
    guard !matrix.own.isEmpty else { return }
    let weights = unsafe UnsafeRawPointer(parameters + (commonRows + rows.lowerBound) * width)
    let out = UnsafeMutableRawPointer(out)
    unsafe matrix.own.withUnsafeBufferPointer { own in
      if width == 1 {
        for place in 0..<rows.count {
          let weight = unsafe weights.loadUnaligned(fromByteOffset: place &* 4, as: Float.self)
          let sum = unsafe out.loadUnaligned(fromByteOffset: place &* 4, as: Float.self)
          unsafe out.storeBytes(
            of: sum + own[rows.lowerBound &+ place] * weight, toByteOffset: place &* 4, as: Float.self)
        }
      } else {
        var byte = 0
        for row in rows {
          for _ in 0..<width / 4 {
            let weight = unsafe weights.loadUnaligned(fromByteOffset: byte, as: SIMD4<Float>.self)
            let sum = unsafe out.loadUnaligned(fromByteOffset: byte, as: SIMD4<Float>.self)
            unsafe out.storeBytes(of: sum + own[row] * weight, toByteOffset: byte, as: SIMD4<Float>.self)
            byte &+= 16
          }
        }
      }
    }
  }

  /// Adds some rows' coefficients, times the rows, to a block's sum.
  @unsafe func addTransposed(
    _ rows: Range<Int>, _ coefficients: UnsafePointer<Float>, into sum: UnsafeMutablePointer<Float>
  ) {
    unsafe features.scatter(rows: rows, coefficients: coefficients, lanes: width, into: sum)
    if let dense {
      unsafe dense.values.withUnsafeBufferPointer { values in
        unsafe BLAS.addTransposedProduct(
          values.baseAddress! + rows.lowerBound * denseColumns, coefficients, into: sum + features.columnCount * width,
          m: denseColumns, n: width, k: rows.count)
      }
    }
    let total = unsafe sum + intercept * width
    for place in 0..<rows.count {
      for lane in 0..<width { unsafe total[lane] += coefficients[place &* width &+ lane] }
    }
  }

  /// Writes own value × coefficient + penalty·vector for the own parameters of some rows: nothing else adds to them.
  @unsafe func setOwn(
    _ rows: Range<Int>, _ coefficients: UnsafePointer<Float>, vector: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>
  ) {
    guard !matrix.own.isEmpty else { return }
    let first = (commonRows + rows.lowerBound) * width
    let vector = unsafe vector + first
    let out = unsafe out + first
    unsafe matrix.own.withUnsafeBufferPointer { own in
      if width == 4 {
        for place in 0..<rows.count {
          let c = unsafe UnsafeRawPointer(coefficients + place &* 4).loadUnaligned(as: SIMD4<Float>.self)
          let v = unsafe UnsafeRawPointer(vector + place &* 4).loadUnaligned(as: SIMD4<Float>.self)
          let value = unsafe c * own[rows.lowerBound &+ place] + v * penalty
          unsafe UnsafeMutableRawPointer(out + place &* 4).storeBytes(of: value, as: SIMD4<Float>.self)
        }
      } else {
        for place in 0..<rows.count {
          let value = unsafe own[rows.lowerBound &+ place]
          for lane in place &* width..<(place &+ 1) &* width {
            unsafe out[lane] = value * coefficients[lane] + penalty * vector[lane]
          }
        }
      }
    }
  }

  package func metric() -> [Float] {
    // The mean of p·(1 − p) over labels at even shares stands for all statements; the square root of the Hessian's
    // diagonal proves a far better preconditioner than the diagonal itself, see Docs/TRAINING.md.
    let count = Float(loss.lanes == 1 ? 2 : loss.labelCount)
    let bend = (count - 1) / (count * count)
    return columnSums { value, cost, _ in value * value * cost * bend }
      .enumerated().map { 1 / max(($0 == intercept ? 0 : penalty) + $1, 1e-6).squareRoot() }
  }

  package func curvatureBound() -> [Float] {
    // |xⱼ|·Σ|x| bounds the outer product of a row; ½ bounds diag p − p·pᵀ, ¼ its binomial form.
    let factor: Float = loss.lanes == 1 ? 0.25 : 0.5
    return columnSums { value, cost, length in abs(value) * cost * length * factor }
      .enumerated().map { max(($0 == intercept ? 0 : penalty) + $1, 1e-6) }
  }

  /// For every parameter row the sum of `term(value, cost, Σ|values| of the matrix row)`; a row's cost is the largest of
  /// its models'.
  private func columnSums(_ term: (Float, Float, Float) -> Float) -> [Float] {
    var result = [Float](repeating: 0, count: rowCount)
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe features.columns.withUnsafeBufferPointer { columns in
        unsafe features.values.withUnsafeBufferPointer { values in
          for row in 0..<features.rowCount {
            let entries = features.offsets[row]..<features.offsets[row + 1]
            let others = denseColumns == 0 ? [] : dense!.values[row * denseColumns..<(row + 1) * denseColumns]
            let own = matrix.own.isEmpty ? 0 : matrix.own[row]
            let cost = loss.costs[row * models..<(row + 1) * models].max()!
            var length = 1 + own
            for entry in entries { unsafe length += abs(values[entry]) }
            for value in others { length += abs(value) }
            for entry in entries {
              unsafe result[Int(columns[entry])] += term(values[entry], cost, length)
            }
            for (column, value) in others.enumerated() {
              unsafe result[features.columnCount + column] += term(value, cost, length)
            }
            unsafe result[intercept] += term(1, cost, length)
            if own > 0 { unsafe result[commonRows + row] += term(own, cost, length) }
          }
        }
      }
    }
    return result
  }
}
