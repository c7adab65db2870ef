import LinearAlgebra
import Synchronization

/// The results of `body` for each block in `0..<count`, in block order, computed by at most `threads` threads.
///
/// A block depends on its number alone, so the results do not depend on the number of threads.
func concurrentMap<Result: Sendable>(
  count: Int, threads: Int, progress: WorkProgress = .ignored, _ body: @Sendable (Int) -> Result
) -> [Result] {
  let results = Mutex([Result?](repeating: nil, count: count))
  Workers(threads: threads).forEach(count, progress: progress) { block in
    let result = body(block)
    results.withLock { $0[block] = result }
  }
  return results.withLock { $0.compactMap { $0 } }
}
