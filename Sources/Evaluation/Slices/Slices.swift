public import LinearAlgebra

/// The scores of parts of the items: one part for each value of an attribute.
public struct Slices: Equatable, Sendable {
  /// The items of one value.
  public struct Part: Equatable, Sendable {
    /// The value of the attribute.
    public let value: String
    /// The number of items.
    public let count: Int
    /// The metrics asked for, on these items.
    public let estimates: [MetricEstimate]
  }

  /// The metrics of slices where nothing else is asked for.
  public static let defaultMetrics: [Metric] = [.macroF1, .accuracy]

  /// The attribute.
  public let attribute: String
  /// The parts: text lengths by rising length, other attributes with the most items first, then by value.
  public let parts: [Part]

  /// Cuts predictions by an attribute, or nothing if there is no such attribute.
  ///
  /// `length` means the length of the text in characters (Unicode code points) in bins that double, and `group` the items'
  /// groups, unless the data have a column of that name.
  public init?(
    _ predictions: Predictions, attribute: String, metrics: [Metric] = Slices.defaultMetrics, bootstrap: Bootstrap?,
    progress: WorkProgress = .ignored
  ) {
    let keys: [Key]
    if let column = predictions.attributes[attribute] {
      keys = column.map { Key(rank: 0, value: $0) }
    } else if attribute == "group", let groups = predictions.groups {
      keys = groups.map { Key(rank: 0, value: $0) }
    } else if attribute == "length", let texts = predictions.texts {
      keys = texts.map(Key.init(lengthOf:))
    } else {
      return nil
    }
    var items: [Key: [Int]] = [:]
    for (item, key) in keys.enumerated() { items[key, default: []].append(item) }
    let ordered = items.sorted {
      ($0.key.rank, $1.value.count, $0.key.value) < ($1.key.rank, $0.value.count, $1.key.value)
    }
    self.attribute = attribute
    @Sendable func part(_ index: Int, _ bootstrap: Bootstrap?, _ progress: WorkProgress) -> Part {
      let (key, items) = ordered[index]
      let selected = predictions.selecting(items)
      let estimates =
        bootstrap?.estimates(of: metrics, on: selected, progress: progress)
        ?? zip(metrics, Bootstrap.values(of: metrics, on: selected)).map {
          MetricEstimate(metric: $0, estimate: Estimate(value: $1))
        }
      return Part(value: key.value, count: items.count, estimates: estimates)
    }
    // A small part's blocks of resamples are so short that threads would get in each other's way: small parts go side by
    // side, each on one thread. No figure depends on it.
    let small = ordered.indices.filter { ordered[$0].value.count < Self.smallestShared }
    var measured = small.reduce(0) { $0 + ordered[$1].value.count }
    var single = bootstrap
    single?.threads = 1
    let smallParts = concurrentMap(
      count: small.count, threads: bootstrap?.threads ?? 1,
      progress: progress.part(0, Double(measured) / Double(max(keys.count, 1)))
    ) { [single] in part(small[$0], single, .ignored) }
    let partOfIndex = Dictionary(uniqueKeysWithValues: zip(small, smallParts))
    parts = ordered.indices.map { index in
      if let part = partOfIndex[index] { return part }
      let start = measured
      measured += ordered[index].value.count
      let share = progress.part(Double(start) / Double(keys.count), Double(measured) / Double(keys.count))
      return part(index, bootstrap, share)
    }
  }

  /// Parts of so many items and more have their resamples shared out among threads.
  private static var smallestShared: Int { 1000 }

  private struct Key: Hashable {
    let rank: Int
    let value: String

    init(rank: Int, value: String) {
      self.rank = rank
      self.value = value
    }

    /// The bin of a text's length: 0–24, 25–49, 50–99, 100–199 and so on.
    init(lengthOf text: String) {
      let length = text.unicodeScalars.count
      var lower = 0
      var upper = 25
      var rank = 1
      while length >= upper {
        lower = upper
        upper *= 2
        rank += 1
      }
      self.init(rank: rank, value: "\(lower)–\(upper - 1) characters")
    }
  }
}
