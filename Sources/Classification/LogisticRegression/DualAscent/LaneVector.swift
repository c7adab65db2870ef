internal import LinearAlgebra

/// A short vector of labels: what the loops over one row of a matrix compute with.
protocol LaneVector: SIMD, BitwiseCopyable where Scalar == Float {
  /// exp(x) for each lane, for x ≤ 0.
  var exponentialOfNonpositives: Self { get }
  /// The sum of all lanes, in an order of its own.
  var laneSum: Float { get }
  /// The largest lane.
  var largestLane: Float { get }
}

extension SIMD4: LaneVector where Scalar == Float {
  @inline(__always)
  var exponentialOfNonpositives: Self { exponentialOfNonpositive(self) }
  @inline(__always)
  var laneSum: Float { (self[0] + self[1]) + (self[2] + self[3]) }
  @inline(__always)
  var largestLane: Float { Swift.max(Swift.max(self[0], self[1]), Swift.max(self[2], self[3])) }
}

extension SIMD8: LaneVector where Scalar == Float {
  @inline(__always)
  var exponentialOfNonpositives: Self {
    Self(lowHalf: lowHalf.exponentialOfNonpositives, highHalf: highHalf.exponentialOfNonpositives)
  }
  @inline(__always)
  var laneSum: Float { (lowHalf + highHalf).laneSum }
  @inline(__always)
  var largestLane: Float { Swift.max(lowHalf.largestLane, highHalf.largestLane) }
}

extension SIMD16: LaneVector where Scalar == Float {
  @inline(__always)
  var exponentialOfNonpositives: Self {
    Self(lowHalf: lowHalf.exponentialOfNonpositives, highHalf: highHalf.exponentialOfNonpositives)
  }
  @inline(__always)
  var laneSum: Float { (lowHalf + highHalf).laneSum }
  @inline(__always)
  var largestLane: Float { Swift.max(lowHalf.largestLane, highHalf.largestLane) }
}
