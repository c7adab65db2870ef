import FeatureExtraction
import ModelStore

extension StateArray {
  /// The array as it is stored.
  func tensor(named name: String) -> Tensor {
    switch self {
    case .uint64(let array): Tensor(name: name, type: .uint64, shape: [array.count], elements: array.array)
    case .uint16(let array): Tensor(name: name, type: .uint16, shape: [array.count], elements: array.array)
    case .int16(let array): Tensor(name: name, type: .int16, shape: [array.count], elements: array.array)
    case .int8(let array): Tensor(name: name, type: .int8, shape: [array.count], elements: array.array)
    case .float32(let array): Tensor(name: name, type: .float32, shape: [array.count], elements: array.array)
    }
  }

  /// An array that stays where it is mapped.
  ///
  /// - Throws: `ModelStoreError.tensor` for a type that extractors do not use.
  init(_ view: TensorView) throws(ModelStoreError) {
    let type = unsafe view.type
    let (bytes, owner) = unsafe (view.bytes, view.owner)
    let count = bytes.count / type.byteCount
    // An empty tensor has no address to refer to.
    guard count > 0, let base = bytes.baseAddress else {
      self = type == .uint64 ? .uint64(FlatArray([])) : .float32(FlatArray([]))
      return
    }
    switch type {
    case .uint64: self = unsafe .uint64(FlatArray(base: base, count: count, owner: owner))
    case .uint16: self = unsafe .uint16(FlatArray(base: base, count: count, owner: owner))
    case .int16: self = unsafe .int16(FlatArray(base: base, count: count, owner: owner))
    case .int8: self = unsafe .int8(FlatArray(base: base, count: count, owner: owner))
    case .float32: self = unsafe .float32(FlatArray(base: base, count: count, owner: owner))
    default: throw .tensor(name: "features", reason: "has elements of type \(type.rawValue)")
    }
  }
}
