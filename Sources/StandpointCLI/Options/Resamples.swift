import ArgumentParser

/// The option `--resamples` of the commands that have it.
enum Resamples {
  /// Checks the number: from a hundred, below which an interval has no ends, to ten million, whose values take
  /// gigabytes.
  ///
  /// - Throws: `ValidationError`.
  static func check(_ number: Int, allowsNone: Bool) throws {
    guard (100...10_000_000).contains(number) || (allowsNone && number == 0) else {
      throw ValidationError("--resamples: expected \(allowsNone ? "0, or " : "")100 to 10000000, found \(number)")
    }
  }
}
