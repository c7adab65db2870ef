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
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe values.withUnsafeBufferPointer { values in
          var begin = unsafe offsets[rows.lowerBound]
          var out = unsafe out
          for row in rows {
            let end = unsafe offsets[row + 1]
            switch lanes {
            case 1:
              unsafe out.pointee =
                start[0]
                + Self.sum(
                  columns.baseAddress!, values.baseAddress!, begin, end, weights)
            case 4:
              unsafe Self.gatherRow(columns, values, begin, end, weights, 4, start, 0, out, SIMD4<Float>.self)
            case 8:
              unsafe Self.gatherRow(columns, values, begin, end, weights, 8, start, 0, out, SIMD8<Float>.self)
            default:
              var lane = 0
              while lane + 16 <= lanes {
                unsafe Self.gatherRow(columns, values, begin, end, weights, lanes, start, lane, out, SIMD16<Float>.self)
                lane += 16
              }
              while lane + 8 <= lanes {
                unsafe Self.gatherRow(columns, values, begin, end, weights, lanes, start, lane, out, SIMD8<Float>.self)
                lane += 8
              }
              while lane + 4 <= lanes {
                unsafe Self.gatherRow(columns, values, begin, end, weights, lanes, start, lane, out, SIMD4<Float>.self)
                lane += 4
              }
              while lane < lanes {
                var sum = start[lane]
                for entry in begin..<end {
                  unsafe sum += values[entry] * weights[Int(columns[entry]) &* lanes &+ lane]
                }
                unsafe out[lane] = sum
                lane += 1
              }
            }
            begin = end
            unsafe out += lanes
          }
        }
      }
    }
  }

  /// The same for one row and for `lanes` lanes alone (1, 4, 8 or 16) of weights that have `stride` lanes a column;
  /// `weights` begins at the first of them.
  @unsafe package func gather(
    row: Int, weights: UnsafePointer<Float>, stride: Int, lanes: Int, start: [Float],
    into out: UnsafeMutablePointer<Float>
  ) {
    precondition(start.count == lanes && row < rowCount)
    let begin = offsets[row]
    let end = offsets[row + 1]
    unsafe columns.withUnsafeBufferPointer { columns in
      unsafe values.withUnsafeBufferPointer { values in
        switch lanes {
        case 4: unsafe Self.gatherRow(columns, values, begin, end, weights, stride, start, 0, out, SIMD4<Float>.self)
        case 8: unsafe Self.gatherRow(columns, values, begin, end, weights, stride, start, 0, out, SIMD8<Float>.self)
        case 16: unsafe Self.gatherRow(columns, values, begin, end, weights, stride, start, 0, out, SIMD16<Float>.self)
        default:
          for lane in 0..<lanes {
            var sum = start[lane]
            for entry in begin..<end { unsafe sum += values[entry] * weights[Int(columns[entry]) &* stride &+ lane] }
            unsafe out[lane] = sum
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
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe values.withUnsafeBufferPointer { values in
          var begin = unsafe offsets[rows.lowerBound]
          var coefficients = unsafe coefficients
          for row in rows {
            let end = unsafe offsets[row + 1]
            switch lanes {
            case 1:
              if begin < end {
                unsafe Self.add(
                  coefficients.pointee, columns.baseAddress!, values.baseAddress!, begin, end, to: out)
              }
            case 4:
              unsafe Self.scatterRow(columns, values, begin, end, coefficients, 4, 0, out, SIMD4<Float>.self)
            case 8:
              unsafe Self.scatterRow(columns, values, begin, end, coefficients, 8, 0, out, SIMD8<Float>.self)
            default:
              var lane = 0
              while lane + 16 <= lanes {
                unsafe Self.scatterRow(columns, values, begin, end, coefficients, lanes, lane, out, SIMD16<Float>.self)
                lane += 16
              }
              while lane + 8 <= lanes {
                unsafe Self.scatterRow(columns, values, begin, end, coefficients, lanes, lane, out, SIMD8<Float>.self)
                lane += 8
              }
              while lane + 4 <= lanes {
                unsafe Self.scatterRow(columns, values, begin, end, coefficients, lanes, lane, out, SIMD4<Float>.self)
                lane += 4
              }
              while lane < lanes {
                let coefficient = unsafe coefficients[lane]
                for entry in begin..<end {
                  unsafe out[Int(columns[entry]) &* lanes &+ lane] += values[entry] * coefficient
                }
                lane += 1
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

  /// start + Σ value·weights[column] over some entries, for the lanes of one vector of weights that have `stride` lanes a
  /// column; in two sums, so that additions need not wait for each other.
  @inlinable @inline(__always)
  @unsafe package static func sum<V: SIMD & BitwiseCopyable>(
    _ columns: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>, _ begin: Int, _ end: Int,
    _ weights: UnsafePointer<Float>, stride: Int, start: V
  ) -> V where V.Scalar == Float {
    let weights = unsafe UnsafeRawPointer(weights)
    let stride = stride &* 4
    var even = start
    var odd = V.zero
    var entry = begin
    while entry &+ 2 <= end {
      let first = unsafe Int(columns[entry]) &* stride
      let second = unsafe Int(columns[entry &+ 1]) &* stride
      even += unsafe weights.loadUnaligned(fromByteOffset: first, as: V.self) * values[entry]
      odd += unsafe weights.loadUnaligned(fromByteOffset: second, as: V.self) * values[entry &+ 1]
      entry &+= 2
    }
    if entry < end {
      let last = unsafe Int(columns[entry]) &* stride
      even += unsafe weights.loadUnaligned(fromByteOffset: last, as: V.self) * values[entry]
    }
    return even + odd
  }

  /// Adds a change, times the values of some entries, to the weights of their columns.
  @inlinable @inline(__always)
  @unsafe package static func add<V: SIMD & BitwiseCopyable>(
    _ change: V, _ columns: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>, _ begin: Int, _ end: Int,
    to weights: UnsafeMutablePointer<Float>, stride: Int
  ) where V.Scalar == Float {
    let weights = UnsafeMutableRawPointer(weights)
    let stride = stride &* 4
    var entry = begin
    while entry < end {
      let place = unsafe weights + Int(columns[entry]) &* stride
      let sum = unsafe place.loadUnaligned(as: V.self) + change * values[entry]
      unsafe place.storeBytes(of: sum, as: V.self)
      entry &+= 1
    }
  }

  /// One row's products for the lanes of one vector.
  @inline(__always)
  private static func gatherRow<V: SIMD & BitwiseCopyable>(
    _ columns: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>, _ begin: Int, _ end: Int,
    _ weights: UnsafePointer<Float>, _ lanes: Int, _ start: [Float], _ lane: Int, _ out: UnsafeMutablePointer<Float>,
    _ vector: V.Type
  ) where V.Scalar == Float {
    // A matrix without entries has no addresses; then there is nothing to add.
    let start = unsafe start.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: lane &* 4, as: V.self) }
    let total =
      begin == end
      ? start
      : unsafe sum(
        columns.baseAddress!, values.baseAddress!, begin, end, weights + lane, stride: lanes, start: start)
    unsafe UnsafeMutableRawPointer(out + lane).storeBytes(of: total, as: V.self)
  }

  /// Adds one row's coefficients, times the row's values, to its columns, for the lanes of one vector.
  @inline(__always)
  private static func scatterRow<V: SIMD & BitwiseCopyable>(
    _ columns: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>, _ begin: Int, _ end: Int,
    _ coefficients: UnsafePointer<Float>, _ lanes: Int, _ lane: Int, _ out: UnsafeMutablePointer<Float>,
    _ vector: V.Type
  ) where V.Scalar == Float {
    guard begin < end else { return }
    let coefficient = unsafe UnsafeRawPointer(coefficients + lane).loadUnaligned(as: V.self)
    unsafe add(
      coefficient, columns.baseAddress!, values.baseAddress!, begin, end, to: out + lane, stride: lanes)
  }
}
