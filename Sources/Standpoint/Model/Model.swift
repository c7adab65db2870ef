public import Classification
public import Corpus
public import FeatureExtraction
import FoundationEssentials
public import ModelStore

/// A trained model: what it labels, which features it reads and the weights it gives them.
public struct Model: Sendable {
  /// Everything about it but the numbers it learnt.
  public let configuration: ModelConfiguration
  /// Turns statements into features.
  public let extractor: FeatureExtractor
  /// How statements are scored, with the weights of the sparse features.
  let scorer: LinearScorer
  /// The weights of the dense features: `denseWeights[column * labels + label]`.
  let denseWeights: [Float]
  /// One intercept a label.
  let intercepts: [Float]
  /// The labels, in the order of the classifier's outputs.
  public let labels: LabelSet
  /// The file that the tables are read from; nil for a model that was just trained.
  private let file: TensorFile?

  /// Turns features into scores of labels: what training gave, its weights rounded as scoring reads them.
  ///
  /// - Complexity: O(weights), which are copied; scoring uses them where they stand.
  public var classifier: LinearClassifier {
    LinearClassifier(
      labelCount: labels.count, columnCount: extractor.columnCount, denseColumnCount: extractor.denseColumnCount,
      weights: scorer.table.weights, denseWeights: denseWeights, intercepts: intercepts)
  }

  /// The name of the task.
  public var task: String { configuration.task }

  /// The same model with other thresholds below which it abstains; with none it always answers.
  ///
  /// - Precondition: a threshold for each label.
  public func abstaining(_ abstention: Abstention?) -> Model {
    precondition(abstention.map { $0.thresholds.count == labels.count } ?? true, "one threshold a label")
    var configuration = configuration
    configuration.abstention = abstention
    return Model(
      configuration: configuration, extractor: extractor, scorer: scorer, denseWeights: denseWeights,
      intercepts: intercepts)
  }

  /// A model of its parts.
  ///
  /// - Precondition: the parts fit one another.
  public init(configuration: ModelConfiguration, extractor: FeatureExtractor, classifier: LinearClassifier) {
    precondition(configuration.labels.count == classifier.labelCount, "as many labels as outputs")
    precondition(extractor.columnCount == classifier.columnCount, "as many weights as features")
    self.init(
      configuration: configuration, extractor: extractor,
      scorer: LinearScorer(
        extractor: extractor,
        table: WeightTable(rounding: FlatArray(classifier.weights), labelCount: classifier.labelCount)),
      denseWeights: classifier.denseWeights, intercepts: classifier.intercepts)
  }

  private init(
    configuration: ModelConfiguration, extractor: FeatureExtractor, scorer: LinearScorer, denseWeights: [Float],
    intercepts: [Float], file: TensorFile? = nil
  ) {
    self.configuration = configuration
    self.extractor = extractor
    self.scorer = scorer
    self.denseWeights = denseWeights
    self.intercepts = intercepts
    self.file = file
    labels = LabelSet(configuration.labels)
  }
}

extension Model {
  /// Names of the classifier's tensors; those of the extractor's state begin with `features.`.
  private enum TensorName {
    static let weights = "weights"
    static let weightFactors = "weight_factors"
    static let denseWeights = "dense_weights"
    static let intercepts = "intercepts"
    static let statePrefix = "features."
  }

  /// Opens and verifies a model directory.
  ///
  /// - Throws: `ModelStoreError` naming what is missing or damaged, `StandpointError` where the parts do not fit.
  public init(contentsOf path: String) throws {
    try self.init(ModelDirectory(verifying: path))
  }

  /// Makes a model of a directory that was read and verified.
  ///
  /// - Throws: as `init(contentsOf:)`.
  public init(_ directory: ModelDirectory) throws {
    do {
      try self.init(reading: directory)
    } catch let error as ModelStoreError {
      throw error.within(directory.path)
    } catch let error as FeatureExtractionError {
      // What would be a bad setting of training is a bad model here.
      throw StandpointError.invalidModel(path: directory.path, problem: "config.json and tables do not fit: \(error)")
    }
  }

  private init(reading directory: ModelDirectory) throws {
    func invalid(_ problem: String) -> StandpointError { .invalidModel(path: directory.path, problem: problem) }
    let configuration: ModelConfiguration
    do {
      configuration = try JSONDecoder().decode(ModelConfiguration.self, from: directory.configuration)
    } catch {
      throw invalid("config.json does not describe a model (\(error))")
    }
    guard configuration.labels.count >= 2, Set(configuration.labels).count == configuration.labels.count else {
      throw invalid("config.json names fewer than two labels, or one twice")
    }
    for numbers in [configuration.calibration?.scales, configuration.calibration?.shifts] {
      guard numbers.map({ $0.count == configuration.labels.count && $0.allSatisfy(\.isFinite) }) ?? true else {
        throw invalid("the calibration in config.json does not have a number for each label")
      }
    }
    if let thresholds = configuration.abstention?.thresholds {
      guard thresholds.count == configuration.labels.count, thresholds.allSatisfy({ (0...1).contains($0) }) else {
        throw invalid("config.json does not have a threshold from 0 to 1 for each label")
      }
    }
    let tensors = directory.tensors
    var state: [String: StateArray] = [:]
    for name in tensors.names where name.hasPrefix(TensorName.statePrefix) {
      let key = String(name.dropFirst(TensorName.statePrefix.count))
      state[key] = try unsafe StateArray(tensors.view(name))
    }
    let labelCount = configuration.labels.count
    let stored = try unsafe StateArray(tensors.view(TensorName.weights))
    let shape = tensors.shape(of: TensorName.weights) ?? []
    let table: WeightTable
    switch stored {
    case .int16(let elements) where shape.count == 2 && shape[1] == WeightTable.laneCount(for: labelCount):
      let factors: [Float] = try tensors.array(TensorName.weightFactors, of: .float32)
      guard factors.count == labelCount else { throw invalid("the weights do not have a factor for each label") }
      table = WeightTable(elements: elements, factors: factors)
    case .float32(let weights) where shape.count == 2 && shape[1] == labelCount:
      // Models of schema 1 store weights as they were learnt.
      table = WeightTable(rounding: weights, labelCount: labelCount)
    default: throw invalid("the weights do not have a column for each label")
    }
    let extractor = try FeatureExtractor(
      configuration: configuration.features, columnCount: table.rowCount, state: state)
    let intercepts: [Float] = try tensors.array(TensorName.intercepts, of: .float32)
    let denseWeights: [Float] = try tensors.array(TensorName.denseWeights, of: .float32)
    guard intercepts.count == labelCount, denseWeights.count == extractor.denseColumnCount * labelCount else {
      throw invalid("the intercepts or the dense weights do not fit the labels and features")
    }
    self.init(
      configuration: configuration, extractor: extractor, scorer: LinearScorer(extractor: extractor, table: table),
      denseWeights: denseWeights, intercepts: intercepts, file: tensors)
  }

  /// Makes ready for much to score: copies the model's tables to memory in which they are faster to look about. Takes some
  /// milliseconds, may be called while others score, and changes no answer. Where only hashed words are read, weights are asked
  /// for long before they are needed, and nothing is gained by it.
  package func settle() {
    if !scorer.readsOnlyFoldedHashes { file?.settle() }
  }

  /// The tensors in which the model is stored.
  var tensors: [Tensor] {
    let labelCount = labels.count
    var tensors = [
      Tensor(
        name: TensorName.weights, type: .int16, shape: [extractor.columnCount, scorer.table.laneCount],
        elements: scorer.table.elements.array),
      Tensor(
        name: TensorName.weightFactors, type: .float32, shape: [labelCount], elements: scorer.table.factors),
      Tensor(
        name: TensorName.denseWeights, type: .float32, shape: [extractor.denseColumnCount, labelCount],
        elements: denseWeights),
      Tensor(name: TensorName.intercepts, type: .float32, shape: [labelCount], elements: intercepts),
    ]
    for (name, array) in extractor.state.sorted(by: { $0.key < $1.key }) {
      tensors.append(array.tensor(named: TensorName.statePrefix + name))
    }
    return tensors
  }

  /// Writes the model as a directory, in one step.
  ///
  /// - Parameters:
  ///   - metrics: the bytes of `metrics.json`.
  ///   - card: the model card.
  ///   - datasetDigest: the SHA-256 of the training data.
  /// - Throws: `ModelStoreError`.
  public func write(to path: String, metrics: [UInt8], card: String, datasetDigest: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try ModelDirectory.write(
      ModelDirectory.Contents(
        configuration: encoder.encode(configuration), tensors: tensors, metrics: Data(metrics), card: card,
        toolVersion: Version.current, datasetDigest: datasetDigest, seed: configuration.learning.seed),
      to: path)
  }
}
