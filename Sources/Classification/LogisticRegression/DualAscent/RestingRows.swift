internal import LinearAlgebra

/// Which rows an epoch passes over: those that had little of the gap when they were last looked at rest for one epoch.
///
/// Most of the gap is that of few rows. A row with less than a third of the mean hardly moves, and costs as much as any.
package struct RestingRows {
  /// Each row's part of the gap when it was last looked at; infinite if it is not known, with a minus sign if the row rests.
  /// Whole vectors of four: infinite where there is no row.
  package var parts: [Float]
  /// What the rows that rest had of the gap.
  package private(set) var sum = 0.0

  /// The share of the mean part below which a row rests.
  private static let share = 0.35

  /// No row rests at first.
  package init(rowCount: Int) {
    parts = [Float](repeating: .infinity, count: (rowCount + 3) & ~3)
  }

  /// The rows of an order that are awake.
  package func awake(_ order: [UInt32]) -> [UInt32] {
    // No processor can guess which rows rest, so each is written, and the next one over it if it does.
    unsafe [UInt32](unsafeUninitializedCapacity: order.count) { awake, count in
      unsafe parts.withUnsafeBufferPointer { parts in
        for row in order {
          unsafe awake[count] = row
          count &+= unsafe Int(1 &- parts[Int(row)].bitPattern &>> 31)
        }
      }
    }
  }

  /// After an epoch: wakes the rows that rested, and lets some of the others rest.
  package mutating func change() {
    // Nor does anything here branch on a row; sums are taken over runs of 1,024 rows in `Float`, run by run in `Double`.
    let runs = FixedBlocks(count: parts.count, size: 1024)
    var (total, count) = (0.0, 0)
    var rested = 0.0
    unsafe parts.withUnsafeMutableBytes { parts in
      for run in 0..<runs.count {
        var (sum, counted) = (Four.zero, SIMD4<Int32>.zero)
        for place in stride(from: runs[run].lowerBound &* 4, to: runs[run].upperBound &* 4, by: 16) {
          let part = unsafe parts.loadUnaligned(fromByteOffset: place, as: Four.self)
          let counts = (part .< .infinity) .& .!Self.isNegative(part)
          sum += part.replacing(with: 0, where: .!counts)
          counted.replace(with: counted &+ 1, where: counts)
        }
        total += Double(sum.laneSum)
        count += Int(counted.wrappedSum())
      }
      let limit = Float(Self.share * total / Double(max(count, 1)))
      for run in 0..<runs.count {
        var sum = Four.zero
        for place in stride(from: runs[run].lowerBound &* 4, to: runs[run].upperBound &* 4, by: 16) {
          let part = unsafe parts.loadUnaligned(fromByteOffset: place, as: Four.self)
          let isNegative = Self.isNegative(part)
          let rests = (part .< limit) .& .!isNegative
          let size = part.replacing(with: -part, where: isNegative)
          unsafe parts.storeBytes(of: size.replacing(with: -size, where: rests), toByteOffset: place, as: Four.self)
          sum += size.replacing(with: 0, where: .!rests)
        }
        rested += Double(sum.laneSum)
      }
    }
    sum = rested
  }

  private typealias Four = SIMD4<Float>

  /// Which numbers have a minus sign, 0 included.
  @inline(__always)
  private static func isNegative(_ part: Four) -> SIMDMask<SIMD4<Int32>> {
    unsafe unsafeBitCast(part, to: SIMD4<Int32>.self) .< 0
  }
}
