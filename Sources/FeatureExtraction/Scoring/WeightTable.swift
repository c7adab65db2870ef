package import CPlatform

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

  /// Where rows begin. Rows of up to 32 labels lie within a cache line; of a longer one the first line is asked for.
  var rows: FlatArray<Int16>.Addresses { elements.addresses(stride: laneCount) }

  /// Adds up the rows of each part's columns, and of those that occur again; `factors` are still to be applied.
  ///
  /// - Parameters:
  ///   - parts: in the order of their columns; what stands between those of one and the next are columns too.
  ///   - weights: one for every row of the table; if there are none, rows count as they are, and elements are added as whole
  ///     numbers, for which there is no order to keep to.
  ///   - steps: what each further occurrence of a column counts for.
  ///   - sums: replaced by `laneCount` sums for each part.
  ///   - squares: replaced by the sum of the squares of what each part's columns count for.
  package func sum(
    of parts: Span<ColumnPart>, in columns: Span<UInt32>, times weights: Span<Float>, repeats: Span<ColumnRepeat>,
    steps: Span<platform_step>, to sums: inout Scratch<Float>, squares: inout Scratch<Float>
  ) {
    precondition(weights.isEmpty || weights.count >= rowCount)
    for index in parts.indices {
      let part = parts[index]
      precondition(
        Int(part.first_column) + Int(part.column_count) <= columns.count
          && Int(part.first_repeat) + Int(part.repeat_count) <= repeats.count, "a part has more than there is")
    }
    let (rowCount, laneCount) = (rowCount, laneCount)
    sums.removeAll()
    squares.removeAll()
    let isWithin = elements.withSpan { elements in
      unsafe sums.appendWritten(count: parts.count * laneCount) { sums in
        unsafe squares.appendWritten(count: parts.count) { squares in
          unsafe elements.withUnsafeBufferPointer { elements in
            unsafe parts.withUnsafeBufferPointer { parts in
              unsafe columns.withUnsafeBufferPointer { columns in
                unsafe weights.withUnsafeBufferPointer { weights in
                  unsafe repeats.withUnsafeBufferPointer { repeats in
                    unsafe steps.withUnsafeBufferPointer { steps in
                      // Checked: everything lies within its list, and there is room for the sums.
                      unsafe platform_sum_parts(
                        elements.baseAddress, rowCount, laneCount, parts.baseAddress, parts.count, columns.baseAddress,
                        weights.isEmpty ? nil : weights.baseAddress, repeats.baseAddress, steps.baseAddress,
                        steps.count, sums, squares)
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    precondition(isWithin != 0, "a feature has no weights")
  }

  /// The weight of a feature for a label.
  package func weight(row: Int, label: Int) -> Float { Float(elements[row * laneCount + label]) * factors[label] }

  /// All weights, feature by feature: `weights[column * labelCount + label]`.
  package var weights: [Float] {
    (0..<rowCount).flatMap { row in (0..<labelCount).map { weight(row: row, label: $0) } }
  }
}
