internal import Foundation

/// log Σ exp(x): the largest element is taken out first, so nothing overflows.
///
/// - Precondition: `values` is not empty.
public func logSumExp(_ values: [Double]) -> Double {
  precondition(!values.isEmpty, "the sum of no exponentials has no logarithm")
  let largest = values.max()!
  guard largest.isFinite else { return largest }
  var sum = 0.0
  for value in values { sum += exp(value - largest) }
  return largest + log(sum)
}

/// exp(xᵢ) / Σ exp(xⱼ): probabilities from margins, computed in `Double` without overflow.
///
/// - Precondition: `values` is not empty.
public func softmax(_ values: [Double]) -> [Double] {
  precondition(!values.isEmpty, "no margins give no probabilities")
  let largest = values.max()!
  let powers = values.map { exp($0 - largest) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}
