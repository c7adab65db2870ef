extension SparseMatrix {
  /// Builds a matrix row by row; entries of a row may come in any order, and several of one column are added up.
  ///
  /// - Complexity: O(n log n) for a row of n entries, O(n) where they come sorted.
  public struct Builder: Sendable {
    private var offsets = [0]
    private var columns: [UInt32] = []
    private var values: [Float] = []
    private let columnCount: Int

    /// Starts a matrix of so many columns.
    ///
    /// - Precondition: `columnCount` fits 32 bits.
    public init(columnCount: Int) {
      precondition(columnCount >= 0 && columnCount <= Int(UInt32.max), "column numbers have 32 bits")
      self.columnCount = columnCount
    }

    /// How many rows were appended.
    public var rowCount: Int { offsets.count - 1 }

    /// How many entries are stored so far.
    public var entryCount: Int { columns.count }

    /// Makes room for so many more rows and entries.
    public mutating func reserve(rows: Int, entries: Int) {
      offsets.reserveCapacity(offsets.count + rows)
      columns.reserveCapacity(columns.count + entries)
      values.reserveCapacity(values.count + entries)
    }

    /// Appends one row.
    ///
    /// - Precondition: every column is below `columnCount`.
    public mutating func append(_ row: [(column: UInt32, value: Float)]) {
      if zip(row, row.dropFirst()).allSatisfy({ $0.column < $1.column }) {
        for entry in row { store(entry.column, entry.value) }
      } else {
        let start = columns.count
        // A sort by column alone need not keep the order of equals, and float sums depend on order: sort by both.
        for entry in row.sorted(by: { ($0.column, $0.value.bitPattern) < ($1.column, $1.value.bitPattern) }) {
          if columns.count > start, columns[columns.count - 1] == entry.column {
            values[values.count - 1] += entry.value
          } else {
            store(entry.column, entry.value)
          }
        }
      }
      offsets.append(columns.count)
    }

    /// Appends every row of a matrix of the same width.
    public mutating func append(_ matrix: SparseMatrix) {
      precondition(matrix.columnCount == columnCount, "the matrices have different numbers of columns")
      let start = columns.count
      columns += matrix.columns
      values += matrix.values
      offsets += matrix.offsets.dropFirst().map { $0 + start }
    }

    /// The matrix of all rows appended so far.
    public consuming func build() -> SparseMatrix {
      SparseMatrix(columnCount: columnCount, offsets: offsets, columns: columns, values: values)
    }

    private mutating func store(_ column: UInt32, _ value: Float) {
      precondition(column < columnCount, "column \(column) is not below \(columnCount)")
      columns.append(column)
      values.append(value)
    }
  }

  /// The rows with the given numbers, in that order; a number may come more than once.
  ///
  /// - Complexity: O(entries taken).
  public func selecting(rows: [Int]) -> SparseMatrix {
    var offsets = [0]
    offsets.reserveCapacity(rows.count + 1)
    for row in rows { offsets.append(offsets[offsets.count - 1] + self.offsets[row + 1] - self.offsets[row]) }
    var columns: [UInt32] = []
    var values: [Float] = []
    columns.reserveCapacity(offsets[rows.count])
    values.reserveCapacity(offsets[rows.count])
    for row in rows {
      let entries = self.offsets[row]..<self.offsets[row + 1]
      columns += self.columns[entries]
      values += self.values[entries]
    }
    return SparseMatrix(columnCount: columnCount, offsets: offsets, columns: columns, values: values)
  }
}
