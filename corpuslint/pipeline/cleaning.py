"""Documents cleaned for a dataset, on any executor: every fix made, stories split off, the corpus judged.

Pure but for reading files. A shard's result depends on its content, the settings and the versions only, so the
dataset is the same whatever executor and however many workers made it.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import structs

from corpuslint.config.settings import Settings, withhold_from
from corpuslint.engine.parking import today
from corpuslint.engine.ruleset import verdicts_of_corpus
from corpuslint.engine.suppressions import METADATA_KEY
from corpuslint.errors import PublishError
from corpuslint.execution.executor import Task
from corpuslint.facts import declared_dates
from corpuslint.facts.addresses import canonical_address
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.declared_dates import Evidence, read_declared
from corpuslint.facts.duplicates import STATE as DUPLICATES
from corpuslint.facts.duplicates import likenesses
from corpuslint.facts.outlets import is_general_credit
from corpuslint.facts.stated import dateline_outlet
from corpuslint.facts.titles import title_of
from corpuslint.formats.parts import Part, cut, read_part, together
from corpuslint.formats.reading import Trouble, placed
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import METADATA_KEYS, Document, DocumentId, Metadata, Origin
from corpuslint.model.levels import Applicability
from corpuslint.pipeline.content import Signature, digest_of_all, signature_of
from corpuslint.pipeline.drive import Driver, EachShard, Execution, session_of
from corpuslint.pipeline.folders import Sessions
from corpuslint.pipeline.kept import Folder, Kept, Plan
from corpuslint.pipeline.lint import Shard
from corpuslint.pipeline.plan import plan_fingerprint, shard_key
from corpuslint.pipeline.run import Coverage, Gathered
from corpuslint.pipeline.session import Mended, Session
from corpuslint.pipeline.states import Pile, States
from corpuslint.publishing import records
from corpuslint.publishing.manifest import file_sha256
from corpuslint.publishing.parquet import COMPUTED
from corpuslint.publishing.records import (
    CleanStory,
    Entry,
    OwnFields,
    RemovedText,
    entry_of,
    text_sha256,
    unreadable_entry,
)
from corpuslint.reporting.report import packed, value_of
from corpuslint.text.folding import is_placeholder

SHARD_BYTES = 1 << 20
SHARD_FILES = 256
_WORTH_PROCESSES = 2 << 20
"""Bytes from which starting workers, each loading the rules, pays."""

_NAMING = ("title", "source", "credit", "url")
_SECONDS_A_SHARD = 300.0


_CLUSTER, _PUBLISHED = -1, -2
"""What is kept of a document beside what the rules of a session say, which is kept by the number of the session."""


class Cleaning:
    """Cleaning a corpus: `payloads` first, then `judge`, then the `entry` of every story.

    After `payloads`, `unreadable` says of each file that cannot be read which it is, and why.
    """

    def __init__(self, sessions: Sessions, execution: Execution, base: str, each: EachShard | None = None) -> None:
        self._sessions, self._execution, self._base, self._each = sessions, execution, base, each
        self._number_of = {file: number for number, (_, files) in enumerate(sessions) if number for file in files}
        self._states = States(rule for session, _ in sessions for rule in session.rules.corpus_rules)
        self._documents = 0
        self._said = Pile()
        self.unreadable: list[str] = []

    def payloads(self) -> Iterator[bytes]:
        """Shard by shard, in any order: `CleanStory` packed, and entries for what could not be read.

        With a work folder in `execution`, every shard is kept there, and a shard that is there already is not cleaned
        again. As one rank of several, only the shards of this rank are done, and none is given.
        """
        groups = [
            [part for file in files for part in cut(file, lambda size: SHARD_BYTES)] for _, files in self._sessions
        ]
        total = sum(part.size for parts in groups for part in parts)
        work = self._execution.work
        with Driver(self._execution, total, _WORTH_PROCESSES, self._each) as driver:
            shards: dict[str, Shard] = {}
            wanted: dict[str, dict[str, Any]] = {}
            for (session, _), parts in zip(self._sessions, groups, strict=True):
                plan = _plan_of(session.settings) if work else ""
                job = driver.job(session.settings, plan, keeps=bool(work))
                for shard in together(driver.numbered(parts, strict=True), SHARD_BYTES, SHARD_FILES):
                    shards[shard_key(shard)] = shard
                    wanted[shard_key(shard)] = {"job": job, "parts": shard, "base": self._base}
            own = driver.own(wanted)
            kept = None
            if work:
                plans = {key: args["job"].plan for key, args in wanted.items()}
                kept = Kept(Folder(work), {key: shards[key] for key in own}, Plan(plans, total))

            for key, gathered in driver.gathered(clean_shard, own, _refuse, kept, retries=1, timeout=_SECONDS_A_SHARD):
                if self._execution.world_size == 1:
                    self._states.add(gathered.states)
                    self._documents += gathered.coverage.documents
                    self.unreadable += gathered.notes
                    yield gathered.cleaned
                driver.advance(sum(part.size for part in shards[key]))

    def judge(self) -> None:
        """Keep what the corpus rules say of all documents together, and which of them are editions of one story.

        Each document is judged by the rules that hold where it lies.
        """
        states = self._states.judged()
        if DUPLICATES in states:
            alike = likenesses(states[DUPLICATES]).clusters()
            self._said.add((document, (_CLUSTER, first)) for document, first in alike)
        open_dates = declared_dates.read_by_outlet(states.get(declared_dates.STATE, ()))
        self._said.add((one.document, (_PUBLISHED, one.value)) for one in open_dates if one.value)
        for number, (session, _) in enumerate(self._sessions):
            found = verdicts_of_corpus(session.rules, states, self._documents)
            self._said.add((diagnostic.document, (number, diagnostic)) for diagnostic in found)

    def entry(self, cleaned: CleanStory | Entry, removed_text: RemovedText) -> Entry:
        """The row of one story, what the corpus rules said of it done or noted."""
        if isinstance(cleaned, Entry):
            return cleaned
        story = cleaned
        said: dict[int, list[Any]] = defaultdict(list)
        for about, value in self._said.about(story.name):
            said[about].append(value)
        number = self._number_of.get(story.path, 0)
        if number in said:
            story = self._with_corpus(story, said[number], self._sessions[number][0])
        for first in said[_CLUSTER]:
            # No record's id begins with NUL: the group is named by one of its documents, and by no record.
            story = structs.replace(story, cluster=f"\0{first}")
        for published in said[_PUBLISHED] if story.index == 0 else ():
            story = structs.replace(story, metadata={**story.metadata, "published": published})
        return entry_of(story, removed_text, withhold_from(self._sessions[0][0].settings))

    def _with_corpus(self, story: CleanStory, found: Sequence[Diagnostic], session: Session) -> CleanStory:
        """The story with the fixes of corpus rules made; those that have none are findings that are left."""
        document = Document(story.name, story.text, story.metadata, Origin(story.path))
        own = session.silenced_by_itself(document, story.text, found)
        story = structs.replace(story, suppressed=(*story.suppressed, *own))
        result, left = session.fix_by_corpus(document, found, Applicability.UNSAFE, session.rules_in(story.path))
        if not result.changed:
            return structs.replace(story, remaining=(*story.remaining, *left))
        edits, remaining = (*story.edits, *result.applied), (*result.remaining, *left)
        return structs.replace(story, text=result.text, edits=edits, remaining=remaining)


def _refuse(filenames: Iterable[str], error: str) -> None:
    files = sorted(set(filenames))
    raise PublishError(
        f"{len(files)} files could not be cleaned ({error}), {files[0]} among them",
        remedy="`corpuslint check` on them tells which document it is; leave it out with `exclude`.",
    )


def clean_shard(task: Task) -> Gathered:
    """The documents in the parts of a task, cleaned and packed, and what corpus rules collected of them.

    Where the digest of what they depend on is the one in `known`, the digest is all that is given.
    """
    job, parts, base, started = task.args["job"], task.args["parts"], task.args["base"], time.perf_counter()
    digest = _digest_of(parts, base) if job.keeps else ""
    if digest and digest == task.args["known"]:
        return Gathered(digest=digest)
    session, cleaned, documents, unreadable = session_of(job), list[CleanStory | Entry](), 0, list[str]()
    states = States(session.rules.corpus_rules)
    for part in parts:
        relative, sha256 = placed(part.filename, Path(base)), _file_sha256(part.filename)
        contents = (_named(entry, relative) for entry in read_part(part, session.settings.reading))
        for each in session.mended_in(contents, Applicability.UNSAFE):
            documents += 1
            if isinstance(each, Trouble):
                cleaned.append(unreadable_entry(relative, each.origin.index, each.reason, sha256))
                unreadable += each.refusal
            else:
                cleaned += _cleaned(each, session, states, relative, sha256)
    return Gathered(
        Coverage(documents=documents),
        states=states.given(),
        notes=tuple(unreadable),
        digest=digest,
        cleaned=packed(cleaned),
        seconds=round(time.perf_counter() - started, 3),
    )


def _digest_of(parts: Sequence[Part], base: str) -> str:
    """A digest of the content of parts and of what records say of the files that they are from; "" where one cannot be
    read."""
    digest = digest_of_all(parts)
    files = "".join(f"\0{_file_sha256(part.filename)} {placed(part.filename, Path(base))}" for part in parts)
    return digest and hashlib.sha256(f"{digest}{files}".encode("utf-8", "surrogatepass")).hexdigest()


def cleaned_in(payload: bytes) -> list[CleanStory | Entry]:
    """The stories of a shard. ValueError where the bytes hold anything else."""
    cleaned: list[CleanStory | Entry] = value_of(payload, list[CleanStory | Entry]) if payload else []
    return cleaned


def _plan_of(settings: Settings) -> str:
    """The fingerprint of what decides how documents are cleaned, beside their content."""
    digest = hashlib.sha256(plan_fingerprint(settings).encode())
    for path in (Path(__file__), Path(records.__file__), settings.suppressions, settings.decisions):
        digest.update(path.read_bytes() if path is not None and path.is_file() else b"-")
    if settings.suppressions is not None:
        digest.update(today().isoformat().encode())  # suppressions expire
    return digest.hexdigest()[:32]


def base_of(paths: Iterable[str]) -> str:
    """The folder that file names in the dataset are relative to: the one that holds every path given.

    So that a corpus gives the same ids wherever it lies.
    """
    local = [Path(path).absolute() for path in paths if "://" not in path]
    folders = [os.path.normpath(path if path.is_dir() else path.parent) for path in local]
    return os.path.commonpath(folders) if folders else ""


def _named(entry: Document | Trouble, relative: str) -> Document | Trouble:
    """A document by its name in the dataset: ids stand in messages ("the same text as …"), and where the corpus lies is
    nobody's business."""
    if isinstance(entry, Trouble):
        return entry
    return structs.replace(entry, id=DocumentId(f"{relative}{entry.id.removeprefix(entry.origin.filename)}"))


def _cleaned(
    every: Sequence[Mended], session: Session, states: States, relative: str, file_sha256: str
) -> Iterator[CleanStory]:
    """The stories of a document with every fix made, the file's own first, each shown to the corpus rules."""
    document = every[0].source
    rules, raw_sha256 = session.rules_of(document), text_sha256(document.text)
    for index, mended in enumerate(every):
        after, left = mended.document, mended.result.remaining
        anatomy = mended.anatomy_of(after)
        lifted = {key: value for key, value in mended.result.lifted.items() if key not in METADATA_KEYS}
        story = CleanStory(
            file=relative,
            raw_sha256=raw_sha256,
            text=after.text,
            index=index,
            count=len(every),
            edits=mended.edits,
            metadata=_stated(anatomy),
            language=anatomy.language or "und",
            remaining=tuple(session.heed(after, after.text, left)),
            teaser=mended.teaser,
            own=_own_fields({**after.own, **lifted}, anatomy),
            suppressed=session.silenced_by_itself(after, after.text, left),
            record_id=document.declared("id"),
            of_many=document.origin.is_record,
            file_sha256=file_sha256,
            path=document.origin.filename,
            name=DocumentId(f"{document.id}.story-{index + 1}" if index else document.id),
            is_unheeded=METADATA_KEY in document.metadata and not session.settings.trusts(document.origin.filename),
        )
        if rules.corpus_rules:
            # Corpus rules judge the date as it was declared: the record has none yet where they decide what it is.
            declared = "" if index else document.declared("published")
            written = {"published": declared} if declared else {}
            metadata = {**story.metadata, **written}
            states.collect(rules, Anatomy(Document(story.name, story.text, metadata, document.origin)), {})
        yield story


def _stated(anatomy: Anatomy) -> Metadata:
    """Metadata as the record's columns hold them: no placeholder, `published` in ISO 8601, the address in one form.

    The title is the headline where none is declared (it stays in the text); a source that names nobody is a credit.
    """
    document = anatomy.document
    said = {key: anatomy.stated(key) for key in _NAMING}
    declared = anatomy.declared_date
    said["published"] = declared.value if declared is not None else ""
    said["url"] = canonical_address(said["url"])
    if not said["credit"]:
        source = document.declared("source")
        said["credit"] = source if is_general_credit(source) else dateline_outlet(document.declared("author")) or ""
    if not said["title"]:
        said["title"] = title_of(anatomy)
    return {**document.metadata, **said}


def _own_fields(own: Mapping[str, object], anatomy: Anatomy) -> OwnFields:
    """The user's own fields as JSON text, no placeholder of an author; the time of the last update is an ISO date."""
    kept = {name: value for name, value in own.items() if name not in COMPUTED and value is not None}
    if isinstance(updated := kept.get("updated"), str):
        kept["updated"] = read_declared(updated, Evidence(anatomy.language)).value or None
    if isinstance(author := kept.get("author"), str) and is_placeholder(author):
        kept["author"] = None
    return tuple((name, _as_json(value)) for name, value in sorted(kept.items()) if value is not None)


def _as_json(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, default=str)
    except ValueError:  # NaN and its like
        return "null"


def _file_sha256(filename: str) -> str:
    """The hash of a file's bytes, "" where there is no reading it: its reader says why."""
    with suppress(OSError):
        return "" if "://" in filename else _hash_of(filename, signature_of(filename))
    return ""


@lru_cache(maxsize=16)  # a large file has many parts, and each of its records says what file it is from
def _hash_of(filename: str, _look: Signature) -> str:
    return file_sha256(Path(filename))
