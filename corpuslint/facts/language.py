"""Which language a text is written in, told so that wrong letters cannot mislead.

Kaf, yeh, heh and alef are what may be wrong, so they cannot be the evidence: words are folded to a skeleton first
(پ is ب, گ is ك, ٹ is ت), and pieces of skeleton words decide among seven languages. Letters that no other language
of the seven uses count a little on top. A Persian text typed on an Arabic keyboard therefore reads the same as a
clean one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from corpuslint.languages import LANGUAGES, letters_but, named_language
from corpuslint.resources import fact_data, shipped_table
from corpuslint.text.characters import AE, ALEF_MAKSURA, FARSI_YEH, HEH, HEH_DOACHASHMEE, ZWNJ
from corpuslint.text.folding import fold
from corpuslint.text.patterns import compile_re

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

SURE: Final = 3.0
"""The margin in logits from which a reading is taken for a fact (1 in 20 below it is wrong at 20 characters)."""


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
        return self.letters < 12 and not self.sure


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
    read = sum(map(_TOKENS.__getitem__, sample.split()))
    letters, foreign = (read >> _LETTERS) & _FIELD, read >> _FOREIGN
    if letters < 3 or 2 * letters < foreign:
        return Reading(OTHER if foreign else "", 0.0, letters)
    table = evidence()
    cost = table["="] + (read & _ALL_SEVEN)
    for letter in set(_telling_letter().findall(sample)):
        if by_words_alone and letter in _BORROWED:
            continue
        # A letter counts three times at most: a name or a wrong keyboard must not outvote the words.
        cost += table["!" + letter] * min(sample.count(letter), 3)
    scores = [(cost >> shift) & _FIELD for shift in _SHIFTS]
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


class _Tokens(dict[str, int]):
    """What each stretch between blanks tells: the seven weights, its Arabic-script letters and its other letters.

    Folding knows no context, so that a text is the sum of such stretches.
    """

    def __missing__(self, token: str) -> int:
        words = _WORD.findall(skeleton(token))
        read = sum(map(_weigh, words)) + (sum(map(len, words)) << _LETTERS)
        read += len(_FOREIGN_LETTER.findall(token)) << _FOREIGN
        if len(self) > _REMEMBERED:
            self.clear()
        self[token] = read
        return read


def words_point_to(words: Iterable[str]) -> str:
    """The language that words by themselves point to: `read_language` by words alone, for words used again and again.

    It counts every letter, where a reading counts none more than three times. "" where there is no word.

    >>> words_point_to(["وزير", "كشور", "گفت"]), words_point_to(["كانت", "الحكومة"]), words_point_to([])
    ('fa', 'ar', '')
    """
    cost = sum(map(_WORDS_ALONE.__getitem__, words))
    if not cost:
        return ""
    cost += evidence()["="]
    scores = [(cost >> shift) & _FIELD for shift in _SHIFTS]
    return WEIGHED[scores.index(max(scores))]


def weigh_word(word: str) -> int:
    """What `word` weighs in `words_point_to`, as a number: weights of words add up."""
    return _WORDS_ALONE[word]


class Pointing:
    """Whether words that were weighed before point to one language, as `words_point_to` would say.

    >>> fa = Pointing("fa")
    >>> fa.holds(weigh_word("وزير") + weigh_word("كشور") + weigh_word("گفت")), fa.holds(weigh_word("الحكومة"))
    (True, False)
    """

    def __init__(self, language: str) -> None:
        place = WEIGHED.index(language)
        self._place = place
        self._shift = _SHIFTS[place]
        # Of languages that words speak for equally, the first is meant: those before this one must have less.
        self._margins = _GUARDS - sum(1 << shift for shift in _SHIFTS[:place])
        self._base = evidence()["="]
        self.least = max(0, -self.lead(self._base))

    def lead(self, weight: int) -> int:
        """By how much a weight points to the language before any other: below 0 where it points to another.

        Leads add up to a lower bound: words whose leads are above `least` in sum point to the language.
        """
        scores = [(weight >> shift) & _FIELD for shift in _SHIFTS]
        own = scores.pop(self._place)
        return own - max(scores)

    def holds(self, weight: int) -> bool:
        """Whether words of this weight, some hundreds at most, point to the language."""
        if not weight:
            return False
        weight += self._base
        # All seven are compared at once: where one weighs more, its guard bit is borrowed from.
        own = (weight >> self._shift) & _FIELD
        return (own * _ONES + self._margins - weight) & _GUARDS == _GUARDS


class _WordsAlone(dict[str, int]):
    """What each word weighs, with the letters of it that no wrong keyboard brings along."""

    def __missing__(self, word: str) -> int:
        table = evidence()
        cost = sum(_weigh(piece) for piece in _WORD.findall(skeleton(word)))
        cost += sum(table["!" + letter] for letter in _telling_letter().findall(word) if letter not in _BORROWED)
        if len(self) > _REMEMBERED:
            self.clear()
        self[word] = cost
        return cost


def may_be_another(text: str, language: str) -> bool:
    """Whether `text` holds a letter that its own `language` does not: a cheap no before an expensive reading.

    >>> may_be_another("قال الوزير", "ar"), may_be_another("وزیر گفت", "ar"), may_be_another("Reuters", "fa")
    (False, True, False)
    """
    strange = _STRANGE.get(language)
    if strange is None or strange.search(text):
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


def skeleton(text: str) -> str:
    """`text` folded further: letters that one keyboard writes for another's become the same.

    >>> skeleton("گفت\\N{ZERO WIDTH NON-JOINER}وگو") == skeleton("كفت وكو")
    True
    """
    text = fold(text)
    for letter in set(_UNFOLDED.findall(text)):
        text = text.replace(letter, _SKELETON[letter])
    return text


def pieces(word: str) -> Iterator[str]:
    """The pieces of a skeleton word that the evidence table knows: runs of three and four letters, edges marked.

    >>> list(pieces("من"))
    ['_من', 'من_', '_من_']
    """
    edged = f"_{word}_"
    for size in (3, 4):
        for start in range(len(edged) - size + 1):
            yield edged[start : start + size]


@cache
def evidence() -> dict[str, int]:
    """The table of evidence: for each piece, the seven weights packed into one integer, so that they add up at once."""
    return shipped_table("language", _evidence)


def _evidence() -> dict[str, int]:
    table: dict[str, int] = {}
    lines = fact_data("language.tsv").splitlines()
    for line in lines:
        piece, tab, signs = line.partition("\t")
        if tab and piece[0] != "#":
            table[piece] = sum((ord(sign) - _ZERO) << shift for sign, shift in zip(signs, _SHIFTS, strict=True))
    return table


@cache
def _telling_letter() -> re.Pattern[str]:
    """A letter that has a weight by itself."""
    return compile_re(f"[{''.join(piece[1] for piece in evidence() if piece[0] == '!')}]")


@cache
def _weigh_all() -> dict[str, int]:
    return {}


def _weigh(word: str) -> int:
    known = _weigh_all()
    weight = known.get(word)
    if weight is None:
        table = evidence()
        weight = sum(table.get(piece, 0) for piece in pieces(word))
        if len(known) > _REMEMBERED:
            known.clear()
        known[word] = weight
    return weight


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

_TOKENS: Final = _Tokens()
_WORDS_ALONE: Final = _WordsAlone()
_ZERO: Final = ord("#")
_STEPS: Final = 10
_BITS: Final = 24
_FIELD: Final = (1 << _BITS) - 1
_SHIFTS: Final = tuple(_BITS * place for place in range(len(WEIGHED)))
_LETTERS: Final = _BITS * len(WEIGHED)
_FOREIGN: Final = _LETTERS + _BITS
_ONES: Final = sum(1 << shift for shift in _SHIFTS)
_GUARDS: Final = _ONES << _BITS - 1
_ALL_SEVEN: Final = (1 << _LETTERS) - 1
_REMEMBERED: Final = 100_000
_PLAIN_ARABIC: Final = Reading("ar", 99.0, SAMPLE)

_PLAIN_PERSIAN: Final = Reading("fa", 99.0, SAMPLE)

_WORD: Final = compile_re("[ء-ی]+")
_FOREIGN_LETTER: Final = compile_re(r"[^\W\d_\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_BORROWED: Final = frozenset("ہھےەڪ")
_NOT_PLAIN_ARABIC: Final = compile_re("[پچژگکی\u066e-\u06ff]")
_NOT_PLAIN_PERSIAN: Final = compile_re("[يكةىٹڈڑںےہەۆێڵټځڅډړښڼېۍ]")
_STRANGE: Final = {language: compile_re(f"[{letters_but(language)}]") for language in ("ar", "fa")}
_SKELETON: Final = {
    variant: letter
    for letter, variants in {
        "ب": "پٻڀ",
        "ج": "چڃڄڇ",
        "ز": "ژ",
        "ک": "گڱڳڭݣ",
        "ف": "ڤڦڥ",
        "ق": "ڨ",
        "ت": "ٹټٺٽٿ",
        "د": "ڈډڊڌڍڏ",
        "ر": "ڑړڕڙږ",
        "ن": "ںڼڻ",
        "و": "ۆۇۈۋۉ",
        "ل": "ڵ",
        "س": "ښ",
        "ح": "ځڅ",
        "": "ء",
    }.items()
    for variant in variants
}
_UNFOLDED: Final = compile_re(f"[{''.join(_SKELETON)}]")
_TAGS: Final = {tag: language.tag for language in LANGUAGES.values() for tag in (language.tag, *language.also)}
