import Corpus
import Evaluation

/// `predictions.jsonl`: one line an item with `id`, `group`, `gold`, `predicted` (null where the model abstained),
/// `probabilities` and, where they are known, `text` and `attributes`.
enum PredictionsFile {
  /// Writes predictions, whole or not at all.
  static func write(_ predictions: Predictions, to path: String) throws(CorpusError) {
    let file = try OutputFile(path: path)
    let attributes = predictions.attributes.sorted { $0.key < $1.key }
    var line = JSONWriter()
    for item in 0..<predictions.count {
      line.removeAll()
      line.beginObject()
      line.key("id")
      line.string(predictions.ids[item])
      if let groups = predictions.groups {
        line.key("group")
        line.string(groups[item])
      }
      line.key("gold")
      line.string(predictions.labels[predictions.gold[item]])
      line.key("predicted")
      if predictions.isAbstention(at: item) {
        line.null()
      } else {
        line.string(predictions.labels[predictions.predicted[item]])
      }
      if predictions.hasProbabilities {
        line.key("probabilities")
        line.beginObject()
        for label in predictions.labels.indices {
          line.key(predictions.labels[label])
          line.number(predictions.probabilities[item * predictions.labels.count + label])
        }
        line.endObject()
      }
      if let texts = predictions.texts {
        line.key("text")
        line.string(texts[item])
      }
      if !attributes.isEmpty {
        line.key("attributes")
        line.beginObject()
        for (name, values) in attributes {
          line.key(name)
          line.string(values[item])
        }
        line.endObject()
      }
      line.endObject()
      line.newline()
      try file.write(line.bytes)
    }
    try file.commit()
  }

  /// Reads predictions over a label set.
  ///
  /// - Throws: where a line is no such object, or names a label that is not in the set.
  static func read(_ path: String, labels: [String]) throws(CorpusError) -> Predictions {
    var reader = try LineReader(.file(path))
    var rows = Rows(labels: labels, path: path)
    while try reader.advance() {
      let value: JSONValue
      do throws(JSONError) {
        value = try reader.withLine { bytes throws(JSONError) in try JSONValue(bytes) }
      } catch { throw error.corpusError(file: path, line: reader.number) }
      try rows.append(value, line: reader.number)
    }
    return rows.predictions
  }

  /// The columns as they are read.
  private struct Rows {
    let labels: [String]
    let path: String
    var ids: [String] = []
    var groups: [String] = []
    var gold: [Int] = []
    var predicted: [Int?] = []
    var probabilities: [Float] = []
    var texts: [String] = []
    var attributes: [String: [String]] = [:]

    init(labels: [String], path: String) {
      self.labels = labels
      self.path = path
    }

    mutating func append(_ row: JSONValue, line: Int) throws(CorpusError) {
      guard let id = row["id"]?.string else { throw invalid(line, "id", "a string") }
      func label(_ field: String) throws(CorpusError) -> Int {
        guard let name = row[field]?.string, let index = labels.firstIndex(of: name) else {
          throw invalid(line, field, "one of \(labels.joined(separator: ", "))")
        }
        return index
      }
      gold.append(try label("gold"))
      predicted.append(row["predicted"] == .null ? nil : try label("predicted"))
      if let group = row["group"]?.string { groups.append(group) }
      if let text = row["text"]?.string { texts.append(text) }
      if let values = row["probabilities"] {
        for label in labels {
          guard let value = values[label]?.scalarText.flatMap({ Float($0) }) else {
            throw invalid(line, "probabilities", "a number for \(label)")
          }
          probabilities.append(value)
        }
      }
      for (name, value) in row["attributes"]?.members ?? [:] {
        // A column that starts late is empty before.
        attributes[name, default: Array(repeating: "", count: ids.count)].append(value.string ?? "")
      }
      ids.append(id)
      for name in attributes.keys where attributes[name, default: []].count < ids.count {
        attributes[name, default: []].append("")
      }
      guard [0, ids.count].contains(groups.count), [0, ids.count].contains(texts.count),
        [0, ids.count * labels.count].contains(probabilities.count)
      else { throw invalid(line, "group, text or probabilities", "in all lines or in none") }
    }

    private func invalid(_ line: Int, _ field: String, _ expected: String) -> CorpusError {
      CorpusError(
        .invalidValue, file: path, line: line, column: field, expected: expected,
        mend: "restore the file, or evaluate again")
    }

    /// The label that the model would have given, as far as its probabilities tell.
    private func likeliest(_ item: Int) -> Int {
      guard !probabilities.isEmpty else { return 0 }
      let row = probabilities[item * labels.count..<(item + 1) * labels.count]
      return labels.indices.max { row[row.startIndex + $0] < row[row.startIndex + $1] } ?? 0
    }

    var predictions: Predictions {
      Predictions(
        labels: labels, ids: ids, groups: groups.isEmpty ? nil : groups, gold: gold,
        predicted: predicted.indices.map { predicted[$0] ?? likeliest($0) }, abstained: predicted.map { $0 == nil },
        probabilities: probabilities, attributes: attributes, texts: texts.isEmpty ? nil : texts)
    }
  }
}
