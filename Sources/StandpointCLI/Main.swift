import ArgumentParser
import Foundation
import LinearAlgebra
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
    BLAS.useCallingThreadOnly()
    var type: any ParsableCommand.Type = Self.self
    do {
      var command = try parsed(
        ConfigurationSources.expand(
          Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment, root: Self.self))
      type = Swift.type(of: command)
      try command.run()
      ProgressLine.shared.clear()
    } catch {
      finish(with: error, of: type)
    }
  }

  /// The command that the arguments ask for. What the environment or a file said wrong is not the command line's fault.
  private static func parsed(_ expanded: ConfigurationSources.Expanded) throws -> any ParsableCommand {
    do {
      return try parseAsRoot(expanded.arguments)
    } catch {
      guard let culprit = expanded.culprit({ (try? parseAsRoot($0)) != nil }) else { throw error }
      throw Failure(.configuration, "\(culprit.source): \(message(for: error))")
    }
  }

  /// Ends the process as the contract says: a message on stderr that names the place and the mend, and an exit code.
  private static func finish(with error: any Error, of type: any ParsableCommand.Type) -> Never {
    ProgressLine.shared.clear()
    let failure = Failure(describing: error)
    guard let failure else {
      // The parser knows which command it was reading for; what a command itself finds wrong comes with no such place.
      guard type != Self.self, error is ValidationError else { exit(withError: error) }
      Terminal.say("Error: \(message(for: error))\nUsage: \(usageString(for: type))")
      Foundation.exit(Failure.Code.usage.rawValue)
    }
    if let message = failure.message { Terminal.say("standpoint: \(message)") }
    Foundation.exit(failure.code.rawValue)
  }
}
