extension StatementReader {
  /// Reads all statements of some sources, each with its label for a task: what training and evaluation begin with.
  ///
  /// - Parameters:
  ///   - format: how the statements are written; guessed from each file's name where nil.
  ///   - labels: the labels that are permitted; any where nil.
  ///   - progress: is told after each statement which share of the sources has been read, where that is known.
  ///   - badRow: is told what is wrong with a row; the row is left out where it returns, and the reading ends where it
  ///     throws.
  /// - Throws: the first thing that is wrong with a file, or what `badRow` throws, which unless given is the first thing
  ///   that is wrong with a row: a row that cannot be read, a row without a label for the task (saying which
  ///   tasks the data carry), a label that is not permitted, a target's place beyond the text.
  public static func labelledStatements(
    from sources: [InputSource], format: StatementFormat? = nil, task: String, labels: LabelSet? = nil,
    maximumLineBytes: Int = 1 << 24, progress: (Double) -> Void = { _ in },
    badRow: (CorpusError) throws(CorpusError) -> Void = { (error) throws(CorpusError) in throw error }
  ) throws(CorpusError) -> [Statement] {
    var statements: [Statement] = []
    // Rows with the same labels share one dictionary, which would take more memory than a short text.
    var labelings = Set<[String: String]>()
    for (number, source) in sources.enumerated() {
      var reader = try StatementReader(
        source, format: format, tasks: [task], purpose: .training, maximumLineBytes: maximumLineBytes)
      let before = statements.count
      var hasBadRows = false
      while true {
        do throws(CorpusError) {
          guard var statement = try reader.next() else { break }
          statement.labels = try reader.checkedLabels(of: statement, task: task, permitted: labels, known: &labelings)
          statements.append(statement)
        } catch {
          guard error.isRecoverable else { throw error }
          hasBadRows = true
          try badRow(error)
        }
        if let fraction = reader.fractionRead { progress((Double(number) + fraction) / Double(sources.count)) }
      }
      if statements.count == before {
        throw CorpusError(
          .empty, file: reader.name, expected: "statements", found: hasBadRows ? "bad rows alone" : "no rows")
      }
    }
    return statements
  }

  /// The labels of the statement that was read last, if it can be learned from; equal ones are one dictionary.
  private func checkedLabels(
    of statement: Statement, task: String, permitted: LabelSet?, known: inout Set<[String: String]>
  ) throws(CorpusError) -> [String: String] {
    guard let label = statement.labels[task] else {
      throw Self.missingLabel(statement, task: task, file: name, line: line)
    }
    if let permitted, permitted.index(of: label) == nil {
      throw CorpusError(
        .unknownLabel, file: name, line: line, column: task,
        expected: "one of \(permitted.names.joined(separator: ", "))",
        found: "“\(label)”", mend: "mend the label, or train a model that has it")
    }
    if let span = statement.targetSpan, span.upperBound > statement.text.unicodeScalars.count {
      throw CorpusError(
        .invalidValue, file: name, line: line, column: "target_span",
        expected: "a place within the \(statement.text.unicodeScalars.count) code points of the text",
        found: "[\(span.lowerBound), \(span.upperBound)]", mend: "count code points from 0, the end exclusive")
    }
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
