import Crypto
import FoundationEssentials

/// What a model directory holds: each file's length and digests, and how the model came to be.
public struct ModelManifest: Codable, Equatable, Sendable {
  /// The version of the directory's format that this code writes, and the newest that it reads.
  ///
  /// 2: weights as they are scored with, perfect hashes. 1: weights as they were learnt, tables that are probed.
  public static let currentSchema = 2

  /// A file of the model.
  public struct File: Codable, Equatable, Sendable {
    /// The name within the directory.
    public var name: String
    /// The length in bytes.
    public var bytes: Int
    /// The SHA-256 of its bytes, in hexadecimal digits.
    public var sha256: String
    /// The GMAC of its bytes, in hexadecimal digits, by which the file is verified whenever it is opened: it tells damage as surely
    /// as SHA-256 does and takes a fraction of the time (a tenth where vectors of 512 bits multiply without carries). Its key
    /// is all zeros, so it proves nothing against forgers, who could write the manifest anew as well. Nil in models of before
    /// 2026-12.
    public var tag: String?

    /// The entry of a file that is about to be written.
    init(name: String, content: [UInt8]) {
      self.name = name
      bytes = content.count
      sha256 = sha256Hexadecimal(content)
      tag = unsafe content.withUnsafeBytes { unsafe gmacHexadecimal($0) }
    }

    /// Whether these are the file's bytes: by the tag, and by SHA-256 where there is none or `thoroughly` asks for both.
    func verifies(_ content: UnsafeRawBufferPointer, thoroughly: Bool) -> Bool {
      guard content.count == bytes else { return false }
      if let tag, unsafe gmacHexadecimal(content) != tag { return false }
      return unsafe tag != nil && !thoroughly || sha256Hexadecimal(content) == sha256
    }
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
  /// The SHA-256 of this manifest's own bytes, but for the final newline, with these 64 digits written as zeros: a manifest
  /// guards itself too.
  public var digest: String

  private static let unsigned = String(repeating: "0", count: 64)

  /// A manifest of files that are about to be written.
  package init(toolVersion: String, datasetDigest: String, seed: UInt64, files: [String: [UInt8]]) {
    schema = Self.currentSchema
    self.toolVersion = toolVersion
    self.datasetDigest = datasetDigest
    self.seed = seed
    self.files = files.sorted { $0.key < $1.key }.map { File(name: $0.key, content: $0.value) }
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
    var bytes = [UInt8](blank)
    guard let digest = Self.digestRange(in: bytes) else {
      throw .cannotWrite(path: "manifest.json", reason: "it has no digest")
    }
    bytes.replaceSubrange(digest, with: sha256Hexadecimal(bytes).utf8)
    return bytes + [0x0A]
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
    guard let range = Self.digestRange(in: bytes) else { throw damaged("it has no digest") }
    // Every byte is covered, so that not even white space may change.
    var blank = bytes
    blank.replaceSubrange(range, with: Self.unsigned.utf8)
    guard blank.popLast() == 0x0A, sha256Hexadecimal(blank) == manifest.digest else {
      throw damaged("its digest does not fit its bytes")
    }
    self = manifest
  }

  /// Where the 64 digits of a manifest's own digest stand.
  private static func digestRange(in bytes: [UInt8]) -> Range<Int>? {
    let key = Array("\"digest\" : \"".utf8)
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: key) }) else { return nil }
    let digits = start + key.count..<start + key.count + unsigned.utf8.count
    return digits.upperBound <= bytes.count ? digits : nil
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
  return hexadecimal(hash.finalize())
}

/// The GMAC of bytes in memory with a key and a nonce of zeros, as 32 hexadecimal digits.
///
/// NIST SP 800-38D: the tag of AES-GCM where nothing is encrypted.
private func gmacHexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
  let key = SymmetricKey(data: [UInt8](repeating: 0, count: 16))
  do {
    let nonce = try AES.GCM.Nonce(data: [UInt8](repeating: 0, count: 12))
    // Only read, and no longer than the call lasts.
    let content = unsafe bytes.baseAddress.map {
      unsafe Data(bytesNoCopy: .init(mutating: $0), count: bytes.count, deallocator: .none)
    }
    return hexadecimal(try AES.GCM.seal(Data(), using: key, nonce: nonce, authenticating: content ?? Data()).tag)
  } catch {
    preconditionFailure("a key of 16 and a nonce of 12 bytes are what AES-GCM takes: \(error)")
  }
}

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = [UInt8]("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
  return String(decoding: text, as: UTF8.self)
}
