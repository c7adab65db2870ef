import Corpus
import Standpoint
import TextProcessing

/// Reads an article of any length in bounded memory, block by block.
///
/// A block ends at a blank line, which no sentence crosses, so the sentences are those of the whole. Only text that goes
/// on without a blank line for longer than the longest line that is read is cut at a line break.
struct ArticleBlocks {
  /// Some of an article.
  struct Block {
    /// The block's text and its sentences.
    let article: Article
    /// Where the block begins in the article, in Unicode code points.
    let firstCodePoint: Int
  }

  /// How messages and output name the article.
  let name: String

  /// Which share of the article has been read; nil where its size is not known.
  var fractionRead: Double? { lines.fractionRead }

  /// What is wrong with the first line so far that is not UTF-8.
  private(set) var damage: CorpusError?

  private var lines: LineReader
  private let maximumBytes: Int
  private var codePoints = 0
  private var hasSentences = false
  private var ended = false

  /// A block is at least so long, so that short paragraphs are not segmented one by one.
  private static let usualBytes = 1 << 16

  /// Opens an article.
  ///
  /// - Throws: what opening throws; `binary`.
  init(_ source: InputSource, maximumLineBytes: Int) throws(CorpusError) {
    lines = try LineReader(source, maximumLineBytes: maximumLineBytes)
    name = lines.name
    maximumBytes = max(maximumLineBytes, Self.usualBytes)
  }

  /// The next block; nil at the end.
  ///
  /// - Throws: `lineTooLong`, `readFailed`; `empty` where the whole article holds no sentence.
  mutating func next() throws(CorpusError) -> Block? {
    guard !ended else { return nil }
    var bytes: [UInt8] = []
    while true {
      guard try lines.advance() else {
        ended = true
        break
      }
      lines.append(to: &bytes)
      damage = damage ?? lines.damage
      let isBlank = lines.withLine { line in line.indices.allSatisfy { line[$0] == 0x20 || line[$0] == 0x09 } }
      if bytes.count >= (isBlank ? Self.usualBytes : maximumBytes) { break }
    }
    let article = Article(bytes)
    hasSentences = hasSentences || !article.sentences.isEmpty
    if ended && !hasSentences {
      throw CorpusError(.empty, file: name, found: "no sentence", mend: "give a text")
    }
    var offsets = CodePointOffsets()
    let first = codePoints
    codePoints += offsets.codePoint(ofByte: bytes.count, in: bytes.span)
    return Block(article: article, firstCodePoint: first)
  }
}

extension LineReader {
  /// Appends the current line as it was read, with its ending, and with the byte order mark before the first.
  func append(to bytes: inout [UInt8]) {
    if number == 1, beginsWithMark { bytes += byteOrderMark }
    bytes.append(contentsOf: buffer[line])
    if terminatorBytes == 2 { bytes.append(UInt8(ascii: "\r")) }
    if terminatorBytes > 0 { bytes.append(UInt8(ascii: "\n")) }
  }
}
