/// Which rows an epoch passes over: those that had little of the gap when they were last looked at rest for one epoch.
///
/// Most of the gap is that of few rows. A row with less than a third of the mean hardly moves, and costs as much as any.
struct RestingRows {
  /// Each row's part of the gap when it was last looked at, the largest among the models; infinite if it is not known.
  var parts: [Float]
  private var isResting: [Bool]
  /// What the rows that rest had of the gap.
  private(set) var sum = 0.0

  /// The share of the mean part below which a row rests.
  private static let share = 0.35

  /// No row rests at first.
  init(rowCount: Int) {
    parts = [Float](repeating: .infinity, count: rowCount)
    isResting = [Bool](repeating: false, count: rowCount)
  }

  /// The rows of an order that are awake.
  func awake(_ order: [UInt32]) -> [UInt32] { order.filter { !isResting[Int($0)] } }

  /// After an epoch: wakes the rows that rested, and lets some of the others rest.
  mutating func change() {
    var (total, count, rested) = (0.0, 0, 0.0)
    unsafe parts.withUnsafeBufferPointer { parts in
      unsafe isResting.withUnsafeMutableBufferPointer { isResting in
        // No processor can guess which rows rest, so nothing here branches on it.
        for row in 0..<parts.count {
          let counts = unsafe !isResting[row] && parts[row] < .infinity
          unsafe total += Double(counts ? parts[row] : 0)
          count &+= counts ? 1 : 0
        }
        let limit = Float(Self.share * total / Double(max(count, 1)))
        for row in 0..<parts.count {
          let rests = unsafe !isResting[row] && parts[row] < limit
          unsafe isResting[row] = rests
          unsafe rested += Double(rests ? parts[row] : 0)
        }
      }
    }
    sum = rested
  }
}
