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
