internal import LinearAlgebra

/// Which rows an epoch passes over: those that had little of the gap when they were last looked at rest for one epoch.
///
/// Most of the gap is that of few rows. A row with less than a third of the mean hardly moves, and costs as much as any.
package struct RestingRows {
  /// Each row's part of the gap when it was last looked at; infinite if it is not known, with a minus sign if the row rests.
  package var parts: [Float]
  /// What the rows that rest had of the gap.
  package private(set) var sum = 0.0

  /// The share of the mean part below which a row rests.
  private static let share = 0.35

  /// No row rests at first.
  package init(rowCount: Int) {
    parts = [Float](repeating: .infinity, count: rowCount)
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
        let (sums, awake) = unsafe Self.fold(runs[run], of: parts) { part in
          let counts = (part .< .infinity) .& .!Self.isNegative(part)
          return (
            part, part.replacing(with: 0, where: .!counts), Four(repeating: 1).replacing(with: 0, where: .!counts)
          )
        }
        total += sums
        count += Int(awake)
      }
      let limit = Float(Self.share * total / Double(max(count, 1)))
      for run in 0..<runs.count {
        rested += unsafe Self.fold(runs[run], of: parts) { part in
          let rests = (part .< limit) .& .!Self.isNegative(part)
          let size = part.replacing(with: -part, where: Self.isNegative(part))
          return (size.replacing(with: -size, where: rests), size.replacing(with: 0, where: .!rests), .zero)
        }.0
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

  /// Replaces numbers, four at a time, and adds up two others for each.
  @inline(__always)
  private static func fold(
    _ range: Range<Int>, of numbers: UnsafeMutableRawBufferPointer, _ change: (Four) -> (Four, Four, Four)
  ) -> (Double, Double) {
    var (one, other) = (Four.zero, Four.zero)
    var place = range.lowerBound
    while place &+ 4 <= range.upperBound {
      let found = unsafe change(numbers.loadUnaligned(fromByteOffset: place &* 4, as: Four.self))
      unsafe numbers.storeBytes(of: found.0, toByteOffset: place &* 4, as: Four.self)
      one += found.1
      other += found.2
      place &+= 4
    }
    while place < range.upperBound {
      let found = unsafe change(Four(numbers.loadUnaligned(fromByteOffset: place &* 4, as: Float.self), 0, 0, 0))
      unsafe numbers.storeBytes(of: found.0[0], toByteOffset: place &* 4, as: Float.self)
      one[0] += found.1[0]
      other[0] += found.2[0]
      place &+= 1
    }
    return (Double(one.laneSum), Double(other.laneSum))
  }
}
