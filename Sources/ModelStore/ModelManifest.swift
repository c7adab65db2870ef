import Crypto
import FoundationEssentials

/// What a model directory holds: each file's length and SHA-256, and how the model came to be.
public struct ModelManifest: Codable, Equatable, Sendable {
  /// The version of the directory's format that this code writes, and the newest that it reads.
  public static let currentSchema = 1

  /// A file of the model.
  public struct File: Codable, Equatable, Sendable {
    /// The name within the directory.
    public var name: String
    /// The length in bytes.
    public var bytes: Int
    /// The SHA-256 of its bytes, in hexadecimal digits.
    public var sha256: String
  }

  /// The version of the directory's format.
  public var schema: Int
  /// The version of the tool that wrote the model.
  public var toolVersion: String
  /// The SHA-256 of the training data as it was read.
  public var datasetDigest: String
  /// The seed of everything random in training.
  public var seed: UInt64
  /// The files, sorted by name.
  public var files: [File]
  /// The SHA-256 of this manifest's own bytes with these 64 digits written as zeros: a manifest guards itself too.
  public var digest: String

  private static let unsigned = String(repeating: "0", count: 64)

  /// A manifest of files that are about to be written.
  package init(toolVersion: String, datasetDigest: String, seed: UInt64, files: [String: [UInt8]]) {
    schema = Self.currentSchema
    self.toolVersion = toolVersion
    self.datasetDigest = datasetDigest
    self.seed = seed
    self.files = files.sorted { $0.key < $1.key }.map {
      File(name: $0.key, bytes: $0.value.count, sha256: sha256Hexadecimal($0.value))
    }
    digest = Self.unsigned
  }

  /// The manifest's bytes, signed with their own digest.
  package func encoded() throws(ModelStoreError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var copy = self
    copy.digest = Self.unsigned
    guard let blank = try? encoder.encode(copy) else {
      throw .cannotWrite(path: "manifest.json", reason: "its values cannot be written as JSON")
    }
    let text = String(decoding: blank, as: UTF8.self)
    let signed = text.replacing(
      "\"digest\" : \"\(Self.unsigned)\"", with: "\"digest\" : \"\(sha256Hexadecimal([UInt8](blank)))\"")
    return [UInt8]((signed + "\n").utf8)
  }

  /// Reads a manifest and checks it against its own digest.
  package init(verifying bytes: [UInt8]) throws(ModelStoreError) {
    func damaged(_ reason: String) -> ModelStoreError { .damaged(file: "manifest.json", reason: reason) }
    guard let manifest = try? JSONDecoder().decode(ModelManifest.self, from: Data(bytes)) else {
      throw damaged("not a manifest")
    }
    guard manifest.schema <= Self.currentSchema else {
      throw .newerSchema(found: manifest.schema, supported: Self.currentSchema)
    }
    // Compared byte by byte with what this content is written as, so that not even white space may change.
    var copy = manifest
    copy.digest = Self.unsigned
    guard try copy.encoded() == bytes else { throw damaged("its digest does not fit its bytes") }
    self = manifest
  }
}

/// The SHA-256 of bytes, as 64 hexadecimal digits.
package func sha256Hexadecimal(_ bytes: [UInt8]) -> String {
  unsafe bytes.withUnsafeBytes { unsafe sha256Hexadecimal($0) }
}

/// The SHA-256 of bytes in memory, as 64 hexadecimal digits.
package func sha256Hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
  var hash = SHA256()
  unsafe hash.update(bufferPointer: bytes)
  let digits = [UInt8]("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in hash.finalize() { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
  return String(decoding: text, as: UTF8.self)
}
