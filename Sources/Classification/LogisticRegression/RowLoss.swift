internal import Foundation
internal import LinearAlgebra

/// The loss of single statements: what happens between the two sparse products.
///
/// Rows of margins have `lanes` numbers: one where two labels share a single weight vector (binomial loss), else the
/// labels padded to a multiple of four, the padding so far below zero that its probability is exactly 0.
package struct RowLoss: Sendable {
  /// Numbers in a row of margins.
  package let lanes: Int
  /// Labels in use, the rest of a row being padding (with one lane: 1).
  package let labelCount: Int
  /// The label of each row; with one lane 1 is the label that positive margins speak for.
  package let labels: [UInt16]
  /// What each row's loss counts: C × statement weight × class weight.
  package let costs: [Float]

  /// The margin of padding.
  package static let padding: Float = -1e30

  /// Writes the probabilities at margins + step·slopes and returns the sum of costs × losses.
  @unsafe package func evaluate(
    rows: Range<Int>, margins: UnsafePointer<Float>, slopes: UnsafePointer<Float>, step: Float,
    probabilities: UnsafeMutablePointer<Float>
  ) -> Double {
    var total = 0.0
    if lanes == 1 {
      for row in rows {
        let z = unsafe margins[row] + step * slopes[row]
        let small = exp(-abs(Double(z)))
        unsafe probabilities[row] = Float(z >= 0 ? 1 / (1 + small) : small / (1 + small))
        let loss = log1p(small) + Double(max(z, 0)) - (labels[row] == 1 ? Double(z) : 0)
        total += Double(costs[row]) * loss
      }
      return total
    }
    let chunks = lanes / 4
    for row in rows {
      let z = unsafe UnsafeRawPointer(margins + row * lanes)
      let s = unsafe UnsafeRawPointer(slopes + row * lanes)
      let p = unsafe UnsafeMutableRawPointer(probabilities + row * lanes)
      var largest = SIMD4<Float>(repeating: Self.padding)
      for chunk in 0..<chunks {
        let value = unsafe Self.load(z, chunk) + Self.load(s, chunk) * step
        unsafe p.storeBytes(of: value, toByteOffset: chunk * 16, as: SIMD4<Float>.self)
        largest = pointwiseMax(largest, value)
      }
      let top = largest.max()
      let own = unsafe probabilities[row * lanes + Int(labels[row])]
      var sums = SIMD4<Float>.zero
      for chunk in 0..<chunks {
        let e = unsafe exponentialOfNonpositive(Self.load(p, chunk) - top)
        unsafe p.storeBytes(of: e, toByteOffset: chunk * 16, as: SIMD4<Float>.self)
        sums += e
      }
      let sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
      let scale = 1 / sum
      for chunk in 0..<chunks {
        unsafe p.storeBytes(of: Self.load(p, chunk) * scale, toByteOffset: chunk * 16, as: SIMD4<Float>.self)
      }
      total += Double(costs[row]) * (log(Double(sum)) + Double(top) - Double(own))
    }
    return total
  }

  /// Writes cost·(p − y) for each of `rows`, the first at the beginning of `out`.
  @unsafe package func residuals(
    rows: Range<Int>, probabilities: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>
  ) {
    var out = unsafe out
    for row in rows {
      let cost = costs[row]
      if lanes == 1 {
        unsafe out.pointee = cost * (probabilities[row] - Float(labels[row]))
      } else {
        for lane in 0..<lanes { unsafe out[lane] = cost * probabilities[row * lanes + lane] }
        unsafe out[Int(labels[row])] -= cost
      }
      unsafe out += lanes
    }
  }

  /// Turns each row's margins of a vector into cost·(diag p − p·pᵀ)·margins, in place; the first of `rows` lies at the
  /// beginning of `products`.
  @unsafe package func curve(
    rows: Range<Int>, probabilities: UnsafePointer<Float>, margins: UnsafePointer<Float>,
    into products: UnsafeMutablePointer<Float>
  ) {
    if lanes == 1 {
      for (place, row) in rows.enumerated() {
        let p = unsafe probabilities[row]
        unsafe products[place] = costs[row] * p * (1 - p) * margins[place]
      }
      return
    }
    let chunks = lanes / 4
    var offset = 0
    for row in rows {
      let p = unsafe UnsafeRawPointer(probabilities + row * lanes)
      let m = unsafe UnsafeRawPointer(margins + offset)
      let t = unsafe UnsafeMutableRawPointer(products + offset)
      var sums = SIMD4<Float>.zero
      for chunk in 0..<chunks { unsafe sums += Self.load(p, chunk) * Self.load(m, chunk) }
      let mean = (sums[0] + sums[1]) + (sums[2] + sums[3])
      for chunk in 0..<chunks {
        let value = unsafe Self.load(p, chunk) * (Self.load(m, chunk) - mean) * costs[row]
        unsafe t.storeBytes(of: value, toByteOffset: chunk * 16, as: SIMD4<Float>.self)
      }
      offset += lanes
    }
  }

  @inline(__always)
  private static func load(_ pointer: UnsafeRawPointer, _ chunk: Int) -> SIMD4<Float> {
    unsafe pointer.loadUnaligned(fromByteOffset: chunk * 16, as: SIMD4<Float>.self)
  }

  @inline(__always)
  private static func load(_ pointer: UnsafeMutableRawPointer, _ chunk: Int) -> SIMD4<Float> {
    unsafe pointer.loadUnaligned(fromByteOffset: chunk * 16, as: SIMD4<Float>.self)
  }
}
