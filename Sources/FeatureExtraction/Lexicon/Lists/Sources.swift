extension WordList {
  /// Documents, and those who speak without a name.
  static let sources: [WordList] = [
    WordList(
      .document,
      """
      report, reports, poll, polls, polling, survey, surveys, study, studies, statement, statements, law, laws, treaty, treaties
      filing, filings, email, emails, e-mail, e-mails, ad, ads, advertisement, commercial, paper, papers, document, documents
      data, figures, statistics, findings, research, analysis, assessment, review, audit, memo, memos, memorandum, letter
      letters, note, notes, communique, communiqué, declaration, resolution, resolutions, agreement, agreements, accord
      accords, deal, pact, protocol, convention, charter, constitution, amendment, article, articles, clause, act, bill, bills
      legislation, ordinance, decree, order, executive order, regulation, regulations, rule, rules, guidelines, guidance, code
      ruling, verdict, opinion, decision, complaint, lawsuit, indictment, affidavit, petition, motion, brief, testimony, transcript
      book, memoir, novel, biography, essay, op-ed, editorial, column, blog post, post, posts, tweet, tweets, message, messages
      video, footage, recording, tape, film, documentary, broadcast, press release, release, bulletin, newsletter, leaflet
      pamphlet, poster, sign, signs, banner, website, site, page, web page, facebook page, profile, account, records, record
      file, files, dossier, archive, archives, cable, cables, log, list, index, table, chart, graph, map, ranking, census
      forecast, forecasts, projection, projections, estimate, estimates, budget, plan, proposal, draft, text, wording, passage
      contract, lease, invoice, receipt, tax returns, tax return, returns, ledger, transcripts, minutes, manifesto, platform, agenda
      script, story, stories, piece, headline, caption, image, images, photo, photos, photographs, satellite images
      evidence, exit polls, exit poll, press statement, joint statement, white paper, policy paper, working paper, fact sheet
      questionnaire, application, application form, certificate, license, permit, warrant, subpoena, injunction, bible
      quran, koran, scripture, the federalist papers, declaration of independence, test results, results, autopsy, inquiry
      intelligence assessment, intelligence report, news report, news reports, media reports, press reports, media report
      local reports, unconfirmed reports, leaks, leak, chapter, section, paragraph, provision, provisions, terms, annex, sanction
      treaty on the, memorandum of understanding, readout, summary, notice, announcement, warning, briefing, speech, remarks
      advert, advertising, campaign ad, radio ad, television ad, tv ad, mailer, flier, flyer, robocall, calculator, tracker
      update, updates, dispatch, dispatches, picture, pictures, infographic, directive, edict, fatwa, white book
      blue book, yearbook, circular, gazette notice, roadmap, road map, blueprint, prospectus, balance sheet
      quarterly report, annual report, audit report, interim report, final report, draft resolution, draft law
      draft agreement, framework agreement, protocol of intent, peace plan, action plan, defense white paper
      defence white paper, strategy paper, position paper, concept paper, discussion paper, scientific paper, preprint
      dissertation, diary, notebook, inscription, telegram, letter of intent, note to clients, research note
      client note, earnings report, court documents, court filings, court papers, police report, autopsy report
      medical report, log book, logs, flight data, satellite imagery, satellite pictures, aerial photos
      aerial footage, video footage, dashcam footage, cctv footage, surveillance footage, drone footage
      photographs of, clip, clips, video clip, screenshot, screenshots, barometer, index of, ranking of
      official figures, official data, customs data, preliminary data, preliminary results, final results
      partial results, measurements, calculations, simulations, minutes of, working document, confidential paper
      internal paper, notice of, statutes, statute, labor code, labour code, penal code, criminal code, civil code
      rome statute, geneva conventions, un charter, budget law, press communique
      """),
    WordList(
      .document, .exact,
      """
      Article, Act, Treaty, Agreement, Constitution, Convention, Protocol, Charter, Accord, Accords, Amendment, Declaration
      Report, Survey, Poll, Index, Resolution, Bill, Law, Code, Bible, Koran, Quran, Section, Title, Statement, Memorandum
      """),
    WordList(
      .roleSingular,
      """
      source, official, analyst, expert, diplomat, adviser, advisor, aide, spokesman, spokeswoman, spokesperson, insider
      lawyer, attorney, officer, policeman, soldier, serviceman, witness, eyewitness, resident, voter, supporter, critic
      opponent, strategist, operative, staffer, employee, worker, colleague, friend, neighbor, neighbour, person, observer
      scientist, researcher, scholar, academic, economist, historian, trader, investor, banker, executive, businessman
      manager, consultant, lobbyist, donor, activist, protester, demonstrator, organizer, volunteer, journalist, reporter
      correspondent, editor, blogger, commentator, pundit, user, reader, viewer, caller, customer, patient, doctor, nurse
      teacher, student, parent, farmer, driver, passenger, refugee, migrant, prisoner, hostage, fighter, rebel, militant
      commander, veteran, pilot, sailor, guard, agent, investigator, prosecutor, lawmaker, legislator, parliamentarian
      politician, delegate, participant, attendee, member, representative, negotiator, mediator, minister, one, someone
      somebody, anyone, anybody, everyone, everybody, nobody, man, woman, child, citizen, villager, local, tourist, shopkeeper
      figure, veteran diplomat, specialist, technician, engineer, whistleblower, informant, assistant, clerk, colonel
      biologist, geologist, chemist, physicist, owner, registrar, baker, butcher, fisherman, skipper, programmer
      carpenter, electrician, miner, mechanic, plumber, tailor, weaver, mason, priest, monk, nun, hairdresser, waiter
      cook, chef, hunter, shepherd, postman, librarian, curator, conductor, composer, painter, sculptor, poet
      novelist, dramatist, philosopher, sociologist, psychologist, psychiatrist, surgeon, virologist, epidemiologist
      pharmacist, dentist, veterinarian, meteorologist, seismologist, astronomer, astronaut, cosmonaut, archaeologist
      anthropologist, linguist, ecologist, geographer, mathematician, statistician, demographer, notary, magistrate
      inspector, auditor, accountant, treasurer, caretaker, janitor, foreman, goalkeeper, striker, midfielder
      defender, cyclist, swimmer, sprinter, referee, trainer, grower, insurer, broker, dealer, backbencher, landlord
      tenant, innkeeper, fishmonger, stallholder, pensioner, biochemist, climatologist, oceanographer, hydrologist
      paramedic, firefighter, rescuer, dockworker, trucker, boatman, ferryman, beekeeper, vintner, brewer, publican
      barber, cobbler, seamstress, midwife, missionary, aid-worker, dissident, defector, cleric, hacker, netizen
      """),
    WordList(
      .rolePlural,
      """
      sources, officials, analysts, experts, diplomats, advisers, advisors, aides, spokesmen, spokespeople, insiders, lawyers
      attorneys, officers, soldiers, servicemen, troops, witnesses, eyewitnesses, strategists, operatives, staffers
      employees, workers, colleagues, friends, scientists, researchers, scholars, academics, economists, historians, traders
      investors, bankers, executives, businessmen, managers, consultants, lobbyists, donors, activists, organizers
      volunteers, journalists, reporters, correspondents, editors, bloggers, commentators, pundits, doctors, nurses, teachers
      engineers, commanders, veterans, pilots, agents, investigators, prosecutors, lawmakers, legislators, parliamentarians
      politicians, delegates, participants, members, representatives, negotiators, mediators, ministers, foreign ministers
      senators, congressmen, governors, mayors, leaders, presidents, ambassadors, envoys, judges, justices, generals, chiefs
      authorities, officials there, specialists, pollsters, policymakers, policy makers, decision-makers, regulators
      commissioners, party leaders, party officials, heads, heads of state, candidates, rivals, nominees, operators, brokers
      security sources, diplomatic sources, western officials, senior officials, u.s. officials, firefighters, rescuers
      medics, paramedics, police officers, detectives, monitors, observers, inspectors, watchdogs, campaigners, staff, crew
      intelligence, intelligence agencies, allies, democratic leaders, republican leaders, surrogates, superdelegates
      governments, companies, firms, banks, agencies, countries, nations, states, unions, parties, groups, organizations
      networks, outlets, media outlets, newspapers, campaigns, courts, institutions, businesses, universities, ngos, campaigners
      local media, national media, foreign media, western media, international media, overseas media, domestic media
      regional media, russian media, chinese media, u.s. media, us media, american media, german media, french media
      british media, ukrainian media, turkish media, iranian media, israeli media, polish media, japanese media
      south korean media, north korean media, indian media, iraqi media, syrian media, european media, arab media
      venezuelan media, lebanese media, kurdish media, egyptian media, saudi media, qatari media, pakistani media
      afghan media, greek media, italian media, spanish media, swedish media, norwegian media, danish media
      finnish media, dutch media, belgian media, swiss media, austrian media, hungarian media, czech media, slovak media
      romanian media, bulgarian media, serbian media, croatian media, belarusian media, georgian media, armenian media
      azerbaijani media, kazakh media, brazilian media, argentine media, mexican media, colombian media, cuban media
      canadian media, australian media, indonesian media, malaysian media, thai media, vietnamese media
      philippine media, taiwanese media, nigerian media, kenyan media, ethiopian media, sudanese media, libyan media
      tunisian media, algerian media, moroccan media, jordanian media, yemeni media, palestinian media, asian media
      african media, scottish media, irish media, portuguese media
      the media, news media, some media, several media, many media, media reports say, news organizations
      news organisations, foreign newspapers, local newspapers, news outlets, tv stations, informed sources
      insiders familiar with the matter, people familiar with the matter, people with knowledge of the matter
      industry insiders, netizens, internet users, physicians, medical workers, aid workers, rights activists
      human rights activists, defectors, clerics, dealers, market participants, market watchers, forecasters
      meteorologists, seismologists, virologists, epidemiologists, archaeologists, biologists, physicists, astronomers
      military experts, military analysts, political analysts, political observers, security officials
      intelligence officials, defense officials, government officials, local officials, health officials
      foreign officials, american officials, russian officials, israeli officials, ukrainian officials
      union officials, company officials, police sources, intelligence sources, military sources, government sources
      industry sources, court sources, medical sources, airport sources, eu officials, european officials
      eu diplomats, western diplomats, foreign diplomats, chinese officials
      geologists, chemists, owners, registrars, bakers, butchers, fishermen, skippers, programmers, carpenters
      electricians, miners, mechanics, plumbers, tailors, weavers, masons, priests, monks, nuns, hairdressers, waiters
      cooks, chefs, hunters, shepherds, postmen, librarians, curators, conductors, composers, painters, sculptors
      poets, novelists, dramatists, philosophers, sociologists, psychologists, psychiatrists, surgeons, pharmacists
      dentists, veterinarians, astronauts, cosmonauts, anthropologists, linguists, ecologists, geographers
      mathematicians, statisticians, demographers, notaries, magistrates, auditors, accountants, treasurers
      caretakers, janitors, foremen, goalkeepers, strikers, midfielders, defenders, cyclists, swimmers, sprinters
      referees, trainers, growers, insurers, backbenchers, landlords, tenants, innkeepers, fishmongers, stallholders
      pensioners, biochemists, climatologists, oceanographers, hydrologists, dockworkers, truckers, boatmen, ferrymen
      beekeepers, vintners, brewers, publicans, barbers, cobblers, seamstresses, midwives, missionaries, aid-workers
      dissidents, hackers
      """),
    WordList(
      .people,
      """
      people, voters, critics, residents, supporters, opponents, protesters, protestors, demonstrators, citizens, locals
      villagers, neighbors, neighbours, families, family, relatives, parents, students, farmers, drivers, passengers, tourists
      refugees, migrants, immigrants, prisoners, hostages, victims, survivors, fighters, rebels, militants, separatists
      insurgents, terrorists, women, men, children, youth, young people, millennials, workers, readers, viewers, users
      customers, consumers, patients, taxpayers, respondents, participants, attendees, fans, followers, activists, backers
      advocates, proponents, skeptics, sceptics, detractors, defenders, loyalists, hardliners, hard-liners, hawks, doves
      nationalists, populists, separatist, centrists, leftists, delegates, donors, electors, elites, establishment, public
      crowd, audience, jury, jurors, population, community, majority, minority, half, percent, per cent, share, number
      dozens, hundreds, thousands, millions, masses, everyone, others, observers, outsiders, somebody, anybody, some people
      many people, folks, guys, kids, generations, world, international community, society, opinion, camp, circles, ranks
      jihadists, gunmen, kidnappers, captors, teachers union members, pensioners, homeowners, tenants, shoppers
      commuters, spectators, bereaved families, family members, eye-witnesses, passers-by, islanders, miners
      fishermen, sailors, nomads, traders on the market, social media users, twitter users, users on social networks
      the outside world, the public, public opinion, parishioners, believers, civilians, evacuees, displaced people
      asylum seekers, expatriates, hackers, hooligans, owners, subscribers, players, teammates
      """),
    WordList(
      .quantifier,
      """
      some, many, most, few, several, others, both, all, half, none, any, each, another, more, fewer, one, two, three, four
      five, six, seven, eight, nine, ten, a few, a number of, a majority of, a handful of, a group of, dozens of, hundreds of
      thousands of, millions of, a third of, two-thirds, a quarter of, plenty of, various, numerous, multiple, certain, other
      the majority of, a lot of, lots of, a couple of, a dozen, scores of, the rest, much of
      """),
  ]
}
