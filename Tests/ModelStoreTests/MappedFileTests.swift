import Foundation
import ModelStore
import TestSupport
import Testing

@Suite("Mapped file")
struct MappedFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func bytes(_ count: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(count))
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  @Test(
    "holds the same bytes at the same place after it has settled", arguments: [0, 1, 5000, 2 << 20, (5 << 20) + 17])
  func settles(count: Int) throws {
    let expected = bytes(count)
    let file = try MappedFile(path: folder.write(expected, to: "bytes"))
    let before = unsafe file.bytes.baseAddress
    for _ in 0..<2 {
      file.settle()
      #expect(unsafe file.bytes.elementsEqual(expected))
      #expect(unsafe file.bytes.baseAddress == before)
    }
  }

  @Test("may be read while it settles")
  func settlesWhileRead() throws {
    let expected = bytes(6 << 20)
    let file = try MappedFile(path: folder.write(expected, to: "bytes"))
    let wrong = (0..<4).map { _ in Counter() }
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      if thread == 0 { for _ in 0..<20 { file.settle() } }
      var generator = SeededGenerator(seed: UInt64(thread))
      for _ in 0..<300_000 {
        let index = Int.random(in: 0..<expected.count, using: &generator)
        if unsafe file.bytes[index] != expected[index] { wrong[thread].value += 1 }
      }
    }
    #expect(wrong.allSatisfy { $0.value == 0 })
  }

  /// A number of one thread's own.
  private final class Counter: @unchecked Sendable { var value = 0 }
}
