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
  ///   - isForTraining: whether models are made of the rows, so that no target can be given for all of them.
  ///   - omitted: is told of each source from which rows were left out, and how many.
  ///   - progress: is told after each statement which share of the sources has been read, where that is known.
  ///   - badRow: is told what is wrong with a row; the row is left out where it returns, and the reading ends where it
  ///     throws.
  /// - Throws: the first thing that is wrong with a file (for one without a label for the task, saying which tasks it
  ///   carries), or what `badRow` throws, which unless given is the first thing that is wrong with a row: a row that cannot
  ///   be read, a row without any label, a label that is not permitted, a target's place beyond the text.
  public static func labelledStatements(
    from sources: [InputSource], format: StatementFormat? = nil, task: String, labels: LabelSet? = nil,
    needsTarget: Bool = false, isForTraining: Bool = false, maximumLineBytes: Int = 1 << 24,
    omitted: (_ source: String, _ rows: Int) -> Void = { _, _ in },
    progress: (Double) -> Void = { _ in },
    badRow: (CorpusError) throws(CorpusError) -> Void = { (error) throws(CorpusError) in throw error }
  ) throws(CorpusError) -> [Statement] {
    var statements: [Statement] = []
    var names: [String] = []
    // Rows with the same labels share one dictionary, which would take more memory than a short text.
    var labelings = Set<[String: String]>()
    for (number, source) in sources.enumerated() {
      var reader = try StatementReader(
        source, format: format, tasks: [task], purpose: .training, maximumLineBytes: maximumLineBytes)
      names.append(reader.name)
      let before = statements.count
      var hasBadRows = false
      var unlabelled: (first: CorpusError, count: Int)?
      while true {
        do throws(CorpusError) {
          guard var statement = try reader.next() else { break }
          if statement.labels[task] == nil, !statement.labels.isEmpty {
            unlabelled = (unlabelled?.first ?? reader.missingLabel(statement, task: task), (unlabelled?.count ?? 0) + 1)
            continue
          }
          if needsTarget, statement.target == nil {
            throw .missingTarget(
              file: reader.name, line: reader.line, id: statement.id, isForTraining: isForTraining)
          }
          statement.labels = try reader.checkedLabels(of: statement, task: task, permitted: labels, known: &labelings)
          statements.append(statement)
        } catch {
          guard error.isRecoverable else { throw error }
          hasBadRows = true
          try badRow(error)
        }
        if let fraction = reader.fractionRead { progress((Double(number) + fraction) / Double(sources.count)) }
      }
      if statements.count == before, let unlabelled { throw unlabelled.first }
      if let unlabelled { omitted(reader.name, unlabelled.count) }
      if statements.count == before {
        throw CorpusError(
          .empty, file: reader.name, expected: "statements", found: hasBadRows ? "bad rows alone" : "no rows")
      }
    }
    guard statements.contains(where: { $0.weight > 0 }) else {
      throw CorpusError(
        .unsuitableData, file: names.joined(separator: " "), column: "weight",
        expected: "a row that weighs more than 0", found: "none",
        mend: "mend the weights")
    }
    return statements
  }

  /// The labels of the statement that was read last, if it can be learned from; equal ones are one dictionary.
  private func checkedLabels(
    of statement: Statement, task: String, permitted: LabelSet?, known: inout Set<[String: String]>
  ) throws(CorpusError) -> [String: String] {
    guard let label = statement.labels[task] else {
      throw missingLabel(statement, task: task)
    }
    if let permitted, permitted.index(of: label) == nil {
      throw CorpusError(
        .unknownLabel, file: name, line: line, column: task,
        expected: "one of \(permitted.names.joined(separator: ", "))",
        found: "“\(label)”", mend: "mend the label, or train a model that has it")
    }
    try statement.checkTargetSpan(file: name, line: line)
    if let index = known.firstIndex(of: statement.labels) { return known[index] }
    guard !label.isEmpty, !label.utf8.contains(where: { $0 < 0x20 }) else {
      throw CorpusError(
        .invalidValue, file: name, line: line, column: task,
        expected: "a name without line breaks and tabs, which end it where labels are written",
        found: label.isEmpty ? "an empty text" : label.debugDescription, mend: "mend the label, or leave the row out")
    }
    known.insert(statement.labels)
    return statement.labels
  }

  private func missingLabel(_ statement: Statement, task: String) -> CorpusError {
    let labels = statement.labels.keys.sorted().joined(separator: ", ")
    let others = statement.attributes.keys.sorted().joined(separator: ", ")
    var found = labels.isEmpty ? "no known task in the row" : "labels for \(labels)"
    if !others.isEmpty { found += " (other columns: \(others))" }
    return CorpusError(
      .missingLabel, file: name, line: line, column: task, expected: "a label for the task", found: found,
      mend: "name a task that the data carry, or label every row")
  }
}
