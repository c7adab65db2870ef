import Classification
public import Corpus
public import Evaluation
public import FeatureExtraction
public import LinearAlgebra

/// How settings came to be chosen, so that nobody takes the figures on the folds that they were chosen on for an estimate.
public struct TuningRecord: Codable, Equatable, Sendable {
  /// How many settings were tried.
  public var trials: Int
  /// What was maximized.
  public var metric: String
  /// The best trial's value of it, on out-of-fold predictions of the training data.
  public var value: Double
}

/// Chooses settings by cross-validation, by whole groups.
///
/// A trial is a set of features, class weights and a C. For each set ten values of C follow one another, each starting from the one
/// before, until larger ones have nothing to offer. The order of trials is fixed, so that more time never finds less; a budget of
/// seconds ends the search between two trials.
public struct Tuner: Sendable {
  /// The values of C that are tried.
  public static let path: [Double] = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000]

  /// What was settled before: all settings that the search does not touch.
  public let configuration: Trainer.Configuration
  /// What is maximized.
  public let metric: Metric
  /// How many seconds the search has; nil for no end.
  public let budget: Double?
  private let wordVectors: WordVectors?
  private let threads: Int
  private let fixesC: Bool
  private let fixesClassWeight: Bool
  private let fixesFeatures: Bool

  /// A search for what is not fixed.
  public init(
    _ configuration: Trainer.Configuration, metric: Metric, budget: Double?, wordVectors: WordVectors? = nil,
    threads: Int, fixesC: Bool = false, fixesClassWeight: Bool = false, fixesFeatures: Bool = false
  ) {
    self.configuration = configuration
    self.metric = metric
    self.budget = budget
    self.wordVectors = wordVectors
    self.threads = threads
    self.fixesC = fixesC
    self.fixesClassWeight = fixesClassWeight
    self.fixesFeatures = fixesFeatures
  }

  /// The best settings found.
  ///
  /// - Parameters:
  ///   - log: gets a line for each trial, and one for the best.
  ///   - progress: is told how much of the search is done.
  ///   - isInterrupted: asked between fits; the best so far is kept.
  /// - Throws: what training throws; `StandpointError` where the data are too few to be cut.
  public func search(
    _ statements: [Statement], log: (String) -> Void, progress: WorkProgress = .ignored, isInterrupted: () -> Bool
  ) throws -> Trainer.Configuration {
    let clock = ContinuousClock()
    let start = clock.now
    var seconds: Double { (clock.now - start) / .seconds(1) }
    let labels = try LabelSet(learntFrom: statements, task: configuration.task)
    let gold = statements.map { labels.index(of: $0.labels[configuration.task] ?? "") ?? 0 }
    let weights = statements.contains { $0.weight != 1 } ? statements.map(\.weight) : nil
    let calibrationWeights = try configuration.calibrationWeights(of: statements, gold: gold)
    let cut = Trainer.folds(configuration, statements, gold: gold, labels: labels)
    guard let folds = cut.folds else {
      throw StandpointError.invalidSetting(
        name: "--tune",
        problem: "the data cannot be cut into parts" + (cut.shortage.map { ": \($0)" } ?? ""))
    }
    var best: (value: Double, configuration: Trainer.Configuration)?
    var number = 0
    let featureVariants = featureVariants
    let classWeights = classWeights
    let rounds = featureVariants.count * classWeights.count
    // A trial takes about as long as the one before it, if not longer; what would end too late is not begun.
    var (last, lastEnd) = (0.0, 0.0)
    func isOver() -> Bool { isInterrupted() || budget.map { seconds + last > $0 } ?? false }
    search: for (variant, features) in featureVariants.enumerated() {
      let (_, matrix) = try FeatureExtractor.fit(
        features, statements: statements, wordVectors: wordVectors, threads: threads)
      for (choice, classWeight) in classWeights.enumerated() {
        if number > 0, isOver() { break search }
        var trial = configuration
        trial.features = features
        trial.learning.classWeight = classWeight
        var slope = Slope()
        lastEnd = seconds
        _ = try LogisticRegression(trial.learning).fitMany(
          matrix.sparse, dense: matrix.dense, labels: gold, labelCount: labels.count, weights: weights, folds: folds,
          inverseRegularizations: fixesC ? [trial.learning.inverseRegularization] : Self.path, threads: threads,
          progress: progress.part(variant * classWeights.count + choice, of: rounds)
        ) { fit throws(FitError) in
          number += 1
          (last, lastEnd) = (seconds - lastEnd, seconds)
          trial.learning.inverseRegularization = fit.inverseRegularization
          let calibration = try Calibration(fit.decision, labels: gold, weights: calibrationWeights)
          let predictions = Predictions(
            statements, task: configuration.task, gold: gold, labels: labels,
            probabilities: calibration.probabilities(ofRows: fit.decision))
          guard let value = metric.value(of: predictions) else { return !isOver() }
          let score = metric.higherIsBetter ? value : -value
          let isBest = score > best?.value ?? -.infinity
          if isBest { best = (score, trial) }
          let settings = options(of: trial).joined(separator: " ")
          log("trial \(number)  \(metric.name) \(rounded(value))\(isBest ? " *" : "  ")  \(settings)")
          return slope.goesOn(score: score, loss: Metric.logLoss.value(of: predictions)) && !isOver()
        }
      }
    }
    guard let best else {
      throw StandpointError.invalidSetting(name: "--metric", problem: "\(metric.name) is undefined on these data")
    }
    let settings = options(of: best.configuration).joined(separator: " ")
    let value = metric.higherIsBetter ? best.value : -best.value
    log("best after \(number) trials: \(metric.name) \(rounded(value))  \(settings)")
    var chosen = best.configuration
    chosen.tuning = TuningRecord(trials: number, metric: metric.name, value: value)
    return chosen
  }

  /// The options of `train` that set what the search has chosen in a configuration.
  public func options(of configuration: Trainer.Configuration) -> [String] {
    var options: [String] = []
    if !fixesC { options += ["--C", "\(configuration.learning.inverseRegularization)"] }
    if !fixesClassWeight, let name = configuration.learning.classWeight.name { options += ["--class-weight", name] }
    guard !fixesFeatures else { return options }
    func range(_ orders: ClosedRange<Int>?) -> String {
      orders.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "none"
    }
    options += ["--word-ngrams", range(configuration.features.words?.orders)]
    options += ["--char-ngrams", range(configuration.features.characters?.orders)]
    if let words = configuration.features.words {
      options += ["--case", words.letterCase.rawValue]
      // One option sets both; where a preset has them apart, the search leaves them so.
      if words.weighting.inverseDocumentFrequency
        == configuration.features.characters?.weighting.inverseDocumentFrequency
        ?? words.weighting.inverseDocumentFrequency
      {
        options.append(words.weighting.inverseDocumentFrequency ? "--idf" : "--no-idf")
      }
    }
    return options
  }

  private var classWeights: [LogisticRegression.ClassWeight] {
    let own = configuration.learning.classWeight
    return fixesClassWeight ? [own] : [own] + [.balanced, .none].filter { $0 != own }
  }

  /// The preset's features first, then with and without characters, then shorter and longer n-grams of words.
  private var featureVariants: [FeatureExtractor.Configuration] {
    var variants = [configuration.features]
    guard !fixesFeatures else { return variants }
    func add(_ change: (inout FeatureExtractor.Configuration) -> Void) {
      var variant = configuration.features
      change(&variant)
      if !variants.contains(variant), (try? variant.validated()) != nil { variants.append(variant) }
    }
    add { $0.characters = $0.characters == nil ? CharacterNGrams.Configuration(orders: 2...5) : nil }
    add { $0.words?.orders = 1...2 }
    add { $0.words?.orders = 1...3 }
    add { $0.words?.letterCase = .both }
    if let idf = configuration.features.words?.weighting.inverseDocumentFrequency {
      add {
        $0.words?.weighting.inverseDocumentFrequency = !idf
        $0.characters?.weighting.inverseDocumentFrequency = !idf
      }
    }
    return variants
  }

  /// What a path of C has seen: it ends where two values in a row have both a worse score and a larger log loss than the best before
  /// them, for larger C only take longer from there. Of the two, the loss knows better how far a path that has barely begun can go.
  private struct Slope {
    private var best = -Double.infinity
    private var least = Double.infinity
    private var falls = 0

    mutating func goesOn(score: Double, loss: Double?) -> Bool {
      let loss = loss ?? .infinity
      falls = score < best && loss > least ? falls + 1 : 0
      best = max(best, score)
      least = min(least, loss)
      return falls < 2
    }
  }

  private func rounded(_ value: Double) -> String {
    let scaled = Int((value.magnitude * 10_000).rounded())
    let digits = String(scaled % 10_000)
    return "\(value < 0 ? "-" : "")\(scaled / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
