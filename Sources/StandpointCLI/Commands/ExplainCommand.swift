import ArgumentParser
import Corpus
import Standpoint

/// `standpoint explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show which words pushed toward which label, and how much.",
    discussion: """
      The score of a label is its margin less the mean of all labels' margins: what speaks for it rather than for the \
      others. It is the sum of what the label has before reading, of the shares of the words, of what the statement as a \
      whole adds, and of the word vectors of the target's own wording, where the model has such parts. Every n-gram's \
      share is divided equally among its words; the n-grams that count most are listed below them.

      --format text (default), in colour on a terminal, or json: all tokens and features with spans in code points.

      Examples:
        standpoint explain "The minister praised the accord." --model stance-en --target accord
        standpoint explain "Nobody was hurt, police said." --model sourcing-en --label organization --format json
      """)

  @Argument(help: ArgumentHelp("The sentence.", valueName: "text"))
  var text: String

  @Option(
    name: [.short, .customLong("model")],
    help: ArgumentHelp("A model directory, or a shipped model's name.", valueName: "dir"), completion: .directory)
  var models: [String]

  @Option(help: ArgumentHelp("The label to explain; the likeliest by default.", valueName: "name"))
  var label: String?

  @Option(
    name: .customLong("target"), help: ArgumentHelp("Toward whom or what.", valueName: "name"),
    transform: TargetName.checked)
  var targets: [String] = []

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try OneValue.check("model", models)
    try OneValue.check("target", targets)
  }

  func run() throws {
    let format = try shared.format(of: [.text, .json], terminal: .text, pipe: .text)
    let model = try Model(contentsOf: ModelFinder.path(of: models[0]))
    if let label, model.labels.index(of: label) == nil {
      throw ValidationError(
        "--label: there is no label \"\(label)\"; choose from \(model.labels.names.joined(separator: ", "))")
    }
    if model.configuration.needsTarget, targets.isEmpty { throw StandpointError.missingTarget(place: "the text") }
    let explanation = try model.explain(Statement(id: "text", text: text, target: targets.first), label: label)
    let output = try shared.openOutput()
    try output.write(
      format == .json
        ? json(explanation).text(indented: true) + "\n"
        : ExplanationText(explanation, of: text, colored: Terminal.allowsColor(shared)).text)
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
      "probability": JSONValue(Double(explanation.probability)),
      "abstain": JSONValue(explanation.abstention?.rawValue), "score": JSONValue(explanation.score),
      "intercept": JSONValue(explanation.intercept), "target_vectors": JSONValue(explanation.targetVectors),
      "whole": JSONValue(explanation.whole), "tokens": shares(explanation.tokens),
      "features": shares(explanation.features),
    ]
  }
}
