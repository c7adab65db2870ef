internal import LinearAlgebra
internal import Optimization

extension PathAscent {
  /// What each of the `asking` models has reached: one pass over the data, or an eighth of one where that tells that all gaps
  /// are above the models' bounds. See `DualAscent.certificate`. Leaves the margins of rows in `heldOut` on the way.
  mutating func certificates(of asking: [Int], below bounds: [Double]) -> [Certificate] {
    let models = loss.models
    let lanes = loss.lanes
    let width = loss.width
    var values = [Double](repeating: 0, count: models)
    var gaps = values
    let squares = weights.squares(rows, width: width, Workers(threads: 1))
    let penalties = (0..<models).map { 0.5 * squares[$0 * lanes..<($0 + 1) * lanes].reduce(0, +) }
    let blocks = FixedBlocks(count: matrix.shared.rowCount, size: 64)
    let sampled = (blocks.count + 7) / 8
    // An eighth of the blocks, evenly spread, and then the others.
    let order = (0..<blocks.count).filter { $0 % 8 == 0 } + (0..<blocks.count).filter { $0 % 8 != 0 }
    let whole = Double(blocks.count) / Double(sampled)
    var mayEnd = (0..<models).map { asking.contains($0) }
    var estimates = values
    var margins = [Float](repeating: 0, count: 64 * width)
    var heldOut: [Float] = []
    swap(&heldOut, &self.heldOut)
    defer { swap(&heldOut, &self.heldOut) }
    unsafe heldOut.withUnsafeMutableBufferPointer { heldOut in
      unsafe holders.withUnsafeBufferPointer { holders in
        unsafe matrix.own.withUnsafeBufferPointer { own in
          unsafe margins.withUnsafeMutableBufferPointer { margins in
            unsafe values.withUnsafeMutableBufferPointer { values in
              unsafe gaps.withUnsafeMutableBufferPointer { gaps in
                unsafe weights.sparse.withUnsafeBufferPointer { sparse in
                  unsafe coefficients.withUnsafeBufferPointer { coefficients in
                    unsafe points.withUnsafeBufferPointer { points in
                      for place in 0..<blocks.count {
                        if place == sampled {
                          for model in asking {
                            // Whatever other models do, so that none depends on them.
                            estimates[model] = unsafe whole * values[model] + penalties[model]
                            mayEnd[model] = unsafe !(whole * gaps[model] > bounds[model] * estimates[model])
                          }
                          if !mayEnd.contains(true) { break }
                        }
                        let rows = blocks[order[place]]
                        unsafe matrix.shared.gather(
                          rows: rows, weights: sparse.baseAddress!, lanes: width, start: centre,
                          into: margins.baseAddress!)
                        unsafe weights.addMargins(of: rows, self.rows, width: width, to: margins.baseAddress!)
                        if !own.isEmpty {
                          unsafe add(
                            own, coefficients.baseAddress!, of: rows, to: margins.baseAddress!, values.baseAddress!)
                        }
                        for (place, row) in rows.enumerated() {
                          let holder = unsafe Int(holders[row])
                          guard holder >= 0 else { continue }
                          for lane in 0..<lanes {
                            unsafe heldOut[row &* lanes &+ lane] = margins[place &* width &+ holder &* lanes &+ lane]
                          }
                        }
                        unsafe DualAscent.measure(
                          rows, loss, margins: margins.baseAddress! - rows.lowerBound * width,
                          points: points.baseAddress!,
                          coefficients: coefficients.baseAddress!, values: values.baseAddress!, gaps: gaps.baseAddress!)
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return (0..<models).map { model in
      guard mayEnd[model] else { return .tooFar(value: estimates[model]) }
      var outcome = Outcome()
      outcome.value = values[model] + penalties[model]
      outcome.relativeGap = gaps[model] / max(outcome.value, .leastNormalMagnitude)
      return .measured(outcome)
    }
  }

  /// Adds what rows' own columns give to their margins, and their penalty to the models' values.
  @unsafe private func add(
    _ own: UnsafeBufferPointer<Float>, _ coefficients: UnsafePointer<Float>, of rows: Range<Int>,
    to margins: UnsafeMutablePointer<Float>, _ values: UnsafeMutablePointer<Double>
  ) {
    let (lanes, width) = (loss.lanes, loss.width)
    // With one lane a model, a vector is four models; else it is part of one.
    for lane in stride(from: 0, to: width, by: 4) {
      var sums = SIMD4<Double>.zero
      for (place, row) in rows.enumerated() {
        let value = unsafe own[row]
        let weight =
          unsafe UnsafeRawPointer(coefficients + (row &* width &+ lane))
          .loadUnaligned(as: SIMD4<Float>.self) * value
        let here = unsafe UnsafeMutableRawPointer(margins + (place &* width &+ lane))
        unsafe here.storeBytes(of: here.loadUnaligned(as: SIMD4<Float>.self) + weight * value, as: SIMD4<Float>.self)
        sums += SIMD4<Double>(weight * weight)
      }
      if lanes == 1 {
        for place in 0..<4 { unsafe values[lane &+ place] += 0.5 * sums[place] }
      } else {
        unsafe values[lane / lanes] += 0.5 * ((sums[0] + sums[1]) + (sums[2] + sums[3]))
      }
    }
  }
}
