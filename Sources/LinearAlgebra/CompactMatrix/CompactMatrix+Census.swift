internal import CPlatform

extension CompactMatrix {
  /// What a first pass over a matrix finds out about its columns.
  struct Census {
    /// What becomes of each column's entries: the number of the merged column, `own`, or `absent` for columns without
    /// entries and for all but the first of equal columns.
    var numbers: [UInt32]
    /// The factor from values to those of each merged column.
    var scales: [Float] = []
    /// What became of each column; those of own columns are written with the rows.
    var origins: [Origin]
    /// Where each block's remaining entries begin.
    var starts: [Int] = []
    var sharedCount = 0
    var entryCount = 0
    var isWorthwhile = false

    /// How many entries ahead a column's place is asked for: columns of text lie all over a table that no near cache holds.
    static let ahead = 32

    private struct Column {
      /// Equal for equal entries: the sum of the hashes of all (row, value) pairs. With 64 bits, two different columns of a
      /// million share one by chance once in forty million matrices.
      var hash: UInt64 = 0
      var count: UInt32 = 0
    }

    init(_ matrix: SparseMatrix, _ blocks: FixedBlocks, _ workers: Workers) {
      numbers = [UInt32](large: matrix.columnCount, repeating: Origin.absent)
      origins = [Origin](large: matrix.columnCount, repeating: Origin(column: Origin.absent, row: 0, scale: 1))
      var tables = [[Column]](repeating: [], count: blocks.count)
      unsafe tables.withUnsafeMutableBufferPointer { tables in
        workers.forEach(blocks.count) { block in
          unsafe tables[block] = Self.count(matrix, blocks[block])
        }
      }
      var found = tables.removeFirst()
      for table in tables {
        for column in found.indices {
          found[column].hash &+= table[column].hash
          found[column].count += table[column].count
        }
      }
      let (firsts, usedCount) = group(found, rowCount: matrix.rowCount)
      number(found, firsts, rowCount: matrix.rowCount)
      // Less would not pay for a second copy of the matrix.
      isWorthwhile = sharedCount * 10 < usedCount * 7 || entryCount * 10 < matrix.entryCount * 9
      guard isWorthwhile else { return }
      var later = 0
      var counts = tables.map { table in
        let count = numbers.indices.reduce(0) { $0 + (numbers[$1] < Origin.absent ? Int(table[$1].count) : 0) }
        later += count
        return count
      }
      counts.insert(entryCount - later, at: 0)
      starts = counts.indices.map { block in counts[..<block].reduce(0, +) }
    }

    /// Counts and hashes the entries of some rows.
    private static func count(_ matrix: SparseMatrix, _ rows: Range<Int>) -> [Column] {
      var found = [Column](large: matrix.columnCount, repeating: Column())
      unsafe found.withUnsafeMutableBufferPointer { found in
        unsafe matrix.columns.withUnsafeBufferPointer { columns in
          unsafe matrix.values.withUnsafeBufferPointer { values in
            let last = columns.count - 1
            for row in rows {
              let salt = UInt64(row) &* 0x9E37_79B9_7F4A_7C15
              for entry in matrix.offsets[row]..<matrix.offsets[row + 1] {
                var hash = unsafe (salt ^ UInt64(values[entry].bitPattern)) &* 0xBF58_476D_1CE4_E5B9
                hash = (hash ^ (hash >> 29)) &* 0x94D0_49BB_1331_11EB
                let column = unsafe Int(columns[entry])
                unsafe platform_prefetch(found.baseAddress! + Int(columns[min(entry &+ Self.ahead, last)]))
                unsafe found[column].hash &+= hash ^ (hash >> 32)
                unsafe found[column].count &+= 1
              }
            }
          }
        }
      }
      return found
    }

    /// The first column of each column's group of equal ones, and how many columns have entries at all; marks own columns
    /// and counts what is shared.
    private mutating func group(_ found: [Column], rowCount: Int) -> (firsts: [UInt32], used: Int) {
      let several = found.reduce(0) { $0 + ($1.count > 1 ? 1 : 0) }
      let room = 1 << (Int.bitWidth - max(8, 2 * several).leadingZeroBitCount)
      var table = [UInt32](large: room, repeating: .max)
      var firsts = [UInt32](large: found.count, repeating: .max)
      var usedCount = 0
      unsafe found.withUnsafeBufferPointer { found in
        unsafe table.withUnsafeMutableBufferPointer { table in
          unsafe firsts.withUnsafeMutableBufferPointer { firsts in
            for column in 0..<found.count {
              let entry = unsafe found[column]
              if entry.count > 0 { usedCount &+= 1 }
              if entry.count == 1 { numbers[column] = Origin.own }
              guard entry.count > 1 else { continue }
              var slot = Int(truncatingIfNeeded: entry.hash &* 0x9E37_79B9_7F4A_7C15 >> 20) & (room &- 1)
              while unsafe table[slot] != .max {
                let other = unsafe found[Int(table[slot])]
                if other.hash == entry.hash && other.count == entry.count { break }
                slot = (slot &+ 1) & (room &- 1)
              }
              if unsafe table[slot] == .max {
                unsafe table[slot] = UInt32(column)
                entryCount &+= Int(entry.count)
                sharedCount &+= 1
              }
              unsafe firsts[column] = table[slot]
            }
          }
        }
      }
      return (firsts, usedCount)
    }

    /// Numbers the groups from the most to the least frequent, among equals by their first column.
    private mutating func number(_ found: [Column], _ firsts: [UInt32], rowCount: Int) {
      // `next[count]` is the next number for a column of so many entries.
      var next = [Int](repeating: 0, count: rowCount + 2)
      for column in firsts.indices where firsts[column] == UInt32(column) { next[Int(found[column].count)] += 1 }
      var before = 0
      for count in stride(from: rowCount, through: 0, by: -1) {
        let here = next[count]
        next[count] = before
        before += here
      }
      var sizes = [UInt32](repeating: 0, count: sharedCount)
      for column in firsts.indices where firsts[column] != .max {
        let first = Int(firsts[column])
        // A first column comes before the others of its group, so its number stands by then.
        if first == column {
          let count = Int(found[column].count)
          numbers[column] = UInt32(next[count])
          next[count] += 1
        }
        sizes[Int(numbers[first])] += 1
      }
      scales = sizes.map { Float($0).squareRoot() }
      for column in firsts.indices where firsts[column] != .max {
        let number = numbers[Int(firsts[column])]
        origins[column] = Origin(column: number, row: 0, scale: 1 / scales[Int(number)])
      }
    }
  }
}
