import Foundation
import ModelStore
import TestSupport
import Testing

@Suite("Safetensors")
struct SafetensorsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func open(_ bytes: [UInt8]) throws -> TensorFile {
    try TensorFile(MappedFile(path: folder.write(bytes, to: "t.safetensors")))
  }

  @Test("what was written is read again, whatever the order of types")
  func roundTrip() throws {
    let bytes = Safetensors.encode([
      Tensor(name: "bytes", type: .uint8, shape: [3], elements: [1, 2, 3] as [UInt8]),
      Tensor(name: "weights", type: .float32, shape: [2, 2], elements: [1, -2.5, 0, 4] as [Float]),
      Tensor(name: "keys", type: .uint64, shape: [2], elements: [7, UInt64.max] as [UInt64]),
      Tensor(name: "empty", type: .float32, shape: [0, 4], elements: [] as [Float]),
    ])
    let file = try open(bytes)
    #expect(file.names == ["bytes", "empty", "keys", "weights"])
    #expect(try file.array("weights", of: .float32, as: Float.self) == [1, -2.5, 0, 4])
    #expect(try file.array("keys", of: .uint64, as: UInt64.self) == [7, .max])
    #expect(try file.array("bytes", of: .uint8, as: UInt8.self) == [1, 2, 3])
    #expect(try file.array("empty", of: .float32, as: Float.self).isEmpty)
    #expect(file.shape(of: "weights") == [2, 2])
  }

  @Test("a tensor asked for under a wrong name or type is an error that names it")
  func wrongAccess() throws {
    let file = try open(Safetensors.encode([Tensor(name: "a", type: .float32, shape: [1], elements: [1] as [Float])]))
    #expect(throws: ModelStoreError.tensor(name: "b", reason: "missing")) {
      try file.array("b", of: .float32, as: Float.self)
    }
    #expect(throws: ModelStoreError.self) { try file.array("a", of: .uint32, as: UInt32.self) }
  }

  @Test("weights that are not numbers are refused", arguments: [Float.nan, .infinity, -.infinity])
  func notFinite(value: Float) throws {
    let bytes = Safetensors.encode([Tensor(name: "w", type: .float32, shape: [3], elements: [0, value, 1])])
    #expect(throws: ModelStoreError.tensor(name: "w", reason: "holds NaN or infinity")) { try open(bytes) }
  }

  @Test("a file cut anywhere is refused and never traps")
  func cut() throws {
    let bytes = Safetensors.encode([Tensor(name: "w", type: .float32, shape: [4], elements: [1, 2, 3, 4] as [Float])])
    for count in 0..<bytes.count {
      #expect(throws: ModelStoreError.self) { try open(Array(bytes[..<count])) }
    }
  }

  @Test("random damage to the header is refused or read, and never traps")
  func randomDamage() throws {
    let bytes = Safetensors.encode([
      Tensor(name: "w", type: .float32, shape: [4], elements: [1, 2, 3, 4] as [Float]),
      Tensor(name: "k", type: .uint64, shape: [2], elements: [1, 2] as [UInt64]),
    ])
    var generator = SeededGenerator(seed: 11)
    var refused = 0
    for _ in 0..<2000 {
      var copy = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        copy[Int.random(in: 0..<copy.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      if (try? open(copy)) == nil { refused += 1 }
    }
    #expect(refused > 1000)
  }
}
