"""The text of a document with its lines, its words and its languages: what every other fact begins from.

Facts are functions of a `Page`; where one needs another it asks the page for it, which computes it once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar, overload

from corpuslint.facts.language import (
    OTHER,
    SURE,
    Reading,
    declared_language,
    may_be_another,
    may_mean,
    read_language,
)
from corpuslint.facts.layout import Line, lines_in
from corpuslint.facts.protected import protected_spans, touches
from corpuslint.facts.telling import told_by_a_word
from corpuslint.languages import LANGUAGES, same_letters
from corpuslint.model.document import Document, Metadata
from corpuslint.text.positions import LineIndex, Span
from corpuslint.words.reading import Reading as WordReading
from corpuslint.words.reading import characters_of
from corpuslint.words.reading import read as read_words

T = TypeVar("T")

LINE_LETTERS: Final = 40
"""From this many letters a line's own language counts; a shorter one is read as its document is."""

WORD_OR_TWO: Final = 9
"""A line with fewer letters tells nothing by itself."""

LINE_MARGIN: Final = 10.0
"""How surely (in logits) a line must read as another language than its document's to be taken for one.

No line in one language was read wrong from here on; of Persian lines that quote Arabic with a third of their letters,
1 in 100 is taken for Arabic.
"""

OWN_SHARE: Final = 0.2
"""The share of a text from which another language in it is no quotation."""

_QUOTED: Final = frozenset(("ar", "fa", "ur"))


class Fact(Generic[T]):
    """A value computed at its first reading and kept in the instance (a `cached_property` without its lock)."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Fact[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> T | Fact[T]:
        if instance is None:
            return self
        value = self._compute(instance)
        instance.__dict__[self._name] = value
        return value


class Page:
    """One document as facts see it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._languages: dict[Span, str] = {}
        self._readings: dict[Span, Reading] = {}
        self._stated: dict[str, str] = {}
        self._facts: dict[Callable[[Any], object], object] = {}

    @property
    def metadata(self) -> Metadata:
        """The declared metadata."""
        return self.document.metadata

    @Fact
    def index(self) -> LineIndex:
        """Rows and columns of the text."""
        return LineIndex(self.text)

    @Fact
    def lines(self) -> tuple[Line, ...]:
        """Every line of the text, blank ones too."""
        return lines_in(self.words)

    @Fact
    def words(self) -> WordReading:
        """Every word and line of the text as arrays; equal words have equal keys, in whatever spelling."""
        return read_words(self.text)

    @Fact
    def characters(self) -> frozenset[str]:
        """The characters of the text."""
        return characters_of(self.text)

    @Fact
    def filled(self) -> tuple[Line, ...]:
        """The lines that are not blank."""
        return tuple([line for line in self.lines if line.text])

    @Fact
    def reading(self) -> Reading:
        """The language the text itself shows, whatever is declared."""
        reading = read_language(self.text)
        if reading.letters < LINE_LETTERS and not reading.sure and (told := told_by_a_word(self.text)):
            return Reading(told, SURE, reading.letters)
        return reading

    @Fact
    def declared_language(self) -> str:
        """The declared language as one of ours, "" where none is declared or it is not one of ours."""
        tag = self.document.declared("language")
        language = declared_language(tag)
        shared = language and LANGUAGES[language].shared
        return self.reading.language if shared and may_mean(tag, self.reading.language) else language

    @Fact
    def language(self) -> str:
        """The declared language, else the one the text shows; "" where nothing can be told."""
        return self.declared_language or ("" if self.reading.doubtful else self.reading.language)

    def may_rewrite(self, language: str) -> bool:
        """Whether words of `language` are the document's own, and not a quotation.

        A text of any language may quote verses, sayings and titles in Arabic, Persian or Urdu; they are right as they
        stand. Only where every fifth letter or more is of the other language has the text two languages.
        """
        if language == self.language or language not in _QUOTED:
            return True
        return self._shares.get(language, 0.0) >= OWN_SHARE

    @Fact
    def _shares(self) -> dict[str, float]:
        """What share of the letters stands in lines of each language but the document's."""
        letters: dict[str, int] = {}
        for line in self.filled:
            language = self.language_of(line)
            if language != self.language:
                letters[language] = letters.get(language, 0) + len(line.text)
        return {language: count / len(self.text) for language, count in letters.items()}

    @Fact
    def protected(self) -> tuple[Span, ...]:
        """Addresses, handles, hashtags, quotations in another language, Qur'anic text: sorted, disjoint."""
        return protected_spans(self.text, self.language, self.characters)

    def is_protected(self, span: Span) -> bool:
        """Whether a letter rule must leave `span` alone."""
        return touches(self.protected, span.start, span.end)

    def language_of(self, part: Span | Line) -> str:
        """The language of one line or span: its own where it has letters enough, else the document's.

        "" where a short part looks like another language than the document's, but not surely enough to act on it.
        """
        span = part if isinstance(part, Span) else part.body
        known = self._languages.get(span)
        if known is None:
            known = self._languages[span] = self._read_part(span)
        return known

    def language_at(self, offset: int) -> str:
        """The language of the line that `offset` lies in."""
        lines = self.lines
        return self.language_of(lines[bisect_right(self._line_starts, offset) - 1]) if lines else self.language

    @Fact
    def _line_starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    def read_piece(self, span: Span) -> Reading:
        """What the letters of one span say of its language, whatever stands around it."""
        reading = self._readings.get(span)
        if reading is None:
            whole = span == (0, len(self.text))
            reading = self._readings[span] = self.reading if whole else read_language(span.of(self.text))
        return reading

    def _read_part(self, span: Span) -> str:
        if not may_be_another(span.of(self.text), self.language, self.characters):
            return self.language
        reading = self.read_piece(span)
        if reading.language in ("", OTHER) or same_letters(reading.language) == same_letters(self.language):
            return self.language
        if not reading.sure or reading.letters < WORD_OR_TWO:
            return self.language
        if reading.letters >= LINE_LETTERS and reading.margin >= LINE_MARGIN:
            return reading.language
        # In a short line a few borrowed letters weigh more than its words.
        words_say = read_language(span.of(self.text), by_words_alone=True)
        return self.language if words_say.language == self.language else ""

    def fact(self, compute: Callable[[Any], T]) -> T:
        """What `compute` makes of this page, computed once a document: a fact of ours, or of a pack's own."""
        if compute not in self._facts:
            self._facts[compute] = compute(self)
        return self._facts[compute]  # type: ignore[return-value]

    def keep(self, compute: Callable[[Any], T], value: T) -> None:
        """Give the page a fact that was computed for many at once."""
        self._facts[compute] = value
