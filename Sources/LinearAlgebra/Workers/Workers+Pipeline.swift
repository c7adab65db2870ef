internal import Dispatch
internal import Synchronization

extension Workers {
  /// Passes items through three steps: they are taken one after the other, worked on side by side, and given on one
  /// after the other, in the order in which they were taken. So no result depends on the number of threads.
  ///
  /// Whoever finishes an item while an earlier one is still being worked on leaves it there and takes the next; nobody
  /// waits for a turn. At most twice as many items as threads are under way, and they are used again, so memory is
  /// bounded.
  ///
  /// - Parameters:
  ///   - makeItem: makes an item, with memory that is used again.
  ///   - contexts: something for each thread alone to work with.
  ///   - take: fills an item; false at the end. Never called twice at a time.
  ///   - work: works on an item.
  ///   - give: passes an item on. Never called twice at a time.
  /// - Throws: what `take` or `give` throws first in the order of items; items that were taken before it are given on,
  ///   unless `give` threw.
  /// - Precondition: there is a context for each thread.
  package func inOrder<Item: ~Copyable, Context: ~Copyable>(
    _ makeItem: () -> Item, contexts: [Box<Context>], take: (inout Item) throws -> Bool,
    work: (inout Item, inout Context) -> Void, give: (inout Item) throws -> Void
  ) throws {
    precondition(contexts.count >= threads, "a context for each thread")
    guard threads > 1 else {
      var item = makeItem()
      while try take(&item) {
        work(&item, &contexts[0].value)
        try give(&item)
      }
      return
    }
    let items = (0..<2 * threads).map { _ in Box(makeItem()) }
    let line = PipelineState(items)
    // Every thread takes one turn after the other until there is nothing left.
    forEach(threads) { thread in
      while let (item, number) = line.taking(take) {
        work(&item.value, &contexts[thread].value)
        line.giving(item, number: number, give)
      }
    }
    if let failure = line.failure { throw failure }
  }
}

/// Something that has one owner at a time, and that owner may change it.
package final class Box<Value: ~Copyable>: @unchecked Sendable {
  // Unchecked: whoever hands a box on lets go of it.
  package var value: Value

  /// Boxes a value.
  package init(_ value: consuming Value) { self.value = value }
}

/// What the threads of a pipeline share.
private final class PipelineState<Item: ~Copyable>: @unchecked Sendable {
  // Unchecked: every variable belongs to one of the two locks, as said beside it.
  private let takingLock = Mutex(())
  private let givingLock = Mutex(())
  /// Counts the items that are free.
  private let room: DispatchSemaphore
  /// The items that are free.
  private let free: Mutex<[Box<Item>]>
  private let hasStopped = Atomic(false)

  /// The number of the next item; of the taking lock.
  private var nextNumber = 0
  /// What `take` threw; of the taking lock.
  private var takingFailure: (any Error)?
  /// The items that wait for an earlier one; of the giving lock.
  private var waiting: [Int: Box<Item>] = [:]
  /// Whose turn it is; of the giving lock.
  private var turn = 0
  /// What `give` threw; of the giving lock.
  private var givingFailure: (any Error)?

  init(_ items: [Box<Item>]) {
    room = DispatchSemaphore(value: items.count)
    free = Mutex(items)
  }

  /// What went wrong first; read when all threads are done.
  var failure: (any Error)? { givingFailure ?? takingFailure }

  /// Waits for a free item and has it filled; nil at the end.
  func taking(_ take: (inout Item) throws -> Bool) -> (item: Box<Item>, number: Int)? {
    room.wait()
    return takingLock.withLock { _ in
      guard !hasStopped.load(ordering: .acquiring), let item = free.withLock({ $0.popLast() }) else {
        stop()
        return nil
      }
      do {
        if try take(&item.value) {
          nextNumber += 1
          return (item, nextNumber - 1)
        }
      } catch {
        takingFailure = error
      }
      stop()
      return nil
    }
  }

  /// Gives the item on if it is its turn, and all that waited for it; else leaves it waiting.
  func giving(_ item: Box<Item>, number: Int, _ give: (inout Item) throws -> Void) {
    givingLock.withLock { _ in
      waiting[number] = item
      while let next = waiting.removeValue(forKey: turn) {
        do {
          if givingFailure == nil { try give(&next.value) }
        } catch {
          givingFailure = error
          hasStopped.store(true, ordering: .releasing)
        }
        turn += 1
        free.withLock { $0.append(next) }
        room.signal()
      }
    }
  }

  /// Has this thread and all others end: who waits for room finds the flag.
  private func stop() {
    hasStopped.store(true, ordering: .releasing)
    room.signal()
  }
}
