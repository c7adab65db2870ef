extension WeightedMeasurer {
  /// The values of metrics under eight weightings, NaN where undefined.
  ///
  /// A slice has hundreds of parts, each so small that making a confusion matrix for each weighting would take most of the
  /// time: the metrics that slices have by default are computed for all weightings at once. `plainValues` is the plain twin.
  package func values(of metrics: [Metric], under weights: [Copies]) -> [Lanes] {
    guard metrics.allSatisfy({ $0 == .macroF1 || $0 == .accuracy }) else {
      return plainValues(of: metrics, under: weights)
    }
    let sums = cellSums(weights)
    var total = Lanes.zero
    var correct = Lanes.zero
    // For each label twice what was labelled right, and what carries the label or was given it.
    var right = [Lanes](repeating: .zero, count: labels.count)
    var whole = right
    do {
      let (sums, occupiedCells) = (sums.span, occupiedCells.span)
      var right = right.mutableSpan
      var whole = whole.mutableSpan
      for place in sums.indices {
        let (sum, cell) = (Lanes(sums[place]), occupiedCells[place])
        total += sum
        whole[cell.gold] += sum
        whole[cell.predicted] += sum
        guard cell.gold == cell.predicted else { continue }
        correct += sum
        right[cell.gold] = sum + sum
      }
    }
    var f1 = Lanes.zero
    for label in labels.indices { f1 += right[label] / whole[label].replacing(with: 1, where: whole[label] .== 0) }
    // Without items both are 0 / 0, and so undefined.
    let macroF1 = (f1 / Double(labels.count)).replacing(with: .nan, where: total .== 0)
    return metrics.map { $0 == .macroF1 ? macroF1 : correct / total }
  }

  /// The same by way of confusion matrices, for any metrics.
  package func plainValues(of metrics: [Metric], under weights: [Copies]) -> [Lanes] {
    Self.lanes(of: measure(weights).map { measures in metrics.map { $0.value(of: measures) ?? .nan } })
  }

  /// The values of each figure, given all values of each weighting.
  static func lanes(of rows: [[Double]]) -> [Lanes] {
    (0..<(rows.first?.count ?? 0)).map { figure in
      var lanes = Lanes.zero
      for lane in 0..<Lanes.scalarCount { lanes[lane] = rows[lane][figure] }
      return lanes
    }
  }
}
