import Glibc

/// The answers of a model that has a label and probabilities and takes no target, as an object: all but the probabilities is
/// ready, and room for the whole is made at once.
struct AnswerForm: Sendable {
  /// Everything that is ready, one piece after the other.
  private var bytes: [UInt8] = []
  /// For each label that may be the answer, what goes before the first probability.
  private var openings: [Range<Int>] = []
  /// What goes before the probabilities of the other labels, and behind the last.
  private var members: [Range<Int>] = []
  /// The most bytes of an answer.
  private var capacity = 0

  /// - Parameter labels: the labels in quotation marks.
  init(_ labels: [[UInt8]]) {
    guard let first = labels.first else { return }
    openings = labels.map { keep(Array("{\"label\":".utf8) + $0 + Array(",\"probabilities\":{".utf8) + first + [0x3A]) }
    members = labels.dropFirst().map { keep([0x2C] + $0 + [0x3A]) } + [keep(Array("}}".utf8))]
    capacity =
      (openings.map(\.count).max() ?? 0) + members.reduce(0) { $0 + $1.count } + labels.count * Self.probabilityBytes
  }

  private mutating func keep(_ piece: [UInt8]) -> Range<Int> {
    bytes += piece
    return bytes.count - piece.count..<bytes.count
  }

  /// Appends an answer.
  ///
  /// - Parameter start: where the label's probabilities begin.
  func append(_ label: Int, _ probabilities: [Float], from start: Int, to out: inout [UInt8]) {
    precondition(openings.indices.contains(label) && start >= 0 && start + members.count <= probabilities.count)
    out.append(addingCapacity: capacity) { out in
      unsafe out.withUnsafeMutableBufferPointer { room, count in
        guard let first = room.baseAddress, room.count >= capacity else { preconditionFailure("no room for an answer") }
        unsafe bytes.withUnsafeBufferPointer { bytes in
          guard let ready = bytes.baseAddress else { return }
          /// Checked: the pieces lie within `bytes`, and all of them and the probabilities within `capacity`.
          func put(_ piece: Range<Int>) {
            unsafe memcpy(first + count, ready + piece.lowerBound, piece.count)
            count += piece.count
          }
          put(openings[label])
          for place in members.indices {
            count += unsafe Self.write(probabilities[start + place], to: first + count)
            put(members[place])
          }
        }
      }
    }
  }

  /// The most bytes of a probability.
  static var probabilityBytes: Int { 6 }

  /// Writes a probability with four decimals: more than any calibration can promise.
  ///
  /// - Parameter out: room for `probabilityBytes`.
  /// - Returns: the number of bytes.
  @inline(__always)
  @unsafe static func write(_ probability: Float, to out: UnsafeMutablePointer<UInt8>) -> Int {
    // A `Float` times ten thousand is exact in `Double`, and so far from halves that adding one rounds as `rounded()` does.
    let scaled = UInt32(Double(probability) * 10_000 + 0.5)
    let zero = UInt8(ascii: "0")
    guard scaled < 10_000 else {
      unsafe out[0] = zero + 1
      return 1
    }
    unsafe out[0] = zero
    unsafe out[1] = UInt8(ascii: ".")
    unsafe out[2] = zero &+ UInt8(truncatingIfNeeded: scaled / 1000)
    unsafe out[3] = zero &+ UInt8(truncatingIfNeeded: scaled / 100 % 10)
    unsafe out[4] = zero &+ UInt8(truncatingIfNeeded: scaled / 10 % 10)
    unsafe out[5] = zero &+ UInt8(truncatingIfNeeded: scaled % 10)
    return 6
  }
}
