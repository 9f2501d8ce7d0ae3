"""The lazy, typed view of one document that rules share.

Nothing here is computed before a rule asks for it: a clean document never gets its lines classified. Each fact lives
in a module of its own; this page only says which facts there are and keeps their values.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload

from corpuslint.facts.furniture import Piece, furniture_of, page_cues_of
from corpuslint.facts.labels import LabelLine, labels_of
from corpuslint.facts.language import OTHER, Reading, declared_language, may_be_another, may_mean, read_language
from corpuslint.facts.layout import Line, lines_of
from corpuslint.facts.letters import SHORT_MARGIN, Respelling, respellings, told_by_a_word
from corpuslint.facts.openers import EDGE, SOURCE, openers_of
from corpuslint.facts.protected import protected_spans, touches
from corpuslint.facts.roles import Role, is_only_page, roles_of
from corpuslint.facts.sources import Mention, may_name_source, sources_of
from corpuslint.languages import same_letters
from corpuslint.model.document import Document, Metadata
from corpuslint.text.folding import Folded
from corpuslint.text.positions import LineIndex, Span
from corpuslint.words.reading import Reading as WordReading
from corpuslint.words.reading import read as read_words

if TYPE_CHECKING:
    from corpuslint.facts.absolute_dates import DateExpression
    from corpuslint.facts.declared_dates import DeclaredDate
    from corpuslint.facts.headlines import BareHeadline
    from corpuslint.facts.page_lines import PageLines
    from corpuslint.facts.publication import Publication
    from corpuslint.facts.shapes import Shaped
    from corpuslint.facts.stories import MarkerReading, Story
    from corpuslint.facts.yeh_slips import YehSpelling
    from corpuslint.text.mojibake import Pollution
    from corpuslint.text.shingles import Imprint

T = TypeVar("T")

LINE_LETTERS: Final = 40
"""From this many letters a line's own language counts; a shorter one is read as its document is."""

WORD_OR_TWO: Final = 9
"""A line with fewer letters tells nothing by itself."""

LINE_MARGIN: Final = 6.0
"""How surely (in logits) a line must read as another language than its document's to be taken for one."""

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

    def keep(self, instance: object, value: T) -> None:
        """Give an instance the value, where it was computed for many at once."""
        instance.__dict__[self._name] = value


class Anatomy:
    """What rules may know of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._languages: dict[Span, str] = {}
        self._readings: dict[Span, Reading] = {}
        self._stated: dict[str, str] = {}
        self._facts: dict[Callable[[Anatomy], object], object] = {}

    @property
    def metadata(self) -> Metadata:
        """The declared metadata."""
        return self.document.metadata

    def stated(self, key: str) -> str:
        """The value that the metadata state under `key`; placeholders, sources that name nobody and addresses of
        channels, pictures and short links state nothing."""
        value = self._stated.get(key)
        if value is None:
            from corpuslint.facts.stated import stated

            value = self._stated[key] = stated(self.document, key)
        return value

    @Fact
    def index(self) -> LineIndex:
        """Rows and columns of the text."""
        return LineIndex(self.text)

    @Fact
    def lines(self) -> tuple[Line, ...]:
        """Every line of the text, blank ones too."""
        return lines_of(self.text)

    @Fact
    def words(self) -> WordReading:
        """Every word and line of the text as arrays; equal words have equal keys, in whatever spelling."""
        return read_words(self.text)

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
    def marked_cuts(self) -> tuple[Span, ...]:
        """What leaves the text with a "read also" line: second stories, and headlines below the line."""
        from corpuslint.facts.headlines import announced_headlines

        stories = (story.cut for story in self.markers.stories if story.is_sure)
        return (*stories, *(headline.cut for headline in announced_headlines(self)))

    @Fact
    def tail(self) -> Story | None:
        """The foreign text at the end that no marker announces."""
        if "\n" not in self.text:
            return None
        from corpuslint.facts.stories import read_tail  # brings the models

        return read_tail(self)

    @Fact
    def bare_headlines(self) -> tuple[BareHeadline, ...]:
        """Other articles' headlines that stand between the document's own paragraphs."""
        from corpuslint.facts.headlines import read_headlines

        return read_headlines(self)

    @Fact
    def roundup(self) -> tuple[Span, ...]:
        """The items of a round-up, nothing where the document is none."""
        from corpuslint.facts.headlines import may_hold_headlines

        if not self.fact(may_hold_headlines):
            return ()
        from corpuslint.facts.roundups import read_roundup

        return read_roundup(self)

    @Fact
    def stories(self) -> tuple[Story, ...]:
        """The document's stories, its own first; the foreign ones were pasted after it."""
        from corpuslint.facts.stories import read_stories

        return read_stories(self)

    @Fact
    def dates(self) -> tuple[DateExpression, ...]:
        """The date expressions of the text, in order."""
        from corpuslint.facts.dates import find_dates
        from corpuslint.facts.publication import anatomy_language

        return find_dates(self.text, anatomy_language(self))

    def dates_within(self, part: Span) -> tuple[DateExpression, ...]:
        """The absolute dates of one part of the text, for a rule that knows where to look."""
        from corpuslint.facts.dates import find_dates_within
        from corpuslint.facts.publication import anatomy_language

        return find_dates_within(self.text, part, anatomy_language(self))

    @property
    def declared_date(self) -> DeclaredDate | None:
        """The publication date that the metadata declare, None where they declare none."""
        from corpuslint.facts.publication import declared_publication

        return declared_publication(self)

    @Fact
    def publication(self) -> Publication:
        """Publication date of the document, with the lines that state it."""
        from corpuslint.facts.publication import publication

        return publication(self)

    def parse_date(self, value: str) -> DateExpression:
        """The date that `value` (a metadata value) is meant to be, in this document's language."""
        from corpuslint.facts.dates import parse_date
        from corpuslint.facts.publication import anatomy_language

        return parse_date(value, anatomy_language(self))

    @Fact
    def reading(self) -> Reading:
        """The language the text itself shows, whatever is declared."""
        reading = read_language(self.text)
        if reading.letters < LINE_LETTERS and reading.margin < SHORT_MARGIN and (told := told_by_a_word(self.text)):
            return Reading(told, SHORT_MARGIN, reading.letters)
        return reading

    @Fact
    def declared_language(self) -> str:
        """The declared language as one of ours, "" where none is declared or it is not one of ours."""
        tag = self.document.declared("language")
        language = declared_language(tag)
        return self.reading.language if language and may_mean(tag, self.reading.language) else language

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
    def folded(self) -> Folded:
        """The shadow text: one letter for every spelling habit, with the way back."""
        return Folded(self.text)

    @Fact
    def imprint(self) -> Imprint:
        """What tells the text from others, and how much of it another has; a run computes it for many texts at once."""
        from corpuslint.text.shingles import imprint

        return imprint(self.text)

    @Fact
    def pieces(self) -> tuple[bytes, ...]:
        """The lines and ends of the text that other documents of its outlet may have too."""
        from corpuslint.facts.repetition import pieces_of

        return pieces_of(self.text)

    @Fact
    def protected(self) -> tuple[Span, ...]:
        """Addresses, handles, hashtags, quotations in another language, Qur'anic text: sorted, disjoint."""
        return protected_spans(self.text, self.language)

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
        if not may_be_another(span.of(self.text), self.language):
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

    @Fact
    def _opened(self) -> tuple[int, array[int]]:
        return openers_of(self)

    @property
    def openers(self) -> int:
        """Which kinds of lines the document may hold at all, as bits of `facts.openers`."""
        return self._opened[0]

    @property
    def line_openers(self) -> array[int]:
        """The bits of `facts.openers` for each line."""
        return self._opened[1]

    @Fact
    def labels(self) -> tuple[LabelLine, ...]:
        """The lines that open with a label word and a mark after it, or nothing."""
        return labels_of(self)

    @Fact
    def page_cues(self) -> tuple[Span, ...]:
        """Where words stand that sentences of the page (policies, prompts) are known by."""
        return page_cues_of(self)

    @Fact
    def furniture(self) -> tuple[Piece, ...]:
        """Pieces of the page around the article: buttons, counters, prompts, policies."""
        return furniture_of(self)

    @Fact
    def page_lines(self) -> PageLines:
        """The short lines, each with the probability that it is a line of the page."""
        from corpuslint.facts.page_lines import page_lines_of

        return page_lines_of(self)

    @Fact
    def wrapped(self) -> frozenset[int]:
        """The numbers of the lines that were broken in mid-sentence, and of those that go on with them."""
        from corpuslint.facts.wrapping import wrapped_lines

        return wrapped_lines(self)

    @Fact
    def may_name_source(self) -> bool:
        """Whether a label, or a line at either end, may name a source at all: most documents need no closer look."""
        return bool(self.openers & SOURCE) or (bool(self.openers & EDGE) and may_name_source(self.text))

    @Fact
    def sources(self) -> tuple[Mention, ...]:
        """Every outlet, agency and credit that the text names as where it comes from."""
        return sources_of(self)

    @Fact
    def roles(self) -> tuple[Role, ...]:
        """What each of `lines` is for."""
        return roles_of(self)

    @Fact
    def only_page(self) -> bool:
        """Whether every line belongs to the page around an article, and none to an article."""
        return is_only_page(self)

    @Fact
    def respellings(self) -> tuple[Respelling, ...]:
        """The words written in letters that the language of their line does not have."""
        return respellings(self)

    @Fact
    def shaped(self) -> tuple[Shaped, ...]:
        """The stretches stored in presentation forms, or backwards."""
        from corpuslint.facts.shapes import shaped_stretches  # compiles tables that clean text never needs

        return shaped_stretches(self)

    @Fact
    def yeh_spelling(self) -> YehSpelling:
        """The Arabic words that end in the wrong one of yeh and alef maksura."""
        from corpuslint.facts.yeh_slips import yeh_spelling

        return yeh_spelling(self)

    def fact(self, compute: Callable[[Anatomy], T]) -> T:
        """A fact of a pack's own: `compute(self)`, computed once a document."""
        if compute not in self._facts:
            self._facts[compute] = compute(self)
        return self._facts[compute]  # type: ignore[return-value]
