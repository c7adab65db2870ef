/// The weights of all features as the scorer reads them: 16-bit integers, with one factor for each label.
///
/// Most of a score's time goes to fetching the weights of features from far away in memory, so they are made small. A
/// row is padded to 4, 8 or a multiple of 16 labels and aligned to its length: six labels take 16 bytes, and no row
/// reaches into a second cache line, where six `Float` reach over 24 bytes and every third row into a second line.
///
/// Where rare features count for more, a row ends with the feature's rarity, all 32 bits of it: one look at memory gives
/// both.
///
/// A weight is rounded to the nearest multiple of 2^-15 of its label's largest weight, so it is off by at most 2^-16 of
/// that. Sums of a few hundred features stay the same to four digits; `Benchmarks/Runs` tells on how many statements of
/// development splits the label is another.
package struct WeightTable: Sendable {
  /// The number of labels.
  package let labelCount: Int
  /// The elements of a row: the labels, zeros, and the two halves of the rarity where there is one.
  package let laneCount: Int
  /// Row after row.
  package let elements: FlatArray<Int16>
  /// What a label's elements are multiplied by.
  package let factors: [Float]

  /// The largest element.
  private static let limit: Float = 32767

  /// Rounds weights that stand feature by feature: `weights[column * labelCount + label]`.
  ///
  /// - Parameter rarities: what each feature's rarity makes it count for; nil where nobody asks.
  /// - Precondition: the weights are finite, and a multiple of `labelCount`.
  /// - Complexity: O(weights); a million take about a millisecond.
  package init(rounding weights: FlatArray<Float>, rarities: FlatArray<Float>? = nil, labelCount: Int) {
    precondition(labelCount > 0 && weights.count % labelCount == 0, "weights do not fit the labels")
    precondition(rarities.map { $0.count * labelCount == weights.count } ?? true, "rarities do not fit the weights")
    self.labelCount = labelCount
    let used = labelCount + (rarities == nil ? 0 : Self.rarityLanes)
    laneCount = used <= 4 ? 4 : used <= 8 ? 8 : (used + 15) / 16 * 16
    (elements, factors) =
      switch laneCount {
      case 4: Self.round(SIMD4<Float>.self, weights, rarities, labelCount: labelCount, laneCount: laneCount)
      case 8: Self.round(SIMD8<Float>.self, weights, rarities, labelCount: labelCount, laneCount: laneCount)
      default: Self.round(SIMD16<Float>.self, weights, rarities, labelCount: labelCount, laneCount: laneCount)
      }
  }

  /// The lanes that a rarity takes, the last ones of a row.
  private static let rarityLanes = 2

  /// The elements and factors, some labels of a row at a time.
  private static func round<Lanes: WeightLanes>(
    _ lanes: Lanes.Type, _ weights: FlatArray<Float>, _ rarities: FlatArray<Float>?, labelCount: Int, laneCount: Int
  ) -> (FlatArray<Int16>, [Float]) {
    let rowCount = weights.count / labelCount
    var factors = [Float](repeating: 0, count: labelCount)
    let elements = weights.withSpan { weights in
      FlatArray<Int16>(zeros: rowCount * laneCount) { elements in
        for first in stride(from: 0, to: labelCount, by: Lanes.scalarCount) {
          var largest = Lanes()
          for row in 0..<rowCount {
            let found = load(lanes, weights, from: row * labelCount + first)
            largest.keepLarger(found)
            largest.keepLarger(-found)
          }
          // Behind the last label of a row stand weights of the next: they become zeros.
          var inverses = Lanes()
          for label in first..<min(first + Lanes.scalarCount, labelCount) where largest[label - first] > 1e-30 {
            // The reciprocal of a smaller number might be infinite.
            inverses[label - first] = limit / largest[label - first]
            factors[label] = largest[label - first] / limit
          }
          for row in 0..<rowCount {
            let found = load(lanes, weights, from: row * labelCount + first) * inverses
            // Checked by the span: the vector lies within.
            var bytes = unsafe elements.mutableBytes
            bytes.storeBytes(
              of: found.nearestIntegers, toByteOffset: (row * laneCount + first) * 2, as: Lanes.Elements.self)
          }
        }
        guard let rarities else { return }
        for row in 0..<rowCount {
          var bytes = unsafe elements.mutableBytes
          bytes.storeBytes(
            of: rarities[row], toByteOffset: ((row + 1) * laneCount - rarityLanes) * 2, as: Float.self)
        }
      }
    }
    return (elements, factors)
  }

  /// Weights from `start` on; zeros stand for what is beyond the end.
  @inline(__always)
  private static func load<Lanes: WeightLanes>(_ lanes: Lanes.Type, _ weights: Span<Float>, from start: Int) -> Lanes {
    precondition(start >= 0)
    if start <= weights.count - Lanes.scalarCount {
      // Checked: the whole vector lies within the span.
      return unsafe weights.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start * 4, as: Lanes.self)
    }
    var found = Lanes()
    for lane in 0..<(weights.count - start) { found[lane] = weights[start + lane] }
    return found
  }

  /// Asks for a row before it is needed.
  @inline(__always)
  func prefetch(row: Int) {
    let start = row &* laneCount
    elements.prefetch(start)
    // A cache line holds 32 elements.
    if laneCount > 32 { for lane in stride(from: 32, to: laneCount, by: 32) { elements.prefetch(start &+ lane) } }
  }

  /// Elements of a row from `lane` on, as numbers; `factors` are still to be applied.
  ///
  /// - Precondition: the row has so many lanes.
  @inline(__always)
  func row<Lanes: WeightLanes>(_ lanes: Lanes.Type, _ row: Int, from lane: Int, in elements: Span<Int16>) -> Lanes {
    let offset = row &* laneCount &+ lane
    precondition(offset >= 0 && offset <= elements.count - Lanes.scalarCount)
    // Checked: the whole vector lies within the span.
    return unsafe Lanes(
      elements: elements.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset * 2, as: Lanes.Elements.self))
  }

  /// The rarity of a feature.
  ///
  /// - Precondition: the table was made with rarities.
  @inline(__always)
  func rarity(_ row: Int, in elements: Span<Int16>) -> Float {
    let offset = (row &+ 1) &* laneCount &- Self.rarityLanes
    precondition(offset >= 0 && offset <= elements.count - Self.rarityLanes)
    // Checked: both halves lie within the span.
    return unsafe elements.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset * 2, as: Float.self)
  }

  /// The weight of a feature for a label.
  package func weight(row: Int, label: Int) -> Float { Float(elements[row * laneCount + label]) * factors[label] }
}

/// The sums of a few labels, one for each lane.
package protocol WeightLanes: SIMD, BitwiseCopyable where Scalar == Float {
  /// As many elements of a table.
  associatedtype Elements: SIMD, BitwiseCopyable where Elements.Scalar == Int16
  /// The elements as numbers.
  init(elements: Elements)
  /// Takes over each number that is larger.
  mutating func keepLarger(_ other: Self)
  /// The nearest integers of numbers from -32,767 to 32,767.
  var nearestIntegers: Elements { get }
}

extension WeightLanes {
  /// Adding it to a number of less than 2^22 leaves the nearest integer in the lower bits: faster than rounding.
  @inline(__always)
  fileprivate var shifted: Self { self + 12_582_912 }
}

extension SIMD4: WeightLanes where Scalar == Float {
  @inline(__always)
  package init(elements: SIMD4<Int16>) { self.init(elements) }
  @inline(__always)
  package mutating func keepLarger(_ other: Self) { replace(with: other, where: other .> self) }
  @inline(__always)
  package var nearestIntegers: SIMD4<Int16> {
    SIMD4<Int16>(truncatingIfNeeded: unsafe unsafeBitCast(shifted, to: SIMD4<UInt32>.self))
  }
}

extension SIMD8: WeightLanes where Scalar == Float {
  @inline(__always)
  package init(elements: SIMD8<Int16>) { self.init(elements) }
  @inline(__always)
  package mutating func keepLarger(_ other: Self) { replace(with: other, where: other .> self) }
  @inline(__always)
  package var nearestIntegers: SIMD8<Int16> {
    SIMD8<Int16>(truncatingIfNeeded: unsafe unsafeBitCast(shifted, to: SIMD8<UInt32>.self))
  }
}

extension SIMD16: WeightLanes where Scalar == Float {
  @inline(__always)
  package init(elements: SIMD16<Int16>) { self.init(elements) }
  @inline(__always)
  package mutating func keepLarger(_ other: Self) { replace(with: other, where: other .> self) }
  @inline(__always)
  package var nearestIntegers: SIMD16<Int16> {
    SIMD16<Int16>(truncatingIfNeeded: unsafe unsafeBitCast(shifted, to: SIMD16<UInt32>.self))
  }
}
