package import Corpus
public import Evaluation
public import Foundation

/// What was trained or evaluated, on which data, with what settings, and what came out.
public struct Run: Equatable, Sendable {
  /// What a run does.
  public enum Kind: String, Sendable, CaseIterable {
    /// It trains a model.
    case train
    /// It evaluates a model on labelled data.
    case evaluate
  }

  /// How far a run has come.
  public enum Status: String, Sendable, CaseIterable {
    /// It is at work.
    case running
    /// It has come to its end.
    case finished
    /// It stopped with an error.
    case failed
    /// Its process is gone without a word.
    case killed
    /// Its record cannot be read.
    case damaged
  }

  /// A file that went in.
  public struct DataSource: Equatable, Sendable {
    /// What it served for: `train`, `dev`, `test`.
    public var role: String
    /// Its path, as it was given.
    public var path: String
    /// The SHA-256 of what it holds, in hexadecimal digits.
    public var digest: String?
    /// The number of statements.
    public var count: Int
    /// The number of statements of each label.
    public var labelCounts: [String: Int]

    /// Creates a record of a file.
    public init(role: String, path: String, digest: String?, count: Int, labelCounts: [String: Int] = [:]) {
      self.role = role
      self.path = path
      self.digest = digest
      self.count = count
      self.labelCounts = labelCounts
    }
  }

  /// The name: sortable by time, unique across processes, the name of the run's folder. Given by `RunStore.begin`.
  public internal(set) var id: String
  /// What the run does.
  public var kind: Kind
  /// How far it has come.
  public internal(set) var status: Status
  /// The task: `sourcing`, `stance` or another.
  public var task: String?
  /// The model directory that was written or evaluated.
  public var model: String?
  /// The label set, in the model's order.
  public var labels: [String]
  /// When it began.
  public internal(set) var startedAt: Date
  /// When it ended.
  public internal(set) var endedAt: Date?
  /// How long it took, by a clock that nobody sets.
  public internal(set) var seconds: Double?
  /// The most memory that the process has held, in bytes.
  public internal(set) var peakMemory: Int?
  /// The settings.
  package var configuration: JSONValue
  /// What went in.
  public var data: [DataSource]
  /// The version of the tool.
  public var toolVersion: String
  /// The commit of the git repository in which the run was started, if it was in one.
  public var gitCommit: String?
  /// The machine.
  public var machine: Machine
  /// The seed.
  public var seed: UInt64
  /// What came out, by the names of metrics.
  public var metrics: [String: Estimate]
  /// Why it failed.
  public internal(set) var failure: String?

  /// A run that is to begin.
  package init(
    kind: Kind, task: String? = nil, model: String? = nil, labels: [String] = [], configuration: JSONValue = [:],
    data: [DataSource] = [], toolVersion: String, gitCommit: String? = GitCommit.current(), machine: Machine,
    seed: UInt64, metrics: [String: Estimate] = [:]
  ) {
    id = ""
    self.kind = kind
    status = .running
    self.task = task
    self.model = model
    self.labels = labels
    startedAt = Date(timeIntervalSince1970: 0)
    self.configuration = configuration
    self.data = data
    self.toolVersion = toolVersion
    self.gitCommit = gitCommit
    self.machine = machine
    self.seed = seed
    self.metrics = metrics
  }

  /// The number of statements that were evaluated, or trained on: those of the last file.
  public var itemCount: Int? { data.last?.count }
}
