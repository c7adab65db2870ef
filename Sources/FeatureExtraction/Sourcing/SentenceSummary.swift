import TextProcessing

/// What the sentences around one need to know of it: its quotation marks and its attribution.
package struct SentenceSummary: Equatable, Sendable, BitwiseCopyable {
  /// The state of quotation, as ``AttributionFeatures`` codes it.
  package var quotation: UInt8 = 0
  /// The number of quotation marks.
  package var marks = 0
  package var opensWithQuote = false
  package var beginsQuoted = false
  package var endsQuoted = false
  /// The best attribution outside quotation marks; `.none` where there is none or it names nobody.
  package var source = SourceClass.none
  package var kind = AttributionKind.bare
  package var determiner = Determiner.none
  package var isPlural = false
  /// The cue is one of saying or publishing.
  package var isSpeech = false
  /// There is an attribution outside quotation marks.
  package var isAttributed = false
  /// The hash of the source's head.
  package var head: UInt64 = 0
  /// `I`, `we` or `you` stand outside quotation marks.
  package var addresses = false

  /// The summary of a sentence that is not there.
  package init() {}

  /// The summary of a parsed sentence.
  package init(_ parser: borrowing AttributionParser) {
    let reading = parser.reading.quotation
    quotation = UInt8(truncatingIfNeeded: reading)
    marks = parser.reading.marks
    opensWithQuote = parser.reading.opensWithQuote
    beginsQuoted = parser.reading.beginsQuoted
    endsQuoted = parser.reading.endsQuoted
    var seen = WordClasses([])
    for index in 0..<parser.reading.tokens.count where !parser.reading.quoted[index] {
      seen.formUnion(WordClasses(rawValue: parser.reading.classes[index]))
    }
    addresses = seen.hasAny(WordClasses(.pronounSelf, .pronounPlural))
    guard parser.best >= 0 else { return }
    let attribution = parser.attributions[parser.best]
    guard !attribution.isQuoted else { return }
    isAttributed = true
    kind = attribution.kind
    isSpeech = attribution.classes.hasAny(WordClasses(.speech, .publication, .accordingTo)) || kind == .headline
    source = attribution.source.sourceClass
    determiner = attribution.source.determiner
    isPlural = attribution.source.isPlural
    if source != .none { head = parser.reading.tokens[attribution.source.head].foldedHash }
  }
}
