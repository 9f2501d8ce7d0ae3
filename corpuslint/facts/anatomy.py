"""The lazy, typed view of one document that rules share.

Nothing here is computed before a rule asks for it: a clean document never gets its lines classified. Each fact lives
in a module of its own; this page only says which facts there are and keeps their values.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from corpuslint.facts.furniture import Piece, furniture_of
from corpuslint.facts.labels import LabelLine, labels_of
from corpuslint.facts.letters import Respelling, respellings
from corpuslint.facts.openers import openers_of
from corpuslint.facts.page import Fact, Page
from corpuslint.facts.roles import Role, is_only_page, roles_of
from corpuslint.facts.sources import Mention, sources_of
from corpuslint.later import Later
from corpuslint.text.positions import Span

if TYPE_CHECKING:
    from corpuslint.facts import dates, headlines, publication, stories
    from corpuslint.facts.absolute_dates import DateExpression
    from corpuslint.facts.declared_dates import DeclaredDate
    from corpuslint.facts.headlines import BareHeadline
    from corpuslint.facts.page_lines import PageLines
    from corpuslint.facts.publication import Publication
    from corpuslint.facts.shapes import Shaped
    from corpuslint.facts.stories import MarkerReading, Story
    from corpuslint.facts.yeh_slips import YehSpelling
    from corpuslint.text.mojibake import Pollution
else:  # they read tables and models that most runs never need
    dates, headlines = Later("corpuslint.facts.dates"), Later("corpuslint.facts.headlines")
    publication, stories = Later("corpuslint.facts.publication"), Later("corpuslint.facts.stories")


class Anatomy(Page):
    """What rules may know of one document."""

    def stated(self, key: str) -> str:
        """The value that the metadata state under `key`; placeholders, sources that name nobody and addresses of
        channels, pictures and short links state nothing."""
        value = self._stated.get(key)
        if value is None:
            from corpuslint.facts.stated import stated

            value = self._stated[key] = stated(self.document, key)
        return value

    @Fact
    def pollution(self) -> tuple[Pollution, ...]:
        """The stretches that were decoded with a wrong code page, each with what it was before."""
        from corpuslint.text.mojibake import find_pollution  # compiles tables that clean text never needs

        return find_pollution(self.text)

    @Fact
    def markers(self) -> MarkerReading:
        """What "read also" lines announce: second stories and blocks of related headlines."""
        return self.fact(stories.read_markers)

    @Fact
    def marked_cuts(self) -> tuple[Span, ...]:
        """What leaves the text with a "read also" line: second stories, and headlines below the line."""
        marked = (story.cut for story in self.markers.stories if story.is_sure)
        return (*marked, *(headline.cut for headline in headlines.announced_headlines(self)))

    @Fact
    def unmarked(self) -> tuple[Story, ...]:
        """The foreign stories that no marker announces, in the order of the text."""
        if "\n" not in self.text:
            return ()
        return self.fact(stories.read_unmarked)

    @Fact
    def bare_headlines(self) -> tuple[BareHeadline, ...]:
        """Other articles' headlines that stand between the document's own paragraphs."""
        return headlines.read_headlines(self)

    @Fact
    def roundup(self) -> tuple[Span, ...]:
        """The items of a round-up, nothing where the document is none."""
        from corpuslint.facts.roundups import read_roundup

        return self.fact(read_roundup)

    @Fact
    def stories(self) -> tuple[Story, ...]:
        """The document's stories, its own first, then the foreign ones in the order of the text."""
        return self.fact(stories.read_stories)

    @Fact
    def dates(self) -> tuple[DateExpression, ...]:
        """The date expressions of the text, in order."""
        return dates.find_dates(self.text, publication.anatomy_language(self))

    def dates_within(self, part: Span) -> tuple[DateExpression, ...]:
        """The absolute dates of one part of the text, for a rule that knows where to look."""
        return dates.find_dates_within(self.text, part, publication.anatomy_language(self))

    @Fact
    def declared_date(self) -> DeclaredDate | None:
        """The publication date that the metadata declare, None where they declare none."""
        return self.fact(publication.declared_publication)

    @Fact
    def publication(self) -> Publication:
        """Publication date of the document, with the lines that state it."""
        return publication.publication(self)

    def parse_date(self, value: str) -> DateExpression:
        """The date that `value` (a metadata value) is meant to be, in this document's language."""
        return dates.parse_date(value, publication.anatomy_language(self))

    @Fact
    def openers(self) -> int:
        """Which kinds of lines the document may hold at all, as bits of `facts.openers`."""
        return self.fact(openers_of)[0]

    @Fact
    def line_openers(self) -> array[int]:
        """The bits of `facts.openers` for each line."""
        return self.fact(openers_of)[1]

    @Fact
    def labels(self) -> tuple[LabelLine, ...]:
        """The lines that open with a label word and a mark after it, or nothing."""
        return self.fact(labels_of)

    @Fact
    def furniture(self) -> tuple[Piece, ...]:
        """Pieces of the page around the article: buttons, counters, prompts, policies."""
        return self.fact(furniture_of)

    @Fact
    def page_lines(self) -> PageLines:
        """The short lines, each with the probability that it is a line of the page."""
        from corpuslint.facts.page_lines import page_lines_of

        return self.fact(page_lines_of)

    @Fact
    def wrapped(self) -> frozenset[int]:
        """The numbers of the lines that were broken in mid-sentence, and of those that go on with them."""
        from corpuslint.facts.wrapping import wrapped_lines

        return self.fact(wrapped_lines)

    @Fact
    def sources(self) -> tuple[Mention, ...]:
        """Every outlet, agency and credit that the text names as where it comes from."""
        return self.fact(sources_of)

    @Fact
    def roles(self) -> tuple[Role, ...]:
        """What each of `lines` is for."""
        return self.fact(roles_of)

    @Fact
    def only_page(self) -> bool:
        """Whether every line belongs to the page around an article, and none to an article."""
        return is_only_page(self)

    @Fact
    def respellings(self) -> tuple[Respelling, ...]:
        """The words written in letters that the language of their line does not have."""
        return tuple(respellings(self))

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
