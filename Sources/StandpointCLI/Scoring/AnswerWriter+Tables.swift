import Foundation
import Corpus
import Standpoint

/// The forms that people read: a table on a terminal, and a table for spreadsheets.
extension AnswerWriter {
  /// What goes before the first row.
  func header(_ scorer: Scorer) -> [UInt8] {
    guard form != .html else { return pageHead(scorer) }
    guard form == .csv else { return [] }
    var out: [UInt8] = []
    appendCells(placeColumns + ["text"] + answerColumns + ["error"], to: &out)
    return out
  }

  /// The columns that say what a row is about.
  private var placeColumns: [String] {
    if isArticle { return ["document", "sentence", "start", "end"] }
    return namesFiles ? ["id", "file"] : ["id"]
  }

  /// How many answers a model can give to one statement.
  static func copies(of model: Model, _ scorer: Scorer) -> Int {
    model.configuration.needsTarget ? max(1, scorer.targets.count) : 1
  }

  /// The columns of the answers: so many for each model and target whatever a statement is answered with.
  static func answerColumns(_ scorer: Scorer) -> [String] {
    scorer.models.flatMap { model in
      let copies = copies(of: model, scorer)
      return (1...copies).flatMap { copy in
        let name = copies > 1 ? "\(model.task)_\(copy)" : model.task
        let target = model.configuration.needsTarget ? [name + "_target"] : []
        return [name] + target + model.labels.names.map { "\(name)_p_\($0)" }
      }
    }
  }

  /// The answers in the order of the columns; nil where a statement has a target of its own, and so fewer answers.
  static func slots(
    _ scorer: Scorer, _ answers: [ScoringWorkspace.Answer]
  ) -> [(model: Model, answer: ScoringWorkspace.Answer?)] {
    var slots: [(model: Model, answer: ScoringWorkspace.Answer?)] = []
    var next = 0
    for (index, model) in scorer.models.enumerated() {
      for _ in 0..<copies(of: model, scorer) {
        let isThere = next < answers.count && answers[next].model == index
        slots.append((model, isThere ? answers[next] : nil))
        if isThere { next += 1 }
      }
    }
    return slots
  }

  /// Adds a row of a table.
  func appendTableRow(
    _ place: [String], text: String, _ scorer: Scorer, _ result: borrowing StatementAnswers, ownTarget: String?,
    to out: inout [UInt8]
  ) {
    let number = isArticle ? place[1] : place[0]
    if form == .html { return appendPageRow(number, text: text, scorer, result, ownTarget: ownTarget, to: &out) }
    if form == .csv {
      var cells = place + [text]
      for (model, answer) in Self.slots(scorer, result.answers) {
        let labels = model.labels.names
        cells.append(answer.map { $0.label.map { labels[$0] } ?? "abstain" } ?? "")
        if model.configuration.needsTarget {
          cells.append(answer.flatMap { $0.target.map { scorer.targets[$0] } ?? ownTarget } ?? "")
        }
        let places = answer?.probabilities ?? 0..<0
        cells += places.isEmpty ? labels.map { _ in "" } : places.map { decimal(result.probabilities[$0], places: 4) }
      }
      appendCells(cells + [""], to: &out)
      return
    }
    var lead = Terminal.printable(number)
    lead = String(repeating: " ", count: max(0, 3 - lead.count)) + lead
    var plainWidth = lead.count
    for answer in result.answers {
      let model = scorer.models[answer.model]
      let label = answer.label.map { model.labels.names[$0] } ?? "abstain"
      let longest = model.labels.names.map(\.count).max() ?? 0
      let share = answer.label.map { decimal(result.probabilities[answer.probabilities.lowerBound + $0], places: 2) }
      let cell = label + String(repeating: " ", count: max(0, max(longest, 7) - label.count)) + " " + (share ?? "    ")
      plainWidth += 2 + cell.count
      lead += "  " + (colored ? paint(cell, label: label) : cell)
    }
    let lines = wrapped(text, width: max(24, width - plainWidth - 2))
    for (index, line) in lines.enumerated() {
      out.append(contentsOf: (index == 0 ? lead : String(repeating: " ", count: plainWidth)).utf8)
      out.append(contentsOf: "  ".utf8)
      out.append(contentsOf: line.utf8)
      out.append(UInt8(ascii: "\n"))
    }
  }

  /// Adds a row for what could not be read: its place, empty cells, and why.
  func appendErrorCells(_ place: [String], _ message: String, to out: inout [UInt8]) {
    let known = place + placeColumns.dropFirst(place.count).map { _ in "" }
    appendCells(known + [""] + answerColumns.map { _ in "" } + [message], to: &out)
  }

  /// Adds a record for spreadsheets: quoted where needed, and safe where a cell would be taken for a formula.
  func appendCells(_ cells: [String], to out: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      TableCell.append(cell, isForSpreadsheet: true, to: &out)
    }
    out.append(contentsOf: "\r\n".utf8)
  }

  private func decimal(_ value: Float, places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((Double(value) * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
  }

  private func paint(_ cell: String, label: String) -> String {
    let code =
      switch label {
      case "favor": "32"
      case "against": "31"
      case "none", "unattributed", "abstain": "2"
      default: "36"
      }
    return "\u{1B}[\(code)m\(cell)\u{1B}[0m"
  }

  /// Text in lines of at most `width` characters, broken at spaces; control characters become spaces.
  private func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var count = 0
    for word in text.split(whereSeparator: { $0.isWhitespace || $0.unicodeScalars.allSatisfy { $0.value < 32 } }) {
      if count > 0, count + 1 + word.count > width {
        lines.append(line)
        line = ""
        count = 0
      }
      if count > 0 {
        line += " "
        count += 1
      }
      line += word
      count += word.count
    }
    return lines + [line]
  }
}
