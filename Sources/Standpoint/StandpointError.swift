/// What can go wrong between a model and the data it meets.
public enum StandpointError: Error, Equatable, Sendable {
  /// The model's configuration cannot be read.
  case invalidModel(path: String, problem: String)
  /// The data carry no target and none was given, but the model takes a stance toward one.
  case missingTarget(place: String)
  /// The labels of data and model have nothing in common, or a label is unknown to the model.
  case unknownLabel(label: String, place: String, known: [String])
  /// Two models answer for the same task.
  case duplicateTask(task: String)
  /// A setting makes no sense.
  case invalidSetting(name: String, problem: String)
}

extension StandpointError: CustomStringConvertible {
  /// What is wrong, and how to mend it.
  public var description: String {
    switch self {
    case .invalidModel(let path, let problem):
      "\(path): \(problem). The model was made by another version or is not one: train it again."
    case .missingTarget(let place):
      "\(place): a stance is taken toward a target, and there is none: give --target NAME, or a target in each row."
    case .unknownLabel(let label, let place, let known):
      "\(place): the label \"\(label)\" is not one of the model's (\(known.joined(separator: ", ")))."
    case .duplicateTask(let task):
      "two of the models answer for the task \(task): name one of them."
    case .invalidSetting(let name, let problem): "\(name): \(problem)"
    }
  }
}
