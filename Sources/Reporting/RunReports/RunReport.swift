import Evaluation
public import RunRegistry

/// Everything that is known of one run, for people.
public struct RunReport: Equatable, Sendable {
  /// The run.
  public let run: Run

  /// A report of a run.
  public init(_ run: Run) { self.run = run }

  /// The report for a terminal.
  ///
  /// - Parameter colored: Whether headings are set off by terminal codes.
  public func text(colored: Bool = false) -> String { document.text(colored: colored) }

  /// The report in GitHub's Markdown.
  public var markdown: String { document.markdown }

  /// The tables in LaTeX; the preamble needs `\usepackage{booktabs}`.
  public var latex: String { document.latex }

  /// The report as one self-contained HTML file.
  public var html: String { document.html }

  private var document: Document {
    var facts = [
      Fact("Kind", run.kind.rawValue), Fact("Status", run.status.rawValue), Fact("Task", run.task ?? Figures.undefined),
      Fact("Model", run.model ?? Figures.undefined), Fact("Started", Run.text(run.startedAt)),
      Fact("Time", Figures.duration(seconds: run.seconds)), Fact("Memory", Figures.bytes(run.peakMemory)),
      Fact("Seed", String(run.seed)), Fact("Tool", "standpoint \(run.toolVersion)"),
      Fact("Commit", run.gitCommit ?? Figures.undefined),
      Fact(
        "Machine", "\(run.machine.host), \(run.machine.system), \(run.machine.processor), \(run.machine.cores) cores"),
      Fact(
        "OpenBLAS",
        "\(run.machine.openBLAS), \(run.machine.openBLASThreads) \(run.machine.openBLASThreads == 1 ? "thread" : "threads")"
      ),
      Fact("Threads", String(run.machine.threads)),
    ]
    if let failure = run.failure { facts.append(Fact("Failure", failure)) }
    return Document(title: "Run \(run.id)", facts: facts, sections: [metrics, data, settings].compactMap { $0 })
  }

  private var metrics: Section? {
    let known = Metric.overall + run.labels.flatMap(Metric.perLabel)
    let named = known.compactMap { metric in run.metrics[metric.name].map { (metric.title, $0) } }
    let others = run.metrics.filter { entry in !known.contains { $0.name == entry.key } }.sorted { $0.key < $1.key }
    let rows = (named + others.map { (Self.title($0.key), $0.value) }).filter { $0.1.value != nil }
    if rows.isEmpty { return nil }
    return Section(
      heading: "Metrics",
      table: Table(
        [.words("Metric"), .numbers("Value"), .numbers("Interval")],
        rows: rows.map { [$0.0, Figures.text($0.1.value), Figures.text($0.1.interval)] }), charts: labelBars)
  }

  /// The name in tables of a figure that is no metric of the answers.
  private static func title(_ name: String) -> String {
    switch name {
    case RunField.coverage: "Coverage"
    case RunField.riskArea: "Area under the coverage–risk curve"
    default: name
    }
  }

  private var labelBars: [Chart] {
    func figure(_ metric: Metric) -> Estimate { run.metrics[metric.name] ?? Estimate(value: nil) }
    let labels = run.labels.map {
      Chart.LabelFigures($0, precision: figure(.precision($0)), recall: figure(.recall($0)), f1: figure(.f1($0)))
    }
    return labels.contains { $0.f1.value != nil } ? [.labelBars(labels)] : []
  }

  private var data: Section? {
    if run.data.isEmpty { return nil }
    return Section(
      heading: "Data",
      table: Table(
        [.words("Role"), .words("File"), .numbers("Statements"), .words("Labels"), .words("SHA-256")],
        rows: run.data.map { source in
          [
            source.role, source.path, String(source.count),
            source.labelCounts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
            source.digest.map { DisplayWidth.clipped($0, to: 17) } ?? Figures.undefined,
          ]
        }))
  }

  private var settings: Section? {
    let settings = run.configuration.flattened
    if settings.isEmpty { return nil }
    return Section(
      heading: "Settings",
      table: Table([.words("Setting"), .words("Value")], rows: settings.map { [$0.path, $0.value] }))
  }
}
