/// Counts how often each column was seen in one statement, made for the ordinary case: nearly every feature of a
/// sentence is seen once.
///
/// A slot is one number: the statement that wrote it, a column and its count. The slots of earlier statements count as
/// empty, so nothing is ever cleared. Where its slot is free a column takes it, which is one load, one comparison that
/// nearly always turns out the same, and one store; where another column has taken it, the next slot is as good. Only
/// counts that no longer fit go on to the plain table. `OccurrenceCounter` is the plain twin, and a test holds them equal.
package struct ColumnCounter: ~Copyable {
  /// `statement << 44 | column << 12 | count`.
  private var slots = Scratch<UInt64>(capacity: 1)
  private var statement: UInt64 = 0
  private var mask = 0
  private var others = OccurrenceCounter()

  private static var statementUnit: UInt64 { 1 << 44 }
  private static var largestCount: UInt64 { 1 << 12 - 1 }
  /// Slots for each column that a statement may have, so that few find theirs taken.
  private static var slotsPerColumn: Int { 8 }

  /// A counter that has seen nothing.
  package init() {}

  /// Forgets all counts and makes room for `limit` columns.
  package mutating func begin(limit: Int) {
    var size = 256
    while size < limit * Self.slotsPerColumn { size *= 2 }
    if size > slots.count || statement > .max - Self.statementUnit {
      slots.assign(repeating: 0, count: max(size, slots.count))
      statement = 0
    }
    statement += Self.statementUnit
    // A long statement has left many slots; a short one uses the first of them, which stay near.
    mask = size - 1
    others.begin(limit: limit)
  }

  /// Counts columns in order and calls `body` with each, and how often it was seen before.
  ///
  /// - Precondition: `begin` made room for so many.
  /// - Complexity: O(columns) expected.
  @inline(__always)
  package mutating func count(_ columns: Span<UInt32>, _ body: (UInt32, Int) -> Void) {
    let statement = statement
    let mask = mask
    slots.withMutableSpan { slots in
      precondition(mask < slots.count)
      for index in columns.indices {
        let column = columns[index]
        let empty = statement | UInt64(column) << 12
        var slot = Int(column) & mask
        while true {
          // Unchecked: the mask lies within the slots.
          let found = unsafe slots[unchecked: slot]
          if found < statement {
            unsafe slots[unchecked: slot] = empty | 1
            body(column, 0)
            break
          }
          let count = found ^ empty
          if count < Self.largestCount {
            unsafe slots[unchecked: slot] = found + 1
            body(column, Int(count))
            break
          }
          if count == Self.largestCount {
            body(column, Int(count) + others.add(UInt64(column)))
            break
          }
          slot = (slot + 1) & mask
        }
      }
    }
  }
}
