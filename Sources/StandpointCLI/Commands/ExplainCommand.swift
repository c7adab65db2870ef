import ArgumentParser
import Corpus
import Foundation
import Standpoint

/// `standpoint explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show which words pushed toward which label, and how much.",
    discussion: """
      The score of a label is its margin less the mean of all labels' margins: what speaks for it rather than for the \
      others. It is the sum of the intercept, the shares of the words, and the part of the word vectors where the model \
      has them. Every n-gram's share is divided equally among its words; the JSON also lists the n-grams.

      Example:
        standpoint explain "The minister praised the accord." --model stance-en --target accord
      """)

  @Argument(help: ArgumentHelp("The sentence.", valueName: "text"))
  var text: String

  @Option(
    name: [.short, .customLong("model")],
    help: ArgumentHelp("A model directory, or a shipped model's name.", valueName: "dir"))
  var model: String

  @Option(help: ArgumentHelp("The label to explain; the model's own choice by default.", valueName: "name"))
  var label: String?

  @Option(name: .customLong("target"), help: ArgumentHelp("Toward whom or what.", valueName: "name"))
  var target: String?

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let format = try shared.format(of: [.text, .json], terminal: .text, pipe: .text)
    let model = try Model(contentsOf: ModelFinder.path(of: model))
    let explanation = try model.explain(Statement(id: "text", text: text, target: target), label: label)
    let output = try shared.openOutput()
    try output.write(format == .json ? json(explanation).text(indented: true) + "\n" : self.text(explanation))
    try output.commit()
  }

  private func json(_ explanation: Explanation) -> JSONValue {
    func shares(_ shares: [Explanation.Share]) -> JSONValue {
      .array(
        shares.map { share in
          [
            "family": JSONValue(share.family), "start": JSONValue(share.codePoints.lowerBound),
            "end": JSONValue(share.codePoints.upperBound), "text": .string(share.text), "share": JSONValue(share.share),
          ]
        })
    }
    return [
      "task": .string(explanation.task), "label": .string(explanation.label), "target": JSONValue(explanation.target),
      "probability": JSONValue(Double(explanation.probability)), "score": JSONValue(explanation.score),
      "intercept": JSONValue(explanation.intercept), "dense": JSONValue(explanation.dense),
      "tokens": shares(explanation.tokens), "features": shares(explanation.features),
    ]
  }

  private func text(_ explanation: Explanation) -> String {
    let colored = Terminal.allowsColor(shared)
    let largest = explanation.tokens.map(\.share.magnitude).max() ?? 0
    var text = "\(explanation.task): \(explanation.label)"
    if let target = explanation.target { text += " toward \(target)" }
    text += String(format: ", probability %.2f, score %+.2f\n\n", explanation.probability, explanation.score)
    var line = ""
    for token in explanation.tokens {
      var word = token.text
      if colored, largest > 0, token.share.magnitude > largest / 8 {
        let strong = token.share.magnitude > largest / 2 ? "1;" : ""
        word = "\u{1B}[\(strong)\(token.share > 0 ? "32" : "31")m\(word)\u{1B}[0m"
      }
      line += line.isEmpty ? word : " " + word
    }
    text += line + "\n\n"
    func row(_ share: Double, _ name: String) -> String {
      let length = largest > 0 ? Int((share.magnitude / largest * 20).rounded()) : 0
      let bar = String(repeating: share > 0 ? "+" : "-", count: min(length, 40))
      let padded = name.padding(toLength: max(24, name.count), withPad: " ", startingAt: 0)
      return String(format: "%+8.3f  ", share) + padded + "  \(bar)\n"
    }
    for token in explanation.tokens where largest > 0 && token.share.magnitude > largest / 50 {
      text += row(token.share, token.text)
    }
    let small = explanation.tokens.filter { !(largest > 0 && $0.share.magnitude > largest / 50) }
    if !small.isEmpty { text += row(small.reduce(0) { $0 + $1.share }, "(\(small.count) more words)") }
    if explanation.dense != 0 { text += row(explanation.dense, "(word vectors)") }
    text += row(explanation.intercept, "(before reading)")
    text += String(format: "%+8.3f  score\n", explanation.score)
    return text
  }
}
