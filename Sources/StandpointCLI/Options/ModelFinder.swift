import Foundation
import LinearAlgebra
import Standpoint
import Synchronization

/// Finds models by directory or by the name of a shipped one.
enum ModelFinder {
  /// The models that are shipped and used where none is named.
  static let shipped = ["sourcing-en", "stance-en"]

  /// Opens the models that a user names; the shipped ones where none is named.
  static func open(_ names: [String]) throws -> [(name: String, model: Model)] {
    let paths = try (names.isEmpty ? shipped : names).map { try path(of: $0) }
    // Verifying digests is most of a cold start, so models are opened side by side.
    let models = Mutex([Result<Model, any Error>?](repeating: nil, count: paths.count))
    Workers(threads: paths.count).forEach(paths.count) { index in
      let model = Result { try Model(contentsOf: paths[index]) }
      models.withLock { $0[index] = model }
    }
    return try zip(paths, models.withLock { $0 }).compactMap { path, model in
      guard let model = try model?.get() else { return nil }
      return (URL(fileURLWithPath: path).lastPathComponent, model)
    }
  }

  /// The directory of a model: the one of that path, else a shipped one of that name.
  static func path(of name: String) throws -> String {
    if FileManager.default.fileExists(atPath: name) { return name }
    if !name.contains("/"), let folder = folders.first(where: { isModel($0 + "/" + name) }) {
      return folder + "/" + name
    }
    if shipped.contains(name) {
      throw Failure(
        .noInput,
        "the shipped model \(name) is not in \(folders.joined(separator: ", ")): "
          + "set STANDPOINT_MODELS to the folder of the models, or give --model DIR")
    }
    return name
  }

  /// The shipped table of word vectors.
  static func wordVectors() throws -> String {
    for folder in folders {
      let path = folder + "/word-vectors/vectors.safetensors"
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw Failure(
      .noInput,
      "the table of word vectors is not in \(folders.joined(separator: ", ")): give --word-vectors PATH, or "
        + "--word-vectors none to train without")
  }

  private static func isModel(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/manifest.json")
  }

  /// Where shipped models are looked for: the folder that the environment names, beside the binary as installed, and
  /// in the checkout that the binary was built in.
  private static var folders: [String] {
    if let folder = ProcessInfo.processInfo.environment["STANDPOINT_MODELS"], !folder.isEmpty { return [folder] }
    let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    var folders = [binary.deletingLastPathComponent().path + "/share/standpoint/models"]
    var folder = binary
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let candidate = folder.path + "/Models"
      if FileManager.default.fileExists(atPath: folder.path + "/Package.swift"),
        FileManager.default.fileExists(atPath: candidate)
      {
        folders.append(candidate)
        break
      }
    }
    return folders
  }
}
