/// exp(x) for each lane, for x ≤ 0: relative error below 2e-7, and exactly 0 below -87 so that no denormal numbers
/// slow the loops that follow.
///
/// Range reduction to |r| ≤ ½·log 2 and a polynomial of degree 6; see Muller, Elementary Functions, chapter 11.
@inlinable @inline(__always)
package func exponentialOfNonpositive(_ x: SIMD4<Float>) -> SIMD4<Float> {
  let shift = SIMD4<Float>(repeating: 12_582_912)  // 1.5·2²³: adding it rounds to a whole number in the low bits
  let clamped = x.replacing(with: -87, where: x .< -87)
  let shifted = clamped * 1.442_695_04 + shift
  let whole = shifted - shift
  let r = (clamped - whole * 0.693_359_375) + whole * 2.121_944_4e-4
  var p = SIMD4<Float>(repeating: 1.388_888_9e-3)
  p = p * r + 8.333_333_6e-3
  p = p * r + 4.166_666_8e-2
  p = p * r + 1.666_666_7e-1
  p = p * r + 0.5
  p = p * r + 1
  p = p * r + 1
  let bits = unsafe unsafeBitCast(shifted, to: SIMD4<UInt32>.self) &<< 23
  let scaled = unsafe unsafeBitCast(unsafeBitCast(p, to: SIMD4<UInt32>.self) &+ bits, to: SIMD4<Float>.self)
  return scaled.replacing(with: 0, where: x .< -87)
}

/// log(x) for each lane, for finite x ≥ 1: absolute error below 1e-7 + 1e-7·log(x).
///
/// x = 2ᵏ·m with √½ ≤ m < √2, then the polynomial of Cephes' `logf` in m − 1.
@inlinable @inline(__always)
package func logarithmFromOne(_ x: SIMD4<Float>) -> SIMD4<Float> {
  let bits = unsafe unsafeBitCast(x, to: SIMD4<UInt32>.self)
  // Subtracting the bits of √½ makes the exponent field change over at √2.
  let moved = bits &- 0x3F35_04F3
  let power = SIMD4<Float>(SIMD4<Int32>(truncatingIfNeeded: moved &>> 23))
  let m = unsafe unsafeBitCast((moved & 0x007F_FFFF) &+ 0x3F35_04F3, to: SIMD4<Float>.self) - 1
  var p = SIMD4<Float>(repeating: 7.037_683_6e-2)
  p = p * m - 1.151_461_0e-1
  p = p * m + 1.167_699_9e-1
  p = p * m - 1.242_014_1e-1
  p = p * m + 1.424_932_3e-1
  p = p * m - 1.666_805_7e-1
  p = p * m + 2.000_071_5e-1
  p = p * m - 2.499_999_4e-1
  p = p * m + 3.333_333_1e-1
  let square = m * m
  let tail = m * square * p + power * -2.121_944_4e-4 - 0.5 * square
  return m + tail + power * 0.693_359_375
}
