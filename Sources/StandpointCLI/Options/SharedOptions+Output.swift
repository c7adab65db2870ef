import Corpus

extension SharedOptions {
  /// Where the command writes: the file of `--output`, which is whole or absent, or standard output.
  func openOutput() throws(CorpusError) -> OutputFile {
    guard let output else { return .standardOutput() }
    return try OutputFile(path: output)
  }
}
