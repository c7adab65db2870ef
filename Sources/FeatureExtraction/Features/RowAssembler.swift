/// Turns the occurrences of one statement into a row: counts them, weighs them, normalizes each block.
///
/// The plain way from features to values. Scoring has a faster one that never sorts; a test holds both equal.
package struct RowAssembler: ~Copyable {
  /// Occurrences as `column << 4 | block`.
  private var entries = Scratch<UInt32>(capacity: 1024)
  private var sorter = RadixSorter()
  private var blocks = Scratch<UInt8>(capacity: 1024)
  /// The columns of the row, ascending.
  package private(set) var columns = Scratch<UInt32>(capacity: 1024)
  /// The values of the row.
  package private(set) var values = Scratch<Float>(capacity: 1024)

  /// An assembler with an empty row.
  package init() {}

  /// Replaces the row with that of the features in `buffer`.
  ///
  /// - Complexity: O(occurrences).
  package mutating func assemble(_ buffer: borrowing FeatureBuffer, for extractor: borrowing FeatureExtractor) {
    collectEntries(buffer, for: extractor)
    sorter.sort(&entries, below: UInt32(extractor.columnCount - 1) << 4 | 15)
    var squares = InlineArray<16, Double>(repeating: 0)
    countRuns(for: extractor, squares: &squares)
    var factors = InlineArray<16, Float>(repeating: 1)
    for index in 0..<buffer.blocks.count {
      let block = buffer.blocks[index]
      let family = Int(block.family.rawValue)
      factors[family] = extractor.weighting(of: block.family)
        .factor(squares: squares[family], unitCount: Int(block.unitCount))
    }
    applyAndMerge(factors)
  }

  private mutating func collectEntries(_ buffer: borrowing FeatureBuffer, for extractor: borrowing FeatureExtractor) {
    entries.removeAll()
    for index in 0..<buffer.blocks.count {
      let block = buffer.blocks[index]
      let family = UInt32(block.family.rawValue)
      for occurrence in block.range {
        if let column = extractor.column(of: buffer.keys[occurrence]) { entries.append(column << 4 | family) }
      }
    }
  }

  /// Each run of equal entries becomes one value.
  private mutating func countRuns(for extractor: borrowing FeatureExtractor, squares: inout InlineArray<16, Double>) {
    columns.removeAll()
    values.removeAll()
    blocks.removeAll()
    var start = 0
    while start < entries.count {
      let entry = entries[start]
      var end = start + 1
      while end < entries.count, entries[end] == entry { end += 1 }
      let family = UInt8(entry & 15)
      let column = entry >> 4
      guard let weighting = extractor.weightings[Int(family)] else { preconditionFailure("a block without weighting") }
      let rarity = extractor.rarity(of: column, weighting)
      let value = weighting.frequency(of: end - start) * rarity
      squares[Int(family)] += weighting.squares(of: end - start, value: value, rarity: rarity)
      columns.append(column)
      values.append(value)
      blocks.append(family)
      start = end
    }
  }

  /// Normalizes the values and adds up blocks that share a column, as they may in a hashed space.
  private mutating func applyAndMerge(_ factors: borrowing InlineArray<16, Float>) {
    var written = 0
    for index in 0..<columns.count {
      let value = values[index] * factors[Int(blocks[index])]
      if written > 0, columns[written - 1] == columns[index] {
        values[written - 1] += value
      } else {
        columns[written] = columns[index]
        values[written] = value
        written += 1
      }
    }
    columns.truncate(to: written)
    values.truncate(to: written)
  }
}

extension Weighting {
  /// What the values of a block are multiplied by, given the sum of the squares.
  @inline(__always)
  package func factor(squares: Double, unitCount: Int) -> Float {
    switch normalization {
    case .none: scale
    case .l2, .occurrences: squares > 0 ? Float(Double(scale) / squares.squareRoot()) : scale
    case .unitCount: unitCount > 0 ? Float(Double(scale) / Double(unitCount).squareRoot()) : scale
    }
  }
}
