/// What a walk of the tokenizer keeps of a token.
package protocol TokenForm: BitwiseCopyable, Sendable {
  /// Whether it is kept how a token is written; if not, the walk does not look.
  static var keepsShape: Bool { get }
  /// The byte after the last one.
  var end: UInt32 { get }
  /// What the token is.
  var kind: Token.Kind { get }
  /// Whether it is a quotation mark that opens a quotation.
  var opensQuote: Bool { get }
  /// The hash of the normalized, lower-cased form, as in `Token`.
  var foldedHash: UInt64 { get }

  /// Keeps what is wanted of a token.
  init(start: UInt32, end: UInt32, kind: Token.Kind, shape: Token.Shape, foldedHash: UInt64, exactHash: UInt64)
}

extension Token: TokenForm {
  /// A token keeps everything.
  package static var keepsShape: Bool { true }
  /// Whether it is a quotation mark that opens a quotation.
  package var opensQuote: Bool { shape.contains(.opensQuote) }
}

/// A token of which only its class and its hash in lower case are kept: half the bytes, and no hash of the exact form.
/// Enough for models on n-grams of words in any case.
package struct FoldedToken: TokenForm, Equatable {
  /// The hash of the normalized, lower-cased form, as in `Token`.
  package var foldedHash: UInt64
  /// The byte after the last one.
  package var end: UInt32
  /// What the token is.
  package var kind: Token.Kind
  /// Whether it is a quotation mark that opens a quotation.
  package var opensQuote: Bool

  /// Nobody reads how the token is written.
  package static var keepsShape: Bool { false }

  /// Keeps what is wanted of a token.
  @inline(__always)
  package init(
    start: UInt32, end: UInt32, kind: Token.Kind, shape: Token.Shape, foldedHash: UInt64, exactHash: UInt64
  ) {
    self.foldedHash = foldedHash
    self.end = end
    self.kind = kind
    opensQuote = shape.contains(.opensQuote)
  }
}
