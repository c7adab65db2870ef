import ArgumentParser

/// What `--target` takes: a name or a proposition, not nothing.
enum TargetName {
  /// The argument, if it names anything.
  static func checked(_ argument: String) throws -> String {
    guard !argument.allSatisfy(\.isWhitespace) else { throw ValidationError("the name is empty") }
    return argument
  }
}
