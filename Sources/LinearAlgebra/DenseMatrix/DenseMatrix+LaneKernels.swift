internal import CPlatform

// Products of single rows with weights of several lanes, for dual ascent, which takes one row after the other: there `sgemm` would
// copy all weights into an order of its own for every few rows. Weights lie lane by lane, a lane's columns next to each other, so
// that a vector holds columns and no value has to be repeated. As for sparse rows the loops in C do the same as those here, to
// the last bit, where the processor has wider vectors than Swift may count on.

extension DenseMatrix {
  /// Adds Σ row·weights to `out` for each lane.
  ///
  /// - Parameters:
  ///   - row: `count` values.
  ///   - weights: lanes × count.
  ///   - distance: how many numbers behind the row another one lies that will be read later; 0 if nobody knows.
  @unsafe package static func addProducts(
    of row: UnsafePointer<Float>, _ count: Int, _ weights: UnsafePointer<Float>, lanes: Int, asking distance: Int = 0,
    to out: UnsafeMutablePointer<Float>
  ) {
    // Checked by the callers: the weights have so many lanes of so many columns.
    if unsafe platform_gather_dense(row, count, weights, lanes, distance, out) != 0 { return }
    for lane in 0..<lanes {
      let weights = unsafe weights + lane &* count
      var sums = SIMD16<Float>.zero
      var column = 0
      while column &+ 16 <= count {
        unsafe sums +=
          UnsafeRawPointer(row + column).loadUnaligned(as: SIMD16<Float>.self)
          * UnsafeRawPointer(weights + column).loadUnaligned(as: SIMD16<Float>.self)
        column &+= 16
      }
      for last in column..<count { unsafe sums[last &- column] += row[last] * weights[last] }
      let halves = sums.lowHalf + sums.highHalf
      let quarters = halves.lowHalf + halves.highHalf
      unsafe out[lane] += (quarters[0] + quarters[1]) + (quarters[2] + quarters[3])
    }
  }

  /// Adds a change for each lane, times the row, to the lane's weights; arguments as above.
  @unsafe package static func add(
    _ changes: UnsafePointer<Float>, times row: UnsafePointer<Float>, _ count: Int, lanes: Int,
    to weights: UnsafeMutablePointer<Float>
  ) {
    // Checked: as above.
    if unsafe platform_scatter_dense(row, count, changes, lanes, weights) != 0 { return }
    for lane in 0..<lanes {
      let change = unsafe changes[lane]
      let weights = unsafe weights + lane &* count
      for column in 0..<count { unsafe weights[column] += row[column] * change }
    }
  }

  /// The squared length of each row.
  package func squares(workers: Workers) -> [Float] {
    var squares = [Float](repeating: 0, count: rowCount)
    let blocks = FixedBlocks(count: rowCount, size: 256)
    unsafe squares.withUnsafeMutableBufferPointer { squares in
      let squares = unsafe squares
      unsafe values.withUnsafeBufferPointer { values in
        guard let values = values.baseAddress else { return }
        workers.forEach(blocks.count) { block in
          for row in blocks[block] {
            let place = unsafe values + row &* columnCount
            unsafe Self.addProducts(of: place, columnCount, place, lanes: 1, to: squares.baseAddress! + row)
          }
        }
      }
    }
    return squares
  }
}
