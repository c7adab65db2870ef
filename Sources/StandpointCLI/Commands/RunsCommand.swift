import ArgumentParser
import LinearAlgebra
import Corpus
import Foundation
import Reporting
import RunRegistry

/// `standpoint runs`.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List, show and export what was trained and evaluated.",
    discussion: """
      Runs are folders in $STANDPOINT_RUNS (./runs where that is not set); runs.sqlite is an index over them that can \
      always be built anew.
      """,
    subcommands: [List.self, Show.self, Export.self, Reindex.self])

  /// Which runs, in which order.
  struct Selection: ParsableArguments {
    @Option(
      name: .customLong("where"),
      help: ArgumentHelp("Only runs for which this holds (= != < <= > >= ~); repeatable.", valueName: "field=value"))
    var conditions: [String] = []

    @Option(
      help: ArgumentHelp("Order by a field, `field:desc` for the largest first; repeatable.", valueName: "field"))
    var sort: [String] = []

    @Option(help: ArgumentHelp("Fields to give, separated by commas.", valueName: "field,…"))
    var columns: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("At most so many runs.", valueName: "n"))
    var limit: Int?

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit: expected 1 or more, found \(limit)") }
      if let columns, columns.allSatisfy({ $0 == "," || $0 == " " }) {
        throw ValidationError("--columns: name at least one field")
      }
      _ = try query()
    }

    /// The query that the options describe.
    ///
    /// - Throws: `ValidationError` naming the option.
    func query() throws -> RunQuery {
      var query = RunQuery(limit: limit)
      query.filters = try read("where") { () throws(RunRegistryError) in
        try conditions.map { condition throws(RunRegistryError) in try RunQuery.Filter(condition) }
      }
      query.order = try read("sort") { () throws(RunRegistryError) in
        try sort.map { order throws(RunRegistryError) in
          let isDescending = order.hasSuffix(":desc")
          return RunQuery.Order(
            try RunField(isDescending ? String(order.dropLast(5)) : order), isDescending: isDescending)
        }
      }
      if let columns {
        query.columns = try read("columns") { () throws(RunRegistryError) in
          try columns.split(separator: ",").map { name throws(RunRegistryError) in
            try RunField(String(name).trimmingCharacters(in: .whitespaces))
          }
        }
      }
      return query
    }

    /// What an option's text says; errors name the option.
    private func read<Result>(_ option: String, _ body: () throws(RunRegistryError) -> Result) throws -> Result {
      do {
        return try body()
      } catch {
        throw ValidationError("--\(option): \(error)")
      }
    }

    /// Says on stderr why there may be fewer runs than expected: there is no folder, or no run has a setting.
    func explainGaps(in store: RunStore, _ query: RunQuery) throws(RunRegistryError) {
      guard store.exists else {
        return Terminal.say(
          "standpoint: \(store.folder): no such folder, so there are no runs; name their folder in STANDPOINT_RUNS")
      }
      let asked = query.settings
      guard !asked.isEmpty else { return }
      let known = try store.settingNames()
      for name in asked where !known.isEmpty && !known.contains(name) {
        // Elements of lists would make the list of names a long one.
        let keys = known.filter { !($0.last?.isNumber ?? false) }.map { "config.\($0)" }.joined(separator: ", ")
        Terminal.say("standpoint: no run has the setting config.\(name); there are \(keys)")
      }
    }
  }

  /// `standpoint runs list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List runs, the latest first.",
      discussion: """
        Fields: \(RunField.fixedNames.joined(separator: ", ")), every metric (macro_f1, f1.favor …), coverage, \
        risk_area and every setting (config.NAME). --format text (default), jsonl, csv, markdown, latex or html.

        Examples:
          standpoint runs list --where task=stance --where 'macro_f1>=0.6' --sort macro_f1:desc --limit 10
          standpoint runs list --columns id,model,f1.favor,f1.against --format csv
        """)

    @OptionGroup var selection: Selection
    @OptionGroup var shared: SharedOptions

    func run() throws {
      let format = try shared.format(
        of: [.text, .jsonl, .csv, .markdown, .latex, .html], terminal: .text, pipe: .text)
      let query = try selection.query()
      let store = RunStore.standard
      let output = try shared.openOutput()
      if format == .csv {
        try output.write(try store.csv(query))
      } else {
        let report = RunListReport(try store.list(query))
        switch format {
        case .jsonl: try output.write(report.jsonl)
        case .markdown: try output.write(report.markdown)
        case .latex: try output.write(report.latex)
        case .html: try output.write(report.html)
        default: try output.write(report.text(colored: Terminal.allowsColor(shared)))
        }
      }
      try output.commit()
      try selection.explainGaps(in: store, query)
    }
  }

  /// `standpoint runs show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show everything that is known of a run.",
      discussion: """
        A run is named by its id, the beginning of it, `latest`, or its folder. --format text (default), json, markdown, \
        latex or html.

        Example:
          standpoint runs show latest
        """)

    @Argument(help: ArgumentHelp("A run.", valueName: "run"), completion: .directory)
    var reference: String

    @OptionGroup var shared: SharedOptions

    func run() throws {
      let format = try shared.format(of: [.text, .json, .markdown, .latex, .html], terminal: .text, pipe: .text)
      let run = try RunStore.standard.run(reference)
      let report = RunReport(run)
      let output = try shared.openOutput()
      switch format {
      case .json: try output.write(run.json.text(indented: true) + "\n")
      case .markdown: try output.write(report.markdown)
      case .latex: try output.write(report.latex)
      case .html: try output.write(report.html)
      default: try output.write(report.text(colored: Terminal.allowsColor(shared)))
      }
      try output.commit()
    }
  }

  /// `standpoint runs export`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Give runs to other tools.",
      discussion: """
        --format json (default): whole records. csv: the fields of --columns; texts that a spreadsheet would run as a \
        formula get an apostrophe. mlflow: a file store in the new folder --output, an experiment a task, which mlflow \
        opens (its newer versions want MLFLOW_ALLOW_FILE_STORE=true, or `mlflow migrate-filestore`).

        Examples:
          standpoint runs export --format mlflow --output mlruns
          standpoint runs export --format csv --columns id,model,macro_f1 --output runs.csv
        """)

    @OptionGroup var selection: Selection
    @OptionGroup var shared: SharedOptions

    func run() throws {
      let format = try shared.format(of: [.json, .csv, .mlflow], terminal: .json, pipe: .json)
      let query = try selection.query()
      let store = RunStore.standard
      try selection.explainGaps(in: store, query)
      if format == .mlflow {
        guard let folder = shared.output else {
          throw ValidationError("--output: name the folder for the MLflow store")
        }
        let count = try store.exportMLflow(
          to: folder, query, progress: ProgressLine.stages(shared)("writing").update)
        if !shared.quiet { Terminal.say("\(count) runs written to \(folder)") }
        return
      }
      let output = try shared.openOutput()
      try output.write(format == .csv ? try store.csv(query) : try store.json(query))
      try output.commit()
    }
  }

  /// `standpoint runs reindex`.
  struct Reindex: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reindex", abstract: "Build the index of runs anew from their folders.")

    @OptionGroup var shared: SharedOptions

    func run() throws {
      _ = try shared.format(of: [.text], terminal: .text, pipe: .text)
      let count = try RunStore.standard.reindex(progress: ProgressLine.stages(shared)("indexing").update)
      if !shared.quiet { Terminal.say("\(count) runs indexed") }
    }
  }
}
