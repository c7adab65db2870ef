import Foundation
import Glibc

/// The built `standpoint` while it runs: a test writes to its input and reads its output.
///
/// It is driven by one thread with non-blocking pipes, so neither side can wait for the other for ever, and it is killed
/// when its time is up.
final class RunningBinary {
  /// Where standard output or standard error goes.
  enum OutputPlace {
    /// To the test.
    case captured
    /// To a file, for instance a device.
    case file(String)
    /// Nowhere: the descriptor is closed when the process starts.
    case closed
  }

  let processIdentifier: pid_t
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  private var input: CInt
  private var outputEnd: CInt
  private var errorEnd: CInt
  private let deadline: ContinuousClock.Instant
  private var waited = false

  /// Starts the binary.
  ///
  /// - Parameters:
  ///   - preparation: what a shell does first in the same process, for instance go to a folder or set a limit.
  ///   - errorsToTerminal: whether standard error is a terminal, as for somebody who sits before it.
  init(
    _ arguments: [String], environment: [String: String] = [:], after preparation: String? = nil,
    output place: OutputPlace = .captured, errors errorPlace: OutputPlace = .captured, errorsToTerminal: Bool = false,
    timeLimit: Duration = .seconds(60)
  ) throws {
    deadline = .now + timeLimit
    // A reader that has gone must be an error of the write, not the end of the tests.
    signal(SIGPIPE, SIG_IGN)
    // One start at a time: a process that another thread starts meanwhile would inherit the new pipes and hold them open.
    Self.starting.lock()
    defer { Self.starting.unlock() }
    let (inputRead, inputWrite) = try Self.pipe()
    let (outputRead, outputWrite) = try Self.pipe()
    let (errorRead, errorWrite) = errorsToTerminal ? try Self.terminal() : try Self.pipe()
    defer { for descriptor in [inputRead, outputWrite, errorWrite] { close(descriptor) } }

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, inputRead, STDIN_FILENO)
    let streams = [(place, outputWrite, STDOUT_FILENO), (errorPlace, errorWrite, STDERR_FILENO)]
    for (place, captured, number) in streams {
      switch place {
      case .captured: unsafe posix_spawn_file_actions_adddup2(&actions, captured, number)
      case .file(let path): unsafe posix_spawn_file_actions_addopen(&actions, number, path, O_WRONLY, 0)
      case .closed: unsafe posix_spawn_file_actions_addclose(&actions, number)
      }
    }

    // The child starts as from a shell: it shall itself see to SIGPIPE, SIGINT and SIGXFSZ.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    for number in [SIGPIPE, SIGINT, SIGTERM, SIGXFSZ] { unsafe sigaddset(&defaults, number) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    // The threads that run tests block signals, and a child inherits that.
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)

    let binary = try Binary.path()
    let command = [binary] + arguments
    // The shell makes way for the binary, so that the process is the same.
    let words = preparation.map { ["/bin/sh", "-c", "\($0) && exec \"$0\" \"$@\""] + command } ?? command
    let path = words[0]
    var process: pid_t = 0
    let variables = Binary.environment.merging(environment) { $1 }.map { "\($0.key)=\($0.value)" }.sorted()
    let code = unsafe Self.withStrings(words) { argv in
      unsafe Self.withStrings(variables) { envp in
        unsafe posix_spawn(&process, path, &actions, &attributes, argv, envp)
      }
    }
    processIdentifier = process
    (input, outputEnd, errorEnd) = (inputWrite, outputRead, errorRead)
    // The flag belongs to an end of a pipe: the child's ends stay as they are.
    for descriptor in [input, outputEnd, errorEnd] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    guard code == 0 else {
      waited = true
      throw HarnessError("\(path) cannot be started: \(unsafe String(cString: strerror(code)))")
    }
  }

  deinit {
    if !waited {
      kill(processIdentifier, SIGKILL)
      _ = waitpid(processIdentifier, nil, 0)
    }
    for descriptor in [input, outputEnd, errorEnd] where descriptor >= 0 { close(descriptor) }
  }

  /// Writes to standard input, reading whatever the process says meanwhile.
  ///
  /// - Returns: whether all was taken; false where the process has closed its input.
  @discardableResult
  func write(_ bytes: [UInt8]) throws -> Bool {
    var start = 0
    while start < bytes.count {
      guard input >= 0 else { return false }
      try pump(wantsToWrite: true)
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(input, buffer.baseAddress! + start, buffer.count - start)
      }
      if count > 0 {
        start += count
      } else if errno != EAGAIN && errno != EINTR {
        closeInput()
        return false
      }
    }
    return true
  }

  /// Ends standard input.
  func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Goes away as the reader of standard output.
  func closeOutput() {
    if outputEnd >= 0 { close(outputEnd) }
    outputEnd = -1
  }

  /// Goes away as the reader of standard error.
  func closeErrors() {
    if errorEnd >= 0 { close(errorEnd) }
    errorEnd = -1
  }

  /// Waits until standard output holds so many lines.
  func waitForLines(_ count: Int) throws {
    while output.count(where: { $0 == UInt8(ascii: "\n") }) < count {
      guard outputEnd >= 0 else { throw HarnessError("the output ended before line \(count)") }
      try pump(wantsToWrite: false)
    }
  }

  /// Waits until standard error holds a text.
  func waitForErrors(containing text: String) throws {
    while !String(decoding: errors, as: UTF8.self).contains(text) {
      guard errorEnd >= 0 else { throw HarnessError("standard error ended before \"\(text)\"") }
      try pump(wantsToWrite: false)
    }
  }

  /// Sends a signal.
  func send(_ signal: CInt) { kill(processIdentifier, signal) }

  /// The most memory that the process has held so far, in bytes; 0 when it has ended.
  ///
  /// Taken from `/proc`: what `wait4` tells counts the memory of whoever started the process too.
  var peakMemoryBytes: Int {
    guard let status = try? String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Int($0) })
    else { return 0 }
    return kilobytes << 10
  }

  /// Ends the input, reads the output to its end and waits for the process.
  func finish() throws -> Outcome {
    closeInput()
    return try waitForEnd()
  }

  /// Reads the output to its end and waits for the process, whose input stays open.
  func waitForEnd() throws -> Outcome {
    while outputEnd >= 0 || errorEnd >= 0 { try pump(wantsToWrite: false) }
    var status: CInt = 0
    while true {
      let process = unsafe waitpid(processIdentifier, &status, WNOHANG)
      if process == processIdentifier { break }
      try checkTime()
      usleep(1000)
    }
    waited = true
    let signal = status & 0x7F
    return Outcome(
      exitCode: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, wasKilled: signal != 0, output: output,
      errors: String(decoding: errors, as: UTF8.self))
  }

  private static let starting = NSLock()

  private func checkTime() throws {
    guard ContinuousClock.now < deadline else {
      throw HarnessError(
        "time is up; it said: \(String(decoding: errors.suffix(2000), as: UTF8.self))")
    }
  }

  /// Waits a while for any pipe, and takes what the process has said.
  private func pump(wantsToWrite: Bool) throws {
    try checkTime()
    var polls = [pollfd(fd: outputEnd, events: Int16(POLLIN), revents: 0)]
    polls.append(pollfd(fd: errorEnd, events: Int16(POLLIN), revents: 0))
    if wantsToWrite { polls.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    guard unsafe poll(&polls, nfds_t(polls.count), 100) > 0 else { return }
    if polls[0].revents != 0 { Self.read(&outputEnd, into: &output) }
    if polls[1].revents != 0 { Self.read(&errorEnd, into: &errors) }
  }

  private static func read(_ descriptor: inout CInt, into bytes: inout [UInt8]) {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
    if count > 0 {
      bytes += chunk[..<count]
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      close(descriptor)
      descriptor = -1
    }
  }

  private static func pipe() throws -> (read: CInt, write: CInt) {
    var ends: [CInt] = [-1, -1]
    guard unsafe Glibc.pipe(&ends) == 0 else { throw HarnessError("no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Both sides of a new terminal of 80 columns: what is written to the second can be read from the first.
  private static func terminal() throws -> (read: CInt, write: CInt) {
    // What `unlockpt` and `ptsname` do; the Swift overlay of the C library lacks them.
    let unlock: UInt = 0x4004_5431
    let number: UInt = 0x8004_5430
    let ours = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (locked, terminal) = (CInt(0), CInt(0))
    guard ours >= 0, unsafe ioctl(ours, unlock, &locked) == 0, unsafe ioctl(ours, number, &terminal) == 0 else {
      throw HarnessError("no terminal")
    }
    let theirs = unsafe open("/dev/pts/\(terminal)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard theirs >= 0 else { throw HarnessError("the terminal cannot be opened") }
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(theirs, UInt(TIOCSWINSZ), &size)
    return (ours, theirs)
  }

  private static func withStrings<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) throws -> Result
  ) rethrows -> Result {
    var pointers = unsafe strings.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { unsafe pointers.forEach { unsafe free($0) } }
    return try unsafe pointers.withUnsafeMutableBufferPointer { unsafe try body($0.baseAddress!) }
  }
}
