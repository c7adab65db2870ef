import CPlatform
public import FoundationEssentials
import Glibc

/// A model directory that was read and verified.
public struct ModelDirectory: Sendable {
  /// Where it was read from.
  public let path: String
  /// What it holds.
  public let manifest: ModelManifest
  /// The bytes of `config.json`.
  public let configuration: Data
  /// The bytes of `metrics.json`.
  public let metrics: Data
  /// The model card, `README.md`.
  public let card: String
  /// The weights and whatever else the model learnt.
  public let tensors: TensorFile

  /// The names of the files of a model, beside the manifest.
  package enum FileName {
    package static let manifest = "manifest.json"
    package static let configuration = "config.json"
    package static let tensors = "model.safetensors"
    package static let metrics = "metrics.json"
    package static let card = "README.md"
    package static let contents = [card, configuration, metrics, tensors]
  }

  /// Opens a model and verifies every byte of it before anything is used.
  ///
  /// - Parameter thoroughly: whether files are verified by their SHA-256 as well, not by their tags alone.
  /// - Throws: `ModelStoreError`, which names the file that is missing or damaged by its path.
  /// - Complexity: O(bytes): one pass over the files, two where it is thorough.
  public init(verifying path: String, thoroughly: Bool = false) throws(ModelStoreError) {
    do throws(ModelStoreError) {
      try self.init(reading: path, thoroughly: thoroughly)
    } catch {
      throw error.within(path)
    }
  }

  private init(reading path: String, thoroughly: Bool) throws(ModelStoreError) {
    self.path = path
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .missing(path: path) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .notAModel(path: path, reason: "not a folder") }
    let manifestPath = path + "/" + FileName.manifest
    guard unsafe access(manifestPath, F_OK) == 0 else {
      throw .notAModel(path: path, reason: "no manifest.json in it")
    }
    let manifestFile = try MappedFile(path: manifestPath)
    manifest = try unsafe ModelManifest(verifying: [UInt8](manifestFile.bytes))
    guard manifest.files.map(\.name) == FileName.contents else {
      throw .damaged(file: FileName.manifest, reason: "it lists other files than a model has")
    }
    var files: [String: MappedFile] = [:]
    for file in manifest.files {
      let mapped: MappedFile
      do {
        mapped = try MappedFile(path: path + "/" + file.name)
      } catch .missingFile {
        throw .missingFile(file: file.name)
      }
      guard mapped.count == file.bytes else {
        throw .damaged(file: file.name, reason: "\(mapped.count) bytes, \(file.bytes) were written")
      }
      guard unsafe file.verifies(mapped.bytes, thoroughly: thoroughly) else {
        throw .damaged(file: file.name, reason: "its bytes are not those that were written")
      }
      files[file.name] = mapped
    }
    func bytes(_ name: String) -> [UInt8] { unsafe [UInt8](files[name]!.bytes) }
    configuration = Data(bytes(FileName.configuration))
    metrics = Data(bytes(FileName.metrics))
    card = String(decoding: bytes(FileName.card), as: UTF8.self)
    tensors = try TensorFile(files[FileName.tensors]!)
  }

  /// What a model is written from.
  public struct Contents: Sendable {
    /// The bytes of `config.json`.
    public var configuration: Data
    /// The weights and whatever else the model learnt.
    public var tensors: [Tensor]
    /// The bytes of `metrics.json`.
    public var metrics: Data
    /// The model card.
    public var card: String
    /// The version of the tool that writes.
    public var toolVersion: String
    /// The SHA-256 of the training data.
    public var datasetDigest: String
    /// The seed of training.
    public var seed: UInt64

    /// Gathers what a model is written from.
    public init(
      configuration: Data, tensors: [Tensor], metrics: Data, card: String, toolVersion: String, datasetDigest: String,
      seed: UInt64
    ) {
      self.configuration = configuration
      self.tensors = tensors
      self.metrics = metrics
      self.card = card
      self.toolVersion = toolVersion
      self.datasetDigest = datasetDigest
      self.seed = seed
    }
  }

  /// Checks that a model may be written to `path`: nothing stands there, or a model and nothing else, which will be replaced.
  public static func checkWritable(_ path: String) throws(ModelStoreError) {
    let path = try resolved(path)
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      let parent = parentFolder(of: path)
      guard unsafe access(parent, F_OK) == 0 else {
        throw .cannotWrite(path: path, reason: "there is no folder \(parent)")
      }
      guard unsafe access(parent, W_OK) == 0 else {
        throw .cannotWrite(path: path, reason: "the folder \(parent) is not writable")
      }
      return
    }
    guard status.st_mode & S_IFMT == S_IFDIR,
      let file = try? MappedFile(path: path + "/" + FileName.manifest),
      let manifest = try? unsafe JSONDecoder().decode(ModelManifest.self, from: Data(file.bytes)),
      manifest.files.map(\.name) == FileName.contents
    else { throw .wouldOverwrite(path: path) }
    // The whole folder changes places with the new one, and then goes.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    if let foreign = names.filter({ $0 != FileName.manifest && !FileName.contents.contains($0) }).min() {
      throw .wouldDelete(path: path, file: foreign)
    }
  }

  /// The path of what a path means: where a symbolic link leads to, without a final slash.
  private static func resolved(_ path: String) throws(ModelStoreError) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
    guard let target = unsafe realpath(path, nil) else {
      throw .cannotWrite(path: path, reason: "it is a symbolic link that leads nowhere")
    }
    defer { unsafe free(target) }
    return unsafe String(cString: target)
  }

  /// Writes a model directory in one step: whoever looks sees the old one or the new one, never a part.
  ///
  /// The files are written to a hidden folder beside `path` and forced to disk; then the two folders change places
  /// and the old one is removed. Where `path` is a symbolic link, the folder that it leads to is written.
  public static func write(_ contents: Contents, to path: String) throws(ModelStoreError) {
    let path = try resolved(path)
    try checkWritable(path)
    var files: [String: [UInt8]] = [
      FileName.configuration: [UInt8](contents.configuration),
      FileName.metrics: [UInt8](contents.metrics),
      FileName.card: [UInt8](contents.card.utf8),
      FileName.tensors: Safetensors.encode(contents.tensors),
    ]
    let manifest = ModelManifest(
      toolVersion: contents.toolVersion, datasetDigest: contents.datasetDigest, seed: contents.seed, files: files)
    files[FileName.manifest] = try manifest.encoded()
    let folder = parentFolder(of: path)
    let name = path.split(separator: "/").last.map(String.init) ?? "model"
    let temporary = "\(folder)/.\(name).\(getpid()).tmp"
    _ = try? FileManager.default.removeItem(atPath: temporary)
    guard unsafe mkdir(temporary, 0o777) == 0 else { throw .cannotWrite(path: path, reason: systemMessage(errno)) }
    var finished = false
    defer { if !finished { _ = try? FileManager.default.removeItem(atPath: temporary) } }
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      try writeDurably(bytes, to: temporary + "/" + name)
    }
    syncFolder(temporary)
    if unsafe access(path, F_OK) == 0 {
      if unsafe platform_exchange_paths(temporary, path) != 0 {
        // A file system that cannot exchange: the old model steps aside first.
        let aside = temporary + ".old"
        guard unsafe rename(path, aside) == 0, unsafe rename(temporary, path) == 0 else {
          let reason = systemMessage(errno)
          unsafe rename(aside, path)
          throw .cannotWrite(path: path, reason: reason)
        }
        _ = try? FileManager.default.removeItem(atPath: aside)
      }
    } else if unsafe rename(temporary, path) != 0 {
      throw .cannotWrite(path: path, reason: systemMessage(errno))
    }
    syncFolder(folder)
    // After an exchange the temporary name holds the old model.
    _ = try? FileManager.default.removeItem(atPath: temporary)
    finished = true
  }

  private static func parentFolder(of path: String) -> String {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }
}

/// Writes a new file and forces it to disk.
private func writeDurably(_ bytes: [UInt8], to path: String) throws(ModelStoreError) {
  let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemMessage(errno)) }
  defer { close(descriptor) }
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
    }
    if count < 0 {
      if errno == EINTR { continue }
      throw .cannotWrite(path: path, reason: systemMessage(errno))
    }
    written += count
  }
  guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path, reason: systemMessage(errno)) }
}

/// Forces a folder's names to disk; a file system that cannot is let be, since nothing more can be done.
private func syncFolder(_ path: String) {
  let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
