import ArgumentParser
import Foundation
import Standpoint

/// `standpoint`: who says it, and where do they stand?
@main
struct StandpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "standpoint",
    abstract:
      "Labels statements by sourcing (whose statement is it?) and stance (favor, against or none, toward a target).",
    discussion: """
      Any option may also come from a YAML file (--config FILE) or from the environment (STANDPOINT_THREADS=2); the \
      command line wins. Data goes to standard output, messages to standard error.

      Exit codes: 0 done; 1 a gate failed; 64 usage; 65 bad data; 66 no such input; 70 a bug of ours; 73 cannot \
      create; 74 input or output failed; 78 bad configuration; 130 interrupted.
      """,
    version: Version.current,
    subcommands: [
      ScoreCommand.self, TrainCommand.self, EvaluateCommand.self, CompareCommand.self, RunsCommand.self,
      ExplainCommand.self, SegmentCommand.self, DataCommand.self, ModelCommand.self,
    ])

  static func main() {
    Interrupt.occupyClosedStreams()
    Interrupt.install()
    do {
      let arguments = try ConfigurationSources.expand(
        Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment, root: Self.self)
      var command = try Self.parseAsRoot(arguments)
      try command.run()
      ProgressLine.shared.clear()
    } catch {
      finish(with: error)
    }
  }

  /// Ends the process as the contract says: a message on stderr that names the place and the mend, and an exit code.
  private static func finish(with error: any Error) -> Never {
    ProgressLine.shared.clear()
    let failure = Failure(describing: error)
    guard let failure else { exit(withError: error) }
    if let message = failure.message { Terminal.say("standpoint: \(message)") }
    Foundation.exit(failure.code.rawValue)
  }
}
