package import Corpus
import TextProcessing

/// The features that surroundings give to each of many sentences: found once for an article, then read by any thread.
package struct ArticleSurroundings: Sendable {
  private var features: [UInt64] = []
  /// Where the features of each sentence begin, and where the last ones end.
  private var offsets: [Int] = [0]

  /// The number of sentences.
  package var count: Int { offsets.count - 1 }

  /// The surroundings of the sentences of one article, which stand at `ranges` in `bytes`.
  /// - Complexity: O(bytes).
  package init(sentences ranges: [Range<Int>], in bytes: Span<UInt8>, lexicon: Lexicon) {
    var reader = Reader(lexicon: lexicon)
    for range in ranges { reader.read(bytes.extracting(range)) }
    finish(&reader)
  }

  /// The surroundings of statements: those of one group that follow each other are taken for sentences of one article,
  /// in order. A statement without a group stands alone and has none.
  /// - Complexity: O(bytes).
  package init(of statements: [Statement], lexicon: Lexicon) {
    var reader = Reader(lexicon: lexicon)
    for (index, statement) in statements.enumerated() {
      let isAlone = statement.group == nil
      if index > 0, isAlone || statement.group != statements[index - 1].group { finish(&reader) }
      if isAlone {
        offsets.append(features.count)
      } else {
        var text = statement.text
        text.makeContiguousUTF8()
        reader.read(text.utf8.span)
      }
    }
    finish(&reader)
  }

  private mutating func finish(_ reader: inout Reader) {
    // One sentence has no surroundings: it is a statement that stands alone.
    let hasSurroundings = reader.context.count > 1
    for index in 0..<reader.context.count {
      if hasSurroundings {
        reader.features.removeAll()
        reader.context.appendFeatures(of: index, to: &reader.features)
        for feature in 0..<reader.features.count { features.append(reader.features[feature]) }
      }
      offsets.append(features.count)
    }
    reader.context.removeAll()
  }

  /// Puts the features of one sentence where the next emission finds them.
  package func load(_ index: Int, into workspace: inout FeatureWorkspace) {
    workspace.sourcing.surroundings.removeAll()
    for feature in offsets[index]..<offsets[index + 1] { workspace.sourcing.surroundings.append(features[feature]) }
  }

  /// The same without what surrounds every other statement, as the text itself decides: a model that is trained with it
  /// must know what to do with a statement alone.
  package func thinned(_ statements: [Statement]) -> ArticleSurroundings {
    var thinned = self
    thinned.features.removeAll()
    thinned.offsets = [0]
    for (index, statement) in statements.enumerated() {
      if TextHash.hash(statement.text) & 1 == 0 {
        thinned.features += features[offsets[index]..<offsets[index + 1]]
      }
      thinned.offsets.append(thinned.features.count)
    }
    return thinned
  }

  /// Reads sentences one after the other.
  private struct Reader: ~Copyable {
    let lexicon: Lexicon
    let tokenizer = Tokenizer()
    var tokens: [Token] = []
    var parser = AttributionParser()
    var context = ArticleContext()
    var features = Scratch<UInt64>()

    init(lexicon: Lexicon) { self.lexicon = lexicon }

    mutating func read(_ text: Span<UInt8>) {
      var tokens: [Token] = []
      swap(&tokens, &self.tokens)
      tokenizer.tokenize(text, range: FeatureExtractor.readable(text), into: &tokens)
      let lexicon = lexicon
      parser.parse(tokens.span.extracting(first: FeatureExtractor.maximumTokenCount), text: text, lexicon: lexicon)
      let summary = SentenceSummary(parser)
      context.append(summary)
      swap(&tokens, &self.tokens)
    }
  }
}
