internal import TextProcessing

/// Statements by what stays together, ready to be divided into any number of parts.
package struct SplitUnits: Sendable {
  /// Statements that stay together.
  private struct Unit {
    var members: [Int] = []
    /// How many members have each label; the last entry is how many there are.
    var counts: [Int]
    var order: UInt64 = 0
    /// The least name of a group or text in it, so that the order of the statements does not matter.
    var name: TextFingerprint
    /// The position of the size among the powers of two.
    var sizeClass: Int { Int.bitWidth - members.count.leadingZeroBitCount }
  }

  private let units: [Unit]

  /// How many there are.
  package var count: Int { units.count }

  /// Finds what stays together.
  package init(of statements: [Statement], task: String?, seed: UInt64, keeping cohesion: Split.Cohesion) {
    let labels = Set(statements.compactMap { statement in task.flatMap { statement.labels[$0] } })
    let labelIndex = Dictionary(
      uniqueKeysWithValues: labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.enumerated().map {
        ($0.element, $0.offset)
      })
    let names = statements.map(Self.name)
    let sets = cohesion == .groups ? names : Self.connected(statements, names)
    var unitOf: [TextFingerprint: Int] = [:]
    var units: [Unit] = []
    for (index, statement) in statements.enumerated() {
      let place = unitOf[sets[index], default: units.count]
      if place == units.count {
        unitOf[sets[index]] = place
        units.append(Unit(counts: [Int](repeating: 0, count: labels.count + 1), name: names[index]))
      }
      units[place].members.append(index)
      units[place].name = min(units[place].name, names[index])
      units[place].counts[labels.count] += 1
      if let label = task.flatMap({ statement.labels[$0] }) { units[place].counts[labelIndex[label]!] += 1 }
    }
    for place in units.indices {
      let name = units[place].name
      units[place].order = TextHash.combine(TextHash.combine(seed, name.high), name.low)
    }
    self.units = units.sorted { a, b in
      if a.sizeClass != b.sizeClass { return a.sizeClass > b.sizeClass }
      return (a.order, a.name) < (b.order, b.name)
    }
  }

  /// What a statement's unit is called as long as no other joins it.
  private static func name(of statement: Statement) -> TextFingerprint {
    guard let group = statement.group else { return TextFingerprint(nil, statement.text) }
    // Names are compared as they are, and never equal the name of a text.
    return TextFingerprint(exactly: group)
  }

  /// For each statement the name of one of the groups and texts that it is connected with: the same for all of these.
  private static func connected(_ statements: [Statement], _ names: [TextFingerprint]) -> [TextFingerprint] {
    // A forest whose nodes are groups and texts: a statement with a group joins two trees.
    var parents: [TextFingerprint: TextFingerprint] = [:]
    func root(_ node: TextFingerprint) -> TextFingerprint {
      var node = node
      while let parent = parents[node] {
        let next = parents[parent] ?? parent
        parents[node] = next
        node = next
      }
      return node
    }
    for (statement, name) in zip(statements, names) where statement.group != nil {
      let (text, group) = (root(TextFingerprint(nil, statement.text)), root(name))
      if text != group { parents[text] = group }
    }
    return names.map(root)
  }

  /// Divides the statements; see `Split`.
  package func parts(shares: [Double]) throws(CorpusError) -> [[Int]] {
    precondition(!shares.isEmpty && shares.allSatisfy { $0 > 0 && $0.isFinite }, "each share must be above zero")
    let sum = shares.reduce(0, +)
    guard units.count >= shares.count else {
      throw CorpusError(
        .unsuitableData, expected: "at least \(shares.count) groups or texts that share nothing",
        found: "\(units.count)",
        mend: "give more statements, or ask for fewer parts")
    }
    return assign(shares: shares.map { $0 / sum })
  }

  private func assign(shares: [Double]) -> [[Int]] {
    let width = units.first?.counts.count ?? 0
    var totals = [Double](repeating: 0, count: width)
    for unit in units {
      for label in 0..<width { totals[label] += Double(unit.counts[label]) }
    }
    var filled = [[Double]](repeating: [Double](repeating: 0, count: width), count: shares.count)
    var parts = [[Int]](repeating: [], count: shares.count)
    for (index, unit) in units.enumerated() {
      // With as many units left as there are empty parts, each of those gets one.
      let empty = parts.indices.filter { parts[$0].isEmpty }
      let candidates = units.count - index <= empty.count ? empty : Array(parts.indices)
      var best = candidates[0]
      var bestCost = Double.infinity
      for part in candidates {
        var cost = 0.0
        for label in 0..<width where unit.counts[label] > 0 {
          let count = Double(unit.counts[label])
          cost += count / totals[label] * (filled[part][label] + count) / (shares[part] * totals[label])
        }
        if cost < bestCost {
          best = part
          bestCost = cost
        }
      }
      for label in 0..<width { filled[best][label] += Double(unit.counts[label]) }
      parts[best].append(contentsOf: unit.members)
    }
    return parts.map { $0.sorted() }
  }
}
