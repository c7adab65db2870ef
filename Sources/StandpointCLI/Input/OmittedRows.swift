/// Says which labelled rows a command leaves out.
enum OmittedRows {
  /// What tells the user of a file's rows that are labelled for other tasks only.
  static func teller(task: String, _ options: SharedOptions) -> (_ file: String, _ rows: Int) -> Void {
    { file, rows in
      if options.quiet { return }
      Terminal.say(
        "standpoint: \(file): \(rows) \(rows == 1 ? "row has" : "rows have") labels for other tasks and none for \(task): "
          + "left out")
    }
  }
}
