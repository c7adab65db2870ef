package import Evaluation
import Foundation

/// How numbers are written for people.
package enum Figures {
  /// What stands where a figure is undefined.
  package static let undefined = "–"

  /// A figure with a fixed number of decimals.
  package static func text(_ value: Double?, decimals: Int = 3) -> String {
    guard let value, value.isFinite else { return undefined }
    let text = String(format: "%.\(decimals)f", value)
    // A tiny negative number must not be shown as minus nothing.
    return text.contains { $0 != "-" && $0 != "0" && $0 != "." } ? text : text.replacing("-", with: "")
  }

  /// A difference, with its sign.
  package static func signed(_ value: Double?, decimals: Int = 3) -> String {
    let text = text(value, decimals: decimals)
    return (value ?? 0) > 0 && text != undefined ? "+" + text : text
  }

  /// An interval: `[0.702, 0.759]`.
  package static func text(_ interval: ConfidenceInterval?, decimals: Int = 3) -> String {
    guard let interval else { return undefined }
    return "[\(text(interval.lower, decimals: decimals)), \(text(interval.upper, decimals: decimals))]"
  }

  /// A figure and its interval: `0.731 [0.702, 0.759]`.
  package static func text(_ estimate: Estimate, decimals: Int = 3) -> String {
    guard estimate.value != nil, let interval = estimate.interval else {
      return text(estimate.value, decimals: decimals)
    }
    return "\(text(estimate.value, decimals: decimals)) \(text(interval, decimals: decimals))"
  }

  /// How intervals were made, as a note to a table of figures.
  package static func intervalNote(_ bootstrap: Bootstrap, items: Int, groups: Int?) -> String {
    let (count, noun) = groups.map { ($0, "group") } ?? (items, "item")
    guard count > 1 else { return "No intervals: these need two \(noun)s or more to resample." }
    return "Intervals: \(percent(bootstrap.confidence)) bootstrap, \(grouped(bootstrap.resamples)) resamples of "
      + "\(counted(count, noun)). In brackets: BCa (bias-corrected and accelerated, widened to the value where it "
      + "would not hold it), percentile where that is undefined."
  }

  /// A probability of an error: `0.034`, `< 0.001`.
  package static func pValue(_ value: Double?) -> String {
    guard let value else { return undefined }
    return value < 0.001 ? "< 0.001" : text(value)
  }

  /// A share in percent: `93 %`.
  package static func percent(_ share: Double?) -> String {
    guard let share else { return undefined }
    return text(share * 100, decimals: 0) + " %"
  }

  /// A whole number with its thousands set apart: `10,000`.
  package static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return (number < 0 ? "-" : "") + digits
  }

  /// So many of something: `1 item`, `2,814 items`.
  package static func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A time: `0.4 s`, `3 min 5 s`, `2 h 4 min`.
  package static func duration(seconds: Double?) -> String {
    guard let seconds, seconds.isFinite else { return undefined }
    let whole = Int(seconds.rounded())
    if seconds < 9.95 { return text(seconds, decimals: seconds < 0.0995 ? 3 : 1) + " s" }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  /// An amount of memory: `512 MB`, `1.3 GB`.
  package static func bytes(_ count: Int?) -> String {
    guard let count else { return undefined }
    let megabytes = Double(count) / 1e6
    return megabytes < 999.5
      ? text(megabytes, decimals: megabytes < 9.95 ? 1 : 0) + " MB" : text(megabytes / 1000, decimals: 1) + " GB"
  }
}
