/// A matrix of mostly zeros in compressed sparse row form (CSR).
///
/// Row `r` holds the entries `offsets[r]..<offsets[r + 1]` of `columns` and `values`; within a row the columns ascend
/// and none appears twice. Columns are 32-bit because an index is what training reads most often: half the bytes,
/// half the memory traffic.
public struct SparseMatrix: Equatable, Sendable {
  /// The number of rows (statements).
  public var rowCount: Int { offsets.count - 1 }
  /// The number of columns (features).
  public let columnCount: Int
  /// Where each row begins in `columns` and `values`; one more element than there are rows.
  public private(set) var offsets: [Int]
  /// The column of each stored entry.
  public private(set) var columns: [UInt32]
  /// The value of each stored entry.
  public private(set) var values: [Float]

  /// A matrix over arrays that are already in compressed sparse row form.
  ///
  /// - Precondition: `offsets` begins at 0, ascends and ends at `columns.count`; `columns.count == values.count`.
  public init(columnCount: Int, offsets: [Int], columns: [UInt32], values: [Float]) {
    precondition(offsets.first == 0 && offsets.last == columns.count, "row offsets do not cover the entries")
    precondition(columns.count == values.count, "as many values as columns are needed")
    self.columnCount = columnCount
    self.offsets = offsets
    self.columns = columns
    self.values = values
  }

  /// The number of stored entries.
  public var entryCount: Int { columns.count }

  /// Gives its arrays away, so that they can be changed where they are; leaves a matrix without rows.
  package mutating func takeArrays() -> (offsets: [Int], columns: [UInt32], values: [Float]) {
    var taken: (offsets: [Int], columns: [UInt32], values: [Float]) = ([0], [], [])
    swap(&taken.offsets, &offsets)
    swap(&taken.columns, &columns)
    swap(&taken.values, &values)
    return taken
  }
}
