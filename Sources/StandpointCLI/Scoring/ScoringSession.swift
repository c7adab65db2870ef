import Corpus
import FeatureExtraction
import LinearAlgebra
import Standpoint
import Synchronization
import TextProcessing

/// Reads inputs batch by batch, has several threads score each batch, and writes the answers in order.
///
/// A batch is as many lines as are there, up to a limit, so memory is bounded, nothing waits for input that has not
/// come, and output begins before input ends. Every thread writes what it scored into a buffer of its own; the buffers
/// go out in the order of the input, so the output does not depend on threads or batches.
struct ScoringSession {
  /// A thread's memory.
  private final class Worker: Sendable {
    struct State: ~Copyable {
      var workspace = ScoringWorkspace()
      var out: [UInt8] = []
    }
    let state = Mutex(State())
  }

  private let scorer: Scorer
  private let writer: AnswerWriter
  private let output: OutputFile
  private let options: SharedOptions
  private let lineBuffered: Bool
  private let workers: [Worker]
  private let stages: StageProgress
  private var errors = 0

  /// How much of the input a batch holds at most.
  private static let batchBytes = 1 << 20
  private static let batchRows = 8192

  init(scorer: Scorer, writer: AnswerWriter, output: OutputFile, options: SharedOptions, lineBuffered: Bool) {
    self.scorer = scorer
    self.writer = writer
    self.output = output
    self.options = options
    self.lineBuffered = lineBuffered
    stages = ProgressLine.streaming(options)
    workers = (0..<options.threads).map { _ in Worker() }
  }

  /// Scores one input.
  mutating func score(_ source: InputSource, as input: ScoringInput) throws {
    switch input {
    case .article: try scoreArticle(source)
    case .lines: try scoreLines(source)
    case .jsonl: try scoreRows(source, format: .jsonl)
    case .csv: try scoreRows(source, format: .csv)
    case .tsv: try scoreRows(source, format: .tsv)
    }
  }

  /// Says on stderr how many lines could not be scored.
  func finish() {
    guard errors > 0, !options.quiet else { return }
    Terminal.say("standpoint: \(errors) \(errors == 1 ? "line" : "lines") could not be scored; see the output")
  }

  /// Has the threads write `count` answers, and passes them on in order.
  private func write(_ count: Int, _ body: (Int, inout ScoringWorkspace, inout [UInt8]) -> Void) throws {
    try Interrupt.check()
    let slices = min(workers.count, max(1, count / 16))
    Workers(threads: slices).forEach(slices) { slice in
      workers[slice].state.withLock { state in
        state.out.removeAll(keepingCapacity: true)
        for index in count * slice / slices..<count * (slice + 1) / slices {
          body(index, &state.workspace, &state.out)
        }
      }
    }
    for slice in 0..<slices { try workers[slice].state.withLock { try output.write($0.out) } }
  }

  /// Counts a bad line, and stops where the user wants to.
  private mutating func count(_ error: CorpusError) throws {
    errors += 1
    if options.onError == .fail || !error.isRecoverable { throw error }
    if let maximum = options.maximumErrors, errors > maximum {
      throw Failure(.badData, "\(error)\nstandpoint: that is more than --max-errors \(maximum)")
    }
  }

  // MARK: Lines

  private mutating func scoreLines(_ source: InputSource) throws {
    var reader = try LineReader(source, maximumLineBytes: options.maximumLineBytes, refusesBinary: false)
    let progress = stages("scoring \(ProgressLine.name(source.name))")
    var bytes: [UInt8] = []
    var items: [(range: Range<Int>, line: Int, error: CorpusError?)] = []
    var ended = false
    while !ended {
      bytes.removeAll(keepingCapacity: true)
      items.removeAll(keepingCapacity: true)
      repeat {
        do throws(CorpusError) {
          guard try reader.advance() else {
            ended = true
            break
          }
          let start = bytes.count
          bytes.append(contentsOf: reader.buffer[reader.line])
          items.append((start..<bytes.count, reader.number, nil))
        } catch {
          try count(error)
          items.append((bytes.count..<bytes.count, reader.number, error))
        }
      } while !lineBuffered && bytes.count < Self.batchBytes && items.count < Self.batchRows && reader.hasBufferedLine
      try write(items.count) { index, workspace, out in
        let item = items[index]
        writer.appendLine(
          bytes.span.extracting(item.range), line: item.line, error: item.error, file: source.name, scorer: scorer,
          workspace: &workspace, to: &out)
      }
      if let fraction = reader.fractionRead { progress.update(fraction) }
      // Whoever waits at the other end of a pipe gets an answer before we wait for more.
      if lineBuffered || !reader.hasBufferedLine { try output.flush() }
    }
  }

  // MARK: Rows

  private mutating func scoreRows(_ source: InputSource, format: StatementFormat) throws {
    var reader = try StatementReader(
      source, format: format, purpose: .scoring, maximumLineBytes: options.maximumLineBytes)
    let progress = stages("scoring \(ProgressLine.name(source.name))")
    var rows: [(statement: Statement?, line: Int, error: CorpusError?)] = []
    var ended = false
    while !ended {
      rows.removeAll(keepingCapacity: true)
      var size = 0
      repeat {
        do throws(CorpusError) {
          guard let statement = try reader.next() else {
            ended = true
            break
          }
          size += statement.text.utf8.count
          if statement.target == nil, scorer.needsRowTarget {
            throw CorpusError(
              .missingColumn, file: source.name, line: reader.line, column: "target",
              mend: "give each row a target, or --target NAME for all")
          }
          rows.append((statement, reader.line, nil))
        } catch {
          try count(error)
          rows.append((nil, reader.line, error))
        }
      } while !lineBuffered && size < Self.batchBytes && rows.count < Self.batchRows && reader.hasBufferedRow
      try write(rows.count) { index, workspace, out in
        let row = rows[index]
        writer.appendRow(
          row.statement, line: row.line, error: row.error, file: source.name, scorer: scorer,
          workspace: &workspace, to: &out)
      }
      if let fraction = reader.fractionRead { progress.update(fraction) }
      if lineBuffered || !reader.hasBufferedRow { try output.flush() }
    }
  }

  // MARK: Articles

  /// The longest article that is read: a book of sixty million letters.
  private static let maximumArticleBytes = 1 << 26

  private mutating func scoreArticle(_ source: InputSource) throws {
    // Line by line, so that a line or an article without end is refused before it fills the memory.
    var lines = try LineReader(source, maximumLineBytes: options.maximumLineBytes)
    var bytes: [UInt8] = []
    while try lines.advance() {
      lines.append(to: &bytes)
      guard bytes.count <= Self.maximumArticleBytes else {
        throw CorpusError(
          .unsuitableData, file: source.name, line: lines.number,
          expected: "an article of at most \(Self.maximumArticleBytes) bytes", found: "more", mend: "cut it up")
      }
    }
    let article = Article(bytes)
    guard !article.sentences.isEmpty else {
      throw CorpusError(.empty, file: source.name, found: "no sentence", mend: "give a text")
    }
    let surroundings = scorer.surroundings(of: article)
    try write(article.sentences.count) { index, workspace, out in
      writer.appendSentence(
        index, of: article, document: source.name, scorer: scorer, surroundings: surroundings, workspace: &workspace,
        to: &out)
    }
  }
}
