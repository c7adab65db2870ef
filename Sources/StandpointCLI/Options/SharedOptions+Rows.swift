import Corpus

extension SharedOptions {
  /// The labelled statements of files; bad rows go the way of `BadRows`.
  func labelledStatements(
    from files: [String], format: StatementFormat?, task: String, labels: LabelSet? = nil,
    needsTarget: Bool = false, isForTraining: Bool = false, progress: (Double) -> Void = { _ in }
  ) throws(CorpusError) -> [Statement] {
    var badRows = BadRows(self)
    let statements = try StatementReader.labelledStatements(
      from: files.map(InputSource.init(argument:)), format: format, task: task, labels: labels,
      needsTarget: needsTarget, isForTraining: isForTraining, maximumLineBytes: max(maximumLineBytes, 1 << 24),
      omitted: OmittedRows.teller(task: task, self), progress: progress
    ) { (error) throws(CorpusError) in try badRows.leaveOut(error) }
    badRows.tell()
    return statements
  }
}

/// The rows of labelled data that cannot be read.
///
/// The first one ends the reading, unless `--on-error emit` or `--max-errors` asks for such rows to be named on stderr and
/// left out: what was made of less than its data must have been wished for.
struct BadRows {
  private let options: SharedOptions
  private var count = 0

  init(_ options: SharedOptions) { self.options = options }

  /// Names a bad row, which is left out.
  ///
  /// - Throws: the error itself where such rows end the reading.
  mutating func leaveOut(_ error: CorpusError) throws(CorpusError) {
    let maximum = options.maximumErrors
    guard (options.onError ?? (maximum == nil ? .fail : .emit)) == .emit else { throw error }
    count += 1
    if let maximum, count > maximum {
      var last = error
      last.mend = "that is more than --max-errors \(maximum)"
      throw last
    }
    Terminal.say("standpoint: \(error)")
  }

  /// Says at the end how many were left out.
  func tell() {
    guard count > 0, !options.quiet else { return }
    Terminal.say("standpoint: \(count) bad \(count == 1 ? "row was" : "rows were") left out")
  }
}
