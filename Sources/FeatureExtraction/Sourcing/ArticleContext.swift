import TextProcessing

/// What the sentences of an article say about each other: whether a quotation runs on, and who was speaking.
///
/// A quotation that was opened before and not closed, the attribution of the sentence before or after, and the last
/// speaker become features of a sentence. A statement that stands alone has none of them.
package struct ArticleContext: ~Copyable {
  /// The sentences, in order.
  private var sentences = Scratch<SentenceSummary>()
  /// For how many sentences a quotation has been open when each one begins; 0 where none is.
  private var openFor = Scratch<UInt8>()
  /// The last sentence before each one that names a speaker; -1 where there is none.
  private var speaker = Scratch<Int>()
  private let seed = FeatureHash.seed(.articleContext)

  /// A quotation that has been open for longer is taken for a mark that nobody closed.
  private static let longestQuotation: UInt8 = 12

  /// An article without sentences.
  package init() {}

  /// The number of sentences.
  package var count: Int { sentences.count }

  /// Forgets the article before.
  package mutating func removeAll() {
    sentences.removeAll()
    openFor.removeAll()
    speaker.removeAll()
  }

  /// Adds the next sentence of the article.
  package mutating func append(_ sentence: SentenceSummary) {
    let index = sentences.count
    var open: UInt8 = 0
    var last = -1
    if index > 0 {
      let before = sentences[index - 1]
      let wasOpen = openFor[index - 1]
      let endsOpen = before.marks == 0 ? wasOpen > 0 && !before.isAttributed : before.endsQuoted
      if endsOpen { open = before.marks == 0 ? min(wasOpen + 1, Self.longestQuotation) : 1 }
      if open == Self.longestQuotation { open = 0 }
      last = before.source != .none && before.isSpeech ? index - 1 : speaker[index - 1]
    }
    sentences.append(sentence)
    openFor.append(open)
    speaker.append(last)
  }

  /// Appends the features that its surroundings give the sentence at `index`.
  /// - Complexity: O(1).
  package func appendFeatures(of index: Int, to features: inout Scratch<UInt64>) {
    let own = sentences[index]
    let before = index > 0 ? sentences[index - 1] : SentenceSummary()
    let after = index + 1 < sentences.count ? sentences[index + 1] : SentenceSummary()
    let open = UInt64(openFor[index] == 0 ? 0 : openFor[index] == 1 ? 1 : openFor[index] < 4 ? 2 : 3)
    let isFirst: UInt64 = index == 0 ? 1 : 0
    let isLast: UInt64 = index + 1 == sentences.count ? 1 : 0
    let runsOn: UInt64 = after.beginsQuoted ? 1 : 0
    let ownSource = UInt64(own.source.rawValue)
    let ownState = UInt64(own.quotation) << 1 | (own.addresses ? 1 : 0)
    let last = speaker[index]
    let lastSource = last >= 0 ? UInt64(sentences[last].source.rawValue) : 99
    let distance = last < 0 ? 0 : UInt64(min(index - last, 4))
    let writer = ContextWriter(seed: seed)
    writer.add(1, open, UInt64(own.quotation), to: &features)
    writer.add(2, open, ownSource, runsOn, to: &features)
    writer.add(3, open, lastSource, ownState, to: &features)
    writer.add(4, open, lastSource, ownSource, to: &features)
    writer.add(5, UInt64(before.quotation), UInt64(own.quotation), to: &features)
    writer.add(6, UInt64(before.source.rawValue), UInt64(before.kind.rawValue), ownSource, to: &features)
    writer.add(7, UInt64(before.source.rawValue), UInt64(before.quotation), ownState, to: &features)
    writer.add(8, UInt64(after.source.rawValue), UInt64(after.kind.rawValue), ownState, to: &features)
    writer.add(9, UInt64(after.quotation), UInt64(own.quotation), open, to: &features)
    writer.add(10, UInt64(after.source.rawValue), UInt64(after.quotation), UInt64(own.quotation), to: &features)
    writer.add(11, lastSource, distance, ownState, to: &features)
    writer.add(12, lastSource, ownSource, UInt64(own.kind.rawValue), to: &features)
    writer.add(13, open << 2 | isFirst << 1 | isLast, own.isAttributed ? 1 : 0, to: &features)
    writer.add(14, isFirst, ownSource, to: &features)
    writer.add(15, open, runsOn, own.isAttributed ? 1 : 0, to: &features)
    if last >= 0 {
      let speaking = sentences[last]
      writer.add(16, speaking.head, ownState, open, to: &features)
      writer.add(
        17, lastSource, UInt64(speaking.determiner.rawValue) << 1 | (speaking.isPlural ? 1 : 0), ownSource,
        to: &features)
    }
    let pattern = neighbourhood(index)
    writer.add(18, pattern, own.isAttributed ? 1 : 0, to: &features)
    writer.add(19, pattern, ownState, to: &features)
  }

  /// Which of the two sentences on either side are attributed, and which have quotation marks.
  private func neighbourhood(_ index: Int) -> UInt64 {
    var pattern: UInt64 = 0
    for offset in [-2, -1, 1, 2] {
      pattern <<= 2
      let place = index + offset
      guard place >= 0, place < sentences.count else {
        pattern |= 3
        continue
      }
      if sentences[place].marks > 0 || openFor[place] > 0 {
        pattern |= 1
      } else if sentences[place].isAttributed {
        pattern |= 2
      }
    }
    return pattern
  }
}

/// Hashes tags and observations of the context.
private struct ContextWriter {
  let seed: UInt64

  @inline(__always)
  func add(_ tag: UInt64, _ a: UInt64, _ b: UInt64, to features: inout Scratch<UInt64>) {
    features.append(TextHash.combine(TextHash.combine(TextHash.combine(seed, tag), a), b))
  }

  @inline(__always)
  func add(_ tag: UInt64, _ a: UInt64, _ b: UInt64, _ c: UInt64, to features: inout Scratch<UInt64>) {
    features.append(TextHash.combine(TextHash.combine(TextHash.combine(TextHash.combine(seed, tag), a), b), c))
  }
}
