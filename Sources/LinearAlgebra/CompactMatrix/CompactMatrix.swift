/// An equivalent of a sparse matrix for L2-penalized learning, with fewer columns and entries.
///
/// Two exact reductions, and an order that suits caches:
///
/// - Columns that occur in one row only can serve no other row. At the optimum their weights are proportional to their
///   values, so all of a row's become one column, its *own*, of value √Σx²; own values need no column numbers.
/// - Columns with the same entries (n-grams that always come together) get the same weight at the optimum: m of them
///   become one column of values √m·x.
/// - What remains is numbered from the most to the least frequent column, so that most reads hit a small hot range.
///
/// A weight v found for a merged column stands for the weights `scale·v` of the original ones; ½‖w‖² and all margins
/// are the same. Under an L1 penalty this does not hold. Text n-grams lose half to three quarters of their columns.
package struct CompactMatrix: Sendable {
  /// What became of each original column.
  package struct Origin: Equatable, Sendable {
    /// The column in `shared`, or `own`, or `absent`.
    package var column: UInt32
    /// The row whose own column it went into; meaningless unless `column` is `own`.
    package var row: UInt32
    /// The original weight as a multiple of the merged one.
    package var scale: Float

    /// What became of one column.
    package init(column: UInt32, row: UInt32, scale: Float) {
      self.column = column
      self.row = row
      self.scale = scale
    }

    /// Marks a column that went into its row's own one.
    package static let own = UInt32.max
    /// Marks a column without entries.
    package static let absent = UInt32.max - 1
  }

  /// The columns that several rows share; column numbers within a row are in no order.
  package let shared: SparseMatrix
  /// The value of each row's own column, 0 where it has none; empty if there are no own columns at all.
  package let own: [Float]
  /// What became of each original column; nil if the matrix was taken as it is.
  package let origins: [Origin]?

  /// Takes a matrix as it is.
  package init(unchanged matrix: SparseMatrix) {
    self.init(shared: matrix, own: [], origins: nil)
  }

  private init(shared: SparseMatrix, own: [Float], origins: [Origin]?) {
    self.shared = shared
    self.own = own
    self.origins = origins
  }

  /// Reduces a matrix; it is taken as it is where that would save neither three tenths of the columns nor a tenth of the
  /// entries.
  ///
  /// - Complexity: O(entries + columns), two passes over the matrix.
  package init(_ matrix: SparseMatrix) {
    let census = Census(matrix)
    guard census.isWorthwhile else {
      self.init(unchanged: matrix)
      return
    }
    var offsets = [Int](repeating: 0, count: matrix.rowCount + 1)
    var own = [Float](repeating: 0, count: matrix.rowCount)
    var origins = census.origins
    let room = census.entryCount
    var values: [Float] = []
    let columns = unsafe [UInt32](unsafeUninitializedCapacity: room + 1) { columns, columnCount in
      unsafe values = [Float](unsafeUninitializedCapacity: room + 1) { values, valueCount in
        let end = unsafe Self.write(
          matrix, &origins, &offsets, &own, columns: columns.baseAddress!, values: values.baseAddress!)
        precondition(end == room)
        columnCount = end
        valueCount = end
      }
    }
    for column in origins.indices where origins[column].column < Origin.absent {
      origins[column].scale = 1 / origins[column].scale
    }
    self.init(
      shared: SparseMatrix(columnCount: census.sharedCount, offsets: offsets, columns: columns, values: values),
      own: own, origins: origins)
  }

  /// The squared length of every row.
  package func squaredLengths() -> [Float] {
    var result = own.map { $0 * $0 }
    if own.isEmpty { result = [Float](repeating: 0, count: shared.rowCount) }
    unsafe shared.values.withUnsafeBufferPointer { values in
      for row in 0..<shared.rowCount {
        var sum: Float = 0
        for entry in shared.offsets[row]..<shared.offsets[row + 1] { unsafe sum += values[entry] * values[entry] }
        result[row] += sum
      }
    }
    return result
  }
}

extension CompactMatrix {
  /// Writes the remaining entries, of which there is room for one more than there are; returns how many there are.
  ///
  /// While this runs, the scale of a shared column's origin is the factor from its values to the merged column's, which
  /// is the inverse of what a weight's is.
  @unsafe private static func write(
    _ matrix: SparseMatrix, _ origins: inout [Origin], _ offsets: UnsafeMutablePointer<Int>,
    _ lengths: UnsafeMutablePointer<Float>, columns: UnsafeMutablePointer<UInt32>, values: UnsafeMutablePointer<Float>
  ) -> Int {
    let longest = (0..<matrix.rowCount).reduce(0) { max($0, matrix.offsets[$1 + 1] - matrix.offsets[$1]) }
    let own = UnsafeMutablePointer<(UInt32, Float)>.allocate(capacity: longest + 1)
    defer { unsafe own.deallocate() }
    var count = 0
    unsafe origins.withUnsafeMutableBufferPointer { origins in
      unsafe matrix.columns.withUnsafeBufferPointer { from in
        unsafe matrix.values.withUnsafeBufferPointer { given in
          for row in 0..<matrix.rowCount {
            var squares: Float = 0
            var alone = 0
            for entry in matrix.offsets[row]..<matrix.offsets[row + 1] {
              let value = unsafe given[entry]
              let column = unsafe from[entry]
              let origin = unsafe origins[Int(column)]
              // Which kind an entry is no processor can guess, so nothing here branches on it: an entry is always
              // written to both lists, and only then does either list grow or not.
              let isOwn = origin.column == Origin.own
              squares += isOwn ? value * value : 0
              unsafe own[alone] = (column, value)
              alone &+= isOwn ? 1 : 0
              unsafe columns[count] = origin.column
              unsafe values[count] = value * origin.scale
              count &+= !isOwn && origin.row == 1 ? 1 : 0
            }
            unsafe offsets[row + 1] = count
            let length = squares.squareRoot()
            unsafe lengths[row] = length
            for place in 0..<alone {
              let (column, value) = unsafe own[place]
              unsafe origins[Int(column)].row = UInt32(truncatingIfNeeded: row)
              unsafe origins[Int(column)].scale = value / length
            }
          }
        }
      }
    }
    return count
  }
}

/// What a first pass over a matrix finds out about its columns.
private struct Census {
  /// For shared columns `scale` is the factor from values to merged values, and `row` is 1 for the first of a group of equal columns, else 0.
  var origins: [CompactMatrix.Origin]
  var sharedCount = 0
  var entryCount = 0
  var isWorthwhile = false

  private struct Column {
    var hash: UInt64 = 0
    var count: UInt32 = 0
  }

  init(_ matrix: SparseMatrix) {
    let found = Self.count(matrix)
    let columnCount = matrix.columnCount
    origins = [CompactMatrix.Origin](
      repeating: .init(column: CompactMatrix.Origin.absent, row: 0, scale: 1), count: columnCount)
    let several = found.reduce(0) { $0 + ($1.count > 1 ? 1 : 0) }
    // Columns with equal entries have equal hashes of all their (row, value) pairs; with 64 bits, two different columns
    // of a million share one by chance once in forty million matrices.
    let room = 1 << (Int.bitWidth - max(8, 2 * several).leadingZeroBitCount)
    var table = [UInt32](repeating: .max, count: room)
    var histogram = [Int](repeating: 0, count: matrix.rowCount + 2)
    var usedCount = 0
    unsafe found.withUnsafeBufferPointer { found in
      unsafe table.withUnsafeMutableBufferPointer { table in
        unsafe origins.withUnsafeMutableBufferPointer { origins in
          // Until numbers are given out, `column` holds the first column of the group and `row` the group's size.
          for column in 0..<columnCount {
            let entry = unsafe found[column]
            guard entry.count > 1 else {
              if entry.count == 1 {
                unsafe origins[column].column = CompactMatrix.Origin.own
                usedCount &+= 1
              }
              continue
            }
            usedCount &+= 1
            var slot = Int(truncatingIfNeeded: entry.hash &* 0x9E37_79B9_7F4A_7C15 >> 20) & (room &- 1)
            while unsafe table[slot] != .max {
              let other = unsafe found[Int(table[slot])]
              if other.hash == entry.hash && other.count == entry.count { break }
              slot = (slot &+ 1) & (room &- 1)
            }
            if unsafe table[slot] == .max {
              unsafe table[slot] = UInt32(column)
              histogram[Int(entry.count)] += 1
              entryCount &+= Int(entry.count)
              sharedCount &+= 1
            }
            let first = unsafe table[slot]
            unsafe origins[column].column = first
            unsafe origins[Int(first)].row &+= 1
          }
          // The most frequent first; among equals the lower number first.
          var next = [Int](repeating: 0, count: matrix.rowCount + 2)
          for count in stride(from: matrix.rowCount, through: 0, by: -1) {
            next[count] = next[count + 1] + histogram[count + 1]
          }
          for column in 0..<columnCount {
            let count = unsafe Int(found[column].count)
            guard count > 1 else { continue }
            let first = unsafe Int(origins[column].column)
            // A first column comes before the others of its group, so its number stands by then.
            if first == column {
              let size = unsafe origins[column].row
              unsafe origins[column] = .init(
                column: UInt32(next[count]), row: 1, scale: Float(size).squareRoot())
              next[count] += 1
            } else {
              unsafe origins[column] = .init(column: origins[first].column, row: 0, scale: origins[first].scale)
            }
          }
        }
      }
    }
    // Less would not pay for a second copy of the matrix.
    isWorthwhile = sharedCount * 10 < usedCount * 7 || entryCount * 10 < matrix.entryCount * 9
  }

  private static func count(_ matrix: SparseMatrix) -> [Column] {
    var found = [Column](repeating: Column(), count: matrix.columnCount)
    unsafe found.withUnsafeMutableBufferPointer { found in
      unsafe matrix.columns.withUnsafeBufferPointer { columns in
        unsafe matrix.values.withUnsafeBufferPointer { values in
          for row in 0..<matrix.rowCount {
            let salt = UInt64(row) &* 0x9E37_79B9_7F4A_7C15
            for entry in matrix.offsets[row]..<matrix.offsets[row + 1] {
              var hash = unsafe (salt ^ UInt64(values[entry].bitPattern)) &* 0xBF58_476D_1CE4_E5B9
              hash = (hash ^ (hash >> 29)) &* 0x94D0_49BB_1331_11EB
              let column = unsafe Int(columns[entry])
              unsafe found[column].hash &+= hash ^ (hash >> 32)
              unsafe found[column].count &+= 1
            }
          }
        }
      }
    }
    return found
  }
}
