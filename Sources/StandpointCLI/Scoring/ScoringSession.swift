import Corpus
import FeatureExtraction
import LinearAlgebra
import Standpoint
import TextProcessing

/// Reads inputs batch by batch, has several threads score batches side by side, and writes the answers in order.
///
/// A batch is as many lines as are there, up to a limit, so memory is bounded, nothing waits for input that has not
/// come, and output begins before input ends. Every batch has a buffer of its own for its answers; the buffers go out in
/// the order of the input, so the output does not depend on threads or batches.
struct ScoringSession {
  private let scorer: Scorer
  private let writer: AnswerWriter
  private let output: OutputFile
  private let options: SharedOptions
  private let lineBuffered: Bool
  /// Each thread's memory.
  private let workspaces: [Box<ScoringWorkspace>]
  private let stages: StageProgress
  /// How many batches were read of all inputs.
  private let batchCount = Box(0)
  private var errors = 0

  /// How much of the input a batch of rows holds at most.
  private static let batchBytes = 1 << 18
  private static let batchRows = 2048
  /// After so many batches there is enough to score for the models to settle.
  private static let settlingBatches = 16

  init(scorer: Scorer, writer: AnswerWriter, output: OutputFile, options: SharedOptions, lineBuffered: Bool) {
    self.scorer = scorer
    self.writer = writer
    self.output = output
    self.options = options
    self.lineBuffered = lineBuffered
    stages = ProgressLine.streaming(options)
    workspaces = (0..<options.threads).map { _ in
      Box(ScoringWorkspace(needsProbabilities: writer.form != .labels))
    }
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

  /// Says on stderr how many lines or articles could not be scored.
  func finish() {
    guard errors > 0, !options.quiet else { return }
    let unit = writer.isArticle ? "article" : "line"
    Terminal.say("standpoint: \(errors) \(unit)\(errors == 1 ? "" : "s") could not be scored; see the output")
  }

  /// Some statements on their way through the threads, and the answers to them.
  private struct Batch<Statements> {
    var statements: Statements
    var answers: [UInt8] = []
  }

  /// Has the threads write answers to batches, and passes them on in order.
  ///
  /// - Parameters:
  ///   - read: replaces the statements of a batch by the next ones; false at the end.
  ///   - answer: appends the answers to a batch.
  private func run<Statements>(
    _ statements: @autoclosure () -> Statements, progress: WorkProgress,
    fraction: @escaping (Statements) -> Double?, read: (inout Statements) throws -> Bool,
    answer: (Statements, inout ScoringWorkspace, inout [UInt8]) -> Void
  ) throws {
    let (output, scorer, batchCount) = (output, scorer, batchCount)
    try Workers(threads: options.threads).inOrder(
      { Batch(statements: statements()) }, contexts: workspaces,
      take: { batch in
        try Interrupt.check()
        batchCount.value += 1
        if batchCount.value == Self.settlingBatches { for model in scorer.models { model.settle() } }
        return try read(&batch.statements)
      },
      work: { batch, workspace in
        batch.answers.removeAll(keepingCapacity: true)
        answer(batch.statements, &workspace, &batch.answers)
      },
      give: { batch in
        try output.write(batch.answers)
        // Whoever waits at the other end of a pipe gets the answers before we wait for more.
        try output.flush()
        if let fraction = fraction(batch.statements) { progress.update(fraction) }
      })
  }

  /// Counts a bad line or article.
  ///
  /// - Returns: why the scoring stops there, if the user wants it to or nothing can be read after it.
  private mutating func count(_ error: CorpusError, isRecoverable: Bool) -> (any Error)? {
    errors += 1
    if options.onError == .fail || !isRecoverable { return error }
    if let maximum = options.maximumErrors, errors > maximum {
      return Failure(.badData, "\(error)\nstandpoint: that is more than --max-errors \(maximum)")
    }
    return nil
  }

  // MARK: Lines

  private mutating func scoreLines(_ source: InputSource) throws {
    var reader = try LineBlockReader(source, maximumLineBytes: options.maximumLineBytes)
    let progress = stages("scoring \(ProgressLine.name(source.name))")
    let (session, writer, scorer) = (self, writer, scorer)
    var failure: (any Error)?
    /// Goes to the next lines; those before a line at which the scoring stops are still answered.
    func read(_ block: inout LineBlock) throws -> Bool {
      if let failure { throw failure }
      guard try reader.next(into: &block) else { return false }
      for (line, error) in block.errors {
        failure = count(error, isRecoverable: error.isRecoverable)
        if failure != nil {
          block.truncate(to: line)
          break
        }
      }
      return true
    }
    /// Answers some lines of a block.
    func answer(
      _ range: Range<Int>, of block: LineBlock, _ workspace: inout ScoringWorkspace, _ out: inout [UInt8]
    ) {
      if writer.form == .labels, scorer.labelsAtOnce, block.errors.isEmpty {
        scorer.label(
          range.count, workspace: &workspace, text: { block.lines[range.lowerBound + $0] }, in: block.bytes.span
        ) { writer.appendLabel($1, to: &out) }
        return
      }
      var error = block.errors.firstIndex { $0.line >= range.lowerBound } ?? block.errors.count
      do throws(StandpointError) {
        try scorer.score(
          range.count, workspace: &workspace, place: { _ in source.name },
          text: { block.lines[range.lowerBound + $0] }, in: block.bytes.span
        ) { index, result in
          let index = range.lowerBound + index
          let isBad = error < block.errors.count && block.errors[error].line == index
          writer.appendLine(
            block.bytes.span.extracting(block.lines[index]), line: block.firstNumber + index,
            error: isBad ? block.errors[error].error : nil, file: source.name, scorer: scorer, result: result,
            to: &out)
          if isBad { error += 1 }
        }
      } catch {
        preconditionFailure("lines are scored only where every model has its target: \(error)")
      }
    }
    guard lineBuffered else {
      return try session.run(LineBlock(), progress: progress, fraction: \.fractionRead, read: read) {
        block, workspace, out in
        answer(block.lines.indices, of: block, &workspace, &out)
      }
    }
    var block = LineBlock()
    var out: [UInt8] = []
    while try read(&block) {
      for index in block.lines.indices {
        try Interrupt.check()
        out.removeAll(keepingCapacity: true)
        answer(index..<index + 1, of: block, &workspaces[0].value, &out)
        try output.write(out)
        try output.flush()
      }
    }
  }

  // MARK: Rows

  /// Some rows as they were read.
  private struct Rows {
    var statements: [Statement] = []
    /// Rows that hold no statement, and how many statements were read before each.
    var errors: [(place: Int, line: Int, error: CorpusError)] = []
    var fractionRead: Double?

    var count: Int { statements.count + errors.count }

    mutating func removeAll() {
      statements.removeAll(keepingCapacity: true)
      errors.removeAll(keepingCapacity: true)
    }
  }

  private mutating func scoreRows(_ source: InputSource, format: StatementFormat) throws {
    var reader = try StatementReader(
      source, format: format, purpose: .scoring, maximumLineBytes: options.maximumLineBytes)
    let progress = stages("scoring \(ProgressLine.name(source.name))")
    let (session, writer, scorer) = (self, writer, scorer)
    var failure: (any Error)?
    var ended = false
    func read(_ batch: inout Rows) throws -> Bool {
      batch.removeAll()
      var size = 0
      repeat {
        if let failure { throw failure }
        do throws(CorpusError) {
          guard !ended, let statement = try reader.next() else {
            ended = true
            break
          }
          size += statement.text.utf8.count
          if statement.target == nil, scorer.needsRowTarget {
            throw CorpusError.missingTarget(file: source.name, line: reader.line, id: statement.id)
          }
          try statement.checkTargetSpan(file: source.name, line: reader.line)
          batch.statements.append(statement)
        } catch {
          failure = count(error, isRecoverable: error.isRecoverable)
          // The rows before the one at which the scoring stops are still answered.
          if failure != nil { break }
          batch.errors.append((batch.statements.count, reader.line, error))
        }
      } while !lineBuffered && size < Self.batchBytes && batch.count < Self.batchRows && reader.hasBufferedRow
      batch.fractionRead = reader.fractionRead
      if batch.count == 0, let failure { throw failure }
      return batch.count > 0
    }
    try session.run(Rows(), progress: progress, fraction: \.fractionRead, read: read) { batch, workspace, out in
      var errors = batch.errors[...]
      /// Adds the rows that hold no statement and stand before a statement.
      func appendErrors(before place: Int, to out: inout [UInt8]) {
        while let next = errors.first, next.place <= place {
          writer.append(next.error, line: next.line, file: source.name, to: &out)
          errors.removeFirst()
        }
      }
      do throws(StandpointError) {
        try scorer.score(batch.statements[...], workspace: &workspace, place: { batch.statements[$0].id }) {
          place, result in
          appendErrors(before: place, to: &out)
          writer.appendRow(batch.statements[place], file: source.name, scorer: scorer, result: result, to: &out)
        }
      } catch {
        preconditionFailure("rows are scored only where every model has its target: \(error)")
      }
      appendErrors(before: batch.statements.count, to: &out)
    }
  }

  // MARK: Articles

  /// The longest article that is read: a book of sixty million letters.
  private static let maximumArticleBytes = 1 << 26

  private mutating func scoreArticle(_ source: InputSource) throws {
    let article: Article
    do throws(CorpusError) {
      article = try self.article(source)
    } catch {
      // Of several articles a bad one is told in its place; where it is the only one there is nothing to go on with.
      let failure = count(error, isRecoverable: writer.namesFiles && error.category == .badData)
      if let failure { throw failure }
      var out: [UInt8] = []
      writer.append(error, document: source.name, to: &out)
      return try output.write(out)
    }
    let surroundings = scorer.surroundings(of: article)
    let sentences = FixedBlocks(count: article.sentences.count, size: 64)
    var next = 0
    try run(
      0..<0, progress: .ignored, fraction: { _ in nil },
      read: { range in
        guard next < sentences.count else { return false }
        range = sentences[next]
        next += 1
        return true
      },
      answer: { range, workspace, out in
        article.score(range, with: scorer, surroundings: surroundings, workspace: &workspace) { index, result in
          writer.appendSentence(index, of: article, document: source.name, scorer: scorer, result: result, to: &out)
        }
      })
  }

  /// Reads an article, line by line, so that a line or an article without end is refused before it fills the memory.
  private func article(_ source: InputSource) throws(CorpusError) -> Article {
    var lines = try LineReader(source, maximumLineBytes: options.maximumLineBytes)
    var bytes: [UInt8] = []
    var damage: CorpusError?
    while try lines.advance() {
      lines.append(to: &bytes)
      damage = damage ?? lines.damage
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
    if let damage, !options.quiet { Terminal.tellOfRepair(damage) }
    return article
  }
}
