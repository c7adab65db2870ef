// The optimizer's long vectors: parameters row by row, each row `width` lanes wide. Several models may lie side by side,
// so every lane has its own coefficient and its own sum. Fused loops: each vector is read once where BLAS's dot and axpy
// would read it two or three times.

/// Loops over long vectors whose rows are `width` lanes wide: 1, or a multiple of 4.
///
/// Sums are kept per lane in `Float` over runs of at most 1,024 rows, then added in `Double` in row order, on whatever
/// number of threads.
package struct LaneVectors: Sendable {
  /// Lanes in a row.
  package let width: Int
  /// Who runs the blocks.
  package let workers: Workers

  /// Loops over rows of so many lanes.
  package init(width: Int, workers: Workers) {
    precondition(width == 1 || width % 4 == 0, "rows are one lane or a multiple of four lanes wide")
    self.width = width
    self.workers = workers
  }

  /// Vectors in a group of rows that shares no lane with its neighbours: four rows if there is one lane.
  private var chunks: Int { max(1, width / 4) }

  /// One number for each lane of a group, from one for each lane of a row.
  private func spread(_ coefficients: [Float]) -> [SIMD4<Float>] {
    precondition(coefficients.count == width)
    if width == 1 { return [SIMD4(repeating: coefficients[0])] }
    return (0..<chunks).map {
      SIMD4(coefficients[4 * $0], coefficients[4 * $0 + 1], coefficients[4 * $0 + 2], coefficients[4 * $0 + 3])
    }
  }

  /// y ← 0.
  package func clear(_ y: inout [Float]) {
    unsafe y.withUnsafeMutableBufferPointer { unsafe $0.update(repeating: 0) }
  }

  /// product ← penalty·vector + Σ blocks' sums, over the first rows of both; returns Σ vector·product for each lane.
  ///
  /// - Parameter sums: `blocks` vectors of `count` numbers, one after the other; they are added in that order.
  package func combine(
    _ sums: [Float], blocks: Int, count: Int, penalty: Float, vector: [Float], into product: inout [Float]
  ) -> [Double] {
    precondition(sums.count >= blocks * count && vector.count >= count && product.count >= count)
    return unsafe sums.withUnsafeBufferPointer { s in
      unsafe vector.withUnsafeBufferPointer { v in
        unsafe product.withUnsafeMutableBufferPointer { h in
          let s = unsafe s, v = unsafe v, h = unsafe h
          return unsafe self.sums(of: count) { run, sums in
            var rest: Float = 0
            Self.loop(run, chunks) { place, chunk in
              let own = unsafe Self.load(v, place)
              var sum = own * penalty
              for block in 0..<blocks { unsafe sum += Self.load(s, block &* count &+ place) }
              unsafe Self.store(sum, h, place)
              unsafe sums[chunk] += own * sum
            } tail: { place in
              var sum = unsafe v[place] * penalty
              for block in 0..<blocks { unsafe sum += s[block &* count &+ place] }
              unsafe h[place] = sum
              unsafe rest += v[place] * sum
            }
            return rest
          }
        }
      }
    }
  }

  /// y ← y + a·x with one coefficient a lane.
  package func add(_ coefficients: [Float], _ x: [Float], into y: inout [Float]) {
    let a = spread(coefficients)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        let x = unsafe x, y = unsafe y
        forEachRun(of: y.count) { run in
          Self.loop(run, chunks) { place, chunk in
            unsafe Self.store(Self.load(y, place) + a[chunk] * Self.load(x, place), y, place)
          } tail: { place in
            unsafe y[place] += a[0][0] * x[place]
          }
        }
      }
    }
  }

  /// Σ x·y for each lane, from a row on.
  package func dot(_ x: [Float], _ y: [Float], from row: Int = 0) -> [Double] {
    precondition(x.count == y.count && row * width <= x.count)
    return unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        let x = unsafe x, y = unsafe y
        let first = row * width
        return unsafe sums(of: x.count - first) { run, sums in
          var rest: Float = 0
          Self.loop(run, chunks) { place, chunk in
            unsafe sums[chunk] += Self.load(x, first &+ place) * Self.load(y, first &+ place)
          } tail: { place in
            unsafe rest += x[first &+ place] * y[first &+ place]
          }
          return rest
        }
      }
    }
  }

  /// direction += step·vector, residual −= step·product; returns Σ metric·residual² for each lane.
  ///
  /// - Parameter metric: one number a row.
  package func descend(
    steps: [Float], vector: [Float], product: [Float], metric: [Float], direction: inout [Float],
    residual: inout [Float]
  ) -> [Double] {
    let a = spread(steps)
    let width = width
    return unsafe vector.withUnsafeBufferPointer { v in
      unsafe product.withUnsafeBufferPointer { h in
        unsafe metric.withUnsafeBufferPointer { m in
          unsafe direction.withUnsafeMutableBufferPointer { d in
            unsafe residual.withUnsafeMutableBufferPointer { r in
              let v = unsafe v, h = unsafe h, m = unsafe m, d = unsafe d, r = unsafe r
              return unsafe sums(of: v.count) { run, sums in
                var rest: Float = 0
                Self.loop(run, chunks) { place, chunk in
                  unsafe Self.store(Self.load(d, place) + a[chunk] * Self.load(v, place), d, place)
                  let left = unsafe Self.load(r, place) - a[chunk] * Self.load(h, place)
                  unsafe Self.store(left, r, place)
                  unsafe sums[chunk] += left * left * Self.metric(m, place, width)
                } tail: { place in
                  unsafe d[place] += a[0][0] * v[place]
                  unsafe r[place] -= a[0][0] * h[place]
                  unsafe rest += r[place] * r[place] * m[place]
                }
                return rest
              }
            }
          }
        }
      }
    }
  }

  /// vector ← metric·residual + ratio·vector.
  package func turn(ratios: [Float], residual: [Float], metric: [Float], vector: inout [Float]) {
    let a = spread(ratios)
    let width = width
    unsafe residual.withUnsafeBufferPointer { r in
      unsafe metric.withUnsafeBufferPointer { m in
        unsafe vector.withUnsafeMutableBufferPointer { v in
          let r = unsafe r, m = unsafe m, v = unsafe v
          forEachRun(of: v.count) { run in
            Self.loop(run, chunks) { place, chunk in
              let value = unsafe Self.load(r, place) * Self.metric(m, place, width) + a[chunk] * Self.load(v, place)
              unsafe Self.store(value, v, place)
            } tail: { place in
              unsafe v[place] = r[place] * m[place] + a[0][0] * v[place]
            }
          }
        }
      }
    }
  }

  /// Runs of whole rows, at most 1,024 rows or vectors of rows each.
  private func runs(of count: Int) -> FixedBlocks {
    FixedBlocks(count: count, size: 1024 * max(4, width))
  }

  private func forEachRun(of count: Int, _ body: (Range<Int>) -> Void) {
    let runs = runs(of: count)
    // A short vector is done before a second thread wakes up.
    if count < 65_536 {
      for run in 0..<runs.count { body(runs[run]) }
    } else {
      workers.forEach(runs.count) { body(runs[$0]) }
    }
  }

  private func sums(
    of count: Int, _ body: (Range<Int>, UnsafeMutablePointer<SIMD4<Float>>) -> Float
  ) -> [Double] {
    let runs = runs(of: count)
    let size = max(4, width)
    var parts = [Float](repeating: 0, count: runs.count * size)
    unsafe parts.withUnsafeMutableBufferPointer { parts in
      let parts = unsafe parts
      let chunks = chunks
      func one(_ run: Int) {
        unsafe withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: chunks) { sums in
          unsafe sums.initialize(repeating: .zero)
          let rest = unsafe body(runs[run], sums.baseAddress!)
          for chunk in 0..<chunks {
            for lane in 0..<4 { unsafe parts[run * size + chunk * 4 + lane] = sums[chunk][lane] }
          }
          unsafe parts[run * size] += rest
        }
      }
      if count < 65_536 {
        for run in 0..<runs.count { one(run) }
      } else {
        workers.forEach(runs.count, one)
      }
    }
    var totals = [Double](repeating: 0, count: width)
    for (place, part) in parts.enumerated() { totals[width == 1 ? 0 : place % size] += Double(part) }
    return totals
  }

  /// Calls `body` with the place and the chunk of every whole vector of a run, `tail` with the places left over.
  @inline(__always)
  private static func loop(
    _ run: Range<Int>, _ chunks: Int, _ body: (Int, Int) -> Void, tail: (Int) -> Void
  ) {
    var place = run.lowerBound
    if chunks == 1 {
      while place &+ 4 <= run.upperBound {
        body(place, 0)
        place &+= 4
      }
    } else {
      while place < run.upperBound {
        for chunk in 0..<chunks { body(place &+ chunk &* 4, chunk) }
        place &+= chunks &* 4
      }
    }
    while place < run.upperBound {
      tail(place)
      place &+= 1
    }
  }

  @inline(__always)
  private static func load(_ vector: UnsafeBufferPointer<Float>, _ place: Int) -> SIMD4<Float> {
    unsafe UnsafeRawPointer(vector.baseAddress! + place).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always)
  private static func load(_ vector: UnsafeMutableBufferPointer<Float>, _ place: Int) -> SIMD4<Float> {
    unsafe UnsafeRawPointer(vector.baseAddress! + place).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always)
  private static func store(_ value: SIMD4<Float>, _ vector: UnsafeMutableBufferPointer<Float>, _ place: Int) {
    unsafe UnsafeMutableRawPointer(vector.baseAddress! + place).storeBytes(of: value, as: SIMD4<Float>.self)
  }

  /// The metric of the rows at a place: four rows' numbers if there is one lane, else one row's for all lanes.
  @inline(__always)
  private static func metric(_ metric: UnsafeBufferPointer<Float>, _ place: Int, _ width: Int) -> SIMD4<Float> {
    if width == 1 { return unsafe load(metric, place) }
    if width == 4 { return unsafe SIMD4(repeating: metric[place &>> 2]) }
    return unsafe SIMD4(repeating: metric[place / width])
  }
}
