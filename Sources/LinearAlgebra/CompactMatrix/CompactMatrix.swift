internal import CPlatform

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
  package struct Origin: Equatable, Sendable, BitwiseCopyable {
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
  package init(_ matrix: SparseMatrix, workers: Workers = Workers(threads: 1)) {
    // The result is the same for any number of blocks; each costs a table of columns.
    let blocks = FixedBlocks(offsets: matrix.offsets, blocks: min(workers.threads, 4))
    let census = Census(matrix, blocks, workers)
    guard census.isWorthwhile else {
      self.init(unchanged: matrix)
      return
    }
    var offsets = [Int](repeating: 0, count: matrix.rowCount + 1)
    var own = [Float](repeating: 0, count: matrix.rowCount)
    var origins = census.origins
    let room = census.entryCount
    var values: [Float] = []
    let columns = unsafe [UInt32](large: room) { columns in
      unsafe values = [Float](large: room) { values in
        unsafe offsets.withUnsafeMutableBufferPointer { offsets in
          unsafe own.withUnsafeMutableBufferPointer { own in
            unsafe origins.withUnsafeMutableBufferPointer { origins in
              let target = unsafe Target(
                columns: columns.baseAddress!, values: values.baseAddress!, offsets: offsets.baseAddress!,
                own: own.baseAddress!, origins: origins.baseAddress!)
              workers.forEach(blocks.count) { block in
                unsafe matrix.columns.withUnsafeBufferPointer { columns in
                  unsafe matrix.values.withUnsafeBufferPointer { values in
                    guard let columns = columns.baseAddress, let values = values.baseAddress else { return }
                    unsafe Self.write(
                      matrix.offsets, columns, values, blocks[block], census, from: census.starts[block], to: target)
                  }
                }
              }
            }
          }
        }
      }
    }
    self.init(
      shared: SparseMatrix(columnCount: census.sharedCount, offsets: offsets, columns: columns, values: values),
      own: own, origins: origins)
  }

  /// Reduces a matrix where it is, so that it and what it becomes are never both held; its arrays must not be shared, or
  /// they are copied. Leaves a matrix without rows.
  package init(taking matrix: inout SparseMatrix, workers: Workers = Workers(threads: 1)) {
    let blocks = FixedBlocks(offsets: matrix.offsets, blocks: min(workers.threads, 4))
    let census = Census(matrix, blocks, workers)
    guard census.isWorthwhile else {
      self.init(unchanged: matrix)
      matrix = SparseMatrix(columnCount: matrix.columnCount, offsets: [0], columns: [], values: [])
      return
    }
    var own = [Float](repeating: 0, count: matrix.rowCount)
    var origins = census.origins
    var (offsets, columns, values) = matrix.takeArrays()
    let before = offsets
    unsafe columns.withUnsafeMutableBufferPointer { columns in
      unsafe values.withUnsafeMutableBufferPointer { values in
        unsafe offsets.withUnsafeMutableBufferPointer { offsets in
          unsafe own.withUnsafeMutableBufferPointer { own in
            unsafe origins.withUnsafeMutableBufferPointer { origins in
              guard let firstColumn = columns.baseAddress, let firstValue = values.baseAddress else { return }
              let target = unsafe Target(
                columns: firstColumn, values: firstValue, offsets: offsets.baseAddress!, own: own.baseAddress!,
                origins: origins.baseAddress!)
              // Each block's rows move to its own beginning: what is written never passes what is still to be read.
              workers.forEach(blocks.count) { block in
                let rows = blocks[block]
                unsafe Self.write(
                  before, firstColumn, firstValue, rows, census, from: before[rows.lowerBound], to: target)
              }
              // Then the blocks move together.
              var end = 0
              for block in 0..<blocks.count where !blocks[block].isEmpty {
                let rows = blocks[block]
                let start = before[rows.lowerBound]
                let count = unsafe offsets[rows.upperBound] - start
                unsafe (firstColumn + end).update(from: firstColumn + start, count: count)
                unsafe (firstValue + end).update(from: firstValue + start, count: count)
                for row in rows { unsafe offsets[row + 1] += end - start }
                end += count
              }
            }
          }
        }
      }
    }
    columns.removeLast(columns.count - census.entryCount)
    values.removeLast(values.count - census.entryCount)
    self.init(
      shared: SparseMatrix(columnCount: census.sharedCount, offsets: offsets, columns: columns, values: values),
      own: own, origins: origins)
  }

  /// The squared length of every row, its own column's value included, and keys for what the rows share.
  package func survey(beside dense: DenseMatrix? = nil, workers: Workers) -> RowSurvey {
    var survey = RowSurvey(shared, workers: workers)
    for (row, value) in own.enumerated() { survey.squares[row] += value * value }
    if let dense {
      for (row, square) in dense.squares(workers: workers).enumerated() { survey.squares[row] += square }
    }
    return survey
  }
}

extension CompactMatrix {
  /// The arrays of a compact matrix that is being written.
  @unsafe private struct Target {
    let columns: UnsafeMutablePointer<UInt32>
    let values: UnsafeMutablePointer<Float>
    let offsets: UnsafeMutablePointer<Int>
    let own: UnsafeMutablePointer<Float>
    let origins: UnsafeMutablePointer<Origin>
  }

  /// Writes what remains of some rows, the first entry at `start`, and their own columns' origins.
  @unsafe private static func write(
    _ offsets: [Int], _ columns: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>, _ rows: Range<Int>,
    _ census: Census, from start: Int, to target: Target
  ) {
    let longest = rows.reduce(0) { max($0, offsets[$1 + 1] - offsets[$1]) }
    // Which kind an entry is no processor can guess, so nothing here branches on it: an entry is always written to both
    // lists, and only then does either list grow or not. Hence both lists have room for one more.
    let kept = UnsafeMutablePointer<(UInt32, Float)>.allocate(capacity: longest + 1)
    let own = UnsafeMutablePointer<(UInt32, Float)>.allocate(capacity: longest + 1)
    defer {
      unsafe kept.deallocate()
      unsafe own.deallocate()
    }
    let last = offsets[offsets.count - 1] - 1
    var end = start
    unsafe census.numbers.withUnsafeBufferPointer { numbers in
      unsafe census.scales.withUnsafeBufferPointer { scales in
        for row in rows {
          var squares: Float = 0
          var alone = 0
          var count = 0
          for entry in offsets[row]..<offsets[row + 1] {
            let value = unsafe values[entry]
            let column = unsafe columns[entry]
            let number = unsafe numbers[Int(column)]
            unsafe platform_prefetch(numbers.baseAddress! + Int(columns[min(entry &+ Census.ahead, last)]))
            let isOwn = number == Origin.own
            squares += isOwn ? value * value : 0
            unsafe own[alone] = (column, value)
            alone &+= isOwn ? 1 : 0
            unsafe kept[count] = (number, value)
            count &+= number < Origin.absent ? 1 : 0
          }
          for place in 0..<count {
            let (number, value) = unsafe kept[place]
            unsafe target.columns[end &+ place] = number
            unsafe target.values[end &+ place] = value * scales[Int(number)]
          }
          end &+= count
          unsafe target.offsets[row + 1] = end
          let length = squares.squareRoot()
          unsafe target.own[row] = length
          for place in 0..<alone {
            let (column, value) = unsafe own[place]
            unsafe target.origins[Int(column)] = Origin(
              column: Origin.own, row: UInt32(truncatingIfNeeded: row), scale: value / length)
          }
        }
      }
    }
  }
}
