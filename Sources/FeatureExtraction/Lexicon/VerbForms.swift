/// The forms of an English verb.
struct VerbForms {
  /// A form and what it tells of tense.
  let forms: [(text: String, tense: WordClass)]

  /// The forms of an entry of a word list: `promise`, `play down`, or `write/writes/wrote/written/writing`.
  init(_ entry: String) {
    let words = entry.split(separator: " ", maxSplits: 1)
    let verb = words[0]
    let rest = words.count > 1 ? " " + words[1] : ""
    let given = verb.split(separator: "/").map(String.init)
    let tenses: [WordClass] =
      given.count == 5 ? [.base, .thirdPerson, .past, .past, .gerund] : [.base, .thirdPerson, .past, .gerund]
    let inflected = given.count == 1 ? Self.inflect(given[0]) : given
    precondition(inflected.count == tenses.count, "\"\(entry)\" names neither one form nor four nor five")
    forms = zip(inflected, tenses).map { ($0 + rest, $1) }
  }

  /// Base, third person, past and gerund of a regular verb.
  static func inflect(_ base: String) -> [String] {
    let letters = Array(base)
    let last = letters[letters.count - 1]
    let before = letters.count > 1 ? letters[letters.count - 2] : "a"
    let stem = String(letters.dropLast())
    if last == "e" {
      return [base, base + "s", base + "d", (before == "e" ? base : stem) + "ing"]
    }
    if last == "y", !isVowel(before) { return [base, stem + "ies", stem + "ied", base + "ing"] }
    let sibilant = last == "s" || last == "x" || last == "z" || base.hasSuffix("sh") || base.hasSuffix("ch")
    let third = base + (sibilant || last == "o" ? "es" : "s")
    let doubled = doublesLastLetter(letters) ? base + String(last) : base
    return [base, third, doubled + "ed", doubled + "ing"]
  }

  /// Whether the last consonant is doubled before an ending: after one short stressed vowel.
  private static func doublesLastLetter(_ letters: [Character]) -> Bool {
    guard letters.count > 2, let last = letters.last, !isVowel(last), !"wxy".contains(last) else { return false }
    guard isVowel(letters[letters.count - 2]), !isVowel(letters[letters.count - 3]) else { return false }
    return letters.count(where: isVowel) == 1 || stressedAtEnd.contains(String(letters))
  }

  private static func isVowel(_ letter: Character) -> Bool { "aeiou".contains(letter) }

  private static let stressedAtEnd: Set<String> = [
    "admit", "commit", "concur", "confer", "control", "debar", "deter", "expel", "infer", "occur", "permit", "prefer",
    "propel", "rebut", "recur", "refer", "regret", "submit", "transfer",
  ]
}
