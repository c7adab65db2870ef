/// Why a model could not be read or written.
public enum ModelStoreError: Error, Equatable, Sendable {
  /// There is nothing at the path.
  case missing(path: String)
  /// The path is not a model directory.
  case notAModel(path: String, reason: String)
  /// A file of the model is not there.
  case missingFile(file: String)
  /// A file's bytes are not those that were written.
  case damaged(file: String, reason: String)
  /// The model was written by a newer version of the format.
  case newerSchema(path: String? = nil, found: Int, supported: Int)
  /// The output path holds something that is not a model, which is never overwritten.
  case wouldOverwrite(path: String)
  /// The output path holds a model and something else, which would go with it.
  case wouldDelete(path: String, file: String)
  /// The system refused to read.
  case cannotRead(path: String, reason: String)
  /// The system refused to write.
  case cannotWrite(path: String, reason: String)
  /// A tensor is missing or is not what was asked for.
  case tensor(name: String, reason: String)
}

extension ModelStoreError {
  /// The error of a model at a path, where only its file or tensor has been named.
  package func within(_ path: String) -> ModelStoreError {
    func place(_ file: String) -> String { file.contains("/") ? file : path + "/" + file }
    return switch self {
    case .missingFile(let file): .missingFile(file: place(file))
    case .damaged(let file, let reason): .damaged(file: place(file), reason: reason)
    case .newerSchema(_, let found, let supported): .newerSchema(path: path, found: found, supported: supported)
    case .tensor(let name, let reason):
      .damaged(file: place(ModelDirectory.FileName.tensors), reason: "tensor \(name): \(reason)")
    case .missing, .notAModel, .wouldOverwrite, .wouldDelete, .cannotRead, .cannotWrite: self
    }
  }
}

extension ModelStoreError: CustomStringConvertible {
  /// The message that a user reads.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such model. Give the folder that `standpoint train --output` wrote, or a shipped one."
    case .notAModel(let path, let reason):
      "\(path): not a model directory (\(reason)). A model directory holds manifest.json and model.safetensors."
    case .missingFile(let file):
      "\(file): missing from the model. Restore it from the original, or train the model again."
    case .damaged(let file, let reason):
      "\(file): damaged (\(reason)). Restore it from the original, or train the model again."
    case .newerSchema(let path, let found, let supported):
      "\(path ?? "the model"): has schema version \(found), this standpoint reads up to \(supported). Update standpoint."
    case .wouldOverwrite(let path):
      "\(path): exists and is not a model directory, so it is left alone. Choose another --output, or remove it."
    case .wouldDelete(let path, let file):
      "\(path): holds \(file), which is no part of a model and would be deleted with the old one. Move it elsewhere, or "
        + "choose another --output."
    case .cannotRead(let path, let reason): "\(path): cannot read: \(reason)."
    case .cannotWrite(let path, let reason): "\(path): cannot write: \(reason)."
    case .tensor(let name, let reason): "model.safetensors: tensor \(name): \(reason)."
    }
  }
}
