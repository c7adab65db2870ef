import ArgumentParser
import LinearAlgebra
import Corpus

/// Reads the rows of data files for the commands of `data`: a bad row is named on stderr and the next one is read, so
/// that one run shows all that is to be mended. With bad rows the command fails in the end, and no file is written.
struct RowReading {
  private let options: SharedOptions
  private var badRows = 0

  init(_ options: SharedOptions) { self.options = options }

  /// Reads files one after the other, row by row.
  ///
  /// - Parameters:
  ///   - format: how the rows are written; guessed from each file's name where nil.
  ///   - task: a task beside `sourcing` and `stance` whose labels are read.
  ///   - body: takes each statement; what it finds wrong with one is named by the row's place.
  mutating func read(
    _ files: [String], format: StatementFormat?, task: String?, _ body: (Statement) throws -> Void
  ) throws {
    for file in files {
      var reader = try StatementReader(
        InputSource(argument: file), format: format, tasks: task.map { [$0] } ?? [],
        maximumLineBytes: options.maximumLineBytes)
      let progress = ProgressLine.stages(options)("reading \(ProgressLine.name(file))")
      var hasRows = false
      while true {
        try Interrupt.check()
        let statement: Statement?
        do throws(CorpusError) {
          statement = try reader.next()
        } catch {
          hasRows = true
          try count(error)
          continue
        }
        guard let statement else { break }
        hasRows = true
        if let fraction = reader.fractionRead { progress.update(fraction) }
        do {
          try body(statement)
        } catch var error as CorpusError where error.category == .badData && error.file == nil {
          (error.file, error.line) = (reader.name, reader.line)
          throw error
        }
      }
      try Interrupt.check()
      guard hasRows else {
        throw CorpusError(.empty, file: reader.name, expected: "statements", found: "no rows")
      }
    }
  }

  /// Fails if rows were bad.
  func finish() throws {
    guard badRows > 0 else { return }
    let rows = badRows == 1 ? "1 bad row" : "\(badRows) bad rows"
    throw Failure(.badData, "\(rows), named above: mend or remove them; no file was written")
  }

  private mutating func count(_ error: CorpusError) throws {
    guard options.onError != .fail, error.isRecoverable else { throw error }
    badRows += 1
    Terminal.say("standpoint: \(error)")
    if let maximum = options.maximumErrors, badRows > maximum {
      throw Failure(.badData, "that is more than --max-errors \(maximum)")
    }
  }
}
