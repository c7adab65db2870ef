import ArgumentParser
import Classification
import Corpus
import Standpoint

/// The options of `train` that change how the classifier is trained; what is not given stays as the preset has it.
struct LearningOptions: ParsableArguments {
  @Option(
    name: .customLong("C"), parsing: .unconditional,
    help: ArgumentHelp("Inverse strength of the penalty.", valueName: "c"))
  var inverseRegularization: Double?

  @Option(help: "How weights are kept small.")
  var penalty: PenaltyName?

  @Option(
    name: .customLong("l1-ratio"), parsing: .unconditional,
    help: ArgumentHelp("Share of L1 in elasticnet.", valueName: "0…1"))
  var l1Ratio: Double?

  @Option(
    name: .customLong("class-weight"),
    help: ArgumentHelp(
      "none, balanced, sqrt (halfway between both), or label=weight,…: labels that are not named weigh 1.",
      valueName: "name|label=weight,…"))
  var classWeight: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Multiply features by the p-th power of how unlike the labels are in them (naive Bayes); 0 for not at all.",
      valueName: "p"))
  var contrast: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Relative gap to the optimum at which training stops.", valueName: "gap"))
  var tol: Double?

  @Option(
    name: .customLong("max-iter"),
    parsing: .unconditional,
    help: ArgumentHelp("Largest number of passes over the data or Newton steps.", valueName: "n"))
  var maximumIterations: Int?

  /// A configuration with what was given on the command line.
  func apply(
    to configuration: LogisticRegression.Configuration, labels: LabelSet, seed: UInt64
  ) throws -> LogisticRegression.Configuration {
    var configuration = configuration
    configuration.seed = seed
    if let inverseRegularization { configuration.inverseRegularization = inverseRegularization }
    switch penalty {
    case .none: break
    case .l2: configuration.penalty = .l2
    case .l1: configuration.penalty = .l1
    case .elasticnet: configuration.penalty = .elasticNet(l1Ratio: l1Ratio ?? 0.5)
    }
    if l1Ratio != nil, penalty != .elasticnet {
      throw ValidationError("--l1-ratio belongs to --penalty elasticnet")
    }
    if let classWeight { configuration.classWeight = try weights(classWeight, labels: labels) }
    if let contrast { configuration.contrast = contrast == 0 ? nil : contrast }
    if let tol { configuration.tolerance = tol }
    if let maximumIterations { configuration.maximumIterations = maximumIterations }
    return configuration
  }

  private func weights(_ text: String, labels: LabelSet) throws -> LogisticRegression.ClassWeight {
    if let named = LogisticRegression.ClassWeight(name: text) { return named }
    var weights = [Double](repeating: 1, count: labels.count)
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, let weight = Double(pair[1]), let label = labels.index(of: String(pair[0])) else {
        throw ValidationError(
          "--class-weight: expected none, balanced, sqrt or label=weight,… with labels "
            + "\(labels.names.joined(separator: ", ")); found \"\(part)\"")
      }
      guard (0...LogisticRegression.ClassWeight.largest).contains(weight) else {
        throw ValidationError(
          "--class-weight: expected numbers from 0 to \(Int(LogisticRegression.ClassWeight.largest)); found \"\(part)\""
        )
      }
      weights[label] = weight
    }
    guard weights.count(where: { $0 > 0 }) > 1 else {
      throw ValidationError("--class-weight: two labels or more must weigh more than 0")
    }
    return .given(weights)
  }
}

/// The penalties, by scikit-learn's names.
enum PenaltyName: String, ExpressibleByArgument, CaseIterable {
  case l2, l1, elasticnet
}
