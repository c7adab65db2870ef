import Corpus
import Reporting
import Standpoint

/// Answers as one self-contained page, row by row, so that memory stays bounded: no script, no network, light and dark,
/// legible without colour and on paper.
extension AnswerWriter {
  /// What goes before the first row of a page.
  func pageHead(_ scorer: Scorer) -> [UInt8] {
    var head = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>Statements labelled by Standpoint</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 16px/1.45 system-ui, sans-serif; max-width: 72em; margin: 2em auto; padding: 0 1em; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: .35em .6em; border-bottom: 1px solid #8886; }
      td.n { color: #777; text-align: right; }
      td.l { white-space: nowrap; }
      .favor { border-left: 4px solid #2a7; } .against { border-left: 4px solid #c43; }
      .p { color: #777; font-size: .85em; }
      @media print { body { max-width: none; margin: 0; } tr { break-inside: avoid; } }
      </style></head><body>
      <h1>Statements labelled by Standpoint</h1>
      <table><thead><tr><th scope="col">#</th>
      """
    for model in scorer.models {
      let targets: [String] = model.configuration.needsTarget ? scorer.targets : []
      for title in targets.isEmpty ? [model.task] : targets.map({ "\(model.task) toward \($0)" }) {
        head += "<th scope=\"col\">\(escaped(title))</th>"
      }
    }
    return [UInt8]((head + "<th scope=\"col\">text</th></tr></thead><tbody>\n").utf8)
  }

  /// What goes after the last row of a page.
  static let pageFoot = [UInt8]("</tbody></table>\n</body></html>\n".utf8)

  /// Adds a row of the page.
  func appendPageRow(
    _ number: String, text: String, _ scorer: Scorer, _ result: borrowing StatementAnswers, ownTarget: String?,
    to out: inout [UInt8]
  ) {
    var row = "<tr><td class=\"n\">\(escaped(number))</td>"
    for (model, answer) in Self.slots(scorer, result.answers) {
      guard let answer else {
        row += "<td></td>"
        continue
      }
      guard let label = answer.label else {
        row += "<td class=\"l\">abstains</td>"
        continue
      }
      let name = model.labels.names[label]
      let kind = name == "favor" || name == "against" ? " \(name)" : ""
      let percent = Int((result.probabilities[answer.probabilities.lowerBound + label] * 100).rounded())
      // The column names the targets that were given for all; a statement's own is named beside its answer.
      let own = model.configuration.needsTarget && answer.target == nil ? ownTarget : nil
      let target = own.map { " toward \(escaped($0))" } ?? ""
      row += "<td class=\"l\(kind)\">\(escaped(name)) <span class=\"p\">\(percent)&nbsp;%\(target)</span></td>"
    }
    out.append(contentsOf: (row + "<td>\(escaped(text))</td></tr>\n").utf8)
  }

  /// Adds a row for a line that could not be read.
  func appendPageError(_ number: String, _ message: String, to out: inout [UInt8]) {
    out.append(
      contentsOf: "<tr><td class=\"n\">\(escaped(number))</td><td colspan=\"99\">error: \(escaped(message))</td></tr>\n"
        .utf8)
  }

  private func escaped(_ text: String) -> String { HTML.escaped(text) }
}
