/// How often a model is right when it says how sure it is: confidence against accuracy in bins of equal width.
///
/// The confidence is the probability of the label that was chosen. Bins are open below and closed above, as in Guo et al.,
/// "On Calibration of Modern Neural Networks" (2017).
public struct ReliabilityTable: Equatable, Sendable {
  /// The number of bins, the customary 15.
  public static let binCount = 15

  /// One bin of confidence.
  public struct Bin: Equatable, Sendable {
    /// The confidence above which the bin starts.
    public let lower: Double
    /// The highest confidence of the bin.
    public let upper: Double
    /// The number of items.
    public let count: Int
    /// The mean confidence of the items, or nothing in an empty bin.
    public let confidence: Double?
    /// The share of the items that were labelled right, or nothing in an empty bin.
    public let accuracy: Double?
  }

  /// The bins by rising confidence; always `binCount` of them.
  public let bins: [Bin]

  /// The table of predictions, or nothing where these have no probabilities.
  public init?(_ predictions: Predictions) {
    guard predictions.hasProbabilities else { return nil }
    var counts = [Int](repeating: 0, count: Self.binCount)
    var correct = counts
    var sums = [Double](repeating: 0, count: Self.binCount)
    for item in 0..<predictions.count {
      guard let confidence = predictions.confidence(at: item) else { continue }
      let bin = Self.bin(of: confidence)
      counts[bin] += 1
      correct[bin] += predictions.isCorrect(at: item) ? 1 : 0
      sums[bin] += confidence
    }
    bins = (0..<Self.binCount).map { bin in
      let count = Double(counts[bin])
      return Bin(
        lower: Double(bin) / Double(Self.binCount), upper: Double(bin + 1) / Double(Self.binCount), count: counts[bin],
        confidence: counts[bin] == 0 ? nil : sums[bin] / count,
        accuracy: counts[bin] == 0 ? nil : Double(correct[bin]) / count)
    }
  }

  /// The bin of a confidence.
  static func bin(of confidence: Double) -> Int {
    min(max(Int((confidence * Double(binCount)).rounded(.up)) - 1, 0), binCount - 1)
  }
}
