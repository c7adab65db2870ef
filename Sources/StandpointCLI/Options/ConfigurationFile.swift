import Corpus
import Yams

/// The settings in a YAML file: a mapping of option names to values, and below a command's name those of the command.
struct ConfigurationFile {
  /// What a setting is set to.
  enum Value {
    /// One value, or a list of them.
    case values([String])
    /// A mapping of names to values.
    case pairs([(name: String, value: String)])
  }

  /// A setting that holds for a command, and where it stands.
  typealias Setting = (name: String, value: Value, source: String)

  private let path: String
  private let commandPath: [String]

  /// Reads a file.
  ///
  /// - Returns: the settings for the command at a path, those that were made for it alone first.
  /// - Throws: `Failure` naming the file, and the key where there is one.
  static func settings(in path: String, for commandPath: [String], of root: KnownCommand) throws -> [Setting] {
    let bytes: [UInt8]
    do throws(CorpusError) {
      bytes = try ByteSource.contents(of: .file(path))
    } catch {
      throw Failure(error.exitCode, "\(path): cannot read this configuration file: \(error.message)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.configuration, "\(path): not UTF-8 text")
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      throw Failure(.configuration, "\(path): not YAML: \(error)")
    }
    guard let node else { return [] }
    guard let mapping = node.mapping else {
      throw Failure(.configuration, "\(path): expected lines of the form `option: value`")
    }
    return try ConfigurationFile(path: path, commandPath: commandPath).settings(in: mapping, of: root, commandPath[...])
  }

  private func settings(
    in mapping: Node.Mapping, of command: KnownCommand, _ rest: ArraySlice<String>
  ) throws -> [Setting] {
    var general: [Setting] = []
    var specific: [Setting] = []
    for (key, node) in mapping {
      guard let name = key.scalar?.string else {
        throw Failure(.configuration, "\(path): a name of an option is not text")
      }
      let source = "\(path): \(name)"
      if let section = command.subcommands.first(where: { $0.name == name }), node.mapping != nil || node.null != nil {
        // A section of another command is read when that command is.
        guard rest.first == name, let inner = node.mapping else { continue }
        specific += try settings(in: inner, of: section, rest.dropFirst())
      } else {
        guard command.hasOption(name) else {
          throw Failure(
            .configuration,
            "\(source): no \(node.mapping == nil ? "option" : "option or command") has this name; see `standpoint "
              + "\((commandPath + ["--help"]).joined(separator: " "))`")
        }
        if let value = try value(of: node, at: source) { general.append((name, value, source)) }
      }
    }
    return specific + general
  }

  /// What a setting is set to; nil where it has no value (nothing, `null` or `~` without quotes), which sets nothing. What
  /// has no value in a list or a mapping is left out of it.
  private func value(of node: Node, at source: String) throws -> Value? {
    if node.null != nil { return nil }
    if let scalar = node.scalar { return .values([scalar.string]) }
    if let sequence = node.sequence, !sequence.contains(where: { $0.scalar == nil }) {
      let values = sequence.filter { $0.null == nil }.compactMap { $0.scalar?.string }
      return values.isEmpty && !sequence.isEmpty ? nil : .values(values)
    }
    if let mapping = node.mapping, !mapping.contains(where: { $0.key.scalar == nil || $0.value.scalar == nil }) {
      let pairs = mapping.filter { $0.value.null == nil }.map { pair in
        (name: pair.key.scalar?.string ?? "", value: pair.value.scalar?.string ?? "")
      }
      return pairs.isEmpty && !mapping.isEmpty ? nil : .pairs(pairs)
    }
    throw Failure(.configuration, "\(source): expected a value, or a list of plain values")
  }
}
