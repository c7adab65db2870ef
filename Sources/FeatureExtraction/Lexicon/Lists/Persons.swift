extension WordList {
  /// Given names, honorifics, titles and offices.
  static let persons: [WordList] = [
    WordList(
      .firstName,
      """
      aaron, abdel, abdul, abdullah, abraham, adam, adel, adrian, agnes, ahmad, ahmed, aiden, akira, alan, albert, aleksandar
      aleksander, aleksandr, alejandro, alessandro, alex, alexander, alexandra, alexei, alexey, alexis, alfonso, alfred, ali
      alice, alicia, alison, allison, amanda, amber, amir, amit, amy, ana, anastasia, anatoly, anders, andré, andre, andrea
      andreas, andrei, andrej, andrew, andrey, andriy, andrzej, andy, angela, angelina, anita, ann, anna, anne, annika, anthony
      antoine, anton, antonio, antony, april, archie, ariel, arjun, arnold, arseniy, artem, arthur, ashley, ashraf, asif
      astrid, audrey, barack, barbara, barry, bashar, beata, beatrice, ben, benedict, benjamin, benny, bernard, bernie, beth
      betsy, betty, bettina, bill, billy, björn, bob, bobby, boris, brad, bradley, brandon, brenda, brett, brian, bridget
      bruce, bruno, bryan, camille, carl, carla, carlos, carly, carmen, carol, carolina, caroline, carolyn, catherine, cecilia
      cesar, chad, charles, charlie, charlotte, chelsea, cheryl, chloe, chris, christian, christiane, christina, christine
      christoph, christopher, chuck, cindy, claire, clara, clarence, claude, claudia, clément, colin, connie, corey, cory
      craig, cristina, cynthia, dale, damian, dan, dana, daniel, daniela, danielle, danny, darren, dave, david, dawn, dean
      debbie, deborah, dennis, denis, denise, derek, diana, diane, diego, dieter, dirk, dmitri, dmitriy, dmitry, dmytro
      dominic, dominique, don, donald, donna, doris, dorothy, doug, douglas, duncan, dustin, dylan, earl, ed, eddie, edgar
      eduardo, edward, edwin, eileen, elaine, elena, eli, elias, elijah, elisabeth, elise, elizabeth, ella, ellen, emil, emily
      emma, emmanuel, enrico, enrique, eric, erica, erik, erika, erin, ernest, esther, ethan, eugene, eva, evan, evelyn, fabio
      faisal, farid, fatima, federico, felipe, felix, fernando, fiona, florence, frances, francesca, francesco, francis
      francisco, franck, françois, frank, franz, fred, frederick, fredrik, friedrich, gabriel, gabriela, gary, gavin, geert
      gennady, geoffrey, george, georges, gerald, gerard, gerhard, giorgia, giovanni, giuseppe, glenn, gloria, gordon, grace
      graham, greg, gregory, greta, guido, guillaume, gustavo, guy, haim, hakan, hamid, hannah, hans, harold, harry, harvey
      hasan, hassan, heather, heidi, heiko, helen, helena, helga, helmut, henri, henrik, henry, herbert, herman, hillary
      hiroshi, holly, howard, hugh, hugo, hussein, ian, ibrahim, igor, ilya, imran, ingrid, irina, iris, isaac, isabel
      isabella, ismail, itamar, ivan, ivanka, jack, jackie, jackson, jacob, jacqueline, jacques, jaime, jake, jakub, james
      jamie, jan, jane, janet, janice, jared, jaroslav, jason, javier, jay, jean, jean-claude, jean-luc, jean-marc
      jean-pierre, jeb, jeff, jeffrey, jenna, jennifer, jenny, jens, jeremy, jerome, jerry, jesse, jessica, jesus, jill, jim
      jimmy, jin, joachim, joan, joanna, joaquin, joe, joel, joerg, johan, johann, johannes, john, johnny, jon, jonas, jonathan
      jordan, jorge, josé, jose, josef, josep, joseph, josh, joshua, joy, joyce, jozef, juan, juanita, judith, judy, julia
      julian, julie, juliet, julio, julius, june, jürgen, justin, kaja, kamala, karen, karim, karin, karine, karl, karol, kate
      katherine, kathleen, kathryn, kathy, katie, katrina, kay, keith, kellyanne, kelly, ken, kenji, kenneth, kevin, khaled
      khalid, kim, kimberly, kirk, klaus, konstantin, kristen, kristin, kristina, kurt, kyle, lars, larry, latoya, laura
      lauren, laurence, laurent, lawrence, lech, lee, leila, leo, leon, leonard, leonid, leonardo, leslie, lewis, liam, liliana
      linda, lindsay, lindsey, lisa, liz, lloyd, logan, lois, lorenzo, loretta, lori, louis, louise, luca, lucas, lucia, lucy
      luigi, luis, luiz, lukas, luke, lynn, lyudmila, maciej, madeleine, magnus, mahmoud, manfred, manuel, marc, marcel
      marcelo, marcia, marco, marcos, marcus, margaret, margarita, margrethe, maria, marie, marija, marilyn, marina, marine
      mario, marion, marios, mark, marko, markus, marta, martha, martin, martina, mary, maryam, masoud, massimo, mateusz
      matt, matteo, matthew, matthias, maurice, mauricio, maxim, maxime, maya, megan, megyn, mehmet, meghan, melanie, melania
      melinda, melissa, meredith, mette, michael, michał, michel, michele, michelle, miguel, mihai, mike, mikhail, mikhailo
      milan, milos, milorad, minh, miriam, miroslav, mitch, mitt, mohamed, mohammad, mohammed, mohsen, molly, monica, monika
      morgan, moshe, muhammad, mustafa, mykhailo, mykola, nadia, naftali, nancy, naomi, narendra, natalia, natalie, natasha
      nathan, neil, nelson, newt, nicholas, nick, nicola, nicolas, nicolás, nicole, niels, nigel, nikita, nikki, nikola, nikolai
      nikolay, nina, noah, noam, noel, nora, norbert, norman, olaf, oleg, oleh, oleksandr, oleksii, oleksiy, olena, olga, olha
      oliver, olivia, omar, orhan, oscar, osama, otto, pablo, pamela, paolo, pascal, pat, patricia, patrick, paul, paula
      pauline, paulo, pavel, pavlo, pawel, pedro, peggy, penny, per, pete, peter, petr, petra, petro, petteri, phil, philip
      philippe, phillip, pierre, piotr, priya, rachel, rafael, rahul, raj, rajesh, ralph, ramon, ramzan, rand, randy, raul, ray
      raymond, rebecca, recep, reince, reinhard, renate, rené, rex, ricardo, riccardo, richard, rick, ricky, riley, rita, rob
      robby, robert, roberta, roberto, rodney, rodrigo, roger, roland, rolf, roman, ron, ronald, rosa, rose, roy, ruben, rudolf
      rudy, rupert, russell, rustem, ruth, ryan, sabine, sally, sam, samantha, samir, samuel, sandra, sanna, sara, sarah, saul
      scott, sean, sebastian, serge, sergei, sergey, sergio, serhii, serhiy, seth, shane, shannon, sharon, shaun, shawn
      sheila, shelly, sheryl, shinzo, shirley, sidney, silvia, silvio, simon, simone, sofia, sonia, sophia, sophie, stacy, stan
      stanislav, stefan, stefano, stefanie, stella, stéphane, stephanie, stephen, steve, steven, stuart, sue, sultan, sunil
      susan, suzanne, svetlana, svitlana, sylvia, sylvie, tamara, tammy, tanya, tara, tatiana, tayyip, ted, teresa, terrence
      terry, thabo, theodore, theresa, therese, thierry, thomas, thorsten, tiffany, tim, timothy, tina, todd, tom, tomas
      tomáš, tomasz, tommy, toni, tony, tracy, travis, trevor, troy, tyler, urs, ursula, uwe, vadim, valentina, valeria
      valerie, valery, valeriy, vanessa, vasily, vera, verónica, veronica, vicki, victor, victoria, viktor, viktoria, vincent
      virginia, vitali, vitaly, vivian, vlad, vladimir, volodymyr, vyacheslav, waleed, walter, wang, wanda, warren, wayne
      wendy, werner, wesley, wilhelm, will, william, willie, wolfgang, xavier, yahya, yair, yaroslav, yasmin, yevgeny, yoav
      yoel, yoon, yoshihide, youssef, yulia, yuri, yuriy, yusuf, yves, yvette, yvonne, zachary, zoe, zoran, xi, li, zhang, liu
      chen, zhao, huang, zhou, wu, xu, sun, hua, mao, qin, hu, shen, han, yang, lin, luo, zhu, recep tayyip
      """),
    WordList(
      .firstName,
      """
      abbas, abdel-fattah, abdelaziz, abdelfattah, abdoulaye, abdulaziz, abdulla, abdullatif, abdulmalik, abdulrahman
      abena, abhishek, abhisit, abiy, adebayo, aditya, adnan, agus, ahmet, ahn, aigul, aissata, ajay, ajit, akbar
      akhilesh, akihiro, akio, akosua, aksel, alassane, alberto, aleksandra, alireza, aliyu, almazbek, alvaro, amadou
      amal, aminata, aminu, amitabh, ammar, anand, anatoli, andres, andrii, andrés, anies, anil, anjali, anneli, ante
      antonis, antti, anuj, anurag, anwar, arash, arkady, armando, arne, arturo, artyom, arun, arundhati, arvid, arvind
      asad, ashok, ashwini, asim, askar, aslan, atal, attila, augusto, aung, ayman, ayşe, aziz, babatunde, badr, bae
      baek, bakhtiyar, bakyt, balázs, bambang, bandar, basel, bassam, basuki, beatriz, behrouz, behzad, bekir, benazir
      benigno, benjamín, berat, bhupesh, bidzina, bilal, bilawal, binali, birgitta, birgitte, bjarne, bjørn, bodil
      bogdan, bohdan, bohuslav, bola, boubacar, boyko, bożena, božidar, branko, budi, bui, bukar, burak, béla, bülent
      calin, camilo, catalina, catarina, cemil, cevdet, chandrababu, cheikh, choi, chukwuma, corazon, corina, cristian
      cristóbal, csaba, cyril, czesław, călin, cătălin, dagmar, daisuke, dalia, daniyar, danylo, dariush, davit, deepak
      demeke, deng, deniz, denys, devendra, dewi, dilma, dilnoza, dimitar, dimitris, dinesh, diosdado, doina, dorin
      doyin, dragan, duarte, dušan, ebrahim, edgardo, edgars, eduard, efraín, egils, ehab, eiji, einar, ekrem, eleni
      elham, elif, elsa, emeka, emilio, emine, emmerson, emomali, emre, endre, engin, erdal, erna, ernesto, ersin, espen
      esteban, evangelos, evo, ewa, fabián, fadi, fahad, fahd, fahrettin, faiz, fares, farhad, farooq, farouk, fatemeh
      fathi, fatih, fatma, fatou, faustin, fawzi, fayez, femi, feng, ferdinand, ferenc, fernanda, fidel, filipe, fouad
      františek, freja, frida, fuad, fumio, fyodor, félix, gabor, gaurav, geng, gennadi, geraldo, gerardo, germán
      getachew, ghasem, ghassan, gheorghe, gholamhossein, giannis, gilberto, giorgi, giorgos, girish, gitanas, golnaz
      gonzalo, goodluck, gopal, goran, grigory, grzegorz, guadalupe, guillermo, gunnar, guo, gurbanguly, guðni, gyula
      györgy, gábor, géza, habib, haider, haile, hailemariam, haitham, hakim, haluk, halyna, hamad, hamdi, hamidreza
      hamza, hani, hanna, harish, harith, haruhiko, hashem, hashim, hasina, hazem, hector, hemant, hernán, heydar
      hideki, hidetoshi, himanta, hina, hirokazu, hiroyuki, hisham, hoang, horacio, hosni, hossein, hryhoriy, huda
      hulusi, humberto, hussain, hussam, hwang, håkan, håkon, héctor, hüseyin, ibrahima, ichiro, ifeanyi, ignacio, ihab
      ilham, ilie, ilker, imad, imelda, imre, ingvar, innokenty, inácio, inés, inês, ioan, ioannis, ionuț, iraj, irakli
      iryna, isaias, isao, ishaq, ismet, issa, istván, iulia, ivaylo, iveta, ivica, iyad, jaber, jabir, jadranka
      jagdish, jair, jairam, jalal, jamal, jamil, jang, janis, jarosław, jasmina, jassim, javad, jayalalithaa, jeanine
      jejomar, jeong, jerzy, jesús, jia, jiang, jiri, jiří, joaquín, joko, jomo, josefina, joão, judit, jung, junichiro
      juri, jyoti, jyrki, jános, józsef, jüri, jānis, kabiru, kadri, kamal, kamau, kamel, kang, kapil, karan, kareem
      karel, kashim, kassym-jomart, katalin, katerina, kateryna, katsunobu, katsuya, kayode, kazem, kazimierz, kazuhiko
      kazuo, keiko, keisuke, kemal, kenta, kersti, khaleda, khawaja, kinga, kipchoge, kiran, kiril, kirill, kirsten
      kofi, koichi, kolinda, konstantinos, kosta, kostas, krasimir, krishna, kristian, kristjan, krišjānis, krzysztof
      kseniya, kumar, kunle, kwame, kwesi, kwon, kyriakos, kyrylo, ladislav, laila, laith, lajos, lakshmi, lalu, larysa
      lasse, laszlo, lawal, layla, leif, leni, leopoldo, lesia, leszek, levente, levon, leyla, liang, lina, linas, liviu
      ljiljana, ljubomir, lourdes, lu, luay, lubna, lubomír, ludmila, ludovic, luhut, luisa, lula, lyubov, lászló
      maarja, macky, maha, mahathir, mahdi, maher, mahinda, mahsa, maia, majid, makoto, maksim, maksym, maleeha
      mallikarjun, mamadou, mamata, manish, manmohan, manoj, mansour, mansur, manuela, marat, marcela, marek, margus
      mariam, mariano, martín, marwan, maryna, masahiro, masako, masayoshi, mats, maulana, maximiliano, mayawati
      małgorzata, meera, megawati, mehbooba, mehdi, mehran, mehriban, meles, meng, meral, mesut, mevlut, mevlüt
      mieczysław, mihály, mikheil, mikkel, miklós, milada, milica, miloš, mircea, mitsuko, mladen, modibo, mohan, moisés
      mojtaba, momčilo, mona, morten, morteza, moussa, muhammadu, muhannad, muhyiddin, mukesh, mukhtar, mulayam, munir
      murad, murat, musa, mwai, mykhaylo, márcio, nabil, nader, nadezhda, nadim, naguib, nahuel, naif, najib, najla
      nana, nandan, naoki, naoto, narges, nasir, nasrin, nasser, nataliia, nataliya, naveen, nawaf, nawaz, nayef
      nebojša, necati, nemanja, nestor, ngozi, nguyen, nicolae, nidal, nihat, nikol, nikos, nils, nirmala, nitin, nitish
      nizar, njoroge, nnamdi, nobuo, noh, noriko, nouri, nuhu, numan, nuno, nuri, nurlan, nursultan, néstor, obinna
      octavian, octavio, oksana, olav, olusegun, ondřej, osman, ostap, osvaldo, otávio, oumar, ousmane, pak, pan
      panagiotis, panos, parviz, patricio, paulina, pavlos, pekka, peng, pervez, pervin, petar, pham, phan, pilar
      piyush, plamen, prabowo, prakash, pranab, prashant, pratap, prayut, prayuth, priyanka, prokopis, przemysław, pyotr
      pál, pål, péter, qais, qamar, qasim, qassem, qian, radek, radoslaw, radosław, radovan, raed, rafic, rafik
      raghuram, raheel, raila, raimonds, rajan, rajat, rajendra, rajiv, rajnath, rakesh, raluca, ramesh, rami, ramón
      rania, ranil, rashid, ratko, ravi, raúl, retno, reza, riad, riek, rigoberto, rocío, rodion, rodolfo, rogelio, roh
      rohan, rohit, rolandas, rouhollah, rui, rumen, ruslan, rustam, ryota, ryszard, ryu, rūta, saad, sachin, sadako
      saddam, sadiq, sadyr, saeed, saeid, salah, saleh, salif, salih, salim, salman, salome, salva, sami, samih, sanae
      sani, sanja, sanjay, sanjeev, santosh, sarath, sartaj, satish, satoshi, saud, sauli, sayed, sebastián, segun
      seiji, selahattin, selin, semyon, seo, sepideh, serkan, serzh, seydou, shadi, shahbaz, shahram, shaker, shao
      sharad, sharif, shashi, shavkat, shehbaz, shehu, sherif, shigeru, shin, shinichi, shintaro, shireen, shirin
      shivraj, shunichi, shyam, siddharth, sigmar, signe, sigrid, simeon, simona, sinan, siniša, sipho, sitaram, siti
      slobodan, smriti, snežana, sohrab, soledad, solveig, somchai, sooronbay, sorin, souleymane, spyros, srettha
      srinivasan, stanisław, stavros, stefán, steinar, stelios, stepan, subramanian, sudhir, suh, suha, suhail, sukhbir
      sulaiman, suleiman, suleyman, suresh, susana, sushma, susilo, svein, svetozar, svyatoslav, swati, sándor, süleyman
      sławomir, taavi, tadeusz, taha, takashi, takeshi, talal, tamim, tamás, tang, tansu, tao, taras, tarcísio, tarek
      tariq, tarja, taro, tatsuya, tatyana, tawfiq, tejashwi, temir, tendai, tesfaye, tetsuya, tewodros, thaksin, themba
      thiago, tiago, tian, tibor, tigran, tihomir, timur, tomislav, tomomi, tomás, toomas, torsten, toshimitsu
      toshiyuki, traian, tran, tsutomu, tsvetan, tuncay, tunde, turgut, turki, uchenna, uddhav, uhuru, ulf, ulises, ulla
      umaru, urmas, usman, vaclav, vadym, valdis, valentin, valentyn, valerii, vasile, vasilis, vasyl, veniamin
      venkaiah, vesna, viacheslav, vicente, vijay, vikram, viktoriia, viktorija, vinod, viorel, virat, vitalii, vitaliy
      vivek, vladan, vladislav, vojislav, vojtěch, vsevolod, vuk, václav, víctor, wael, waldemar, walid, wangari
      wanjiru, wei, wojciech, wole, władysław, xia, xiao, xie, xiomara, xiong, yakubu, yan, yanis, yannis, yao
      yaroslava, yasin, yasser, yasuhiro, yasuo, yavuz, yegor, yehor, yekaterina, yelena, yemi, yerlan, yevgenia
      yevgeniy, yevhen, yevheniya, yiannis, yin, yingluck, yogendra, yoichi, yoko, yolanda, yoo, yoshiki, yoshinori
      younis, yousaf, yousef, yoweri, yukio, yuko, yun, yurii, yuriko, yusuke, zahra, zaid, zainab, zakhar, zaki, zayed
      zbigniew, zdeněk, zdravko, zeng, zeynep, zhanna, zheng, zhong, ziad, zinaida, zlatan, zoltan, zoltán, zou, zsolt
      zsuzsanna, zuhair, zurab, zuzana, ágnes, álvaro, ólafur, özgür, ümit, ľuboš, štefan, željka, živko
      """),
    WordList(
      .honorific,
      """
      mr, mr., mrs, mrs., ms, ms., dr, dr., prof, prof., sir, lord, lady, dame, madam, miss, mister, herr, frau, monsieur
      madame, señor, sheikh, imam, rabbi, ayatollah, baroness, prince, princess, king, queen, emperor, pope, saint
      """),
    WordList(
      .title,
      """
      president, vice president, vice-president, prime minister, deputy prime minister, premier, chancellor, vice chancellor
      minister, foreign minister, defense minister, defence minister, interior minister, finance minister, economy minister
      energy minister, health minister, justice minister, culture minister, trade minister, deputy foreign minister
      deputy defense minister, deputy minister, vice minister, state secretary, secretary, secretary of state
      secretary of defense, defense secretary, foreign secretary, home secretary, treasury secretary, press secretary
      secretary general, secretary-general, deputy secretary, undersecretary, assistant secretary, attorney general
      sen, sen., senator, senators, rep, rep., representative, congressman, congresswoman, gov, gov., governor, mayor, deputy
      ambassador, envoy, special envoy, consul, commissioner, commissioner for, high representative, director
      director general, director-general, deputy director, executive director, managing director, chairman, chairwoman, chair
      vice chairman, deputy chairman, speaker, house speaker, leader, majority leader, minority leader, party leader
      opposition leader, gen, gen., general, lt. gen., maj. gen., brig. gen., major general, lieutenant general, admiral
      adm., colonel, col., lt. col., captain, capt., major, maj., lieutenant, lt., sergeant, sgt., commander, marshal, chief
      police chief, chief of staff, judge, justice, chief justice, prosecutor, prosecutor general, attorney, lawyer, counsel
      professor, economist, historian, analyst, political scientist, strategist, pollster, journalist, reporter
      correspondent, columnist, editor, author, activist, dissident, spokesman, spokeswoman, spokesperson, adviser, advisor
      national security adviser, aide, campaign manager, manager, chief executive, ceo, chief executive officer, cfo
      founder, co-founder, billionaire, businessman, businesswoman, banker, investor, candidate, presidential candidate
      nominee, rival, hopeful, front-runner, frontrunner, lawmaker, mp, mep, delegate, councilman, councilwoman, bishop
      archbishop, cardinal, rev., reverend, pastor, father, brother, sister, mother, coach, officer, detective, sheriff
      constable, doctor, scientist, researcher, expert, resident, host, anchor, moderator, actor, actress, singer, tycoon
      """),
    WordList(
      .office,
      """
      president, vice president, prime minister, premier, chancellor, pope, king, queen, senator, congressman, congresswoman
      governor, mayor, minister, foreign minister, defense minister, defence minister, interior minister, finance minister
      secretary, secretary of state, secretary general, secretary-general, press secretary, foreign secretary
      home secretary, attorney general, ambassador, envoy, chairman, chairwoman, chief, director, ceo, chief executive
      leader, speaker, candidate, nominee, front-runner, frontrunner, billionaire, businessman, mogul, real estate mogul
      general, admiral, commander, judge, justice, prosecutor, lawyer, author, columnist, professor, president-elect
      former president, former secretary of state, republican, democrat, first lady, former first lady, congresswoman
      commissioner, high representative, head, deputy, pontiff, monarch, prince, emir, sultan, ayatollah, supreme leader
      head of state, commander-in-chief, coach, actor, founder, tycoon, magnate, man, woman, mother, father, wife, husband
      son, daughter, brother, sister, widow, suspect, defendant, victim, gunman, survivor, politician, statesman, lawmaker
      """),
  ]
}
