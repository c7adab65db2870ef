import FeatureExtraction
import TestSupport
import Testing
import TextProcessing

@Suite("column search")
struct ColumnSearchTests {
  /// Blocks of n-grams and of other features, the orders of n-grams and what follows them in each.
  private static let shapes: [(orders: ClosedRange<Int>, others: Int)] = [
    (1...2, 0), (1...4, 3), (2...3, 5), (1...1, 0), (1...3, 40),
  ]

  /// Replaces the features by some over words of a small vocabulary, so that many occur again.
  private func fill(_ features: inout FeatureBuffer, _ generator: inout SeededGenerator) {
    features.removeAll()
    let none = Scratch<UInt16>()
    for (index, shape) in Self.shapes.enumerated() where Bool.random(using: &generator) {
      var words = Scratch<UInt64>()
      // Now and then more than the memory that searches begin with has room for.
      let count =
        Int.random(in: 0..<50, using: &generator) == 0 ? 3000 : Int.random(in: 0..<30, using: &generator)
      for _ in 0..<count { words.append(UInt64.random(in: 0..<60, using: &generator)) }
      features.appendNGrams(of: words, seed: UInt64(index), orders: shape.orders, first: none, last: none)
      for _ in 0..<shape.others { features.append(.random(in: 0..<50, using: &generator), first: 0, last: 0) }
      features.endBlock(
        .words, unitCount: count, regularOrders: shape.orders.lowerBound == 1 ? shape.orders.upperBound : 0)
    }
  }

  /// Features of which about two thirds are known, and no n-gram whose parts are not.
  private func known(_ generator: inout SeededGenerator) -> Set<UInt64> {
    var known = Set((0..<50).filter { _ in Int.random(in: 0..<3, using: &generator) > 0 }.map { UInt64($0) })
    for (index, shape) in Self.shapes.enumerated() {
      // Each n-gram with the one that it becomes without its first word: its other part.
      var level = [[UInt64]: UInt64]()
      for order in 1...shape.orders.upperBound {
        var next = [[UInt64]: UInt64]()
        if order == 1 {
          for word in 0..<60 where Int.random(in: 0..<3, using: &generator) > 0 {
            next[[UInt64(word)]] = TextHash.combine(UInt64(index), UInt64(word))
          }
        } else {
          for (words, state) in level.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).prefix(2000) {
            for word in 0..<60 where Int.random(in: 0..<3, using: &generator) > 0 {
              let longer = words + [UInt64(word)]
              if level[Array(longer.dropFirst())] != nil { next[longer] = TextHash.combine(state, UInt64(word)) }
            }
          }
        }
        if order >= shape.orders.lowerBound { known.formUnion(next.values) }
        level = next
      }
    }
    return known
  }

  @Test("finds the columns of all blocks as the vocabulary does one by one, in a table that is probed as well")
  func equalsPlainSearch() throws {
    var generator = SeededGenerator(seed: 7)
    let keys = known(&generator).sorted()
    let vocabulary = Vocabulary(keys: keys)
    var slots = [UInt64](repeating: 0, count: keys.count * 2 + 1)
    for (column, key) in keys.enumerated() {
      var slot = Int(key.multipliedFullWidth(by: UInt64(slots.count)).high)
      while slots[slot] != 0 { slot = (slot + 1) % slots.count }
      slots[slot] = key << 24 | UInt64(column + 1)
    }
    let probed = try Vocabulary(slots: FlatArray(slots), columnCount: keys.count)
    var search = ColumnSearch()
    var features = FeatureBuffer()
    for _ in 0..<300 {
      fill(&features, &generator)
      let expected = (0..<features.blocks.count).map { block in
        features.blocks[block].range.compactMap { vocabulary.column(of: features.keys[$0]) }
      }
      for knowsParts in [true, false] {
        for table in [vocabulary, probed] {
          var columns = Scratch<UInt32>()
          columns.append(7)
          search.appendColumns(of: features, vocabulary: table, knowsParts: knowsParts, to: &columns)
          #expect(columns[0] == 7)
          #expect((1..<columns.count).map { columns[$0] } == expected.flatMap { $0 })
          for block in 0..<features.blocks.count { #expect(Int(search[block]) == expected[block].count) }
        }
      }
    }
  }

  @Test("a part of the features is found alone, and each of a list of features, known or not")
  func parts() {
    var generator = SeededGenerator(seed: 8)
    let vocabulary = Vocabulary(keys: known(&generator).sorted())
    var search = ColumnSearch()
    var features = FeatureBuffer()
    for _ in 0..<200 {
      fill(&features, &generator)
      let start = Int.random(in: 0...features.keys.count, using: &generator)
      let range = start..<Int.random(in: start...features.keys.count, using: &generator)
      var columns = Scratch<UInt32>()
      search.appendColumns(of: features, in: range, vocabulary: vocabulary, to: &columns)
      #expect(
        (0..<columns.count).map { columns[$0] } == range.compactMap { vocabulary.column(of: features.keys[$0]) })
      var each = Scratch<Int32>()
      features.keys.withSpan { vocabulary.findEach(of: $0.extracting(range), into: &each) }
      #expect(
        (0..<each.count).map { each[$0] }
          == range.map { vocabulary.column(of: features.keys[$0]).map { Int32($0) } ?? -1 })
    }
  }
}
