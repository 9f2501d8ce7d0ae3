"""Which language a text is written in, told so that wrong letters cannot mislead.

Kaf, yeh, heh and alef are what may be wrong, so they cannot be the evidence: words are folded first, as
keyboards confuse letters (پ is ب, گ is ك, ٹ is ت), and pieces of those words decide among seven languages. Letters that
no other language of the seven uses count a little on top. A Persian text typed on an Arabic keyboard therefore reads
the same as a clean one.
"""

from __future__ import annotations

from array import array
from functools import cache, lru_cache
from typing import Final, NamedTuple

from corpuslint.languages import LANGUAGES, letters_but, named_language
from corpuslint.resources import fact_data, fact_path
from corpuslint.text.characters import AE, ALEF_MAKSURA, FARSI_YEH, HEH, HEH_DOACHASHMEE, PRESENTATION_FORMS, ZWNJ
from corpuslint.text.patterns import compile_re
from corpuslint.text.shaping import plain_letters
from corpuslint.words import kernel
from corpuslint.words.levels import KEYBOARD, TABLED
from corpuslint.words.lexicon import table_of
from corpuslint.words.store import kept_arrays

WEIGHED: Final = ("ar", "fa", "ur", "ckb", "ps", "sd", "ug")
"""The languages that pieces of words tell apart: the columns of `data/language.tsv`."""

OTHER: Final = "other"
"""The reading of a text that is not written in Arabic script."""

SAMPLE: Final = 2_000
"""Characters that are looked at; a longer text is sampled at its head and in its middle."""

GLANCE: Final = 500
"""Characters that are enough where they leave no doubt at all."""

SURE_AT_A_GLANCE: Final = 12.0
"""The margin in logits above which no more of a text is read."""

SURE: Final = 5.0
"""The margin in logits from which a reading is taken for a fact.

Of texts of 3 to 40 letters that no weight was fitted on, 1 in 1,000 is read wrong from here on: four Arabic loan words
in a row are a Persian headline as well as an Arabic one (`benchmarks/fit_language.py --report`).
"""


class Reading(NamedTuple):
    """A language, by how much it beat the next one (in logits), and the number of Arabic-script letters read.

    `language` is "" where nothing can be told (too few letters), `OTHER` where the script is not Arabic.
    """

    language: str
    margin: float = 0.0
    letters: int = 0

    @property
    def sure(self) -> bool:
        """Whether the margin leaves little doubt."""
        return self.margin >= SURE

    @property
    def doubtful(self) -> bool:
        """Whether so few letters tell so little that the language had better be left open."""
        return self.letters < 12 and self.margin < _DOUBT


def read_language(text: str, *, by_words_alone: bool = False) -> Reading:
    """The language of `text`, from at most `SAMPLE` characters of it.

    `by_words_alone` leaves aside the letters that a wrong keyboard brings along (ہ ھ ے ە ڪ).

    >>> read_language("قال رئيس الوزراء إن الحكومة ستعلن نتائج الانتخابات غدا").language
    'ar'
    >>> read_language("نخست وزير گفت كه دولت نتايج انتخابات را فردا اعلام مي كند").language
    'fa'
    >>> read_language("The prime minister spoke").language
    'other'
    >>> read_language("ئەڤ هەڤالە دگەل خێزانا خو ل گوندی دژین و ژ باژێری دویرن").language
    'kmr'
    """
    glance = _sampled(text, GLANCE)
    if " في " in glance and "ة " in glance and not _NOT_PLAIN_ARABIC.search(glance):
        return _PLAIN_ARABIC
    if " که " in glance and " از " in glance and not _NOT_PLAIN_PERSIAN.search(glance):
        return _PLAIN_PERSIAN
    reading = _read(glance, by_words_alone)
    if len(text) <= GLANCE or reading.margin >= SURE_AT_A_GLANCE:
        return reading
    return _read(_sampled(text, SAMPLE), by_words_alone)


def _read(sample: str, by_words_alone: bool) -> Reading:
    # A letter counts three times at most: a name or a wrong keyboard must not outvote the words.
    known = evidence()
    if _FORM.search(sample):
        sample = plain_letters(sample)
    *scores, letters, foreign = (known.of_words if by_words_alone else known.of_all).weigh(sample, 0, len(sample), 3)
    if letters < 3 or 2 * letters < foreign:
        return Reading(OTHER if foreign else "", 0.0, letters)
    scores = [score + base for score, base in zip(scores, known.base, strict=True)]
    first, second = sorted(scores)[:-3:-1]
    language = WEIGHED[scores.index(first)]
    return Reading(_by_little_words(sample, language), (first - second) / _STEPS, letters)


def _by_little_words(sample: str, read: str) -> str:
    """The language of the same letters as `read` that the little words of `sample` speak for; `read` where none does.

    It takes two words that are its own, one of them at least on its list and the other by its ending, one of them of
    more than a letter, and more than twice as many as of `read`.
    """
    for tag, own, endings, others in _SIBLINGS.get(read, ()):
        words = _WORD_AS_IT_IS.findall(sample.replace(_HEH_APART, AE).translate(_AS_THEY_SHOULD_BE[read]))
        found = [word for word in words if word in own or (len(word) >= _LONG and word.endswith(endings))]
        proven = len(set(found)) >= 2 and any(len(word) > 1 for word in found) and not own.isdisjoint(found)
        if proven and len(found) > 2 * sum(word in others for word in words):
            return tag
    return read


def words_point_to(text: str, start: int, end: int) -> str:
    """The language that the words of a stretch by themselves point to: `read_language` by words alone, but that every
    letter counts. "" where there is no word, or a letter that hardly one of the languages has.

    >>> [words_point_to(text, 0, len(text)) for text in ("وزير كشور گفت", "كانت الحكومة", "")]
    ['fa', 'ar', '']
    """
    place = evidence().of_words.points_to(text, start, end)
    return WEIGHED[place] if place >= 0 else ""


def may_be_another(text: str, language: str, characters: frozenset[str] | None = None) -> bool:
    """Whether `text` holds a letter that its own `language` does not: a cheap no before an expensive reading.

    Where the `characters` of the whole text around it are given and none is such a letter, `text` is not searched.

    >>> may_be_another("قال الوزير", "ar"), may_be_another("وزیر گفت", "ar"), may_be_another("Reuters", "fa")
    (False, True, False)
    """
    strange = _STRANGE.get(language)
    if strange is None:
        return True
    if (characters is None or not characters.isdisjoint(_STRANGE_LETTERS[language])) and strange.search(text):
        return True
    # Hardly an Arabic line does without the article; a Persian one in Arabic letters may well.
    return language == "ar" and len(text) > 40 and "ال" not in text


@lru_cache(maxsize=256)
def declared_language(tag: str) -> str:
    """The language of a metadata value: a BCP 47 or ISO 639-2 tag, or the name of the language; "" if not one of ours.

    >>> declared_language("ar-EG"), declared_language("per"), declared_language("Sorani"), declared_language("en")
    ('ar', 'fa', 'ckb', '')
    """
    name = _plain(tag)
    found = _TAGS.get(name) or _TAGS.get(name.split("-")[0]) or named_language(name)
    return found if found and LANGUAGES[found].alphabet else ""


def may_mean(tag: str, language: str) -> bool:
    """Whether a declared `tag` that means one language may mean `language`, which has the same letters, as well.

    >>> may_mean("ku", "kmr"), may_mean("ckb", "kmr"), may_mean("ku-Arab", "fa")
    (True, False, False)
    """
    like = LANGUAGES[language].like if language in LANGUAGES else ""
    name = _plain(tag)
    return bool(like) and not {name, name.split("-")[0]}.isdisjoint(LANGUAGES[like].shared)


def _plain(tag: str) -> str:
    return tag.strip().lower().replace("_", "-")


class _Evidence(NamedTuple):
    """What letters weigh, all of them and those that no wrong keyboard brings along; what every sum begins from."""

    of_all: kernel.LetterWeights
    of_words: kernel.LetterWeights
    base: tuple[int, ...]


@cache
def evidence() -> _Evidence:
    kept = kept_arrays("language", (fact_path("language.tsv"),), _made)
    of_all, of_words = (
        kernel.LetterWeights(
            KEYBOARD.table, kept["slots"], kept["numbers"], kept["weights"], kept[telling],
            array("i", bytes(4 * kept["rows"][0])), array("i", bytes(4 * (len(WEIGHED) + 3))),
        )
        for telling in ("telling", "telling words")
    )  # fmt: skip
    return _Evidence(of_all, of_words, tuple(kept["weights"][: len(WEIGHED)]))


def _made() -> dict[str, array[int]]:
    """The table of evidence, seven weights a row: what all begin from, letters that tell by themselves, and pieces of
    words by number."""
    entries = [line.partition("\t") for line in fact_data("language.tsv").splitlines()]
    signs = {piece: row for piece, tab, row in entries if tab and piece[0] != "#"}
    single = [piece for piece in signs if piece[0] in "=!"]
    single.sort(reverse=True)  # "=" goes first
    pieces = [piece for piece in signs if piece[0] not in "=!"]
    table = table_of(kernel.joined_key(kernel.packed(piece.replace("_", _EDGE)), 0) for piece in pieces)
    telling = {name: array("H", bytes(2 * TABLED)) for name in ("telling", "telling words")}
    for row, piece in enumerate(single[1:], 1):
        telling["telling"][ord(piece[1])] = row
        telling["telling words"][ord(piece[1])] = 0 if piece[1] in _BORROWED else row
    weights = array("B", (ord(sign) - _ZERO for piece in single + pieces for sign in signs[piece]))
    rows = array("i", (len(single),))
    return {"slots": table.slots, "numbers": table.numbers, "weights": weights, "rows": rows, **telling}


def _sampled(text: str, size: int) -> str:
    """`text`, or its head and as much again from its middle where it is longer than `size`."""
    if len(text) <= size:
        return text
    half = size // 2
    middle = len(text) // 2
    return f"{text[:half]}\n{text[middle : middle + half]}"


_WORD_AS_IT_IS: Final = compile_re("[\u0621-\u06d5]+")
_HEH_APART: Final = f"{HEH}{ZWNJ}"
_AS_THEY_SHOULD_BE: Final = {
    language.like: str.maketrans({**LANGUAGES[language.like].instead_of, ALEF_MAKSURA: FARSI_YEH, HEH_DOACHASHMEE: HEH})
    for language in LANGUAGES.values()
    if language.like
}
_SIBLINGS: Final = {
    other.like: tuple(
        (tag, frozenset(one.words).difference(other_words), one.endings, other_words.difference(one.words))
        for tag, one in LANGUAGES.items()
        if one.like == other.like
    )
    for other in LANGUAGES.values()
    if other.like and (other_words := frozenset(LANGUAGES[other.like].words))
}
"""For each language whose letters others have too: those others, with their words and endings, and its own words."""

_LONG: Final = 6
_DOUBT: Final = 3.0  # of readings of so few letters 1 in 40 is wrong from here on, every third below

_EDGE: Final = chr(3)  # as the kernel writes the edge of a word
_ZERO: Final = ord("#")
_STEPS: Final = 10
_PLAIN_ARABIC: Final = Reading("ar", 99.0, SAMPLE)

_PLAIN_PERSIAN: Final = Reading("fa", 99.0, SAMPLE)

_FORM: Final = compile_re(f"[{PRESENTATION_FORMS}]")
_BORROWED: Final = frozenset("ہھےەڪ")
_NOT_PLAIN_ARABIC: Final = compile_re("[پچژگکی\u066e-\u06ff]")
_NOT_PLAIN_PERSIAN: Final = compile_re("[يكةىٹڈڑںےہەۆێڵټځڅډړښڼېۍ]")
_STRANGE_LETTERS: Final = {language: frozenset(letters_but(language)) for language in ("ar", "fa")}
_STRANGE: Final = {tag: compile_re(f"[{''.join(sorted(letters))}]") for tag, letters in _STRANGE_LETTERS.items()}
_TAGS: Final = {tag: language.tag for language in LANGUAGES.values() for tag in (language.tag, *language.also)}
