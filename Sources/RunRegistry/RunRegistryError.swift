public import Corpus

/// What can go wrong with the registry of runs.
public enum RunRegistryError: Error, Equatable, Sendable {
  /// A file of a run cannot be read or written.
  case file(CorpusError)
  /// There is no folder of runs.
  case noFolder(String)
  /// No run has the id, or begins with it.
  case noSuchRun(String, folder: String)
  /// Several runs begin with the text.
  case ambiguousRun(String, candidates: [String])
  /// The run has no predictions.
  case noPredictions(String)
  /// The index cannot be used.
  case index(path: String, problem: String)
  /// A field that runs do not have.
  case unknownField(String)
  /// A filter that cannot be read.
  case invalidFilter(String)
}

extension RunRegistryError: CustomStringConvertible {
  /// What is wrong and how to mend it.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .noFolder(let folder):
      "\(folder): no such folder, so there are no runs; name the folder of runs in STANDPOINT_RUNS"
    case .noSuchRun(let reference, let folder):
      "\(folder): no run is called '\(reference)'; `standpoint runs list` shows those that are there"
    case .ambiguousRun(let reference, let candidates):
      "several runs begin with '\(reference)': \(candidates.joined(separator: ", ")); write more of the name"
    case .noPredictions(let id): "the run \(id) has no predictions, so there is nothing to compare"
    case .index(let path, let problem):
      "\(path): the index of runs cannot be used (\(problem)); `standpoint runs reindex` builds it anew from the folders"
    case .unknownField(let name):
      "runs have no field '\(name)'; choose from \(RunField.fixedNames.joined(separator: ", ")), a metric (macro_f1, "
        + "f1.LABEL …) or a setting (config.NAME)"
    case .invalidFilter(let text):
      "the filter '\(text)' cannot be read; write FIELD, then one of = != < <= > >= ~, then a value, which for a metric "
        + "is a number: macro_f1>=0.7"
    }
  }
}
