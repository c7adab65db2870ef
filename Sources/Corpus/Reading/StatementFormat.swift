/// How statements are written in a file.
public enum StatementFormat: String, Sendable, CaseIterable {
  /// One JSON object a line: the canonical format.
  case jsonl
  /// Comma-separated values with a header (RFC 4180).
  case csv
  /// The same with tabs.
  case tsv
  /// fastText's `__label__name text`, one statement a line.
  case fastText = "fasttext"
  /// The bare text, one statement a line, without labels.
  case lines

  /// Guesses the format from the ending of a file's name.
  ///
  /// A `.txt` file holds bare lines to be scored and `__label__` lines to be learnt from.
  ///
  /// - Throws: `unknownFormat`.
  public static func guessed(from source: InputSource, purpose: ReadingPurpose) throws(CorpusError) -> StatementFormat {
    let name = source.name
    let mend = "name the format with --data-format (\(allCases.map(\.rawValue).joined(separator: ", ")))"
    guard case .file = source else {
      throw CorpusError(.unknownFormat, file: name, found: "there is no file name to tell it by", mend: mend)
    }
    let ending = name.split(separator: "/").last?.split(separator: ".", omittingEmptySubsequences: false).last
    switch ending?.lowercased() {
    case "jsonl", "ndjson": return .jsonl
    case "csv": return .csv
    case "tsv", "tab": return .tsv
    case "txt": return purpose == .training ? .fastText : .lines
    default:
      throw CorpusError(
        .unknownFormat, file: name, expected: "a name that ends in .jsonl, .ndjson, .csv, .tsv or .txt",
        mend: mend)
    }
  }
}

/// What statements are read for, which decides how strict the reader is.
public enum ReadingPurpose: Sendable {
  /// To learn from or to measure by: invalid UTF-8 and binary files are errors, blank lines are passed over, every
  /// column is read.
  case training
  /// To be labelled: invalid UTF-8 is replaced by U+FFFD, each line is a statement or an error, and only the columns that
  /// scoring needs are read.
  case scoring
}
