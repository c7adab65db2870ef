/// What loops over one row's labels ask of a vector of four.
extension SIMD4 where Scalar == Float {
  /// The sum of all lanes, in an order of its own.
  @inline(__always)
  var laneSum: Float { (self[0] + self[1]) + (self[2] + self[3]) }
  /// The largest lane.
  @inline(__always)
  var largestLane: Float { Swift.max(Swift.max(self[0], self[1]), Swift.max(self[2], self[3])) }
}
