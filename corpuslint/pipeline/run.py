"""What one run gathers: findings, changes and the states of corpus rules, file by file.

A run over many shards is many runs whose gatherings are added up: `gathered` hands one over as plain data, `add`
takes it in. The sum does not depend on how the corpus was cut.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_anatomies
from corpuslint.engine.lnt import BROKEN_RECORD, FILE_SKIPPED, FILE_UNREADABLE, FIXES_NOT_WRITTEN, SHARD_FAILED
from corpuslint.engine.ruleset import RuleSet, doubted, verdicts_of_corpus
from corpuslint.engine.suppressions import METADATA_KEY
from corpuslint.errors import SourceError
from corpuslint.facts.anatomy import Anatomy
from corpuslint.formats import read
from corpuslint.formats.atomic import FileChange
from corpuslint.formats.endings import is_lines, is_text
from corpuslint.formats.ledger import edits_since, ledger_path
from corpuslint.formats.reading import Trouble, TroubleKind
from corpuslint.formats.streams import is_url, open_bytes
from corpuslint.model.diagnostic import Diagnostic, Edit
from corpuslint.model.document import Document, DocumentId, Origin, file_of
from corpuslint.model.ledger import AppliedEdit, place_after, undo
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import RuleSpec, state_of
from corpuslint.pipeline.session import Mended, Session
from corpuslint.pipeline.states import Pile, States
from corpuslint.pipeline.timing import Timings
from corpuslint.reporting.report import Finding, Findings, Record, Report, Summary, findings_of
from corpuslint.text.secrets import without_secrets


class Coverage(msgspec.Struct):
    """Files, documents, documents a source, and the documents that declare suppressions of their own (without text).

    Plain data that adds up, like everything a run gathers.
    """

    files: list[str] = []
    documents: int = 0
    sites: dict[str, int] = {}
    declaring: list[Document] = []

    def add(self, document: Document) -> None:
        """Count one document."""
        self.documents += 1
        site = document.site
        self.sites[site] = self.sites.get(site, 0) + 1
        if METADATA_KEY in document.metadata:
            self.declaring.append(structs.replace(document, text="", own={}))

    def merge(self, other: Coverage) -> None:
        """Add what another part of the run has looked at."""
        self.files += other.files
        self.documents += other.documents
        for site, count in other.sites.items():
            self.sites[site] = self.sites.get(site, 0) + count
        self.declaring += other.declaring


class Outcome(msgspec.Struct, frozen=True):
    """What a run gave: the report, whether an input could not be read, and what was (or would be) changed.

    `coverage` is what was looked at; `passed` says whether what was found lets the run through (`fail-on`); `timings`
    is filled where it was asked for; `empty` says that there was no document in any of the paths.
    """

    report: Report
    unreadable: bool = False
    changed: tuple[FileChange, ...] = ()
    coverage: Coverage = msgspec.field(default_factory=Coverage)
    passed: bool = True
    timings: Timings = {}
    empty: bool = False


class Gathered(msgspec.Struct, frozen=True):
    """What a run over a part of the corpus found, as data that travels between processes and into files.

    `rows` are the findings as they give themselves, `counts` how many there are by code; `cleaned` are documents for a
    dataset, packed; `digest` is that of what was read, where somebody keeps it; it took so many `seconds`.
    """

    coverage: Coverage = msgspec.field(default_factory=Coverage)
    rows: bytes = b""
    changed: tuple[FileChange, ...] = ()
    fixed: Mapping[str, int] = {}
    unreadable: bool = False
    states: Mapping[str, tuple[Any, ...]] = {}
    notes: tuple[str, ...] = ()
    timings: Timings = {}
    digest: str = ""
    counts: Mapping[str, int] = {}
    cleaned: bytes = b""
    seconds: float = 0.0


_NOT_WRITTEN = (
    "fixes are written into local .txt, .jsonl and .ndjson only; `corpuslint build` makes a fixed dataset of the rest"
)
_LINK = "nothing is written through a link; name the file that it leads to"


def _kept_from_writing(filename: str) -> str:
    """Why fixes are not written into a file; "" where they are."""
    if "://" in filename or not (is_text(filename) or is_lines(filename)):
        return _NOT_WRITTEN
    return _LINK if os.path.islink(filename) else ""  # noqa: PTH114 (a Path costs more than the call)


def _moved(document: Document, by: int) -> Document:
    if not (by and document.origin.is_record):
        return document
    index = document.origin.index + by
    origin = structs.replace(document.origin, index=index)
    return structs.replace(document, id=DocumentId(f"{origin.filename}#{index}"), origin=origin)


_LARGE = 4 << 20
"""Bytes of a file from which what fixing makes of it lies on disk until it is written, which takes a tenth longer."""

Said = Mapping[DocumentId, Sequence[Diagnostic]]
"""What corpus rules say, by document."""


class Run:
    """What one run has gathered so far."""

    def __init__(self, settings: Settings, rules: RuleSet) -> None:
        self.settings, self.rules = settings, rules
        self.findings = Findings()
        self.changed: list[FileChange] = []
        self.fixed: dict[str, int] = {}
        self.coverage = Coverage()
        self.unreadable = False
        self.notes: dict[str, None] = {}
        self.states = States(rules.corpus_rules)
        self._states_by_code: dict[str, str] = {rule.spec.code: state_of(rule) for rule in rules.corpus_rules}
        self._waiting: list[tuple[Anatomy, RuleSet]] = []
        self._ledger: tuple[str, Mapping[int, tuple[AppliedEdit, ...]]] = "", {}
        self.lies_on_disk = True
        self.session = Session(settings, rules)

    def file(self, filename: str, contents: Iterable[Document | Trouble]) -> None:
        """Lint what one file holds."""
        self.coverage.files.append(filename)
        self.contents(contents)

    def contents(self, contents: Iterable[Document | Trouble]) -> None:
        """Lint documents, of one file or of several, a block at a time."""
        for rules, block in self.session.blocks(contents):
            anatomies = []
            for entry in block:
                if isinstance(entry, Document):
                    anatomies.append(Anatomy(entry))
                else:
                    self.trouble(entry)
            for anatomy, found in zip(anatomies, check_anatomies(anatomies, rules), strict=True):
                self.report(anatomy.document, found)
            for anatomy in anatomies:
                self.collect(anatomy, rules)

    def see(self, document: Document) -> None:
        """Show a document to the corpus rules only."""
        self.collect(Anatomy(document), self.session.rules_of(document))

    def collect(self, anatomy: Anatomy, rules: RuleSet) -> None:
        """Let the corpus rules see one document; the first waits, for it may be the only one."""
        if rules.corpus_rules:
            self._waiting.append((anatomy, rules))
            if len(self._waiting) > 1 or self.coverage.documents > 1:
                self.collect_waiting()

    def collect_waiting(self) -> None:
        """Let the corpus rules see what waits."""
        for anatomy, rules in self._waiting:
            self.states.collect(rules, anatomy, self._before(anatomy.document))
        self._waiting = []

    def _before(self, document: Document) -> Mapping[str, Anatomy]:
        """The document as corpus rules saw it that mended it, by the names of what they collect; what they learned
        stays learned, so that a run that ended early is taken up as it was begun."""
        edits = self._mended_in(document.origin.filename).get(document.origin.index)
        if not edits:
            return {}
        try:
            earlier = Anatomy(structs.replace(document, text=undo(document.text, edits)))
        except ValueError:
            return {}
        return dict.fromkeys(self._states_of(edits), earlier)

    def _mended_in(self, filename: str) -> Mapping[int, tuple[AppliedEdit, ...]]:
        """The edits in the documents of a file from the first on that a corpus rule made."""
        if filename != self._ledger[0]:
            path = Path(filename)
            edits: Mapping[int, tuple[AppliedEdit, ...]] = {}
            if self.lies_on_disk and not is_url(filename) and ledger_path(path).is_file():
                edits = edits_since(path, self._states_by_code.keys())
            self._ledger = filename, edits
        return self._ledger[1]

    def _states_of(self, edits: Iterable[AppliedEdit]) -> frozenset[str]:
        return frozenset(self._states_by_code[edit.code] for edit in edits if edit.code in self._states_by_code)

    def _as_it_is(self, found: Diagnostic) -> Diagnostic | None:
        """A finding of a corpus rule in the document as it is now; None where what it speaks of is mended."""
        filename, index = file_of(found.document)
        edits = self._mended_in(filename).get(index, ())
        if self._states_by_code[found.code] not in self._states_of(edits):
            return found
        span = place_after(found.span, edits)
        places = [place_after(edit.span, edits) for edit in found.fix.edits] if found.fix else []
        if span is None or None in places:
            return None
        if found.fix is None:
            return structs.replace(found, span=span)
        moved = tuple(Edit(at, edit.content) for at, edit in zip(places, found.fix.edits, strict=True) if at)
        return structs.replace(found, span=span, fix=structs.replace(found.fix, edits=moved))

    def report(self, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Keep the findings of one document."""
        self.coverage.add(document)
        if diagnostics:
            self.findings.place(document, document.text, diagnostics)

    def trouble(self, trouble: Trouble) -> None:
        """Keep a file or record that gave no document, as a finding."""
        self.unreadable = self.unreadable or trouble.kind is TroubleKind.UNREADABLE
        self._tell(_TROUBLE[trouble.kind], trouble.origin, without_secrets(trouble.reason))

    def _tell(self, spec: RuleSpec, origin: Origin, reason: str) -> None:
        document = Document(DocumentId(origin.filename), "", {}, origin)
        self.findings.place(document, "", (spec.report(document, reason=reason),))

    def keep(self, family: Sequence[Mended], *, by: int = 0, collects: bool = True) -> None:
        """Keep what fixing made of a document, and what is left in it and in the stories that become records of their
        own, `by` of which stand above it; if not `collects`, the corpus rules have seen them."""
        result = family[0].result
        for code in result.mended if result.changed else ():
            self.fixed[code] = self.fixed.get(code, 0) + 1
        for own, after, rules in self._left(family, by):
            self.report(after, own.result.remaining)
            if collects:
                self.collect(own.anatomy_of(after), rules)

    def _left(self, family: Sequence[Mended], by: int) -> Iterator[tuple[Mended, Document, RuleSet]]:
        """A document as fixing leaves it and the stories that become records of their own, with the rules for each."""
        first, *stories = family
        yield first, _moved(first.document, by), self.session.rules_of(first.source)
        origin = first.source.origin
        for number, story in enumerate(stories if origin.is_record else (), start=2):
            record_id = f"{origin.record_id}.story-{number}" if origin.record_id else ""
            document = structs.replace(story.document, origin=structs.replace(origin, record_id=record_id))
            rules = self.session.rules_in(origin.filename, document.site)
            yield story, _moved(document, by + number - 1), rules

    def fix_file(self, filename: str, least: Applicability, *, dry: bool, said: Said = MappingProxyType({})) -> None:
        """Fix one file in place, or with `dry` keep what that would change; `said` is what corpus rules say in it once
        its documents are fixed.

        Where it cannot be written, that is reported with what was found in it, and the file is as it was.
        """
        if kept := _kept_from_writing(filename):
            self.file(filename, read(filename, self.settings.reading))
            self.notes[kept] = None
            return
        self.coverage.files.append(filename)
        try:
            before = _bytes_of(filename, self.settings.max_bytes if filename.endswith(".txt") else 0)
            troubles, held, away, added = list[Trouble](), list[Sequence[Mended]](), Pile(), 0
            is_large = len(before) > _LARGE
            is_one = is_text(filename)
            seen = None if said or is_one or self._mended_in(filename) else States(self.rules.corpus_rules)
            for own in self.session.mended_in(read(filename, self.settings.reading), least):
                if isinstance(own, Trouble):
                    troubles.append(own)
                    continue
                found = said.get(_moved(own[0].source, added).id)
                family = self.session.mended_by_corpus(own, found, least) if found else own
                if seen is not None:  # while all is known of them
                    for one, after, rules in self._left(family, added):
                        seen.collect(rules, one.anatomy_of(after), {})
                added += len(own) - 1  # as many as there were when corpus rules judged
                if is_large or not is_one:
                    family = [one.for_writing() for one in family]
                if is_large:
                    away.add([("", family)])
                else:
                    held.append(family)
            mended: Iterable[Sequence[Mended]] = away if is_large else held
            made = self._write(filename, before, mended, troubles, dry=dry)
        except SourceError as error:
            self.refused(filename, error, read(filename, self.settings.reading))
            return
        added = 0
        self._ledger = "", {}  # it was written
        for trouble in troubles:
            self.trouble(trouble)
        for family in mended:
            self.keep(family, by=added, collects=seen is None)
            added += len(family) - 1
        self.states.add(seen.given() if seen else {})
        for name in made:
            self.file(name, read(name, self.settings.reading))

    def _write(
        self,
        filename: str,
        before: bytes,
        mended: Iterable[Sequence[Mended]],
        troubles: Iterable[Trouble],
        *,
        dry: bool,
    ) -> list[str]:
        """Write what fixing changed, or with `dry` keep what would be; the files made of stories."""
        from corpuslint.formats.rewriting import plan_lines, plan_text

        records = ((own[0].source.origin.index, [one.result for one in own]) for own in mended if own[0].result.changed)
        first = next(records, None)
        if first is None:
            return []
        _, (own, *_) = first
        for each in troubles:  # what is lifted goes into the metadata beside the text
            if each.origin.filename != filename and own.lifted:
                raise SourceError(
                    f"it cannot take the metadata found in the text: {each.reason}",
                    path=each.origin.filename,
                    remedy="repair it and run again; nothing was written",
                )
        if is_lines(filename):
            plan = plan_lines(filename, before, chain((first,), records), self.settings.fields)
        else:
            plan = plan_text(filename, before, first[1], self.settings.fields)
        if dry:
            self.changed += plan.changes
            return []
        plan.carry_out()
        return [file.filename for file in plan.files[:-1] if is_text(file.filename)]

    def lost(self, filenames: Iterable[str], error: str) -> None:
        """Keep files that could not be worked on, as findings."""
        self.unreadable = True
        for filename in sorted(set(filenames)):
            self._tell(SHARD_FAILED, Origin(filename), without_secrets(error))

    def refused(self, filename: str, error: SourceError, contents: Iterable[Document | Trouble]) -> None:
        """Keep a file whose fixes could not be written, as a finding, and the findings in it as it is."""
        self.unreadable = True
        reason = f"{error.message} ({error.remedy})" if error.remedy else error.message
        if error.path and Path(error.path) != Path(filename):
            reason = f"{error.path}: {reason}"
        self._tell(FIXES_NOT_WRITTEN, Origin(filename), reason)
        self.contents(contents)

    def gathered(self) -> Gathered:
        """Everything gathered, as plain data."""
        self.collect_waiting()
        return Gathered(
            self.coverage,
            self.findings.given(),
            tuple(self.changed),
            self.fixed,
            self.unreadable,
            self.states.given(),
            tuple(self.notes),
        )

    def add(self, gathered: Gathered) -> None:
        """Take in what another run gathered."""
        self.coverage.merge(gathered.coverage)
        self.findings.take(gathered.rows)
        self.changed += gathered.changed
        self.unreadable = self.unreadable or gathered.unreadable
        self.notes |= dict.fromkeys(gathered.notes)
        self.states.add(gathered.states)
        for code, count in gathered.fixed.items():
            self.fixed[code] = self.fixed.get(code, 0) + count

    def judge(self) -> Findings:
        """What the corpus rules report, without places: only the files know those."""
        if self.coverage.documents == len(self._waiting) == 1:
            self._waiting = [(anatomy, rules.for_one()) for anatomy, rules in self._waiting]
        self.collect_waiting()
        found = Findings()
        for diagnostic in verdicts_of_corpus(self.rules, self.states.judged(), self.coverage.documents):
            filename, index = file_of(diagnostic.document)
            if self.settings.per_file_ignores and diagnostic.code not in self.session.rules_in(filename).specs:
                continue
            if (now := self._as_it_is(diagnostic)) is not None:
                found.add((Finding.of(now, filename, Record(index, "") if index >= 0 else None),))
        return found

    def outcome(self, *, judged: Findings | None = None, unsafe: bool = False) -> Outcome:
        """The report of the whole run. Files in which a corpus rule found something (`judged`, where that is known) are
        read once more."""
        for filename, found in groupby(self.judge() if judged is None else judged, attrgetter("filename")):
            contents = read(filename, self.settings.reading)
            self.findings.add(placed(contents, found))
        return self.conclude(unsafe=unsafe)

    def conclude(self, *, unsafe: bool = False) -> Outcome:
        """The report of what was gathered, corpus rules judged or not."""
        looked = self.coverage
        summary = Summary(
            looked.documents, len(looked.files), fixed=self.fixed, notes=tuple(self.notes), unsafe_fixes=unsafe
        )
        report = Report.of(self.findings, rules=self.rules.specs.values(), summary=summary)
        return Outcome(report, self.unreadable, tuple(self.changed), looked)


def _bytes_of(filename: str, most: int) -> bytes:
    """What a file holds; nothing where it cannot be read or holds more than it may, which reading it reports."""
    try:
        with open_bytes(filename) as stream:
            return b"" if most and os.fstat(stream.fileno()).st_size > most else stream.read()
    except OSError:
        return b""


def placed(contents: Iterable[Document | Trouble], diagnostics: Iterable[Diagnostic]) -> list[Finding]:
    """The findings that diagnostics of corpus rules about these documents are."""
    wanted: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        wanted[diagnostic.document].append(diagnostic)
    findings: list[Finding] = []
    for document in contents:
        if isinstance(document, Document) and document.id in wanted:
            found = doubted(wanted[document.id], len(document.text))
            findings += findings_of(document, document.text, found)
    return findings


_TROUBLE = {
    TroubleKind.UNREADABLE: FILE_UNREADABLE,
    TroubleKind.SKIPPED: FILE_SKIPPED,
    TroubleKind.BROKEN: BROKEN_RECORD,
}
