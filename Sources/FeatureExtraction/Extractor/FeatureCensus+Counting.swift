import CPlatform
package import LinearAlgebra

extension FeatureCensus {
  /// Whether features that occur once are left to a filter, which costs a second reading.
  package enum Filtering: Sendable {
    case never, whereItPays, always
  }

  /// The features that occur in `minimumDocuments` statements or more, at most `maximumSize` of them, the most frequent
  /// first and equals by their hash: an order that depends on the data alone, and that puts features which are often
  /// needed next to each other. `filtering` changes nothing but the memory that it takes.
  package func features(
    minimumDocuments: Int, maximumSize: Int, filtering: Filtering = .whereItPays, progress: WorkProgress
  ) -> (keys: [UInt64], documents: [UInt32]) {
    var counts = (0..<Self.shareCount).map { _ in FeatureCounts() }
    var isFiltered = false
    read(progress: progress.part(0, of: 2)) { share, keys in
      counts[share].count(keys)
    } pause: { part in
      guard !isFiltered, filtering != .never else { return }
      let occurrences = counts.reduce(0) { $0 + $1.occurrences }
      let expected = Int(Double(occurrences) / part)
      // Where what occurs once is wanted too, it must be much more than is kept.
      let drops = minimumDocuments > 1 || expected / 4 >= maximumSize
      guard filtering == .always || drops && Self.isCrowded(counts.reduce(0) { $0 + $1.counter.count }, occurrences)
      else { return }
      for count in counts { count.beginFiltering(expected: expected / Self.shareCount) }
      isFiltered = true
    }
    if isFiltered {
      for count in counts { count.endFiltering() }
      platform_release_memory()
      if !countAdmitted(counts, minimumDocuments, maximumSize, progress: progress.part(1, of: 2)) {
        counts = (0..<Self.shareCount).map { _ in FeatureCounts() }
        read(progress: progress.part(1, of: 2)) { share, keys in counts[share].count(keys) }
      }
    }
    var found: [CountedFeature] = []
    found.reserveCapacity(counts.reduce(0) { $0 + $1.counter.count(minimumDocuments: minimumDocuments) })
    for count in counts { count.take(minimumDocuments: minimumDocuments, to: &found) }
    platform_release_memory()
    found.sort { ($1.documents, $0.key) < ($0.documents, $1.key) }
    let kept = found.prefix(maximumSize)
    return (kept.map(\.key), kept.map(\.documents))
  }

  /// Whether a table of so many features outweighs what the matrix will hold of what occurs again (some twenty bytes a
  /// feature, eight an entry), and is more than some megabytes.
  private static func isCrowded(_ features: Int, _ occurrences: Int) -> Bool {
    features > 1 << 20 && 20 * features > 8 * (occurrences - features)
  }

  /// Counts what occurs twice or more and, where less is asked for, as many others as may be kept.
  ///
  /// - Returns: whether the others were as many as that.
  private func countAdmitted(
    _ counts: [FeatureCounts], _ minimumDocuments: Int, _ maximumSize: Int, progress: WorkProgress
  ) -> Bool {
    var limit: UInt64?
    if minimumDocuments < 2 {
      // Equals are kept by their hash, so that the first of them are wanted, and a few more in case they are not quite even.
      let others = counts.reduce(0) { $0 + $1.fresh - $1.counter.count }
      let share = 1.02 * Double(maximumSize) / Double(max(others, 1))
      limit = share < 1 ? UInt64(share * 0x1p64) : .max
    }
    read(progress: progress) { share, keys in counts[share].counter.countAdmitted(keys, andUpTo: limit) }
    guard let limit, limit < .max else { return true }
    return counts.reduce(0) { $0 + $1.counter.count(minimumDocuments: 1) } >= maximumSize
  }

  /// In how many statements each column of a hashed space occurs.
  package func columnDocuments(progress: WorkProgress) -> [UInt32] {
    let idleBits = UInt64(64 - keyBits)
    var documents = [UInt32](repeating: 0, count: 1 << keyBits)
    unsafe documents.withUnsafeMutableBufferPointer { documents in
      // A column belongs to one share, so that no two threads write to the same.
      nonisolated(unsafe) let documents = unsafe documents
      read(progress: progress) { _, keys in
        for index in keys.indices { unsafe documents[Int(keys[index] >> idleBits)] += 1 }
      }
    }
    return documents
  }
}

/// What counts the features of one share.
private final class FeatureCounts {
  var counter = DocumentCounter()
  private var seen: SeenFilter?
  /// How many features came, once for each statement.
  private(set) var occurrences = 0
  /// How many of them were surely seen for the first time.
  private(set) var fresh = 0

  /// Counts features, or admits them while there is a filter.
  func count(_ keys: Span<UInt64>) {
    occurrences += keys.count
    guard var filter = seen.take() else { return counter.count(keys) }
    fresh += counter.admit(keys, seen: &filter)
    seen = consume filter
  }

  func beginFiltering(expected: Int) {
    var filter = SeenFilter(expected: expected, shareBits: FeatureCensus.shareBits)
    fresh = counter.count
    counter.hand(to: &filter)
    seen = consume filter
  }

  func endFiltering() { seen = nil }

  /// Appends the features that occur in so many statements or more, and gives back what counted them.
  func take(minimumDocuments: Int, to features: inout [CountedFeature]) {
    var taken = DocumentCounter()
    swap(&taken, &counter)
    taken.append(minimumDocuments: minimumDocuments, to: &features)
  }
}
