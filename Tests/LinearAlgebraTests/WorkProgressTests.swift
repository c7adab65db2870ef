import LinearAlgebra
import Synchronization
import Testing

/// Remembers what it was told.
private final class Ear: Sendable {
  private let heard = Mutex<[Double]>([])
  var progress: WorkProgress { WorkProgress { fraction in self.heard.withLock { $0.append(fraction) } } }
  var fractions: [Double] { heard.withLock { $0 } }
}

@Suite("WorkProgress")
struct WorkProgressTests {
  @Test("a part of the work reports within its part of the whole")
  func parts() {
    let ear = Ear()
    let second = ear.progress.part(1, of: 4)
    second.update(0)
    second.part(0.5, 1).update(0.5)
    second.update(1)
    #expect(ear.fractions == [0.25, 0.4375, 0.5])
  }

  @Test("blocks of work are counted as they end, whatever the threads", arguments: [1, 2, 3])
  func blocks(threads: Int) {
    let ear = Ear()
    Workers(threads: threads).forEach(8, progress: ear.progress) { _ in }
    #expect(ear.fractions.sorted() == (1...8).map { Double($0) / 8 })
  }

  @Test("an iteration is half done when half of the orders of magnitude are left, and never below 0 or above 1")
  func iterations() {
    let ear = Ear()
    for gap in [1e-2, 1e-3, 1e-4, 1e-9, 1] { ear.progress.update(gap: gap, from: 1e-2, to: 1e-4) }
    for (found, expected) in zip(ear.fractions, [0, 0.5, 1, 1, 0]) { #expect(abs(found - expected) < 1e-12) }
    #expect(ear.fractions.count == 5)
  }
}
