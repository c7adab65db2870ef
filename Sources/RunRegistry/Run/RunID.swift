package import Foundation

/// The names of runs.
package enum RunID {
  /// A name such as `20261124-015012-345-7k3f9q`: the time in UTC to the millisecond, so that names sort by time, and
  /// thirty random bits, so that processes that begin at once do not meet.
  package static func new(at date: Date) -> String {
    let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded(.down))
    let (days, time) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    let (year, month, day) = civil(days: days)
    let digits = Array("0123456789abcdefghjkmnpqrstvwxyz")
    let bits = UInt32.random(in: 0..<(1 << 30))
    let suffix = String((0..<6).map { digits[Int(bits >> (5 * UInt32($0))) & 31] })
    return padded(year, 4) + padded(month, 2) + padded(day, 2) + "-" + padded(time / 3_600_000, 2)
      + padded(time / 60_000 % 60, 2) + padded(time / 1000 % 60, 2) + "-" + padded(time % 1000, 3) + "-" + suffix
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// The Gregorian date of a number of days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
  private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
