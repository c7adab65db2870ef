/// The labels of a task, by name and in a fixed order: the order of a model's columns and of every table.
public struct LabelSet: Equatable, Sendable {
  /// The names, each once.
  public let names: [String]
  private let indexByName: [String: Int]

  /// Creates a set from names in their order.
  ///
  /// - Precondition: no name stands twice.
  public init(_ names: [String]) {
    self.names = names
    indexByName = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
  }

  /// How many labels there are.
  public var count: Int { names.count }

  /// The place of a label, if it is one of the set.
  public func index(of name: String) -> Int? { indexByName[name] }

  /// Whose statement it is: the labels of the task `sourcing`.
  public static let sourcing = LabelSet(["person", "organization", "media", "document", "anonymous", "unattributed"])
  /// What position it takes toward its target: the labels of the task `stance`.
  public static let stance = LabelSet(["favor", "against", "none"])

  /// The set that a task has by default, if it is one that Standpoint knows.
  public static func standard(for task: String) -> LabelSet? {
    switch task {
    case Task.sourcing: sourcing
    case Task.stance: stance
    default: nil
    }
  }

  /// The tasks that Standpoint knows by name.
  public enum Task {
    /// Whose statement it is.
    public static let sourcing = "sourcing"
    /// What position it takes toward its target.
    public static let stance = "stance"
    /// Both.
    public static let known = [sourcing, stance]
  }

  /// Learns the labels of a task from data.
  ///
  /// Labels that are all among the task's standard ones stand in the standard order; any others are sorted by their
  /// UTF-8, so that the order of the rows does not matter.
  ///
  /// - Throws: `missingLabel` if no statement has a label for the task, `unsuitableData` if all have the same one.
  public init(learntFrom statements: some Sequence<Statement>, task: String) throws(CorpusError) {
    var found = Set<String>()
    for statement in statements {
      if let label = statement.labels[task] { found.insert(label) }
    }
    guard !found.isEmpty else {
      throw CorpusError(.missingLabel, column: task, found: "no row carries this task", mend: "name another task")
    }
    guard found.count > 1 else {
      throw CorpusError(
        .unsuitableData, column: task, expected: "at least two labels",
        found: "only “\(found.first ?? "")”", mend: "add rows with other labels")
    }
    let standard = Self.standard(for: task)?.names ?? []
    if found.isSubset(of: standard) {
      self.init(standard.filter(found.contains))
    } else {
      self.init(found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
  }
}
