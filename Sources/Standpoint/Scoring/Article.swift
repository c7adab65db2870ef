import Corpus
package import FeatureExtraction
import TextProcessing

/// An article cut into sentences, ready to be scored sentence by sentence.
public struct Article: Sendable {
  /// A sentence and its place in the article.
  public struct Sentence: Equatable, Sendable {
    /// Where it stands in `bytes`.
    public var bytes: Range<Int>
    /// Where it stands in the article, in Unicode code points as Python counts them; a byte order mark is one of them.
    public var codePoints: Range<Int>
    /// Whether a quotation that was opened before is still open where the sentence begins.
    public var startsInsideQuote: Bool
    /// The number of its paragraph.
    public var paragraph: Int
  }

  /// The article as it was read.
  public let bytes: [UInt8]
  /// The sentences, in order.
  public let sentences: [Sentence]

  /// Finds the sentences of an article in UTF-8 text, whatever its state.
  ///
  /// - Complexity: linear in the number of bytes.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // The mark belongs to no sentence.
    let mark = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    var offsets = CodePointOffsets()
    let text = bytes.span.extracting(mark..<bytes.count)
    sentences = SentenceSegmenter().sentences(in: text).map { sentence in
      let range = sentence.range.lowerBound + mark..<sentence.range.upperBound + mark
      return Sentence(
        bytes: range, codePoints: offsets.codePoints(of: range, in: bytes.span),
        startsInsideQuote: sentence.startsInsideQuote, paragraph: sentence.paragraph)
    }
  }

  /// Scores sentences.
  ///
  /// - Parameters:
  ///   - surroundings: what `Scorer.surroundings(of:)` found in this article.
  ///   - answered: called with each sentence's number and the answers to it, in order.
  /// - Precondition: the scorer has a target for every model that needs one.
  package func score(
    _ range: Range<Int>, with scorer: Scorer, surroundings: ArticleSurroundings?, workspace: inout ScoringWorkspace,
    answered: (Int, borrowing StatementAnswers) -> Void
  ) {
    let first = range.lowerBound
    do throws(StandpointError) {
      try scorer.score(
        range.count, workspace: &workspace, place: { "sentence \(first + $0 + 1)" },
        text: { sentences[first + $0].bytes }, in: bytes.span, surroundings: surroundings, first: first
      ) { answered(first + $0, $1) }
    } catch {
      preconditionFailure("articles are scored only where every model has its target: \(error)")
    }
  }
}
