"""From files to a dataset version: read, fix, split, judge the corpus, withhold what has an error left, write.

Between engine and publishing: the only module that knows both.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import pickle
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import IO, Any

from corpuslint.config.settings import Settings
from corpuslint.engine.fix import fix_document
from corpuslint.engine.rules import rules_in
from corpuslint.engine.ruleset import RuleSet
from corpuslint.errors import ConfigError, SourceError
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.duplicates import STATE as DUPLICATES
from corpuslint.facts.duplicates import likenesses
from corpuslint.facts.roles import Role
from corpuslint.formats import read
from corpuslint.formats.files import discover
from corpuslint.formats.reading import Trouble
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document, DocumentId, Metadata
from corpuslint.model.ledger import AppliedEdit
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import collect_all, collectors, state_of
from corpuslint.packs.pack import RulePack
from corpuslint.publishing.building import Built, Request, write_version
from corpuslint.publishing.manifest import Recipe
from corpuslint.publishing.papers import CardFacts
from corpuslint.publishing.parquet import canonical_json
from corpuslint.publishing.records import (
    CleanDocument,
    CleanStory,
    Entry,
    RemovedText,
    entries_of,
    unreadable_entry,
)
from corpuslint.publishing.splits import SplitPlan
from corpuslint.publishing.version import Version
from corpuslint.version import __version__

_ISO = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which version to build, and how."""

    name: str
    version: Version
    out: Path
    removed_text: RemovedText = RemovedText.FULL
    plan: SplitPlan | None = None
    shards: int = 0
    facts: CardFacts = field(default_factory=CardFacts)


def build(paths: Sequence[str], settings: Settings, wanted: Wanted, rules: RuleSet, packs: Sequence[RulePack]) -> Built:
    """Build a version from files and folders with every fix made, safe and unsafe; the input is not touched.

    Raises SourceError for a path that is not there, PublishError when the version cannot be.
    """
    files = discover(paths, exclude=settings.exclude)
    base = _base(paths)
    with tempfile.TemporaryFile() as stream:
        cleaner = _Cleaner(settings, rules)
        for filename in files:
            for cleaned in cleaner.file(filename, _relative(filename, base)):
                pickle.dump(cleaned, stream, pickle.HIGHEST_PROTOCOL)
        findings, clusters = cleaner.judged(), cleaner.clusters()
        stream.seek(0)
        entries = (
            entry
            for cleaned in _unpickled(stream)
            for entry in _entries(cleaned, findings, clusters, wanted.removed_text)
        )
        recipe = Recipe(
            tool=__version__,
            config_sha256=_recipe_sha256(settings, rules),
            packs={pack.name: pack.version for pack in sorted(packs, key=lambda pack: pack.name)},
            removed_text=wanted.removed_text.value,
            rules={str(code): f"{spec.name}/{spec.version}" for code, spec in sorted(rules.specs.items())},
        )
        return write_version(
            Request(
                name=wanted.name,
                version=wanted.version,
                out=wanted.out,
                recipe=recipe,
                plan=wanted.plan,
                shards=wanted.shards,
                facts=wanted.facts,
            ),
            entries,
        )


def facts_of(settings: Settings) -> CardFacts:
    """What the configuration's `[dataset]` says about the dataset; ConfigError for a key no card has."""
    known = {part.name.replace("_", "-"): part.name for part in fields(CardFacts) if part.type == "str"}
    for key in settings.dataset:
        if key not in known:
            raise ConfigError(
                f"a dataset's card has no {key!r}",
                path=settings.origins.get("dataset", ""),
                key=f"dataset.{key}",
                remedy=f"known keys: {', '.join(sorted(known))}",
            )
    stated: dict[str, Any] = {known[key]: value for key, value in settings.dataset.items()}
    return CardFacts(**stated, source_licenses=settings.source_licenses)


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """A document fixed, before the corpus was judged; `names` are the ids its stories had in the run."""

    document: CleanDocument
    names: tuple[DocumentId, ...]


class _Cleaner:
    """Fixes documents one by one and lets the corpus rules see each result."""

    def __init__(self, settings: Settings, rules: RuleSet) -> None:
        self._settings, self._rules = settings, rules
        self._collecting = collectors(rules.corpus_rules)
        self._states: dict[str, Any] = {name: rule.empty() for name, rule in self._collecting.items()}
        self._waiting: list[Anatomy] = []

    def file(self, filename: str, relative: str) -> Iterator[_Cleaned | Entry]:
        """What one file holds: documents, or a quarantine row for what could not be read."""
        rules = rules_in(filename, self._settings, self._rules)
        digest = _file_sha256(filename)
        for document in read(filename, self._settings.reading):
            if isinstance(document, Trouble):
                yield unreadable_entry(relative, document.origin.index, document.reason, digest)
            else:
                yield self._clean(document, rules, relative, digest)

    def judged(self) -> Mapping[DocumentId, tuple[Diagnostic, ...]]:
        """What the corpus rules say, by document."""
        self._collect_waiting()
        found: dict[DocumentId, tuple[Diagnostic, ...]] = {}
        for rule in self._rules.corpus_rules:
            for diagnostic in rule.judge(self._states[state_of(rule)]):
                severity = self._rules.severities.get(diagnostic.code, diagnostic.severity)
                diagnostic = replace(diagnostic, severity=severity)
                found[diagnostic.document] = (*found.get(diagnostic.document, ()), diagnostic)
        return found

    def clusters(self) -> Mapping[DocumentId, str]:
        """The group of alike texts that each document is in, where it is in one; a name that no record's id has."""
        self._collect_waiting()
        index = self._states.get(DUPLICATES)
        if index is None:
            return {}
        return {document: f"\0{first}" for document, first in likenesses(index).clusters().items()}

    def _clean(self, document: Document, rules: RuleSet, relative: str, digest: str) -> _Cleaned:
        stories = tuple(self._stories(document, rules, (), dict(document.metadata), False))
        names = tuple(
            DocumentId(document.id if number == 1 else f"{document.id}.story-{number}")
            for number in range(1, len(stories) + 1)
        )
        for name, story in zip(names, stories, strict=True):
            self._collect(Document(name, story.text, story.metadata, document.origin))
        cleaned = CleanDocument(
            file=relative,
            raw=document.text,
            stories=stories,
            record_id=document.declared("id"),
            of_many=document.origin.is_record,
            file_sha256=digest,
        )
        return _Cleaned(cleaned, names)

    def _stories(
        self, document: Document, rules: RuleSet, before: tuple[AppliedEdit, ...], metadata: Metadata, teaser: bool
    ) -> Iterator[CleanStory]:
        """The document's own story, then those split off, and what is split off from them in turn."""
        result = fix_document(document, rules, Applicability.UNSAFE)
        known = {**result.lifted, **metadata}
        after = replace(document, text=result.text, metadata=known)
        anatomy = Anatomy(after)
        yield CleanStory(
            text=result.text,
            edits=(*before, *result.applied),
            metadata=_stated(anatomy),
            language=anatomy.language or "und",
            remaining=result.remaining,
            teaser=teaser,
        )
        inherited = {"language": self._settings.language} if self._settings.language else {}
        for story in result.stories:
            own = Document(document.id, story.text, inherited, document.origin)
            yield from self._stories(own, rules, (*before, *story.edits), inherited, story.teaser)

    def _collect(self, document: Document) -> None:
        if self._collecting:
            self._waiting.append(Anatomy(document))
            if len(self._waiting) >= _COLLECTED_AT_ONCE:
                self._collect_waiting()

    def _collect_waiting(self) -> None:
        collect_all(self._states, self._collecting, self._waiting)
        self._waiting = []


_COLLECTED_AT_ONCE = 32


def _entries(
    cleaned: _Cleaned | Entry,
    findings: Mapping[DocumentId, tuple[Diagnostic, ...]],
    clusters: Mapping[DocumentId, str],
    removed_text: RemovedText,
) -> tuple[Entry, ...]:
    if isinstance(cleaned, Entry):
        return (cleaned,)
    stories = tuple(
        replace(story, remaining=(*story.remaining, *findings.get(name, ())), cluster=clusters.get(name, ""))
        for name, story in zip(cleaned.names, cleaned.document.stories, strict=True)
    )
    return entries_of(replace(cleaned.document, stories=stories), removed_text)


def _unpickled(stream: IO[bytes]) -> Iterator[_Cleaned | Entry]:
    while True:
        try:
            yield pickle.load(stream)
        except EOFError:
            return


def _stated(anatomy: Anatomy) -> Metadata:
    """What the record's columns will say: the title from the headline where none is declared (it stays in the text),
    and `published` in ISO 8601 or not at all.
    """
    stated = {key: value for key, value in anatomy.metadata.items() if key != "published"}
    if published := _iso_date(anatomy):
        stated["published"] = published
    if not anatomy.document.declared("title"):
        lines = zip(anatomy.lines, anatomy.roles, strict=True)
        headline = next((line.text for line, role in lines if role is Role.HEADLINE), "")
        stated["title"] = headline
    return stated


def _iso_date(anatomy: Anatomy) -> str:
    declared = anatomy.document.declared("published")
    if _ISO.fullmatch(declared):
        with contextlib.suppress(ValueError):
            datetime.date.fromisoformat(declared[:10])
            return declared
    return anatomy.parse_date(declared).value if declared else ""


def _base(paths: Iterable[str]) -> str:
    """The folder that file names in the dataset are relative to: the one that holds every path given.

    So that a corpus gives the same ids wherever it lies.
    """
    local = [Path(path).absolute() for path in paths if "://" not in path]
    folders = [os.path.normpath(path if path.is_dir() else path.parent) for path in local]
    return os.path.commonpath(folders) if folders else ""


def _relative(filename: str, base: str) -> str:
    if "://" in filename:
        return filename
    return Path(os.path.relpath(Path(filename).absolute(), base)).as_posix()


def _file_sha256(filename: str) -> str:
    if "://" in filename:
        return ""
    try:
        with Path(filename).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as trouble:
        if not Path(filename).exists():
            raise SourceError("the file went away during the build", origin=filename) from trouble
        return ""


def _recipe_sha256(settings: Settings, rules: RuleSet) -> str:
    """A hash of every setting that can change the outcome, and of none that says only where things lie."""
    plain = {
        "rules": sorted([code, spec.version, spec.severity.value] for code, spec in rules.specs.items()),
        "per_file_ignores": {key: list(value) for key, value in settings.per_file_ignores.items()},
        "fields": dict(settings.fields),
        "language": settings.language,
        "max_bytes": settings.max_bytes,
        "exclude": list(settings.exclude),
    }
    return hashlib.sha256(canonical_json(plain)).hexdigest()
