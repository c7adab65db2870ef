extension WordList {
  /// News outlets, agencies and programmes of the world.
  static let outlets: [WordList] = [
    WordList(
      .outlet,
      """
      new york times, washington post, wall street journal, usa today, los angeles times, chicago tribune, boston globe
      new york post, new york daily news, miami herald, dallas morning news, houston chronicle, denver post, tampa bay times
      san francisco chronicle, seattle times, philadelphia inquirer, detroit free press, detroit news, des moines register
      baltimore sun, star tribune, kansas city star, arizona republic, las vegas review-journal, las vegas sun
      cleveland plain dealer, columbus dispatch, atlanta journal-constitution, charlotte observer, orlando sentinel
      sun sentinel, concord monitor, salt lake tribune, deseret news, sacramento bee, mercury news
      indianapolis star, milwaukee journal sentinel, texas tribune, washington times, washington examiner
      washington free beacon, daily caller, daily beast, daily mail, daily telegraph, daily mirror, daily express, daily star
      daily wire, daily kos, breitbart, breitbart news, huffington post, huffpost, huffpost pollster, buzzfeed, buzzfeed news
      politico, politifact, factcheck.org, propublica, axios, vox media, vox.com, slate magazine, salon.com, gawker, mediaite
      fivethirtyeight, five thirty eight, real clear politics, realclearpolitics, drudge report, infowars, newsmax
      western journalism, national review, weekly standard, new republic, new yorker, new york magazine, vanity fair
      rolling stone, mother jones, foreign policy magazine, time magazine, forbes magazine, fortune magazine
      newsweek, us weekly, national enquirer, christian science monitor, national journal, roll call, businessweek, quartz
      associated press, the ap, reuters, thomson reuters, bloomberg, bloomberg news, agence france-presse
      agence france presse, afp, upi, united press international, dow jones newswires, press association, pa media
      canadian press, australian associated press, press trust of india, kyodo, kyodo news, jiji press, yonhap
      yonhap news agency, kcna, korean central news agency, xinhua, xinhua news agency, china news service, cctv, cgtn
      people's daily, global times, china daily, caixin, south china morning post, beijing news, southern weekly
      changanjie, chang'an street, guancha, sina, sina news, tencent news, netease, phoenix tv, huanqiu, reference news
      ta kung pao, ming pao, apple daily, taipei times, focus taiwan, central news agency, nikkei, nikkei asia, asahi shimbun
      yomiuri shimbun, mainichi shimbun, sankei shimbun, japan times, nhk, korea herald, korea times, chosun ilbo
      joongang ilbo, dong-a ilbo, hankyoreh, straits times, channel newsasia, bangkok post, jakarta post, manila times
      philippine daily inquirer, rappler, vnexpress, times of india, hindustan times, indian express, the hindu, ndtv
      ani news, asian news international, economic times, business standard, dawn newspaper, geo news, express tribune
      daily star bangladesh, kathmandu post, tolonews, khaama press, pajhwok
      tass, itar-tass, ria novosti, interfax, sputnik, sputnik news, rt, russia today, kommersant, vedomosti, izvestia
      izvestiya, rossiyskaya gazeta, komsomolskaya pravda, moskovsky komsomolets, nezavisimaya gazeta, novaya gazeta
      moscow times, rbc, rbk, gazeta.ru, lenta.ru, meduza, bellingcat, pravda, rossiya-1, rossiya 1, zvezda
      channel one russia, echo of moscow, rain tv, ukrinform, ukrayinska pravda, ukrainska pravda, unian, interfax-ukraine
      kyiv independent, kyiv post, hromadske, suspilne, belta, nasha niva, nexta, euronews, eurasianet
      radio free europe, radio liberty, radio free europe/radio liberty, rfe/rl, radio free asia, voice of america, voa
      deutsche welle, dpa, deutsche presse-agentur, der spiegel, spiegel, spiegel online, die zeit, die welt
      die tageszeitung, bild am sonntag, frankfurter allgemeine, frankfurter allgemeine zeitung, faz, handelsblatt
      süddeutsche zeitung, sueddeutsche zeitung, tagesspiegel, focus magazine, stern magazine, zdf, ard, rtl, n-tv
      le monde, le figaro, libération, les echos, le parisien, le point, l'express, l'obs, france 24, france info, franceinfo
      france inter, bfm tv, bfmtv, rfi, radio france internationale, mediapart, charlie hebdo, el país, el pais, el mundo
      la vanguardia, abc spain, efe, europa press, la repubblica, corriere della sera, la stampa, il sole 24 ore
      il messaggero, ansa, rai news, politico europe, euractiv, eu observer, euobserver, brussels times, de standaard
      le soir, de telegraaf, nrc handelsblad, de volkskrant, anp, neue zürcher zeitung, nzz, tages-anzeiger
      der standard, die presse, kronen zeitung, apa news, aftenposten, nrk, verdens gang, dagbladet, dagens nyheter
      svenska dagbladet, expressen, aftonbladet, svt, politiken, berlingske, jyllands-posten, ritzau, helsingin sanomat
      yle, iltalehti, ilta-sanomat, postimees, delfi, err news, lrt, baltic news service, bns, gazeta wyborcza
      rzeczpospolita, polish press agency, polskie radio, tvn24, onet, wirtualna polska, mlada fronta, hospodarske noviny
      czech news agency, dennik n, sme daily, magyar nemzet, magyar hirlap, telex.hu, hungarian news agency, mti
      digi24, hotnews, agerpres, bta, novinite, tanjug, politika daily, blic, n1, dnevnik, 24sata, kathimerini
      ekathimerini, ta nea, anadolu, anadolu agency, hurriyet, hürriyet, hurriyet daily news, daily sabah, milliyet
      cumhuriyet, trt, trt world, ntv, haaretz, jerusalem post, times of israel, yedioth ahronoth, ynet, maariv
      israel hayom, channel 12 news, kan news, al jazeera, al-jazeera, al arabiya, al-arabiya, al mayadeen, al hadath
      al-quds al-arabi, al-hayat, asharq al-awsat, al-ahram, al ahram, egypt independent, mena news, wafa, petra news agency
      saudi press agency, spa news, arab news, gulf news, khaleej times, middle east eye
      irna, isna, fars, fars news, fars news agency, mehr news, tasnim, tasnim news agency, press tv, tehran times
      kayhan, iran international, sana news, rudaw, kurdistan 24, al-manar, naharnet, daily star lebanon
      bbc, bbc news, bbc world service, bbc radio, bbc russian, itv, itv news, sky news, channel 4 news, channel 4
      financial times, the ft, evening standard, sunday times, sunday telegraph, mail on sunday, the scotsman, irish times
      irish independent, irish examiner, rte, rté, cbc, cbc news, ctv news, ctv, global news, globe and mail, toronto star
      national post, la presse, le devoir, radio-canada, abc news, abc radio, nbc, nbc news, cbs, cbs news, cbs this morning
      cnn, cnn international, cnn money, msnbc, cnbc, fox news, fox business, fox news channel, fox news sunday
      npr, national public radio, pbs, pbs newshour, c-span, telemundo, univision, espn, hbo, comedy central, access hollywood
      meet the press, face the nation, good morning america, fox & friends
      fox and friends, morning joe, today show, tonight show, daily show, late show, saturday night live, siriusxm
      60 minutes, sixty minutes, newsnight, panorama programme, sydney morning herald
      australian broadcasting corporation, sbs news, news.com.au, new zealand herald, nz herald, stuff.co.nz, rnz
      o globo, folha de s.paulo, folha de sao paulo, estadão, estado de s. paulo, clarín, clarin, la nación, la nacion
      página/12, el universal, milenio, la jornada, el tiempo, el espectador, el comercio, el mercurio
      la tercera, prensa latina, granma, telesur, el nacional, infobae, mercopress, mail & guardian, news24, sabc
      daily maverick, daily nation, the east african, vanguard newspaper, premium times
      punch newspaper, daily trust, sahara reporters, the herald zimbabwe, new vision, addis standard, egypt today
      middle east monitor, electronic intifada, wikinews, wikipedia, techcrunch, wired magazine, ars technica, engadget
      variety magazine, hollywood reporter, billboard magazine, lloyd's list, jane's, jane's defence weekly
      defense news, defense one, breaking defense, war on the rocks, military times, stars and stripes, task & purpose
      nature magazine, science magazine, scientific american, new scientist, lancet, business insider, marketwatch
      barron's, barrons, zero hedge, yahoo news, yahoo finance, google news, apple news, msn, aol news, seeking alpha, daily hampshire gazette
      the paper.cn, jiemian, beijing daily, beijing youth daily, economic observer, xinmin evening news
      observer network, global network, china national radio, cnr, china news network, pla daily
      people's liberation army daily, people's daily online, xinhuanet, international online, overseas network
      cankao xiaoxi, takungpao, wen wei po, hk01, sing tao daily, united daily news, liberty times, china times
      lianhe zaobao, zaobao, china youth daily, legal daily, science and technology daily, economic daily
      securities times, china securities journal, shanghai securities news, yicai, 36kr, bjnews, red star news
      dongfang daily, oriental daily, russia-24, russia 24, ren tv, life.ru, fontanka, argumenty i fakty
      vzglyad, regnum, rosbalt, novye izvestia, moskovskij komsomolets, al-araby al-jadeed, al araby, al-watan
      al-akhbar, al-masry al-youm, al-ittihad, al-khaleej, al-sabah, okaz, al-riyadh, an-nahar, l'orient le jour
      al ekhbariya, al-ekhbariya, shafaq news, alsumaria, al-sumaria, iraqinews.com, iraqi news, al-ghad, al-dustour
      hespress, magharebia, sahara media, le matin, asharq news, sky news arabia, al-safir, as-safir, al hurra
      alhurra, al-qabas, kuna, bna, qna, oman news agency, emirates news agency, wam
      tunis afrique presse, sözcü, sozcu, yeni şafak, yeni safak, habertürk, haberturk, cnn türk, cnn turk
      demirören news agency, bianet, takvim, pti, scroll.in, news18, zee news, india today
      deccan herald, livemint, moneycontrol, wion, republic tv, times now, the statesman, dainik bhaskar
      all india radio, prothom alo, bdnews24, ary news, samaa tv, the news international, pakistan today, thisday
      channels tv, daily monitor, capital fm, eyewitness news, jeune afrique, panapress, sudan tribune
      radio dabanga, radio tamazuj, garowe online, shabelle, the guardian nigeria, business day, kbs
      mbc, ytn, jtbc, daily nk, nk news, arirang, tv asahi, fuji tv, rodong sinmun, korean central television
      korean central broadcasting, uriminzokkiri, chosun central television, bernama, antara, kompas
      viet nam news, tuoi tre, thanh nien, malaysiakini, gma news, abs-cbn, philstar, the irrawaddy, mizzima
      nepali times, kazinform, tengrinews, trend news agency, azertac, armenpress, interpressnews, imedi, rustavi 2
      24 kanal, liga.net, censor.net, european pravda, rbc-ukraine, rbk-ukraine, super express, newsweek polska
      index.hu, 444.hu, ctk, idnes, lidové noviny, právo, aktuality.sk, tasr, welt am sonntag, taz, berliner zeitung
      rbb, swr, journal du dimanche, ouest-france, la croix, l'humanité, courrier international, tf1, cnews, europe 1
      el confidencial, la razón, cadena ser, rtve, adnkronos, il fatto quotidiano, il giornale, la7, rai, nu.nl
      rtl nieuws, lusa, público, observador, g1, uol, valor econômico, televisa, milenio tv, notimex, diario de cuba
      diario las americas, cubadebate, el nuevo herald, noticias caracol, appleinsider, macrumors, 9to5mac, gizmodo
      cnet, zdnet, digitimes, bloomberg view, bloomberg businessweek, recode, pc world, vice news
      itar-tass news agency, cbs radio, cbs 2, state media, state-run media, state television, state tv
      state-run television, state-run tv, state radio, state news agency, state-run news agency, official news agency
      state-owned news agency, official media, semi-official news agency, government newspaper, israel radio
      army radio, voice of israel, radio france, sveriges radio, channel news asia, bbc persian, bbc chinese
      bbc turkish, voice of america news, naval news, janes, defense news weekly, the war zone, flightglobal
      space.com, nature news, the lancet, british medical journal, new england journal of medicine
      """),
    WordList(
      .outlet, .exact,
      """
      PAP, AGI, Tempo, Petra, The Wire, The Print, The Citizen, The Cover, The New Times, CNA, KBS, APS, INA, NRT
      Times, Post, Journal, Guardian, Globe, Telegraph, Observer, Economist, Atlantic, Hill, Intercept
      Time, Forbes, Fortune, Slate, Salon, Vox, Wired, Variety, Quartz, Fox, ABC, AP, BBC, CNN, RT, FT, Mirror, Sun
      Herald, Tribune, Chronicle, Inquirer, Gazette, Examiner, Nation, Esquire, Vogue, People magazine, Lawfare, Mashable
      Stern, Express, Welt, Zeit, Monde, Figaro, Stampa, Repubblica, Mundo, País, Hindu, Nikkei
      The Independent, the Independent, The Week, The Onion, The Verge, The Information, The Conversation, The Diplomat, The Age, The Australian, The Daily
      The Paper, The Standard, The Citizen, The Register, The Insider, Insider, Sabah, Mehr, Bild, Kurir, Blick, Reforma, Semana
      Gallup Daily, Jezebel, Commentary magazine, Jacobin, Grist, Deadspin, Recode
      """),
    WordList(
      .outletTail,
      """
      times, post, herald, tribune, gazette, journal, chronicle, telegraph, observer, examiner, courier, dispatch, mirror
      inquirer, enquirer, news, newspaper, magazine, tv, television, radio, fm, broadcasting, press, review, weekly, daily
      mail, express, register, sentinel, standard, star, sun, globe, monitor, bulletin, reporter, insider, today, zeitung
      gazeta, pravda, novosti, tidningen, wire, newswire, network, channel, podcast, blog, online, bee, ledger, messenger
      beacon, pilot, independent, mercury, digest, show, shimbun, ilbo, morning post, news agency, press agency
      kurier, courrier, blatt, anzeiger, tageblatt, tagblatt, nachrichten, rundschau, bote, dagblad, dagbladet, avisen
      tidende, echo, leader, lantern, clarion, argus, advertiser, listy, noviny, novine, vesti, vedomosti, izvestia
      haber, gazetesi, jornal, giornale, matin, presse, wirtschaftsblatt, morgenpost, abendblatt, volksblatt
      handelsblatt, expres, expresso, zpravy, dziennik, kurjer, vijesti, ribao, wanbao
      """),
    WordList(
      .outletHead,
      """
      radio, radyo, radiotelevisione, diario, corriere, courrier, gazeta, gazetta, gazzetta, jornal, journal de, echo, l'écho
      écho, kanal, canal, télé, tele, canale, el diario, la gazeta, le courrier, le journal, el periódico, news agency
      newspaper, magazine, website, portal, broadcaster, tabloid, weekly, channel, sina, phoenix
      """),
    WordList(
      .outletNoun,
      """
      newspaper, newspapers, magazine, outlet, news outlet, media outlet, broadcaster, network, news network, television station
      tv station, radio station, tv channel, television channel, television network, tv network, news agency, news service
      news website, news site, news portal, wire service, newswire, tabloid, daily newspaper, weekly newspaper, weekly
      daily, social media account, state broadcaster, public broadcaster, editorial board, editorial page, paper, publication, publisher, news channel
      cable network, radio show, talk show, podcast, blog, website, news magazine, periodical, gazette, press, media
      """),
  ]
}
