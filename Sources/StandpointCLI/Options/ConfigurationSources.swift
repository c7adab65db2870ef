import ArgumentParser

/// Options that come from `--config FILE` or from `STANDPOINT_…` in the environment, turned into arguments.
///
/// The parser then sees one list of arguments, so an option means the same wherever it comes from. What stands on the
/// command line wins over the environment, and the environment over the file.
enum ConfigurationSources {
  /// Arguments of the command line, and those that the environment and the configuration file add to them.
  struct Expanded {
    /// The arguments of the command line; those that are added stand before `end`.
    let given: [String]
    let end: Int
    /// What is added, for which option, and whence.
    var added: [(argument: String, name: String, source: String)] = []

    /// All arguments.
    var arguments: [String] { Array(given[..<end]) + added.map(\.argument) + Array(given[end...]) }

    /// Whence the first option comes that was added and that a message speaks of.
    func source(ofOptionIn message: String) -> String? {
      added.first { added in
        message.ranges(of: "--" + added.name).contains { range in
          guard range.upperBound < message.endIndex else { return true }
          let next = message[range.upperBound]
          return !next.isLetter && !next.isNumber && next != "-"
        }
      }?.source
    }
  }

  /// The arguments with those that the environment and the configuration file add.
  ///
  /// - Parameter readsFile: whether the configuration file is asked too.
  static func expand(
    _ arguments: [String], environment: [String: String], root: any ParsableCommand.Type, readsFile: Bool = true
  ) throws -> Expanded {
    var expanded = Expanded(given: arguments, end: arguments.firstIndex(of: "--") ?? arguments.endIndex)
    let file = readsFile ? configurationFile(in: arguments) ?? environment["STANDPOINT_CONFIG"] : nil
    let hasEnvironment = environment.keys.contains { $0.hasPrefix(prefix) && !reserved.contains($0) }
    guard file != nil || hasEnvironment, let tree = KnownCommand.tree(of: root) else { return expanded }

    let (path, command) = tree.command(named: arguments)
    let given = Set(arguments.prefix { $0 != "--" }.compactMap(optionName))
    var settled: Set<String> = []
    func add(_ name: String, _ value: ConfigurationFile.Value, from source: String) throws {
      guard let option = command.options[name], !settled.contains(name), given.isDisjoint(with: option.names) else {
        return
      }
      if let rival = rivals[name], command.options[rival] != nil, given.contains(rival) || settled.contains(rival) {
        return
      }
      for (name, argument) in try option.arguments(name, value, from: source) {
        expanded.added.append((argument, name, source))
      }
      settled.formUnion(option.names)
    }
    for name in command.options.keys.sorted() {
      let variable = prefix + name.uppercased().replacing("-", with: "_")
      guard !reserved.contains(variable), let value = environment[variable] else { continue }
      try add(name, .values([value]), from: variable)
    }
    if let file {
      for (name, value, source) in try ConfigurationFile.settings(in: file, for: path, of: tree) {
        try add(name, value, from: source)
      }
    }
    return expanded
  }

  /// The arguments that do the same without the environment.
  static func withEnvironment(
    _ arguments: [String], _ environment: [String: String], root: any ParsableCommand.Type
  ) throws -> [String] {
    // A configuration file may be a pipe, which can be read only once.
    var expanded = try expand(arguments, environment: environment, root: root, readsFile: false)
    if configurationFile(in: arguments) == nil, let file = environment["STANDPOINT_CONFIG"] {
      expanded.added.append(("--config=\(file)", "config", "STANDPOINT_CONFIG"))
    }
    return expanded.arguments
  }

  private static let prefix = "STANDPOINT_"

  /// Options of which one settles the other: what the command line says of either goes before what others say of both.
  private static let rivals = ["format": "labels-only", "labels-only": "format"]

  /// Variables that are not options: where things are kept.
  private static let reserved: Set<String> = [
    "STANDPOINT_RUNS", "STANDPOINT_MODELS", "STANDPOINT_CORPORA", "STANDPOINT_CONFIG",
  ]

  private static func configurationFile(in arguments: [String]) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { return nil }
      if argument == "--config", index + 1 < arguments.count { return arguments[index + 1] }
      if argument.hasPrefix("--config=") { return String(argument.dropFirst("--config=".count)) }
    }
    return nil
  }

  private static func optionName(_ argument: String) -> String? {
    guard argument.hasPrefix("-"), argument.count > 1 else { return nil }
    let trimmed = argument.drop { $0 == "-" }
    return String(trimmed.prefix { $0 != "=" })
  }
}

extension KnownCommand.Option {
  /// The arguments that give the option under one of its names a value, each with the name that stands in it.
  ///
  /// - Throws: `Failure` for a value of a form that the option cannot have.
  fileprivate func arguments(
    _ name: String, _ value: ConfigurationFile.Value, from source: String
  ) throws -> [(name: String, argument: String)] {
    func fail(_ expected: String, _ found: String) -> Failure {
      Failure(.configuration, "\(source): expected \(expected), found \(found)")
    }
    switch value {
    case .values(let values) where isFlag:
      guard values.count == 1, let isOn = Self.truth(values[0]) else {
        throw fail("true or false", values.joined(separator: ", ").debugDescription)
      }
      return (isOn ? name : opposite).map { [($0, "--" + $0)] } ?? []
    case .values(let values):
      guard values.count == 1 || isRepeatable else { throw fail("one value", "\(values.count)") }
      return values.map { (name, "--\(name)=\($0)") }
    case .pairs(let pairs):
      guard takesPairs, !pairs.isEmpty else {
        throw fail(
          isFlag ? "true or false" : isRepeatable ? "a value or a list of values" : "one value",
          "a mapping; write it as `\(name): value`")
      }
      let texts = pairs.map { "\($0.name)=\($0.value)" }
      return (isRepeatable ? texts : [texts.joined(separator: ",")]).map { (name, "--\(name)=\($0)") }
    }
  }

  private static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }
}
