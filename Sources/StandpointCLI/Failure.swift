/// Why a command stopped: an exit code of the contract and a message for the user.
struct Failure: Error {
  /// The exit codes of `standpoint`, after sysexits(3).
  enum Code: Int32 {
    case done = 0
    case gateFailed = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case software = 70
    case cannotCreate = 73
    case inputOutput = 74
    case configuration = 78
    case interrupted = 130
  }

  let code: Code
  /// What is said on stderr; nil where silence is right (a closed pipe, an interrupt, a gate that has spoken).
  let message: String?

  init(_ code: Code, _ message: String?) {
    self.code = code
    self.message = message
  }
}
