/// A published table, read by the names of its columns.
struct ImportedTable {
  /// The line on which the current row begins.
  var line: Int { table.line }
  /// The file.
  let path: String
  /// A name for the rows of the file: its name without folder and ending.
  let stem: String
  /// The number of the current row, from 1.
  private(set) var row = 0

  private var table: TableReader
  private let indexByName: [String: Int]

  /// Opens a file with a header.
  ///
  /// - Throws: what opening and reading throw; `missingColumn` where a needed column is not there.
  init(
    _ path: String, separator: Character = ",", quoting: Bool = true, needed: [String]
  ) throws(CorpusError) {
    self.path = path
    stem = fileStem(path)
    table = TableReader(
      try LineReader(.file(path), refusesBinary: false), separator: separator.asciiValue!, quoting: quoting)
    guard try table.advance() else {
      throw CorpusError(.empty, file: path, expected: "a header")
    }
    let names = try table.texts(repairing: true)
    indexByName = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    for name in needed where indexByName[name] == nil {
      throw CorpusError(
        .missingColumn, file: path, line: 1, column: name, found: "the columns \(names.joined(separator: ", "))",
        mend: "check that this is the published file")
    }
  }

  /// Whether there is a column of that name.
  func has(_ name: String) -> Bool { indexByName[name] != nil }

  /// Goes to the next row, passing over blank lines.
  mutating func advance() throws(CorpusError) -> Bool {
    while try table.advance() {
      if table.fieldCount == 1 && indexByName.count > 1, try table.text(0, repairing: true).isEmpty { continue }
      guard table.fieldCount == indexByName.count else {
        throw CorpusError(
          .raggedRow, file: path, line: line, expected: "\(indexByName.count) fields", found: "\(table.fieldCount)",
          mend: "check that this is the published file")
      }
      row += 1
      return true
    }
    return false
  }

  /// The text of a column of the current row.
  func text(_ name: String) throws(CorpusError) -> String {
    try table.text(index(name))
  }

  /// The text of a column that is in Latin-1, with some runs of bytes replaced first.
  func latin1Text(_ name: String, replacing run: [UInt8], by scalar: Unicode.Scalar) -> String {
    let bytes = table.bytes(index(name))
    var scalars = String.UnicodeScalarView()
    var position = 0
    while position < bytes.count {
      if bytes[position...].starts(with: run) {
        scalars.append(scalar)
        position += run.count
      } else {
        scalars.append(Unicode.Scalar(bytes[position]))
        position += 1
      }
    }
    return String(scalars)
  }

  /// The project's name for a label of the corpus.
  ///
  /// - Throws: `unknownLabel`.
  func label(_ name: String, _ names: KeyValuePairs<String, String>) throws(CorpusError) -> String {
    try mappedLabel(try text(name), names, file: path, line: line, column: name)
  }

  private func index(_ name: String) -> Int {
    guard let index = indexByName[name] else { preconditionFailure("the column \(name) was not asked for") }
    return index
  }
}

/// The project's name for a label of a corpus.
func mappedLabel(
  _ label: String, _ names: KeyValuePairs<String, String>, file: String, line: Int?, column: String
) throws(CorpusError) -> String {
  guard let name = names.first(where: { $0.key == label })?.value else {
    throw CorpusError(
      .unknownLabel, file: file, line: line, column: column,
      expected: "one of \(names.map(\.key).joined(separator: ", "))", found: "“\(label)”",
      mend: "check that this is the published file")
  }
  return name
}

/// The name of a file without its folder and ending.
func fileStem(_ path: String) -> String {
  let name = path.split(separator: "/").last ?? ""
  return String(name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex))
}
