import Evaluation

/// A field of a run by which runs are listed, filtered and sorted.
public enum RunField: Equatable, Sendable {
  /// A field that every run has, by its column in the index.
  case fixed(String)
  /// A metric, by its name.
  case metric(String)
  /// A setting, by its path in the configuration: `config.classifier.c`.
  case setting(String)

  /// The fields that every run has.
  public static let fixedNames = [
    "id", "kind", "status", "task", "model", "data", "items", "seconds", "memory", "seed", "started_at", "ended_at",
    "tool_version", "git_commit", "host", "failure",
  ]

  /// The name of the share of items that a model answered, which stands among the metrics.
  public static let coverage = "coverage"
  /// The name of the area under the coverage–risk curve, which stands among the metrics.
  public static let riskArea = "risk_area"

  /// The field of a name.
  ///
  /// - Throws: `unknownField` for a name that is no field, no metric's and does not begin with `config.`.
  public init(_ name: String) throws(RunRegistryError) {
    if Self.fixedNames.contains(name) {
      self = .fixed(name)
    } else if name.hasPrefix("config."), name.utf8.count > 7 {
      self = .setting(String(name.dropFirst(7)))
    } else if Metric(name: name) != nil || [Self.coverage, Self.riskArea].contains(name) {
      self = .metric(name)
    } else {
      throw .unknownField(name)
    }
  }

  /// The name, as `init` reads it.
  public var name: String {
    switch self {
    case .fixed(let name), .metric(let name): name
    case .setting(let path): "config.\(path)"
    }
  }
}
