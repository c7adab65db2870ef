/// Looks through labelled data for what would spoil training or flatter an evaluation.
///
/// All files are read once, row by row; of each text only a fingerprint is kept. Texts are compared without regard to white
/// space and case.
public struct DataCheck: Sendable {
  /// How rows are written; guessed from each file's name where nil.
  public var format: StatementFormat?
  /// The tasks whose labels every row must carry; where empty, rows may lack labels.
  public var tasks: [String]
  /// The labels that a task permits. `sourcing` and `stance` have theirs already; the labels of any other task are those of
  /// the first file that carries it.
  public var labels: [String: LabelSet]
  /// The number of code points above which a text is called very long.
  public var longTextLength = 5000
  /// How many findings of each kind are listed; all are counted.
  public var maximumFindings: Int
  /// The longest line or record that is read.
  public var maximumLineBytes: Int

  /// Creates a check.
  public init(
    format: StatementFormat? = nil, tasks: [String] = [], labels: [String: LabelSet] = [:],
    maximumFindings: Int = 100, maximumLineBytes: Int = 1 << 24
  ) {
    self.format = format
    self.tasks = tasks
    self.labels = labels
    self.maximumFindings = maximumFindings
    self.maximumLineBytes = maximumLineBytes
  }

  /// Checks files against one another: the parts of one corpus, training data first.
  ///
  /// - Throws: only where a file cannot be read at all, or its format can be told neither by `format` nor by its name;
  ///   whatever is wrong inside a file is a finding.
  /// - Complexity: linear in the bytes of the files; memory linear in the number of rows.
  public func report(
    on sources: [InputSource], progress: (Double) -> Void = { _ in }
  ) throws(CorpusError) -> Report {
    var pass = DataCheckPass(check: self)
    for (number, source) in sources.enumerated() {
      try pass.read(source) { progress((Double(number) + $0) / Double(sources.count)) }
    }
    return pass.report()
  }
}
