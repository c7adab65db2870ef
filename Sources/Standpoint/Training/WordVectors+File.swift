import Corpus
public import FeatureExtraction
import Foundation
import ModelStore

extension WordVectors {
  /// The names of the file's tensors.
  private enum TensorName {
    static let words = "words"
    static let elements = "elements"
    static let factors = "factors"
  }

  /// Opens a table of word vectors: a safetensors file with the `words` (UTF-8, a line each), the `elements` (8-bit
  /// integers, a row a word) and the `factors` of the rows. The elements are used where they are mapped.
  ///
  /// - Parameter path: the file, or a folder that holds it as `vectors.safetensors`.
  /// - Throws: `CorpusError` naming the file, where it cannot be read or its parts do not fit.
  public init(contentsOf path: String) throws {
    // A table that is named by its folder is looked for in it.
    var isFolder: ObjCBool = false
    let isThere = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let path = isThere && isFolder.boolValue ? path + "/vectors.safetensors" : path
    do {
      let tensors = try TensorFile(MappedFile(path: path))
      let words: [UInt8] = try tensors.array(TensorName.words, of: .uint8)
      guard case .int8(let elements) = try unsafe StateArray(tensors.view(TensorName.elements)) else {
        throw FeatureExtractionError.invalidState(array: TensorName.elements, problem: "does not hold 8-bit integers")
      }
      let factors: [Float] = try tensors.array(TensorName.factors, of: .float32)
      try self.init(
        words: words.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) },
        elements: elements, factors: FlatArray(factors))
    } catch {
      throw Self.openingError(error, path: path)
    }
  }

  /// What is wrong with a table: the errors below speak of a model and its files, and do not know this one's path.
  private static func openingError(_ error: any Error, path: String) -> any Error {
    let problem: String
    switch error {
    case ModelStoreError.missingFile:
      return CorpusError(
        .notFound, file: path, mend: "check the path, or give --word-vectors none to train without")
    case ModelStoreError.cannotRead(_, let reason): return CorpusError(.notReadable, file: path, found: reason)
    case ModelStoreError.damaged(_, let reason): problem = reason
    case ModelStoreError.tensor(let name, let reason): problem = "the tensor \(name): \(reason)"
    case FeatureExtractionError.invalidState(let array, let reason): problem = "the tensor \(array) \(reason)"
    default: return error
    }
    return CorpusError(
      .unsuitableData, file: path, expected: "a table of word vectors (safetensors with words, elements and factors)",
      found: problem, mend: "name such a table, or give --word-vectors none to train without")
  }
}
