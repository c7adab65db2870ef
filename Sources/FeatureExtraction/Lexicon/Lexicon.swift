package import TextProcessing

/// What is known of words and phrases: a table from the hashes of one to six tokens to their ``WordClasses``.
///
/// The table is a trie laid out by open addressing: the key of a phrase is `combine` of the key of the phrase without
/// its last token and the hash of that token, and every beginning of a phrase is marked as one, so that a search reads
/// on only where a longer phrase exists. Words that count in any letter case are keyed by their folded hash, the others
/// by their exact hash under another seed. The two flat arrays are all there is; a model stores them, so that later
/// changes of the lists do not change what an old model reads.
package struct Lexicon: Sendable, Equatable {
  /// The key of each slot; 0 is an empty slot.
  package let keys: FlatArray<UInt64>
  /// The classes of each slot; the highest bit marks the beginning of a longer phrase.
  package let values: FlatArray<UInt64>
  /// A bit for each value of a key's upper sixteen bits: where it is 0, the table does not have the key. Most words are
  /// in no list, and these 8 KB stay near, where a look at the table goes far.
  private let marks: [UInt64]

  /// The longest phrase, in tokens.
  package static let longestPhrase = 6

  static let continues: UInt64 = 1 << 63
  static let foldedSeed = TextHash.hash("\u{1}folded")
  static let exactSeed = TextHash.hash("\u{1}exact")

  /// Uses stored arrays.
  ///
  /// - Throws: `FeatureExtractionError.invalidState` where they are not a table.
  /// - Complexity: O(slots).
  package init(keys: FlatArray<UInt64>, values: FlatArray<UInt64>) throws(FeatureExtractionError) {
    guard keys.count == values.count, keys.count > 0, keys.count & (keys.count - 1) == 0 else {
      throw .invalidState(array: "lexicon", problem: "does not hold as many keys as classes, a power of two")
    }
    guard (0..<keys.count).contains(where: { keys[$0] == 0 }) else {
      throw .invalidState(array: "lexicon", problem: "has no empty slot")
    }
    self.keys = keys
    self.values = values
    marks = Self.marks(of: keys)
  }

  private static func marks(of keys: FlatArray<UInt64>) -> [UInt64] {
    var marks = [UInt64](repeating: 0, count: 1 << 10)
    for index in 0..<keys.count where keys[index] != 0 {
      marks[Int(keys[index] >> 54)] |= 1 << (keys[index] >> 48 & 63)
    }
    return marks
  }

  /// Compiles word lists.
  ///
  /// - Precondition: no entry is longer than ``longestPhrase`` tokens.
  package init(_ lists: [WordList]) {
    var table: [UInt64: UInt64] = [:]
    for list in lists {
      for entry in list.entries {
        switch list.matching {
        case .folded: Self.insert(entry, classes: [list.wordClass], exact: false, into: &table)
        case .exact: Self.insert(entry, classes: [list.wordClass], exact: true, into: &table)
        case .verb:
          for form in VerbForms(entry).forms {
            Self.insert(form.text, classes: [list.wordClass, form.tense], exact: false, into: &table)
          }
        }
      }
    }
    var slotCount = 16
    while slotCount < table.count * 2 { slotCount *= 2 }
    var keys = [UInt64](repeating: 0, count: slotCount)
    var values = keys
    // Sorted, so that equal lists give equal tables whatever the order of a dictionary.
    for (key, value) in table.sorted(by: { $0.key < $1.key }) {
      var slot = Int(truncatingIfNeeded: key) & (slotCount - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
      keys[slot] = key
      values[slot] = value
    }
    self.keys = FlatArray(keys)
    self.values = FlatArray(values)
    marks = Self.marks(of: self.keys)
  }

  private static func insert(
    _ entry: String, classes: [WordClass], exact: Bool, into table: inout [UInt64: UInt64]
  ) {
    let tokens = Tokenizer().tokens(of: entry)
    precondition(!tokens.isEmpty && tokens.count <= longestPhrase, "\"\(entry)\" has \(tokens.count) tokens")
    var key = exact ? exactSeed : foldedSeed
    for (index, token) in tokens.enumerated() {
      key = TextHash.combine(key, exact ? token.exactHash : token.foldedHash)
      if index + 1 < tokens.count { table[key, default: 0] |= continues }
    }
    for wordClass in classes { table[key, default: 0] |= WordClasses(wordClass).rawValue }
  }

  /// Asks for the slot of a key that will be looked up soon.
  @inline(__always)
  private func prefetch(_ key: UInt64) {
    let slot = Int(truncatingIfNeeded: key) & (keys.count - 1)
    keys.prefetch(slot)
    values.prefetch(slot)
  }

  /// 0 where the table certainly does not have a key, else 1.
  @inline(__always)
  private static func mark(of key: UInt64, _ marks: Span<UInt64>) -> UInt64 {
    marks[Int(truncatingIfNeeded: key &>> 54)] &>> (key &>> 48) & 1
  }

  /// The value of a key; 0 where the table does not have it.
  @inline(__always)
  private func value(of key: UInt64) -> UInt64 {
    if Self.mark(of: key, marks.span) == 0 { return 0 }
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while true {
      let found = keys[slot]
      if found == key { return values[slot] }
      if found == 0 { return 0 }
      slot = (slot + 1) & mask
    }
  }

  /// The classes of each token: those of the longest phrase that it belongs to, phrases being found from left to right,
  /// else its own.
  ///
  /// - Complexity: O(tokens · ``longestPhrase``).
  package func classify(_ tokens: Span<Token>, into classes: inout Scratch<UInt64>) {
    let (foldedSeed, exactSeed) = (Self.foldedSeed, Self.exactSeed)
    markBeginnings(of: tokens, in: &classes)
    classes.withMutableSpan { classes in
      var start = 0
      while start < tokens.count {
        let beginnings = classes[start]
        // Many words are in no list, and few are in one as they are written.
        if beginnings == 0 {
          start += 1
          continue
        }
        let folded =
          beginnings & 1 == 0 ? (classes: 0, length: 0) : longest(tokens, from: start, seed: foldedSeed, exact: false)
        let exact =
          beginnings & 2 == 0 ? (classes: 0, length: 0) : longest(tokens, from: start, seed: exactSeed, exact: true)
        let length = max(folded.length, exact.length, 1)
        let found =
          (folded.length == length ? folded.classes : 0) | (exact.length == length ? exact.classes : 0)
        for index in start..<(start + length) { classes[index] = found }
        start += length
      }
    }
  }

  /// Fills `classes` with two bits for each token, whether it may begin an entry in any case and one as it is written, and
  /// asks for slots: all at once, so that nothing waits for memory word by word.
  private func markBeginnings(of tokens: Span<Token>, in classes: inout Scratch<UInt64>) {
    let (folded, exact) = (Self.foldedSeed, Self.exactSeed)
    let marks = marks.span
    classes.removeAll()
    classes.extend(limit: tokens.count) { classes in
      for index in tokens.indices {
        // Most entries count in any case, so only their slots are asked for; the first one where there is none.
        let key = TextHash.combine(folded, tokens[index].foldedHash)
        let foldedMark = Self.mark(of: key, marks)
        prefetch(key & (0 &- foldedMark))
        let exactMark = Self.mark(of: TextHash.combine(exact, tokens[index].exactHash), marks)
        classes.append(foldedMark | exactMark &<< 1)
      }
    }
  }

  @inline(__always)
  private func longest(
    _ tokens: Span<Token>, from start: Int, seed: UInt64, exact: Bool
  ) -> (classes: UInt64, length: Int) {
    var best: (classes: UInt64, length: Int) = (0, 0)
    var key = seed
    for index in start..<min(start + Self.longestPhrase, tokens.count) {
      key = TextHash.combine(key, exact ? tokens[index].exactHash : tokens[index].foldedHash)
      let found = value(of: key)
      let classes = found & ~Self.continues
      if classes != 0 { best = (classes, index - start + 1) }
      if found & Self.continues == 0 { break }
    }
    return best
  }

  /// The lists of the project, compiled once.
  package static let english = Lexicon(WordList.english)
  /// What features of a target read of the lists, and words of praise and blame. It is apart, so that features of attribution
  /// stay as they are.
  package static let target = Lexicon(WordList.cues + WordList.grammar + WordList.polarity)
}
