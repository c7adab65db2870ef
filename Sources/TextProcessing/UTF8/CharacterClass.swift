/// What a Unicode scalar value is to the tokenizer and the segmenter.
package enum CharacterClass: UInt8, Sendable {
  /// White space, and control characters (NUL too).
  case space
  /// A letter, or any other part of words that has no class of its own.
  case letter
  /// A decimal digit.
  case digit
  /// A combining mark.
  case mark
  /// A zero-width or formatting character, a soft hyphen, a variation selector.
  case ignorable
  /// `'` and `’`: an apostrophe or a single quotation mark.
  case apostrophe
  /// A quotation mark that works like `"`.
  case doubleQuote
  /// A quotation mark that works like `'` but is never an apostrophe.
  case singleQuote
  /// A full stop.
  case stop
  /// A hyphen, which joins words.
  case hyphen
  /// A dash, which parts them.
  case dash
  /// `*`.
  case asterisk
  /// `@`.
  case at
  /// `#`.
  case hash
  /// Any other punctuation.
  case punctuation
  /// Any other visible character.
  case symbol
  /// An ideograph or kana: a token of its own.
  case ideograph
  /// U+FFFD, also where it stands for damaged bytes.
  case replacement

  /// The class of a scalar value.
  @inline(__always)
  package init(_ scalar: UInt32) {
    self = scalar < UInt32(CharacterTable.size) ? CharacterTable.shared.classes[Int(scalar)] : Self.beyondTable(scalar)
  }

  /// The class of the scalar values from U+2000 on.
  private static func beyondTable(_ scalar: UInt32) -> CharacterClass {
    switch scalar {
    case 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: .space
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xE0000...0xE0FFF: .ignorable
    case 0x2010, 0x2011: .hyphen
    case 0x2012...0x2015, 0x2212, 0x2E3A, 0x2E3B, 0xFE58: .dash
    case 0x2018, 0x2019, 0xFF07: .apostrophe
    case 0x201A, 0x201B, 0x2039, 0x203A: .singleQuote
    case 0x201C...0x201F, 0x300C...0x300F, 0x301D...0x301F, 0xFF02: .doubleQuote
    case 0xFF0E: .stop
    case 0xFFFD: .replacement
    case 0x3005...0x3007, 0x3040...0x3098, 0x309B...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9D, 0x20000...0x3FFFD:
      .ideograph
    default: general(scalar)
    }
  }

  /// The class that a scalar value's general category gives it.
  fileprivate static func general(_ value: UInt32) -> CharacterClass {
    guard let scalar = Unicode.Scalar(value) else { return .replacement }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
      return .letter
    case .decimalNumber: return .digit
    case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
    case .format: return .ignorable
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: return .space
    case .dashPunctuation: return .dash
    case .initialPunctuation, .finalPunctuation, .connectorPunctuation, .openPunctuation, .closePunctuation,
      .otherPunctuation:
      return .punctuation
    default: return .symbol
    }
  }
}

/// Classes and lower-case forms of the scalar values below U+2000 (Latin, Greek, Cyrillic, Semitic, Indic scripts),
/// looked up once in the standard library's Unicode tables so that reading text is a plain table walk.
package struct CharacterTable: Sendable {
  package static let size = 0x2000
  package static let shared = CharacterTable()

  package let classes: [CharacterClass]
  package let lowercase: [UInt16]

  private init() {
    classes = (0..<UInt32(Self.size)).map { value in
      switch value {
      case 0x00...0x20, 0x7F...0xA0: .space
      case 0xAD: .ignorable
      case 0x27, 0x2BC: .apostrophe
      case 0x22, 0xAB, 0xBB: .doubleQuote
      case 0x60, 0xB4: .singleQuote
      case 0x2E: .stop
      case 0x2D: .hyphen
      case 0x2A: .asterisk
      case 0x40: .at
      case 0x23: .hash
      case 0x25, 0x26: .symbol
      default: CharacterClass.general(value)
      }
    }
    lowercase = (0..<UInt32(Self.size)).map { value in
      UInt16(truncatingIfNeeded: Self.singleLowercase(value))
    }
  }

  /// The lower-case form of a scalar value by Unicode's default mapping; İ, whose form is two scalars, gives `i`.
  @inline(__always)
  package static func lowercase(_ scalar: UInt32) -> UInt32 {
    // Most letters are ASCII, and to ask whether the table is there costs more than to look into it.
    if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
    if scalar < UInt32(size) { return UInt32(shared.lowercase[Int(scalar)]) }
    return singleLowercase(scalar)
  }

  private static func singleLowercase(_ value: UInt32) -> UInt32 {
    guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenLowercased,
      let first = scalar.properties.lowercaseMapping.unicodeScalars.first
    else { return value }
    return first.value
  }
}
