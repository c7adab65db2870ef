extension StatementReader {
  /// Reads all statements of some sources, each with its label for a task: what training and evaluation begin with.
  ///
  /// Rows that are labelled for other tasks and not for this one are left out, unless a source has no others: data of
  /// several tasks need not carry them all in each row.
  ///
  /// - Parameters:
  ///   - format: how the statements are written; guessed from each file's name where nil.
  ///   - labels: the labels that are permitted; any where nil.
  ///   - needsTarget: whether a row without a target is an error.
  ///   - omitted: is told of each source from which rows were left out, and how many.
  ///   - progress: is told after each statement which share of the sources has been read, where that is known.
  /// - Throws: the first thing that is wrong: with a file, with a row, a row without any label, a source without a label for
  ///   the task (saying which tasks it carries), a label that is not permitted, a target's place beyond the text.
  public static func labelledStatements(
    from sources: [InputSource], format: StatementFormat? = nil, task: String, labels: LabelSet? = nil,
    needsTarget: Bool = false, maximumLineBytes: Int = 1 << 24,
    omitted: (_ source: String, _ rows: Int) -> Void = { _, _ in },
    progress: (Double) -> Void = { _ in }
  ) throws(CorpusError) -> [Statement] {
    var statements: [Statement] = []
    // Rows with the same labels share one dictionary, which would take more memory than a short text.
    var labelings = Set<[String: String]>()
    for (number, source) in sources.enumerated() {
      var reader = try StatementReader(
        source, format: format, tasks: [task], purpose: .training, maximumLineBytes: maximumLineBytes)
      let before = statements.count
      var unlabelled: (first: CorpusError, count: Int)?
      while var statement = try reader.next() {
        guard let label = statement.labels[task] else {
          let error = Self.missingLabel(statement, task: task, file: reader.name, line: reader.line)
          if statement.labels.isEmpty { throw error }
          unlabelled = (unlabelled?.first ?? error, (unlabelled?.count ?? 0) + 1)
          continue
        }
        if let labels, labels.index(of: label) == nil {
          throw CorpusError(
            .unknownLabel, file: reader.name, line: reader.line, column: task,
            expected: "one of \(labels.names.joined(separator: ", "))", found: "“\(label)”",
            mend: "mend the label, or train a model that has it")
        }
        if needsTarget, statement.target == nil {
          throw .missingTarget(file: reader.name, line: reader.line, id: statement.id)
        }
        try statement.checkTargetSpan(file: reader.name, line: reader.line)
        let labeling = labelings.insert(statement.labels)
        if labeling.inserted, label.isEmpty || label.utf8.contains(where: { $0 < 0x20 }) {
          throw CorpusError(
            .invalidValue, file: reader.name, line: reader.line, column: task,
            expected: "a name without line breaks and tabs, which end it where labels are written",
            found: label.isEmpty ? "an empty text" : label.debugDescription,
            mend: "mend the label, or leave the row out")
        }
        statement.labels = labeling.memberAfterInsert
        statements.append(statement)
        if let fraction = reader.fractionRead { progress((Double(number) + fraction) / Double(sources.count)) }
      }
      if statements.count == before, let unlabelled { throw unlabelled.first }
      if let unlabelled { omitted(reader.name, unlabelled.count) }
      if statements.count == before {
        throw CorpusError(.empty, file: reader.name, expected: "statements", found: "no rows")
      }
    }
    return statements
  }

  private static func missingLabel(_ statement: Statement, task: String, file: String, line: Int) -> CorpusError {
    let labels = statement.labels.keys.sorted().joined(separator: ", ")
    let others = statement.attributes.keys.sorted().joined(separator: ", ")
    var found = labels.isEmpty ? "no known task in the row" : "labels for \(labels)"
    if !others.isEmpty { found += " (other columns: \(others))" }
    return CorpusError(
      .missingLabel, file: file, line: line, column: task, expected: "a label for the task", found: found,
      mend: "name a task that the data carry, or label every row")
  }
}
