"""What each family of features is worth: the presets with settings of theirs changed, measured as peers are.

No test split is read: what is compared here may be chosen by it.
"""

from dataclasses import dataclass, replace

from benchmarks import ALL, DEVELOPMENT


@dataclass(frozen=True)
class Variant:
    """A preset with options, of rows that may have one and the same word for a target: presets ask for one."""

    options: tuple = ()
    hides_target: bool = False

    @property
    def name(self):
        return " ".join(self.options) or "rows without their targets"

    def rows(self, rows):
        if not self.hides_target:
            return rows
        return [{**{k: v for k, v in row.items() if k != "target_span"}, "target": "target"} for row in rows]


def variants(*options):
    return tuple(Variant(tuple(text.split())) for text in options)


WORDS_ONLY = Variant(("--preset", "words"))
NO_TARGET = Variant(hides_target=True)
COMMON = variants("--word-ngrams none", "--word-vectors none", "--no-idf", "--frequency binary", "--case exact",
                  "--class-weight none")
TOPIC = (WORDS_ONLY, NO_TARGET, *COMMON,
         *variants("--char-ngrams none", "--contrast 0", "--no-hashtag-words", "--no-target-parts",
                   "--no-target-crossing"))
PROPOSITION = (WORDS_ONLY, NO_TARGET, *COMMON, *variants(
    "--char-ngrams 2-5", "--contrast 0", "--no-negation", "--no-target-crossing", "--target-ngrams none"))

PAIR = (WORDS_ONLY, NO_TARGET, *COMMON, *variants("--negation", "--target-ngrams none"))

# By benchmark: the folds of its training part that are measured where its development part is missing or small, and the
# variants.
VARIANTS = {
    "sourcing": (0, (WORDS_ONLY, *variants(
        "--sourcing-features none", "--sourcing-features attribution", "--sourcing-features classes",
        "--sourcing-features surroundings", "--sourcing-features attribution,classes",
        "--sourcing-features attribution,surroundings", "--sourcing-features classes,surroundings",
        "--word-ngrams none", "--case folded", "--char-ngrams 2-5", "--contrast 0.5", "--no-idf", "--class-weight none"))),
    "newsmtsc": (5, (WORDS_ONLY, NO_TARGET, *COMMON, *variants(
        "--char-ngrams none", "--contrast 0", "--sourcing-features attribution", "--no-target-parts", "--no-target-roles"))),
    "semeval": (5, TOPIC),
    "gwstance": (5, tuple(v for v in TOPIC if v != NO_TARGET)),
    "p-stance": (0, TOPIC),
    "vast": (0, PROPOSITION),
    "fnc-1": (5, PAIR),
    "fnc-1-stories": (0, PAIR),
    "ibm": (5, PROPOSITION),
    "perspectrum": (0, PROPOSITION),
    "emergent": (5, PROPOSITION),
}


def benchmark(standard):
    """A benchmark as it is measured here: without tests, by folds where they are needed."""
    folds, _ = VARIANTS[standard.name]
    return replace(standard, folds=folds, tests=tuple(t for t in standard.tests if t in DEVELOPMENT), goal={})
