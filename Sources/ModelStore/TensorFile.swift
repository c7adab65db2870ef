/// The tensors of a model, mapped from `model.safetensors`.
public final class TensorFile: Sendable {
  private let file: MappedFile
  private let locations: [String: Safetensors.Location]

  /// Reads the header of a mapped file and refuses weights that are not numbers.
  package init(_ file: MappedFile) throws(ModelStoreError) {
    self.file = file
    unsafe locations = try Safetensors.decodeHeader(file.bytes)
    for (name, location) in locations.sorted(by: { $0.key < $1.key }) {
      switch location.type {
      case .float32:
        guard try unsafe allFinite(UInt32.self, in: view(name).bytes, exponent: 0x7F80_0000) else {
          throw .tensor(name: name, reason: "holds NaN or infinity")
        }
      case .float16:
        guard try unsafe allFinite(UInt16.self, in: view(name).bytes, exponent: 0x7C00) else {
          throw .tensor(name: name, reason: "holds NaN or infinity")
        }
      default: break
      }
    }
  }

  /// Moves the tensors to memory that is faster to look about in, see `MappedFile.settle`; their addresses stay.
  package func settle() { file.settle() }

  /// The names of the tensors, sorted.
  public var names: [String] { locations.keys.sorted() }

  /// The shape of a tensor, or nil where there is none of that name.
  public func shape(of name: String) -> [Int]? { locations[name]?.shape }

  /// The number of bytes of the whole file.
  public var byteCount: Int { file.count }

  /// The mapped bytes of a tensor and the object that keeps them alive.
  package func view(_ name: String) throws(ModelStoreError) -> TensorView {
    guard let location = locations[name] else { throw .tensor(name: name, reason: "missing") }
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: file.bytes[location.range])
    return unsafe TensorView(type: location.type, shape: location.shape, bytes: bytes, owner: file)
  }

  /// A copy of a tensor's elements.
  package func array<Element: BitwiseCopyable>(
    _ name: String, of type: TensorType, as element: Element.Type = Element.self
  ) throws(ModelStoreError) -> [Element] {
    let view = try unsafe view(name)
    let found = unsafe view.type
    guard found == type else {
      throw .tensor(name: name, reason: "has elements of type \(found.rawValue), not \(type.rawValue)")
    }
    return unsafe [Element](view.elements(as: Element.self))
  }
}

/// A tensor's place in mapped memory.
@unsafe package struct TensorView: @unchecked Sendable {
  /// The type of the elements.
  package let type: TensorType
  /// The length of each dimension.
  package let shape: [Int]
  /// The elements' bytes, valid as long as `owner` lives.
  package let bytes: UnsafeRawBufferPointer
  /// What keeps the memory mapped.
  package let owner: MappedFile

  /// The bytes as elements of the type that `type` names.
  package func elements<Element: BitwiseCopyable>(as element: Element.Type) -> UnsafeBufferPointer<Element> {
    let size = unsafe type.byteCount
    precondition(MemoryLayout<Element>.stride == size, "elements of another size")
    return unsafe bytes.bindMemory(to: Element.self)
  }
}

/// Whether no element has all exponent bits set, which is how infinities and NaN are written.
private func allFinite<Bits: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
  _ type: Bits.Type, in bytes: UnsafeRawBufferPointer, exponent: Bits
) -> Bool {
  // One more than all exponent bits carries into the sign bit. Arithmetic instead of a comparison, so that the loop
  // becomes vector code: every element is looked at whenever a model is opened.
  let unit = exponent & (~exponent &+ 1)
  var carried: Bits = 0
  let elements = unsafe bytes.bindMemory(to: Bits.self)
  for index in elements.indices { unsafe carried |= (elements[index] & exponent) &+ unit }
  return carried >> Bits(Bits.bitWidth - 1) == 0
}
