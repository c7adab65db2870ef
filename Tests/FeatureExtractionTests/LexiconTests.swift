import FeatureExtraction
import Testing
import TextProcessing

@Suite("lexicon")
struct LexiconTests {
  /// The classes of each token of a text.
  private func classes(_ text: String, _ lexicon: Lexicon = .english) -> [WordClasses] {
    let tokens = Tokenizer().tokens(of: text)
    var classes = Scratch<UInt64>()
    lexicon.classify(tokens.span, into: &classes)
    return (0..<classes.count).map { WordClasses(rawValue: classes[$0]) }
  }

  @Test("the longest phrase decides, for each of its words")
  func phrases() {
    let found = classes("the Foreign Minister of Norway")
    #expect(found[1].has(.title) && found[2].has(.title))
    #expect(found[4].has(.country))
    #expect(classes("according to them")[1].has(.accordingTo))
    #expect(!classes("she went to them")[2].has(.accordingTo))
  }

  @Test("words that are names only with a capital are found only with it")
  func letterCase() {
    #expect(classes("the Post wrote")[1].has(.outlet))
    #expect(!classes("the post office")[1].has(.outlet))
    #expect(classes("said reuters")[1].has(.outlet))
    #expect(classes("MOSCOW")[0].has(.country))
  }

  @Test("every form of a verb is known, with its tense")
  func verbs() {
    for (form, tense) in [
      ("warn", WordClass.base), ("warns", .thirdPerson), ("warned", .past), ("warning", .gerund),
      ("denies", .thirdPerson), ("denied", .past), ("admitted", .past), ("wrote", .past), ("written", .past),
    ] {
      let found = classes("they \(form) it")[1]
      #expect(found.has(tense), "\(form)")
      #expect(found.hasAny(WordClasses(.speech, .publication)), "\(form)")
    }
    #expect(!classes("they warnt it")[1].has(.speech))
  }

  @Test("abbreviated titles hold their stop")
  func abbreviations() {
    let found = classes("Gen. Abara of the U.S. Army")
    #expect(found[0].has(.title) && found[1].has(.title))
    #expect(found[5].has(.organization) || found[5].has(.country))
  }

  @Test("a table of stored arrays is the same table")
  func stored() throws {
    let english = Lexicon.english
    let again = try Lexicon(keys: FlatArray(english.keys.array), values: FlatArray(english.values.array))
    #expect(again == english)
    #expect(Lexicon(WordList.english) == english)
  }

  @Test("arrays that are no table are refused")
  func damaged() {
    #expect(throws: FeatureExtractionError.self) {
      try Lexicon(keys: FlatArray([1, 2, 3]), values: FlatArray([1, 2, 3]))
    }
    #expect(throws: FeatureExtractionError.self) {
      try Lexicon(keys: FlatArray([1, 2, 3, 4]), values: FlatArray([1, 2, 3, 4]))
    }
    #expect(throws: FeatureExtractionError.self) { try Lexicon(keys: FlatArray([0, 1]), values: FlatArray([0])) }
  }

  @Test("every list has entries without stray spaces", arguments: WordList.english.indices)
  func entries(index: Int) {
    let entries = WordList.english[index].entries
    #expect(!entries.isEmpty)
    #expect(entries.allSatisfy { !$0.isEmpty && $0.first != " " && $0.last != " " })
  }
}
