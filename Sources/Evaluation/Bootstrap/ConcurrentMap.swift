private import Dispatch
private import Synchronization

/// The results of `body` for each block in `0..<count`, in block order, computed by at most `threads` threads.
///
/// A block depends on its number alone, so the results do not depend on the number of threads.
func concurrentMap<Result: Sendable>(
  count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  let workers = min(max(threads, 1), count)
  if workers <= 1 { return (0..<count).map(body) }
  let results = Mutex([Result?](repeating: nil, count: count))
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: workers) { _ in
    while true {
      let block = next.add(1, ordering: .relaxed).oldValue
      if block >= count { return }
      let result = body(block)
      results.withLock { $0[block] = result }
    }
  }
  return results.withLock { $0.compactMap { $0 } }
}
