internal import CPlatform

// Products of four rows with one weight a column, for dual ascent on two labels. Each row's are added up in eight sums, so that
// processors whose vectors gather well (`platform_gather`) and all others come to the same bits.

extension SparseMatrix {
  /// Whether this processor gathers faster with vectors than one by one.
  private static let gathersInVectors = platform_gathers_in_vectors() != 0

  /// Σ value·weights[column] for each of four rows; meanwhile asks for the entries of four others.
  @unsafe package static func sums(
    of rows: (Int, Int, Int, Int), _ offsets: UnsafePointer<Int>, _ columns: UnsafePointer<UInt32>,
    _ values: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, asking next: (Int, Int, Int, Int)
  ) -> SIMD4<Float> {
    guard gathersInVectors else { return unsafe plainSums(of: rows, offsets, columns, values, weights, asking: next) }
    var sums = SIMD4<Float>.zero
    unsafe withUnsafeMutableBytes(of: &sums) { sums in
      let out = unsafe sums.assumingMemoryBound(to: Float.self).baseAddress!
      @inline(__always)
      func sum(_ row: Int, _ next: Int, _ place: Int) {
        let begin = unsafe offsets[row]
        unsafe out[place] = platform_gather(
          columns + begin, values + begin, offsets[row &+ 1] &- begin, weights, offsets[next] &- begin)
      }
      sum(rows.0, next.0, 0)
      sum(rows.1, next.1, 1)
      sum(rows.2, next.2, 2)
      sum(rows.3, next.3, 3)
    }
    return sums
  }

  /// The same without vectors that gather.
  @unsafe package static func plainSums(
    of rows: (Int, Int, Int, Int), _ offsets: UnsafePointer<Int>, _ columns: UnsafePointer<UInt32>,
    _ values: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, asking next: (Int, Int, Int, Int)
  ) -> SIMD4<Float> {
    @inline(__always)
    func product(_ entry: Int) -> Float { unsafe values[entry] * weights[Int(columns[entry])] }
    @inline(__always)
    func products(_ entry: Int) -> SIMD4<Float> {
      let weights = unsafe SIMD4<Float>(
        weights[Int(columns[entry])], weights[Int(columns[entry &+ 1])], weights[Int(columns[entry &+ 2])],
        weights[Int(columns[entry &+ 3])])
      return unsafe UnsafeRawPointer(values + entry).loadUnaligned(as: SIMD4<Float>.self) * weights
    }
    @inline(__always)
    func sum(_ row: Int, _ next: Int) -> Float {
      let (begin, end) = unsafe (offsets[row], offsets[row &+ 1])
      let distance = unsafe offsets[next] &- begin
      var (low, high) = (SIMD4<Float>.zero, SIMD4<Float>.zero)
      var entry = begin
      while entry &+ 8 <= end {
        unsafe platform_prefetch(columns + (entry &+ distance))
        unsafe platform_prefetch(values + (entry &+ distance))
        low += products(entry)
        high += products(entry &+ 4)
        entry &+= 8
      }
      let isLong = entry &+ 4 <= end
      if isLong {
        low += products(entry)
        entry &+= 4
      }
      var last = SIMD4<Float>.zero
      if entry < end { last[0] = product(entry) }
      if entry &+ 1 < end { last[1] = product(entry &+ 1) }
      if entry &+ 2 < end { last[2] = product(entry &+ 2) }
      if isLong { high += last } else { low += last }
      return ((low[0] + low[1]) + (low[2] + low[3])) + ((high[0] + high[1]) + (high[2] + high[3]))
    }
    return SIMD4(sum(rows.0, next.0), sum(rows.1, next.1), sum(rows.2, next.2), sum(rows.3, next.3))
  }
}
