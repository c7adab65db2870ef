#!/usr/bin/env python3
"""Writes copies of PolNeAR statements in which the names are others, so that a model learns the form and not one election.

    perturb-sources.py POLNEAR/train.jsonl SHARE > copies.jsonl

About SHARE of the statements are copied. In each copy the names of that election become names from all over the world;
where an annotated source stands before its cue as a plain name, another kind of source may take its place (a ministry,
a newspaper, a study, unnamed officials, a person), and the label follows it. Where nobody is quoted, an institution may
take the place of the person who acts. The same input gives the same output; no text is kept but the input's own.
"""
import json
import random
import re
import sys

COUNTRIES = """Russia|Russian China|Chinese Iran|Iranian Turkey|Turkish India|Indian Japan|Japanese Brazil|Brazilian Egypt|Egyptian
Ukraine|Ukrainian Poland|Polish Germany|German France|French Israel|Israeli Syria|Syrian Iraq|Iraqi Nigeria|Nigerian
Kenya|Kenyan Mexico|Mexican Spain|Spanish Italy|Italian Greece|Greek Serbia|Serbian Hungary|Hungarian Sweden|Swedish
Norway|Norwegian Pakistan|Pakistani Indonesia|Indonesian Vietnam|Vietnamese Cuba|Cuban Qatar|Qatari Libya|Libyan
Lebanon|Lebanese Jordan|Jordanian Ethiopia|Ethiopian Sudan|Sudanese Canada|Canadian Finland|Finnish Slovakia|Slovakian
Romania|Romanian Moldova|Moldovan Georgia|Georgian Armenia|Armenian Afghanistan|Afghan Argentina|Argentine Peru|Peruvian
Chile|Chilean Malaysia|Malaysian Thailand|Thai Yemen|Yemeni Tunisia|Tunisian Algeria|Algerian Latvia|Latvian
Kazakhstan|Kazakh Belarus|Belarusian Australia|Australian Belgium|Belgian Austria|Austrian Portugal|Portuguese"""
COUNTRIES = [pair.split("|") for pair in COUNTRIES.split()]
CAPITALS = """Moscow Beijing Tehran Ankara Kiev Kyiv Warsaw Berlin Paris London Brussels Tokyo Seoul Pyongyang Cairo Baghdad
Damascus Riyadh Islamabad Belgrade Budapest Washington Jerusalem Taipei Vilnius Minsk Athens Rome Madrid""".split()
PLACES = """Anhui Bavaria Catalonia Punjab Kerala Donetsk Kherson Odessa Gdansk Izmir Aleppo Basra Mosul Lagos Mombasa Natal
Oaxaca Antofagasta Bilbao Palermo Thessaloniki Novi-Sad Debrecen Malmö Tampere Karachi Surabaya Da-Nang Busan Osaka
Alexandria Benghazi Tripoli Sfax Oran Riga Tartu Almaty Perth Antwerp Graz Porto Zarma Kivara Mokhae""".split()
GIVEN = """Anton Leyla Marek Ivana Yusuf Amina Hiroshi Mei Chen Priya Arjun Olena Taras Katarzyna Jens Ingrid Pavel Milena
Carlos Lucía Rafael Fatima Omar Samir Nadia Kofi Ama Thabo Grace Emre Defne Farhad Shirin Dmitri Svetlana Lars Sofie
Giulia Matteo Claire Étienne Pedro Inês Min-jun Seo-yeon Linh Budi Siti Nurul Daniel Ruth Peter Helen""".split()
FAMILY = """Orbeladze Verescu Amanova Rudenkov Halvik Tveiten Monfort Quiroz Adamoul Nakombe Karelas Sethuram Wen Taranov
Mercadal Lozada Ben-Haroeh Mousavian Vondrová Krásný Serikov Omarova Hayasaka Peñafiel Okonjo Danjuro Ezeko Koro Vaalmo
Pankratov Mireanu Quintasol Larrabal Falkmoe Brimnes Nguema Adhola Yadavendra Kwok Lau Munk Hodžak Simunić Cieślik Petrauskas
Kalnins Lindqvist Arslan Demirkan Haddadi Al-Rashdan Suleimani-Far Tanaka-Ito Park Zhao Gao Lien Pham Wijaya Santoso
Medvenko Hrynko Savchuk Baranov Dobrev Ionescu-Lupu Papadakis Rossetti Delacroix-Blum Vermeulen Osei Mensah Mwangi Diallo""".split()
TITLES = """President|Prime Minister|Foreign Minister|Deputy Foreign Minister|Defense Minister|Interior Minister|Finance Minister
Spokesman|Governor|Ambassador|General|Mayor|Professor|Chief Executive|Energy Minister|Chancellor|Secretary General|Judge""".replace("\n", "|").split("|")
MINISTRIES = """Foreign Ministry|Defense Ministry|Interior Ministry|Finance Ministry|Ministry of Health|Ministry of Commerce
Ministry of Energy|Health Ministry|Central Bank|Supreme Court|parliament|government|General Staff|army|navy|police|embassy
Justice Ministry|Ministry of Foreign Affairs|state prosecutor's office|statistics office|Football Federation|side|military""".replace("\n", "|").split("|")
INSTITUTIONS = """NATO|the European Union|the European Commission|the United Nations|the UN Security Council|the World Bank|the IMF
the World Health Organization|the Kremlin|the Pentagon|the State Department|the White House|Gazprom|Rosneft|Samsung|Toyota
Siemens|Airbus|Huawei|Alibaba|Tencent|Volkswagen|Nokia|Hamas|Hezbollah|Amnesty International|Human Rights Watch|UNICEF
the Red Cross|the African Union|the Arab League|OPEC|the IAEA|the International Olympic Committee|FIFA|the Bundesbank
Goldman Sachs|Moody's|the Knesset|the Bundestag|the State Duma|the Rada|the Politburo|the Taliban|Boeing|Lufthansa|Equinor
Maersk|Foxconn|the opposition|the company|the agency|the ministry|the court|the union|the committee|the bank|the council
the Football Association|the Academy of Sciences|the port authority|the high court|the ruling party|the delegation
Boorong Metals|Daewan Heavy Industries|Norden Commodities|Steppe Air|Belgo Biologics|the Union of Miners""".replace("\n", "|").split("|")
OUTLETS = """Reuters|AFP|Xinhua|Xinhua News Agency|TASS|Interfax|RIA Novosti|Kyodo News|Yonhap|Anadolu|the Anadolu Agency|Al Jazeera
the BBC|CNN|Bloomberg|the Financial Times|the Guardian|Le Monde|Le Figaro|Der Spiegel|Die Welt|El País|La Repubblica
Corriere della Sera|Haaretz|the Jerusalem Post|the Times of Israel|Hürriyet|Dawn|the Hindustan Times|the Times of India
the South China Morning Post|Global Times|the Global Times|People's Daily|China Daily|CCTV|Guancha|Caixin|Nikkei
Asahi Shimbun|the Korea Herald|KBS|NHK|Kommersant|Izvestia|Ukrinform|the Kyiv Independent|Deutsche Welle|dpa|ANSA|EFE
the Associated Press|the AP|the New York Times|the Washington Post|the Wall Street Journal|Politico|Axios|Fars|IRNA|Tasnim
Al Arabiya|Al-Ahram|the Daily Nation|Radio Sahel|the Moscow Times|Euronews|Sky News|state television|the newspaper
the news agency|the magazine|the broadcaster|the paper|the state news agency|the daily|the website|the Daily Courier
the Bucharest Gazette|Vechernie Vesti|the Luvania Mirror|the Liberty Herald|Magharebia|CTV News|the Straits Times""".replace("\n", "|").split("|")
DOCUMENTS = """the report|a report|the study|a study|the statement|the document|the survey|a poll|the article|the audit|the indictment
the resolution|the UN report|the ministry's report|the treaty|the new law|an internal memo|the communique|the court filing
the annual report|a white paper|the official figures|the latest data|a leaked document|the joint statement|the letter
the agreement|the complaint|the Defense White Paper|the bank's forecast|the census|the draft resolution|the review""".replace("\n", "|").split("|")
UNNAMED = """analysts|officials|experts|diplomats|a source|sources|a senior official|a Western diplomat|an unnamed official
residents|witnesses|observers|critics|a spokesman|a spokeswoman|local residents|security sources|some analysts
people familiar with the matter|a person familiar with the talks|a source who asked not to be named|economists|traders
several diplomats|military experts|a government spokesman|a soldier|a driver|aid workers|investors|local media|foreign media
a source in the ministry|two officials|industry insiders|a senior diplomat|an army spokesman|protesters|some sources
activists|villagers|scientists|a doctor|a resident|foreign officials|{demonym} officials|a {demonym} official|{demonym} media""".replace("\n", "|").split("|")

PERSONS = """Donald J\\. Trump|Donald Trump|Hillary Rodham Clinton|Hillary Clinton|Bernie Sanders|Ted Cruz|Marco Rubio|Barack Obama
Jeb Bush|George W\\. Bush|John Kasich|Ben Carson|Chris Christie|Mike Pence|Tim Kaine|Paul Ryan|Mitt Romney|Mitch McConnell|Joe Biden
Elizabeth Warren|James Comey|Loretta Lynch|Reince Priebus|Corey Lewandowski|Paul Manafort|Rudy Giuliani|Rand Paul
Carly Fiorina|Mike Huckabee|Martin O'Malley|Scott Walker|Lindsey Graham|Gary Johnson|Jill Stein|Antonin Scalia|Bill Clinton
Merrick Garland|Vladimir Putin|Newt Gingrich|John McCain|Sarah Palin|Nancy Pelosi|Harry Reid|Michelle Obama|Chelsea Clinton|Ivanka Trump
Melania Trump|Kellyanne Conway|Robby Mook|John Podesta|Debbie Wasserman Schultz|Huma Abedin|Megyn Kelly|Trump|Clinton|Sanders
Cruz|Rubio|Obama|Kasich|Carson|Christie|Pence|Kaine|Romney|McConnell|Biden|Comey|Priebus|Lewandowski|Manafort|Giuliani
Fiorina|Huckabee|O'Malley|Scalia|Garland|Gingrich|McCain|Palin|Pelosi|Hillary|Donald|Bernie|Barack""".replace("\n", "|")
STATES = """Iowa|New Hampshire|South Carolina|North Carolina|Ohio|Florida|Pennsylvania|Virginia|Nevada|Texas|California|New York City
Wisconsin|Michigan|Colorado|Arizona|Georgia|Indiana|Illinois|Massachusetts|Vermont|Arkansas|Kentucky|Missouri|Minnesota
New Jersey|Maryland|Alabama|Tennessee|Louisiana|Oklahoma|Utah|Manhattan|Philadelphia|Cleveland|Charleston|Des Moines""".replace("\n", "|")
PARTIES = {"Republicans": "Liberals", "Democrats": "Socialists", "Republican": "Liberal", "Democratic": "Socialist",
           "GOP": "Reform League", "Democrat": "Socialist", "G.O.P.": "Reform League"}
NAMES = re.compile(r"\b(?:(?P<person>" + PERSONS + r")|(?P<state>" + STATES + r")|(?P<party>"
                   + "|".join(map(re.escape, sorted(PARTIES, key=len, reverse=True))) + r")|(?P<country>U\.S\.|US|United States|America)"
                   + r"|(?P<demonym>American))(?=\W|$)")
PLAIN = re.compile(r"(?:(?:Mr|Mrs|Ms|Sen|Rep|Gov|Dr)\. )?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}")
AFTER = re.compile(r" (?:also |then |later |now |has |had |recently )*(?:said|says|say|told|added|wrote|argued|announced|noted|insisted|warned|"
                   r"called|claimed|declared|pointed|explained|acknowledged|believes?|believed|suggested|denied|confirmed|"
                   r"wants|wanted|promised|vowed|criticized|accused|described|stressed|reported|reports|found|released|"
                   r"argues|expects|expected|hopes|plans|rejected|demanded|urged|asked|replied|tweeted)\b")
BEFORE = re.compile(r"(?:,[\"”]|[\"”],?) ?(?:said|says|wrote|added|noted|argued|explained) $|[Aa]ccording to $")
DOCUMENT_VERBS = ["said", "says", "found", "shows", "showed", "states", "noted", "notes", "suggests", "concluded", "points out"]
OUTLET_VERBS = ["reported", "reports", "said", "wrote", "noted", "pointed out", "revealed", "quoted officials as saying", "learned"]
CLASSES = [("organization", 0.42), ("media", 0.2), ("document", 0.13), ("anonymous", 0.15), ("person", 0.1)]


class Names:
    """The names of one copy: the same name becomes the same other name throughout."""

    def __init__(self, rng):
        self.rng = rng
        self.known = {}

    def person(self):
        return f"{self.rng.choice(GIVEN)} {self.rng.choice(FAMILY)}"

    def source(self, label):
        rng = self.rng
        country, demonym = rng.choice(COUNTRIES)
        if label == "organization":
            kind = rng.random()
            if kind < 0.35: return f"the {demonym} {rng.choice(MINISTRIES)}"
            if kind < 0.45: return rng.choice(CAPITALS)
            if kind < 0.53: return country
            if kind < 0.63: return f"{country}'s {rng.choice(MINISTRIES)}"
            return rng.choice(INSTITUTIONS)
        if label == "media": return rng.choice(OUTLETS)
        if label == "document": return rng.choice(DOCUMENTS)
        if label == "anonymous": return rng.choice(UNNAMED).format(demonym=demonym)
        kind = rng.random()
        title = rng.choice(TITLES)
        if kind < 0.3: return f"{demonym} {title} {rng.choice(FAMILY)}"
        if kind < 0.5: return f"{demonym} {title} {self.person()}"
        if kind < 0.6: return f"the {demonym} {title.lower()}"
        if kind < 0.8: return rng.choice(FAMILY)
        return self.person()

    def replace(self, text):
        def other(found):
            name = found.group(0)
            if found["party"]: return PARTIES[name]
            if name not in self.known:
                if found["person"]:
                    # One of a person's names alone is the family name of the whole.
                    whole = next((k for k in self.known if k.endswith(" " + name)), None)
                    if whole: return self.known[whole].split(" ")[-1]
                    self.known[name] = self.person() if " " in name else self.rng.choice(FAMILY)
                elif found["state"]: self.known[name] = self.rng.choice(PLACES).replace("-", " ")
                else:
                    pair = self.known.setdefault("country", self.rng.choice(COUNTRIES))
                    self.known[name] = pair[1] if found["demonym"] else pair[0]
            return self.known[name]
        return NAMES.sub(other, text)


def swapped(row, names, rng):
    """The statement with another kind of source, and its label; nothing where the source is no plain name beside its cue."""
    spans, text = row["spans"]["source"], row["text"]
    if len(spans) != 1: return None
    start, end = spans[0]
    source, before, after = text[start:end], text[:start], text[end:]
    if not PLAIN.fullmatch(source): return None
    follows, precedes = AFTER.match(after), BEFORE.search(before)
    if not follows and not precedes: return None
    draw, label = rng.random(), None
    for label, share in CLASSES:
        draw -= share
        if draw < 0: break
    new = names.source(label)
    opens = not before.strip(" \"“'") or before.rstrip().endswith((".", "?", "!"))
    if opens: new = new[0].upper() + new[1:]
    if follows and label in ("document", "media") and not precedes:
        verb = rng.choice(DOCUMENT_VERBS if label == "document" else OUTLET_VERBS)
        if re.match(r" (?:said|says|argued|noted|insisted|claimed|wrote|warned|believes?|suggested|announced)\b(?! to )", after):
            after = re.sub(r"^ \w+", " " + verb, after)
    return names.replace(before) + new + names.replace(after), label


def acted(row, names, rng):
    """A statement of the writer's own in which an institution acts instead of a person."""
    found = NAMES.match(row["text"])
    if not found or not found["person"] or rng.random() < 0.4: return names.replace(row["text"])
    rest = row["text"][found.end():]
    new = names.source("organization" if rng.random() < 0.8 else "media")
    return new[0].upper() + new[1:] + names.replace(rest)


def main():
    path, share = sys.argv[1], float(sys.argv[2])
    rng = random.Random(1)
    copies = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if rng.random() >= share: continue
            names = Names(rng)
            label = row["sourcing"]
            if label == "unattributed": text = acted(row, names, rng)
            else:
                other = swapped(row, names, rng)
                if other: text, label = other
                elif label == "person" and rng.random() < 0.7: continue
                else: text = names.replace(row["text"])
            if text != row["text"]:
                copies.append({"id": row["id"] + "~", "text": text, "group": row["document"], "sourcing": label})
    # Copies of one article do not stand together, since they are no article.
    rng.shuffle(copies)
    for copy in copies: print(json.dumps(copy, ensure_ascii=False))


if __name__ == "__main__": main()
