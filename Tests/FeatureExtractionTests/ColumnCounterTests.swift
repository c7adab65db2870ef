import CPlatform
import FeatureExtraction
import TestSupport
import Testing

@Suite("column counter")
struct ColumnCounterTests {
  /// What the columns of statements come to: those that are kept, and the others with how often each was counted before.
  private func counted(_ statements: [[UInt32]], by counter: inout ColumnCounter) -> [(
    kept: [UInt32], repeats: [[UInt32]]
  )] {
    let rows = FlatArray<Int16>([0])
    var columns = Scratch<UInt32>()
    var repeats = Scratch<ColumnRepeat>()
    // Something stands there before.
    repeats.append(ColumnRepeat(column: 1, earlier: 1))
    var parts: [ColumnPart] = []
    for statement in statements {
      columns.append(99)
      parts.append(
        ColumnPart(
          first_column: UInt32(columns.count), column_count: UInt32(statement.count), first_repeat: 0, repeat_count: 0))
      for column in statement { columns.append(column) }
    }
    var span = parts.mutableSpan
    counter.separateRepeats(of: &span, in: &columns, to: &repeats, rows: rows.addresses(), rarities: nil)
    #expect(repeats[0].column == 1)
    return parts.map { part in
      let kept = (0..<Int(part.column_count)).map { columns[Int(part.first_column) + $0] }
      let again = (0..<Int(part.repeat_count)).map { repeats[Int(part.first_repeat) + $0] }
      return (
        kept.sorted(), again.map { [$0.column, $0.earlier] }.sorted { $0.lexicographicallyPrecedes($1) }
      )
    }
  }

  /// The same, column by column.
  private func countedPlainly(_ columns: [UInt32], by counter: inout OccurrenceCounter) -> (
    kept: [UInt32], repeats: [[UInt32]]
  ) {
    counter.begin(limit: columns.count)
    var (kept, repeats): ([UInt32], [[UInt32]]) = ([], [])
    for column in columns {
      let earlier = counter.add(UInt64(column))
      if earlier == 0 { kept.append(column) } else { repeats.append([column, UInt32(earlier)]) }
    }
    return (kept.sorted(), repeats.sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test("separates repeats as the plain table counts, in statements of any length and with columns that share a slot")
  func equalsPlainTable() {
    var generator = SeededGenerator(seed: 3)
    var fast = ColumnCounter()
    var plain = OccurrenceCounter()
    for round in 0..<400 {
      let statements = (0..<Int.random(in: 0...9, using: &generator)).map { place in
        let count =
          round % 50 == place
          ? [511, 512, 513, 3000].randomElement(using: &generator) ?? 0
          : Int.random(in: 0..<90, using: &generator)
        // Multiples of 4096 all have the same slot.
        let step: UInt32 = round % 3 == 0 ? 4096 : 1
        let distinct = UInt32([max(count / 2, 1), max(count - 3, 1), 8 * count + 1][(round + place) % 3])
        return (0..<count).map { _ in
          UInt32.random(in: 0..<distinct, using: &generator) * step + UInt32.random(in: 0..<2, using: &generator)
        }
      }
      let found = counted(statements, by: &fast)
      for (statement, found) in zip(statements, found) {
        let expected = countedPlainly(statement, by: &plain)
        #expect(found.kept == expected.kept)
        #expect(found.repeats == expected.repeats)
      }
    }
  }

  @Test("counts one column as often as a statement may have it")
  func manyTimes() {
    var counter = ColumnCounter()
    #expect(counter.mostRepeated == 512)
    let found = counted([[UInt32](repeating: 7, count: 10_000), [7]], by: &counter)
    #expect(found[0].kept == [7])
    #expect(found[0].repeats == (1..<10_000).map { [7, $0] })
    #expect(found[1].repeats.isEmpty)
    #expect(counter.mostRepeated == 9_999)
  }

  @Test("the steps of repeats add up to what occurrences count for", arguments: Weighting.Frequency.allCases)
  func steps(frequency: Weighting.Frequency) {
    let weighting = Weighting(frequency: frequency)
    var steps = RepeatSteps()
    steps.reach(3000)
    steps.withSpan(frequency) { steps in
      #expect(steps.count > 3000)
      var (value, square) = (1.0, 1.0)
      for earlier in 1..<3000 {
        value += Double(steps[earlier].frequency)
        square += Double(steps[earlier].squares)
        let expected = Double(weighting.frequency(of: earlier + 1))
        #expect(abs(value - expected) <= 1e-4 * expected)
        #expect(abs(square - expected * expected) <= 1e-4 * expected * expected)
      }
    }
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
    let counts = [0, 1, 2, 50, 70_000, 3]
    func random() -> UInt32 { UInt32.random(in: 0..<UInt32(rowCount), using: &generator) }
    var columns: [UInt32] = []
    var repeats: [ColumnRepeat] = []
    let parts = counts.map { count in
      let part = ColumnPart(
        first_column: UInt32(columns.count), column_count: UInt32(count), first_repeat: UInt32(repeats.count),
        repeat_count: UInt32(count % 7))
      columns += (0..<count).map { _ in random() }
      repeats += (0..<count % 7).map { ColumnRepeat(column: random(), earlier: UInt32(1 + $0)) }
      return part
    }
    let steps = (0..<8).map { platform_step(frequency: Float($0) / 3, squares: Float($0)) }
    for rarities in [[], rarities] {
      var sums = Scratch<Float>()
      var squares = Scratch<Float>()
      table.sum(
        of: parts.span, in: columns.span, times: rarities.span, repeats: repeats.span, steps: steps.span, to: &sums,
        squares: &squares)
      #expect(sums.count == counts.count * table.laneCount && squares.count == counts.count)
      for (index, part) in parts.enumerated() {
        func rarity(_ column: UInt32) -> Double { rarities.isEmpty ? 1 : Double(rarities[Int(column)]) }
        let rows = columns[Int(part.first_column)...].prefix(Int(part.column_count)).map { ($0, rarity($0)) }
        let again = repeats[Int(part.first_repeat)...].prefix(Int(part.repeat_count))
        for label in 0..<labelCount {
          let shares =
            rows.map { Double(table.weight(row: Int($0), label: label)) * $1 }
            + again.map {
              Double(table.weight(row: Int($0.column), label: label)) * rarity($0.column)
                * Double(steps[Int($0.earlier)].frequency)
            }
          let off = abs(Double(sums[index * table.laneCount + label] * table.factors[label]) - shares.reduce(0, +))
          // Of so many numbers of both signs some digits are lost.
          #expect(off <= 1e-5 * shares.reduce(1) { $0 + abs($1) })
        }
        let expected =
          rows.reduce(0.0) { $0 + $1.1 * $1.1 }
          + again.reduce(0.0) { $0 + rarity($1.column) * rarity($1.column) * Double(steps[Int($1.earlier)].squares) }
        #expect(abs(Double(squares[index]) - expected) <= expected * 1e-3)
      }
    }
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
