package import TextProcessing

/// What n-grams of a statement are made of: its tokens without those that the configuration leaves out, each mention
/// of the target drawn together into one symbol.
///
/// Flat columns rather than a list of structures, because each family of features reads only one or two of them.
package struct StatementUnits: ~Copyable {
  /// The hash of each unit with its case folded.
  package var folded = Scratch<UInt64>()
  /// The hash of each unit as it is written.
  package var exact = Scratch<UInt64>()
  /// The first token of each unit.
  package var first = Scratch<UInt16>()
  /// The last token of each unit.
  package var last = Scratch<UInt16>()
  /// Where each unit stands as seen from the target; all `.unmentioned` where no target is dealt with.
  package var positions = Scratch<TargetPosition>()
  /// The sentence that shares most with the target's wording; empty where that is not asked for or nothing is shared.
  var matched = 0..<0

  /// No units.
  package init() {}

  /// The number of units.
  package var count: Int { folded.count }

  /// Forgets the statement before.
  package mutating func removeAll() {
    folded.removeAll()
    exact.removeAll()
    first.removeAll()
    last.removeAll()
    positions.removeAll()
    matched = 0..<0
  }

  /// Adds a unit for each token whose kind has its bit set in `kinds`, none of them a mention.
  ///
  /// Column by column, so that each loop has one place to write to.
  ///
  /// - Parameter onlyFolded: whether nobody reads more of the units than their folded hashes.
  package mutating func append(contentsOf tokens: Span<Token>, kinds: UInt32, onlyFolded: Bool) {
    let start = first.count
    first.appendWritten(limit: tokens.count) { first in
      var kept = 0
      for index in tokens.indices {
        // Written every time and kept only where the kind is wanted, which cannot be foretold.
        first[kept] = UInt16(truncatingIfNeeded: index)
        kept &+= Int(kinds &>> UInt32(tokens[index].kind.rawValue) & 1)
      }
      return kept
    }
    let added = first.count - start
    first.withSpan { first in
      let first = first.extracting(start..<start + added)
      folded.extend(limit: added) { out in
        for place in first.indices { out.append(tokens[Int(first[place])].foldedHash) }
      }
      if onlyFolded { return }
      exact.extend(limit: added) { out in for place in first.indices { out.append(tokens[Int(first[place])].exactHash) }
      }
      last.extend(limit: added) { out in for place in first.indices { out.append(first[place]) } }
    }
    if onlyFolded { return first.truncate(to: start) }
    positions.extend(limit: added) { out in for _ in 0..<added { out.append(.unmentioned) } }
  }

  /// Adds a unit that stands for the tokens `first...last`.
  @inline(__always)
  package mutating func append(
    folded foldedHash: UInt64, exact exactHash: UInt64, first: Int, last: Int,
    position: TargetPosition = .unmentioned
  ) {
    folded.append(foldedHash)
    exact.append(exactHash)
    self.first.append(UInt16(truncatingIfNeeded: first))
    self.last.append(UInt16(truncatingIfNeeded: last))
    positions.append(position)
  }
}
