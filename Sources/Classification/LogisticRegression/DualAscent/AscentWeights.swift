internal import LinearAlgebra

/// The weights that steps of dual ascent move: Σ coefficient·row, a short vector a row.
///
/// Where the mean row is taken from each, the weights are thought of without Σ coefficient·mean: `sums` are what it is to be taken
/// times, `shifts` what margins have too much or too little by that which is the same for all rows.
struct AscentWeights {
  /// Those of sparse columns: the lanes of a column next to each other.
  var sparse: [Float] = []
  /// Those of the dense block, lane by lane.
  var dense: [Float] = []
  /// Each lane's sum of coefficients.
  var sums: [Float] = []
  /// Each lane's `sums`·(squared length of the mean) − Σ coefficient·(product of row and mean).
  var shifts: [Float] = []

  /// None.
  init() {}

  /// Zeros.
  ///
  /// - Parameter room: how many numbers may be appended to `sparse` where it lies.
  init(of rows: AscentRows, width: Int, room: Int = 0) {
    sparse = [Float](large: rows.matrix.shared.columnCount * width, room: room, repeating: 0)
    dense = [Float](repeating: 0, count: rows.denseCount * width)
    sums = [Float](repeating: 0, count: width)
    shifts = sums
  }

  /// Becomes the weights of other coefficients, whole cells for each row.
  mutating func become(_ rows: AscentRows, _ coefficients: [Float], width: Int) {
    let shared = rows.matrix.shared
    unsafe coefficients.withUnsafeBufferPointer { coefficients in
      let coefficients = coefficients.baseAddress!
      unsafe withPointers { weights in
        unsafe weights.sparse.update(repeating: 0, count: shared.columnCount * width)
        unsafe weights.dense.update(repeating: 0, count: rows.denseCount * width)
        unsafe shared.scatter(
          rows: 0..<shared.rowCount, coefficients: coefficients, lanes: width, into: weights.sparse)
        unsafe rows.withDenseRows { dense in
          guard let dense = unsafe dense else { return }
          for row in 0..<shared.rowCount {
            unsafe dense.scatter(row, coefficients + row &* width, weights.dense, lanes: width)
          }
        }
      }
      guard let mean = rows.mean else { return }
      for lane in 0..<width {
        var (sum, along) = (0.0, 0.0)
        for row in 0..<shared.rowCount {
          let coefficient = unsafe Double(coefficients[row &* width &+ lane])
          sum += coefficient
          along += coefficient * Double(mean.products[row])
        }
        sums[lane] = Float(sum)
        shifts[lane] = Float(sum * Double(mean.square) - along)
      }
    }
  }

  /// Adds to `margins`, which begins with the first of some rows, all that is not a sparse column's.
  @unsafe func addMargins(
    of some: Range<Int>, _ rows: AscentRows, width: Int, to margins: UnsafeMutablePointer<Float>
  ) {
    unsafe dense.withUnsafeBufferPointer { weights in
      unsafe rows.withDenseRows { dense in
        guard let dense = unsafe dense else { return }
        for row in some {
          let out = unsafe margins + (row &- some.lowerBound) &* width
          unsafe dense.gather(
            row, weights.baseAddress!, lanes: width, asking: min(row &+ 1, some.upperBound &- 1), into: out)
        }
      }
    }
    guard let mean = rows.mean else { return }
    for row in some {
      let out = unsafe margins + (row &- some.lowerBound) &* width
      for lane in 0..<width { unsafe out[lane] += shifts[lane] - mean.products[row] * sums[lane] }
    }
  }

  /// The squared length of each lane.
  func squares(_ rows: AscentRows, width: Int, _ workers: Workers) -> [Double] {
    var squares = LaneVectors(width: width, workers: workers).dot(sparse, sparse)
    let count = rows.denseCount
    for lane in 0..<width {
      squares[lane] += dense[lane * count..<(lane + 1) * count].reduce(0) { $0 + Double($1 * $1) }
      guard let mean = rows.mean else { continue }
      let (sum, square) = (Double(sums[lane]), Double(mean.square))
      // ‖v − sum·mean‖², where v·mean is sum·square − shift.
      squares[lane] += sum * (2 * Double(shifts[lane]) - sum * square)
    }
    return squares
  }

  /// Takes the mean row from the weights in earnest; `shifts` stay, and are then what intercepts have to be more.
  mutating func settle(_ rows: AscentRows, width: Int) {
    guard let mean = rows.mean else { return }
    for (column, value) in mean.sparse.enumerated() where value != 0 {
      for lane in 0..<width { sparse[column &* width &+ lane] -= value * sums[lane] }
    }
    for lane in 0..<width {
      for (column, value) in mean.dense.enumerated() {
        dense[lane &* mean.dense.count &+ column] -= value * sums[lane]
      }
      sums[lane] = 0
    }
  }

  /// Where the weights lie.
  @unsafe struct Pointers {
    let sparse: UnsafeMutablePointer<Float>
    let dense: UnsafeMutablePointer<Float>
    let sums: UnsafeMutablePointer<Float>
    let shifts: UnsafeMutablePointer<Float>
  }

  /// Calls `body` with where the weights lie.
  mutating func withPointers(_ body: (Pointers) -> Void) {
    unsafe sparse.withUnsafeMutableBufferPointer { sparse in
      unsafe dense.withUnsafeMutableBufferPointer { dense in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          unsafe shifts.withUnsafeMutableBufferPointer { shifts in
            unsafe body(
              Pointers(
                sparse: sparse.baseAddress!, dense: dense.baseAddress!, sums: sums.baseAddress!,
                shifts: shifts.baseAddress!))
          }
        }
      }
    }
  }
}
