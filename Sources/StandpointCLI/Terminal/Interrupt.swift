import Corpus
import Glibc

/// What happens on Ctrl-C and when the reader of a pipe goes away: the command ends quietly and leaves nothing half
/// written.
///
/// A signal handler may call next to nothing. It removes the file that is being written, if there is one, and ends the
/// process at once, also where it waits for input. Commands that have more to tidy up say so: for them the handler only
/// sets a flag, at which they look in their loops, and a second signal ends the process.
enum Interrupt {
  /// Set by the handler; `sig_atomic_t` is what a handler may write to.
  nonisolated(unsafe) private static var count: sig_atomic_t = 0
  /// Whether the running command looks at the flag by itself.
  nonisolated(unsafe) private static var isPolled: sig_atomic_t = 0

  /// Takes over SIGINT and SIGTERM, and turns a closed pipe and a limit on the size of files (`ulimit -f`) into errors of
  /// the write.
  static func install() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        unsafe Interrupt.count += 1
        if unsafe Interrupt.isPolled == 0 || Interrupt.count > 1 {
          UnfinishedFile.remove()
          _exit(130)
        }
      }
    }
  }

  /// Takes the places of standard streams that are closed, so that no file of ours is opened in their stead. What is
  /// written to such a place fails, as it should.
  static func occupyClosedStreams() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) == -1 {
      let opened = unsafe open("/dev/null", O_RDONLY)
      if opened >= 0, opened != number {
        dup2(opened, number)
        close(opened)
      }
    }
  }

  /// Says that the running command looks at `isRequested` itself.
  static func poll() { unsafe isPolled = 1 }

  /// Says that the running command no longer looks: the next signal ends it at once.
  static func endPolling() { unsafe isPolled = 0 }

  /// Whether the user asked to stop.
  static var isRequested: Bool { unsafe count > 0 }

  /// Ends the command if the user asked to stop.
  static func check() throws {
    if isRequested { throw Failure(.interrupted, nil) }
  }
}
