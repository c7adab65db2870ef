/// Counts how often each hash was seen in one statement, and forgets in constant time.
///
/// An open-addressing table whose slots carry the number of the statement that wrote them: slots of earlier statements
/// count as empty, so nothing is ever cleared.
package struct OccurrenceCounter: ~Copyable {
  // Not private: in debug builds Swift 6.3 fails on a buffer of a private type.
  struct Slot: BitwiseCopyable, Sendable {
    var key: UInt64 = 0
    var statement: UInt32 = 0
    var count: UInt32 = 0
  }

  private var slots: Scratch<Slot>
  private var statement: UInt32 = 0

  /// A counter that has seen nothing.
  package init() {
    slots = Scratch(capacity: 256)
    slots.assign(repeating: Slot(), count: 256)
  }

  /// Forgets all counts and makes room for `limit` calls of `add`.
  package mutating func begin(limit: Int) {
    if limit * 2 > slots.count || statement == .max {
      var size = slots.count
      while size < limit * 2 { size *= 2 }
      slots.assign(repeating: Slot(), count: size)
      statement = 0
    }
    statement += 1
  }

  /// Counts a hash and returns how often it was seen before.
  ///
  /// - Precondition: `begin` made room for this call.
  /// - Complexity: O(1) expected.
  @inline(__always)
  package mutating func add(_ key: UInt64) -> Int {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: key) & mask
    while true {
      let slot = slots[index]
      if slot.statement != statement {
        slots[index] = Slot(key: key, statement: statement, count: 1)
        return 0
      }
      if slot.key == key {
        slots[index].count = slot.count + 1
        return Int(slot.count)
      }
      index = (index + 1) & mask
    }
  }

  /// How often a hash was seen.
  package func count(of key: UInt64) -> Int {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: key) & mask
    while slots[index].statement == statement {
      if slots[index].key == key { return Int(slots[index].count) }
      index = (index + 1) & mask
    }
    return 0
  }
}
