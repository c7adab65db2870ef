import ArgumentParser
import Corpus
import Foundation
import ModelStore
import Reporting
import Standpoint

/// `standpoint model`.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Say what a model is, or whether its bytes are intact.",
    subcommands: [Info.self, Verify.self])

  /// Opens and verifies a model.
  private static func open(_ name: String, thoroughly: Bool) throws -> (directory: ModelDirectory, model: Model) {
    let directory = try ModelDirectory(verifying: ModelFinder.path(of: name), thoroughly: thoroughly)
    return (directory, try Model(directory))
  }

  /// `standpoint model info`.
  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "info", abstract: "Say what a model is: task, labels, features, scores, files.",
      discussion: """
        --format text (default) or json, which holds config.json and metrics.json whole. The model is verified first.

        Example:
          standpoint model info Models/stance-en --format json
        """)

    @Argument(
      help: ArgumentHelp("A model directory, or the name of a shipped model.", valueName: "dir"),
      completion: .directory)
    var model: String

    @OptionGroup var shared: SharedOptions

    func run() throws {
      let format = try shared.format(of: [.text, .json], terminal: .text, pipe: .text)
      let (directory, model) = try ModelCommand.open(model, thoroughly: false)
      let description = try ModelDescription(directory, model)
      let output = try shared.openOutput()
      try output.write(
        format == .json
          ? description.json.text(indented: true) + "\n" : description.text(colored: Terminal.allowsColor(shared)))
      try output.commit()
    }
  }

  /// `standpoint model verify`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Verify every byte of models; exit code 65 names what is damaged.",
      discussion: """
        By SHA-256 as well as by the shorter tags that are looked at whenever a model is opened. --format text (default), or
        json: what is intact, and what is wrong with the others.

        Example:
          standpoint model verify Models/sourcing-en Models/stance-en
        """)

    @Argument(
      help: ArgumentHelp("Model directories, or names of shipped models.", valueName: "dir"), completion: .directory)
    var models: [String]

    @OptionGroup var shared: SharedOptions

    func run() throws {
      let format = try shared.format(of: [.text, .json], terminal: .text, pipe: .text)
      let output = try shared.openOutput()
      var worst: Failure?
      var entries: [JSONValue] = []
      for name in models {
        let path: String
        do {
          path = try ModelCommand.open(name, thoroughly: true).directory.path
        } catch {
          // The others are verified all the same; the first failure gives the exit code.
          guard let failure = Failure(describing: error) else { throw error }
          if let message = failure.message { Terminal.say("standpoint: \(message)") }
          entries.append(["model": .string(name), "intact": false, "problem": JSONValue(failure.message)])
          worst = worst ?? failure
          continue
        }
        entries.append(["model": .string(path), "intact": true])
        if format == .text { try output.write("\(path): every byte is as written\n") }
      }
      if format == .json {
        try output.write(JSONValue.object(["models": .array(entries)]).text(indented: true) + "\n")
      }
      try output.commit()
      if let worst { throw Failure(worst.code, nil) }
    }
  }
}
