/// Counts in how many statements each column of a hashed space occurs: as many numbers as there are columns, which for
/// large data are fewer than features.
struct ColumnDocumentCounter: ~Copyable, DocumentCounting {
  /// The number of statements for each column.
  private(set) var documents: [UInt32]
  /// The number of the last statement in which a column was seen, from 1.
  private var last: [UInt32]
  private var document: UInt32 = 0
  private let shift: UInt64

  /// A counter for 2^bits columns.
  init(bits: Int) {
    documents = [UInt32](repeating: 0, count: 1 << bits)
    last = documents
    shift = UInt64(64 - bits)
  }

  mutating func beginDocument() { document += 1 }

  /// Counts the column whose number is the upper bits of the key.
  @inline(__always)
  mutating func count(_ key: UInt64) {
    let column = Int(truncatingIfNeeded: key >> shift)
    guard last[column] != document else { return }
    last[column] = document
    documents[column] += 1
  }

  mutating func merge(_ other: inout ColumnDocumentCounter) {
    for column in documents.indices { documents[column] += other.documents[column] }
  }
}
