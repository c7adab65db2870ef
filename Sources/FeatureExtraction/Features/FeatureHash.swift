import TextProcessing

/// How hashes of tokens become the identity of a feature: 64 bits, and never a string.
///
/// The identity of an n-gram is `combine(… combine(combine(seed, a), b) …)` over the hashes of its elements, so that
/// all orders that start at one element are found on the way to the longest. Part of the model format: a change here
/// makes every stored model worthless.
package enum FeatureHash {
  /// Where a family of features starts, so that equal elements of two families stay two features. A family that has
  /// several kinds of features tells them apart by `variant`.
  package static func seed(_ family: FeatureBlock, variant: UInt64 = 0) -> UInt64 {
    TextHash.combine(TextHash.combine(TextHash.seed, UInt64(family.rawValue)), variant)
  }
}
