import Corpus

extension SharedOptions {
  /// The labelled statements of files.
  ///
  /// The first bad row ends the reading, unless `--on-error emit` or `--max-errors` asks for such rows to be named on
  /// stderr and left out: a model that was made of less than its data must have been wished for.
  func labelledStatements(
    from files: [String], format: StatementFormat?, task: String, labels: LabelSet? = nil,
    needsTarget: Bool = false, progress: (Double) -> Void = { _ in }
  ) throws(CorpusError) -> [Statement] {
    let leavesOut = (onError ?? (maximumErrors == nil ? .fail : .emit)) == .emit
    var badRows = 0
    let statements = try StatementReader.labelledStatements(
      from: files.map(InputSource.init(argument:)), format: format, task: task, labels: labels,
      needsTarget: needsTarget, maximumLineBytes: max(maximumLineBytes, 1 << 24),
      omitted: OmittedRows.teller(task: task, self), progress: progress
    ) { (error) throws(CorpusError) in
      guard leavesOut else { throw error }
      badRows += 1
      if let maximumErrors, badRows > maximumErrors {
        var last = error
        last.mend = "that is more than --max-errors \(maximumErrors)"
        throw last
      }
      Terminal.say("standpoint: \(error)")
    }
    if badRows > 0, !quiet {
      Terminal.say("standpoint: \(badRows) bad \(badRows == 1 ? "row was" : "rows were") left out")
    }
    return statements
  }
}
