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
    // For every parameter row Σ cost · value²; a row's cost is the largest of its models'.
    var result = [Float](repeating: 0, count: rowCount)
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe features.columns.withUnsafeBufferPointer { columns in
        unsafe features.values.withUnsafeBufferPointer { values in
          for row in 0..<features.rowCount {
            let entries = features.offsets[row]..<features.offsets[row + 1]
            let others = denseColumns == 0 ? [] : dense!.values[row * denseColumns..<(row + 1) * denseColumns]
            let own = matrix.own.isEmpty ? 0 : matrix.own[row]
            let cost = loss.costs[row * models..<(row + 1) * models].max()!
            for entry in entries {
              unsafe result[Int(columns[entry])] += values[entry] * values[entry] * cost
            }
            for (column, value) in others.enumerated() {
              unsafe result[features.columnCount + column] += value * value * cost
            }
            unsafe result[intercept] += cost
            if own > 0 { unsafe result[commonRows + row] += own * own * cost }
          }
        }
      }
    }
    return result.enumerated().map { place, sum in
      1 / max((place == intercept ? 0 : penalty) + sum * bend, 1e-6).squareRoot()
    }
  }
}
