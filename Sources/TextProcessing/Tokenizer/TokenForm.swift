/// What a walk of the tokenizer keeps of a token.
protocol TokenForm: BitwiseCopyable, Sendable {
  /// Whether everything is kept; if not, the walk does not look how a token is written, and passes over kinds that nobody reads.
  static var isWhole: Bool { get }

  /// Keeps what is wanted of a token.
  init(start: UInt32, end: UInt32, kind: Token.Kind, shape: Token.Shape, foldedHash: UInt64, exactHash: UInt64)

  /// The fast path: reads on until something comes that is not plain.
  ///
  /// - Parameters:
  ///   - bytes: the text that is walked.
  ///   - whole: what it is a part of.
  static func scanPlainTokens(_ bytes: Span<UInt8>, in whole: Span<UInt8>, _ scan: inout TokenScan<Self>)
}

extension Token: TokenForm {
  /// A token keeps everything.
  static var isWhole: Bool { true }

  static func scanPlainTokens(_ bytes: Span<UInt8>, in whole: Span<UInt8>, _ scan: inout TokenScan<Token>) {
    scan.scanPlainTokens(bytes)
  }
}
