/// How much an attribution is the one of its whole sentence, as a sum of points for what it is.
///
/// The points are ten times the weights of a conditional logistic regression that picks, among the proposals of a
/// sentence, the one that overlaps the source and the cue which annotators marked (PolNeAR, training part: it picks
/// right in 91 % of the sentences where a right proposal exists), but those for a clause and for an attribution that
/// closes its sentence, which were set by hand. They are rounded and part of the model format.
enum AttributionScore {
  /// The points of an attribution; `isFirst` and `isLate` say where its cue stands.
  static func points(_ attribution: Attribution, isFirst: Bool, isLate: Bool) -> Int {
    let classes = attribution.classes
    var sum = points(attribution.kind) + points(attribution.source.sourceClass) + points(classes)
    if attribution.isQuoted { sum -= 51 }
    if attribution.isSubordinate { sum -= 6 }
    if attribution.isNegated { sum -= 6 }
    switch attribution.complement {
    case .quotation, .that: sum += 6
    case .clause: sum += 3
    default: break
    }
    if attribution.isClosing { sum += 20 }
    if isFirst { sum += 6 }
    if isLate { sum -= 4 }
    if classes.has(.base), !classes.has(.past) { sum -= 7 }
    return sum
  }

  private static func points(_ kind: AttributionKind) -> Int {
    switch kind {
    case .subjectBefore: 4
    case .subjectAfter: -2
    case .accordingTo: 35
    case .passiveAgent: -1
    case .passive: -9
    case .relativeClause: -1
    case .gerund: -12
    case .noun: 0
    case .headline: 8
    case .basis: -8
    case .bare: -10
    case .infinitive: -9
    case .coordinated: 5
    case .citation: 8
    }
  }

  private static func points(_ source: SourceClass) -> Int {
    switch source {
    case .none: -40
    case .pronoun, .organization, .people: 1
    case .speaker, .name, .organizationNoun, .acronym: 4
    case .pluralPronoun, .relative: -2
    case .thing, .other: -11
    case .quantifier, .demonym: -3
    case .person, .roleSingular: 9
    case .titledPerson: 12
    case .longName, .longestName, .outletNoun: 8
    case .outlet: 14
    case .outletName: 17
    case .country: -8
    case .place: -9
    case .document: 3
    case .rolePlural: 6
    case .office: 5
    case .cueNoun: -16
    }
  }

  private static func points(_ classes: WordClasses) -> Int {
    guard classes.hasAny(Classes.verbs) else { return -13 }
    var sum = 0
    if classes.has(.speech) { sum += 10 }
    if classes.has(.evidence) { sum -= 1 }
    if classes.hasAny(WordClasses(.thought, .feeling)) { sum -= 2 }
    if classes.has(.intention) { sum -= 6 }
    if classes.has(.judgement) { sum -= 5 }
    if classes.has(.decision) { sum -= 1 }
    if classes.has(.action) { sum -= 15 }
    return sum
  }
}
