import Corpus
import FeatureExtraction
import LinearAlgebra
import TestSupport
import Testing
import TextProcessing

@Suite("counting features")
struct FeatureCensusTests {
  /// In how many statements each feature occurs, counted by a dictionary; of a hashed space, each column.
  private static func plainCounts(
    _ statements: [Statement], _ configuration: FeatureExtractor.Configuration, keyBits: Int = 64
  ) -> [UInt64: UInt32] {
    let families = FeatureFamilies(configuration)
    let tokenizer = Tokenizer()
    var tokens: [Token] = []
    var workspace = FeatureWorkspace()
    var counts: [UInt64: UInt32] = [:]
    for statement in statements {
      let text = statement.text.utf8.span
      tokenizer.tokenize(text, range: 0..<text.count, into: &tokens)
      let target = statement.target.map { TargetReference(pattern: TargetPattern($0), span: nil) }
      families.emit(text, tokens: tokens.span, target: target, into: &workspace)
      let keys = (0..<workspace.features.keys.count).map { workspace.features.keys[$0] >> UInt64(64 - keyBits) }
      for key in Set(keys) { counts[key, default: 0] += 1 }
    }
    return counts
  }

  private static func census(
    _ statements: [Statement], _ configuration: FeatureExtractor.Configuration, keyBits: Int = 64, threads: Int
  ) -> FeatureCensus {
    FeatureCensus(
      statements: statements, families: FeatureFamilies(configuration), surroundings: nil, keyBits: keyBits,
      threads: threads)
  }

  @Test(
    "a vocabulary is that of a plain count, with a filter and without, on any number of threads",
    arguments: [0, 1, 2, 3, 40, 1000])
  func plain(count: Int) {
    for (number, configuration) in Invented.configurations.enumerated() {
      let statements = Invented.random(count: count, seed: UInt64(count + number))
      let counts = Self.plainCounts(statements, configuration)
      for minimum in [1, 2, 3, 7] {
        let ordered = counts.filter { $0.value >= minimum }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for (threads, filtering) in [(1, .always), (1, .never), (2, .always), (3, .whereItPays)]
          as [(Int, FeatureCensus.Filtering)]
        {
          for maximum in [ordered.count + 1, ordered.count / 2] {
            let found = Self.census(statements, configuration, threads: threads).features(
              minimumDocuments: minimum, maximumSize: maximum, filtering: filtering, progress: .ignored)
            #expect(found.keys == ordered.prefix(maximum).map(\.key))
            #expect(found.documents == ordered.prefix(maximum).map(\.value))
          }
        }
      }
    }
  }

  @Test("where nearly all features occur once, the few that are kept are those of a plain count", arguments: 1...30)
  func rare(maximum: Int) {
    let statements = Invented.statements((0..<60).map { "only\($0) here\($0) and there\($0 / 2)" })
    let counts = Self.plainCounts(statements, .init())
    for minimum in [1, 2] {
      let ordered = counts.filter { $0.value >= minimum }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      for maximum in [maximum, 3 * maximum] {
        let found = Self.census(statements, .init(), threads: 2).features(
          minimumDocuments: minimum, maximumSize: maximum, filtering: .always, progress: .ignored)
        #expect(found.keys == ordered.prefix(maximum).map(\.key))
        #expect(found.documents == ordered.prefix(maximum).map(\.value))
      }
    }
  }

  @Test("columns of a hashed space are counted once a statement, however many of its features share one")
  func hashed() {
    let statements = Invented.random(count: 80, seed: 9)
    for bits in [1, 3, 4, 5, 12] {
      let counts = Self.plainCounts(statements, .init(), keyBits: bits)
      for threads in [1, 3] {
        let census = Self.census(statements, .init(), keyBits: bits, threads: threads)
        let found = census.columnDocuments(progress: .ignored)
        #expect(found == (0..<1 << UInt64(bits)).map { counts[$0] ?? 0 })
      }
    }
  }

  /// Random keys, most of them once and some often, whose upper bits are all `share`; `crowded` leaves them few places.
  private static func keys(crowded: Bool, seed: UInt64) -> [UInt64] {
    var generator = SeededGenerator(seed: seed)
    let often = (0..<300).map { _ in UInt64.random(in: 0 ... .max, using: &generator) }
    return (0..<5000).map { index in
      let key = index % 3 == 0 ? often[Int.random(in: 0..<300, using: &generator)] : generator.next()
      return (crowded ? key & 0xFFF0_0000_0000_0FFF : key) >> 4 | 5 << 60
    }
  }

  @Test(
    "a filter that is far too small, or takes many keys for one another, changes no count of what occurs twice",
    arguments: [1, 40, 5000], [false, true])
  func collisions(expected: Int, crowded: Bool) {
    for (seed, handed) in [0, 1, 700, 4999].enumerated() {
      let keys = Self.keys(crowded: crowded, seed: UInt64(seed))
      let limit = keys[100]
      var counts: [UInt64: UInt32] = [:]
      for key in keys { counts[key, default: 0] += 1 }
      var filtered = DocumentCounter()
      var seen = SeenFilter(expected: expected, shareBits: 4)
      // In pieces, as statements come: some counted before there is a filter, the rest after.
      filtered.count(keys.span.extracting(0..<handed))
      var fresh = filtered.count
      filtered.hand(to: &seen)
      for start in stride(from: handed, to: keys.count, by: 700) {
        fresh += filtered.admit(keys.span.extracting(start..<min(start + 700, keys.count)), seen: &seen)
      }
      #expect(fresh <= counts.count && fresh + filtered.count >= counts.count)
      filtered.countAdmitted(keys.span, andUpTo: limit)
      var plain = DocumentCounter()
      plain.count(keys.span)
      for minimum in 1...3 {
        var wanted = counts.filter { $0.value >= minimum }
        var found: [CountedFeature] = []
        plain.append(minimumDocuments: minimum, to: &found)
        #expect(found.count == plain.count(minimumDocuments: minimum))
        #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.key, $0.documents) }) == wanted)
        found = []
        filtered.append(minimumDocuments: minimum, to: &found)
        if minimum == 1 {
          // Of those that occur once some are missing, and none up to the limit.
          let isWanted = { (key: UInt64) in counts[key] ?? 0 > 1 || key <= limit }
          found.removeAll { !isWanted($0.key) }
          wanted = wanted.filter { isWanted($0.key) }
        }
        #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.key, $0.documents) }) == wanted)
      }
    }
  }

  @Test("what a filter saw it knows, and of what it did not see it knows nineteen of twenty")
  func filter() {
    var generator = SeededGenerator(seed: 4)
    let keys = (0..<40_000).map { _ in generator.next() >> 4 }
    var seen = SeenFilter(expected: 20_000, shareBits: 4)
    for key in keys[..<20_000] { _ = seen.insert(key) }
    #expect(keys[..<20_000].allSatisfy { seen.contains($0) })
    #expect(keys[20_000...].count { seen.contains($0) } < 1000)
  }
}
