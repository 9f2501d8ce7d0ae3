"""One shard of a corpus, linted: the function that every executor runs.

The result depends on the content of the shard, the settings and the versions only: not on the executor, the order of
shards, or the attempt. At a second attempt the shard is suspected of holding a document that kills: documents are then
judged in a child process, and exactly the one that crashes it, or takes too long, is reported instead of judged.
"""

from __future__ import annotations

import dataclasses
import hashlib
import pickle
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpuslint.config.settings import Settings
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.execution.environment import differences, environment
from corpuslint.execution.executor import ExecutionError, Task
from corpuslint.formats.parts import Part, count_lines, read_part
from corpuslint.formats.reading import Trouble
from corpuslint.model.document import Document
from corpuslint.running.content import digest_of
from corpuslint.running.coverage import Coverage
from corpuslint.running.run import Gathered, Run, placed
from corpuslint.running.timing import Timings, timed

if TYPE_CHECKING:
    from corpuslint.running.packing import Pack


@dataclass(frozen=True, slots=True)
class Job:
    """What all shards of a run share; it travels with every task.

    `plan` is the fingerprint of rules, configuration and versions; `environment` the versions that workers elsewhere
    must have; `packs` are the user's rule packs where workers
    cannot read them from the disk of the driver. `separate` asks for one result a part, for the cache; `alone` says
    that there is one document in all.
    """

    settings: Settings
    plan: str
    environment: Mapping[str, str]
    packs: tuple[Pack, ...] = ()
    separate: bool = False
    alone: bool = False
    work: str = ""
    timing: bool = False
    document_seconds: float = 10.0
    document_memory: int = 4 << 30


@dataclass(frozen=True, slots=True)
class PartResult:
    """What a part, or a whole shard, gave: as it is, or as a pickled `payload` for a work folder.

    Neither is there where the content of the part is `known`.
    """

    name: str
    digest: str
    payload: bytes = b""
    gathered: Gathered | None = None


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What a task hands back."""

    parts: tuple[PartResult, ...]
    documents: int
    size: int
    seconds: float
    counts: Mapping[str, int] = field(default_factory=dict)
    timings: Timings = field(default_factory=dict)
    states: Mapping[str, Any] = field(default_factory=dict)


def lint_shard(task: Task) -> ShardResult:
    """Lint the parts in `task.args["parts"]`; one result for all, or one a part where the job wants them `separate`.

    `known` maps the name of a part to the digest of a result that the driver has: a part whose content still has it is
    not linted again, only shown to the corpus rules; in `unchanged` are parts whose content is known to have it.
    """
    started = time.perf_counter()
    job: Job = task.args["job"]
    parts: tuple[Part, ...] = task.args["parts"]
    if job.environment and (differing := differences(environment(), job.environment)):
        raise ExecutionError(f"the worker would not find the same: {differing}")
    settings, rules = prepared(job)
    if job.alone:
        rules = rules.for_one()
    timings: Timings = {}
    if job.timing:
        rules = timed(rules, timings)
    run = Run(settings, rules)
    counts: dict[str, int] = {}
    if job.separate:
        return _separately(task, run, counts, started)
    for part in parts:
        _lint_part(part, run, job, guarded=task.attempt > 1)
    gathered = _counted(run, counts)
    result = (
        PartResult(task.key, "", payload=pickle.dumps(gathered, protocol=pickle.HIGHEST_PROTOCOL))
        if job.work
        else PartResult(task.key, "", gathered=gathered)
    )
    size = sum(part.size for part in parts)
    documents = run.coverage.documents
    return ShardResult((result,), documents, size, time.perf_counter() - started, counts, timings)


def _separately(task: Task, run: Run, counts: dict[str, int], started: float) -> ShardResult:
    """A result a part; what corpus rules collected is one for all."""
    job: Job = task.args["job"]
    parts: tuple[Part, ...] = task.args["parts"]
    known: Mapping[str, str] = task.args.get("known", {})
    unchanged: frozenset[str] = task.args.get("unchanged", frozenset())
    results: list[PartResult] = []
    documents = 0
    for part in parts:
        digest = known[part.name] if part.name in unchanged else digest_of(part)
        is_known = bool(digest) and known.get(part.name) == digest
        if is_known and task.attempt == 1:
            if run.rules.corpus_rules:
                _show_part(part, run)
            results.append(PartResult(part.name, digest))
            continue
        run.coverage, run.findings, run.unreadable = Coverage(), [], False
        _lint_part(part, run, job, guarded=task.attempt > 1)
        if is_known:
            results.append(PartResult(part.name, digest))
            continue
        for finding in run.findings:
            counts[finding.code] = counts.get(finding.code, 0) + 1
        gathered = Gathered(run.coverage, tuple(run.findings), unreadable=run.unreadable)
        results.append(PartResult(part.name, digest, gathered=gathered))
        documents += run.coverage.documents
    run.collect_waiting()
    size = sum(part.size for part in parts)
    seconds = time.perf_counter() - started
    return ShardResult(tuple(results), documents, size, seconds, counts, states=run.states)


def keep_shard(task: Task) -> ShardResult:
    """The same, with the result kept in the job's work folder, and nothing done where it is there already."""
    job: Job = task.args["job"]
    from corpuslint.running.work import Marker, WorkFolder

    folder = WorkFolder(job.work)
    contents = {part.name: digest_of(part) for part in task.args["parts"]}
    before = folder.marker(task.key)
    if (
        before is not None
        and before.plan == job.plan
        and dict(before.contents) == contents
        and all(contents.values())
        and folder.result(before) is not None
    ):
        return ShardResult((), before.documents, before.size, before.seconds, before.counts)
    result = lint_shard(task)
    payload = result.parts[0].payload
    marker = Marker(
        task.key,
        job.plan,
        contents,
        hashlib.sha256(payload).hexdigest(),
        result.documents,
        result.size,
        round(result.seconds, 3),
        result.counts,
    )
    folder.finish(marker, payload)
    return dataclasses.replace(result, parts=())


def shard_key(shard: Sequence[Part]) -> str:
    """The name of a shard, from what it is made of: it does not change when files elsewhere come or go."""
    digest = hashlib.sha256("\0".join(part.name for part in shard).encode("utf-8", "surrogatepass"))
    stem = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in Path(shard[0].filename).stem)
    return f"{stem[:40].strip('-') or 'shard'}-{shard[0].start:012d}-{digest.hexdigest()[:12]}"


def count_lines_of(task: Task) -> int:
    """How many lines begin in `task.args["part"]`."""
    return count_lines(task.args["part"])


def place_findings(task: Task) -> Gathered:
    """The findings that diagnostics of corpus rules are in the parts they lie in."""
    settings: Settings = task.args["settings"]
    contents = (entry for part in task.args["parts"] for entry in read_part(part, settings.reading))
    return Gathered(findings=tuple(placed(contents, task.args["diagnostics"])))


def prepared(job: Job) -> tuple[Settings, RuleSet]:
    """The settings and rules of a job, as they are on this machine; loaded once a process and plan."""
    return _prepared(_ByPlan(job.plan, job))


@dataclass(frozen=True)
class _ByPlan:
    plan: str
    job: Job = field(compare=False)


@lru_cache(maxsize=4)
def _prepared(key: _ByPlan) -> tuple[Settings, RuleSet]:
    settings = key.job.settings
    if key.job.packs:
        from corpuslint.running.packing import unpacked

        settings = unpacked(settings, key.job.packs)
    return settings, rules_for(settings)


def _lint_part(part: Part, run: Run, job: Job, *, guarded: bool) -> None:
    if part.first == 0:
        run.coverage.files.append(part.filename)
    contents: Iterable[Document | Trouble] = read_part(part, run.settings.reading)
    if guarded:
        from corpuslint.running.guard import lint_guarded

        lint_guarded(part.filename, contents, run, job)
    else:
        run.contents(part.filename, contents)


def _show_part(part: Part, run: Run) -> None:
    for document in read_part(part, run.settings.reading):
        if isinstance(document, Document):
            run.see(document)


def _counted(run: Run, counts: dict[str, int]) -> Gathered:
    for finding in run.findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return run.gathered()


def plan_fingerprint(settings: Settings) -> str:
    """The fingerprint of everything beside the content that decides what is found: settings, packs, code, versions."""
    digest = hashlib.sha256()
    digest.update(repr(sorted(environment().items())).encode())
    relevant = (
        settings.select,
        settings.ignore,
        settings.extend_select,
        sorted((code, level.value) for code, level in settings.severity.items()),
        sorted(settings.per_file_ignores.items()),
        sorted(settings.per_source_ignores.items()),
        sorted(settings.fields.items()),
        settings.language,
        settings.defaults,
        settings.max_bytes,
        settings.min_confidence,
        [str(pack) for pack in settings.packs],
    )
    digest.update(repr(relevant).encode())
    for file in _files_that_decide(settings):
        digest.update(file.as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def _files_that_decide(settings: Settings) -> Iterable[Path]:
    """Our own code, the shipped packs and the user's, and the schema of records; version numbers alone would let a
    checkout that is worked on keep stale results."""
    from corpuslint.engine.rules import record_schema_of
    from corpuslint.resources import rules_folder

    package = Path(__file__).resolve().parent.parent
    for folder in ("facts", "text", "engine", "packs", "model", "formats", "reporting"):
        yield from sorted(path for path in (package / folder).rglob("*") if path.suffix in _PACK_SUFFIXES)
    for pack in (rules_folder(), *settings.packs):
        yield from sorted(path for path in pack.rglob("*") if path.suffix in _PACK_SUFFIXES and path.is_file())
    schema = record_schema_of(settings)
    if schema is not None and schema.is_file():
        yield schema


_PACK_SUFFIXES = (".py", ".toml", ".txt", ".tsv", ".json", ".csv", ".bin")
