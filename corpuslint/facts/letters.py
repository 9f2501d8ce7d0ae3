"""Words that are written with the letters of another language's alphabet, and how they are rightly written.

Real pollution mixes inside one sentence, so each word is judged by itself, inside the language of its own line.
Arabic, Persian, Urdu and Sorani have one right kaf, yeh and heh each, Sindhi one yeh. Pashto and Uyghur use several of
them side by side and are never rewritten.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from corpuslint.facts.language import SURE, may_be_another, read_language, words_point_to
from corpuslint.facts.protected import ARTICLE, BROUGHT, QUOTED_MARGIN, foreign_words, touches
from corpuslint.facts.sorani import OWN_LETTERS, in_arabic
from corpuslint.facts.telling import MARKS, WORD, is_formula
from corpuslint.facts.yeh import final_yeh
from corpuslint.languages import LANGUAGES, LETTERS, same_letters
from corpuslint.resources import fact_data
from corpuslint.text.characters import (
    AE,
    ALEF_MAKSURA,
    ARABIC_KAF,
    ARABIC_YEH,
    HARAKAT,
    HEH,
    HEH_DOACHASHMEE,
    HEH_GOAL,
    KASHMIRI_YEH,
    TATWEEL,
    TEH_MARBUTA,
    ZWJ,
    ZWNJ,
)
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span
from corpuslint.words import kernel
from corpuslint.words.levels import TABLED

if TYPE_CHECKING:
    from corpuslint.facts.layout import Line
    from corpuslint.facts.page import Page


class Respelling(NamedTuple):
    """A word in letters of another alphabet than its line's.

    `right` is the word as it should be, as far as that is certain; `candidates` are the spellings between which
    nothing decides, the likelier first, and empty where `right` is the whole answer. `right` is the first of them where
    it is right in 99 of 100 cases.
    """

    span: Span
    language: str
    word: str
    right: str
    candidates: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 14)
def respell_word(word: str, language: str, before: str = "", after: str = "") -> tuple[str, tuple[str, ...]]:
    """`word` in the letters of `language`, and the candidates where its last letter cannot be told.

    `before` and `after` are the neighbour words; where a sign follows, `after` is the sign. The word comes back
    unchanged where it is right, or is not a word of the language.

    >>> respell_word("الشمالیة", "ar"), respell_word("علي", "fa"), respell_word("كوردستان", "ckb")
    (('الشمالية', ()), ('علی', ()), ('کوردستان', ()))
    >>> respell_word("رأی", "ar")
    ('رأی', ('رأي', 'رأى'))
    >>> respell_word("گوگل", "ar")
    ('گوگل', ())
    """
    if language == "ar":
        return _in_arabic(word, before, after)
    table = _TABLES.get(language)
    if table is None or _VOCALISED.search(word):  # such a word is of an Arabic quotation
        return word, ()
    if language == "ckb" and (is_formula(word) or _WITH_ARTICLE.match(word)):  # Sorani leaves Arabic words as they are
        return word, ()
    if language in _STRANGERS and _STRANGERS[language].search(word):
        return word, ()
    if language == "ur":
        return _in_urdu(word)
    if language == "fa":
        if _AE_INSIDE.search(word):
            return word, ()
        word = _AE_BEFORE_VERB.sub(HEH + ZWNJ, word)
    right = "".join(table.get(letter, letter) for letter in word)
    # An Urdu title in Sindhi has no letter that only Sindhi has, and a word with one has one reading. Some write ہ.
    doubtful = language == "sd" and (not _ONLY_SINDHI.search(word) or HEH_GOAL in word)
    return right, (right,) if doubtful and right != word else ()


def respellings(anatomy: Page) -> Iterator[Respelling]:
    """Every word of the text that is written in letters its language does not have."""
    document = _SUSPECTS.get(anatomy.language)
    if document is None or anatomy.characters.isdisjoint(_SUSPECT_LETTERS[anatomy.language]):
        return
    settled = bool(anatomy.declared_language) or anatomy.reading.sure
    for line in anatomy.filled:
        if not (document.search(line.text) or may_be_another(line.text, anatomy.language, anatomy.characters)):
            continue
        language = anatomy.language_of(line)
        suspects = _SUSPECTS.get(language)
        if suspects is None or not suspects.search(line.text) or not anatomy.may_rewrite(language):
            continue
        if language == "ar" != anatomy.language and _is_set_as_quoted(line.text):
            continue
        if any(tag != language and proof.search(line.text) for tag, proof in _PROOFS.items()):
            continue
        if not settled and not anatomy.read_piece(line.body).sure:
            continue
        yield from _in_line(anatomy, line, language)


def _is_set_as_quoted(line: str) -> bool:
    """Whether an Arabic line of another text is a saying: in letters of that text, or with vowels on its words."""
    return not _ARABIC_LETTER.search(line) or len(_VOWEL.findall(line)) > line.count(" ")


def _in_line(anatomy: Page, line: Line, language: str) -> Iterator[Respelling]:
    """The words of a line that hold a letter the language may not have, with their neighbours: in Arabic those tell
    what a last letter is."""
    text, end, is_arabic = anatomy.text, line.body.end, language == "ar"
    reading, protected, suspects = anatomy.words, anatomy.protected, _SUSPECT_TABLES[language]
    for begin, behind_all, words in kernel.clauses_holding(
        text, line.body.start, end, suspects, reading.starts, reading.ends, reading.gaps
    ):
        clause = None
        for start, behind, first, last in words:
            word = text[start:behind]
            if (protected and touches(protected, start, behind)) or (is_arabic and word in _NEVER_ARABIC):
                continue
            beside = _beside(text, start, behind, first, last, end) if is_arabic else ()
            right, candidates = respell_word(word, language, *beside)
            if right == word and not candidates:
                continue
            if clause is None:
                clause = _Clause(anatomy, Span(begin, behind_all), language)
            span = _new(Span, (start, behind))
            if clause.is_sound or not clause.is_foreign(span, first, last):
                yield _new(Respelling, (span, language, word, right, candidates))


_new: Final = tuple.__new__


def _beside(text: str, start: int, behind: int, first: int, last: int, end: int) -> tuple[str, str]:
    """The words before and behind, as far as blanks alone stand between; behind, else the next sign of the line."""
    before, after = text[first:start], text[behind : min(last, end)]
    before = _bare(before.rstrip()) if before[-1:].isspace() and not _SIGN_OR_DIGIT.search(before) else ""
    if after[:1].isspace() and not _SIGN_OR_DIGIT.search(after):
        return before, _bare(after.lstrip())
    return before, text[behind : min(behind + _REACH, end)].lstrip()[:1]


QUOTED_WORDS: Final = 4
"""Words in a row that are read together to tell a quotation without quotation marks."""

_REACH: Final = 40
"""Characters behind a word within which its sign stands."""

CLAUSE_LETTERS: Final = 9
"""A clause with fewer letters is too short to be read by itself."""


class _Clause:
    """What is read around the words of one clause; it may be a line of a million words, and is read once."""

    def __init__(self, anatomy: Page, span: Span, language: str) -> None:
        self.span = span
        self._anatomy, self._text, self._language = anatomy, anatomy.text, same_letters(language)
        told = foreign_words(anatomy.text, *span)
        self._may_quote = bool(told & BROUGHT.get(self._language, 0))
        self._is_unproven = language == "ar" and _STRANGERS["ar"].search(anatomy.text, *span) is not None
        pointed = words_point_to(anatomy.text, *span)
        self._is_plain = pointed == self._language
        self._is_of_document = not self._is_plain and pointed == same_letters(anatomy.language)
        # Three words of Arabic among others hold its article.
        self.is_sound = self._is_plain and not self._may_quote and language != "ar" and not told & ARTICLE
        self._said: dict[Span, str] = {}

    def is_foreign(self, word: Span, first: int, last: int) -> bool:
        """Whether what stands around `word` reads, surely, as another language: a quotation, a title.

        The clause is read, then the word with its neighbours, from `first` to `last`, as far as they are of the clause.
        A word alone tells nothing. Nothing is foreign in a clause that is sound.
        """
        if is_formula(word.of(self._text)):
            return False
        if self._is_of_document:
            return True
        if self._is_unproven:
            # A clause with a letter that Arabic does not have must prove to be Arabic.
            reading = self._anatomy.read_piece(self.span)
            return not (reading.language == "ar" and reading.sure)
        if self._is_quoted(word) or (self._language == "ckb" and word.start in self._among_arabic):
            return True
        near = Span(max(first, self.span.start), min(last, self.span.end))
        if self._is_plain and words_point_to(self._text, *near) == self._language:  # cheaper than a reading
            return False
        return self._reads_as_another(self.span, word) or self._reads_as_another(near, word)

    def _is_quoted(self, word: Span) -> bool:
        """Whether four words in a row, this one among them, read as another language and hold a word of it."""
        if not self._may_quote:
            return False
        place = bisect_left(self._words, word)
        last = len(self._words) - QUOTED_WORDS
        for first in range(max(0, place - QUOTED_WORDS + 1), min(place, last) + 1):
            stretch = Span(self._words[first].start, self._words[first + QUOTED_WORDS - 1].end)
            if foreign_words(self._text, *stretch) & BROUGHT[self._language] and self._reads_as_another(
                stretch, word, QUOTED_MARGIN
            ):
                return True
        return False

    @cached_property
    def _words(self) -> list[Span]:
        return [Span(*match.span()) for match in WORD.finditer(self._text, *self.span)]

    @cached_property
    def _among_arabic(self) -> frozenset[int]:
        """Where words of Sorani begin that may be of an Arabic saying."""
        words = [word.of(self._text) for word in self._words]
        sayings = zip(self._words, words, in_arabic(words), strict=True)
        return frozenset(span.start for span, word, arabic in sayings if arabic and not OWN_LETTERS.search(word))

    def _reads_as_another(self, piece: Span, word: Span, margin: float = SURE) -> bool:
        """Whether `piece` reads as a language that has the letters of `word`."""
        reading = self._anatomy.read_piece(piece)
        return (
            same_letters(reading.language) != self._language
            and reading.letters >= CLAUSE_LETTERS
            and reading.margin >= margin
            # In a language that lacks these letters too, no quotation explains them.
            and _ALPHABETS[reading.language].issuperset(_SUSPECTS[self._language].findall(word.of(self._text)))
            # The borrowed letters themselves must not be the evidence: بسم اللہ is Arabic.
            and self._words_say(piece) != self._language
        )

    def _words_say(self, piece: Span) -> str:
        said = self._said.get(piece)
        if said is None:
            reading = read_language(piece.of(self._text), by_words_alone=True)
            said = self._said[piece] = same_letters(reading.language)
        return said


_SIGN_OR_DIGIT: Final = compile_re(rf"[^\s{MARKS}{TATWEEL}{ZWNJ}{ZWJ}\w]|\d")


def _bare(word: str) -> str:
    return _UNWRITTEN.sub("", word)


def _in_arabic(word: str, before: str, after: str) -> tuple[str, tuple[str, ...]]:
    if _STRANGERS["ar"].search(word) or _AE_INSIDE.search(word):
        return word, ()
    certain = [
        _yeh_in_arabic(word, place) if letter in _YEHS else _ARABIC.get(letter, letter)
        for place, letter in enumerate(word)
    ]
    if word.endswith(AE) and not is_formula(word):
        # ە at the end of an Arabic word is what Kurdish keyboards have for teh marbuta, and for heh.
        stem = "".join(certain[:-1])
        return word, (stem + TEH_MARBUTA, stem + HEH)
    open_places = [place for place, letter in enumerate(certain) if letter in _YEHS]
    if not open_places:
        return "".join(certain), ()
    place = open_places[-1]
    stem = "".join(certain[:place])
    verdict = final_yeh(_bare(stem), before, after, vowel=stem[-1:])
    if verdict.certain:
        certain[place] = verdict.letter
        return "".join(certain), ()
    other = ALEF_MAKSURA if verdict.letter == ARABIC_YEH else ARABIC_YEH
    candidates = tuple("".join([*certain[:place], letter, *certain[place + 1 :]]) for letter in (verdict.letter, other))
    return candidates[0] if verdict.likely else "".join(certain), candidates


def _in_urdu(word: str) -> tuple[str, tuple[str, ...]]:
    """The word in Urdu letters; U+0647 is ہ or ھ, told by the letter before it and by the word."""
    word = "".join(_URDU.get(letter, letter) for letter in word)
    if KASHMIRI_YEH in word:
        return word, tuple(word.replace(KASHMIRI_YEH, letter) for letter in ("ؤ", "ئ"))
    if HEH not in word:
        return word, ()
    goal = word.replace(HEH, HEH_GOAL)
    if not MAY_BE_ASPIRATED.search(word):
        return goal, ()
    if known := _urdu_words().get(word.translate(_ONE_HEH)):
        return known, ()
    return word, (MAY_BE_ASPIRATED.sub(HEH_DOACHASHMEE, word).replace(HEH, HEH_GOAL), goal)


@cache
def _urdu_words() -> dict[str, str]:
    """Words in which heh may be ہ or ھ, by the same word with U+0647 for both."""
    return {word.translate(_ONE_HEH): word for word in fact_data("urdu-heh.txt").split()}


_ONE_HEH: Final = str.maketrans({HEH_GOAL: HEH, HEH_DOACHASHMEE: HEH})


def _yeh_in_arabic(word: str, place: int) -> str:
    """What the yeh at `place` is in Arabic: itself where it ends the word and only the lexicon can tell."""
    tail = word[place + 1 :]
    marks = tail[: len(tail) - len(tail.lstrip(_TAIL_MARKS))]
    if "\N{ARABIC LETTER SUPERSCRIPT ALEF}" in marks:
        return ALEF_MAKSURA
    if "\N{ARABIC HAMZA ABOVE}" in marks:
        return ARABIC_YEH
    if len(marks) < len(tail) or _YEH_MARK.search(marks):
        # Letters follow (ء among them: شيء), or a mark that alef maksura does not take.
        return ARABIC_YEH
    return word[place] if word[:place] else ARABIC_YEH


_TABLES: Final = {tag: language.instead_of for tag, language in LANGUAGES.items() if language.instead_of}
_ARABIC: Final = _TABLES["ar"]
_YEHS: Final = frozenset(letter for letter, right in _ARABIC.items() if right == ARABIC_YEH)
_URDU: Final = _TABLES["ur"]

MAY_BE_ASPIRATED: Final = compile_re(f"(?<=[بپتٹجچدڈڑکگرلنم]){HEH}")
"""U+0647 where Urdu has ھ as well as ہ: behind a consonant that can be aspirated."""

_SUSPECT_LETTERS: Final = {tag: frozenset(table).union(LANGUAGES[tag].undecided) for tag, table in _TABLES.items()}
_SUSPECTS: Final = {tag: compile_re(f"[{''.join(sorted(letters))}]") for tag, letters in _SUSPECT_LETTERS.items()}
_ENDS_CLAUSE: Final = frozenset('.:؛;،,«»"()[]|؟?!-/')
_SUSPECT_TABLES: Final = {
    tag: bytearray((letter in letters) | 2 * (letter in _ENDS_CLAUSE) for letter in map(chr, range(TABLED)))
    for tag, letters in _SUSPECT_LETTERS.items()
}
_ALPHABETS: Final = {tag: frozenset(language.alphabet) for tag, language in LANGUAGES.items()}
_STRANGERS: Final = {
    tag: compile_re(f"[{''.join(sorted(strange))}{LANGUAGES[tag].names_bring}]")
    for tag in ("ar", "fa", "sd", "ur")
    for strange in [LETTERS.difference(LANGUAGES["ar"].alphabet, LANGUAGES[tag].alphabet, _TABLES[tag])]
}
"""Letters that no rewriting makes letters of the language: a word that holds one is a name or a quotation."""
_PROOFS: Final = {
    "sd": compile_re("[\N{ARABIC SIGN SINDHI AMPERSAND}\N{ARABIC SIGN SINDHI POSTPOSITION MEN}]"),
    "ur": compile_re(r"ہے(?<!\wہے)(?!\w)"),  # the copula, in verse of Persian words too
}
"""Signs and words of one language alone, whatever the words around them say."""
_ONLY_SINDHI: Final = compile_re(f"[{LANGUAGES['sd'].marks}]")
_VOWEL: Final = compile_re(f"[{HARAKAT}]")
_VOCALISED: Final = compile_re(f"\N{ARABIC SUKUN}|(?:[{HARAKAT}][^{HARAKAT}]*){{3}}")
_ARABIC_LETTER: Final = compile_re(f"[{ARABIC_KAF}{ARABIC_YEH}{ALEF_MAKSURA}]")
# U+06D5 is a vowel of Sorani and Uyghur. Inside a word it marks a Kurdish name, unless a Persian auxiliary follows.
_AE_BEFORE_VERB: Final = compile_re(f"{AE}(?=(?:ام|ای|ایم|اید|اند)$)")
_AE_INSIDE: Final = compile_re(f"{AE}(?!(?:ام|ای|ایم|اید|اند)?$)")
_TAIL_MARKS: Final = HARAKAT + "\N{ARABIC HAMZA ABOVE}" + TATWEEL + ZWNJ + ZWJ
_YEH_MARK: Final = compile_re(f"[{HARAKAT[:-1]}]")
_UNWRITTEN: Final = compile_re(f"[{MARKS}{TATWEEL}{ZWNJ}{ZWJ}]")
_WITH_ARTICLE: Final = compile_re(r"(?:و?ال|لل)\w\w(?!\w*[ەێۆڵڕ]\w)")
_NEVER_ARABIC: Final = frozenset(["این", "که", "برای", "می", "نمی", "های", "کردن", "کردند", "نیز", "کنند", "باید"])
