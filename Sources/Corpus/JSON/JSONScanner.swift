/// A strict, streaming reader of JSON (RFC 8259) over bytes.
///
/// It pulls one piece after another and keeps nothing but its place and one reusable buffer, so reading the wanted
/// fields of a row allocates nothing. The bytes are passed to each call, always the same ones:
///
///     var scanner = JSONScanner()
///     var first = true
///     try scanner.beginObject(in: bytes)
///     while try scanner.nextKey(in: bytes, first: &first) {
///       if scanner.text == wanted { try scanner.string(in: bytes) } else { try scanner.skipValue(in: bytes) }
///     }
///     try scanner.end(in: bytes)
///
/// UTF-8 is not checked here: whoever makes a `String` of the buffer decides whether to refuse or to repair. Lone
/// surrogates in escapes, bare control characters, `NaN`, leading zeros, trailing commas and nesting beyond
/// `maximumDepth` are errors.
package struct JSONScanner {
  /// How deep arrays and objects may stand within one another.
  package static let maximumDepth = 512

  /// The next byte to be read.
  package private(set) var position = 0
  /// The unescaped bytes of the last string or key.
  package private(set) var text: [UInt8] = []
  private var depth = 0

  /// Creates a scanner at the beginning of its bytes.
  package init() {}

  /// Goes back to the beginning, for other bytes, keeping the buffer.
  package mutating func reset() {
    position = 0
    depth = 0
  }

  /// What a value is, by its first byte.
  package enum ValueKind: Equatable, Sendable {
    case object, array, string, number, boolean, null
  }

  /// What value comes next; stays before it.
  package mutating func peek(in bytes: Span<UInt8>) throws(JSONError) -> ValueKind {
    skipSpace(in: bytes)
    guard position < bytes.count else { throw failure(.unexpectedEnd) }
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    default: throw failure(.unexpectedByte(bytes[position]))
    }
  }

  /// Reads the `{` of an object.
  package mutating func beginObject(in bytes: Span<UInt8>) throws(JSONError) {
    try begin(UInt8(ascii: "{"), in: bytes)
  }

  /// Reads the `[` of an array.
  package mutating func beginArray(in bytes: Span<UInt8>) throws(JSONError) {
    try begin(UInt8(ascii: "["), in: bytes)
  }

  /// Goes to the next member of an object: its key is in `text`, its value comes next.
  ///
  /// - Parameter first: true before the first member; kept by the caller for each object.
  /// - Returns: false after the `}`.
  package mutating func nextKey(in bytes: Span<UInt8>, first: inout Bool) throws(JSONError) -> Bool {
    guard try nextItem(in: bytes, first: &first, closing: UInt8(ascii: "}")) else { return false }
    try string(in: bytes)
    skipSpace(in: bytes)
    try consume(UInt8(ascii: ":"), in: bytes)
    return true
  }

  /// Goes to the next element of an array.
  ///
  /// - Parameter first: true before the first element; kept by the caller for each array.
  /// - Returns: false after the `]`.
  package mutating func nextElement(in bytes: Span<UInt8>, first: inout Bool) throws(JSONError) -> Bool {
    try nextItem(in: bytes, first: &first, closing: UInt8(ascii: "]"))
  }

  /// Reads a string into `text`.
  package mutating func string(in bytes: Span<UInt8>) throws(JSONError) {
    skipSpace(in: bytes)
    try consume(UInt8(ascii: "\""), in: bytes)
    if !text.isEmpty { text.removeAll(keepingCapacity: true) }
    while true {
      let runStart = position
      position = Self.endOfPlainRun(in: bytes, from: position)
      text.append(bytes, runStart..<position)
      guard position < bytes.count else { throw failure(.unexpectedEnd) }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"): try escape(in: bytes)
      default: throw failure(.controlCharacter(bytes[position]))
      }
    }
  }

  /// The first byte from a place on that ends a run of plain characters in a string: a quote, a backslash or a control
  /// character. Eight bytes are looked at together: subtracting borrows from the top bit of just those that are below a
  /// bound, or equal to a value after an exclusive or, up to and including the first of them.
  private static func endOfPlainRun(in bytes: Span<UInt8>, from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var index = start
    let raw = unsafe bytes.bytes
    while index + 8 <= bytes.count {
      let chunk = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let quotes = chunk ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let backslashes = chunk ^ (ones &* UInt64(UInt8(ascii: "\\")))
      let found =
        (chunk &- ones &* 0x20) & ~chunk | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
      let marks = found & (ones &* 0x80)
      if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      index += 1
    }
    return index
  }

  /// Reads a number.
  ///
  /// - Returns: the place of its characters.
  package mutating func number(in bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
    skipSpace(in: bytes)
    let start = position
    if peekByte(in: bytes) == UInt8(ascii: "-") { position += 1 }
    if peekByte(in: bytes) == UInt8(ascii: "0") {
      position += 1
    } else {
      try digits(in: bytes)
    }
    if peekByte(in: bytes) == UInt8(ascii: ".") {
      position += 1
      try digits(in: bytes)
    }
    if let byte = peekByte(in: bytes), byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if let sign = peekByte(in: bytes), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
      try digits(in: bytes)
    }
    // `01` and `1x` end here; the caller finds the next byte wrong.
    return start..<position
  }

  /// Reads `true` or `false`.
  package mutating func boolean(in bytes: Span<UInt8>) throws(JSONError) -> Bool {
    skipSpace(in: bytes)
    if peekByte(in: bytes) == UInt8(ascii: "t") {
      try word("true", in: bytes)
      return true
    }
    try word("false", in: bytes)
    return false
  }

  /// Reads `null`.
  package mutating func null(in bytes: Span<UInt8>) throws(JSONError) {
    skipSpace(in: bytes)
    try word("null", in: bytes)
  }

  /// Reads over a value of any kind, checking it all the same.
  package mutating func skipValue(in bytes: Span<UInt8>) throws(JSONError) {
    switch try peek(in: bytes) {
    case .object:
      var first = true
      try beginObject(in: bytes)
      while try nextKey(in: bytes, first: &first) { try skipValue(in: bytes) }
    case .array:
      var first = true
      try beginArray(in: bytes)
      while try nextElement(in: bytes, first: &first) { try skipValue(in: bytes) }
    case .string: try string(in: bytes)
    case .number: _ = try number(in: bytes)
    case .boolean: _ = try boolean(in: bytes)
    case .null: try null(in: bytes)
    }
  }

  /// Checks that nothing but white space is left.
  package mutating func end(in bytes: Span<UInt8>) throws(JSONError) {
    skipSpace(in: bytes)
    guard position == bytes.count else { throw failure(.textAfterEnd) }
  }

  // MARK: - Pieces

  private func failure(_ reason: JSONError.Reason) -> JSONError {
    JSONError(reason: reason, offset: position)
  }

  private func peekByte(in bytes: Span<UInt8>) -> UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  private mutating func skipSpace(in bytes: Span<UInt8>) {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      default: return
      }
    }
  }

  private mutating func consume(_ byte: UInt8, in bytes: Span<UInt8>) throws(JSONError) {
    guard position < bytes.count else { throw failure(.unexpectedEnd) }
    guard bytes[position] == byte else { throw failure(.expected(byte, found: bytes[position])) }
    position += 1
  }

  private mutating func begin(_ bracket: UInt8, in bytes: Span<UInt8>) throws(JSONError) {
    skipSpace(in: bytes)
    try consume(bracket, in: bytes)
    depth += 1
    if depth > Self.maximumDepth { throw failure(.tooDeep) }
  }

  private mutating func nextItem(
    in bytes: Span<UInt8>, first: inout Bool, closing: UInt8
  ) throws(JSONError) -> Bool {
    skipSpace(in: bytes)
    if peekByte(in: bytes) == closing {
      position += 1
      depth -= 1
      return false
    }
    if !first {
      try consume(UInt8(ascii: ","), in: bytes)
      skipSpace(in: bytes)
    }
    first = false
    return true
  }

  private mutating func digits(in bytes: Span<UInt8>) throws(JSONError) {
    let start = position
    while let byte = peekByte(in: bytes), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > start else {
      throw failure(peekByte(in: bytes).map { .unexpectedByte($0) } ?? .unexpectedEnd)
    }
  }

  private mutating func word(_ letters: StaticString, in bytes: Span<UInt8>) throws(JSONError) {
    for index in 0..<letters.utf8CodeUnitCount {
      try consume(unsafe letters.utf8Start[index], in: bytes)
    }
  }

  /// Reads `\` and what it stands for.
  private mutating func escape(in bytes: Span<UInt8>) throws(JSONError) {
    guard position + 1 < bytes.count else {
      position = bytes.count
      throw failure(.unexpectedEnd)
    }
    let start = position
    let letter = bytes[position + 1]
    position += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var value = try hexadecimal(in: bytes)
      if (0xD800..<0xDC00).contains(value), peekByte(in: bytes) == UInt8(ascii: "\\"), position + 1 < bytes.count,
        bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try hexadecimal(in: bytes)
        guard (0xDC00..<0xE000).contains(low) else {
          throw JSONError(reason: .loneSurrogate, offset: start)
        }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw JSONError(reason: .loneSurrogate, offset: start) }
      text.append(contentsOf: UTF8.encode(scalar)!)
    default: throw JSONError(reason: .unknownEscape(letter), offset: start)
    }
  }

  private mutating func hexadecimal(in bytes: Span<UInt8>) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peekByte(in: bytes) else { throw failure(.unexpectedEnd) }
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
      default: throw failure(.unexpectedByte(byte))
      }
      position += 1
    }
    return value
  }
}

extension [UInt8] {
  /// Appends a part of a span.
  mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
