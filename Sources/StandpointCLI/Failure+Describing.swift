import ArgumentParser
import Classification
import Corpus
import Evaluation
import FeatureExtraction
import ModelStore
import RunRegistry
import Standpoint

extension Failure {
  /// The failure that an error of any room means for the user; nil for those that the argument parser reports itself.
  init?(describing error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as CorpusError:
      // Whoever read our output has gone: that is how `| head` works, and no error.
      self.init(error.exitCode, error.kind == .brokenPipe ? nil : "\(error)")
    case let error as ModelStoreError: self.init(Code(error), "\(error)")
    case let error as StandpointError: self.init(Code(error), "\(error)")
    case let error as FeatureExtractionError:
      self.init(Code(error), error.option.map { "--\($0): \(error)" } ?? "\(error)")
    case let error as RunRegistryError: self.init(Code(error), "\(error)")
    case let error as PairingError: self.init(.badData, "\(error)")
    case let error as AssessmentError: self.init(.usage, "--slice: \(error)")
    case let error as FitError: self.init(.badData, "\(error)")
    case let error as LogisticRegression.ConfigurationError: self.init(.usage, "--\(error.option): \(error)")
    case is ValidationError, is ExitCode, is CleanExit: return nil
    default:
      // The parser's own errors have no public type; whatever else comes here is a bug of ours.
      if StandpointCommand.exitCode(for: error) != .failure { return nil }
      self.init(.software, "unexpected error, please report it: \(error)")
    }
  }
}

extension Failure.Code {
  init(_ error: ModelStoreError) {
    self =
      switch error {
      case .missing: .noInput
      case .notAModel, .missingFile, .damaged, .newerSchema, .tensor: .badData
      case .wouldOverwrite, .wouldDelete, .cannotWrite: .cannotCreate
      case .cannotRead: .inputOutput
      }
  }

  init(_ error: StandpointError) {
    self =
      switch error {
      case .missingTarget, .duplicateTask, .invalidSetting: .usage
      case .invalidModel, .unknownLabel: .badData
      }
  }

  init(_ error: RunRegistryError) {
    self =
      switch error {
      case .file(let error): error.exitCode
      case .noFolder, .noSuchRun, .noPredictions: .noInput
      case .ambiguousRun, .unknownField, .invalidFilter: .usage
      case .index: .inputOutput
      }
  }

  init(_ error: FeatureExtractionError) {
    self =
      switch error {
      case .noStatements, .emptyVocabulary, .invalidState: .badData
      default: .usage
      }
  }
}

extension CorpusError {
  /// The exit code that the contract gives to this kind of error.
  var exitCode: Failure.Code {
    switch category {
    case .noInput: .noInput
    case .usage: .usage
    case .badData: .badData
    case .inputOutput: .inputOutput
    case .cannotCreate: .cannotCreate
    case .brokenPipe: .done
    }
  }
}

extension LogisticRegression.ConfigurationError {
  /// The option of `train` that sets what cannot be used.
  var option: String {
    switch self {
    case .inverseRegularization: "C"
    case .contrast: "contrast"
    case .tolerance: "tol"
    case .maximumIterations: "max-iter"
    case .l1Ratio: "l1-ratio"
    case .classWeight: "class-weight"
    }
  }
}

extension FeatureExtractionError {
  /// The option of `train` that sets what is out of bounds; nil where it is none of its options.
  var option: String? {
    switch self {
    case .invalidOrders(let family, _, _, _):
      ["words": "word-ngrams", "characters": "char-ngrams", "target": "target-ngrams"][family]
    case .invalidScale(let family, _): family == "embeddings" ? "embedding-scale" : nil
    case .invalidHashBits: "hash-bits"
    case .invalidVocabularyLimit(let name, _, _): name == "minimumDocuments" ? "min-documents" : "max-features"
    default: nil
    }
  }
}
