#!/usr/bin/env python3
"""Gives speakers invented names in two of three statements of persons, of labelled statements on standard input.

Names that a list has, or that a corpus repeats, are learned as words; what is left for names that nobody has met are those
of companies and campaigns, so that an unknown "Kolmar Vestrup said" came out as an organization. Under names that no list
has, the class of unknown names is learned from persons, too. Only names beside a word of speech are replaced, everywhere in
their statement. Nothing is random: the same input gives the same output.

    python3 scripts/rename-speakers.py < train.jsonl > renamed.jsonl
"""
import json
import re
import sys
import zlib

VERBS = (
    "said|says|told|added|wrote|warned|insisted|argued|tweeted|replied|explained|continued|noted|asked|declared|suggested|"
    "claimed|joked|announced|responded|stated"
)
# One word or two that stand where a speaker does.
BEFORE = re.compile(r"(?<!\w)(?<![A-Z][a-z] )([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?),? (?:" + VERBS + r")\b")
AFTER = re.compile(r"\b(?:said|says|added|wrote) ([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?)\b(?! [A-Z])")
# Capitalized words that are no names of persons.
OTHER = set(
    "The They She His Her Some Many Most Others This That These Those There When While What Both Several Another Everyone "
    "Nobody Instead Still Then Also Mr Mrs Ms Dr President Congressman Senator Senate Sen Rep Gov Gen Governor Secretary "
    "Minister Chancellor General Critics Voters Officials Democrats Republicans Republican Democratic People Experts Sources "
    "Police Supporters Aides Analysts Documents Americans Congress New North South House White Associated Daily Washington "
    "National Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
STARTS = "B Br D Dr F G Gr H K Kr L M N P R S St T Tr V Z Sh Kh Y J".split()
VOWELS = "a e i o u ai ei".split()
MIDDLES = "l r n m d k rd lk nd rs st v z t".split()
ENDS = ["", *"n r s k sen ov ski ez man er in a o ian ko".split()]


def invented(name):
    """A name of three to four syllables that follows from the one it stands for."""
    digits = zlib.crc32(name.encode())
    parts = []
    for choices in (STARTS, VOWELS, MIDDLES, VOWELS, ENDS):
        digits, place = divmod(digits, len(choices))
        parts.append(choices[place])
    return "".join(parts)


def main():
    for line in sys.stdin:
        row = json.loads(line)
        if row.get("sourcing") == "person" and zlib.crc32(row["id"].encode()) % 3:
            text = row["text"]
            words = {word for found in (*BEFORE.finditer(text), *AFTER.finditer(text)) for word in found[1].split()}
            words = sorted(word for word in words if word not in OTHER)
            if words:
                pattern = re.compile(r"\b(" + "|".join(words) + r")\b")
                row["text"] = pattern.sub(lambda found: invented(row["id"] + found[1]), text)
                # Sourcing has no target; where it stood is another place now.
                row.pop("target_span", None)
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
