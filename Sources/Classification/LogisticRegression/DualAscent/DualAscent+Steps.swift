internal import CPlatform
internal import Foundation
internal import LinearAlgebra

extension DualAscent {
  /// The steps of one share of an epoch.
  @unsafe struct Steps {
    let offsets: UnsafePointer<Int>
    let columns: UnsafePointer<UInt32>
    let values: UnsafePointer<Float>
    let own: UnsafePointer<Float>?
    let lengths: UnsafePointer<Float>
    let costs: UnsafePointer<Float>
    let labels: UnsafePointer<UInt16>
    /// Row after row of the identity, one for each label.
    let identity: UnsafePointer<Float>
    let coefficients: UnsafeMutablePointer<Float>
    let points: UnsafeMutablePointer<Float>
    let weights: UnsafeMutablePointer<Float>
    let spring: Float
    let damping: Float
    let first: Bool
    let negligible: Float

    /// One step for each of `rows`.
    static func take(
      _ rows: ArraySlice<UInt32>, _ ascent: borrowing DualAscent, first: Bool, negligible: Float, damping: Float,
      identity: [Float], weights: UnsafeMutablePointer<Float>, coefficients: UnsafeMutablePointer<Float>,
      points: UnsafeMutablePointer<Float>, intercepts: inout [Float], sums: inout Sums
    ) {
      let matrix = ascent.matrix.shared
      unsafe matrix.offsets.withUnsafeBufferPointer { offsets in
        unsafe matrix.columns.withUnsafeBufferPointer { columns in
          unsafe matrix.values.withUnsafeBufferPointer { values in
            unsafe ascent.matrix.own.withUnsafeBufferPointer { own in
              unsafe ascent.lengths.withUnsafeBufferPointer { lengths in
                unsafe ascent.loss.costs.withUnsafeBufferPointer { costs in
                  unsafe ascent.loss.labels.withUnsafeBufferPointer { labels in
                    unsafe identity.withUnsafeBufferPointer { identity in
                      let steps = unsafe Steps(
                        offsets: offsets.baseAddress!, columns: columns.baseAddress!, values: values.baseAddress!,
                        own: own.isEmpty ? nil : own.baseAddress!, lengths: lengths.baseAddress!,
                        costs: costs.baseAddress!, labels: labels.baseAddress!, identity: identity.baseAddress!,
                        coefficients: coefficients, points: points, weights: weights, spring: ascent.spring,
                        damping: damping, first: first,
                        negligible: negligible)
                      switch ascent.loss.lanes {
                      case 1: unsafe steps.binomial(rows, &intercepts[0], &sums)
                      case 4: unsafe steps.multinomial(rows, &intercepts, &sums, SIMD4<Float>.self)
                      case 8: unsafe steps.multinomial(rows, &intercepts, &sums, SIMD8<Float>.self)
                      default: unsafe steps.multinomial(rows, &intercepts, &sums, SIMD16<Float>.self)
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

    @inline(__always)
    private func multinomial<V: LaneVector>(
      _ rows: ArraySlice<UInt32>, _ intercepts: inout [Float], _ sums: inout Sums, _ vector: V.Type
    ) {
      let lanes = V.scalarCount
      let stride = lanes &* 4
      let weights = unsafe UnsafeMutableRawPointer(weights)
      let coefficients = unsafe UnsafeMutableRawPointer(coefficients)
      let points = unsafe UnsafeMutableRawPointer(points)
      let identity = unsafe UnsafeRawPointer(identity)
      let (spring, damping, first, negligible) = unsafe (spring, damping, first, negligible)
      var bias = V.zero
      for lane in 0..<lanes { bias[lane] = intercepts[lane] }
      var gaps = 0.0
      var losses = 0.0
      var squares = 0.0
      for place in rows.indices {
        let row = Int(rows[place])
        unsafe prefetch(rows, place)
        let begin = unsafe offsets[row]
        let end = unsafe offsets[row &+ 1]
        let cost = unsafe costs[row]
        let byte = row &* stride
        let old = unsafe coefficients.loadUnaligned(fromByteOffset: byte, as: V.self)
        var even = bias
        var odd = V.zero
        if let own = unsafe own {
          let value = unsafe own[row]
          odd = old * (value * value)
        }
        var entry = begin
        while entry &+ 2 <= end {
          let one = unsafe Int(columns[entry]) &* stride
          let two = unsafe Int(columns[entry &+ 1]) &* stride
          even += unsafe weights.loadUnaligned(fromByteOffset: one, as: V.self) * values[entry]
          odd += unsafe weights.loadUnaligned(fromByteOffset: two, as: V.self) * values[entry &+ 1]
          entry &+= 2
        }
        if entry < end {
          let last = unsafe Int(columns[entry]) &* stride
          even += unsafe weights.loadUnaligned(fromByteOffset: last, as: V.self) * values[entry]
        }
        let margin = even + odd
        let label = unsafe Int(labels[row])
        let target = unsafe identity.loadUnaligned(fromByteOffset: label &* stride, as: V.self)
        let length = unsafe lengths[row]
        let reach = length * cost
        var point: V
        var share: V
        var miss: V
        if first {
          point = margin
          share = DualAscent.softmax(point)
          miss = (share - target) * reach
        } else {
          point = unsafe points.loadUnaligned(fromByteOffset: byte, as: V.self)
          share = target - old * (1 / cost)
          miss = point - margin
          let weighted = share * miss
          let mean = weighted.laneSum
          let gap = 0.5 * cost * ((weighted * miss).laneSum - mean * mean)
          gaps += Double(gap)
          if gap < negligible {
            if place & 15 == 0 { losses += DualAscent.loss(cost, share[label]) }
            squares += Double((old * (margin - bias)).laneSum)
            continue
          }
        }
        let enough = DualAscent.exactness * DualAscent.magnitude(miss)
        var step = 0
        while true {
          // (I + reach·(diag p − p·pᵀ))⁻¹·miss by Sherman & Morrison.
          let scale = 1 / (1 + share * reach)
          let u = miss * scale
          let v = share * scale
          let factor = reach * (share * u).laneSum / (1 - reach * (share * v).laneSum)
          var move = u + v * factor
          let size = DualAscent.magnitude(move)
          if size > DualAscent.longestStep { move *= DualAscent.longestStep / size }
          point -= move
          share = DualAscent.softmax(point)
          step &+= 1
          if step == DualAscent.mostSteps { break }
          miss = point - margin - ((target - share) * cost - old) * length
          if DualAscent.magnitude(miss) <= enough { break }
        }
        let new = (target - share) * cost
        let change = new - old
        unsafe points.storeBytes(of: point, toByteOffset: byte, as: V.self)
        unsafe coefficients.storeBytes(of: new, toByteOffset: byte, as: V.self)
        if place & 15 == 0 { losses += DualAscent.loss(cost, share[label]) }
        squares += Double((new * (margin - bias)).laneSum)
        let damped = change * damping
        bias += damped * spring
        entry = begin
        while entry < end {
          let place = unsafe weights + Int(columns[entry]) &* stride
          let sum = unsafe place.loadUnaligned(as: V.self) + damped * values[entry]
          unsafe place.storeBytes(of: sum, as: V.self)
          entry &+= 1
        }
      }
      for lane in 0..<lanes { intercepts[lane] = bias[lane] }
      sums.gap += gaps
      sums.value += 16 * losses + 0.5 * squares
    }

    /// Rows come in random order, so that no processor can guess where the next ones lie: asks for the entries of the row
    /// after the next, and for the offset of the row two farther.
    @inline(__always)
    private func prefetch(_ rows: ArraySlice<UInt32>, _ place: Int) {
      guard place &+ 4 < rows.endIndex else { return }
      unsafe platform_prefetch(offsets + Int(rows[place &+ 4]))
      let row = Int(rows[place &+ 2])
      var entry = unsafe offsets[row]
      let end = unsafe offsets[row &+ 1]
      while entry < end {
        unsafe platform_prefetch(columns + entry)
        unsafe platform_prefetch(values + entry)
        entry &+= 16
      }
    }

    private func binomial(_ rows: ArraySlice<UInt32>, _ intercept: inout Float, _ sums: inout Sums) {
      let (spring, damping, first, negligible) = unsafe (spring, damping, first, negligible)
      var bias = intercept
      var gaps = 0.0
      var losses = 0.0
      var squares = 0.0
      for place in rows.indices {
        let row = Int(rows[place])
        unsafe prefetch(rows, place)
        let begin = unsafe offsets[row]
        let end = unsafe offsets[row &+ 1]
        let cost = unsafe costs[row]
        let old = unsafe coefficients[row]
        var margin = bias
        if let own = unsafe own { unsafe margin += old * (own[row] * own[row]) }
        unsafe margin += SparseMatrix.sum(columns, values, begin, end, weights)
        let target = unsafe Float(labels[row])
        let length = unsafe lengths[row]
        let reach = length * cost
        var point: Float
        var share: Float
        var miss: Float
        if first {
          point = margin
          share = DualAscent.logistic(point)
          miss = (share - target) * reach
        } else {
          unsafe point = points[row]
          share = target - old / cost
          miss = point - margin
          let gap = 0.5 * cost * share * (1 - share) * miss * miss
          gaps += Double(gap)
          if gap < negligible {
            if place & 15 == 0 { losses += DualAscent.loss(cost, target == 1 ? share : 1 - share) }
            squares += Double(old * (margin - bias))
            continue
          }
        }
        let enough = DualAscent.exactness * abs(miss)
        var step = 0
        while true {
          let move = miss / (1 + reach * share * (1 - share))
          point -= max(-DualAscent.longestStep, min(DualAscent.longestStep, move))
          share = DualAscent.logistic(point)
          step &+= 1
          if step == DualAscent.mostSteps { break }
          miss = point - margin - ((target - share) * cost - old) * length
          if abs(miss) <= enough { break }
        }
        let new = (target - share) * cost
        unsafe points[row] = point
        unsafe coefficients[row] = new
        if place & 15 == 0 { losses += DualAscent.loss(cost, target == 1 ? share : 1 - share) }
        squares += Double(new * (margin - bias))
        let damped = (new - old) * damping
        bias += damped * spring
        for entry in begin..<end { unsafe weights[Int(columns[entry])] += values[entry] * damped }
      }
      intercept = bias
      sums.gap += gaps
      sums.value += 16 * losses + 0.5 * squares
    }
  }
}

// What a step computes with.
extension DualAscent {
  /// Newton steps for one row at most, and the longest of them: farther out the quadratic model means little.
  fileprivate static let mostSteps = 4
  /// The share of a row's first miss at which its Newton steps end.
  fileprivate static let exactness: Float = 0.3
  fileprivate static let longestStep: Float = 2

  fileprivate static func loss(_ cost: Float, _ share: Float) -> Double {
    -Double(cost) * log(max(Double(share), 1e-38))
  }

  @inline(__always)
  fileprivate static func softmax<V: LaneVector>(_ margins: V) -> V {
    let powers = (margins - margins.largestLane).exponentialOfNonpositives
    return powers * (1 / powers.laneSum)
  }

  @inline(__always)
  fileprivate static func logistic(_ margin: Float) -> Float {
    let small = exponentialOfNonpositive(SIMD4(repeating: -abs(margin)))[0]
    let share = 1 / (1 + small)
    return margin < 0 ? small * share : share
  }

  @inline(__always)
  fileprivate static func magnitude<V: LaneVector>(_ vector: V) -> Float {
    vector.replacing(with: -vector, where: vector .< 0).largestLane
  }
}
