import Corpus

/// Runs for spreadsheets and programs.
extension RunStore {
  /// Listed runs as CSV (RFC 4180) with a header. A text that a spreadsheet would run as a formula gets an apostrophe
  /// before it.
  ///
  /// - Throws: as `list`.
  public func csv(_ query: RunQuery = RunQuery()) throws(RunRegistryError) -> String {
    let table = try list(query)
    var text = table.columns.map { Self.cell($0.name) }.joined(separator: ",") + "\n"
    for row in table.rows {
      text +=
        row.map { value in
          switch value {
          case .number(let number): JSONValue(number).text()
          case .text(let text): Self.cell(text)
          case .missing: ""
          }
        }.joined(separator: ",") + "\n"
    }
    return text
  }

  private static func cell(_ text: String) -> String {
    var cell: [UInt8] = []
    TableCell.append(text, isForSpreadsheet: true, to: &cell)
    return String(decoding: cell, as: UTF8.self)
  }

  /// The whole records of listed runs as a JSON array.
  ///
  /// - Throws: as `list`, or what is wrong with a record.
  public func json(_ query: RunQuery = RunQuery()) throws(RunRegistryError) -> String {
    var records: [JSONValue] = []
    for run in try runs(query) { records.append(run.json) }
    return JSONValue.array(records).text(indented: true) + "\n"
  }

  /// The runs that a query asks for, read from their folders; damaged ones are left out.
  ///
  /// - Throws: as `list`, or what is wrong with a record.
  public func runs(_ query: RunQuery = RunQuery()) throws(RunRegistryError) -> [Run] {
    var query = query
    query.columns = [.fixed("id"), .fixed("status")]
    var runs: [Run] = []
    for row in try list(query).rows {
      guard case .text(let id) = row[0], row[1] != .text(Run.Status.damaged.rawValue) else { continue }
      runs.append(try run(id))
    }
    return runs
  }
}
