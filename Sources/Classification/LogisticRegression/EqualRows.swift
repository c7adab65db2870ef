internal import Foundation
internal import LinearAlgebra

/// The rows of a matrix that have equal entries, joined into one that is to be a mixture of their labels.
///
/// Rows with the same features have the same margins, so their losses, Σ cost·loss(margins, label), are one loss of the cost
/// of all of them whose target is their labels' shares of it: the optimum stays the same. Dual ascent gains more than the
/// rows saved. Where it takes equal rows one by one, each makes up for what the others just did, and those that contradict
/// each other, such as a sentence that is labelled for several targets, settle slower than anything else.
struct EqualRows {
  /// Rows that equal an earlier one, with that, in the order of the rows.
  private(set) var pairs: [(row: Int, first: Int)] = []

  /// Finds the equal ones among the rows that count.
  ///
  /// - Parameters:
  ///   - survey: what is known of the rows.
  ///   - losses: what fits on the same rows lose; rows are only equal if the same fits hold them out.
  /// - Complexity: O(entries).
  init(of matrix: CompactMatrix, _ dense: DenseMatrix?, _ survey: RowSurvey, losses: [RowLoss]) {
    let shared = matrix.shared
    let rows = shared.rowCount
    let room = 1 << (Int.bitWidth - max(8, 2 * rows).leadingZeroBitCount)
    var table = [UInt32](repeating: .max, count: room)
    func areEqual(_ one: Int, _ other: Int) -> Bool {
      let (begin, start) = (shared.offsets[one], shared.offsets[other])
      let count = shared.offsets[one + 1] - begin
      return survey.squares[one] == survey.squares[other] && shared.offsets[other + 1] - start == count
        && losses.allSatisfy { ($0.costs[one] > 0) == ($0.costs[other] > 0) }
        && (0..<count).allSatisfy { shared.columns[begin + $0] == shared.columns[start + $0] }
        && (0..<count).allSatisfy { shared.values[begin + $0] == shared.values[start + $0] }
        && dense.map { $0.row(one) == $0.row(other) } ?? true
    }
    let counts = Self.counts(losses, own: matrix.own)
    var found: [(row: Int, first: Int)] = []
    unsafe survey.keys.withUnsafeBufferPointer { keys in
      unsafe table.withUnsafeMutableBufferPointer { table in
        for row in 0..<rows where counts[row] {
          let key = unsafe keys[row]
          var slot = Int(truncatingIfNeeded: key) & (room - 1)
          while true {
            let other = unsafe table[slot]
            if other == .max {
              unsafe table[slot] = UInt32(row)
              break
            }
            if unsafe keys[Int(other)] == key, areEqual(row, Int(other)) {
              found.append((row, Int(other)))
              break
            }
            slot = (slot &+ 1) & (room - 1)
          }
        }
      }
    }
    pairs = found
  }

  /// Which rows may equal others: those that cost something and have no column of their own, which no other row has.
  private static func counts(_ losses: [RowLoss], own: [Float]) -> [Bool] {
    var counts = [Bool](repeating: false, count: losses[0].labels.count)
    for loss in losses {
      for (row, cost) in loss.costs.enumerated() where cost > 0 { counts[row] = true }
    }
    for (row, value) in own.enumerated() where value != 0 { counts[row] = false }
    return counts
  }

  /// The losses where the first of equal rows stands for all of them; the others cost nothing.
  ///
  /// All losses have one list of targets, so rows stay apart whose mixture is not the same for each, as with class weights
  /// that differ from fold to fold.
  func joining(_ losses: [RowLoss]) -> [RowLoss] {
    guard !pairs.isEmpty else { return losses }
    let lanes = losses[0].lanes
    var labels = losses[0].labels
    var targets = losses[0].targets
    var costs = losses.map(\.costs)
    var numbers: [[Float]: UInt16] = [:]
    // Rows of a group next to each other, in their order.
    let sorted = pairs.sorted { ($0.first, $0.row) < ($1.first, $1.row) }
    var begin = 0
    while begin < sorted.count {
      let first = sorted[begin].first
      var end = begin
      while end < sorted.count, sorted[end].first == first { end += 1 }
      let rows = [first] + sorted[begin..<end].map(\.row)
      begin = end
      if let number = number(of: rows, labels, costs, &targets, &numbers, lanes: lanes) {
        labels[first] = number
      } else {
        continue
      }
      for number in costs.indices {
        let sum = rows.reduce(0) { $0 + Double(costs[number][$1]) }
        for row in rows { costs[number][row] = 0 }
        costs[number][first] = Float(sum)
      }
    }
    return losses.indices.map { number in
      var loss = losses[number]
      loss.replace(labels: labels, targets: targets, costs: costs[number])
      return loss
    }
  }

  /// The number of the target that equal rows have together, a new one if need be: the shares of their labels of what they
  /// cost; nil if it is not the same for each loss, or there are too many.
  private func number(
    of rows: [Int], _ labels: [UInt16], _ costs: [[Float]], _ targets: inout [Float],
    _ numbers: inout [[Float]: UInt16],
    lanes: Int
  ) -> UInt16? {
    // Nearly all of them have one label.
    if rows.allSatisfy({ labels[$0] == labels[rows[0]] }) { return labels[rows[0]] }
    var mixture: [Float]?
    for cost in costs {
      let sum = rows.reduce(0) { $0 + Double(cost[$1]) }
      guard sum > 0 else { continue }
      let shares = (0..<lanes).map { lane in
        Float(rows.reduce(0) { $0 + Double(cost[$1]) * Double(targets[Int(labels[$1]) * lanes + lane]) } / sum)
      }
      guard mixture == nil || mixture == shares else { return nil }
      mixture = shares
    }
    guard let mixture else { return nil }
    if let number = numbers[mixture] { return number }
    guard targets.count / lanes < Int(UInt16.max) else { return nil }
    let number = UInt16(targets.count / lanes)
    numbers[mixture] = number
    targets += mixture
    return number
  }
}
