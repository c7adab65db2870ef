extension WordList {
  /// The closed classes of English.
  static let grammar: [WordList] = [
    WordList(.pronounPerson, "he, she, himself, herself"),
    WordList(.pronounSelf, "i, i'm, i've, i'd, i'll, me, myself"),
    WordList(
      .pronounPlural,
      "they, we, you, themselves, those, these, we're, we've, they're, they've, you're, we'll, you'll, they'd"),
    WordList(.pronounThing, "it, itself, it's, this, that"),
    WordList(.relative, "who, which, whom, whose"),
    WordList(
      .formOfBe,
      "is, are, was, were, be, been, being, am, isn't, aren't, wasn't, weren't, 's, 're, 'm, gets, got, getting, remains, remained"
    ),
    WordList(
      .auxiliary,
      """
      has, have, had, having, does, do, did, will, would, can, could, may, might, must, shall, should, ought, 've, 'll, 'd
      won't, wouldn't, can't, cannot, couldn't, doesn't, don't, didn't, hasn't, haven't, hadn't, shouldn't, mustn't, used to
      going to, went on to, goes on to, continues to, continued to, began to, is to, are to, was to, were to, helped, helps
      """),
    WordList(
      .negation,
      """
      not, n't, never, no, neither, nor, without, hardly, barely, isn't, aren't, wasn't, weren't, won't, wouldn't, can't, cannot
      couldn't, doesn't, don't, didn't, hasn't, haven't, hadn't, shouldn't, nobody, nothing, no longer, no one
      """),
    WordList(
      .adverb,
      """
      also, then, later, earlier, recently, previously, already, now, still, even, just, once, again, further, meanwhile, however
      therefore, thus, instead, often, always, sometimes, usually, long, soon, only, ever, both, all, each, too, well, firmly
      publicly, privately, openly, repeatedly, bluntly, vaguely, quickly, immediately, first, initially, ultimately, finally
      eventually, largely, generally, widely, strongly, sharply, explicitly, implicitly, directly, simply, merely, actually
      really, reportedly, allegedly, supposedly, purportedly, jointly, separately, consistently, famously, notably, frequently
      rarely, formally, officially, unanimously, categorically, angrily, sarcastically, flatly, basically, essentially, effectively, almost
      nearly, additionally, similarly, likewise, moreover, furthermore, afterwards, afterward, subsequently, simultaneously
      nevertheless, nonetheless, yet, perhaps, maybe, probably, rather, quite, very, so, pretty, almost, twice, lately, today
      yesterday, tonight, there, here, elsewhere, reluctantly, fully, clearly, correctly, falsely, rightly, wrongly
      """),
    WordList(
      .preposition,
      """
      of, for, in, on, at, by, with, from, to, into, onto, about, over, under, after, before, between, among, against, during
      through, throughout, despite, toward, towards, within, without, via, per, than, like, unlike, as, off, out, up, down
      across, along, around, behind, beyond, near, inside, outside, since, until, upon, amid, amongst, because of, due to
      instead of, ahead of, in front of, on behalf of, in addition to, along with, together with, such as, regarding
      concerning, including, following, besides, versus, alongside, aboard, above, below, beneath, beside, except, worth
      """),
    WordList(.article, "the"),
    WordList(.indefinite, "a, an, another, one, some, any, no, every, each"),
    WordList(.possessive, "his, her, its, their, our, my, your, whose"),
    WordList(.complementizer, "that, whether, how, why, what"),
    WordList(
      .subordinator,
      """
      when, if, while, because, as, after, before, although, though, since, until, unless, once, where, whereas, whenever
      wherever, even though, even if, so that, in order to, provided that, given that, as if, as though, lest, despite the fact
      """),
    WordList(.coordinator, "and, but, or, nor, yet, so, plus"),
    WordList(.demonstrative, "this, that, these, those, such, same"),
    WordList(
      .numeral,
      """
      one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fifteen, twenty, thirty, forty, fifty
      sixty, seventy, eighty, ninety, hundred, thousand, million, billion, trillion, dozen, half, third, quarter, percent
      """),
  ]

  /// Every list, in a fixed order.
  package static let english: [WordList] = outlets + institutions + places + persons + sources + cues + grammar
}
