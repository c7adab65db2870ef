extension FeatureExtractor.Configuration {
  /// Whether statements must have a target.
  public var needsTarget: Bool { target != nil }
}

extension FeatureExtractor {
  /// The number of columns of the dense block beside the sparse one; 0 where there is none.
  public var denseColumnCount: Int { embeddings?.columnCount ?? 0 }
}
