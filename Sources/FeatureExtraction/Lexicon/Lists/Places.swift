extension WordList {
  /// Countries, places and those who come from them.
  static let places: [WordList] = [
    WordList(
      .country,
      """
      afghanistan, albania, algeria, andorra, angola, argentina, armenia, australia, austria, azerbaijan, bahamas, bahrain
      bangladesh, barbados, belarus, belgium, belize, benin, bhutan, bolivia, bosnia, bosnia and herzegovina, botswana, brazil
      brunei, bulgaria, burkina faso, burundi, cambodia, cameroon, canada, cape verde, central african republic, chad, chile
      china, colombia, comoros, congo, costa rica, croatia, cuba, cyprus, czech republic, czechia, denmark, djibouti
      dominican republic, ecuador, egypt, el salvador, eritrea, estonia, eswatini, ethiopia, fiji, finland, france, gabon
      gambia, georgia, germany, ghana, greece, grenada, guatemala, guinea, guyana, haiti, honduras, hungary, iceland, india
      indonesia, iran, iraq, ireland, israel, italy, ivory coast, jamaica, japan, jordan, kazakhstan, kenya, kosovo, kuwait
      kyrgyzstan, laos, latvia, lebanon, lesotho, liberia, libya, liechtenstein, lithuania, luxembourg, madagascar, malawi
      malaysia, maldives, mali, malta, mauritania, mauritius, mexico, moldova, monaco, mongolia, montenegro, morocco
      mozambique, myanmar, burma, namibia, nepal, netherlands, holland, new zealand, nicaragua, niger, nigeria, north korea
      south korea, korea, north macedonia, macedonia, norway, oman, pakistan, palestine, panama, papua new guinea, paraguay
      peru, philippines, poland, portugal, qatar, romania, russia, russian federation, soviet union, rwanda, samoa, san marino
      saudi arabia, senegal, serbia, seychelles, sierra leone, singapore, slovakia, slovenia, solomon islands, somalia
      south africa, south sudan, spain, sri lanka, sudan, suriname, sweden, switzerland, syria, taiwan, tajikistan, tanzania
      thailand, togo, tonga, trinidad and tobago, tunisia, turkey, türkiye, turkmenistan, uganda, ukraine
      united arab emirates, uae, u.a.e., united kingdom, uk, u.k., britain, great britain, england, scotland, wales
      northern ireland, united states, united states of america, u.s., u.s.a., usa, uruguay, uzbekistan, vanuatu, venezuela
      vietnam, yemen, zambia, zimbabwe, hong kong, america, the west, europe, west
      washington, moscow, beijing, kyiv, kiev, london, paris, berlin, brussels, tokyo, seoul, pyongyang, taipei, new delhi
      delhi, islamabad, tehran, baghdad, damascus, ankara, jerusalem, tel aviv, riyadh, doha, cairo, warsaw, prague, budapest
      bratislava, vienna, rome, madrid, lisbon, athens, sofia, bucharest, belgrade, zagreb, sarajevo, pristina, skopje, tirana
      minsk, vilnius, riga, tallinn, helsinki, stockholm, oslo, copenhagen, dublin, canberra, wellington, ottawa
      mexico city, havana, caracas, bogota, brasilia, buenos aires, hanoi, manila, jakarta, bangkok, kabul, tbilisi, yerevan
      baku, astana, tashkent, chisinau, the hague, geneva, bern
      antigua and barbuda, cabo verde, congo-brazzaville, côte d'ivoire, cote d'ivoire
      democratic people's republic of korea, democratic republic of congo, democratic republic of the congo, dominica
      dprk, dr congo, drc, east timor, equatorial guinea, faroe islands, greenland, guinea-bissau, kiribati, macau, macao
      marshall islands, micronesia, nauru, northern cyprus, palau, people's republic of china, prc, republic of korea
      republic of the congo, saint lucia, somaliland, são tomé and príncipe, swaziland, timor-leste, turkiye, tuvalu
      yugoslavia, abu dhabi, abuja, accra, addis ababa, algiers, amman, antananarivo, ashgabat, asmara, asunción
      asuncion, bamako, bangui, beirut, bishkek, bogotá, brasília, brazzaville, conakry, cotonou, dakar, dhaka, dili
      dushanbe, freetown, gaborone, guatemala city, harare, honiara, juba, kampala, kathmandu, khartoum, kigali, kinshasa
      kuala lumpur, kuwait city, la paz, libreville, lima, ljubljana, lomé, lome, luanda, lusaka, manama, managua, maputo
      mogadishu, monrovia, montevideo, muscat, n'djamena, nairobi, naypyidaw, nay pyi taw, niamey, nicosia, nouakchott
      nuuk, ouagadougou, panama city, phnom penh, podgorica, port-au-prince, port moresby, port of spain, pretoria
      putrajaya, quito, rabat, reykjavik, sana'a, sanaa, san salvador, santo domingo, suva, tegucigalpa, thimphu, tripoli
      tunis, ulaanbaatar, ulan bator, valletta, vientiane, windhoek, yaoundé, yaounde, colombo
      """),
    WordList(.country, .exact, "US, U.S, UK, UAE, USA, Georgia, Jordan, Chad, Turkey"),
    WordList(
      .place,
      """
      alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, hawaii, idaho, illinois
      indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, mississippi, missouri
      montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york, north carolina, north dakota, ohio, oklahoma
      oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas, utah, vermont, virginia
      west virginia, wisconsin, wyoming, puerto rico, new york city, los angeles, chicago, houston, philadelphia, boston
      san francisco, seattle, atlanta, miami, detroit, cleveland, milwaukee, denver, dallas, las vegas, manhattan, brooklyn
      silicon valley, crimea, donbas, donbass, donetsk, luhansk, lugansk, kherson, kharkiv, kharkov, zaporizhzhia, odesa
      odessa, mariupol, bakhmut, lviv, dnipro, mykolaiv, kursk, belgorod, st. petersburg, saint petersburg, chechnya
      transnistria, nagorno-karabakh, abkhazia, south ossetia, gaza, gaza strip, west bank, golan heights, aleppo, idlib
      mosul, raqqa, kurdistan, rafah, khan younis, xinjiang, tibet, inner mongolia, guangdong, sichuan, shanghai, shenzhen
      wuhan, kashmir, punjab, mumbai, kolkata, karachi, lahore, catalonia, barcelona, bavaria, munich, frankfurt, hamburg
      milan, naples, sicily, lyon, marseille, calais, krakow, gdansk, istanbul, izmir, dubai, sydney, melbourne
      toronto, montreal, quebec, ontario, vancouver, rio de janeiro, são paulo, sao paulo, lagos, johannesburg
      cape town, tigray, darfur, sahel, sahara, africa, asia, latin america, south america
      middle east, balkans, baltics, caucasus, central asia, scandinavia, arctic, antarctica, south china sea, black sea
      taiwan strait, red sea, baltic sea, persian gulf, strait of hormuz, kaliningrad, suwalki, mar-a-lago, midwest
      """),
    WordList(
      .demonym,
      """
      afghan, albanian, algerian, american, argentine, argentinian, armenian, australian, austrian, azerbaijani, bangladeshi
      belarusian, belgian, bolivian, bosnian, brazilian, british, bulgarian, burmese, cambodian, canadian, chilean, chinese
      colombian, congolese, croatian, croat, cuban, cypriot, czech, danish, dutch, egyptian, english, emirati, estonian
      ethiopian, european, filipino, finnish, french, georgian, german, ghanaian, greek, guatemalan, haitian, honduran
      hungarian, icelandic, indian, indonesian, iranian, iraqi, irish, israeli, italian, japanese, jordanian, kazakh, kenyan
      korean, north korean, south korean, kosovar, kurdish, kuwaiti, kyrgyz, latvian, lebanese, libyan, lithuanian
      macedonian, malaysian, maltese, mexican, moldovan, mongolian, montenegrin, moroccan, nepali, nicaraguan, nigerian
      norwegian, omani, pakistani, palestinian, panamanian, peruvian, philippine, polish, portuguese, qatari, romanian
      russian, rwandan, saudi, scottish, senegalese, serbian, serb, singaporean, slovak, slovakian, slovenian, somali
      south african, soviet, spanish, sri lankan, sudanese, swedish, swiss, syrian, taiwanese, tajik, tanzanian, thai
      tunisian, turkish, turkmen, ugandan, ukrainian, uruguayan, uzbek, venezuelan, vietnamese, welsh, yemeni, zambian
      zimbabwean, western, nordic, baltic, arab, african, asian, latin american, middle eastern, catalan, basque, tibetan
      uyghur, uighur, chechen, crimean, transatlantic, muslim, islamic, christian, catholic, orthodox, jewish, hindu, sunni
      shiite, shia, hispanic, latino, african-american, republican, democratic, libertarian, californian, texan
      abkhaz, andorran, angolan, bahamian, bahraini, barbadian, belizean, beninese, bhutanese, botswanan, bruneian
      burkinabe, burundian, cameroonian, cape verdean, chadian, comorian, costa rican, djiboutian, dominican, ecuadorian
      ecuadorean, salvadoran, eritrean, faroese, fijian, flemish, gabonese, gambian, greenlandic, guinean, guyanese
      ivorian, jamaican, kashmiri, laotian, lao, liberian, luxembourgish, malagasy, malawian, maldivian, malian
      mauritanian, mauritian, mozambican, namibian, nepalese, nigerien, northern irish, ossetian, palauan, papuan
      paraguayan, samoan, sierra leonean, south sudanese, surinamese, swazi, tamil, tatar, timorese, togolese, tongan
      transnistrian, trinidadian, vanuatuan, walloon, alawite, coptic, druze, houthi, maronite, yazidi, balkan, balochi
      baloch, bavarian, caribbean, central american, central asian, east asian, euro-atlantic, eurasian, indo-pacific
      north african, pashtun, persian, scandinavian, southeast asian, south asian, west african, east african
      """),
    WordList(
      .people,
      """
      afghans, albanians, algerians, americans, argentines, armenians, australians, austrians, azerbaijanis, bangladeshis
      belarusians, belgians, bosnians, brazilians, britons, brits, bulgarians, canadians, chileans, colombians, croats, cubans
      czechs, danes, egyptians, estonians, ethiopians, europeans, filipinos, finns, frenchmen, georgians, germans, greeks
      hungarians, indians, indonesians, iranians, iraqis, irishmen, israelis, italians, jordanians, kazakhs, kenyans, koreans
      north koreans, south koreans, kurds, latvians, libyans, lithuanians, malaysians, mexicans, moldovans, moroccans
      nigerians, norwegians, pakistanis, palestinians, peruvians, poles, romanians, russians, saudis, scots, serbs, slovaks
      slovenes, somalis, south africans, spaniards, swedes, syrians, tajiks, thais, tunisians, turks, ukrainians, uzbeks
      venezuelans, yemenis, zimbabweans, muslims, christians, catholics, jews, hindus, sunnis, shiites, hispanics, latinos
      african-americans, african americans, blacks, whites, westerners, chechens, uyghurs, arabs, africans, asians
      republicans, democrats, conservatives, liberals, progressives, independents, libertarians, socialists, moderates
      evangelicals, new yorkers, texans, californians, iowans, floridians, southerners, northerners, londoners, parisians
      abkhazians, angolans, bahrainis, bolivians, cambodians, cameroonians, costa ricans, cypriots, dominicans
      ecuadorians, eritreans, fijians, ghanaians, greenlanders, guatemalans, guineans, haitians, hondurans, icelanders
      ivorians, jamaicans, kosovars, kuwaitis, laotians, liberians, macedonians, malians, mongolians, montenegrins
      mozambicans, namibians, nepalis, new zealanders, nicaraguans, omanis, ossetians, panamanians, paraguayans, qataris
      rwandans, salvadorans, scotsmen, sierra leoneans, singaporeans, slovenians, sri lankans, tanzanians, ugandans
      uruguayans, welshmen, zambians, catalans, basques, bavarians, berliners, copts, crimeans, druze, flemings
      hong kongers, kashmiris, maori, māori, muscovites, pashtuns, rohingya, roma, romans, tamils, tatars, tibetans
      yazidis
      """),
    WordList(
      .weekday, "monday, tuesday, wednesday, thursday, friday, saturday, sunday, today, yesterday, tomorrow, tonight"),
    WordList(
      .weekday,
      """
      this week, last week, next week, this month, last month, next month, this year, last year, next year, this weekend
      last weekend, this morning, this afternoon, this evening, last night, this summer, last summer, this fall, last fall
      this spring, last spring, this winter, last winter, earlier this week, earlier this month, earlier this year
      later this week, late last week, late last month, late last year, in recent days, in recent weeks, in recent months
      in recent years, in a statement, in an interview, in a tweet, in a speech, in an email, at a news conference
      at a press conference, at a briefing, at the time, over the weekend, so far, in part, in turn, in response, in particular
      """),
    WordList(
      .month,
      """
      january, february, march, april, june, july, august, september, october, november, december, jan., feb., mar., apr.
      jun., jul., aug., sept., sep., oct., nov., dec.
      """),
    WordList(.month, .exact, "May"),
  ]
}
