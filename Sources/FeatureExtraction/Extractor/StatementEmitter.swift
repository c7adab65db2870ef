import Corpus
import TextProcessing

/// Reads statements one after the other: tokenizes each and has its features emitted.
struct StatementEmitter: ~Copyable {
  private let tokenizer = Tokenizer()
  private(set) var tokens: [Token] = []

  mutating func emit(_ statement: Statement, families: FeatureFamilies, into workspace: inout FeatureWorkspace) {
    let text = statement.text.utf8.span
    tokenizer.tokenize(text, range: FeatureExtractor.readable(text), into: &tokens)
    families.emit(text, tokens: tokens, into: &workspace)
  }
}
