/// Finds the sentences of a text that users really have: news articles, also machine-translated and badly formatted.
///
/// Lines come first (`LineJoining`): a blank line ends a sentence, a line break does unless the text is hard-wrapped.
/// What lies between two such ends is walked once, and at each stop (`. ! ? … 。 ！ ？`) the rules of `SentenceScan` look
/// at a bounded number of bytes around it. Quotation marks never hide a stop: a quotation of several sentences is cut
/// at its sentences, and what attributes a quotation (`"…?" he asked.`) stays with the sentence before the mark.
///
/// Every visible byte belongs to exactly one sentence.
public struct SentenceSegmenter: Sendable {
  /// A sentence: where it stands, and in what context.
  public struct Sentence: Equatable, Sendable {
    /// Its bytes in the text, without white space at the ends.
    public var range: Range<Int>
    /// A double quotation that was opened in an earlier sentence of the paragraph goes on where this one starts.
    public var startsInsideQuote: Bool
    /// The number of its paragraph, from 0. A headline and a list item are paragraphs too.
    public var paragraph: Int

    /// Creates a sentence.
    public init(range: Range<Int>, startsInsideQuote: Bool, paragraph: Int) {
      self.range = range
      self.startsInsideQuote = startsInsideQuote
      self.paragraph = paragraph
    }
  }

  /// Creates a segmenter.
  public init() {}

  /// The sentences of UTF-8 bytes, which may be damaged, in order.
  /// - Complexity: O(*n*).
  package func sentences(in bytes: Span<UInt8>) -> [Sentence] {
    var scan = SentenceScan()
    LineJoining.forEachParagraph(of: bytes) { scan.run(bytes, paragraph: $0) }
    return scan.sentences
  }

  /// The sentences of UTF-8 bytes, which may be damaged, in order.
  /// - Complexity: O(*n*).
  public func sentences(in bytes: [UInt8]) -> [Sentence] { sentences(in: bytes.span) }

  /// The sentences of a string; their ranges count its UTF-8 bytes.
  /// - Complexity: O(*n*).
  public func sentences(in text: String) -> [Sentence] { sentences(in: Array(text.utf8)) }
}
