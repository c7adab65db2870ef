import Corpus
import TextProcessing

/// Reads statements one after the other: tokenizes each and has its features emitted.
struct StatementEmitter: ~Copyable {
  private let tokenizer = Tokenizer()
  /// The tokens of the statement that was read last.
  private(set) var tokens: [Token] = []
  private var targetText: String?
  private var pattern: TargetPattern?

  /// Emits the features that do not depend on anything learnt, as counting needs them.
  mutating func emit(_ statement: Statement, families: FeatureFamilies, into workspace: inout FeatureWorkspace) {
    let target = reference(of: statement)
    let text = statement.text.utf8.span
    tokenizer.tokenize(text, range: FeatureExtractor.readable(text), into: &tokens)
    families.emit(text, tokens: tokens.span, target: target, into: &workspace)
  }

  /// Emits all features of a statement.
  mutating func emit(_ statement: Statement, extractor: FeatureExtractor, into workspace: inout FeatureWorkspace) {
    let target = reference(of: statement)
    let text = statement.text.utf8.span
    tokenizer.tokenize(text, range: FeatureExtractor.readable(text), into: &tokens)
    extractor.emit(text, tokens: tokens.span, target: target, into: &workspace)
  }

  /// The statement's target; its pattern is made anew only where it is another than that of the statement before.
  private mutating func reference(of statement: Statement) -> TargetReference? {
    guard let target = statement.target else { return nil }
    if target != targetText || pattern == nil {
      targetText = target
      pattern = TargetPattern(target)
    }
    return pattern.map { TargetReference(pattern: $0, span: statement.targetSpan) }
  }
}
