/// What kind of speaker a source phrase names, as far as its words and their spelling tell.
///
/// Finer than the labels of sourcing: a classifier learns which label each class speaks for. The raw values enter
/// hashes of features and thereby the model format.
package enum SourceClass: UInt8, CaseIterable, Sendable, BitwiseCopyable {
  /// There is no source phrase.
  case none
  /// `he`, `she`.
  case pronoun
  /// `I`.
  case speaker
  /// `they`, `we`, `you`.
  case pluralPronoun
  /// `it`.
  case thing
  /// `who`, `which`, where the noun before is not found.
  case relative
  /// `some`, `many`, a number.
  case quantifier
  /// A name with a known given name or honorific in it (`Jens Stoltenberg`).
  case person
  /// A name after a title (`Deputy Foreign Minister Ryabkov`).
  case titledPerson
  /// One capitalized word that the lexicon does not know (`Ryabkov`).
  case name
  /// Two of them.
  case longName
  /// Three or more of them.
  case longestName
  /// A known outlet.
  case outlet
  /// A name that ends like an outlet's (`the Daily Courier`).
  case outletName
  /// A common noun for an outlet.
  case outletNoun
  /// A known institution, or a name that ends like one (`the Defense Ministry`).
  case organization
  /// A common noun for an institution.
  case organizationNoun
  /// Capital letters that the lexicon does not know.
  case acronym
  case country
  case place
  /// `the Russian`, `Western`.
  case demonym
  case document
  /// An unnamed person (`a diplomat`).
  case roleSingular
  /// Unnamed people by what they do (`officials`).
  case rolePlural
  /// Unnamed people by what they are (`voters`).
  case people
  /// An office (`the president`).
  case office
  /// A noun that carries a content (`comments`).
  case cueNoun
  /// Any other noun.
  case other
}

/// The word that opens a noun phrase.
package enum Determiner: UInt8, CaseIterable, Sendable, BitwiseCopyable {
  case none
  case definite
  case indefinite
  /// `his`, or a possessive `'s`.
  case possessive
  case demonstrative
  /// `some`, `many`, a number.
  case quantity
}

/// A noun phrase that may name a source.
package struct SourcePhrase: Equatable, Sendable, BitwiseCopyable {
  /// The first token.
  package var start = 0
  /// The token after the last one.
  package var end = 0
  /// The noun that says who it is.
  package var head = 0
  package var sourceClass = SourceClass.none
  package var determiner = Determiner.none
  /// The head ends like a plural.
  package var isPlural = false
  /// The head is capitalized.
  package var isCapitalized = false
  /// A number stands in the phrase.
  package var hasNumber = false

  /// No phrase.
  package static let missing = SourcePhrase()
}

/// How a source and its cue are put together.
package enum AttributionKind: UInt8, CaseIterable, Sendable, BitwiseCopyable {
  /// `the minister said`
  case subjectBefore
  /// `said the minister`
  case subjectAfter
  /// `according to the minister`
  case accordingTo
  /// `was rejected by the minister`
  case passiveAgent
  /// `it was reported`, `is expected`
  case passive
  /// `who said`
  case relativeClause
  /// `saying`
  case gerund
  /// `the minister's claim`
  case noun
  /// `Minister: …`
  case headline
  /// `Under the treaty, …`
  case basis
  /// A verb without any subject.
  case bare
  /// `to say`
  case infinitive
  /// `… and warned`: the subject stands before another verb.
  case coordinated
  /// `citing the minister`, `based on the report`
  case citation
}

/// A cue with its source, as the parser proposes it.
package struct Attribution: Equatable, Sendable, BitwiseCopyable {
  package var kind: AttributionKind
  /// The token of the cue.
  package var cue: Int
  /// The classes of the cue.
  package var classes: WordClasses
  package var source: SourcePhrase
  /// How much this is the attribution of the whole sentence.
  package var score: Int
  /// The cue stands inside quotation marks.
  package var isQuoted: Bool
  /// The cue belongs to a clause that another word opens (`because`, `that`, `who`).
  package var isSubordinate: Bool
  package var isNegated: Bool
  /// What follows the cue.
  package var complement: Complement
  /// The attribution stands after all that it covers (`…, the ministry said on Monday.`).
  package var isClosing: Bool
}

/// What follows a cue, and thereby whether it reports a content or tells an act.
package enum Complement: UInt8, CaseIterable, Sendable, BitwiseCopyable {
  /// The sentence ends.
  case end
  /// `said, "…"`
  case quotation
  /// `said that`
  case that
  /// `vowed to`
  case infinitive
  /// `said the bridge was open`
  case clause
  /// `announced a truce`
  case phrase
  /// `spoke of a truce`
  case preposition
  /// A comma, a bracket, a dash.
  case mark
}
