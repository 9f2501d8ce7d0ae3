"""The lazy, typed view of one document that rules share.

Nothing here is computed before a rule asks for it: a clean document never gets its lines classified. Each fact lives
in a module of its own; this page only says which facts there are and keeps their values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload

from corpuslint.facts.language import OTHER, Reading, declared_language, read_language
from corpuslint.facts.layout import Line, lines_of
from corpuslint.facts.protected import protected_spans
from corpuslint.model.document import Document, Metadata
from corpuslint.text.folding import Folded
from corpuslint.text.positions import LineIndex, Span

if TYPE_CHECKING:
    from corpuslint.facts.headlines import BareHeadline
    from corpuslint.facts.stories import MarkerReading, Story
    from corpuslint.text.mojibake import Pollution

T = TypeVar("T")

LINE_LETTERS: Final = 40
"""From this many letters a line's own language counts; a shorter one is read as its document is."""


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


class Anatomy:
    """What rules may know of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._languages: dict[Span, str] = {}
        self._facts: dict[Callable[[Anatomy], object], object] = {}

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
        return lines_of(self.text)

    @Fact
    def filled(self) -> tuple[Line, ...]:
        """The lines that are not blank."""
        return tuple(line for line in self.lines if line.text)

    @Fact
    def pollution(self) -> tuple[Pollution, ...]:
        """The stretches that were decoded with a wrong code page, each with what it was before."""
        from corpuslint.text.mojibake import find_pollution  # compiles tables that clean text never needs

        return find_pollution(self.text)

    @Fact
    def markers(self) -> MarkerReading:
        """What "read also" lines announce: second stories and blocks of related headlines."""
        from corpuslint.facts.stories import read_markers  # reads tables that most runs never need

        return read_markers(self)

    @Fact
    def tail(self) -> Story | None:
        """The foreign text at the end that no marker announces."""
        from corpuslint.facts.stories import read_tail

        return read_tail(self)

    @Fact
    def bare_headlines(self) -> tuple[BareHeadline, ...]:
        """Other articles' headlines that stand between the document's own paragraphs."""
        from corpuslint.facts.headlines import read_headlines

        return read_headlines(self)

    @Fact
    def stories(self) -> tuple[Story, ...]:
        """The document's stories, its own first; the foreign ones were pasted after it."""
        from corpuslint.facts.stories import read_stories

        return read_stories(self)

    @Fact
    def reading(self) -> Reading:
        """The language the text itself shows, whatever is declared."""
        return read_language(self.text)

    @Fact
    def declared_language(self) -> str:
        """The declared language as one of ours, "" where none is declared or it is not one of ours."""
        return declared_language(self.document.declared("language"))

    @Fact
    def language(self) -> str:
        """The declared language, else the one the text shows; "" where nothing can be told."""
        return self.declared_language or ("" if self.reading.doubtful else self.reading.language)

    @Fact
    def folded(self) -> Folded:
        """The shadow text: one letter for every spelling habit, with the way back."""
        return Folded(self.text)

    @Fact
    def protected(self) -> tuple[Span, ...]:
        """Addresses, handles, hashtags, quotations in another language, Qur'anic text: sorted, disjoint."""
        return protected_spans(self.text, self.language)

    def language_of(self, part: Span | Line) -> str:
        """The language of one line or span: its own where it has letters enough, else the document's.

        "" where a short part looks like another language than the document's, but not surely enough to act on it.
        """
        span = part if isinstance(part, Span) else part.body
        known = self._languages.get(span)
        if known is None:
            known = self._languages[span] = self._read_part(span)
        return known

    def _read_part(self, span: Span) -> str:
        reading = read_language(span.of(self.text))
        if reading.language in ("", OTHER) or reading.language == self.language:
            return self.language
        if reading.letters >= LINE_LETTERS and reading.sure:
            return reading.language
        return "" if reading.sure else self.language

    def fact(self, compute: Callable[[Anatomy], T]) -> T:
        """A fact of a pack's own: `compute(self)`, computed once a document."""
        if compute not in self._facts:
            self._facts[compute] = compute(self)
        return self._facts[compute]  # type: ignore[return-value]
