/// Which parts of a statement pushed toward a label, and how much.
///
/// The score that is explained is the classifier's margin of the label less the mean margin of all labels: what speaks
/// for this label rather than for the others. It is a sum, in two ways:
///
/// - `intercept + targetVectors + whole + Σ tokens`
/// - `intercept + targetVectors + Σ features`
///
/// up to rounding. Where a model reads word vectors, each word's share in them is that which it has with the lengths taken
/// as they are to which sums of vectors are normalized.
public struct Explanation: Equatable, Sendable {
  /// A place in the text and its share of the score.
  public struct Share: Equatable, Sendable {
    /// The family of features, as `words`, `characters` or `vectors`; nil for all families together.
    public var family: String?
    /// Where it stands in the text, in code points.
    public var codePoints: Range<Int>
    /// The text of the place.
    public var text: String
    /// What it adds to the score.
    public var share: Double
  }

  /// The task.
  public var task: String
  /// The label that is explained.
  public var label: String
  /// The label's probability.
  public var probability: Float
  /// Why the model would give no answer; nil where it answers.
  public var abstention: AbstentionReason?
  /// The target; nil where the task has none.
  public var target: String?
  /// What all parts add up to.
  public var score: Double
  /// What the label has before anything is read.
  public var intercept: Double
  /// What the word vectors of the target's own wording add, which no word of the text carries.
  public var targetVectors: Double
  /// What features of the whole statement add, which are not divided among its tokens: its likeness to the target, the
  /// target's own words, the sentences around it.
  public var whole: Double
  /// Each token's share: of every feature that it is part of, an equal part.
  public var tokens: [Share]
  /// Each feature's share, place by place, the largest first.
  public var features: [Share]
}
