internal import Dispatch
internal import Synchronization

/// Runs numbered blocks of work on several threads: the package's only way to use more than one.
///
/// The blocks are cut by `FixedBlocks` from the data alone; threads take whichever block is next. Each block writes
/// only its own results, and callers add partial sums in block order, so no result depends on the number of threads.
package struct Workers: Sendable {
  /// How many threads may run at once, the caller's included.
  package let threads: Int

  /// Workers on so many threads.
  ///
  /// - Precondition: `threads >= 1`.
  package init(threads: Int) {
    precondition(threads >= 1, "at least one thread is needed")
    self.threads = threads
  }

  /// Calls `body` once for every number below `count` and says to `progress` how many calls have returned.
  package func forEach(_ count: Int, progress: WorkProgress, _ body: (Int) -> Void) {
    let done = Atomic(0)
    forEach(count) { block in
      body(block)
      progress.update(Double(done.wrappingAdd(1, ordering: .relaxed).newValue) / Double(count))
    }
  }

  /// Calls `body` once for every number below `count` and returns when all calls have returned.
  package func forEach(_ count: Int, _ body: (Int) -> Void) {
    guard threads > 1, count > 1 else {
      for block in 0..<count { body(block) }
      return
    }
    let next = Atomic(0)
    withoutActuallyEscaping(body) { body in
      // Blocks write disjoint results, which the type system cannot see.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
        while true {
          let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard block < count else { return }
          unsafe body(block)
        }
      }
    }
  }
}

/// A cut of the numbers from 0 to a count into consecutive ranges that depends on the data only, never on threads.
package struct FixedBlocks: Equatable, Sendable {
  /// Where each block begins; the last element is the count.
  package let bounds: [Int]

  /// The number of blocks.
  package var count: Int { bounds.count - 1 }

  /// The numbers of a block.
  package subscript(block: Int) -> Range<Int> { bounds[block]..<bounds[block + 1] }

  /// Blocks of at most `size` numbers.
  package init(count: Int, size: Int) {
    precondition(size > 0, "a block holds at least one element")
    bounds = Array(stride(from: 0, to: count, by: size)) + [count]
  }

  /// Cuts rows into `blocks` ranges of about the same number of entries, given where each row begins.
  package init(offsets: [Int], blocks: Int) {
    precondition(blocks > 0 && !offsets.isEmpty, "at least one block and the rows' offsets are needed")
    let rows = offsets.count - 1
    // A row weighs its entries and one more, so that empty rows are shared out too.
    let total = offsets[rows] + rows
    var bounds = [0]
    var row = 0
    for block in 1...blocks {
      let goal = total / blocks * block
      while row < rows && (block == blocks || offsets[row] + row < goal) { row += 1 }
      bounds.append(row)
    }
    self.bounds = bounds
  }
}
