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

  /// The last six bits of the hashes of some units in any case, a bit for each value.
  ///
  /// - Precondition: there are such units.
  func sieve(_ range: Range<Int>) -> UInt64 {
    folded.withSpan { folded in
      let folded = folded.extracting(range)
      var met: UInt64 = 0
      for index in folded.indices { met |= 1 &<< (folded[index] & 63) }
      return met
    }
  }

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
  /// Written every time and kept only where the kind is wanted, which cannot be foretold.
  ///
  /// - Parameter onlyFolded: whether nobody reads more of the units than their folded hashes.
  package mutating func append(contentsOf tokens: Span<Token>, kinds: UInt32, onlyFolded: Bool) {
    let limit = tokens.count
    var kept = 0
    if onlyFolded {
      return folded.appendWritten(limit: limit) { folded in
        for index in tokens.indices {
          let token = tokens[index]
          folded[kept] = token.foldedHash
          kept &+= Int(kinds &>> UInt32(token.kind.rawValue) & 1)
        }
        return kept
      }
    }
    folded.appendWritten(limit: limit) { folded in
      exact.appendWritten(limit: limit) { exact in
        first.appendWritten(limit: limit) { first in
          last.appendWritten(limit: limit) { last in
            for index in tokens.indices {
              let token = tokens[index]
              // Unchecked: all have room for every token, and no more are kept than were read.
              unsafe folded[unchecked: kept] = token.foldedHash
              unsafe exact[unchecked: kept] = token.exactHash
              unsafe first[unchecked: kept] = UInt16(truncatingIfNeeded: index)
              unsafe last[unchecked: kept] = UInt16(truncatingIfNeeded: index)
              kept &+= Int(kinds &>> UInt32(token.kind.rawValue) & 1)
            }
            return kept
          }
          return kept
        }
        return kept
      }
      return kept
    }
    positions.extend(limit: kept) { out in for _ in 0..<kept { out.append(.unmentioned) } }
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
