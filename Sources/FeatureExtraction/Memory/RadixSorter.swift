/// Sorts 32-bit numbers, a byte at a time from the lowest; short lists by insertion.
struct RadixSorter: ~Copyable {
  private var spare = Scratch<UInt32>(capacity: 1024)
  private var starts = Scratch<Int>(capacity: 256)

  /// Sorts `numbers`, none of which is above `limit`.
  ///
  /// - Complexity: O(*n* · bytes of `limit`).
  mutating func sort(_ numbers: inout Scratch<UInt32>, below limit: UInt32) {
    if numbers.count <= 48 {
      numbers.withMutableSpan { Self.insertionSort(&$0) }
      return
    }
    spare.assign(repeating: 0, count: numbers.count)
    var shift: UInt32 = 0
    while shift < 32, limit >> shift != 0 {
      distribute(numbers, by: shift)
      swap(&numbers, &spare)
      shift += 8
    }
  }

  private mutating func distribute(_ numbers: borrowing Scratch<UInt32>, by shift: UInt32) {
    starts.assign(repeating: 0, count: 256)
    for index in 0..<numbers.count { starts[Int(numbers[index] >> shift & 0xFF)] += 1 }
    var next = 0
    for digit in 0..<256 {
      let count = starts[digit]
      starts[digit] = next
      next += count
    }
    for index in 0..<numbers.count {
      let digit = Int(numbers[index] >> shift & 0xFF)
      spare[starts[digit]] = numbers[index]
      starts[digit] += 1
    }
  }

  private static func insertionSort(_ numbers: inout MutableSpan<UInt32>) {
    guard numbers.count > 1 else { return }
    for index in 1..<numbers.count {
      let number = numbers[index]
      var place = index
      while place > 0, numbers[place - 1] > number {
        numbers[place] = numbers[place - 1]
        place -= 1
      }
      numbers[place] = number
    }
  }
}
