package import Corpus
import LinearAlgebra
import TextProcessing

/// Finds the features of statements, each once for every statement that has it, and deals them out by shares: features
/// whose hashes begin alike.
///
/// Statements are read side by side, then shares are taken side by side. Each share is one thread's at a time, so that
/// whatever counts features is held once however many threads there are, and what it counts depends on the data alone.
package struct FeatureCensus {
  /// How many bits tell the share of a feature.
  static let shareBits = 4
  static let shareCount = 1 << shareBits

  let statements: [Statement]
  let families: FeatureFamilies
  let surroundings: ArticleSurroundings?
  /// How many bits of a feature's hash count, from the highest on: 64, or those of a hashed space.
  let keyBits: Int
  let threads: Int

  package init(
    statements: [Statement], families: FeatureFamilies, surroundings: ArticleSurroundings?, keyBits: Int, threads: Int
  ) {
    self.statements = statements
    self.families = families
    self.surroundings = surroundings
    self.keyBits = keyBits
    self.threads = threads
  }

  /// Reads all statements.
  ///
  /// - Parameter take: is given some features of a share (the bits of their hashes that count), in the order of the
  ///   statements; called for different shares at the same time.
  /// - Parameter pause: is called now and then while nothing is taken, with the part of the statements that was read.
  func read(
    progress: WorkProgress, _ take: (_ share: Int, _ keys: Span<UInt64>) -> Void, pause: (Double) -> Void = { _ in }
  ) {
    let blocks = blocks
    let parts = (0..<max(min(blocks.count, 2 * threads), 1)).map { _ in FeatureDeal() }
    let workers = Workers(threads: threads)
    for first in stride(from: 0, to: blocks.count, by: parts.count) {
      let here = min(parts.count, blocks.count - first)
      workers.forEach(here) { place in parts[place].read(blocks[first + place], of: self) }
      workers.forEach(Self.shareCount) { share in
        for place in 0..<here { parts[place].withKeys(of: share) { take(share, $0) } }
      }
      let part = Double(blocks[first + here - 1].upperBound) / Double(statements.count)
      pause(part)
      progress.update(part)
    }
  }

  /// Ranges of statements with about as much text as has its features in the second-level cache.
  private var blocks: [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start = 0
    var size = 0
    for index in statements.indices {
      size += statements[index].text.utf8.count + 1
      if size >= 1 << 15 || index + 1 == statements.count {
        blocks.append(start..<index + 1)
        start = index + 1
        size = 0
      }
    }
    return blocks
  }
}

/// The features of some statements, dealt out.
private final class FeatureDeal {
  private var emitter = StatementEmitter()
  private var workspace = FeatureWorkspace()
  private var occurrences = OccurrenceCounter()
  private var found = Scratch<UInt64>()
  private var dealt = Scratch<UInt64>()
  private var ends = InlineArray<16, Int>(repeating: 0)

  /// Replaces the features with those of other statements.
  func read(_ range: Range<Int>, of census: FeatureCensus) {
    found.removeAll()
    let idleBits = UInt64(64 - census.keyBits)
    for index in range {
      census.surroundings?.load(index, into: &workspace)
      emitter.emit(census.statements[index], families: census.families, into: &workspace)
      let occurring = workspace.features.keys.count
      occurrences.begin(limit: occurring)
      found.reserve(occurring)
      for occurrence in 0..<occurring {
        let key = workspace.features.keys[occurrence] >> idleBits
        if occurrences.add(key) == 0 { found.append(key << idleBits) }
      }
    }
    deal()
  }

  /// Calls `body` with the features of a share.
  func withKeys(of share: Int, _ body: (Span<UInt64>) -> Void) {
    let start = share == 0 ? 0 : ends[share - 1]
    dealt.withSpan { body($0.extracting(start..<ends[share])) }
  }

  private func deal() {
    let shift = UInt64(64 - FeatureCensus.shareBits)
    var next = InlineArray<16, Int>(repeating: 0)
    for index in 0..<found.count { next[Int(found[index] >> shift)] += 1 }
    var total = 0
    for share in 0..<FeatureCensus.shareCount {
      let count = next[share]
      next[share] = total
      total += count
    }
    dealt.assign(repeating: 0, count: total)
    for index in 0..<found.count {
      let share = Int(found[index] >> shift)
      dealt[next[share]] = found[index]
      next[share] += 1
    }
    ends = next
  }
}
