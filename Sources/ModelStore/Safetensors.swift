import FoundationEssentials

/// The element types of tensors that models use, by their names in the safetensors format.
public enum TensorType: String, Codable, Sendable, CaseIterable {
  case float32 = "F32"
  case float16 = "F16"
  case int8 = "I8"
  case int16 = "I16"
  case uint8 = "U8"
  case uint16 = "U16"
  case uint32 = "U32"
  case uint64 = "U64"

  /// The size of one element in bytes.
  public var byteCount: Int {
    switch self {
    case .int8, .uint8: 1
    case .float16, .int16, .uint16: 2
    case .float32, .uint32: 4
    case .uint64: 8
    }
  }
}

/// A named array on its way into a model: little-endian elements in row-major order.
public struct Tensor: Equatable, Sendable {
  /// The name within the model.
  public let name: String
  /// The type of its elements.
  public let type: TensorType
  /// The length of each dimension.
  public let shape: [Int]
  /// The elements' bytes.
  public let bytes: [UInt8]

  /// A tensor over bytes that are already laid out.
  ///
  /// - Precondition: the bytes fit the shape.
  public init(name: String, type: TensorType, shape: [Int], bytes: [UInt8]) {
    precondition(bytes.count == shape.reduce(type.byteCount, *), "tensor \(name): the bytes do not fit the shape")
    self.name = name
    self.type = type
    self.shape = shape
    self.bytes = bytes
  }

  /// A tensor of the elements of an array.
  ///
  /// - Precondition: the elements fit the shape and the type has their size.
  package init<Element: BitwiseCopyable>(name: String, type: TensorType, shape: [Int], elements: [Element]) {
    precondition(MemoryLayout<Element>.stride == type.byteCount, "tensor \(name): elements of another size")
    let bytes = unsafe elements.withUnsafeBytes { unsafe [UInt8]($0) }
    self.init(name: name, type: type, shape: shape, bytes: bytes)
  }
}

/// The safetensors format: a length, a JSON header that says where each tensor lies, and the tensors' bytes.
///
/// Source: the format's description at https://github.com/huggingface/safetensors. Nothing in it can run code.
package enum Safetensors {
  /// One tensor's entry in the header.
  struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  /// The bytes of a file that holds the tensors, in the order given.
  ///
  /// The header is padded with spaces so that the data begin at a multiple of 64 and every tensor at a multiple of 8:
  /// arrays are then used straight from the mapped file.
  package static func encode(_ tensors: [Tensor]) -> [UInt8] {
    var header = "{"
    var offset = 0
    // Widest elements first keeps every tensor aligned without gaps, which the format forbids.
    let ordered = tensors.enumerated().sorted {
      ($1.element.type.byteCount, $0.offset) < ($0.element.type.byteCount, $1.offset)
    }.map(\.element)
    for tensor in ordered {
      if offset > 0 || header.count > 1 { header += "," }
      let end = offset + tensor.bytes.count
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      header += "\"\(tensor.name)\":{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(shape)],"
      header += "\"data_offsets\":[\(offset),\(end)]}"
      offset = end
    }
    header += "}"
    var text = [UInt8](header.utf8)
    while (8 + text.count) % 64 != 0 { text.append(0x20) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + text.count + offset)
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: text.count >> (8 * shift))) }
    bytes += text
    for tensor in ordered { bytes += tensor.bytes }
    return bytes
  }

  /// Where a tensor's bytes lie in the file.
  struct Location: Equatable {
    var type: TensorType
    var shape: [Int]
    var range: Range<Int>
  }

  /// Reads the header and checks that the tensors fill the file exactly, without gap or overlap.
  static func decodeHeader(_ bytes: UnsafeRawBufferPointer) throws(ModelStoreError) -> [String: Location] {
    func damaged(_ reason: String) -> ModelStoreError { .damaged(file: "model.safetensors", reason: reason) }
    guard bytes.count >= 8 else { throw damaged("shorter than its header") }
    let length = unsafe UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= 1 << 26, Int(length) <= bytes.count - 8 else { throw damaged("header length out of range") }
    let start = 8 + Int(length)
    let header = unsafe Data(bytes[8..<start])
    guard let entries = try? JSONDecoder().decode([String: Entry].self, from: header) else {
      throw damaged("header is not a table of tensors")
    }
    var locations: [String: Location] = [:]
    let size = bytes.count - start
    for (name, entry) in entries {
      guard let type = TensorType(rawValue: entry.dtype) else { throw damaged("element type \(entry.dtype)") }
      guard entry.data_offsets.count == 2, entry.data_offsets[0] >= 0, entry.data_offsets[0] <= entry.data_offsets[1],
        entry.data_offsets[1] <= size
      else { throw damaged("tensor \(name) lies outside the file") }
      var expected = type.byteCount
      for dimension in entry.shape {
        let (product, overflow) = expected.multipliedReportingOverflow(by: dimension)
        guard dimension >= 0, !overflow else { throw damaged("shape of tensor \(name)") }
        expected = product
      }
      guard expected == entry.data_offsets[1] - entry.data_offsets[0] else { throw damaged("size of tensor \(name)") }
      guard (start + entry.data_offsets[0]) % type.byteCount == 0 else {
        throw damaged("alignment of tensor \(name)")
      }
      locations[name] = Location(
        type: type, shape: entry.shape, range: start + entry.data_offsets[0]..<start + entry.data_offsets[1])
    }
    var end = start
    for location in locations.values.sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }) {
      guard location.range.lowerBound == end else { throw damaged("tensors overlap or leave gaps") }
      end = location.range.upperBound
    }
    guard end == bytes.count else { throw damaged("bytes after the last tensor") }
    return locations
  }
}
