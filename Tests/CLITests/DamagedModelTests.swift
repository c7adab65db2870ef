import Foundation
import ModelStore
import TestSupport
import Testing

/// A model whose bytes are not those that were written is never used.
@Suite struct DamagedModelTests {
  private static let files = ["README.md", "config.json", "manifest.json", "metrics.json", "model.safetensors"]

  @Test("a flipped bit anywhere in a file: score, evaluate and verify name the file, exit code 65", arguments: files)
  func flippedBit(file: String) throws {
    let folder = try TemporaryFolder()
    let model = try Fixtures.copy(of: Fixtures.sourcingModel(), in: folder)
    let path = model + "/" + file
    let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<4 {
      var bytes = original
      bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      for arguments in [
        ["score", "-", "--input", "lines", "--model", model], ["evaluate", "--model", model, try Fixtures.data()],
        ["model", "verify", model], ["model", "info", model],
      ] {
        let outcome = try Binary.run(arguments, text: "It rained.\n", environment: Fixtures.runs())
        #expect(outcome.exitCode == 65, "\(arguments) \(outcome.errors)")
        #expect(outcome.errors.contains(file), "\(arguments) \(outcome.errors)")
        #expect(outcome.output.isEmpty)
      }
    }
  }

  @Test("a file cut short or missing is named, exit code 65", arguments: files.filter { $0 != "manifest.json" })
  func cutFile(file: String) throws {
    let folder = try TemporaryFolder()
    let model = try Fixtures.copy(of: Fixtures.sourcingModel(), in: folder)
    let path = model + "/" + file
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.dropLast().write(to: URL(fileURLWithPath: path))
    let cut = try Binary.run(["model", "verify", model])
    #expect(cut.exitCode == 65)
    #expect(cut.errors.contains(path))
    try FileManager.default.removeItem(atPath: path)
    let missing = try Binary.run(["model", "verify", model])
    #expect(missing.exitCode == 65)
    #expect(missing.errors.contains(path))
  }

  @Test(
    "weights that are no numbers are refused although every digest fits, exit code 65",
    arguments: [
      Float.nan, .infinity, -.infinity,
    ])
  func notANumber(value: Float) throws {
    let folder = try TemporaryFolder()
    let model = try Fixtures.copy(of: Fixtures.sourcingModel(), in: folder)
    try forge(model) { try Self.set(firstOf: "weight_factors", to: value, in: &$0) }
    for arguments in [["score", "-", "--input", "lines", "--model", model], ["model", "verify", model]] {
      let outcome = try Binary.run(arguments, text: "It rained.\n")
      #expect(outcome.exitCode == 65)
      #expect(outcome.errors.contains("NaN"))
      #expect(outcome.errors.contains("weight_factors"))
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("of two models the damaged one is named")
  func oneOfTwo() throws {
    let folder = try TemporaryFolder()
    let bad = try Fixtures.copy(of: Fixtures.stanceModel(), in: folder)
    try Data().write(to: URL(fileURLWithPath: bad + "/README.md"))
    let outcome = try Binary.run(
      ["score", "-", "--input", "lines", "--target", "x", "--model", Fixtures.sourcingModel(), "--model", bad],
      text: "It rained.\n")
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("\(bad)/README.md: damaged (0 bytes"), "\(outcome.errors)")
  }

  /// Replaces files of a model, with a manifest that fits them.
  private func forge(_ model: String, _ change: (inout [String: [UInt8]]) throws -> Void) throws {
    var files: [String: [UInt8]] = [:]
    for name in Self.files where name != "manifest.json" {
      files[name] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: model + "/" + name)))
    }
    try change(&files)
    let manifest = ModelManifest(toolVersion: "0.1.0", datasetDigest: "", seed: 1, files: files)
    for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: model + "/" + name)) }
    try Data(manifest.encoded()).write(to: URL(fileURLWithPath: model + "/manifest.json"))
  }

  /// Overwrites the first element of a tensor of 32-bit numbers.
  private static func set(firstOf tensor: String, to value: Float, in files: inout [String: [UInt8]]) throws {
    var weights = try #require(files["model.safetensors"])
    let headerBytes = (0..<8).reduce(0) { $0 | Int(weights[$1]) << (8 * $1) }
    let header = try #require(
      try JSONSerialization.jsonObject(with: Data(weights[8..<8 + headerBytes])) as? [String: [String: Any]])
    let offset = try #require((header[tensor]?["data_offsets"] as? [Int])?.first)
    for byte in 0..<4 {
      weights[8 + headerBytes + offset + byte] = UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32(byte)))
    }
    files["model.safetensors"] = weights
  }

  @Test("settings that make no sense are bad data of the model that is named, not a usage error")
  func impossibleSettings() throws {
    let folder = try TemporaryFolder()
    let model = try Fixtures.copy(of: Fixtures.sourcingModel(), in: folder)
    try forge(model) { files in
      let text = String(decoding: try #require(files["config.json"]), as: UTF8.self)
      let forged = text.replacing(/"maximumSize" : \d+/, with: "\"maximumSize\" : -1")
      #expect(forged != text)
      files["config.json"] = Array(forged.utf8)
    }
    let outcome = try Binary.run(["score", "-", "--input", "lines", "--model", model], text: "It rained.\n")
    #expect(outcome.exitCode == 65, "\(outcome.errors)")
    #expect(outcome.errors.contains("\(model): "), "\(outcome.errors)")
  }

  @Test("an intercept beyond all words is explained and scored all the same", arguments: [1e20, 3e38] as [Float])
  func hugeIntercept(value: Float) throws {
    let folder = try TemporaryFolder()
    let model = try Fixtures.copy(of: Fixtures.sourcingModel(), in: folder)
    try forge(model) { try Self.set(firstOf: "intercepts", to: value, in: &$0) }
    let explained = try Binary.run(["explain", "The tram line opens.", "--model", model])
    #expect(explained.exitCode == 0 && !explained.wasKilled, "\(explained.errors)")
    let scored = try Binary.run(["score", "-", "--input", "lines", "--model", model], text: "The tram line opens.\n")
    #expect(scored.exitCode == 0 && scored.lines.count == 1, "\(scored.errors)")
  }

  @Test("a path that holds no model is named: 66 where nothing is, 65 where something else is")
  func noModel() throws {
    let folder = try TemporaryFolder()
    let missing = try Binary.run(["score", "-", "--model", folder.file("nowhere")], text: "It rained.")
    #expect(missing.exitCode == 66)
    #expect(missing.errors.contains(folder.file("nowhere")))
    let other = try Binary.run(["score", "-", "--model", folder.path], text: "It rained.")
    #expect(other.exitCode == 65)
    #expect(other.errors.contains("manifest.json"))
  }

  @Test("verify says that every byte is as written, and goes on after a damaged model")
  func verifyAll() throws {
    let folder = try TemporaryFolder()
    let good = try Fixtures.sourcingModel()
    let bad = try Fixtures.copy(of: good, in: folder)
    try Data("{}".utf8).write(to: URL(fileURLWithPath: bad + "/metrics.json"))
    let outcome = try Binary.run(["model", "verify", bad, good])
    #expect(outcome.exitCode == 65)
    #expect(outcome.text == "\(good): every byte is as written\n")
    #expect(outcome.errors.contains("\(bad)/metrics.json"))
  }
}
