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
  /// - Throws: `ModelStoreError` for a file that cannot be read, `FeatureExtractionError` where its parts do not fit.
  public init(contentsOf path: String) throws {
    // A table that is named by its folder is looked for in it.
    let inFolder = path + "/vectors.safetensors"
    let file = try MappedFile(path: FileManager.default.fileExists(atPath: inFolder) ? inFolder : path)
    let tensors = try TensorFile(file)
    let words: [UInt8] = try tensors.array(TensorName.words, of: .uint8)
    guard case .int8(let elements) = try unsafe StateArray(tensors.view(TensorName.elements)) else {
      throw FeatureExtractionError.invalidState(array: TensorName.elements, problem: "does not hold 8-bit integers")
    }
    let factors: [Float] = try tensors.array(TensorName.factors, of: .float32)
    try self.init(
      words: words.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) },
      elements: elements, factors: FlatArray(factors))
  }
}
