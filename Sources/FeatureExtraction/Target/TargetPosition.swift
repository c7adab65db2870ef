/// Where a unit of a statement stands as seen from the nearest mention of the target.
package enum TargetPosition: UInt8, Sendable, BitwiseCopyable {
  /// The statement does not mention the target.
  case unmentioned
  /// It is a mention.
  case mention
  /// Up to three units before a mention.
  case nearBefore
  /// Four to eight units before.
  case middleBefore
  /// More than eight units before.
  case farBefore
  /// Up to three units after a mention.
  case nearAfter
  /// Four to eight units after.
  case middleAfter
  /// More than eight units after.
  case farAfter

  @inline(__always)
  static func before(_ distance: Int) -> TargetPosition {
    distance <= 3 ? .nearBefore : distance <= 8 ? .middleBefore : .farBefore
  }

  @inline(__always)
  static func after(_ distance: Int) -> TargetPosition {
    distance <= 3 ? .nearAfter : distance <= 8 ? .middleAfter : .farAfter
  }

  /// Whether the unit stands before its nearest mention.
  @inline(__always)
  var isBefore: Bool { self == .nearBefore || self == .middleBefore || self == .farBefore }
}
