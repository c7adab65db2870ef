/// A list of words and phrases of one class, written for reading: entries part at commas and line ends.
package struct WordList: Sendable {
  /// How an entry is found in a text.
  package enum Matching: Sendable {
    /// Whatever its case.
    case folded
    /// Only as it is written here (`Post` the newspaper, not `post` the message).
    case exact
    /// A verb, found in all its forms, each marked with its tense: the base form of a regular verb, or all forms of an
    /// irregular one (`write/writes/wrote/written/writing`). Of a phrase the first word is inflected.
    case verb
  }

  package let wordClass: WordClass
  package let matching: Matching
  package let text: String

  package init(_ wordClass: WordClass, _ matching: Matching, _ text: String) {
    self.wordClass = wordClass
    self.matching = matching
    self.text = text
  }

  /// A list of words that count whatever their case.
  package init(_ wordClass: WordClass, _ text: String) { self.init(wordClass, .folded, text) }

  /// The entries, in order.
  package var entries: [String] {
    text.split(whereSeparator: { $0 == "," || $0 == "\n" }).map { entry in
      String(entry.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }
}
