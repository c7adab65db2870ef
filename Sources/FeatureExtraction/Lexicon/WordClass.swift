/// What the lexicon knows of a word or phrase: the classes from which features of attribution are made.
///
/// The raw values are bit numbers of a ``WordClasses`` set and part of the model format: a model stores the table with
/// which it was trained. New classes go at the end.
package enum WordClass: UInt8, CaseIterable, Sendable {
  // Speakers.
  /// A named news outlet, agency or programme (`Reuters`, `The New York Times`).
  case outlet
  /// A word that ends the name of an outlet (`Times`, `Herald`, `News`).
  case outletTail
  /// A common noun for an outlet (`newspaper`, `broadcaster`).
  case outletNoun
  /// A named institution (`NATO`, `the Kremlin`, `Google`).
  case organization
  /// A common noun for an institution (`ministry`, `court`, `campaign`).
  case organizationNoun
  /// A word that ends the name of a company (`Inc`, `Holdings`).
  case organizationTail
  /// A country, or a capital that may stand for its government.
  case country
  /// Another place: a city, a state, a region.
  case place
  /// An adjective or noun of origin (`Russian`, `Ukrainians`).
  case demonym
  /// A given name.
  case firstName
  /// `Mr.`, `Dr.`
  case honorific
  /// A title that stands before a name (`President`, `Gen.`).
  case title
  /// An office that one person holds at a time (`the president`, `the prime minister`).
  case office
  /// A document (`report`, `poll`, `law`).
  case document
  /// An unnamed person, singular (`source`, `official`, `analyst`).
  case roleSingular
  /// Unnamed people by what they do (`sources`, `officials`, `analysts`).
  case rolePlural
  /// Unnamed people by what they are (`voters`, `critics`, `residents`).
  case people
  /// A word of number that can stand alone for people (`some`, `many`, `most`).
  case quantifier
  /// `he`, `she`.
  case pronounPerson
  /// `I`.
  case pronounSelf
  /// `they`, `we`, `you`.
  case pronounPlural
  /// `it`.
  case pronounThing
  /// `who`, `which`.
  case relative

  // Cues.
  /// Verbs of saying (`said`, `told`, `added`).
  case speech
  /// Verbs of publishing (`reported`, `wrote`, `quoted`).
  case publication
  /// Verbs of evidence (`shows`, `found`, `suggests`).
  case evidence
  /// Verbs of thought and feeling (`believes`, `fears`).
  case thought
  /// Verbs of will (`wants`, `plans`, `vowed`).
  case intention
  /// Verbs that judge (`criticized`, `backs`, `blamed`).
  case judgement
  /// Verbs that ask or order (`asked`, `urged`, `ordered`).
  case request
  /// Verbs of deciding and ruling (`ruled`, `agreed`, `decided`).
  case decision
  /// The cue is in the third person present (`says`).
  case thirdPerson
  /// The cue is in the past, or a past participle (`said`).
  case past
  /// The cue is a present participle (`saying`).
  case gerund
  /// The cue is in its base form (`say`).
  case base
  /// `according to` and its like.
  case accordingTo
  /// Nouns that carry a content (`claim`, `belief`, `plan`).
  case cueNoun
  /// Adverbs that report (`reportedly`, `allegedly`).
  case evidential
  /// Words that hedge without a source (`seems`, `likely`).
  case hedge

  // Words of grammar.
  case formOfBe
  case auxiliary
  case negation
  case adverb
  case preposition
  case article
  case indefinite
  case possessive
  case complementizer
  case subordinator
  case coordinator
  case demonstrative
  case weekday
  case month
  case numeral
  /// `under`, `in line with`: what ties a rule to a document.
  case legalBasis
  /// Common verbs of doing that report nothing.
  case action
  /// What one is that thinks or feels something (`is convinced`, `is curious`).
  case feeling
  /// A word that begins the name of an outlet or stands before it (`Radio`, `Diario`, `portal`).
  case outletHead

  // Opinions.
  /// Words that praise (`hero`, `improved`).
  case favorable
  /// Words that blame (`scandal`, `failed`).
  case unfavorable
}

/// A set of ``WordClass``es as bits.
package struct WordClasses: OptionSet, Hashable, Sendable, BitwiseCopyable {
  package let rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The set that holds only `wordClass`.
  @inline(__always)
  package init(_ wordClass: WordClass) { self.rawValue = 1 << UInt64(wordClass.rawValue) }

  /// The set that holds two to nine classes. Of parameters the compiler makes a constant, where of a list of classes it
  /// makes an array each time.
  @inline(__always)
  package init(
    _ a: WordClass, _ b: WordClass, _ c: WordClass? = nil, _ d: WordClass? = nil, _ e: WordClass? = nil,
    _ f: WordClass? = nil, _ g: WordClass? = nil, _ h: WordClass? = nil, _ i: WordClass? = nil
  ) {
    rawValue =
      Self.bit(a) | Self.bit(b) | Self.bit(c) | Self.bit(d) | Self.bit(e) | Self.bit(f) | Self.bit(g) | Self.bit(h)
      | Self.bit(i)
  }

  @inline(__always)
  private static func bit(_ wordClass: WordClass?) -> UInt64 { wordClass.map { 1 << UInt64($0.rawValue) } ?? 0 }

  /// Whether `wordClass` is in the set.
  @inline(__always)
  package func has(_ wordClass: WordClass) -> Bool { rawValue & (1 << UInt64(wordClass.rawValue)) != 0 }

  /// Calls `body` with the raw value of each class in the set, the lowest first.
  @inline(__always)
  package func forEach(_ body: (UInt64) -> Void) {
    var rest = rawValue
    while rest != 0 {
      body(UInt64(rest.trailingZeroBitCount))
      rest &= rest &- 1
    }
  }

  /// Whether any class of `other` is in the set.
  @inline(__always)
  package func hasAny(_ other: WordClasses) -> Bool { rawValue & other.rawValue != 0 }
}
