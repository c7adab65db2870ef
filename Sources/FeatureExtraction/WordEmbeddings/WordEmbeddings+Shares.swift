/// Which word a linear function of the dense features comes from.
extension WordEmbeddings {
  /// What each unit adds to `weights · row`, where `row` is what `emit` makes of the statement.
  ///
  /// With the lengths to which sums are normalized taken as they are, views that are sums, products or cosines are linear
  /// in the vectors of the statement's words, and fall to these without a rest. What the views of the target alone and of
  /// its difference add belongs to no word of the statement.
  ///
  /// - Parameter weights: one number a column.
  /// - Complexity: O(words · views · dimension), with allocations: not meant for scoring.
  func shares(
    of units: borrowing StatementUnits, target: TargetPattern?, weights: [Double], in workspace: inout DenseWorkspace
  ) -> [Double] {
    let dimension = vectors.dimension
    var directions: [[Double]] = []
    find(units, in: &workspace)
    addUp(units, target: target, in: &workspace)
    // Of a shorter statement the opening is the whole.
    let opening: Part = units.count > Self.openingCount ? .opening : .statement
    for (index, view) in configuration.views.enumerated() {
      let start = start(ofView: index, target: target)
      directions.append(start.map { direction(of: view, start: $0, weights: weights, in: workspace) } ?? [])
    }
    let openingDirection = configuration.views.firstIndex(of: .cosine).map { index in
      cosineDirection(of: opening, weight: weights[starts[index] + 1], in: workspace)
    }
    return (0..<units.count).map { unit in
      guard let row = vectors.row(ofFoldedWord: units.folded[unit]) else { return 0 }
      let distance = workspace.isMentioned ? Int(workspace.distances[unit]) : DenseWorkspace.unmentioned
      var share = 0.0
      func add(_ direction: [Double], _ weight: Float) {
        var product = 0.0
        for k in 0..<dimension { product += direction[k] * Double(vectors.elements[row * dimension + k]) }
        share += Double(weight) * Double(vectors.factors[row]) * product
      }
      for (index, view) in configuration.views.enumerated() {
        switch view {
        case .product, .cosine: add(directions[index], 1)
        case .target, .difference: break
        case .crossed where directions[index].isEmpty: break
        default:
          let weight = Self.weight(of: view, unit: unit, distance: distance)
          if weight > 0 { add(directions[index], weight) }
        }
      }
      if let openingDirection, unit < Self.openingCount { add(openingDirection, 1) }
      return share
    }
  }

  /// What a view multiplies a word's vector with.
  private func direction(
    of view: View, start: Int, weights: [Double], in workspace: borrowing DenseWorkspace
  ) -> [Double] {
    let dimension = vectors.dimension
    let scale = Double(configuration.scale)
    switch view {
    case .target, .difference: return []
    case .cosine: return cosineDirection(of: .statement, weight: weights[start], in: workspace)
    case .product:
      let compared = comparison(of: .statement, in: workspace)
      let factor = scale * Double(dimension).squareRoot()
      return (0..<dimension).map { factor * weights[start + $0] * compared[$0] }
    default:
      let length = Self.length(of: workspace.row, from: start, count: dimension)
      return (0..<dimension).map { length > 0 ? scale * weights[start + $0] / length : 0 }
    }
  }

  /// What the cosine of a part and the target, times its weight, multiplies the vector of a word in that part with.
  private func cosineDirection(
    of part: Part, weight: Double, in workspace: borrowing DenseWorkspace
  ) -> [Double] {
    comparison(of: part, in: workspace).map { 2 * Double(configuration.scale) * weight * $0 }
  }

  /// The target's vector of length 1, divided by the length of a sum of the statement.
  private func comparison(of part: Part, in workspace: borrowing DenseWorkspace) -> [Double] {
    let dimension = vectors.dimension
    let own = Self.length(of: workspace.sums, from: part.rawValue * dimension, count: dimension)
    return (0..<dimension).map { own > 0 ? Double(workspace.target[$0]) / own : 0 }
  }

  private static func length(of sums: borrowing Scratch<Float>, from start: Int, count: Int) -> Double {
    var squares = 0.0
    for k in start..<start + count { squares += Double(sums[k]) * Double(sums[k]) }
    return squares.squareRoot()
  }
}
