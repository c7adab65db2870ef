import Foundation
import Reporting
import Standpoint

/// An explanation as text for a terminal.
struct ExplanationText {
  private let explanation: Explanation
  private let statement: [Unicode.Scalar]
  private let colored: Bool
  /// The largest share of a token, by which colours and bars are measured.
  private let largest: Double

  private static let featureLimit = 8
  private static let barLength = 20

  init(_ explanation: Explanation, of statement: String, colored: Bool) {
    self.explanation = explanation
    self.statement = Array(statement.unicodeScalars)
    self.colored = colored
    largest = explanation.tokens.map(\.share.magnitude).max() ?? 0
  }

  /// The answer, the statement with its words coloured, and what adds up to the score.
  var text: String {
    var text = "\(explanation.task): \(explanation.label)"
    if let target = explanation.target { text += " toward \(Terminal.printable(target))" }
    text += String(format: ", probability %.2f, score %+.2f", explanation.probability, explanation.score)
    switch explanation.abstention {
    case .empty: text += " (the model abstains: there is nothing to read)"
    case .lowConfidence: text += " (the model abstains: no label is probable enough)"
    case nil: break
    }
    text += "\n\n"
    if !explanation.tokens.isEmpty { text += painted + "\n\n" }
    return text + parts + strongest
  }

  /// The statement itself, its words green where they speak for the label and red where they speak against it.
  private var painted: String {
    var painted = ""
    var place = 0
    func plain(to end: Int) {
      painted += Terminal.printable(string(place..<max(place, end)))
      place = max(place, end)
    }
    for token in explanation.tokens {
      plain(to: token.codePoints.lowerBound)
      let word = Terminal.printable(token.text)
      place = token.codePoints.upperBound
      guard colored, largest > 0, token.share.magnitude > largest / 8 else {
        painted += word
        continue
      }
      let strong = token.share.magnitude > largest / 2 ? "1;" : ""
      painted += "\u{1B}[\(strong)\(token.share > 0 ? "32" : "31")m\(word)\u{1B}[0m"
    }
    plain(to: statement.count)
    return painted
  }

  private func string(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(statement[range.clamped(to: statement.indices)]))
  }

  /// A row for each word that counts, and for what is no word; then their sum.
  private var parts: String {
    var table = Table([.numbers("Share"), .words("Word"), .words("")])
    func add(_ share: Double, _ name: String) { table.append([Self.figure(share), name, bar(share)]) }
    let small = explanation.tokens.filter { $0.share.magnitude <= largest / 50 }
    for token in explanation.tokens where token.share.magnitude > largest / 50 { add(token.share, token.text) }
    if !small.isEmpty {
      add(small.reduce(0) { $0 + $1.share }, "(\(small.count) more \(small.count == 1 ? "word" : "words"))")
    }
    // Parts that a model does not have are left out; so is rounding.
    if isShown(explanation.whole) { add(explanation.whole, "(the statement as a whole)") }
    if isShown(explanation.targetVectors) { add(explanation.targetVectors, "(the target's own wording)") }
    add(explanation.intercept, "(before reading)")
    table.append([Self.figure(explanation.score), "score", ""])
    return table.text(colored: colored)
  }

  private func isShown(_ share: Double) -> Bool { share.magnitude >= 0.0005 }

  private static func figure(_ share: Double) -> String { String(format: "%+.3f", share) }

  private func bar(_ share: Double) -> String {
    guard largest > 0 else { return "" }
    // An intercept can be so large beside the words that the quotient fits no whole number.
    let length = (min(share.magnitude / largest, 2) * Double(Self.barLength)).rounded()
    return String(repeating: share > 0 ? "+" : "-", count: Int(length))
  }

  /// The n-grams and other features that count most.
  private var strongest: String {
    let features = explanation.features.prefix(Self.featureLimit).filter { isShown($0.share) }
    if features.isEmpty { return "" }
    let table = Table(
      [.numbers("Share"), .words("Family"), .words("Place")],
      rows: features.map {
        [Self.figure($0.share), $0.family ?? "", DisplayWidth.clipped($0.text, to: 60)]
      })
    return "\nThe strongest of \(explanation.features.count) features\n" + table.text(colored: colored)
  }
}
