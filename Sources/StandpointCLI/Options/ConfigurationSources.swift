import ArgumentParser
import Foundation
import Yams

/// Options that come from `--config FILE` or from `STANDPOINT_…` in the environment, turned into arguments.
///
/// The parser then sees one list of arguments, so an option means the same wherever it comes from. What stands on the
/// command line wins over the environment, and the environment over the file.
enum ConfigurationSources {
  /// An option or flag that a command knows.
  struct KnownOption {
    var isFlag: Bool
    var isRepeatable: Bool
    var names: Set<String>
  }

  /// Arguments of the command line, and those that the environment and the configuration file add to them.
  struct Expanded {
    /// The arguments of the command line; those that are added stand before `end`.
    let given: [String]
    let end: Int
    /// What is added, and whence.
    var added: [(argument: String, source: String)] = []

    /// All arguments.
    var arguments: [String] { with(added) }

    /// The first added argument without which all the others are understood.
    func culprit(_ isUnderstood: ([String]) -> Bool) -> (argument: String, source: String)? {
      for index in added.indices {
        var others = added
        others.remove(at: index)
        if isUnderstood(with(others)) { return added[index] }
      }
      return nil
    }

    private func with(_ added: [(argument: String, source: String)]) -> [String] {
      Array(given[..<end]) + added.map(\.argument) + Array(given[end...])
    }
  }

  /// The arguments with those that the environment and the configuration file add.
  static func expand(
    _ arguments: [String], environment: [String: String], root: any ParsableCommand.Type
  ) throws -> Expanded {
    var expanded = Expanded(given: arguments, end: arguments.firstIndex(of: "--") ?? arguments.endIndex)
    let file = configurationFile(in: arguments) ?? environment["STANDPOINT_CONFIG"]
    let hasEnvironment = environment.keys.contains { $0.hasPrefix("STANDPOINT_") && !reserved.contains($0) }
    guard file != nil || hasEnvironment else { return expanded }

    let (path, known) = try options(of: root, arguments: arguments)
    let given = Set(arguments.prefix { $0 != "--" }.compactMap(optionName))
    var settled: Set<String> = []
    func add(_ name: String, _ values: [String], from source: String) throws {
      guard let option = known[name], !settled.contains(name), given.isDisjoint(with: option.names) else { return }
      if option.isFlag {
        guard values.count == 1, let isOn = boolean(values[0]) else {
          throw Failure(.configuration, "\(source): \(name) is a switch: expected true or false, found \(values)")
        }
        if isOn { expanded.added.append(("--" + name, source)) }
      } else {
        guard values.count == 1 || option.isRepeatable else {
          throw Failure(.configuration, "\(source): \(name) takes one value, found \(values.count)")
        }
        for value in values { expanded.added.append(("--\(name)=\(value)", source)) }
      }
      settled.insert(name)
    }
    for (variable, value) in environment.sorted(by: { $0.key < $1.key })
    where variable.hasPrefix("STANDPOINT_") && !reserved.contains(variable) {
      let name = variable.dropFirst("STANDPOINT_".count).lowercased().replacingOccurrences(of: "_", with: "-")
      try add(name, [value], from: variable)
    }
    if let file {
      for (name, values) in try read(file, commandPath: path) {
        guard known[name] != nil || allOptionNames(of: root).contains(name) else {
          throw Failure(
            .configuration,
            "\(file): no option is called \"\(name)\". See `standpoint \(path.joined(separator: " ")) --help`.")
        }
        try add(name, values, from: file)
      }
    }
    return expanded
  }

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

  private static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }

  /// The settings in a YAML file: a mapping of option names to values, and below a command's name those of the command.
  private static func read(_ file: String, commandPath: [String]) throws -> [(name: String, values: [String])] {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Failure(.noInput, "\(file): cannot read this configuration file")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw Failure(.configuration, "\(file): not UTF-8 text")
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw Failure(.configuration, "\(file): not YAML: \(error)")
    }
    guard let root else { return [] }
    guard let mapping = root.mapping else {
      throw Failure(.configuration, "\(file): expected lines of the form `option: value`")
    }
    var general: [(String, [String])] = []
    var specific: [(String, [String])] = []
    for (key, value) in mapping {
      guard let name = key.string else { throw Failure(.configuration, "\(file): an option name is not text") }
      if let section = value.mapping {
        guard commandPath.first == name else { continue }
        for (innerKey, innerValue) in section {
          specific.append((innerKey.string ?? "", try values(innerValue, of: innerKey.string ?? "", in: file)))
        }
      } else {
        general.append((name, try values(value, of: name, in: file)))
      }
    }
    return specific + general
  }

  private static func values(_ node: Node, of name: String, in file: String) throws -> [String] {
    if let scalar = node.scalar { return [scalar.string] }
    if let sequence = node.sequence {
      return try sequence.map { element in
        guard let scalar = element.scalar else {
          throw Failure(.configuration, "\(file): \(name): expected a list of plain values")
        }
        return scalar.string
      }
    }
    throw Failure(.configuration, "\(file): \(name): expected a value or a list of values")
  }

  // MARK: What a command knows, from the parser's own description of itself

  private struct Tool: Decodable {
    var command: Command
    struct Command: Decodable {
      var commandName: String
      var subcommands: [Command]?
      var arguments: [Argument]?
    }
    struct Argument: Decodable {
      var kind: String
      var names: [Name]?
      var isRepeating: Bool?
      struct Name: Decodable { var kind: String; var name: String }
    }
  }

  private static func tool(_ root: any ParsableCommand.Type) -> Tool.Command? {
    try? JSONDecoder().decode(Tool.self, from: Data(root._dumpHelp().utf8)).command
  }

  private static func options(
    of root: any ParsableCommand.Type, arguments: [String]
  ) throws -> (path: [String], known: [String: KnownOption]) {
    guard var command = tool(root) else { return ([], [:]) }
    var path: [String] = []
    for argument in arguments {
      guard let next = command.subcommands?.first(where: { $0.commandName == argument }) else { break }
      command = next
      path.append(argument)
    }
    return (path, known(command))
  }

  private static func known(_ command: Tool.Command) -> [String: KnownOption] {
    var known: [String: KnownOption] = [:]
    for argument in command.arguments ?? [] where argument.kind != "positional" {
      let names = Set((argument.names ?? []).map(\.name))
      let option = KnownOption(
        isFlag: argument.kind == "flag", isRepeatable: argument.isRepeating ?? false, names: names)
      for name in argument.names ?? [] where name.kind == "long" && name.name != "help" && name.name != "version" {
        known[name.name] = option
      }
    }
    return known
  }

  private static func allOptionNames(of root: any ParsableCommand.Type) -> Set<String> {
    var names: Set<String> = []
    func visit(_ command: Tool.Command) {
      names.formUnion(known(command).keys)
      command.subcommands?.forEach(visit)
    }
    if let command = tool(root) { visit(command) }
    return names
  }
}
