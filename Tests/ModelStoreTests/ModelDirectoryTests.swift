import Foundation
import ModelStore
import TestSupport
import Testing

@Suite("Model directory")
struct ModelDirectoryTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func contents(weights: [Float] = [1, 2, 3, 4]) -> ModelDirectory.Contents {
    ModelDirectory.Contents(
      configuration: Data(#"{"task":"stance"}"#.utf8),
      tensors: [Tensor(name: "weights", type: .float32, shape: [weights.count], elements: weights)],
      metrics: Data("{}".utf8), card: "# A card\n", toolVersion: "0.1.0",
      datasetDigest: String(repeating: "a", count: 64),
      seed: 7)
  }

  @Test("what was written is verified and read again")
  func roundTrip() throws {
    let path = folder.file("model")
    try ModelDirectory.write(contents(), to: path)
    let model = try ModelDirectory(verifying: path)
    #expect(model.card == "# A card\n")
    #expect(model.manifest.seed == 7)
    #expect(try model.tensors.array("weights", of: .float32, as: Float.self) == [1, 2, 3, 4])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model"])
  }

  @Test("the same contents are written as the same bytes")
  func reproducible() throws {
    try ModelDirectory.write(contents(), to: folder.file("a"))
    try ModelDirectory.write(contents(), to: folder.file("b"))
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("a")) {
      #expect(
        FileManager.default.contents(atPath: folder.file("a/\(name)"))
          == FileManager.default.contents(atPath: folder.file("b/\(name)")), "\(name)")
    }
  }

  @Test("a flip of any byte of any file is found, and the file named")
  func everyByte() throws {
    let path = folder.file("model")
    try ModelDirectory.write(contents(), to: path)
    for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
      let file = path + "/" + name
      let original = try [UInt8](Data(contentsOf: URL(fileURLWithPath: file)))
      for index in original.indices {
        var damaged = original
        damaged[index] ^= 1 << UInt8(index % 8)
        try Data(damaged).write(to: URL(fileURLWithPath: file))
        do {
          _ = try ModelDirectory(verifying: path)
          Issue.record("\(name): byte \(index) was changed and nobody noticed")
        } catch ModelStoreError.damaged(let named, _) {
          #expect(named == file)
        } catch ModelStoreError.newerSchema {
          #expect(name == "manifest.json")
        }
      }
      for damaged in [Array(original.dropLast()), original + [0x20], []] {
        try Data(damaged).write(to: URL(fileURLWithPath: file))
        #expect(throws: ModelStoreError.self, "\(name)") { try ModelDirectory(verifying: path) }
      }
      try Data(original).write(to: URL(fileURLWithPath: file))
      _ = try ModelDirectory(verifying: path)
    }
  }

  @Test("a long file is verified to its last byte, also in a manifest without tags", arguments: [true, false])
  func longFile(hasTags: Bool) throws {
    let path = folder.file("model")
    try ModelDirectory.write(contents(weights: (0..<700_001).map(Float.init)), to: path)
    if !hasTags { try removeTags(path + "/manifest.json") }
    let manifest = try ModelDirectory(verifying: path).manifest
    #expect(manifest.files.allSatisfy { ($0.tag != nil) == hasTags })
    let file = path + "/model.safetensors"
    let original = try [UInt8](Data(contentsOf: URL(fileURLWithPath: file)))
    for index in [0, 1 << 20, 2 << 20, original.count - 1] {
      var damaged = original
      damaged[index] ^= 4
      try Data(damaged).write(to: URL(fileURLWithPath: file))
      #expect(throws: ModelStoreError.self) { try ModelDirectory(verifying: path) }
    }
    try Data(original).write(to: URL(fileURLWithPath: file))
    _ = try ModelDirectory(verifying: path)
  }

  @Test("a file that has its tag but not its SHA-256 is found by a thorough look alone")
  func thorough() throws {
    let path = folder.file("model")
    try ModelDirectory.write(contents(), to: path)
    let file = path + "/manifest.json"
    var manifest = try ModelDirectory(verifying: path, thoroughly: true).manifest
    manifest.files[0].sha256 = String(repeating: "0", count: 64)
    try Data(manifest.encoded()).write(to: URL(fileURLWithPath: file))
    _ = try ModelDirectory(verifying: path)
    #expect(throws: ModelStoreError.self) { try ModelDirectory(verifying: path, thoroughly: true) }
  }

  /// Makes a manifest one of before 2026-12.
  private func removeTags(_ path: String) throws {
    var manifest = try ModelManifest(verifying: [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    for index in manifest.files.indices { manifest.files[index].tag = nil }
    try Data(manifest.encoded()).write(to: URL(fileURLWithPath: path))
  }

  @Test("a missing file is named; files that changed places are found")
  func missingAndSwapped() throws {
    let path = folder.file("model")
    try ModelDirectory.write(contents(), to: path)
    try FileManager.default.moveItem(atPath: path + "/metrics.json", toPath: folder.file("aside"))
    #expect(throws: ModelStoreError.missingFile(file: path + "/metrics.json")) { try ModelDirectory(verifying: path) }
    try FileManager.default.moveItem(atPath: path + "/config.json", toPath: path + "/metrics.json")
    try FileManager.default.moveItem(atPath: folder.file("aside"), toPath: path + "/config.json")
    #expect(throws: ModelStoreError.self) { try ModelDirectory(verifying: path) }
  }

  @Test("a model is replaced in one step; any other folder or file is left alone")
  func replacing() throws {
    let path = folder.file("model")
    try ModelDirectory.write(contents(), to: path)
    try ModelDirectory.write(contents(weights: [9]), to: path + "/")
    #expect(try ModelDirectory(verifying: path).tensors.array("weights", of: .float32, as: Float.self) == [9])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model"])
    let other = folder.file("thesis")
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
    try Data("years of work".utf8).write(to: URL(fileURLWithPath: other + "/draft.txt"))
    #expect(throws: ModelStoreError.wouldOverwrite(path: other)) { try ModelDirectory.write(contents(), to: other) }
    #expect(FileManager.default.contents(atPath: other + "/draft.txt") == Data("years of work".utf8))
    let file = try folder.write("a file", to: "file")
    #expect(throws: ModelStoreError.wouldOverwrite(path: file)) { try ModelDirectory.write(contents(), to: file) }
    #expect(throws: ModelStoreError.self) { try ModelDirectory.write(contents(), to: folder.file("no/such/folder")) }
  }

  @Test("what is not a model says so")
  func notAModel() throws {
    #expect(throws: ModelStoreError.missing(path: folder.file("none"))) {
      try ModelDirectory(verifying: folder.file("none"))
    }
    let file = try folder.write("text", to: "file")
    #expect(throws: ModelStoreError.notAModel(path: file, reason: "not a folder")) {
      try ModelDirectory(verifying: file)
    }
    #expect(throws: ModelStoreError.notAModel(path: folder.path, reason: "no manifest.json in it")) {
      try ModelDirectory(verifying: folder.path)
    }
  }
}
