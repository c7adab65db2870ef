/// Words that a stop may follow without ending the sentence, and words that tell what follows a stop.
enum AbbreviationLexicon {
  /// How an abbreviation behaves before a capital or a digit.
  enum Kind: UInt8 {
    /// A name follows: never the end. Written with a capital (`Mr.`, `Gen.`).
    case title
    /// Never the end, however it is written (`vs.`).
    case inner
    /// With a capital, the end only if a word follows that opens sentences (`Nov.`, `Inc.`, `Fla.`).
    case common
    /// An abbreviation only before a number (`No. 5`; `No. The answer`).
    case beforeNumber
    /// The end before any capital but those of time (`5 p.m. Monday`).
    case time
    /// The end before any capital (`etc.`).
    case final
  }

  /// The kind of an abbreviation, given in lower case without its last stop.
  static func kind(_ hash: UInt64) -> Kind? { kinds[hash] }

  /// Whether a word, given in lower case, often opens sentences and hardly ever follows an abbreviation in a name.
  static func opensSentences(_ hash: UInt64) -> Bool { starters.contains(hash) }

  /// Whether a word, given in lower case, reports speech.
  static func reportsSpeech(_ hash: UInt64) -> Bool { verbs.contains(hash) }

  /// Whether a word goes on with what a verb of speech began.
  static func followsReport(_ hash: UInt64) -> Bool { afterVerbs.contains(hash) }

  /// Whether a word, given in lower case, follows a time of day (`5 p.m. Monday`).
  static func followsTime(_ hash: UInt64) -> Bool { timeWords.contains(hash) }

  private static func hashes(_ words: String) -> [UInt64] {
    words.split(separator: " ").map { TextHash.hash(String($0)) }
  }

  private static let kinds: [UInt64: Kind] = {
    var table: [UInt64: Kind] = [:]
    for (kind, words) in [
      (
        Kind.title,
        """
        mr mrs ms mx messrs mme mmes mlle dr drs prof profs gen lt col maj capt cpt cpl sgt pvt cmdr cdr adm brig sen \
        sens rep reps gov govs pres sec supt insp det rev fr hon amb msgr del st ste mt ft atty assoc asst adj pfc spc \
        ens hr dipl ing
        """
      ),
      (.inner, "vs v cf ca approx e.g i.e viz"),
      (
        .common,
        """
        jan feb mar apr jun jul aug sep sept oct nov dec inc corp co cos ltd llc plc bros jr sr esq ave blvd rd hwy \
        dept univ est ala ariz ark calif colo conn fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev \
        okla ore pa penn tenn tex vt va wash wis wyo ph.d m.d mfg intl natl govt admin ph sat mon tue tues wed thu thur thurs fri
        """
      ),
      (.beforeNumber, "no nos art arts fig figs p pp vol vols ch sect par para paras nr eq ed"),
      (.time, "a.m p.m am pm"),
      (.final, "etc"),
    ] as [(Kind, String)] {
      for hash in hashes(words) { table[hash] = kind }
    }
    return table
  }()

  private static let starters = Set(
    hashes(
      """
      the a an it it's he she they we i you but and in on at this that these those there if when while as for after \
      before however his her their our my its what who why how where some many most another according since although \
      though by from with to or so yet not then now still also both each once despite earlier last meanwhile even just \
      only such under until without instead because during between about all any every few several more much one two \
      three he's she's they're we're i'm that's there's here nor let unlike like over through given is are was were do \
      does did has have had can could will would should may might asked officials others people
      """))

  private static let verbs = Set(
    hashes(
      """
      said says asked asks added adds replied replies told tells wrote writes tweeted demanded shouted declared exclaimed \
      wondered warned continued responded insisted argued noted quipped yelled cried explained recalled joked stated \
      announced claimed concluded mused inquired
      """))

  private static let afterVerbs = Set(
    hashes(
      """
      in on at to during as when after before with by from while recently rhetorically sarcastically later monday tuesday \
      wednesday thursday friday saturday sunday
      """))

  private static let timeWords = Set(
    hashes(
      """
      monday tuesday wednesday thursday friday saturday sunday et est edt pt pst pdt ct cst cdt mt gmt utc bst eastern \
      pacific central mountain january february march april may june july august september october november december \
      jan feb mar apr jun jul aug sep sept oct nov dec local
      """))
}
