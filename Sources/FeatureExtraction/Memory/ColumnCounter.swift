/// Tells the columns that occur again in one statement from those that occur first, made for the ordinary case: nearly
/// every feature of a sentence is seen once.
///
/// A slot is one number: the statement that wrote it, a column and its count. The slots of earlier statements count as
/// empty, so nothing is ever cleared. Where its slot is free a column takes it, which is one load, one comparison that
/// nearly always turns out the same, and one store; where another column has taken it, the next slot is as good. Only
/// counts that no longer fit go on to the plain table. `OccurrenceCounter` is the plain twin, and a test holds them equal.
package struct ColumnCounter: ~Copyable {
  /// A column that was seen before.
  package struct Repeat: BitwiseCopyable, Sendable {
    /// Which.
    package let column: UInt32
    /// How often it was seen before.
    package let earlier: UInt32
  }

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
  private mutating func begin(limit: Int) {
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

  /// Appends the columns that occur for the first time to `firsts`, in their order, and the others to `repeats`.
  ///
  /// - Parameters:
  ///   - step: how far the columns lie apart; what is between them is passed over.
  ///   - met: called with each column, the repeated ones too.
  /// - Complexity: O(columns) expected.
  @inline(__always)
  package mutating func separateRepeats(
    of columns: Span<UInt32>, step: Int = 1, firsts: inout Scratch<UInt32>, repeats: inout Scratch<Repeat>,
    met: (UInt32) -> Void
  ) {
    precondition(step > 0)
    begin(limit: columns.count)
    let (statement, mask) = (statement, mask)
    slots.withMutableSpan { slots in
      precondition(mask < slots.count)
      firsts.appendWritten(limit: columns.count) { firsts in
        var kept = 0
        var index = 0
        while index < columns.count {
          // Unchecked: `kept` never exceeds `index`, and the mask lies within the slots.
          let column = unsafe columns[unchecked: index]
          unsafe firsts[unchecked: kept] = column
          met(column)
          let slot = Int(column) & mask
          if unsafe slots[unchecked: slot] < statement {
            unsafe slots[unchecked: slot] = statement | UInt64(column) << 12 | 1
            kept &+= 1
          } else {
            let earlier = Self.count(column, from: slot, statement, mask, in: &slots, &others)
            if earlier == 0 {
              kept &+= 1
            } else {
              repeats.append(Repeat(column: column, earlier: UInt32(truncatingIfNeeded: earlier)))
            }
          }
          index &+= step
        }
        return kept
      }
    }
  }

  /// Counts a column whose slot is taken, and tells how often it was counted before.
  ///
  /// A function by itself, so that the loop around it, which seldom needs it, stays in registers.
  @inline(never)
  private static func count(
    _ column: UInt32, from slot: Int, _ statement: UInt64, _ mask: Int, in slots: inout MutableSpan<UInt64>,
    _ others: inout OccurrenceCounter
  ) -> Int {
    let own = statement | UInt64(column) << 12
    var slot = slot
    while slots[slot] >= statement, slots[slot] ^ own > largestCount { slot = (slot + 1) & mask }
    if slots[slot] < statement {
      slots[slot] = own | 1
      return 0
    }
    let earlier = Int(slots[slot] ^ own)
    if earlier < Int(largestCount) {
      slots[slot] += 1
      return earlier
    }
    return earlier + others.add(UInt64(column))
  }
}
