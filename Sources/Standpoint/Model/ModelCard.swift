import Classification
import Corpus
public import Evaluation
import FeatureExtraction
import Foundation
public import Optimization
import Reporting

/// A model card: what a model is, what it was made of, how good it is and where it fails.
///
/// Nothing in it depends on the clock or the machine, so that the same data make the same model, byte for byte.
public struct ModelCard: Sendable {
  /// Measurements on one set of data.
  public struct Section: Sendable {
    /// On which data.
    public var title: String
    /// What was measured.
    public var assessment: Assessment
    /// Whether items of one group were read as sentences of one article.
    public var readsArticles: Bool

    /// Measurements under a title.
    public init(title: String, assessment: Assessment, readsArticles: Bool = false) {
      self.title = title
      self.assessment = assessment
      self.readsArticles = readsArticles
    }
  }

  private let name: String
  private let model: Model
  private let record: ConvergenceRecord
  private let statementCount: Int
  private let entryCount: Int
  private let digest: String
  private let notes: String?
  private let sections: [Section]

  /// A card of a trained model.
  ///
  /// - Parameters:
  ///   - digest: the SHA-256 of the training data.
  ///   - notes: what only its maker knows, in Markdown: data, licence, intended use, limits.
  public init(
    name: String, model: Model, record: ConvergenceRecord, statementCount: Int, entryCount: Int, digest: String,
    notes: String?, sections: [Section]
  ) {
    self.name = name
    self.model = model
    self.record = record
    self.statementCount = statementCount
    self.entryCount = entryCount
    self.digest = digest
    self.notes = notes
    self.sections = sections
  }

  /// The card in Markdown, with YAML front matter and a `model-index`.
  public var text: String {
    let learning = model.configuration.learning
    var text = frontMatter
    text += "\n# \(name)\n\nLabels statements for the task `\(model.task)`: "
    text += model.labels.names.map { "`\($0)`" }.joined(separator: ", ") + ".\n"
    if let notes { text += "\n" + notes.trimmingCharacters(in: .whitespacesAndNewlines) + "\n" }
    text += "\n## Settings\n\n"
    text += "- standpoint \(Version.current); seed \(learning.seed)\n"
    text += "- \(statementCount) training statements, SHA-256 `\(digest)`\n"
    text += "- \(model.extractor.columnCount) features, \(entryCount) non-zero entries"
    text += model.extractor.denseColumnCount > 0 ? ", \(model.extractor.denseColumnCount) dense features\n" : "\n"
    text +=
      "- logistic regression, C \(learning.inverseRegularization), penalty \(penalty), class weights \(classWeights)"
    text += learning.contrast.map { ", columns by their contrast of naive Bayes to the power \(decimal($0))\n" } ?? "\n"
    if let tuning = model.configuration.tuning {
      text += "- settings chosen as the best of \(tuning.trials) trials by \(tuning.metric) in cross-validation on the "
      text += "training data: its figures are of the same parts, and so better than on data that were not chosen on\n"
    }
    text += "- \(record.converged ? "converged" : "not converged") after \(record.iterations) iterations\n"
    if let calibration = model.configuration.calibration {
      text += "- probabilities calibrated on out-of-fold predictions: margins are multiplied by "
      text += calibration.scales.map { decimal($0) }.joined(separator: ", ") + "\n"
    }
    if let thresholds = model.configuration.abstention?.thresholds {
      text += "- abstains where the likeliest label is less probable than this: "
      text += zip(model.labels.names, thresholds).map { "`\($0)` \(decimal($1))" }.joined(separator: ", ") + "\n"
    }
    text += "\nEverything else stands in `config.json`.\n"
    for section in sections {
      text += "\n"
      text += report(section).markdown
    }
    return text
  }

  /// The bytes of `metrics.json`.
  public var metrics: [UInt8] {
    var members = "{\n\"schema\": 1,\n\"measurements\": ["
    for (index, section) in sections.enumerated() {
      members += index > 0 ? ",\n" : "\n"
      members += report(section).json
    }
    return [UInt8]((members + "\n]\n}\n").utf8)
  }

  /// The report of a section. Sentences of the data belong to others: a model does not carry them.
  private func report(_ section: Section) -> EvaluationReport {
    var assessment = section.assessment
    assessment.errors = []
    return EvaluationReport(title: section.title, assessment: assessment, readsArticles: section.readsArticles)
  }

  private var penalty: String {
    switch model.configuration.learning.penalty {
    case .l2: "L2"
    case .l1: "L1"
    case .elasticNet(let ratio): "elastic net with an L1 ratio of \(decimal(ratio))"
    }
  }

  private var classWeights: String {
    guard case .given(let weights) = model.configuration.learning.classWeight else {
      return model.configuration.learning.classWeight.name ?? ""
    }
    return zip(model.labels.names, weights).map { "`\($0)` \(decimal($1))" }.joined(separator: ", ")
  }

  private var frontMatter: String {
    let task = Self.quoted(model.task)
    var text = "---\nlanguage: en\nlibrary_name: standpoint\npipeline_tag: text-classification\n"
    text += "tags:\n- text-classification\n- \(task)\n"
    text += "model-index:\n- name: \(Self.quoted(name))\n  results:\n"
    for section in sections {
      text += "  - task:\n      type: text-classification\n      name: \(task)\n"
      text += "    dataset:\n      name: \(Self.quoted(section.title))\n      type: \(task)\n"
      text += "    metrics:\n"
      for (type, metric) in [("f1", Metric.macroF1), ("accuracy", .accuracy), ("ece", .expectedCalibrationError)] {
        guard let value = section.assessment.scores[metric]?.value else { continue }
        text += "    - type: \(type)\n      name: \(metric.title)\n      value: \(decimal(value))\n"
      }
      // The figures are of what was answered.
      let coverage = section.assessment.coverage
      if coverage.answered < coverage.total {
        let share = Double(coverage.answered) / Double(coverage.total)
        text += "    - type: coverage\n      name: Coverage\n      value: \(decimal(share))\n"
      }
    }
    if sections.isEmpty { text = text.replacing("  results:\n", with: "  results: []\n") }
    return text + "---\n"
  }

  /// A string in JSON's quotes, which are YAML's too.
  private static func quoted(_ text: String) -> String {
    var json = JSONWriter()
    json.string(text)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private func decimal(_ value: Double) -> String {
    let rounded = (value * 10_000).rounded() / 10_000
    return "\(rounded)"
  }
}
