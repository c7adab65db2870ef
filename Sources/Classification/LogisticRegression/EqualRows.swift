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
  ///   - squares: the squared length of each row.
  ///   - losses: what fits on the same rows lose; rows are only equal if the same fits hold them out.
  /// - Complexity: O(entries).
  init(of matrix: CompactMatrix, squares: [Float], losses: [RowLoss]) {
    let shared = matrix.shared
    let rows = shared.rowCount
    let room = 1 << (Int.bitWidth - max(8, 2 * rows).leadingZeroBitCount)
    var table = [UInt32](repeating: .max, count: room)
    func areEqual(_ one: Int, _ other: Int) -> Bool {
      let (begin, start) = (shared.offsets[one], shared.offsets[other])
      let count = shared.offsets[one + 1] - begin
      return squares[one] == squares[other] && shared.offsets[other + 1] - start == count
        && losses.allSatisfy { ($0.costs[one] > 0) == ($0.costs[other] > 0) }
        && shared.columns[begin..<begin + count] == shared.columns[start..<start + count]
        && shared.values[begin..<begin + count] == shared.values[start..<start + count]
    }
    let keys = Self.keys(of: shared, squares: squares)
    for row in 0..<rows {
      // A column of a row's own is in no other row.
      guard matrix.own.isEmpty || matrix.own[row] == 0, losses.contains(where: { $0.costs[row] > 0 }) else { continue }
      var slot = Int(truncatingIfNeeded: keys[row]) & (room - 1)
      while table[slot] != .max, keys[row] != keys[Int(table[slot])] || !areEqual(row, Int(table[slot])) {
        slot = (slot + 1) & (room - 1)
      }
      if table[slot] == .max { table[slot] = UInt32(row) } else { pairs.append((row, Int(table[slot]))) }
    }
  }

  /// A number for each row that two rows share if they are equal, and hardly ever else: made of all its columns, since many
  /// rows of text begin and end alike.
  private static func keys(of matrix: SparseMatrix, squares: [Float]) -> [UInt32] {
    unsafe matrix.columns.withUnsafeBufferPointer { columns in
      (0..<matrix.rowCount).map { row in
        var key = UInt64(squares[row].bitPattern)
        for entry in matrix.offsets[row]..<matrix.offsets[row + 1] {
          let column = unsafe UInt64(columns[entry]) &+ 1
          key &+= column &* column
        }
        key = (key ^ key >> 29) &* 0xBF58_476D_1CE4_E5B9
        return UInt32(truncatingIfNeeded: key >> 32)
      }
    }
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
    var groups: [Int: [Int]] = [:]
    for pair in pairs { groups[pair.first, default: [pair.first]].append(pair.row) }
    for (first, rows) in groups.sorted(by: { $0.key < $1.key }) {
      // Each loss's cost of all the rows, and their labels' shares of it.
      let sums = losses.map { loss in rows.reduce(0) { $0 + Double(loss.costs[$1]) } }
      let mixtures = losses.indices.filter { sums[$0] > 0 }.map { number in
        let loss = losses[number]
        return (0..<lanes).map { lane in
          let held = rows.reduce(0) {
            $0 + Double(loss.costs[$1]) * Double(loss.targets[Int(loss.labels[$1]) * lanes + lane])
          }
          return Float(held / sums[number])
        }
      }
      guard let mixture = mixtures.first, mixtures.allSatisfy({ $0 == mixture }) else { continue }
      if numbers[mixture] == nil {
        guard targets.count / lanes < Int(UInt16.max) else { continue }
        numbers[mixture] = UInt16(targets.count / lanes)
        targets += mixture
      }
      labels[first] = numbers[mixture]!
      for number in costs.indices {
        for row in rows { costs[number][row] = 0 }
        costs[number][first] = Float(sums[number])
      }
    }
    return losses.indices.map { number in
      var loss = losses[number]
      loss.replace(labels: labels, targets: targets, costs: costs[number])
      return loss
    }
  }
}
