import LinearAlgebra
import Testing

private struct Stop: Error, Equatable { let number: Int }

@Suite("Workers.inOrder")
struct PipelineTests {
  /// What comes out of squaring the numbers below `count`, item by item.
  private func run(
    _ count: Int, threads: Int, failsTaking: Int? = nil, failsGiving: Int? = nil
  ) throws -> (given: [Int], error: Stop?) {
    var next = 0
    var given: [Int] = []
    do {
      try Workers(threads: threads).inOrder(
        { 0 }, contexts: (0..<threads).map { _ in Box(0) },
        take: { item in
          if next == failsTaking { throw Stop(number: next) }
          guard next < count else { return false }
          item = next
          next += 1
          return true
        },
        work: { item, calls in
          // Some items take far longer than others.
          var sum = 0
          for step in 0..<(item % 7 == 0 ? 20_000 : 10) { sum &+= step ^ item }
          calls += sum == .min ? 2 : 1
          item *= item
        },
        give: { item in
          if given.count == failsGiving { throw Stop(number: given.count) }
          given.append(item)
        })
    } catch let error as Stop {
      return (given, error)
    }
    return (given, nil)
  }

  @Test("gives every item once and in order, whatever the threads", arguments: [1, 2, 3, 5], [0, 1, 2, 1000])
  func order(threads: Int, count: Int) throws {
    let (given, error) = try run(count, threads: threads)
    #expect(given == (0..<count).map { $0 * $0 })
    #expect(error == nil)
  }

  @Test("what was taken before a failure of taking is given", arguments: [1, 2, 4])
  func takingFails(threads: Int) throws {
    let (given, error) = try run(1000, threads: threads, failsTaking: 137)
    #expect(given == (0..<137).map { $0 * $0 })
    #expect(error == Stop(number: 137))
  }

  @Test("nothing is given after a failure of giving", arguments: [1, 2, 4])
  func givingFails(threads: Int) throws {
    let (given, error) = try run(1000, threads: threads, failsGiving: 41)
    #expect(given == (0..<41).map { $0 * $0 })
    #expect(error == Stop(number: 41))
  }
}
