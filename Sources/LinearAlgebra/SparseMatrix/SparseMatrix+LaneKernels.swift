package import CPlatform

// The two sparse kernels that carry training and scoring. A "lane" is one label (or one label of one of several models):
// weights lie feature by feature with the lanes of a feature next to each other, so one entry of the matrix becomes one
// short dense update. Both are measured by `Benchmarks`; `SparseMatrix.dense()` with plain loops is their reference twin.

extension SparseMatrix {
  /// out[r] = start + Σ value·weights[column] for each of `rows`; row r of `out` begins at `(r - rows.lowerBound)·lanes`.
  @unsafe package func gather(
    rows: Range<Int>, weights: UnsafePointer<Float>, lanes: Int, start: [Float],
    into out: UnsafeMutablePointer<Float>
  ) {
    precondition(start.count == lanes && rows.upperBound <= rowCount)
    unsafe gather(rows: rows, weights: weights, stride: lanes, lanes: lanes, start: start, into: out)
  }

  /// The same for one row and for `lanes` lanes alone of weights that have `stride` lanes a column; `weights` begins at the
  /// first of them.
  @unsafe package func gather(
    row: Int, weights: UnsafePointer<Float>, stride: Int, lanes: Int, start: [Float],
    into out: UnsafeMutablePointer<Float>
  ) {
    precondition(start.count == lanes && row < rowCount)
    unsafe gather(rows: row..<row + 1, weights: weights, stride: stride, lanes: lanes, start: start, into: out)
  }

  @unsafe private func gather(
    rows: Range<Int>, weights: UnsafePointer<Float>, stride: Int, lanes: Int, start: [Float],
    into out: UnsafeMutablePointer<Float>
  ) {
    // A matrix without entries has no addresses; then there is nothing to add.
    guard entryCount > 0 else {
      for index in 0..<rows.count * lanes { unsafe out[index] = start[index % lanes] }
      return
    }
    let inVectors = lanes / 4 * 4
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe values.withUnsafeBufferPointer { values in
          unsafe start.withUnsafeBufferPointer { start in
            let (columns, values, first) = (columns.baseAddress!, values.baseAddress!, start.baseAddress!)
            var begin = unsafe offsets[rows.lowerBound]
            var out = unsafe out
            for row in rows {
              let end = unsafe offsets[row + 1]
              if inVectors > 0 {
                unsafe Self.gatherLanes(
                  columns + begin, values + begin, end - begin, weights, lanes: inVectors, stride: stride, start: first,
                  into: out)
              } else if stride == 1 {
                unsafe out.pointee = first.pointee + Self.sum(columns, values, begin, end, weights)
              }
              for lane in (stride == 1 ? 1 : inVectors)..<lanes {
                var sum = unsafe first[lane]
                for entry in begin..<end {
                  unsafe sum += values[entry] * weights[Int(columns[entry]) &* stride &+ lane]
                }
                unsafe out[lane] = sum
              }
              begin = end
              unsafe out += lanes
            }
          }
        }
      }
    }
  }

  /// out[column] += value·coefficients[r] for each of `rows`; row r of `coefficients` begins at
  /// `(r - rows.lowerBound)·lanes`.
  @unsafe package func scatter(
    rows: Range<Int>, coefficients: UnsafePointer<Float>, lanes: Int, into out: UnsafeMutablePointer<Float>
  ) {
    precondition(rows.upperBound <= rowCount)
    guard entryCount > 0 else { return }
    let inVectors = lanes / 4 * 4
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe values.withUnsafeBufferPointer { values in
          let (columns, values) = (columns.baseAddress!, values.baseAddress!)
          var begin = unsafe offsets[rows.lowerBound]
          var coefficients = unsafe coefficients
          for row in rows {
            let end = unsafe offsets[row + 1]
            if lanes == 1 {
              unsafe Self.add(coefficients.pointee, columns, values, begin, end, to: out)
            } else {
              if inVectors > 0 {
                unsafe Self.scatterLanes(
                  columns + begin, values + begin, end - begin, coefficients, lanes: inVectors, stride: lanes, into: out
                )
              }
              for lane in inVectors..<lanes {
                let coefficient = unsafe coefficients[lane]
                for entry in begin..<end {
                  unsafe out[Int(columns[entry]) &* lanes &+ lane] += values[entry] * coefficient
                }
              }
            }
            begin = end
            unsafe coefficients += lanes
          }
        }
      }
    }
  }

  /// Σ value·weights[column] of one row, in four sums so that additions need not wait for each other.
  @inlinable @inline(__always)
  @unsafe package static func sum(
    _ columns: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>, _ begin: Int, _ end: Int,
    _ weights: UnsafePointer<Float>
  ) -> Float {
    var sums = SIMD4<Float>.zero
    var entry = begin
    while entry &+ 4 <= end {
      let w = unsafe SIMD4<Float>(
        weights[Int(columns[entry])], weights[Int(columns[entry &+ 1])], weights[Int(columns[entry &+ 2])],
        weights[Int(columns[entry &+ 3])])
      let v = unsafe UnsafeRawPointer(values + entry).loadUnaligned(as: SIMD4<Float>.self)
      sums += v * w
      entry &+= 4
    }
    var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
    while entry < end {
      unsafe sum += values[entry] * weights[Int(columns[entry])]
      entry &+= 1
    }
    return sum
  }

  /// Adds a change, times the values of some entries of one row, to the weights of their columns.
  @inlinable @inline(__always)
  @unsafe package static func add(
    _ change: Float, _ columns: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>, _ begin: Int, _ end: Int,
    to weights: UnsafeMutablePointer<Float>
  ) {
    var entry = begin
    while entry < end {
      unsafe weights[Int(columns[entry])] += values[entry] * change
      entry &+= 1
    }
  }

  // The kernels of several lanes. Where the processor has wider vectors than Swift may count on, the loops in C do the same, to
  // the last bit, with fewer instructions; those here are their plain twins.

  /// out = start + Σ value·weights[column] over `count` entries, for `lanes` lanes, a multiple of 4, of weights that have `stride`
  /// lanes a column; in two sums, so that additions need not wait for each other.
  ///
  /// - Parameters:
  ///   - start: none stands for zeros.
  ///   - ahead: what is asked for meanwhile.
  @unsafe package static func gatherLanes(
    _ columns: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>, _ count: Int, _ weights: UnsafePointer<Float>,
    lanes: Int, stride: Int, start: UnsafePointer<Float>?, asking ahead: UnsafePointer<platform_ahead>? = nil,
    into out: UnsafeMutablePointer<Float>
  ) {
    // Checked by the callers: every column has its lanes, and there is room for the sums.
    if unsafe platform_gather_lanes(columns, values, count, weights, lanes, stride, start, ahead, out) != 0 { return }
    var lane = 0
    @inline(__always)
    func gather<V: SIMD & BitwiseCopyable>(_ vector: V.Type) where V.Scalar == Float {
      // What one loop asks for, the next ones need not.
      let sum = unsafe Self.sum(
        columns, values, count, weights + lane, stride: stride,
        start: start.map { unsafe UnsafeRawPointer($0 + lane).loadUnaligned(as: V.self) } ?? V.zero,
        asking: lane == 0 ? ahead : nil)
      unsafe UnsafeMutableRawPointer(out + lane).storeBytes(of: sum, as: V.self)
      lane &+= V.scalarCount
    }
    while lane &+ 16 <= lanes { gather(SIMD16<Float>.self) }
    while lane &+ 8 <= lanes { gather(SIMD8<Float>.self) }
    while lane < lanes { gather(SIMD4<Float>.self) }
  }

  /// Adds changes of some lanes, a multiple of 4, times the values of some entries, to the weights of their columns.
  @unsafe package static func scatterLanes(
    _ columns: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>, _ count: Int, _ changes: UnsafePointer<Float>,
    lanes: Int, stride: Int, into weights: UnsafeMutablePointer<Float>
  ) {
    // Checked: as above.
    if unsafe platform_scatter_lanes(columns, values, count, changes, lanes, weights, stride) != 0 { return }
    var lane = 0
    @inline(__always)
    func scatter<V: SIMD & BitwiseCopyable>(_ vector: V.Type) where V.Scalar == Float {
      let change = unsafe UnsafeRawPointer(changes + lane).loadUnaligned(as: V.self)
      let weights = unsafe UnsafeMutableRawPointer(weights + lane)
      for entry in 0..<count {
        let place = unsafe weights + Int(columns[entry]) &* stride &* 4
        let sum = unsafe place.loadUnaligned(as: V.self) + change * values[entry]
        unsafe place.storeBytes(of: sum, as: V.self)
      }
      lane &+= V.scalarCount
    }
    while lane &+ 16 <= lanes { scatter(SIMD16<Float>.self) }
    while lane &+ 8 <= lanes { scatter(SIMD8<Float>.self) }
    while lane < lanes { scatter(SIMD4<Float>.self) }
  }

  /// start + Σ value·weights[column] over some entries, for the lanes of one vector.
  @inline(__always)
  private static func sum<V: SIMD & BitwiseCopyable>(
    _ columns: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>, _ count: Int, _ weights: UnsafePointer<Float>,
    stride: Int, start: V, asking ahead: UnsafePointer<platform_ahead>?
  ) -> V where V.Scalar == Float {
    let weights = unsafe UnsafeRawPointer(weights)
    let stride = stride &* 4
    let asks = unsafe ahead != nil
    let (distance, isFar) = unsafe (ahead?.pointee.distance ?? 0, ahead.map { unsafe $0.pointee.is_far != 0 } ?? false)
    @inline(__always)
    func product(_ entry: Int) -> V {
      if isFar { unsafe platform_prefetch(weights + Int(columns[min(entry &+ 32, count &- 1)]) &* stride) }
      return unsafe weights.loadUnaligned(fromByteOffset: Int(columns[entry]) &* stride, as: V.self) * values[entry]
    }
    var even = start
    var odd = V.zero
    var entry = 0
    while entry &+ 4 <= count {
      if asks {
        unsafe platform_prefetch(columns + (entry &+ distance))
        unsafe platform_prefetch(values + (entry &+ distance))
      }
      even += product(entry)
      odd += product(entry &+ 1)
      even += product(entry &+ 2)
      odd += product(entry &+ 3)
      entry &+= 4
    }
    if entry &+ 2 <= count {
      even += product(entry)
      odd += product(entry &+ 1)
      entry &+= 2
    }
    if entry < count { even += product(entry) }
    return even + odd
  }
}
