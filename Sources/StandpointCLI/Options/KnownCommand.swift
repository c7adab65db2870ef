import ArgumentParser
import Foundation

/// A command and its options, from the parser's own description of itself.
struct KnownCommand {
  /// The name.
  let name: String
  /// The commands below it.
  let subcommands: [KnownCommand]
  /// The options that may come from elsewhere than the command line, by each of their long names.
  let options: [String: Option]

  /// An option.
  struct Option {
    /// Whether it is a switch.
    let isFlag: Bool
    /// Whether it can be given several times.
    let isRepeatable: Bool
    /// Whether it takes `name=value`, so that a mapping has a meaning for it.
    let takesPairs: Bool
    /// Every name that settles it, also those of the switch that says the contrary.
    let names: Set<String>
    /// The switch that says the contrary: `no-idf` of `idf`, and `idf` of `no-idf`.
    let opposite: String?
  }

  /// All commands.
  static func tree(of root: any ParsableCommand.Type) -> KnownCommand? {
    (try? JSONDecoder().decode(Tool.self, from: Data(root._dumpHelp().utf8))).map { KnownCommand($0.command) }
  }

  /// The command that arguments name, and the names that lead to it.
  func command(named arguments: [String]) -> (path: [String], command: KnownCommand) {
    guard let first = arguments.first, let next = subcommands.first(where: { $0.name == first }) else {
      return ([], self)
    }
    let rest = next.command(named: Array(arguments.dropFirst()))
    return ([first] + rest.path, rest.command)
  }

  /// Whether this command, or one below it, has an option.
  func hasOption(_ name: String) -> Bool { options[name] != nil || subcommands.contains { $0.hasOption(name) } }

  private init(_ command: Tool.Command) {
    name = command.commandName
    subcommands = (command.subcommands ?? []).map(KnownCommand.init)
    let arguments = (command.arguments ?? []).filter { $0.kind != "positional" }
    let flags = Set(arguments.filter { $0.kind == "flag" }.flatMap(\.longNames))
    var options: [String: Option] = [:]
    for argument in arguments {
      for name in argument.longNames where !["help", "version", "config"].contains(name) {
        let opposite = [name.hasPrefix("no-") ? String(name.dropFirst(3)) : "no-" + name].first(where: flags.contains)
        options[name] = Option(
          isFlag: argument.kind == "flag", isRepeatable: argument.isRepeating ?? false,
          takesPairs: argument.valueName?.contains("=") ?? false,
          names: Set((argument.names ?? []).map(\.name)).union(opposite.map { [$0] } ?? []), opposite: opposite)
      }
    }
    self.options = options
  }

  /// What is read of the description.
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
      var valueName: String?
      struct Name: Decodable { var kind: String; var name: String }

      var longNames: [String] { (names ?? []).filter { $0.kind == "long" }.map(\.name) }
    }
  }
}
