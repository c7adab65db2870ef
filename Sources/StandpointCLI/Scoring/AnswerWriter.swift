import Corpus
import FeatureExtraction
import Standpoint

/// Writes what the models say about statements, in the form that was asked for. It never changes, so that threads share it.
///
/// A class, so that handing it to a line costs one reference count and not one for each table it refers to.
final class AnswerWriter: Sendable {
  /// What is written.
  enum Form: Equatable, Sendable {
    /// The labels alone, for `cut` and `paste`.
    case labels
    /// An object a line.
    case jsonl
    /// A table for spreadsheets.
    case csv
    /// A table for people.
    case text
    /// A page for a browser.
    case html
  }

  /// The members of answers that are not tasks, in any form and for any input.
  static let members: Set<String> = [
    "id", "file", "line", "document", "sentence", "start", "end", "text", "model", "error",
  ]

  let form: Form
  let isArticle: Bool
  let colored: Bool
  let width: Int
  /// Whether objects and rows say which file they come from.
  let namesFiles: Bool
  /// The columns of a table that hold answers.
  let answerColumns: [String]
  /// The member `"model"` of every object, ready made.
  private let modelMember: [UInt8]
  /// The bytes of each model's labels.
  private let labels: [[[UInt8]]]
  /// Each label with the end of its line, model after model, where no label is long; else empty.
  private let lines: [ShortLine]
  /// Where those of each model begin.
  private let firstLines: [Int]
  /// The same as members of an object go, with the commas before them: `,"sourcing":`, and `,"person":` for each label.
  private let taskMembers: [[UInt8]]
  private let labelMembers: [[[UInt8]]]
  /// Each label in quotation marks.
  private let quotedLabels: [[[UInt8]]]
  /// The ordinary answers of each model, ready but for the probabilities.
  private let forms: [AnswerForm]

  init(scorer: Scorer, modelNames: [String], form: Form, isArticle: Bool, colored: Bool, width: Int, namesFiles: Bool) {
    self.form = form
    self.isArticle = isArticle
    self.colored = colored
    self.width = width
    self.namesFiles = namesFiles
    answerColumns = Self.answerColumns(scorer)
    var member = [UInt8](",\"model\":{".utf8)
    for (index, name) in modelNames.enumerated() {
      if index > 0 { member.append(UInt8(ascii: ",")) }
      JSONWriter.appendQuoted(scorer.models[index].task, to: &member)
      member.append(UInt8(ascii: ":"))
      JSONWriter.appendQuoted(name, to: &member)
    }
    modelMember = member + [UInt8(ascii: "}")]
    let labels = scorer.models.map { $0.labels.names.map { Array($0.utf8) } }
    self.labels = labels
    let all = labels.flatMap { $0 }
    let lines = all.compactMap(ShortLine.init)
    self.lines = lines.count == all.count ? lines : []
    firstLines = labels.indices.map { labels[..<$0].reduce(0) { $0 + $1.count } }
    func quoted(_ name: String) -> [UInt8] {
      var bytes: [UInt8] = []
      JSONWriter.appendQuoted(name, to: &bytes)
      return bytes
    }
    func asMember(_ name: String) -> [UInt8] { [UInt8(ascii: ",")] + quoted(name) + [UInt8(ascii: ":")] }
    taskMembers = scorer.models.map { asMember($0.task) }
    labelMembers = scorer.models.map { model in
      model.labels.names.enumerated().map { $0 == 0 ? Array(asMember($1).dropFirst()) : asMember($1) }
    }
    quotedLabels = scorer.models.map { $0.labels.names.map(quoted) }
    forms = scorer.models.map { AnswerForm($0.labels.names.map(quoted)) }
  }

  // MARK: Statements

  /// Adds the answer to one line of text, which `result` holds.
  func appendLine(
    _ text: Span<UInt8>, line: Int, error: CorpusError?, file: String, scorer: Scorer,
    result: borrowing StatementAnswers, to out: inout [UInt8]
  ) {
    if let error { return append(error, line: line, file: file, to: &out) }
    switch form {
    case .labels: appendLabels(result, to: &out)
    case .jsonl:
      out.append(contentsOf: Piece.id)
      appendDecimal(line, to: &out)
      out.append(UInt8(ascii: "\""))
      if namesFiles { appendMember("file", file, to: &out) }
      appendAnswers(scorer, result, ownTarget: nil, to: &out)
    case .csv, .text, .html:
      let string = unsafe text.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
      appendTableRow(place(String(line), file), text: string, scorer, result, ownTarget: nil, to: &out)
    }
  }

  /// Adds the answer to one row, which `result` holds.
  func appendRow(
    _ statement: Statement, file: String, scorer: Scorer, result: borrowing StatementAnswers, to out: inout [UInt8]
  ) {
    switch form {
    case .labels: appendLabels(result, to: &out)
    case .jsonl:
      out.append(contentsOf: "{\"id\":".utf8)
      JSONWriter.appendQuoted(statement.id, to: &out)
      if namesFiles { appendMember("file", file, to: &out) }
      appendAnswers(scorer, result, ownTarget: statement.target, to: &out)
    case .csv, .text, .html:
      appendTableRow(
        place(statement.id, file), text: statement.text, scorer, result, ownTarget: statement.target, to: &out)
    }
  }

  /// What a table says of where a statement stands.
  private func place(_ id: String, _ file: String) -> [String] { namesFiles ? [id, file] : [id] }

  /// Adds the answer to one sentence of an article, which `result` holds.
  func appendSentence(
    _ index: Int, of article: Article, document: String, scorer: Scorer, result: borrowing StatementAnswers,
    to out: inout [UInt8]
  ) {
    let sentence = article.sentences[index]
    switch form {
    case .labels: appendLabels(result, to: &out)
    case .jsonl:
      out.append(contentsOf: "{\"document\":".utf8)
      JSONWriter.appendQuoted(document, to: &out)
      out.append(contentsOf: ",\"sentence\":".utf8)
      appendDecimal(index + 1, to: &out)
      out.append(contentsOf: ",\"start\":".utf8)
      appendDecimal(sentence.codePoints.lowerBound, to: &out)
      out.append(contentsOf: ",\"end\":".utf8)
      appendDecimal(sentence.codePoints.upperBound, to: &out)
      out.append(contentsOf: ",\"text\":".utf8)
      JSONWriter.appendQuoted(article.bytes.span.extracting(sentence.bytes), to: &out)
      appendAnswers(scorer, result, ownTarget: nil, to: &out)
    case .csv, .text, .html:
      let text = String(decoding: article.bytes[sentence.bytes], as: UTF8.self)
      let place = [
        document, String(index + 1), String(sentence.codePoints.lowerBound), String(sentence.codePoints.upperBound),
      ]
      appendTableRow(place, text: text, scorer, result, ownTarget: nil, to: &out)
    }
  }

  // MARK: Parts

  /// What every object holds.
  private enum Piece {
    static let abstain = Array("abstain".utf8)
    static let label = Array("{\"label\":".utf8)
    static let null = Array("null".utf8)
    static let probabilities = Array(",\"probabilities\":{".utf8)
    static let id = Array("{\"id\":\"".utf8)
  }

  private func appendLabels(_ result: borrowing StatementAnswers, to out: inout [UInt8]) {
    let answers = result.answers.span
    if answers.isEmpty { out.append(UInt8(ascii: "\n")) }
    for index in answers.indices {
      appendLabel(answers[index].label, of: answers[index].model, to: &out)
      // What ended a line parts labels where more follow.
      if index + 1 < answers.count { out[out.count - 1] = UInt8(ascii: "\t") }
    }
  }

  /// Adds a line with a label of a model, or that it abstains.
  func appendLabel(_ label: Int?, of model: Int = 0, to out: inout [UInt8]) {
    guard let label, !lines.isEmpty else {
      out.append(contentsOf: label.map { labels[model][$0] } ?? Piece.abstain)
      return out.append(UInt8(ascii: "\n"))
    }
    lines[firstLines[model] + label].append(to: &out)
  }

  /// Adds a member for each task, and the names of the models; closes the object and the line.
  ///
  /// Toward several targets a task has a list of answers, toward one a single answer.
  private func appendAnswers(
    _ scorer: Scorer, _ result: borrowing StatementAnswers, ownTarget: String?, to out: inout [UInt8]
  ) {
    let answers = result.answers
    var index = 0
    while index < answers.count {
      var end = index + 1
      while end < answers.count, answers[end].model == answers[index].model { end += 1 }
      out.append(contentsOf: taskMembers[answers[index].model])
      if end - index > 1 { out.append(UInt8(ascii: "[")) }
      for place in index..<end {
        if place > index { out.append(UInt8(ascii: ",")) }
        append(answers[place], result.probabilities, scorer, ownTarget: ownTarget, to: &out)
      }
      if end - index > 1 { out.append(UInt8(ascii: "]")) }
      index = end
    }
    out.append(contentsOf: modelMember)
    out.append(contentsOf: "}\n".utf8)
  }

  private func append(
    _ answer: ScoringWorkspace.Answer, _ probabilities: [Float], _ scorer: Scorer, ownTarget: String?,
    to out: inout [UInt8]
  ) {
    let needsTarget = scorer.models[answer.model].configuration.needsTarget
    if let label = answer.label, !needsTarget, !answer.probabilities.isEmpty {
      return forms[answer.model].append(label, probabilities, from: answer.probabilities.lowerBound, to: &out)
    }
    out.append(contentsOf: Piece.label)
    out.append(contentsOf: answer.label.map { quotedLabels[answer.model][$0] } ?? Piece.null)
    if let reason = answer.abstention { appendMember("abstain", reason.rawValue, to: &out) }
    let hasOwn = ownTarget != nil && needsTarget
    if let target = answer.target.map({ scorer.targets[$0] }) ?? (hasOwn ? ownTarget : nil) {
      appendMember("target", target, to: &out)
    }
    if !answer.probabilities.isEmpty {
      out.append(contentsOf: Piece.probabilities)
      for (label, place) in answer.probabilities.enumerated() {
        out.append(contentsOf: labelMembers[answer.model][label])
        appendProbability(probabilities[place], to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
    out.append(UInt8(ascii: "}"))
  }

  /// Adds an error in the place of an answer, under the row's own id where that could be read.
  func append(_ error: CorpusError, line: Int, file: String, to out: inout [UInt8]) {
    let id = error.id ?? String(line)
    switch form {
    case .labels: out.append(contentsOf: "error\n".utf8)
    case .jsonl:
      out.append(contentsOf: "{\"id\":".utf8)
      JSONWriter.appendQuoted(id, to: &out)
      if namesFiles { appendMember("file", file, to: &out) }
      out.append(contentsOf: ",\"line\":".utf8)
      appendDecimal(line, to: &out)
      appendErrorMember(error, to: &out)
    case .csv: appendErrorCells(place(id, file), error.message, to: &out)
    case .text: appendErrorLine(id, error.message, to: &out)
    case .html: appendPageError(id, error.message, to: &out)
    }
  }

  /// Adds an error in the place of an article's sentences.
  func append(_ error: CorpusError, document: String, to out: inout [UInt8]) {
    switch form {
    case .labels: out.append(contentsOf: "error\n".utf8)
    case .jsonl:
      out.append(contentsOf: "{\"document\":".utf8)
      JSONWriter.appendQuoted(document, to: &out)
      appendErrorMember(error, to: &out)
    case .csv: appendErrorCells([document], error.message, to: &out)
    case .text: appendErrorLine(document, error.message, to: &out)
    case .html: appendPageError(document, error.message, to: &out)
    }
  }

  private func appendErrorMember(_ error: CorpusError, to out: inout [UInt8]) {
    out.append(contentsOf: ",\"error\":{\"code\":".utf8)
    JSONWriter.appendQuoted(error.kind.rawValue, to: &out)
    appendMember("message", error.message, to: &out)
    out.append(contentsOf: "}}\n".utf8)
  }

  private func appendErrorLine(_ name: String, _ message: String, to out: inout [UInt8]) {
    out.append(contentsOf: (Terminal.printable("\(name)  error: \(message)") + "\n").utf8)
  }

  private func appendMember(_ name: String, _ value: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: ","))
    JSONWriter.appendQuoted(name, to: &out)
    out.append(UInt8(ascii: ":"))
    JSONWriter.appendQuoted(value, to: &out)
  }

  private func appendDecimal(_ number: Int, to out: inout [UInt8]) {
    var digits = 1
    var unit = 10
    while digits < 18, unit <= number {
      digits += 1
      unit *= 10
    }
    out.append(addingCapacity: digits) { out in
      for _ in 0..<digits { out.append(UInt8(ascii: "0")) }
      var rest = UInt(number)
      var digits = out.mutableSpan
      for place in digits.indices.reversed() {
        digits[place] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
    }
  }

  private func appendProbability(_ probability: Float, to out: inout [UInt8]) {
    out.append(addingCapacity: AnswerForm.probabilityBytes) { out in
      unsafe out.withUnsafeMutableBufferPointer { room, count in
        guard let first = room.baseAddress else { return }
        count = unsafe AnswerForm.write(probability, to: first)
      }
    }
  }
}

/// A line of up to 32 bytes, which is copied whole whatever its length: how long a label is cannot be foretold.
private struct ShortLine {
  private var bytes = SIMD32<UInt8>()
  private let count: Int

  /// A label and the end of its line; nil where that is too long.
  init?(_ label: [UInt8]) {
    count = label.count + 1
    guard count <= bytes.scalarCount else { return nil }
    for (place, byte) in label.enumerated() { bytes[place] = byte }
    bytes[label.count] = UInt8(ascii: "\n")
  }

  @inline(__always)
  func append(to out: inout [UInt8]) {
    out.append(addingCapacity: bytes.scalarCount) { out in
      unsafe out.withUnsafeMutableBufferPointer { room, written in
        guard let first = room.baseAddress, room.count >= bytes.scalarCount else { return }
        // Checked: there is room for all bytes.
        unsafe UnsafeMutableRawPointer(first).storeBytes(of: bytes, as: SIMD32<UInt8>.self)
        written = count
      }
    }
  }
}
