extension DenseMatrix {
  /// Takes its mean from every column; returns the means.
  ///
  /// Rows are added up in runs of 256 in `Float`, run by run in `Double`, on whatever number of threads.
  package mutating func centre(workers: Workers) -> [Float] {
    let (rows, columns) = (rowCount, columnCount)
    guard rows > 0, columns > 0 else { return [Float](repeating: 0, count: columns) }
    let runs = FixedBlocks(count: rows, size: 256)
    var sums = [Float](repeating: 0, count: runs.count * columns)
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe values.withUnsafeBufferPointer { values in
        let sums = unsafe sums
        workers.forEach(runs.count) { run in
          for row in runs[run] {
            for column in 0..<columns { unsafe sums[run &* columns &+ column] += values[row &* columns &+ column] }
          }
        }
      }
    }
    let means = (0..<columns).map { column in
      Float((0..<runs.count).reduce(0) { $0 + Double(sums[$1 * columns + column]) } / Double(rows))
    }
    unsafe values.withUnsafeMutableBufferPointer { values in
      unsafe means.withUnsafeBufferPointer { means in
        let values = unsafe values
        workers.forEach(runs.count) { run in
          for row in runs[run] {
            for column in 0..<columns { unsafe values[row &* columns &+ column] -= means[column] }
          }
        }
      }
    }
    return means
  }
}
