import FeatureExtraction
import TestSupport
import Testing

@Suite("column counter")
struct ColumnCounterTests {
  /// What a statement's columns come to: how often each was seen before.
  private func counted(_ columns: [UInt32], after earlier: [UInt32] = [], by counter: inout ColumnCounter) -> (
    first: [UInt32], repeats: [[UInt32]]
  ) {
    var buffer = Scratch<UInt32>()
    var repeats = Scratch<ColumnCounter.Repeat>()
    for column in earlier { buffer.append(column) }
    var met: [UInt32] = []
    counter.separateRepeats(of: columns.span, firsts: &buffer, repeats: &repeats) { met.append($0) }
    #expect(met == columns)
    let left = (0..<buffer.count).map { buffer[$0] }
    #expect(left.starts(with: earlier))
    // What lies between columns that stand apart is passed over.
    var apart = Scratch<UInt32>()
    var again = Scratch<ColumnCounter.Repeat>()
    counter.separateRepeats(
      of: columns.flatMap { [$0, 7] }.span, step: 2, firsts: &apart, repeats: &again
    ) { _ in }
    #expect(earlier + (0..<apart.count).map { apart[$0] } == left && again.count == repeats.count)
    return (
      Array(left.dropFirst(earlier.count)), (0..<repeats.count).map { [repeats[$0].column, repeats[$0].earlier] }
    )
  }

  @Test("separates repeats as the plain table counts, in statements of any length and with columns that share a slot")
  func equalsPlainTable() {
    var generator = SeededGenerator(seed: 3)
    var fast = ColumnCounter()
    var plain = OccurrenceCounter()
    for statement in 0..<400 {
      let count = statement % 50 == 0 ? 3000 : Int.random(in: 0..<60, using: &generator)
      // Multiples of 4096 all have the same slot.
      let step: UInt32 = statement % 3 == 0 ? 4096 : 1
      let distinct = UInt32(max(count / 2, 1))
      plain.begin(limit: count)
      let columns = (0..<count).map { _ in UInt32.random(in: 0..<distinct, using: &generator) * step }
      var (first, repeats): ([UInt32], [[UInt32]]) = ([], [])
      for column in columns {
        let earlier = plain.add(UInt64(column))
        if earlier == 0 { first.append(column) } else { repeats.append([column, UInt32(earlier)]) }
      }
      let found = counted(columns, after: statement % 2 == 0 ? [] : columns, by: &fast)
      #expect(found.first == first)
      #expect(found.repeats == repeats)
    }
  }

  @Test("counts one column as often as a statement may have it")
  func manyTimes() {
    var counter = ColumnCounter()
    let found = counted([UInt32](repeating: 7, count: 10_000), by: &counter)
    #expect(found.first == [7])
    #expect(found.repeats == (1..<10_000).map { [7, $0] })
    #expect(counted([7], by: &counter).repeats.isEmpty)
  }
}

@Suite("weight table")
struct WeightTableTests {
  @Test("adds rows up like a plain loop, of any width, with weights and without", arguments: [3, 4, 6, 8, 16, 20])
  func sums(labelCount: Int) {
    var generator = SeededGenerator(seed: 13)
    let rowCount = 300
    let weights = (0..<rowCount * labelCount).map { _ in Float.random(in: -1...1, using: &generator) }
    let rarities = (0..<rowCount).map { _ in Float.random(in: 1...9, using: &generator) }
    let table = WeightTable(rounding: FlatArray(weights), labelCount: labelCount)
    for count in [0, 1, 2, 50, 70_000] {
      let rows = (0..<count).map { _ in UInt32.random(in: 0..<UInt32(rowCount), using: &generator) }
      for rarities in [[], rarities] {
        for first in stride(from: 0, to: table.laneCount, by: 16) {
          let found: (rows: [Float], squares: Float) =
            switch table.laneCount {
            case 4: sum(SIMD4<Float>.self, rows, first, rarities, table)
            case 8: sum(SIMD8<Float>.self, rows, first, rarities, table)
            default: sum(SIMD16<Float>.self, rows, first, rarities, table)
            }
          for label in first..<min(first + 16, labelCount) {
            let shares = rows.map {
              Double(table.weight(row: Int($0), label: label)) * (rarities.isEmpty ? 1 : Double(rarities[Int($0)]))
            }
            let off = abs(Double(found.rows[label - first] * table.factors[label]) - shares.reduce(0, +))
            // Of so many numbers of both signs some digits are lost.
            #expect(off <= 1e-5 * shares.reduce(1) { $0 + abs($1) })
          }
          let squares = rows.reduce(0.0) { $0 + (rarities.isEmpty ? 1 : Double(rarities[Int($1)] * rarities[Int($1)])) }
          #expect(abs(Double(found.squares) - squares) <= squares * 1e-3)
        }
      }
    }
  }

  private func sum<Lanes: WeightLanes>(
    _ lanes: Lanes.Type, _ rows: [UInt32], _ first: Int, _ rarities: [Float], _ table: WeightTable
  ) -> (rows: [Float], squares: Float) {
    let sum = table.sum(lanes, of: rows.span, from: first, times: rarities.span)
    return ((0..<Lanes.scalarCount).map { sum.rows[$0] }, sum.squares)
  }

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
