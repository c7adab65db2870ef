import ArgumentParser

/// Options of which a command takes one, where others take several: a second one is refused rather than the first one
/// forgotten.
enum OneValue {
  /// Checks that an option is not given twice.
  ///
  /// - Throws: `ValidationError`.
  static func check(_ option: String, _ values: [String]) throws {
    guard values.count > 1 else { return }
    throw ValidationError(
      "--\(option): expected one, found \(values.joined(separator: ", ")); run the command for each")
  }
}
