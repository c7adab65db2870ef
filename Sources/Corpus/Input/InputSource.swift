/// Where bytes are read from: a file or standard input.
public enum InputSource: Equatable, Sendable {
  /// The file at a path.
  case file(String)
  /// The process's standard input.
  case standardInput

  /// Takes a command-line argument: `-` is standard input, anything else a path.
  public init(argument: String) {
    self = argument == "-" ? .standardInput : .file(argument)
  }

  /// How messages name the source.
  public var name: String {
    switch self {
    case .file(let path): path
    case .standardInput: "standard input"
    }
  }
}
