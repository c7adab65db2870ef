import CPlatform

/// The weights of all features as the scorer reads them and a model stores them: 16-bit integers, with one factor for each
/// label.
///
/// Most of a score's time goes to fetching the weights of features from far away in memory, so they are made small. A
/// row is padded to 4, 8 or a multiple of 16 labels and aligned to its length: six labels take 16 bytes, and no row
/// reaches into a second cache line, where six `Float` reach over 24 bytes and every third row into a second line.
///
/// A weight is rounded to the nearest multiple of 2^-15 of its label's largest weight, so it is off by at most 2^-16 of
/// that. Sums of a few hundred features stay the same to four digits; `Benchmarks/Runs` tells on how many statements of
/// development splits the label is another. A model stores what it scores with: nothing is rounded or copied when it is
/// opened, and an explanation shows the weights that decided.
package struct WeightTable: Sendable {
  /// The number of labels.
  package let labelCount: Int
  /// The elements of a row: the labels, then zeros.
  package let laneCount: Int
  /// Row after row.
  package let elements: FlatArray<Int16>
  /// What a label's elements are multiplied by.
  package let factors: [Float]

  /// The number of features.
  package var rowCount: Int { elements.count / laneCount }

  /// The largest element.
  private static var limit: Float { 32767 }

  /// The elements of a row for so many labels.
  package static func laneCount(for labelCount: Int) -> Int {
    labelCount <= 4 ? 4 : labelCount <= 8 ? 8 : (labelCount + 15) / 16 * 16
  }

  /// Uses a stored table.
  ///
  /// - Precondition: there is a factor for each label, and the elements are whole rows of `laneCount(for:)`.
  package init(elements: FlatArray<Int16>, factors: [Float]) {
    labelCount = factors.count
    laneCount = Self.laneCount(for: factors.count)
    precondition(labelCount > 0 && elements.count % laneCount == 0, "weights do not fit the labels")
    self.elements = elements
    self.factors = factors
  }

  /// Rounds weights that stand feature by feature: `weights[column * labelCount + label]`.
  ///
  /// - Precondition: the weights are finite, and a multiple of `labelCount`.
  /// - Complexity: O(weights).
  package init(rounding weights: FlatArray<Float>, labelCount: Int) {
    precondition(labelCount > 0 && weights.count % labelCount == 0, "weights do not fit the labels")
    let rowCount = weights.count / labelCount
    let laneCount = Self.laneCount(for: labelCount)
    var factors = [Float](repeating: 0, count: labelCount)
    let elements = weights.withSpan { weights in
      FlatArray<Int16>(zeros: rowCount * laneCount) { elements in
        var largest = [Float](repeating: 0, count: labelCount)
        for row in 0..<rowCount {
          for label in 0..<labelCount { largest[label] = max(largest[label], abs(weights[row * labelCount + label])) }
        }
        // The reciprocal of a smaller number might be infinite.
        let inverses = largest.map { $0 > 1e-30 ? Self.limit / $0 : 0 }
        factors = largest.map { $0 > 1e-30 ? $0 / Self.limit : 0 }
        for row in 0..<rowCount {
          for label in 0..<labelCount {
            // Added to a number of less than 2^22, this leaves the nearest integer in the lower bits: faster than rounding.
            let shifted = weights[row * labelCount + label] * inverses[label] + 12_582_912
            elements[row * laneCount + label] = Int16(truncatingIfNeeded: shifted.bitPattern)
          }
        }
      }
    }
    self.init(elements: elements, factors: factors)
  }

  /// The factors of labels from `lane` on; zeros stand for those that there are not.
  func factors<Lanes: WeightLanes>(_ lanes: Lanes.Type, from lane: Int) -> Lanes {
    var vector = Lanes()
    for label in lane..<max(lane, min(lane + Lanes.scalarCount, labelCount)) { vector[label - lane] = factors[label] }
    return vector
  }

  /// Where rows begin. Rows of up to 32 labels lie within a cache line; of a longer one the first line is asked for.
  var rows: FlatArray<Int16>.Addresses { elements.addresses(stride: laneCount) }

  /// Elements of a row from `lane` on, as numbers; `factors` are still to be applied.
  ///
  /// - Precondition: the row has so many lanes.
  func row<Lanes: WeightLanes>(_ lanes: Lanes.Type, _ row: Int, from lane: Int) -> Lanes {
    let offset = row * laneCount + lane
    return elements.withSpan { elements in
      precondition(offset >= 0 && offset + Lanes.scalarCount <= elements.count, "a feature has no weights")
      // Checked: the whole vector lies within the span.
      return unsafe Lanes(
        elements: elements.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset * 2, as: Lanes.Elements.self))
    }
  }

  /// The sum of some rows from `lane` on, each times its element of `weights`, and the sum of the squares of these.
  ///
  /// - Parameter weights: one for every row of the table; if there are none, rows count as they are, and elements are added
  ///   as whole numbers, for which there is no order to keep to.
  /// - Precondition: the rows have so many lanes.
  package func sum<Lanes: WeightLanes>(
    _ lanes: Lanes.Type, of rows: Span<UInt32>, from lane: Int, times weights: Span<Float>
  ) -> (rows: Lanes, squares: Float) {
    precondition(lane >= 0 && lane + Lanes.scalarCount <= laneCount && (weights.isEmpty || weights.count >= rowCount))
    // So many elements of 16 bits add up to less than 32.
    let most = weights.isEmpty ? 1 << 16 : rows.count
    if rows.count <= most { return add(lanes, of: rows, from: lane, times: weights) }
    var sum = (rows: Lanes(), squares: Float(0))
    var start = 0
    repeat {
      let end = min(start + most, rows.count)
      let part = add(lanes, of: rows.extracting(start..<end), from: lane, times: weights)
      sum.rows += part.rows
      sum.squares += part.squares
      start = end
    } while start < rows.count
    return sum
  }

  @inline(__always)
  private func add<Lanes: WeightLanes>(
    _ lanes: Lanes.Type, of rows: Span<UInt32>, from lane: Int, times weights: Span<Float>
  ) -> (rows: Lanes, squares: Float) {
    var sum = Lanes()
    var squares: Float = 0
    let (rowCount, laneCount) = (rowCount, laneCount)
    let isWithin = elements.withSpan { elements in
      unsafe elements.withUnsafeBufferPointer { elements in
        unsafe rows.withUnsafeBufferPointer { rows in
          unsafe weights.withUnsafeBufferPointer { weights in
            guard let elements = elements.baseAddress, let start = rows.baseAddress else { return rows.isEmpty }
            return unsafe withUnsafeMutablePointer(to: &sum) { sum in
              unsafe platform_sum_rows(
                elements, rowCount, laneCount, lane, Lanes.scalarCount, start, rows.count,
                weights.isEmpty ? nil : weights.baseAddress,
                UnsafeMutableRawPointer(sum).assumingMemoryBound(to: Float.self), &squares) != 0
            }
          }
        }
      }
    }
    precondition(isWithin, "a feature has no weights")
    return (sum, squares)
  }

  /// The weight of a feature for a label.
  package func weight(row: Int, label: Int) -> Float { Float(elements[row * laneCount + label]) * factors[label] }

  /// All weights, feature by feature: `weights[column * labelCount + label]`.
  package var weights: [Float] {
    (0..<rowCount).flatMap { row in (0..<labelCount).map { weight(row: row, label: $0) } }
  }
}

/// The sums of a few labels, one for each lane.
package protocol WeightLanes: SIMD, BitwiseCopyable where Scalar == Float {
  /// As many elements of a table.
  associatedtype Elements: SIMD, BitwiseCopyable where Elements.Scalar == Int16
  /// Elements as numbers with a point.
  init(elements: Elements)
}

extension SIMD4: WeightLanes where Scalar == Float {
  package init(elements: SIMD4<Int16>) { self.init(elements) }
}

extension SIMD8: WeightLanes where Scalar == Float {
  package init(elements: SIMD8<Int16>) { self.init(elements) }
}

extension SIMD16: WeightLanes where Scalar == Float {
  package init(elements: SIMD16<Int16>) { self.init(elements) }
}
