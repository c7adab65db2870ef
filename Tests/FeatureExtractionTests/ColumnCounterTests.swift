import FeatureExtraction
import TestSupport
import Testing

@Suite("column counter")
struct ColumnCounterTests {
  @Test("counts like the plain table, in statements of any length and with columns that share a slot")
  func equalsPlainTable() {
    var generator = SeededGenerator(seed: 3)
    var fast = ColumnCounter()
    var plain = OccurrenceCounter()
    for statement in 0..<400 {
      let count = statement % 50 == 0 ? 3000 : Int.random(in: 0..<60, using: &generator)
      // Multiples of 4096 all have the same slot.
      let step: UInt32 = statement % 3 == 0 ? 4096 : 1
      let distinct = UInt32(max(count / 2, 1))
      fast.begin(limit: count)
      plain.begin(limit: count)
      let columns = (0..<count).map { _ in UInt32.random(in: 0..<distinct, using: &generator) * step }
      fast.count(columns.span) { column, earlier in #expect(earlier == plain.add(UInt64(column))) }
    }
  }

  @Test("counts one column as often as a statement may have it")
  func manyTimes() {
    var counter = ColumnCounter()
    counter.begin(limit: 10_000)
    var next = 0
    counter.count([UInt32](repeating: 7, count: 10_000).span) { _, earlier in
      #expect(earlier == next)
      next += 1
    }
    counter.begin(limit: 10)
    counter.count([7].span) { _, earlier in #expect(earlier == 0) }
  }
}

@Suite("weight table")
struct WeightTableTests {
  @Test(
    "every weight is off by at most half a step of its label", arguments: [1, 2, 3, 4, 5, 6, 8, 9, 16, 17, 33])
  func rounding(labelCount: Int) {
    var generator = SeededGenerator(seed: 11)
    let rows = 500
    let weights = (0..<rows * labelCount).map { index in
      Float.random(in: -1...1, using: &generator) * (index % labelCount == 0 ? 100 : 0.01)
    }
    let table = WeightTable(rounding: FlatArray(weights), labelCount: labelCount)
    for label in 0..<labelCount {
      let largest = (0..<rows).map { abs(weights[$0 * labelCount + label]) }.max() ?? 0
      for row in 0..<rows {
        let off = abs(table.weight(row: row, label: label) - weights[row * labelCount + label])
        #expect(off <= largest / 65_534 * 1.01)
      }
    }
  }

  @Test("weights that are all zero, and weights too small for a step, stay finite")
  func zeros() {
    let table = WeightTable(rounding: FlatArray([0, 1e-38, 0, -1e-38]), labelCount: 2)
    for row in 0..<2 {
      #expect(table.weight(row: row, label: 0) == 0)
      #expect(abs(table.weight(row: row, label: 1)) < 1e-30)
    }
  }
}
