import LinearAlgebra
import Testing

@Suite("Large arrays")
struct LargeArraysTests {
  @Test("a long array holds what was written to it", arguments: [0, 1, 3_000_001])
  func longArrays(count: Int) {
    let written = unsafe [UInt32](large: count, room: 5) { numbers in
      for place in numbers.indices { unsafe numbers[place] = UInt32(place) }
    }
    #expect(written == (0..<count).map { UInt32($0) })
    #expect([Float](large: count, repeating: 2) == [Float](repeating: 2, count: count))
  }
}
