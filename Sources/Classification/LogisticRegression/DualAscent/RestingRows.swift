/// Which rows an epoch passes over: those that had little of the gap when they were last looked at rest for one epoch.
///
/// Most of the gap is that of few rows. A row with less than a third of the mean hardly moves, and costs as much as any.
package struct RestingRows {
  /// Each row's part of the gap when it was last looked at; infinite if it is not known.
  package var parts: [Float]
  private var isResting: [Bool]
  /// What the rows that rest had of the gap.
  package private(set) var sum = 0.0

  /// The share of the mean part below which a row rests.
  private static let share = 0.35

  /// No row rests at first.
  package init(rowCount: Int) {
    parts = [Float](repeating: .infinity, count: rowCount)
    isResting = [Bool](repeating: false, count: rowCount)
  }

  /// The rows of an order that are awake.
  package func awake(_ order: [UInt32]) -> [UInt32] {
    // No processor can guess which rows rest, so each is written, and the next one over it if it does.
    unsafe [UInt32](unsafeUninitializedCapacity: order.count) { awake, count in
      unsafe isResting.withUnsafeBufferPointer { isResting in
        for row in order {
          unsafe awake[count] = row
          count &+= unsafe isResting[Int(row)] ? 0 : 1
        }
      }
    }
  }

  /// After an epoch: wakes the rows that rested, and lets some of the others rest.
  package mutating func change() {
    var (total, count, rested) = (0.0, 0, 0.0)
    unsafe parts.withUnsafeBufferPointer { parts in
      unsafe isResting.withUnsafeMutableBufferPointer { isResting in
        // Nor does anything here branch on it.
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
