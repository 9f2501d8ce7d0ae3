"""Words that are written with the letters of another language's alphabet, and how they are rightly written.

Real pollution mixes inside one sentence, so each word is judged by itself, inside the language of its own line.
Arabic, Persian, Urdu and Sorani have one right kaf, yeh and heh each. Pashto, Sindhi and Uyghur use several of them
side by side and are never rewritten.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from corpuslint.facts.language import (
    SURE,
    Pointing,
    may_be_another,
    read_language,
    weigh_word,
    words_point_to,
)
from corpuslint.facts.protected import QUOTED_MARGIN, WORDS_IN_QUOTATIONS, may_quote, touches
from corpuslint.facts.telling import MARKS, SHORT_MARGIN, WORD, is_formula
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
    holds_any,
)
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span

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


def respellings(anatomy: Page) -> tuple[Respelling, ...]:
    """Every word of the text that is written in letters its language does not have."""
    return tuple(_respell(anatomy))


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
    if table is None or (language == "ckb" and is_formula(word)):  # Sorani writes "peace be upon him" in Arabic letters
        return word, ()
    if language == "ur":
        return _in_urdu(word)
    if language == "fa":
        if _AE_INSIDE.search(word) or _NOT_PERSIAN.search(word):
            return word, ()
        word = _AE_BEFORE_VERB.sub(HEH + ZWNJ, word)
    return "".join(table.get(letter, letter) for letter in word), ()


def _respell(anatomy: Page) -> Iterator[Respelling]:
    text = anatomy.text
    document = _SUSPECTS.get(anatomy.language)
    if document is None or not holds_any(text, _SUSPECT_LETTERS[anatomy.language]):
        return
    reading = anatomy.reading
    settled = bool(anatomy.declared_language) or reading.margin >= (SURE if reading.letters >= 40 else SHORT_MARGIN)
    for line in anatomy.filled:
        if not (document.search(line.text) or may_be_another(line.text, anatomy.language)):
            continue
        language = anatomy.language_of(line)
        suspects = _SUSPECTS.get(language)
        if suspects is None or not suspects.search(line.text) or not anatomy.may_rewrite(language):
            continue
        if language == "ar" != anatomy.language and not _ARABIC_LETTER.search(line.text):
            # A saying of the Prophet in a Persian text, set in the letters of that text.
            continue
        if not settled and anatomy.read_piece(line.body).margin < SHORT_MARGIN:
            continue
        yield from _in_arabic_line(anatomy, line) if language == "ar" else _in_line(anatomy, line, language)


def _in_arabic_line(anatomy: Page, line: Line) -> Iterator[Respelling]:
    """The words of an Arabic line, each with its neighbours: they tell what a last letter is."""
    text = anatomy.text
    words = [Span(*match.span()) for match in WORD.finditer(text, *line.body)]
    clauses = _clauses(text, line)
    around: _Around | None = None
    for place, span in enumerate(words):
        word = span.of(text)
        if not _SUSPECTS["ar"].search(word) or touches(anatomy.protected, *span):
            continue
        clause = clauses[bisect_right(clauses, (span.start, len(text))) - 1]
        if around is None or around.clause != clause:
            around = _Around(anatomy, clause, "ar")
        if word in _NEVER_ARABIC or around.is_foreign(span):
            continue
        before = _bare(words[place - 1].of(text)) if place and _adjoin(text, words[place - 1], span) else ""
        following = place + 1 < len(words) and _adjoin(text, span, words[place + 1])
        after = _bare(words[place + 1].of(text)) if following else _sign_after(text, span.end, line.body.end)
        right, candidates = respell_word(word, "ar", before, after)
        if right != word or candidates:
            yield Respelling(span, "ar", word, right, candidates)


def _in_line(anatomy: Page, line: Line, language: str) -> Iterator[Respelling]:
    """The words of a line whose language has one right letter for each wrong one.

    What stands between two blanks is judged once in a run. A look at the line itself is needed only where those
    judgements leave a doubt whether a word is of the language.
    """
    text, at = anatomy.text, line.body.start
    known = _STRETCHES[language]
    pointing = known.pointing
    least, holds = pointing.least, pointing.holds
    protected = anatomy.protected
    may_hold_arabic = " في " in line.text and "ة " in line.text
    cursor = at
    for clause in _CLAUSE_END.split(line.text):
        around: _Around | None = None
        begin = text.index(clause, cursor)  # what lies between is what was split at
        cursor = begin + len(clause)
        words = list(chain.from_iterable(map(known.__getitem__, clause.split())))
        words += (_NOTHING, _NOTHING)  # stands behind the last word, and before the first
        leads = sum([word[0] for word in words])
        settled = leads > -_DOUBT and len(words) <= _WEIGHED and not may_quote(clause, language)
        plain = (leads > least or (settled and holds(sum([word[4] for word in words])))) and not (
            may_hold_arabic and " في " in clause and "ة " in clause
        )
        for place, (lead, suspect, right, formula, weight, candidates) in enumerate(words):
            if not suspect:
                continue
            # All words with a letter of the wrong kind come by in order, so the next place it stands at is its own.
            start = text.index(suspect, at)
            at = start + len(suspect)
            if (right == suspect and not candidates) or (protected and touches(protected, start, at)):
                continue
            before, behind = words[place - 1], words[place + 1]
            if not formula and not (
                plain and (before[0] + lead + behind[0] > least or holds(before[4] + weight + behind[4]))
            ):
                if around is None:
                    closed = _CLAUSE_END.match(text, cursor, line.body.end)
                    around = _Around(anatomy, Span(begin, closed.end() if closed else cursor), language)
                if around.is_foreign(Span(start, at), may_be_plain=not settled):
                    continue
            # `Respelling(…)` and `Span(…)`, without a call in between: a text may be full of them.
            yield _new(Respelling, (_new(Span, (start, at)), language, suspect, right, candidates))


_new: Final = tuple.__new__


class _Word(NamedTuple):
    """What is known of a word wherever it stands.

    `lead` is by how much it points to the language before any other. `suspect` is the word itself where it has a
    letter that the language may not have, and `right` how it is rightly spelt.
    """

    lead: int = 0
    suspect: str = ""
    right: str = ""
    formula: bool = False
    weight: int = 0
    candidates: tuple[str, ...] = ()


_NOTHING: Final = _Word()


class _Stretches(dict[str, "tuple[_Word, ...]"]):
    """The words of each stretch between blanks, as one language knows them. A stretch is a word with few exceptions."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    @cached_property
    def pointing(self) -> Pointing:
        """What tells whether words point to the language."""
        return Pointing(same_letters(self._language))

    def __missing__(self, stretch: str) -> tuple[_Word, ...]:
        if len(self) > _REMEMBERED:
            self.clear()
        known = self[stretch] = self._read(stretch)
        return known

    def _read(self, stretch: str) -> tuple[_Word, ...]:
        words: list[str] = WORD.findall(stretch)
        weight = weigh_word(stretch)
        lead = self.pointing.lead(weight)
        alone = len(words) == 1 and weigh_word(words[0]) == weight and len(stretch) <= _LONGEST
        if _OTHER_LETTER.search(stretch) or not (alone or (not words and weight == 0)):
            lead = -_DOUBT  # its words must be read where they stand
            words = words or [""]
        suspects = _SUSPECTS[self._language]
        return tuple(
            self._suspect(word, lead, weight) if suspects.search(word) else _Word(lead, weight=weight) for word in words
        )

    def _suspect(self, word: str, lead: int, weight: int) -> _Word:
        right, candidates = respell_word(word, self._language)
        return _Word(lead, word, right, is_formula(word), weight, candidates)


_LONGEST: Final = 100
"""A longer stretch is not weighed together with others: sums must stay small."""

_WEIGHED: Final = 500
_REMEMBERED: Final = 1 << 15
_DOUBT: Final = 1 << 40


class _Around:
    """What is read around the words of one clause; it may be a line of a million words, and is read once."""

    def __init__(self, anatomy: Page, clause: Span, language: str) -> None:
        self.clause = clause
        self._anatomy, self._text, self._language = anatomy, anatomy.text, same_letters(language)
        self._words = [Span(*match.span()) for match in WORD.finditer(anatomy.text, *clause)]
        self._plain: dict[Span, bool] = {}
        self._other: dict[Span, bool] = {}

    def is_foreign(self, word: Span, *, may_be_plain: bool = True) -> bool:
        """Whether what stands around `word` reads, surely, as another language: a quotation, a title.

        The clause is read, then the word with its two neighbours in the clause. A word alone tells nothing.
        `may_be_plain` is False where it is known that the words do not all point to the language.
        """
        clause, words = self.clause, self._words
        if is_formula(word.of(self._text)):
            return False
        if self._is_unproven:
            # A clause with a letter that Arabic does not have must prove to be Arabic.
            reading = self._anatomy.read_piece(clause)
            return not (reading.language == "ar" and reading.sure)
        place = bisect_left(words, word)
        near = Span(
            words[place - 1].start if place else clause.start,
            words[place + 1].end if place + 1 < len(words) else clause.end,
        )
        if self._is_quoted(place):
            return True
        if may_be_plain and self._is_plain(clause) and self._is_plain(near):
            return False
        return self._reads_as_another(clause) or self._reads_as_another(near)

    def _is_quoted(self, place: int) -> bool:
        """Whether four words in a row, one of them at `place`, read as another language and hold a word of it."""
        if not self._may_quote:
            return False
        last = len(self._words) - QUOTED_WORDS
        for first in range(max(0, place - QUOTED_WORDS + 1), min(place, last) + 1):
            stretch = Span(self._words[first].start, self._words[first + QUOTED_WORDS - 1].end)
            if WORDS_IN_QUOTATIONS[self._language].search(self._text, *stretch) and self._reads_as_another(
                stretch, QUOTED_MARGIN
            ):
                return True
        return False

    @cached_property
    def _may_quote(self) -> bool:
        return may_quote(self.clause.of(self._text), self._language)

    @cached_property
    def _is_unproven(self) -> bool:
        return self._language == "ar" and _NOT_ARABIC.search(self._text, *self.clause) is not None

    def _is_plain(self, piece: Span) -> bool:
        """Whether the words of `piece` point to the language, and nothing else stands there: cheaper than a reading."""
        plain = self._plain.get(piece)
        if plain is None:
            text = piece.of(self._text)
            strange = _OTHER_LETTER.search(text) or (" في " in text and "ة " in text)
            plain = self._plain[piece] = not strange and words_point_to(text.split()) == self._language
        return plain

    def _reads_as_another(self, piece: Span, margin: float | None = None) -> bool:
        other = self._other.get(piece)
        if other is None:
            reading = self._anatomy.read_piece(piece)
            other = self._other[piece] = (
                same_letters(reading.language) != self._language
                and reading.letters >= CLAUSE_LETTERS
                and reading.margin >= (CLAUSE_MARGIN if margin is None else margin)
                # The borrowed letters themselves must not be the evidence: بسم اللہ is Arabic.
                and same_letters(read_language(piece.of(self._text), by_words_alone=True).language) != self._language
            )
        return other


def _clauses(text: str, line: Line) -> list[Span]:
    """The stretches of a line between stops, commas, quotes and brackets."""
    starts = [line.body.start, *(match.end() for match in _CLAUSE_END.finditer(text, *line.body))]
    return [Span(start, end) for start, end in pairwise([*starts, line.body.end])]


def _adjoin(text: str, left: Span, right: Span) -> bool:
    return text[left.end : right.start].isspace()


def _sign_after(text: str, start: int, end: int) -> str:
    sign = _SIGN_AFTER.match(text, start, end)
    return sign[1] if sign else ""


_SIGN_AFTER: Final = compile_re(r"\s*(\S)")


def _bare(word: str) -> str:
    return _UNWRITTEN.sub("", word)


QUOTED_WORDS: Final = 4
"""Words in a row that are read together to tell a quotation without quotation marks."""

_OTHER_LETTER: Final = compile_re(r"[^\W\d_\u0621-\u06d5]")


CLAUSE_LETTERS: Final = 9
"""A clause with fewer letters is too short to be read by itself."""

CLAUSE_MARGIN: Final = 4.0
"""How surely (in logits) a clause must read as another language to be left alone."""


def _in_arabic(word: str, before: str, after: str) -> tuple[str, tuple[str, ...]]:
    if _NOT_ARABIC.search(word) or _AE_INSIDE.search(word):
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
    verdict = final_yeh(_bare("".join(certain[:place])), before, after)
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
    known = _urdu_words().get(word.replace(HEH_GOAL, HEH).replace(HEH_DOACHASHMEE, HEH))
    if known:
        return known, ()
    return word, (MAY_BE_ASPIRATED.sub(HEH_DOACHASHMEE, word).replace(HEH, HEH_GOAL), goal)


@cache
def _urdu_words() -> dict[str, str]:
    """Words in which heh may be ہ or ھ, by the same word with U+0647 for both."""
    words = fact_data("urdu-heh.txt").split()
    return {word.replace(HEH_GOAL, HEH).replace(HEH_DOACHASHMEE, HEH): word for word in words}


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

_SUSPECTS: Final = {tag: compile_re(f"[{''.join(table)}{LANGUAGES[tag].undecided}]") for tag, table in _TABLES.items()}
_SUSPECT_LETTERS: Final = {language: pattern.pattern.strip("[]") for language, pattern in _SUSPECTS.items()}
_STRANGE: Final = {
    tag: LETTERS.difference(LANGUAGES["ar"].alphabet, LANGUAGES[tag].alphabet, _TABLES[tag]) for tag in ("ar", "fa")
}
"""Letters that no rewriting makes letters of the language: a word that holds one is a name or a quotation."""
_NOT_ARABIC: Final = compile_re(f"[{''.join(sorted(_STRANGE['ar'].union(LANGUAGES['ar'].names_bring)))}]")
_NOT_PERSIAN: Final = compile_re(f"[{''.join(sorted(_STRANGE['fa']))}]")
_ARABIC_LETTER: Final = compile_re(f"[{ARABIC_KAF}{ARABIC_YEH}{ALEF_MAKSURA}]")
# U+06D5 is a vowel of Sorani and Uyghur. Inside a word it marks a Kurdish name, unless a Persian auxiliary follows.
_AE_BEFORE_VERB: Final = compile_re(f"{AE}(?=(?:ام|ای|ایم|اید|اند)$)")
_AE_INSIDE: Final = compile_re(f"{AE}(?!(?:ام|ای|ایم|اید|اند)?$)")
_TAIL_MARKS: Final = HARAKAT + "\N{ARABIC HAMZA ABOVE}" + TATWEEL + ZWNJ + ZWJ
_YEH_MARK: Final = compile_re(
    "[\N{ARABIC FATHATAN}\N{ARABIC DAMMATAN}\N{ARABIC KASRATAN}\N{ARABIC SHADDA}\N{ARABIC KASRA}\N{ARABIC DAMMA}"
    "\N{ARABIC FATHA}\N{ARABIC SUKUN}]"
)
_UNWRITTEN: Final = compile_re(f"[{MARKS}{TATWEEL}{ZWNJ}{ZWJ}]")
_CLAUSE_END: Final = compile_re(r"[.:؛;،,«»“”\"()\[\]|؟?!\-–—/]+")
_NEVER_ARABIC: Final = frozenset(
    ["این", "است", "که", "برای", "می", "نمی", "های", "کردند", "شده", "نیز", "کنند", "باید"]
)
_STRETCHES: Final = {language: _Stretches(language) for language in _TABLES}
