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

      STANDPOINT_MODELS is the folder of the shipped models, STANDPOINT_RUNS the one of runs, where they are not in their \
      usual places.

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
      try checkArguments()
      let expanded = try ConfigurationSources.expand(
        Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment, root: Self.self)
      do {
        var command = try parseAsRoot(expanded.arguments)
        type = Swift.type(of: command)
        try command.run()
      } catch {
        throw configurationFailure(error, expanded) ?? error
      }
      ProgressLine.shared.clear()
    } catch {
      finish(with: error, of: type)
    }
  }

  /// Refuses arguments that are not UTF-8: as texts they would be others, and no file has the name that results.
  private static func checkArguments() throws {
    for (number, argument) in CommandLine.arguments.enumerated() {
      guard let bytes = unsafe CommandLine.unsafeArgv[number], unsafe String(validatingCString: bytes) == nil else {
        continue
      }
      throw Failure(
        .usage, "\(argument): the argument is not UTF-8 text; rename the file, or give it as standard input")
    }
  }

  /// The failure that wrong use is where it speaks of an option that the environment or a file set: what these say wrong
  /// is not the command line's fault. Nil where it is.
  private static func configurationFailure(
    _ error: any Error, _ expanded: ConfigurationSources.Expanded
  ) -> Failure? {
    let failure = Failure(describing: error)
    guard failure.map({ $0.code == .usage }) ?? (exitCode(for: error) == .validationFailure) else { return nil }
    let message = failure?.message ?? message(for: error)
    return expanded.source(ofOptionIn: message).map { Failure(.configuration, "\($0): \(message)") }
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
