extension TokenScan {
  /// Reads a word, number or address that starts at `position`, by the general rules.
  mutating func scanWord(_ bytes: Span<UInt8>) {
    if let end = AddressPattern.end(in: bytes, from: position) {
      return emit(
        to: end, .address, foldedHash: TokenClassHash.address,
        exactHash: TextHash.hash(bytes.extracting(position..<end)),
        bytes: bytes)
    }
    if let end = endOfLetterAbbreviation(bytes) { return emitLetterAbbreviation(to: end, bytes) }

    var form = WordForm()
    var end = position
    while end < bytes.count {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: end)
      let found = CharacterClass(scalar)
      switch found {
      case .letter, .digit, .mark, .ignorable:
        form.add(scalar, found)
        end += length
        continue
      case .replacement:
        guard end > position, classAt(end + length, bytes) == .letter else { break }
        form.add(scalar, .letter)
        end += length
        continue
      case .apostrophe:
        guard end > position, continuesWord(end + length, bytes), !isClitic(at: end + length, bytes) else { break }
        form.addInner(0x27)
        end += length
        continue
      case .stop, .punctuation:
        // Separators inside numbers.
        guard scalar == 0x2E || scalar == 0x2C || scalar == 0x3A, form.isDigitsOnly, form.endsInDigit,
          classAt(end + 1, bytes) == .digit
        else { break }
        form.addInner(UInt8(scalar))
        end += 1
        continue
      default: break
      }
      break
    }
    emit(form, to: end, bytes)
  }

  private mutating func emit(_ form: WordForm, to end: Int, _ bytes: Span<UInt8>) {
    if form.isNumber {
      return emit(
        to: end, .number, foldedHash: TokenClassHash.number, exactHash: form.exact.finish(), shape: form.shape,
        bytes: bytes)
    }
    var (folded, exact) = (form.folded.finish(), form.exact.finish())
    if form.hasMarks {
      (folded, exact) = Composition.hashes(ofWord: bytes.extracting(position..<end))
    }
    emit(to: end, .word, foldedHash: folded, exactHash: exact, shape: form.shape, bytes: bytes)
  }

  /// Whether `s` and the end of a word stand at `index`, after an apostrophe.
  func isClitic(at index: Int, _ bytes: Span<UInt8>) -> Bool {
    index < bytes.count && bytes[index] | 0x20 == 0x73 && !continuesWord(index + 1, bytes)
  }

  // MARK: - U.S., a.m.

  /// The end of an abbreviation of single letters, two or more, parted by stops; `nil` if there is none here.
  private func endOfLetterAbbreviation(_ bytes: Span<UInt8>) -> Int? {
    var end = position
    var letters = 0
    var last: UInt32 = 0
    while end < bytes.count {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: end)
      let after = end + length
      guard CharacterClass(scalar) == .letter else { break }
      if after < bytes.count, bytes[after] == 0x2E {
        letters += 1
        end = after + 1
        last = scalar
        continue
      }
      // Without its last stop (`the U.S announced`); but `plan B.I think` is no such abbreviation.
      if letters > 0, !continuesWord(after, bytes),
        classAt(after, bytes) != .apostrophe || isClitic(at: after + 1, bytes),
        scalar != 0x49, isUppercase(scalar) == isUppercase(last)
      {
        return after
      }
      break
    }
    return letters > 1 ? end : nil
  }

  private func isUppercase(_ scalar: UInt32) -> Bool { CharacterTable.lowercase(scalar) != scalar }

  private mutating func emitLetterAbbreviation(to end: Int, _ bytes: Span<UInt8>) {
    var form = WordForm()
    var index = position
    while index < end {
      let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: index)
      if scalar == 0x2E { form.addInner(0x2E) } else { form.add(scalar, .letter) }
      index += length
    }
    if bytes[end - 1] != 0x2E { form.addInner(0x2E) }
    emit(
      to: end, .word, foldedHash: form.folded.finish(), exactHash: form.exact.finish(), shape: form.shape, bytes: bytes)
  }
}

/// What the general path gathers about a word while it reads.
struct WordForm {
  var folded = TextHasher()
  var exact = TextHasher()
  /// A combining mark occurred, so the hashes must be those of the composed form.
  private(set) var hasMarks = false
  /// Only digits and separators so far.
  private(set) var isDigitsOnly = true
  private(set) var endsInDigit = false
  private var startsWithDigit = false
  private var letters = 0
  private var capitals = 0
  private var startsCapital = false
  private var isNonASCII = false
  private var hasDigit = false
  /// The letters after the digits, lower-cased, two at most.
  private var suffix: UInt32 = 0

  /// Adds a letter, digit, mark or ignorable character.
  mutating func add(_ scalar: UInt32, _ found: CharacterClass) {
    if scalar >= 0x80 { isNonASCII = true }
    if found == .ignorable { return }
    let lower = CharacterTable.lowercase(scalar)
    folded.append(scalar: lower)
    exact.append(scalar: scalar)
    switch found {
    case .digit:
      if letters == 0, !hasDigit { startsWithDigit = true }
      hasDigit = true
      endsInDigit = true
      if letters > 0 { suffix = .max }
    case .letter:
      if letters == 0, lower != scalar, !hasDigit { startsCapital = true }
      letters += 1
      if lower != scalar { capitals += 1 }
      isDigitsOnly = false
      endsInDigit = false
      suffix = letters > 2 || suffix == .max || lower > 0x7F ? .max : suffix << 8 | lower
    default:
      hasMarks = true
      endsInDigit = false
    }
  }

  /// Adds an inner apostrophe, stop or separator.
  mutating func addInner(_ byte: UInt8) {
    folded.append(byte)
    exact.append(byte)
    endsInDigit = false
    if byte == 0x27 { isDigitsOnly = false; suffix = letters == 0 ? suffix : .max }
  }

  /// Digits first, then nothing or the ending of an ordinal or a plural: st, nd, rd, th, s.
  var isNumber: Bool {
    guard startsWithDigit else { return false }
    switch suffix {
    case 0, 0x73, 0x7374, 0x6E64, 0x7264, 0x7468: return true
    default: return false
    }
  }

  var shape: Token.Shape {
    var shape: Token.Shape = []
    if startsCapital { shape.insert(.capitalized) }
    if letters > 1, capitals == letters { shape.insert(.allCapitals) }
    if hasDigit { shape.insert(.hasDigit) }
    if isNonASCII { shape.insert(.nonASCII) }
    return shape
  }
}
