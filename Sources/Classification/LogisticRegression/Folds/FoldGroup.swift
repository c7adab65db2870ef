internal import LinearAlgebra
internal import Optimization

/// Folds of a cross-validation that are fitted together, on their way along a path of C.
protocol FoldGroup {
  /// Goes on to the optima at the next C, and gives the fit of each fold.
  mutating func fits(at c: Float, progress: WorkProgress) -> [FoldFit]
}

/// A fold's fit at one C.
struct FoldFit {
  /// The margins of the rows that the fold holds out, whole cells one after the other.
  let margins: [Float]
  /// How the fit ended.
  let record: ConvergenceRecord
}

extension LogisticRegression {
  /// What the fits of a cross-validation have in common.
  struct Path {
    let folds: [Int]
    let labelCount: Int
    /// The values of C, as they were given.
    let values: [Double]
    let workers: Workers
    let progress: WorkProgress

    /// The rows that a fold holds out.
    func rows(of fold: Int) -> [Int] { folds.indices.filter { folds[$0] == fold } }
  }

  /// Fits all folds at one C after the other, from the smallest on, as long as `goesOn` says so.
  ///
  /// - Parameters:
  ///   - count: how many groups the folds are cut into.
  ///   - group: makes a group; the groups' folds are in order.
  func follow(
    _ path: Path, _ tasks: [Task], groups count: Int, _ group: (Int) -> any FoldGroup,
    _ goesOn: (HeldOutFit) throws(FitError) -> Bool
  ) throws(FitError) -> [HeldOutFit] {
    let order = path.values.indices.sorted { (path.values[$0], $0) < (path.values[$1], $1) }
    var groups = [(any FoldGroup)?](repeating: nil, count: count)
    var found = [[FoldFit]](repeating: [], count: count)
    var results = [HeldOutFit?](repeating: nil, count: path.values.count)
    for (number, place) in order.enumerated() {
      let c = path.values[place]
      let progress = path.progress.part(number, of: order.count)
      unsafe groups.withUnsafeMutableBufferPointer { groups in
        unsafe found.withUnsafeMutableBufferPointer { found in
          path.workers.forEach(count, progress: progress) { place in
            var next = unsafe groups[place] ?? group(place)
            // Taken out, so that what it changes has no second owner.
            unsafe groups[place] = nil
            unsafe found[place] = next.fits(at: Float(c), progress: count == 1 ? progress : .ignored)
            unsafe groups[place] = next
          }
        }
      }
      let fits = found.flatMap { $0 }
      var decision = DenseMatrix(rowCount: path.folds.count, columnCount: path.labelCount)
      for (fold, fit) in fits.enumerated() {
        tasks[fold].write(fit.margins, into: &decision.values, ofRowsIn: fold, path.folds)
      }
      let result = HeldOutFit(inverseRegularization: c, decision: decision, records: fits.map(\.record))
      results[place] = result
      guard try goesOn(result) else { break }
    }
    return results.compactMap { $0 }
  }
}
