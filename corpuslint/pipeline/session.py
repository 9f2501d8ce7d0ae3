"""One way to judge a document: the rules, the settings and the words of people that hold for it.

Whoever shows, fixes or publishes a document asks a `Session`; so what a person called no finding is silent in every
place, and no fix touches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_anatomies
from corpuslint.engine.rules import hold_lists, rules_for, rules_in
from corpuslint.engine.ruleset import RuleSet, doubted
from corpuslint.facts.anatomy import Anatomy
from corpuslint.formats.reading import Trouble
from corpuslint.later import Later
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.model.ledger import AppliedEdit, SplitStory
from corpuslint.model.levels import Applicability

if TYPE_CHECKING:
    from corpuslint.engine import fix as fixing
    from corpuslint.engine.fix import FixResult, Heed
    from corpuslint.pipeline import verdicts
else:  # only runs that fix, and findings that people may have spoken of, need them
    fixing, verdicts = Later("corpuslint.engine.fix"), Later("corpuslint.pipeline.verdicts")

_MOST_IN_BLOCK = 256
_LETTERS_IN_BLOCK = 1 << 19
"""What is known of so many documents, and no more, is held at a time."""


class Mended(msgspec.Struct, frozen=True):
    """A document, or a story that left one, as it was and as fixing leaves it.

    `edits` lead from the text of the whole document to this; a `teaser` is too short to stand alone. `looked` is what
    is known of a text, the last that was looked at.
    """

    source: Document
    result: FixResult
    edits: tuple[AppliedEdit, ...]
    teaser: bool = False
    looked: Anatomy | None = None

    @property
    def document(self) -> Document:
        """The document as it is then, with the metadata that was lifted out of its text."""
        metadata = {**self.source.metadata, **self.result.lifted}
        return structs.replace(self.source, text=self.result.text, metadata=metadata)

    def anatomy_of(self, document: Document) -> Anatomy:
        """What is known of `document`, which is this one under the name that it has by now."""
        looked = self.looked
        if looked is None or (looked.text, looked.metadata) != (document.text, document.metadata):
            return Anatomy(document)
        looked.document = document
        return looked

    def for_writing(self) -> Mended:
        """The same without what was found before it was fixed, and what is known of its text."""
        return structs.replace(self, result=structs.replace(self.result, found=()), looked=None)


class Session:
    """The rules of one configuration, loaded once, and what people said of findings.

    Raises ConfigError for suppressions or decisions that are not as they must be, at the first document that is
    judged by them.
    """

    def __init__(self, settings: Settings, rules: RuleSet | None = None) -> None:
        self.settings = settings
        self.rules = rules_for(settings) if rules is None else rules
        self._narrowed: dict[tuple[str, ...], RuleSet] = {}
        self._heed: Heed | None = None
        self._looked: tuple[Document, RuleSet, tuple[Diagnostic, ...]] | None = None

    def rules_in(self, filename: str, site: str = "") -> RuleSet:
        """The rules that hold for one file, or for documents of one source in it."""
        hold_lists(self.settings)
        if not (self.settings.per_file_ignores or self.settings.per_source_ignores):
            return self.rules
        ignored = self.settings.ignored_in(filename, site)
        if ignored not in self._narrowed:
            self._narrowed[ignored] = rules_in(filename, self.settings, self.rules, site)
        return self._narrowed[ignored]

    def rules_of(self, document: Document) -> RuleSet:
        """The rules that hold for one document."""
        return self.rules_in(document.origin.filename, document.site if self.settings.per_source_ignores else "")

    def blocks(self, contents: Iterable[Document | Trouble]) -> Iterator[tuple[RuleSet, list[Document | Trouble]]]:
        """`contents` in stretches that the same rules judge, with these rules."""
        block: list[Document | Trouble] = []
        its_rules, letters = self.rules, 0
        for entry in contents:
            rules, size = (self.rules_of(entry), len(entry.text)) if isinstance(entry, Document) else (its_rules, 0)
            if block and (rules is not its_rules or len(block) >= _MOST_IN_BLOCK or letters + size > _LETTERS_IN_BLOCK):
                yield its_rules, block
                block, letters = [], 0
            its_rules = rules
            letters += size
            block.append(entry)
        yield its_rules, block

    def check(self, document: Document) -> tuple[Diagnostic, ...]:
        """The findings of a document that no person suppressed or rejected, sorted by place and code."""
        rules = self.rules_of(document)
        if self._looked is None or self._looked[1] is not rules or self._looked[0] != document:
            self._looked = document, rules, next(check_anatomies((Anatomy(document),), rules))
        return tuple(self.heed(document, document.text, self._looked[2]))

    def fix(self, document: Document, least: Applicability, rules: RuleSet | None = None) -> FixResult:
        """`document` with every fix made of at least this applicability, but none of what a person called no finding.

        `rules` are those of the document that a split-off story was part of, where it is one. `remaining` holds every
        finding left, those too that a person suppressed: a run counts them.
        """
        rules, looked = rules or self.rules_of(document), self._looked
        known = looked is not None and looked[1] is rules and looked[0] == document  # who shows it asked just now
        return fixing.fix_document(document, rules, least, self.heed, looked[2] if looked and known else None)

    def mended(self, document: Document, least: Applicability) -> tuple[Mended, ...]:
        """`document` fixed, then each story split off it, fixed too and followed by what was split off it in turn."""
        rules = self.rules_of(document)
        return self._with_stories(document, self.fix(document, least, rules), least, rules)

    def mended_in(
        self, contents: Iterable[Document | Trouble], least: Applicability
    ) -> Iterator[tuple[Mended, ...] | Trouble]:
        """`contents` in their order, each document with what `mended` makes of it."""
        for rules, block in self.blocks(contents):
            documents = [entry for entry in block if isinstance(entry, Document)]
            results = iter(fixing.fix_documents(documents, rules, least, self.heed))
            for entry in block:
                if isinstance(entry, Document):
                    result, looked = next(results)
                    yield self._with_stories(entry, result, least, rules, looked)
                else:
                    yield entry

    def fix_by_corpus(
        self, document: Document, said: Sequence[Diagnostic], least: Applicability, rules: RuleSet | None = None
    ) -> tuple[FixResult, tuple[Diagnostic, ...]]:
        """`document`, in which no fix of its own is left to make, with those made that corpus rules `said`, within
        their budgets, and then its own again; and what they said that was not mended.

        Where none could be made the result is unchanged, and its `remaining` is not filled.
        """
        rules = rules or self.rules_of(document)
        heeded = doubted(self.heed(document, document.text, said), len(document.text))
        result = fixing.fix_document(document, rules, least, self.heed, tuple(heeded))
        if not result.changed:
            return structs.replace(result, remaining=()), result.remaining
        wanted = {(finding.code, edit.span.start) for finding in heeded if finding.fix for edit in finding.fix.edits}
        first = takewhile(lambda edit: (edit.code, edit.start) in wanted, result.applied)
        made = {(edit.code, edit.start) for edit in first}
        left = [
            finding
            for finding in heeded
            if finding.fix is None or not all((finding.code, edit.span.start) in made for edit in finding.fix.edits)
        ]
        return result, tuple(left)

    def mended_by_corpus(
        self, mended: Sequence[Mended], said: Sequence[Diagnostic], least: Applicability
    ) -> Sequence[Mended]:
        """A document and its stories with the fixes made that corpus rules `said` the document needs."""
        own, *stories = mended
        before, rules = own.result, self.rules_of(own.source)
        after, _ = self.fix_by_corpus(own.document, said, least, rules)
        if not after.changed:
            return mended
        split = [structs.replace(story, edits=(*before.applied, *story.edits)) for story in after.stories]
        result = structs.replace(
            after,
            original=before.original,
            applied=(*before.applied, *after.applied),
            lifted={**after.lifted, **before.lifted},
            stories=(*before.stories, *split),
            encoding=after.encoding or before.encoding,
            mended=(*before.mended, *after.mended),
        )
        own = Mended(own.source, result, result.applied)
        return own, *stories, *self._stories_of(own, split, least, rules)

    def _with_stories(
        self,
        document: Document,
        result: FixResult,
        least: Applicability,
        rules: RuleSet,
        looked: Anatomy | None = None,
    ) -> tuple[Mended, ...]:
        own = Mended(document, result, result.applied, looked=looked)
        return own, *self._stories_of(own, result.stories, least, rules)

    def _stories_of(
        self, own: Mended, stories: Iterable[SplitStory], least: Applicability, rules: RuleSet
    ) -> Iterator[Mended]:
        """Stories that left a document, by its rules, each followed by what was split off it in turn; they inherit
        nothing but what holds for documents of its file."""
        known = self.settings.reading.defaults_of(own.source.origin.filename)
        before = own.edits[: len(own.edits) - len(own.result.applied)]
        for story in stories:
            source = Document(own.source.id, story.text, known, own.source.origin)
            result, edits = self.fix(source, least, rules), (*before, *story.edits)
            split = Mended(source, result, (*edits, *result.applied), story.teaser)
            yield split
            yield from self._stories_of(split, result.stories, least, rules)

    def heed(self, document: Document, text: str, found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        """Of the findings in `text`, those that people left, with the fixes that reviewers accepted or wrote."""
        if self._heed is None:
            self._heed = verdicts.heeding(self.settings)
        return self._heed(document, text, found)

    def silenced_by_itself(self, document: Document, text: str, found: Sequence[Diagnostic]) -> tuple[str, ...]:
        """The codes of findings in `text` that the document's own metadata silences, one for each."""
        return verdicts.silenced_by_itself(document, text, found, self.settings)

    def undecided(self) -> Session:
        """A session in which suppressions hold and decisions of reviewers do not, for the page they decide on."""
        above = self.settings.above and structs.replace(self.settings.above, decisions=None)
        return Session(structs.replace(self.settings, decisions=None, above=above), self.rules)
