/// The corpora that are published as JSON.
extension PublicCorpus {
  /// One statement for each target of a sentence. Polarity toward the mention counts as stance: 6 positive, 2 negative,
  /// 4 neutral. The article is named by the first three parts of a target's id.
  static func newsMTSC(_ path: String) throws(CorpusError) -> [Statement] {
    var lines = try LineReader(.file(path))
    var statements: [Statement] = []
    while try lines.advance() {
      let line = lines.number
      if lines.withLine({ isBlank($0) }) { continue }
      let row = try jsonRow(lines)
      guard let text = row["sentence_normalized"]?.string, let targets = row["targets"]?.array else {
        throw CorpusError(
          .missingColumn, file: path, line: line, column: "sentence_normalized, targets",
          mend: "check that this is a file of \(PublicCorpus.newsMTSC.rawValue)")
      }
      let length = text.unicodeScalars.count
      for target in targets {
        guard let id = target["Input.gid"]?.string, let mention = target["mention"]?.string,
          let start = target["from"]?.integer, let end = target["to"]?.integer,
          let polarity = target["polarity"]?.number
        else {
          throw CorpusError(
            .invalidValue, file: path, line: line, column: "targets",
            expected: "Input.gid, mention, from, to and polarity in each target")
        }
        let span = try checkedSpan(start: start, end: end, file: path, line: line)
        guard end <= length else {
          throw CorpusError(
            .invalidValue, file: path, line: line, column: "to", expected: "at most \(length)", found: "\(end)")
        }
        statements.append(
          Statement(
            id: id, text: text, target: mention, targetSpan: span,
            group: id.split(separator: "_", omittingEmptySubsequences: false).prefix(3).joined(separator: "_"),
            labels: [
              "stance": try mappedLabel(
                "\(polarity)", ["6.0": "favor", "2.0": "against", "4.0": "none"], file: path, line: line,
                column: "polarity")
            ]))
      }
    }
    return statements
  }

  /// The article is the group; publisher and whether the statement is quoted are attributes.
  static func polnearSourcing(_ path: String) throws(CorpusError) -> [Statement] {
    var statements = try StatementReader.labelledStatements(
      from: [.file(path)], format: .jsonl, task: LabelSet.Task.sourcing, labels: .sourcing)
    for index in statements.indices {
      statements[index].group = statements[index].attributes.removeValue(forKey: "document")
    }
    return statements
  }

  /// The statement is a perspective, the target the claim. The three files come in any order. A perspective may stand in
  /// two clusters of a claim, so the id names the cluster too.
  static func perspectrum(_ paths: [String], split: String?) throws(CorpusError) -> [Statement] {
    var claims: (path: String, rows: [JSONValue])?
    var texts: [Int: String] = [:]
    var parts: [String: JSONValue]?
    for path in paths {
      let document = try jsonDocument(path)
      if case .object(let members) = document {
        parts = members
      } else if let rows = document.array, rows.first?["cId"] != nil {
        claims = (path, rows)
      } else {
        for row in document.array ?? [] {
          if let id = row["pId"]?.integer, let text = row["text"]?.string { texts[id] = text }
        }
      }
    }
    guard let claims, !texts.isEmpty, split == nil || parts != nil else {
      throw CorpusError(
        .unsuitableData, file: paths.first, expected: "the files of claims, of perspectives and of the split",
        mend: "name all three files")
    }
    var statements: [Statement] = []
    for claim in claims.rows {
      guard let id = claim["cId"]?.integer, let target = claim["text"]?.string,
        let clusters = claim["perspectives"]?.array
      else {
        throw CorpusError(
          .invalidValue, file: claims.path, expected: "cId, text and perspectives in each claim",
          mend: "check that this is the published file")
      }
      let part = parts?[String(id)]?.string
      if let split, split != part { continue }
      for (cluster, clusterNumber) in zip(clusters, 1...) {
        let label = try mappedLabel(
          cluster["stance_label_3"]?.string ?? "", ["SUPPORT": "favor", "UNDERMINE": "against"], file: claims.path,
          line: nil, column: "stance_label_3")
        for number in (cluster["pids"]?.array ?? []).compactMap(\.integer) {
          guard let text = texts[number] else {
            throw CorpusError(
              .invalidValue, file: claims.path, column: "pids", expected: "the number of a perspective",
              found: "\(number)")
          }
          statements.append(
            Statement(
              id: "\(id)/\(clusterNumber)/\(number)", text: text, target: target, group: String(id),
              labels: ["stance": label],
              attributes: part.map { ["split": $0] } ?? [:]))
        }
      }
    }
    return statements
  }

  private static func jsonRow(_ lines: LineReader) throws(CorpusError) -> JSONValue {
    // Checks the encoding before JSON is read, which would replace what is invalid.
    _ = try lines.text(repairing: false)
    do throws(JSONError) {
      return try lines.withLine { bytes throws(JSONError) in try JSONValue(bytes) }
    } catch {
      throw error.corpusError(file: lines.name, line: lines.number)
    }
  }

  private static func jsonDocument(_ path: String) throws(CorpusError) -> JSONValue {
    let bytes = try ByteSource.contents(of: .file(path))
    do throws(JSONError) {
      return try JSONValue(bytes.span)
    } catch {
      let line = bytes[..<min(error.offset, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
      throw CorpusError(
        .invalidJSON, file: path, line: line, found: error.message, mend: "check that this is the published file")
    }
  }
}
