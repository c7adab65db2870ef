/// Web and e-mail addresses.
enum AddressPattern {
  /// How far a name is followed in search of `@` or a domain, so that hostile text costs linear time.
  private static let longestName = 64

  /// Endings of bare domains (`example.com`); `in`, `is`, `it`, `me` and the like are words too and are left out.
  private static let topDomains: Set<String> = [
    "com", "org", "net", "gov", "edu", "mil", "info", "biz", "io", "ru", "uk", "de", "fr", "eu", "ua", "cn", "jp", "pl",
    "nl", "ch", "tv", "ly", "gl", "co", "au", "ca", "int",
  ]

  /// The end of the address that starts at `start`, or `nil`.
  /// - Complexity: O(1) if there is none, else linear in its length.
  static func end(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    let limit = min(bytes.count, start + longestName)
    while index < limit, isAlphanumeric(bytes[index]) { index += 1 }
    guard index > start, index < bytes.count else { return nil }
    switch bytes[index] {
    case 0x3A: return isScheme(bytes, start..<index) ? endOfPath(bytes, from: index + 3) : nil
    case 0x2E:
      if index - start == 3, (start..<index).allSatisfy({ bytes[$0] | 0x20 == 0x77 }),
        index + 1 < bytes.count, isAlphanumeric(bytes[index + 1])
      {
        return endOfPath(bytes, from: index + 1)
      }
    case 0x40, 0x2B, 0x2D, 0x5F: break
    default: return nil
    }
    return endOfMail(bytes, from: start, name: index) ?? endOfDomain(bytes, from: start, bare: true)
  }

  private static func isScheme(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count == 4 || range.count == 5, range.upperBound + 3 < bytes.count,
      bytes[range.upperBound + 1] == 0x2F, bytes[range.upperBound + 2] == 0x2F,
      isPathByte(bytes[range.upperBound + 3])
    else { return false }
    let name: StaticString = "https"
    return name.withUTF8Buffer { expected in
      range.allSatisfy { unsafe bytes[$0] | 0x20 == expected[$0 - range.lowerBound] }
    }
  }

  /// The end of visible bytes from `start`, without punctuation that belongs to the sentence.
  private static func endOfPath(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count, isPathByte(bytes[end]) { end += 1 }
    while end > start {
      switch bytes[end - 1] {
      case 0x21, 0x27, 0x29, 0x2A, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D: end -= 1
      default: return end
      }
    }
    return end
  }

  /// `name@domain`, where the name's first part ends at `name`.
  private static func endOfMail(_ bytes: Span<UInt8>, from start: Int, name: Int) -> Int? {
    var index = name
    let limit = min(bytes.count, start + longestName)
    while index < limit {
      let byte = bytes[index]
      if isAlphanumeric(byte) || byte == 0x2E || byte == 0x2B || byte == 0x2D || byte == 0x5F {
        index += 1
      } else {
        break
      }
    }
    guard index < bytes.count, bytes[index] == 0x40 else { return nil }
    return endOfDomain(bytes, from: index + 1, bare: false)
  }

  /// Labels parted by stops. A bare domain must end in a known top domain, and a path may follow it.
  private static func endOfDomain(_ bytes: Span<UInt8>, from start: Int, bare: Bool) -> Int? {
    var found: Int?
    var label = start
    let limit = min(bytes.count, start + 4 * longestName)
    while label < limit {
      var end = label
      while end < limit, isAlphanumeric(bytes[end]) || (bytes[end] == 0x2D && end > label) { end += 1 }
      guard end > label else { break }
      if label > start, end - label > 1, end == bytes.count || (bytes[end] < 0x80 && bytes[end] != 0x5F) {
        if !bare || isTopDomain(bytes, label..<end) { found = end }
      }
      guard end < limit, bytes[end] == 0x2E else { break }
      label = end + 1
    }
    guard let found else { return nil }
    return bare && found < bytes.count && bytes[found] == 0x2F ? endOfPath(bytes, from: found) : found
  }

  private static func isTopDomain(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= 4 else { return false }
    return topDomains.contains(String(decoding: range.map { bytes[$0] }, as: UTF8.self))
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }

  /// Visible ASCII but quotation marks and angle and curly brackets.
  private static func isPathByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x3C, 0x3E, 0x60, 0x7B...0x7D: false
    default: byte > 0x20 && byte < 0x7F
    }
  }
}
