import Classification
import Corpus
import Evaluation
import FeatureExtraction
import Foundation
import ModelStore
import Reporting
import RunRegistry
import Standpoint

/// What a model is, for people and for programs.
struct ModelDescription {
  private let directory: ModelDirectory
  private let model: Model
  private let configuration: JSONValue
  private let metrics: JSONValue

  /// Describes a model that was opened and verified.
  ///
  /// - Throws: `ModelStoreError` where `config.json` or `metrics.json` is no JSON.
  init(_ directory: ModelDirectory, _ model: Model) throws(ModelStoreError) {
    self.directory = directory
    self.model = model
    configuration = try Self.parse(directory.configuration, directory.path + "/config.json")
    metrics = try Self.parse(directory.metrics, directory.path + "/metrics.json")
  }

  private static func parse(_ data: Data, _ file: String) throws(ModelStoreError) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue([UInt8](data).span)
    } catch {
      throw .damaged(file: file, reason: error.message)
    }
  }

  /// The size of all files but the manifest, in bytes.
  private var byteCount: Int { directory.manifest.files.reduce(0) { $0 + $1.bytes } }

  /// As JSON, in a fixed shape; `configuration` and `metrics` are the model's own files, whole.
  var json: JSONValue {
    let manifest = directory.manifest
    return [
      "path": .string(directory.path), "task": .string(model.task),
      "labels": .array(model.labels.names.map { .string($0) }),
      "needs_target": .boolean(model.configuration.needsTarget),
      "columns": JSONValue(model.extractor.columnCount),
      "dense_columns": JSONValue(model.extractor.denseColumnCount), "schema": JSONValue(manifest.schema),
      "tool_version": .string(manifest.toolVersion), "training_data_sha256": .string(manifest.datasetDigest),
      "seed": .number(String(manifest.seed)), "bytes": JSONValue(byteCount),
      "files": .array(
        manifest.files.map {
          ["name": .string($0.name), "bytes": JSONValue($0.bytes), "sha256": .string($0.sha256)]
        }),
      "configuration": configuration, "metrics": metrics,
    ]
  }

  /// As text for a terminal.
  func text(colored: Bool) -> String {
    let manifest = directory.manifest
    var facts = Table([.words("model"), .words(directory.path)])
    facts.append(["task", model.task])
    facts.append(["labels", model.labels.names.joined(separator: ", ")])
    facts.append(["target", model.configuration.needsTarget ? "needed" : "not used"])
    facts.append(["features", "\(model.extractor.columnCount)"])
    let dense = model.extractor.denseColumnCount
    facts.append(["word vectors", dense > 0 ? "used, \(dense) dense features" : "not used"])
    facts.append(["training data, SHA-256", manifest.datasetDigest])
    facts.append(["seed", "\(manifest.seed)"])
    facts.append(["written by", "standpoint \(manifest.toolVersion), schema \(manifest.schema)"])
    facts.append(["size", Figures.bytes(byteCount)])
    var text = facts.text(colored: colored)
    for measurement in metrics["measurements"]?.array ?? [] {
      text += "\n" + Self.figures(measurement).text(colored: colored)
    }
    let settings = leaves(configuration).map { [$0.name, $0.value] }
    text += "\n" + Table([.words("setting"), .words("value")], rows: settings).text(colored: colored)
    var files = Table([.words("file"), .numbers("bytes"), .words("SHA-256")])
    for file in manifest.files { files.append([file.name, "\(file.bytes)", file.sha256]) }
    return text + "\n" + files.text(colored: colored)
  }

  /// The figures of a measurement that the model card begins with, under its title.
  private static func figures(_ measurement: JSONValue) -> Table {
    let confidence = measurement["bootstrap"]?["confidence"]?.number
    let heading = confidence.map { "value [\(Figures.percent($0)) interval]" } ?? "value"
    var table = Table([.words(measurement["title"]?.string ?? "measured"), .numbers(heading)])
    for metric in [Metric.macroF1, .accuracy, .expectedCalibrationError] {
      guard let estimate = measurement["metrics"]?[metric.name]?.estimate, estimate.value != nil else { continue }
      table.append([metric.title, Figures.text(estimate)])
    }
    // The figures are of what was answered.
    if let coverage = measurement["coverage"]?["estimate"]?.estimate, let share = coverage.value, share < 1 {
      table.append(["Coverage", Figures.text(coverage)])
    }
    return table
  }

  /// The settings in nested objects, by their path; lists of plain values count as one. Numbers that there are for each label stand
  /// behind its name.
  private func leaves(_ value: JSONValue, _ path: String = "") -> [(name: String, value: String)] {
    switch value {
    case .object(let members):
      return members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.flatMap { key, value in
        leaves(value, path.isEmpty ? key : path + "." + key)
      }
    case .array(let elements):
      var texts = elements.compactMap(\.scalarText)
      let isByLabel = ["calibration.", "abstention.", "learning.classWeight."].contains { path.hasPrefix($0) }
      if isByLabel, texts.count == model.labels.count { texts = zip(model.labels.names, texts).map { "\($0) \($1)" } }
      return texts.count == elements.count ? [(path, texts.joined(separator: ", "))] : []
    case .null: return []
    case .string, .number, .boolean: return [(path, value.scalarText ?? "")]
    }
  }
}
