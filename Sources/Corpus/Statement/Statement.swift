/// One labelled or unlabelled statement: a sentence, what it may be about, and what is known of it.
public struct Statement: Equatable, Sendable {
  /// The name of the statement in its file; its line number from 1 where the file gives none.
  public var id: String
  /// The sentence, exactly as it was given.
  public var text: String
  /// What a stance is taken toward: a name ("NATO") or a proposition ("Ukraine joins NATO").
  public var target: String?
  /// Where the target is mentioned in `text`, in Unicode code points, end exclusive.
  public var targetSpan: Range<Int>?
  /// The article (or other unit) that must not be torn apart by a split.
  public var group: String?
  /// The label of each task, by task name (`sourcing`, `stance`, …).
  public var labels: [String: String]
  /// How much the statement counts in training; 1 where nothing is given.
  public var weight: Double
  /// Other columns of the row, by name: what evaluation can slice by.
  public var attributes: [String: String]

  /// Creates a statement.
  public init(
    id: String, text: String, target: String? = nil, targetSpan: Range<Int>? = nil, group: String? = nil,
    labels: [String: String] = [:], weight: Double = 1, attributes: [String: String] = [:]
  ) {
    self.id = id
    self.text = text
    self.target = target
    self.targetSpan = targetSpan
    self.group = group
    self.labels = labels
    self.weight = weight
    self.attributes = attributes
  }
}
