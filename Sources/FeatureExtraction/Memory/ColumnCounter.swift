package import CPlatform

/// Where the columns of a statement, or of a block of it, and those that occur again stand in lists of many.
package typealias ColumnPart = platform_part

/// A column that occurs again, and the number of its kind that are counted before it.
package typealias ColumnRepeat = platform_repeat

/// Tells the columns that occur again in a statement from the others, made for the ordinary case: nearly every feature of a
/// sentence is seen once.
///
/// Every column leaves its place in a slot, and only those that do not find it there afterwards are looked at, see
/// `platform_separate_repeats`. Long statements, and those that repeat much, go to the plain table. `OccurrenceCounter` is
/// the plain twin, and a test holds them equal.
package struct ColumnCounter: ~Copyable {
  private var slots = Scratch<UInt32>(capacity: Int(platform_slot_count))
  private var others = OccurrenceCounter()
  /// No column was counted more often before.
  package private(set) var mostRepeated = Int(platform_column_limit)

  /// A counter for any number of statements.
  package init() { slots.assign(repeating: 0, count: Int(platform_slot_count)) }

  /// Keeps each column of a part once, in the part's first places and in another order, and appends the others to `repeats`.
  ///
  /// - Parameters:
  ///   - parts: which of the columns belong together; they are told what is left.
  ///   - rows: asked for the row of each column.
  ///   - rarities: asked for its rarity, if it is given.
  /// - Precondition: the parts lie within the columns.
  /// - Complexity: O(columns) expected.
  package mutating func separateRepeats(
    of parts: inout MutableSpan<ColumnPart>, in columns: inout Scratch<UInt32>, to repeats: inout Scratch<ColumnRepeat>,
    rows: FlatArray<Int16>.Addresses, rarities: FlatArray<Float>.Addresses?
  ) {
    for index in parts.indices {
      precondition(Int(parts[index].first_column) + Int(parts[index].column_count) <= columns.count)
    }
    var start = 0
    while start < parts.count {
      start += separate(&parts, from: start, &columns, &repeats, rows, rarities)
      if start < parts.count {
        countAll(&parts[start], &columns, &repeats, rows, rarities)
        start += 1
      }
    }
  }

  /// The fast way, until a part comes that has to go the plain way.
  ///
  /// - Returns: how many parts were done.
  private mutating func separate(
    _ parts: inout MutableSpan<ColumnPart>, from start: Int, _ columns: inout Scratch<UInt32>,
    _ repeats: inout Scratch<ColumnRepeat>, _ rows: FlatArray<Int16>.Addresses, _ rarities: FlatArray<Float>.Addresses?
  ) -> Int {
    precondition(slots.count == Int(platform_slot_count))
    var done = 0
    unsafe repeats.extendWritten(limit: (parts.count - start) * Int(platform_followed_limit)) { repeats, again in
      columns.withMutableSpan { columns in
        slots.withMutableSpan { slots in
          unsafe columns.withUnsafeMutableBufferPointer { columns in
            unsafe slots.withUnsafeMutableBufferPointer { slots in
              unsafe parts.withUnsafeMutableBufferPointer { parts in
                guard let first = parts.baseAddress else { return }
                // Checked: the parts lie within the columns, there are so many slots, and there is room.
                done = unsafe platform_separate_repeats(
                  first + start, parts.count - start, columns.baseAddress, slots.baseAddress, rows.base, rows.stride,
                  rarities?.base.assumingMemoryBound(to: Float.self), repeats, &again)
              }
            }
          }
        }
      }
    }
    return done
  }

  /// The plain way.
  private mutating func countAll(
    _ part: inout ColumnPart, _ columns: inout Scratch<UInt32>, _ repeats: inout Scratch<ColumnRepeat>,
    _ rows: FlatArray<Int16>.Addresses, _ rarities: FlatArray<Float>.Addresses?
  ) {
    others.begin(limit: Int(part.column_count))
    part.first_repeat = UInt32(repeats.count)
    var kept = Int(part.first_column)
    for index in kept..<kept + Int(part.column_count) {
      let column = columns[index]
      rows.prefetch(column)
      rarities?.prefetch(column)
      let earlier = others.add(UInt64(column))
      if earlier == 0 {
        columns[kept] = column
        kept += 1
      } else {
        repeats.append(ColumnRepeat(column: column, earlier: UInt32(earlier)))
        mostRepeated = max(mostRepeated, earlier)
      }
    }
    part.column_count = UInt32(kept) - part.first_column
    part.repeat_count = UInt32(repeats.count) - part.first_repeat
  }
}

/// How much each occurrence of a feature after the first adds to what it counts for.
package struct RepeatSteps: ~Copyable {
  private var binary = Scratch<platform_step>(capacity: 512)
  private var count = Scratch<platform_step>(capacity: 512)
  private var sublinear = Scratch<platform_step>(capacity: 512)

  /// The steps that ordinary statements need.
  package init() { reach(Int(platform_column_limit)) }

  /// Makes steps for features that were counted up to so often before.
  ///
  /// - Complexity: O(1) where there are as many.
  package mutating func reach(_ earlier: Int) {
    guard earlier >= binary.count else { return }
    // By half more, or a text of ever longer statements would make them again and again.
    let end = max(earlier + 1, binary.count + binary.count / 2)
    Self.extend(&binary, .binary, to: end)
    Self.extend(&count, .count, to: end)
    Self.extend(&sublinear, .sublinear, to: end)
  }

  private static func extend(
    _ steps: inout Scratch<platform_step>, _ frequency: Weighting.Frequency, to end: Int
  ) {
    for earlier in steps.count..<end {
      let step = frequency.step(after: earlier)
      steps.append(platform_step(frequency: step.frequency, squares: step.squares))
    }
  }

  /// Calls `body` with the steps: at `n` that after `n` occurrences.
  @inline(__always)
  package borrowing func withSpan<Result>(_ frequency: Weighting.Frequency, _ body: (Span<platform_step>) -> Result)
    -> Result
  {
    switch frequency {
    case .binary: binary.withSpan(body)
    case .count: count.withSpan(body)
    case .sublinear: sublinear.withSpan(body)
    }
  }
}
