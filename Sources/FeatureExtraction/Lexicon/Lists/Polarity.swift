extension WordList {
  /// Words that praise and words that blame, whatever they are said of. They were written for this project; how much each
  /// class tells of a stance is learnt from training data.
  package static let polarity: [WordList] = [
    WordList(
      .favorable, .verb,
      """
      praise, admire, applaud, commend, support, endorse, defend, thank, honor, celebrate, welcome, succeed
      achieve, accomplish, improve, help, protect, save, strengthen, boost, earn, deserve, love, enjoy, respect
      trust, approve, unite, inspire, triumph, gain, champion, rescue, cheer, agree, appreciate, free, recover
      benefit, reward, solve, heal, hail, credit, congratulate, salute, embrace, promote, favor
      """),
    WordList(
      .favorable, .verb,
      """
      win/wins/won/winning, lead/leads/led/leading, build/builds/built/building
      """),
    WordList(
      .favorable,
      """
      accomplishment, achievement, achievements, admiration, allies, ally, amazing, beautiful, beloved, beneficial
      beneficiary, best, better, bipartisan, brave, brilliant, charming, compassion, compassionate, confident, courage
      courageous, credible, decent, effective, excellent, exciting, experienced, fair, favorable, friend, friends, generous
      glad, good, gracious, great, happy, healthy, hero, heroic, honest, honorable, hope, hopeful, impressive, integrity
      kind, landmark, leader, loyal, peace, popular, popularity, positive, progress, prosperity, proud, qualified
      remarkable, right, safe, sincere, smart, strength, strong, success, successful, supporters, talented, thoughtful
      truthful, victory, winner, wise, wonderful
      """),
    WordList(
      .unfavorable, .verb,
      """
      criticize, condemn, attack, blame, accuse, denounce, blast, slam, mock, ridicule, insult, oppose, reject, fail, cheat
      betray, damage, destroy, harm, kill, threaten, fear, hate, despise, abuse, assault, harass, violate, undermine
      weaken, sabotage, corrupt, collude, obstruct, bully, offend, lambast, deride, decry, chastise, rebuke, indict, charge
      convict, sue, arrest, jail, fire, impeach, investigate, struggle, suffer, collapse, worsen, deceive, manipulate
      smear, disgrace, embarrass, shame, scold, dismiss, discredit, bribe, exploit, ignore, dodge, evade, refuse, deny
      disappoint, alienate, anger, outrage, alarm, worry, rail, complain, bemoan, lament, resign, flout, defy, bungle
      botch, ruin, endanger, victimize, intimidate
      """),
    WordList(
      .unfavorable, .verb,
      """
      lose/loses/lost/losing, lie/lies/lied/lying, steal/steals/stole/stolen/stealing, mislead/misleads/misled/misleading
      hurt/hurts/hurt/hurting, break/breaks/broke/broken/breaking
      """),
    WordList(
      .unfavorable,
      """
      accusation, accusations, allegation, allegations, angry, arrogant, authoritarian, awful, backlash, bad, bigot
      bigotry, bitter, bizarre, blunder, brutal, catastrophe, chaos, collusion, concern, concerns, conspiracy
      controversial, controversy, corruption, coward, cowardly, crazy, crime, crimes, criminal, crisis, criticism, critics
      cruel, danger, dangerous, deadly, death, defeat, dictator, disaster, disastrous, disgraceful, dishonest, disturbing
      divisive, dubious, embarrassment, enemies, enemy, erratic, extremist, failure, fake, false, flawed, fraud, greedy
      guilty, harassment, harmful, hateful, hoax, horrible, hostile, hypocrisy, hypocrite, hypocritical, illegal
      impeachment, incompetent, indictment, inflammatory, insane, investigation, lawsuit, liar, loser, misconduct, mistake
      mistakes, obstruction, offensive, outrageous, pathetic, poor, prison, problem, problems, propaganda, racism, racist
      radical, reckless, scandal, selfish, sexist, shameful, stupid, suspicious, terrible, terrorist, terrorists, threat
      toxic, troubled, troubling, tyrant, ugly, unconstitutional, unfit, unlawful, unpopular, unprecedented, victim
      victims, violence, violent, weak, worse, worst, wrong
      """),
  ]
}
