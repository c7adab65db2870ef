"""Writes lines of odd pieces, for `equality.py` or a comparison byte for byte of what two builds say about them.

    python3 odd_lines.py SEED COUNT > lines.txt

Words of every length, abbreviations, contractions, every quotation mark in every place, numbers, addresses, masks, marks,
joiners, damaged and control bytes, with and without spaces between them; lines end in LF or CRLF.
"""
import random
import sys

PIECES = (
    "the a U.S. U.S Mr. don't ministers' it's It’s O’Brien said President internationalization 12 1,000 3.5 29th 2016-17 "
    "well-known e-mail x@y.com www.a.com http://a.b/c , . .. ... ! ? ?! : ; ( ) [ ] { } \" “ ” ' ‘ ’ '' `` « » - -- – — / % $ € "
    "**** ** * #tag @me é e\u0301 naïve İ 中文 。 \u200b \u00ad \x01 \x7f s S t ll I AND abcdefgh abcdefghi abcdefghijklmno "
    "abcdefghijklmnop 1 12345678 1234567 & _ + = ~ ^ | \\ < > … 😀 👩‍👩‍👧 \ufffd"
).split(" ") + [" ", "  ", "\t", "\u00a0"]
FREQUENT = set("\" “ ” ' ’ , . - the said".split() + [" "])
BYTES = [0, 9, 11, 13, 128, 160, 194, 226, 255, 65, 32, 39, 34]


def line(choice):
    space = choice.choice(["", " ", " ", " ", "  "])
    weights = [3 if piece in FREQUENT else 1 for piece in PIECES]
    pieces = choice.choices(PIECES, weights, k=choice.randint(0, 30))
    text = bytearray("".join(piece + (space if choice.random() < 0.8 else "") for piece in pieces).encode())
    if text and choice.random() < 0.2:
        text[choice.randrange(len(text))] = choice.choice(BYTES)
    return bytes(text) + choice.choice([b"\n", b"\n", b"\r\n"])


def main():
    choice = random.Random(int(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        sys.stdout.buffer.write(line(choice))


main()
