/// A token of a text: where it stands, what it is, and the hashes by which features know it.
///
/// Tokens never hold text. They point into the bytes that were read, so that nothing is copied on the way to a feature
/// and every feature can be shown in its place.
public struct Token: Equatable, Sendable, BitwiseCopyable {
  /// The first byte of the token in the text.
  public var start: UInt32
  /// The byte after the last one.
  public var end: UInt32
  /// What the token is.
  public var kind: Kind
  /// How it is written.
  public var shape: Shape
  /// The hash of the normalized, lower-cased form: equal for `NATO` and `nato`, for `“` and `"`, for any two numbers.
  public var foldedHash: UInt64
  /// The hash of the normalized form with its case kept: differs for `NATO` and `nato`.
  public var exactHash: UInt64

  /// Creates a token over `start..<end`.
  public init(start: UInt32, end: UInt32, kind: Kind, shape: Shape, foldedHash: UInt64, exactHash: UInt64) {
    self.start = start
    self.end = end
    self.kind = kind
    self.shape = shape
    self.foldedHash = foldedHash
    self.exactHash = exactHash
  }

  /// The class of a token.
  public enum Kind: UInt8, Sendable, CaseIterable, BitwiseCopyable {
    /// Letters, with inner apostrophes and the stops of abbreviations (`don't`, `U.S.`, `a.m.`).
    case word
    /// A possessive or contracted ending split off its word (`'s`, `’s`).
    case clitic
    /// Digits with inner separators (`3.5`, `1,000`, `2023`, `29th`).
    case number
    /// A run of asterisks that stands for masked text (`***`, `****`).
    case mask
    /// A quotation mark of any form that can open or close a quotation.
    case quote
    /// Any other punctuation; a run of one mark (`...`, `!!`) is one token.
    case punctuation
    /// A web address or an e-mail address.
    case address
    /// `@name`.
    case mention
    /// `#name`.
    case hashtag
    /// Anything else that is visible (emoji, currency and mathematical signs).
    case symbol
  }

  /// How a token is written.
  public struct Shape: OptionSet, Hashable, Sendable, BitwiseCopyable {
    /// The bits.
    public let rawValue: UInt8
    /// Creates a shape from its bits.
    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The first letter is a capital.
    @inlinable public static var capitalized: Shape { Shape(rawValue: 1 << 0) }
    /// Two letters or more, all capitals.
    @inlinable public static var allCapitals: Shape { Shape(rawValue: 1 << 1) }
    /// At least one digit.
    @inlinable public static var hasDigit: Shape { Shape(rawValue: 1 << 2) }
    /// White space stands before it (or it is the first token).
    @inlinable public static var spaceBefore: Shape { Shape(rawValue: 1 << 3) }
    /// It has bytes outside ASCII.
    @inlinable public static var nonASCII: Shape { Shape(rawValue: 1 << 4) }
    /// A quotation mark that by its form or its place opens a quotation.
    @inlinable public static var opensQuote: Shape { Shape(rawValue: 1 << 5) }
    /// A quotation mark that by its form or its place closes a quotation.
    @inlinable public static var closesQuote: Shape { Shape(rawValue: 1 << 6) }
    /// A part of a hyphenated compound: a hyphen joins it to the token before, without space.
    @inlinable public static var joinedBefore: Shape { Shape(rawValue: 1 << 7) }
  }
}
