/// One pass over the files of a check, and what it remembers of them.
struct DataCheckPass {
  private let check: DataCheck
  private var files: [DataCheck.FileSummary] = []
  private var counts: [DataCheck.Kind: Int] = [:]
  private var findings: [DataCheck.Finding] = []

  /// Where something stood first.
  private struct Place {
    var file: Int
    var line: Int
  }
  private var firstText: [TextFingerprint: Place] = [:]
  private var firstStatement: [TextFingerprint: (place: Place, labels: [String: String])] = [:]
  private var firstGroup: [String: Place] = [:]
  /// The labels that each task permits, and the file that said so where no one else did.
  private var permitted: [String: (labels: Set<String>, file: Int?)] = [:]

  init(check: DataCheck) {
    self.check = check
    for task in LabelSet.Task.known { permitted[task] = (Set(LabelSet.standard(for: task)?.names ?? []), nil) }
    for (task, labels) in check.labels { permitted[task] = (Set(labels.names), nil) }
  }

  /// What was found so far.
  func report() -> DataCheck.Report {
    DataCheck.Report(
      files: files,
      counts: DataCheck.Kind.allCases.map {
        DataCheck.KindCount(kind: $0, severity: $0.severity, count: counts[$0] ?? 0)
      },
      findings: findings)
  }

  /// Reads a file to its end, and says after each row which share of it that was, where that is known.
  mutating func read(_ source: InputSource, progress: (Double) -> Void) throws(CorpusError) {
    let file = files.count
    files.append(DataCheck.FileSummary(file: source.name, rows: 0, brokenRows: 0, groups: 0, labels: []))
    var reader: StatementReader
    do throws(CorpusError) {
      reader = try StatementReader(
        source, format: check.format, tasks: check.tasks + check.labels.keys.sorted(),
        maximumLineBytes: check.maximumLineBytes)
    } catch {
      guard error.category == .badData else { throw error }
      add(.brokenFile, file, error.line, error.message)
      return
    }
    var ids: [String: Int] = [:]
    var groups = Set<String>()
    var labelCounts: [String: [String: Int]] = [:]
    while true {
      do throws(CorpusError) {
        guard let statement = try reader.next() else { break }
        files[file].rows += 1
        if let fraction = reader.fractionRead { progress(fraction) }
        for (task, label) in statement.labels { labelCounts[task, default: [:]][label, default: 0] += 1 }
        if let group = statement.group { groups.insert(group) }
        if let earlier = ids.updateValue(reader.line, forKey: statement.id) {
          add(.duplicateID, file, reader.line, "the id “\(statement.id)” also stands on line \(earlier)")
        }
        examine(statement, at: Place(file: file, line: reader.line))
      } catch {
        guard error.category == .badData else { throw error }
        files[file].brokenRows += 1
        add(.brokenRow, file, error.line ?? reader.line, error.message)
      }
    }
    finish(file, groups: groups.count, labelCounts: labelCounts)
  }

  private mutating func finish(_ file: Int, groups: Int, labelCounts: [String: [String: Int]]) {
    if files[file].rows == 0 {
      add(.brokenFile, file, nil, files[file].brokenRows == 0 ? "no rows" : "none of its rows can be read")
    }
    files[file].groups = groups
    let known = LabelSet.Task.known
    let tasks = known.filter { labelCounts[$0] != nil } + sorted(labelCounts.keys.filter { !known.contains($0) })
    for task in tasks {
      let counts = labelCounts[task] ?? [:]
      let standard = check.labels[task]?.names ?? LabelSet.standard(for: task)?.names ?? []
      for label in standard + sorted(counts.keys.filter { !standard.contains($0) }) {
        files[file].labels.append(DataCheck.LabelCount(task: task, label: label, count: counts[label] ?? 0))
      }
      if counts.count == 1 { add(.singleLabel, file, nil, "all rows have the same label for \(task)") }
      if permitted[task] == nil { permitted[task] = (Set(counts.keys), file) }
    }
  }

  private mutating func examine(_ statement: Statement, at place: Place) {
    for task in sorted(Set(statement.labels.keys).union(check.tasks)) { examine(task, of: statement, at: place) }
    if statement.text.allSatisfy(\.isWhitespace) {
      add(.emptyText, place.file, place.line, "the text is empty")
    } else {
      compareWithEarlier(statement, at: place)
    }
    let length = statement.text.unicodeScalars.count
    if length > check.longTextLength {
      add(.longText, place.file, place.line, "the text has \(length) characters; is it one statement?")
    }
    if let span = statement.targetSpan { examine(span, of: statement, length: length, at: place) }
  }

  private mutating func examine(_ task: String, of statement: Statement, at place: Place) {
    guard let label = statement.labels[task] else {
      let carried = sorted(statement.labels.keys).joined(separator: ", ")
      add(
        .missingLabel, place.file, place.line,
        "no label for \(task); the row carries \(carried.isEmpty ? "no task" : carried)")
      return
    }
    guard let permitted = permitted[task], !permitted.labels.contains(label) else { return }
    let list = sorted(permitted.labels).joined(separator: ", ")
    let origin = permitted.file.map { " in \(files[$0].file)" } ?? ""
    add(
      .unknownLabel, place.file, place.line, "“\(label)” is no label of \(task), which has \(list)\(origin)")
  }

  private mutating func compareWithEarlier(_ statement: Statement, at place: Place) {
    let text = TextFingerprint(statement.text)
    if let earlier = firstText[text] {
      if earlier.file != place.file {
        add(.textInTwoFiles, place.file, place.line, "the same text stands at \(name(earlier))")
      }
    } else {
      firstText[text] = place
    }
    if let group = statement.group {
      if let earlier = firstGroup[group] {
        if earlier.file != place.file {
          add(.groupInTwoFiles, place.file, place.line, "the group “\(group)” also stands at \(name(earlier))")
        }
      } else {
        firstGroup[group] = place
      }
    }
    let whole = TextFingerprint(statement.text, statement.target)
    guard let earlier = firstStatement[whole] else {
      firstStatement[whole] = (place, statement.labels)
      return
    }
    let conflict = sorted(statement.labels.keys).first { task in
      earlier.labels[task].map { $0 != statement.labels[task] } ?? false
    }
    if let task = conflict {
      add(
        .conflictingLabels, place.file, place.line,
        "\(task) is “\(statement.labels[task] ?? "")” here and “\(earlier.labels[task] ?? "")” for the same text at "
          + name(earlier.place))
    } else if earlier.place.file == place.file {
      add(.duplicateText, place.file, place.line, "the same text and target stand at \(name(earlier.place))")
    }
  }

  private mutating func examine(_ span: Range<Int>, of statement: Statement, length: Int, at place: Place) {
    guard span.upperBound <= length, !span.isEmpty else {
      add(
        .spanOutOfRange, place.file, place.line,
        "target_span is [\(span.lowerBound), \(span.upperBound)], but the text has \(length) characters")
      return
    }
    guard let target = statement.target else { return }
    let scalars = statement.text.unicodeScalars
    let start = scalars.index(scalars.startIndex, offsetBy: span.lowerBound)
    let words = String(scalars[start..<scalars.index(start, offsetBy: span.count)])
    if !sharesWord(words, target) {
      add(.spanMismatch, place.file, place.line, "target_span covers “\(words)”, the target is “\(target)”")
    }
  }

  /// Whether one of two texts has a word of the other, case apart: "Stoltenberg" and "Jens Stoltenberg".
  private func sharesWord(_ first: String, _ second: String) -> Bool {
    func words(_ text: String) -> Set<TextFingerprint> {
      Set(text.split { !$0.isLetter && !$0.isNumber }.map { TextFingerprint(String($0)) })
    }
    return TextFingerprint(first) == TextFingerprint(second) || !words(first).isDisjoint(with: words(second))
  }

  private mutating func add(_ kind: DataCheck.Kind, _ file: Int, _ line: Int?, _ message: String) {
    counts[kind, default: 0] += 1
    guard counts[kind, default: 0] <= check.maximumFindings else { return }
    findings.append(
      DataCheck.Finding(severity: kind.severity, kind: kind, file: files[file].file, line: line, message: message))
  }

  private func name(_ place: Place) -> String { "\(files[place.file].file):\(place.line)" }

  private func sorted(_ names: some Sequence<String>) -> [String] {
    names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
