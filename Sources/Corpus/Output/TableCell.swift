/// A cell of a table in RFC 4180's form, with commas or tabs.
package enum TableCell {
  /// Appends a cell, in quotes where it needs them.
  ///
  /// - Parameters:
  ///   - isForSpreadsheet: whether a text that a spreadsheet would run as a formula gets an apostrophe before it; what is read back
  ///     then differs.
  package static func append(
    _ text: String, separator: UInt8 = UInt8(ascii: ","), isForSpreadsheet: Bool, to out: inout [UInt8]
  ) {
    let isEscaped = isForSpreadsheet && looksLikeFormula(text)
    let quote = UInt8(ascii: "\"")
    let needsQuotes = text.utf8.contains {
      $0 == separator || $0 == quote || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
    }
    if needsQuotes { out.append(quote) }
    if isEscaped { out.append(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == quote { out.append(byte) }
      out.append(byte)
    }
    if needsQuotes { out.append(quote) }
  }

  /// Whether a spreadsheet would run the cell: it begins with `=`, `+`, `-`, `@`, a tab or a return, and is no number.
  private static func looksLikeFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first, "=+-@\t\r\n".utf8.contains(first) else { return false }
    return Double(text) == nil
  }
}
