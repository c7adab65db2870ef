extension WordList {
  /// Verbs and nouns that tie a content to its source. Regular verbs stand in their base form; irregular ones in all forms.
  static let cues: [WordList] = [
    WordList(
      .speech, .verb,
      """
      add, announce, answer, argue, assert, assure, boast, brag, caution, claim, clarify, comment, complain, concede, conclude
      confess, confirm, contend, declare, deny, detail, disclose, elaborate, emphasize, emphasise, exclaim, explain, express
      highlight, hint, inform, insist, interject, joke, lament, maintain, mention, mumble, mutter, muse, notify, observe, offer
      opine, outline, pledge, point, proclaim, pronounce, protest, quip, rant, reaffirm, reassure, recall, recount, refute
      reiterate, relate, remark, remind, repeat, reply, respond, retort, reveal, scream, shout, shrug, signal, sneer, speculate
      stress, summarize, testify, tout, underline, underscore, utter, venture, voice, vow, warn, whisper, yell, admit
      acknowledge, affirm, alert, allege, attest, chide, counter, describe, discuss, echo, enthuse, lecture, preach, promise
      posit, rail,  talk, term, ridicule, characterize, characterise, dub, label, liken, call, threaten
      declare, comment, react, continue, thunder, fume, gush, note, communicate, convey, deem
      state, specify, analyze, analyse, rebut, lambast, quote, gloat, gripe, grumble, crow, moan, sigh, urge, appeal
      philosophize, reckon, fire back, hit back, shoot back, lash out, speak out, introduce, judge, exult, rage, snap
      reprimand, commiserate
      """),
    WordList(
      .speech, .verb,
      """
      say/says/said/saying, tell/tells/told/telling, speak/speaks/spoke/spoken/speaking, swear/swears/swore/sworn/swearing
      foretell/foretells/foretold/foretelling, make/makes/made/making clear
      """),
    WordList(
      .publication, .verb,
      """
      report, publish, quote, cite, post, tweet, retweet, release, broadcast, editorialize, document, detail, print
      carry, feature, headline, cover, blog, chronicle, proclaim, interview, leak, monitor, summarise, stream, email, text
      headline, call, project, count, rate, rank, name, endorse, obtain
      """),
    WordList(
      .publication, .verb,
      "write/writes/wrote/written/writing, learn/learns/learned/learning, break/breaks/broke/breaking the news"),
    WordList(
      .evidence, .verb,
      """
      indicate, suggest, reveal, demonstrate, confirm, conclude, estimate, predict, project, expose, illustrate
      reflect, prove, point, track, record, calculate, determine, detail, document, list, outline, require, prohibit, state
      stipulate, specify, guarantee, allow, permit, ban, forbid, mandate, provide, contain, read, represent, depict, portray
      allege, establish, define, authorize, authorise, entitle, oblige, commit, envisage, envision, foresee, cite, claim
      measure, identify, survey, analyze, analyse, examine, assess, rate, score, register, imply, describe, accuse, feature
      """),
    WordList(
      .evidence, .verb,
      """
      show/shows/showed/shown/showing, find/finds/found/finding, put/puts/put/putting, give/gives/gave/given/giving
      see/sees/saw/seen/seeing, foresee/foresees/foresaw/foreseen/foreseeing, have/has/had/having it
      """),
    WordList(
      .thought, .verb,
      """
      believe, suspect, expect, hope, fear, worry, doubt, wonder, imagine, assume, suppose, consider, regard, view, realize
      realise, recognize, recognise, remember, recall, guess, reckon, figure, anticipate, appreciate, admire, love
      dislike, hate, loathe, distrust, trust, regret, perceive, presume, envision, dream, care, concern, mourn, despise, resent
      enjoy, prefer, favor, favour, value, respect, dread, conclude, judge, sense, agonize, prize, envy, notice
      agree, disagree, learn, reason, calculate, interpret, identify, relish, fret, contemplate, question, ponder, mistrust
      """),
    WordList(
      .thought, .verb,
      """
      think/thinks/thought/thinking, know/knows/knew/known/knowing, feel/feels/felt/feeling, see/sees/saw/seen/seeing
      understand/understands/understood/understanding, mean/means/meant/meaning, forget/forgets/forgot/forgotten/forgetting
      hear/hears/heard/hearing, hold/holds/held/holding, find/finds/found/finding, take/takes/took/taken/taking issue
      """),
    WordList(
      .feeling,
      """
      convinced, worried, concerned, confident, certain, sure, afraid, optimistic, pessimistic, skeptical, sceptical, doubtful, hopeful
      wary, aware, unaware, proud, angry, outraged, furious, frustrated, disappointed, surprised, shocked, stunned, upset
      pleased, happy, glad, grateful, sorry, eager, anxious, nervous, alarmed, puzzled, baffled, uncertain, unsure, cautious
      adamant, uncomfortable, comfortable, enthusiastic, excited, interested, keen, ready, willing, unwilling, reluctant
      curious, bullish, bearish, impatient, insistent, defiant, dismissive, supportive, critical of, opposed
      determined, committed, satisfied, dissatisfied, resigned, relieved, relaxed, mindful, conscious, astonished
      amazed, delighted, thrilled, impressed, unimpressed, unconvinced, unconcerned, disgusted, appalled, horrified
      dismayed, saddened, embarrassed, ashamed, offended, encouraged, inclined, fond of, tired of, sick of
      in favor of, in favour of, of the opinion, of the view, perplexed, annoyed, irritated, bitter
      sympathetic, jealous, mad at, loath, undecided, undaunted, on record
      """),
    WordList(
      .intention, .verb,
      """
      want, plan, intend, aim, hope, vow, pledge, promise, threaten, refuse, decline, attempt, try, agree, offer, prepare
      propose, aspire, desire, wish, demand, need, expect, resolve, opt, commit, insist, strive, volunteer, hesitate, pursue
      push, work, campaign, lobby, press, look, move, struggle, vie, crave, avoid, consider, weigh, mull, target, prefer
      """),
    WordList(
      .intention, .verb,
      """
      seek/seeks/sought/seeking, fight/fights/fought/fighting, choose/chooses/chose/chosen/choosing
      mean/means/meant/meaning, set/sets/set/setting out
      """),
    WordList(.intention, "would like, would rather"),
    WordList(
      .judgement, .verb,
      """
      criticize, criticise, condemn, denounce, blast, slam, attack, blame, accuse, support, oppose, back, endorse, embrace
      reject, praise, applaud, welcome, hail, defend, dismiss, mock, deride, decry, chastise, rebuke, rip, bash, tout, champion
      advocate, favor, favour, approve, disapprove, object, protest, deplore, bemoan, cheer, salute, thank, congratulate
      compliment, disavow, repudiate, renounce, lambaste, scold, taunt, insult, belittle, berate, admonish, assail, pillory
      lash, target, scoff, vilify, ridicule, skewer, trash, question, challenge, dispute, contradict, debunk, downplay
      minimize, play down, exaggerate, criticize, fault, credit, hammer, hit, knock, question, cast, paint, portray, liken
      compare, characterize, characterise, describe, brand, label, call, condone, excuse, justify, apologize, apologise
      disagree, sympathize, sympathise, resist, commend, celebrate, honor, honour, unload, zing, jab, impugn, disparage
      """),
    WordList(
      .request, .verb,
      """
      ask, urge, order, call, demand, request, recommend, advise, appeal, beg, plead, press, invite, encourage, implore
      instruct, direct, command, petition, persuade, convince, summon, inquire, query, suggest, propose, pressure, prod, exhort
      lobby, counsel, challenge, dare, invoke, pray, encourage, caution, warn, require, question, quiz, grill, pose, answer
      """),
    WordList(
      .decision, .verb,
      """
      decide, rule, agree, approve, vote, adopt, pass, sign, ratify, veto, overturn, order, decree, charge, indict
      convict, acquit, sentence, fine, sue, impose, lift, suspend, cancel, postpone, reject, block, grant, award, appoint
      nominate, designate, elect, determine, authorize, authorise, issue, release, unveil, present, introduce, file, enact
      resolve, settle, accept, dismiss, concur, dissent, deliberate, declare, certify, license, fine, announce
      """),
    WordList(
      .decision, .verb,
      """
      uphold/upholds/upheld/upholding, hold/holds/held/holding, choose/chooses/chose/chosen/choosing
      strike/strikes/struck/striking down, withdraw/withdraws/withdrew/withdrawn/withdrawing
      """),
    WordList(
      .accordingTo,
      """
      according to, in the words of, in the opinion of, in the view of, in the eyes of, as per, per, as reported by, as stated by
      as quoted by, citing, quoting, as told to, as described by, in accordance with, attributed to, judging by, based on, as noted by
      from the perspective of, in the judgment of, on the advice of, at the request of, by the account of, by some accounts
      according, with reference to, with a reference to
      """),
    WordList(
      .cueNoun,
      """
      claim, claims, argument, arguments, belief, beliefs, hope, hopes, fear, fears, concern, concerns, plan, plans, proposal
      proposals, promise, promises, vow, vows, pledge, pledges, threat, threats, accusation, accusations, allegation
      allegations, criticism, criticisms, support, opposition, view, views, opinion, opinions, assertion, assertions
      contention, suggestion, suggestions, warning, warnings, comments, comment, remarks, remark, statement, statements, call
      calls, demand, demands, request, requests, desire, intention, intentions, decision, refusal, willingness, position, stance
      rhetoric, message, speech, speeches, answer, answers, response, responses, question, questions, explanation, theory
      idea, ideas, notion, assessment, analysis, conclusion, conclusions, prediction, predictions, forecast, estimate
      speculation, rumor, rumors, rumour, rumours, gossip
      expectation, expectations, understanding, interpretation, description, denial, admission, confession, apology, vision
      attack, attacks, insult, insults, endorsement, rejection, praise, condemnation, complaint, complaints, objection
      objections, skepticism, doubts, doubt, confidence, conviction, commitment, commitments, declaration, announcement, effort
      attempt, push, preference, policy, policies, platform, agenda, tweet, tweets, words, testimony, account, reading, ruling
      analyses, rates, projects, votes, orders, moves, works, regrets, features, records, values, hits, worries, looks, targets
      pushes, judges, senses, challenges, disputes, credits, faults, protests, stresses, hints, boasts, voices, terms, signals
      details, counts, covers, requests, views, points, permits, demands, likes, matters, talks, ranks, names, marks, lists
      """),
    WordList(
      .evidential,
      """
      reportedly, allegedly, supposedly, purportedly, ostensibly, apparently, admittedly, presumably, rumored, rumoured
      alleged, purported, so-called, supposed, self-described, self-proclaimed, perceived, unconfirmed, widely believed
      """),
    WordList(
      .hedge,
      """
      seem, seems, seemed, seemingly, appear, appears, appeared, likely, unlikely, perhaps, maybe, probably, possibly, clearly
      obviously, certainly, surely, indeed, of course, unclear, uncertain, evidently, it is clear, it is unclear, arguably
      it is possible, it is well known, it is no secret, no doubt, undoubtedly, for example, for instance, in fact
      it is not clear, it was not clear, it was unclear, it remains unclear, it is not yet clear, it is not known
      it was not immediately clear, it was not known, it is unknown, it is not yet known, little doubt
      remains to be seen, it is doubtful, it is uncertain, it is hard to say, it is difficult to say
      """),
    WordList(
      .legalBasis,
      """
      under, in line with, in accordance with, pursuant to, in violation of, in breach of, as required by, as part of
      as stipulated in, under the terms of, within the framework of, as set out in, in keeping with, compliant with, by law
      """),
    WordList(
      .action, .verb,
      """
      happen, occur, start, end, finish, open, close, arrive, visit, attend, travel, walk, stand, sit, live, stay, remain
      serve, work, play, build, launch, fire, shoot, kill, wound, destroy, damage, capture, seize, advance, retreat, defeat, beat
      win, lose, trail, poll, earn, cost, pay, buy, sell, trade, invest, donate, raise, drop, rise, fall, increase, decrease
      grow, shrink, surge, gain, reach, exceed, total, include, involve, create, form, join, leave, enter, exit, return, resign
      retire, replace, succeed, appoint, host, meet, gather, participate, compete, run, lead, follow, graduate, study, marry
      die, injure, arrest, detain, jail, release, transfer, send, deliver, receive, supply, provide, deploy, withdraw, evacuate
      shell, bomb, strike, intercept, crash, explode, collapse, burn, flood, evolve, become, turn, change, develop, produce
      export, import, manufacture, complete, continue, resume, suspend, stop, delay, break, repair, restore, improve, worsen
      cover, span, stretch, connect, cross, pass, carry, wear, drive, fly, sail, ship, move, bring, take, make, give, get, use
      """),
    WordList(
      .action, .verb,
      """
      begin/begins/began/begun/beginning, win/wins/won/winning, lose/loses/lost/losing, lead/leads/led/leading
      run/runs/ran/running, meet/meets/met/meeting, leave/leaves/left/leaving, become/becomes/became/becoming
      fall/falls/fell/fallen/falling, rise/rises/rose/risen/rising, grow/grows/grew/grown/growing, go/goes/went/gone/going
      come/comes/came/coming, take/takes/took/taken/taking, make/makes/made/making, bring/brings/brought/bringing
      buy/buys/bought/buying, sell/sells/sold/selling, build/builds/built/building, draw/draws/drew/drawn/drawing
      drive/drives/drove/driven/driving, fly/flies/flew/flown/flying, get/gets/got/gotten/getting, hit/hits/hit/hitting
      keep/keeps/kept/keeping, lay/lays/laid/laying, pay/pays/paid/paying, send/sends/sent/sending
      shoot/shoots/shot/shooting, stand/stands/stood/standing, sit/sits/sat/sitting, spend/spends/spent/spending
      steal/steals/stole/stolen/stealing, strike/strikes/struck/striking, teach/teaches/taught/teaching
      throw/throws/threw/thrown/throwing, wear/wears/wore/worn/wearing, cut/cuts/cut/cutting, beat/beats/beat/beaten/beating
      """),
  ]
}
