import CPlatform
package import TextProcessing

/// Words and pairs of words in a hashed space, from the hashes of tokens straight to columns: no units, no keys, no
/// look-ups.
///
/// For models that read nothing but single words and pairs in any case. What it finds is what `WordNGrams` and the
/// extractor's columns give, in another order; a test holds both equal.
package struct HashedWords: Sendable {
  /// The kinds of tokens that take part, a bit each.
  let kinds: UInt32
  /// How occurrences count.
  let weighting: Weighting
  /// Which of the columns that are found for the words of a statement are asked for: from the first on, each so many. The
  /// first of all, a pair with the word before the statement, never is.
  let wanted: (first: Int, step: Int)
  private let seed = FeatureHash.seed(.words)
  private let shift: Int
  /// Whether words are hashed side by side where the processor can.
  private let usesVectors: Bool

  /// Nil where the extractor reads more than that, or has a vocabulary.
  package init?(_ extractor: FeatureExtractor, usesVectors: Bool = true) {
    guard let words = extractor.configuration.words, words.orders.upperBound <= 2,
      case .hashed(let bits) = extractor.configuration.space, extractor.families.readsOnlyFoldedWords
    else { return nil }
    kinds = extractor.families.kinds
    weighting = extractor.weighting(of: .words)
    wanted =
      switch (words.orders.lowerBound, words.orders.upperBound) {
      case (1, 1): (1, 2)
      case (1, _): (1, 1)
      default: (2, 2)
      }
    shift = 64 - bits
    self.usesVectors = usesVectors
  }

  /// Replaces `columns` by two for each word: that of the pair it makes with the word before, and its own.
  ///
  /// - Parameter asked: asked for the row and the rarity of each column, where they are given, to have them a good while later.
  /// - Complexity: O(words).
  package func findColumns(
    of words: borrowing FoldedWords, into columns: inout Scratch<UInt32>,
    asking asked: AskedRows? = nil
  ) {
    columns.removeAll()
    let count = words.count
    columns.appendWritten(limit: 2 * (count + FoldedWords.margin)) { columns in
      if !usesVectors || !findSideBySide(words.list.span, count, &columns, asked) {
        findOneByOne(words.list.span, count, &columns)
        if let asked {
          for index in 0..<2 * count {
            asked.rows.prefetchForLater(columns[index])
            asked.rarities?.prefetchForLater(columns[index])
          }
        }
      }
      return 2 * count
    }
  }

  /// The plain twin.
  private func findOneByOne(_ words: Span<FoldedWord>, _ count: Int, _ columns: inout MutableSpan<UInt32>) {
    var before: UInt64 = 0
    for index in 0..<count {
      let hash = words[index].hash
      columns[2 * index] = UInt32(truncatingIfNeeded: TextHash.combine(before, hash) >> UInt64(shift))
      before = TextHash.combine(seed, hash)
      columns[2 * index + 1] = UInt32(truncatingIfNeeded: before >> UInt64(shift))
    }
  }

  /// Eight words at a time; false where the processor cannot.
  private func findSideBySide(
    _ words: Span<FoldedWord>, _ count: Int, _ columns: inout MutableSpan<UInt32>,
    _ asked: AskedRows?
  ) -> Bool {
    precondition(words.count >= count + FoldedWords.margin && columns.count >= 2 * (count + FoldedWords.margin))
    var keys = platform_hash_keys(
      seed: TextHash.seed, chunk: TextHash.chunkKey, finish: TextHash.finishKey, left: TextHash.leftKey,
      right: TextHash.rightKey, word: seed, number: TokenClassHash.number)
    return unsafe words.withUnsafeBytes { words in
      unsafe columns.withUnsafeMutableBufferPointer { columns in
        guard let words = words.baseAddress, let columns = columns.baseAddress else { return false }
        let list = unsafe words.assumingMemoryBound(to: platform_word.self)
        // Checked: there is as much to read and to write as the loop asks for.
        guard let asked else { return unsafe platform_hash_words(list, count, &keys, CInt(shift), nil, columns) != 0 }
        var rows = unsafe platform_rows(
          rows: asked.rows.base, stride: asked.rows.stride,
          rarities: asked.rarities?.base.assumingMemoryBound(to: Float.self))
        return unsafe platform_hash_words(list, count, &keys, CInt(shift), &rows, columns) != 0
      }
    }
  }
}

/// Where the weights of columns, and the weights of their rarity if there are any, are to be asked for.
package struct AskedRows {
  let rows: FlatArray<Int16>.Addresses
  let rarities: FlatArray<Float>.Addresses?
}
