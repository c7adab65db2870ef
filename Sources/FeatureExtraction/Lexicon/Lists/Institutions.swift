extension WordList {
  /// Institutions by name, and the nouns that name institutions.
  static let institutions: [WordList] = [
    WordList(
      .organization,
      """
      nato, north atlantic treaty organization, north atlantic council, united nations, un, u.n., european union, eu, e.u.
      european commission, european council, european parliament, council of europe, european central bank, ecb, eurogroup
      european court of justice, european court of human rights, international criminal court, icc
      international court of justice, security council, un security council, general assembly, unicef, unesco, unhcr
      world health organization, world trade organization, wto, imf, international monetary fund, world bank
      international atomic energy agency, iaea, opec, opec+, oecd, osce, brics, asean, african union, ecowas, arab league
      gulf cooperation council, red cross, red crescent, international committee of the red cross, icrc, world food programme
      amnesty international, human rights watch, greenpeace, oxfam, doctors without borders, transparency international
      interpol, europol, frontex, g7, g-7, g20, g-20, g8, commonwealth secretariat, shanghai cooperation organization, csto
      eurasian economic union, collective security treaty organization, organization of american states, mercosur
      quad, aukus, asian development bank, african development bank, bank of england, bank of japan, people's bank of china
      bundesbank, federal reserve, the fed, fed, reserve bank of india, reserve bank of australia, bank of russia
      white house, pentagon, kremlin, state department, u.s. state department, justice department, treasury department
      defense department, homeland security, dhs, department of homeland security, department of justice
      department of defense, department of state, fbi, cia, nsa, irs, fda, epa, sec, s.e.c., ftc, fcc, faa, nasa, noaa, cdc
      federal bureau of investigation, central intelligence agency, national security agency, secret service, supreme court
      congress, senate, house of representatives, house, capitol hill, u.s. senate, u.s. house, u.s. army, u.s. navy
      u.s. military, u.s. government, centcom, state duma, duma, federation council, verkhovna rada, rada, bundestag
      bundesrat, national people's congress, politburo, knesset, house of commons, house of lords, downing street, no 10
      10 downing street, whitehall, elysee, élysée, elysee palace, bundeswehr, scotland yard, mi5, mi6, fsb, gru, svr, sbu
      mossad, idf, israel defense forces, israeli army, hamas, hezbollah, fatah, plo, palestinian authority, taliban
      islamic state, isis, isil, daesh, al qaeda, al-qaeda, boko haram, al-shabab, houthis, irgc, revolutionary guards
      islamic revolutionary guard corps, pkk, ypg, wagner, wagner group, azov, kmt, dpp, chinese communist party, politburo
      democratic party, republican party, republican national committee, democratic national committee, rnc, dnc, gop
      labour party, conservative party, tories, tory party, liberal democrats, snp, ukip, afd, cdu, csu, spd, greens, fdp
      social democrats, christian democrats, national front, national rally, la france insoumise, five star movement
      lega, forza italia, podemos, vox party, fidesz, law and justice, civic platform, syriza, united russia, bjp, akp, chp, hdp
      likud, anc, mas, morena, planned parenthood, nra, national rifle association, aclu, naacp, chamber of commerce
      u.s. chamber of commerce, heritage foundation, brookings institution, brookings, rand corporation, chatham house, csis
      cato institute, american enterprise institute, pew research center, pew, pew research, gallup, quinnipiac university
      quinnipiac, rasmussen, rasmussen reports, yougov, ipsos, levada center, levada, tax policy center, tax foundation
      congressional budget office, cbo, government accountability office, gao, federal election commission, fec
      census bureau, bureau of labor statistics, national weather service, geological survey, club for growth, afl-cio, afscme, seiu
      judicial watch, common cause, emily's list, naral, black lives matter, sierra club, wikileaks, anonymous hackers
      google, alphabet, apple, microsoft, amazon, facebook, meta, twitter, tesla, spacex, netflix, intel, nvidia, ibm
      openai, samsung, sony, toyota, honda, nissan, volkswagen, bmw, mercedes-benz, daimler, siemens, bosch, sap, airbus
      boeing, lockheed martin, raytheon, general electric, general motors, ford motor, exxon, exxonmobil, chevron, shell, bp
      totalenergies, eni, equinor, gazprom, rosneft, lukoil, novatek, rosatom, naftogaz, ukrenergo, energoatom, aramco
      saudi aramco, sinopec, petrochina, cnooc, huawei, zte, alibaba, tencent, bytedance, tiktok, baidu, xiaomi, byd
      goldman sachs, jpmorgan, jp morgan, morgan stanley, citigroup, bank of america, wells fargo, deutsche bank
      commerzbank, barclays, hsbc, ubs, credit suisse, bnp paribas, société générale, unicredit, blackrock, moody's
      standard & poor's, s&p global, fitch, fitch ratings, walmart, target corp, nike, coca-cola, pepsico, mcdonald's
      starbucks, pfizer, moderna, biontech, astrazeneca, johnson & johnson, novartis, roche, bayer, merck, uber, lyft, airbnb
      ryanair, lufthansa, air france, delta air lines, united airlines, american airlines, maersk, foxconn, tsmc, renault
      stellantis, nestle, nestlé, unilever, rheinmetall, bae systems, mastercard, paypal, disney, comcast, at&t, verizon
      shin bet, isi, bnd, dgse, nis, national intelligence service, verfassungsschutz, cpwd, isro
      roscosmos, jaxa, european space agency, esa, cnsa, fifa, uefa, ioc, international olympic committee, wada, iaaf
      world athletics, fide, nba, nfl, mlb, premier league, bundesliga, caf, concacaf, afc, conmebol, aqap
      jabhat al-nusra, nusra front, al-nusra front, hayat tahrir al-sham, free syrian army, peshmerga
      syrian democratic forces, sdf, donetsk people's republic, luhansk people's republic, unrwa, ocha, iom, ilo, fao
      unaids, undp, un human rights council, un human rights office, international energy agency, iea, eurostat
      european medicines agency, ema, european investment bank, bank for international settlements, imo, icao, iata
      opcw, ctbto, european public prosecutor's office, european court of auditors, nordic council, visegrad group
      g77, southern african development community, sadc, east african community, igad, saarc, apec, cis, eaeu, sco
      pacific islands forum, red cross society, save the children, caritas, médecins sans frontières
      reporters without borders, committee to protect journalists, freedom house, international crisis group
      carnegie endowment, syrian observatory for human rights, institute for the study of war
      stockholm international peace research institute, sipri, ifo institute, diw, kiel institute, bruegel
      oxford economics, capital economics, ihs markit, jd power, s&p, standard and poor's, dbrs, nomura, mizuho
      mitsubishi, hyundai, kia, lg, sk hynix, posco, tata, reliance industries, infosys, adani, mahindra, petrobras
      embraer, pemex, ypf, codelco, glencore, rio tinto, bhp, anglo american, de beers, mtn, safaricom, dangote
      ethiopian airlines, qatar airways, emirates airline, etihad, turkish airlines, aeroflot, sberbank, vtb
      gazprom neft, nord stream, transneft, norilsk nickel, rusal, severstal, yandex, vkontakte, kaspersky, philips
      asml, heineken, shell plc, novo nordisk, vestas, ørsted, orsted, ericsson, volvo, ikea, h&m, spotify, nokia
      carlsberg, lego, basf, thyssenkrupp, rwe, e.on, uniper, allianz, munich re, continental ag, adidas, dhl
      deutsche bahn, fraport, tui, engie, edf, areva, orano, thales, dassault, safran, alstom, peugeot, michelin
      danone, l'oréal, lvmh, carrefour, sncf, axa, orange s.a., leonardo s.p.a., fincantieri, fiat, telecom italia
      intesa sanpaolo, generali, enel, repsol, iberdrola, santander, bbva, telefónica, inditex, pko, pkn orlen, orlen
      čez, cez, škoda, skoda, otp, caterpillar, john deere, fedex, nasdaq, nyse, bmo, kpmg, deloitte
      mckinsey, pwc, sotheby's, christie's, smic, jd.com, meituan, didi, pinduoduo, geely, catl, evergrande
      country garden, cosco, china mobile, comac, sinopharm, sinovac, temasek, singapore airlines, cathay pacific
      softbank, panasonic, hitachi, toshiba, rakuten
      """),
    WordList(
      .organization, .exact,
      """
      UPS, ING, MIT, Vale, Puma, RAW, EY, MOL, Aman
      UN, EU, WHO, House, Fed, Visa, Ford, Apple, Shell, Oracle, Labour, Conservatives, Treasury, Tories
      Commission, Council, Parliament, Ministry, Army, Navy, Court, Bank, Senate, Congress
      Republicans in Congress, Pew, Monmouth, Marist, Home Office, Foreign Office, Foreign Ministry, Defense Ministry
      """),
    WordList(
      .organizationNoun,
      """
      ministry, department, government, agency, commission, committee, subcommittee, council, court, parliament, army, navy
      air force, police, police department, party, campaign, company, firm, corporation, bank, central bank, union
      trade union, university, college, school, institute, institution, foundation, association, administration, embassy
      consulate, legislature, assembly, congress, senate, cabinet, coalition, alliance, bloc, federation, confederation
      bureau, office, authority, board, panel, task force, service, intelligence service, security service, military, militia
      armed forces, defence forces, defense forces, general staff, command, high command, coast guard, border guard, guard
      organization, organisation, group, advocacy group, rights group, monitoring group, think tank, watchdog, charity, ngo
      lobby, lobby group, trade group, super pac, pac, network, movement, front, league, society, center, centre, tribunal
      supreme court, high court, constitutional court, appeals court, regulator, secretariat, presidency, chancellery, mission
      delegation, manufacturer, automaker, carmaker, airline, operator, utility, supplier, producer, retailer, startup, hospital
      church, vatican, holy see, city council, municipality, prefecture, state government, regime, junta, monarchy, team
      prosecutor's office, prosecution, prosecutors office, opposition, opposition party, ruling party, leadership, nation
      country, state, republic, kingdom, side, industry, organizers, brigade, battalion, regiment, squadron, corps, unit
      foreign ministry, interior ministry, defense ministry, defence ministry, finance ministry, health ministry
      energy ministry, economy ministry, justice ministry, foreign office, state agency, statistics office, space agency
      pollster, polling firm, law firm, developer, chain, brewery, refinery, port authority, railway, federal government
      local government, regional administration, military administration, city hall, town hall, district, archdiocese
      """),
    WordList(
      .organizationTail,
      """
      inc, inc., corp, corp., ltd, ltd., llc, plc, gmbh, ag, s.a., co., holdings, group, industries, technologies, systems
      motors, airlines, airways, partners, capital, ventures, pharmaceuticals, laboratories, labs, energy, oil, gas, petroleum
      steel, bank, insurance, institute, foundation, university, college, center, centre, association, society, committee
      council, commission, agency, ministry, department, authority, bureau, federation, union, party, court, parliament
      forum, network, alliance, coalition, league, project, initiative, corporation, company, trust, fund, office, service
      """),
  ]
}
