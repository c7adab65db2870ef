import Foundation
import Glibc
import LinearAlgebra
import Standpoint
import Synchronization

/// One line on the terminal that says what a command is doing, how far it has come and how long it will still take.
///
/// It appears on stderr once the command has worked for two seconds, and is wiped away before anything else is
/// written there. Where stderr is no terminal, nothing is ever shown.
final class ProgressLine: Sendable {
  /// The line of this process.
  static let shared = ProgressLine(
    isTerminal: Terminal.standardErrorIsTerminal && ProcessInfo.processInfo.environment["TERM"] != "dumb")

  private struct State {
    var stage = ""
    var stageBegin = ContinuousClock.now
    var nextDrawing: ContinuousClock.Instant
    var isShown = false
  }

  private let isTerminal: Bool
  private let state: Mutex<State>

  /// How long a command may take before the line appears, and between two drawings of it.
  private static let patience = Duration.seconds(2)
  private static let interval = Duration.milliseconds(100)

  private init(isTerminal: Bool) {
    self.isTerminal = isTerminal
    state = Mutex(State(nextDrawing: .now + Self.patience))
  }

  /// The stages of a command with these options.
  static func stages(_ options: SharedOptions) -> StageProgress {
    guard shared.isTerminal, !options.quiet else { return { _ in .ignored } }
    return { shared.begin($0) }
  }

  /// The stages of a command that writes to standard output while it works: on a terminal what it writes is progress
  /// enough, and would run into the line.
  static func streaming(_ options: SharedOptions) -> StageProgress {
    if Terminal.standardOutputIsTerminal && options.output == nil { return { _ in .ignored } }
    return stages(options)
  }

  /// How a line names a file: without its folder, which would leave no room for the rest.
  static func name(_ path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }

  /// Begins a stage, and gives the progress that it is to report to.
  private func begin(_ stage: String) -> WorkProgress {
    state.withLock {
      $0.stage = stage
      $0.stageBegin = .now
    }
    return WorkProgress { fraction in self.show(fraction) }
  }

  private func show(_ fraction: Double) {
    let now = ContinuousClock.now
    state.withLock { state in
      guard now >= state.nextDrawing else { return }
      state.nextDrawing = now + Self.interval
      state.isShown = true
      let line = Self.text(
        stage: state.stage, fraction: fraction, elapsed: (now - state.stageBegin) / .seconds(1),
        width: Terminal.width(of: STDERR_FILENO))
      Terminal.writeToStandardError("\r\u{1B}[K\(line)")
    }
  }

  /// Wipes the line away, until it is drawn again.
  func clear() {
    state.withLock { state in
      guard state.isShown else { return }
      state.isShown = false
      Terminal.writeToStandardError("\r\u{1B}[K")
    }
  }

  /// What the line says: the stage, a bar, the share that is done and, once that can be told, the time left.
  static func text(stage: String, fraction: Double, elapsed seconds: Double, width: Int) -> String {
    let fraction = min(max(fraction, 0), 1)
    let filled = Int((fraction * Double(barWidth)).rounded(.down))
    var text = stage.isEmpty ? "" : stage + " "
    text += "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: barWidth - filled) + "]"
    text += " \(Int((fraction * 100).rounded(.down))) %"
    // From a sliver of the work the rest cannot be told.
    if fraction >= 0.01 && seconds >= 0.5 { text += ", \(duration(seconds * (1 - fraction) / fraction)) left" }
    return String(text.prefix(width - 1))
  }

  private static let barWidth = 24

  /// Seconds as people say them: `8 s`, `3 min 20 s`, `2 h 5 min`.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return switch whole {
    case ..<60: "\(whole) s"
    case ..<600: whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s"
    case ..<3600: "\(whole / 60) min"
    default: whole % 3600 < 60 ? "\(whole / 3600) h" : "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
  }
}
